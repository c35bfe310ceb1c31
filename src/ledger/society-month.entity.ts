import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import { CountColumn, FenColumn, FlagColumn } from '../platform/database/columns.js';
import { Region } from '../societies/index.js';

const OF_SOCIETY = { primaryKeyConstraintName: 'pk_society_months' } as const;
const OF_REGION = { primaryKeyConstraintName: 'pk_region_months' } as const;

/**
 * What moved in the books of one society in one month, kept by each posting in its own unit (ADR 31). `rolled` is what the
 * places above have been told of it; `pending` while that is not all.
 */
@Entity('society_months')
@Index('ix_society_months_pending', ['pending', 'societyId'])
@Check('ck_society_months_month', 'LENGTH(month) = 7')
export class SocietyMonth {
  @PrimaryColumn('varchar', { name: 'society_id', length: 36, ...OF_SOCIETY })
  readonly societyId!: string;

  /** 2026-03, of the day of the voucher. */
  @PrimaryColumn('varchar', { name: 'month', length: 7, ...OF_SOCIETY })
  readonly month!: string;

  @FenColumn('in_fen')
  readonly inFen!: Fen;

  @FenColumn('out_fen')
  readonly outFen!: Fen;

  @CountColumn('grants')
  readonly grants!: number;

  @FenColumn('rolled_in_fen')
  readonly rolledInFen!: Fen;

  @FenColumn('rolled_out_fen')
  readonly rolledOutFen!: Fen;

  @CountColumn('rolled_grants')
  readonly rolledGrants!: number;

  @FlagColumn('pending')
  readonly pending!: boolean;
}

/** The same for a place and all societies in it, summed up by the clock of the house. */
@Entity('region_months')
@Check('ck_region_months_month', 'LENGTH(month) = 7')
export class RegionMonth {
  @PrimaryColumn('varchar', { name: 'region_id', length: 36, ...OF_REGION })
  @ForeignKey(() => Region, { name: 'fk_region_months_region', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly regionId!: string;

  @PrimaryColumn('varchar', { name: 'month', length: 7, ...OF_REGION })
  readonly month!: string;

  @FenColumn('in_fen')
  readonly inFen!: Fen;

  @FenColumn('out_fen')
  readonly outFen!: Fen;

  @CountColumn('grants')
  readonly grants!: number;
}
