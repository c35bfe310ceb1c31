import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalWordColumn,
  WordColumn,
} from '../../platform/database/columns.js';

/** Rows sealed together. Its head is made of its root and of the head before it. Append-only. */
@Entity('seal_batches')
@Check('ck_seal_batches_rows', 'number > 0 AND first_row > 0 AND last_row >= first_row')
@Unique('uq_seal_batches_number', ['number'])
@Unique('uq_seal_batches_previous', ['previous'])
export class SealBatch {
  @KeyColumn('pk_seal_batches')
  readonly id!: string;

  @CountColumn('number')
  readonly number!: number;

  /** Counted through all batches. */
  @CountColumn('first_row')
  readonly firstRow!: number;

  @CountColumn('last_row')
  readonly lastRow!: number;

  /** The head before it; zeros for the first. */
  @WordColumn('previous', 64)
  readonly previous!: string;

  @WordColumn('root', 64)
  readonly root!: string;

  @WordColumn('head', 64)
  readonly head!: string;

  /** It took all that there was to be sealed. */
  @FlagColumn('drained')
  readonly drained!: boolean;

  @InstantColumn('sealed_at')
  readonly sealedAt!: Date;
}

/** Where a row was sealed. The row itself stays where it is. Append-only. */
@Entity('seal_rows')
@Check('ck_seal_rows_position', 'position > 0')
@Unique('uq_seal_rows_position', ['batchId', 'position'])
@Unique('uq_seal_rows_row', ['source', 'rowId'])
export class SealRow {
  @KeyColumn('pk_seal_rows')
  readonly id!: string;

  @IdColumn('batch_id')
  @ForeignKey(() => SealBatch, { name: 'fk_seal_rows_batch', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly batchId!: string;

  /** In its batch, from 1. */
  @CountColumn('position')
  readonly position!: number;

  /** The table. */
  @WordColumn('source', 40)
  readonly source!: string;

  @IdColumn('row_id')
  readonly rowId!: string;

  @WordColumn('leaf', 64)
  readonly leaf!: string;

  /** Of the columns that are pledged; null where the table has none. */
  @OptionalWordColumn('salt', 43)
  readonly salt!: string | null;
}
