import { Check, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Fen } from '../../kernel/fen.js';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** A sheet of gifts without a fault, that was shown and waits to be confirmed, or was taken in. */
@Entity('gift_imports')
@Unique('uq_gift_imports_taken', ['societyId', 'takenMark'])
@Index('ix_gift_imports_expiry', ['expiresAt'])
@Check('ck_gift_imports_taken', '(confirmed_at IS NULL) = (taken_mark IS NULL)')
@Check('ck_gift_imports_gifts', 'gifts > 0 AND amount_fen > 0')
export class GiftImport {
  @KeyColumn('pk_gift_imports')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_gift_imports_society', ...NO_ACTION })
  readonly societyId!: string;

  @OptionalIdColumn('account_id')
  readonly accountId!: string | null;

  /** What its rows say, as a keyed hash: it knows the sheet again and tells nobody what was in it. */
  @WordColumn('rows_mark', 64)
  readonly rowsMark!: string;

  /** The same once it was taken in, so that the same sheet is not taken in a second time. */
  @OptionalWordColumn('taken_mark', 64)
  readonly takenMark!: string | null;

  @CountColumn('gifts')
  readonly gifts!: number;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @InstantColumn('expires_at')
  readonly expiresAt!: Date;

  @OptionalInstantColumn('confirmed_at')
  readonly confirmedAt!: Date | null;
}

/** A handful of its rows, sealed together: TEXT holds 64 KB on MySQL. Gone once confirmed or expired. */
@Entity('gift_import_parts')
export class GiftImportPart {
  @PrimaryColumn('varchar', {
    name: 'import_id',
    length: 36,
    primaryKeyConstraintName: 'pk_gift_import_parts',
  })
  @ForeignKey(() => GiftImport, { name: 'fk_gift_import_parts_import', ...NO_ACTION })
  readonly importId!: string;

  @PrimaryColumn('int', { name: 'position', primaryKeyConstraintName: 'pk_gift_import_parts' })
  readonly position!: number;

  @TextColumn('rows_sealed')
  readonly rowsSealed!: string;
}
