import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import {
  DayColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { RegionLevel } from './domain/region.js';

/** A place. It keeps its own id through every change of name and code (domain.md 1.10). */
@Entity('regions')
@Index('ix_regions_parent', ['parentId'])
export class Region {
  @KeyColumn('pk_regions')
  readonly id!: string;

  @WordColumn('level', 10)
  readonly level!: RegionLevel;

  @OptionalIdColumn('parent_id')
  @ForeignKey(() => Region, { name: 'fk_regions_parent', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly parentId!: string | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/**
 * What a place is called, and its number in the list of divisions, from one day on. A merger gives two places the same
 * code, so that only the place has at most one open row, not the code.
 */
@Entity('region_codes')
@Unique('uq_region_codes_open', ['openRegionId'])
@Unique('uq_region_codes_from', ['regionId', 'validFrom'])
@Check('ck_region_codes_open', '(valid_until IS NULL) = (open_region_id IS NOT NULL)')
@Check('ck_region_codes_span', 'valid_until IS NULL OR valid_until > valid_from')
@Index('ix_region_codes_code', ['code'])
export class RegionCode {
  @KeyColumn('pk_region_codes')
  readonly id!: string;

  @IdColumn('region_id')
  @ForeignKey(() => Region, { name: 'fk_region_codes_region', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly regionId!: string;

  @WordColumn('code', 12)
  readonly code!: string;

  @WordColumn('name', 60)
  readonly name!: string;

  @DayColumn('valid_from')
  readonly validFrom!: Day;

  /** The first day on which it no longer holds; null while it does. */
  @OptionalDayColumn('valid_until')
  readonly validUntil!: Day | null;

  /** The region while the row is open, null afterwards: what makes the open row unique. */
  @OptionalIdColumn('open_region_id')
  readonly openRegionId!: string | null;
}
