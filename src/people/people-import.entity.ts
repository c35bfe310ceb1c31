import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  TextColumn,
} from '../platform/database/columns.js';

/** A sheet that was read and shown, and waits to be confirmed. What is confirmed is what was shown. */
@Entity('people_imports')
@Index('ix_people_imports_society', ['societyId', 'expiresAt'])
export class PeopleImport {
  @KeyColumn('pk_people_imports')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @OptionalIdColumn('account_id')
  readonly accountId!: string | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @InstantColumn('expires_at')
  readonly expiresAt!: Date;

  @OptionalInstantColumn('confirmed_at')
  readonly confirmedAt!: Date | null;
}

/** A handful of its rows, sealed together: TEXT holds 64 KB on MySQL. Gone once confirmed or expired. */
@Entity('people_import_parts')
export class PeopleImportPart {
  @PrimaryColumn('varchar', {
    name: 'import_id',
    length: 36,
    primaryKeyConstraintName: 'pk_people_import_parts',
  })
  @ForeignKey(() => PeopleImport, {
    name: 'fk_people_import_parts_import',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly importId!: string;

  @PrimaryColumn('int', { name: 'position', primaryKeyConstraintName: 'pk_people_import_parts' })
  readonly position!: number;

  @TextColumn('rows_sealed')
  readonly rowsSealed!: string;
}
