import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  WordColumn,
} from '../database/columns.js';

/** A file that somebody handed in: the record in the database, the sealed bytes in the file store. */
@Entity('stored_files')
@Index('ix_stored_files_society', ['societyId', 'storedAt'])
@Index('ix_stored_files_sha256', ['sha256'])
export class StoredFile {
  @KeyColumn('pk_stored_files')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** `posting-photo`, `sign-in-sheet`, …: who may see it follows from what it is for. */
  @WordColumn('purpose', 40)
  readonly purpose!: string;

  @WordColumn('mime', 60)
  readonly mime!: string;

  @WordColumn('sha256', 64)
  readonly sha256!: string;

  @CountColumn('size_bytes')
  readonly sizeBytes!: number;

  @OptionalIdColumn('stored_by')
  readonly storedBy!: string | null;

  @InstantColumn('stored_at')
  readonly storedAt!: Date;
}
