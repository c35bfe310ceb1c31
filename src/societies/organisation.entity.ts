import { Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { OrganisationKind } from './domain/founding.js';
import { Region } from './region.entity.js';

/** A federation, a town union or a village society. All three have a region, a charter, a board and books. */
@Entity('organisations')
@Unique('uq_organisations_name', ['regionId', 'name'])
@Unique('uq_organisations_uscc', ['uscc'])
@Unique('uq_organisations_board_code', ['boardCode'])
@Index('ix_organisations_parent', ['parentId'])
export class Organisation {
  @KeyColumn('pk_organisations')
  readonly id!: string;

  @WordColumn('kind', 20)
  readonly kind!: OrganisationKind;

  @WordColumn('name', 60)
  readonly name!: string;

  @WordColumn('short_name', 20)
  readonly shortName!: string;

  @IdColumn('region_id')
  @ForeignKey(() => Region, { name: 'fk_organisations_region', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly regionId!: string;

  @OptionalIdColumn('parent_id')
  @ForeignKey(() => Organisation, {
    name: 'fk_organisations_parent',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly parentId!: string | null;

  /** 统一社会信用代码; a society that is only filed with its town has none. */
  @OptionalWordColumn('uscc', 18)
  readonly uscc!: string | null;

  /** The address of the public board, `/b/<code>`: eight characters that cannot be counted through. */
  @WordColumn('board_code', 8)
  readonly boardCode!: string;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}
