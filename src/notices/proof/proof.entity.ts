import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  WordColumn,
} from '../../platform/database/columns.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/**
 * The second file of a notice: the paper of the record with a signature by machine at its end. It proves the same thing
 * to a program; the record is the paper, and on the wall the seal is wet ink.
 */
@Entity('notice_signed_files')
@Unique('uq_notice_signed_files_notice', ['noticeId'])
@Unique('uq_notice_signed_files_sha256', ['sha256'])
export class NoticeSignedFile {
  @KeyColumn('pk_notice_signed_files')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_signed_files_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @IdColumn('file_id')
  @ForeignKey('stored_files', { name: 'fk_notice_signed_files_file', ...NO_ACTION })
  readonly fileId!: string;

  @WordColumn('sha256', 64)
  readonly sha256!: string;

  /** The organisation as its certificate calls it. */
  @WordColumn('signer', 200)
  readonly signer!: string;

  @WordColumn('certificate_sha256', 64)
  readonly certificateSha256!: string;

  @InstantColumn('signed_at')
  readonly signedAt!: Date;
}

/** A code that leads the village's computer to one notice for ten minutes. Only its hash is kept. */
@Entity('print_codes')
@Unique('uq_print_codes_hash', ['codeHash'])
@Index('ix_print_codes_expiry', ['expiresAt'])
export class PrintCode {
  @KeyColumn('pk_print_codes')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_print_codes_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @WordColumn('code_hash', 64)
  readonly codeHash!: string;

  @OptionalIdColumn('made_by')
  readonly madeBy!: string | null;

  @InstantColumn('made_at')
  readonly madeAt!: Date;

  @InstantColumn('expires_at')
  readonly expiresAt!: Date;
}

/** Tries of print codes since the last right one, by the line they came from: its keyed hash, no address. */
@Entity('print_code_tries')
@Unique('uq_print_code_tries_line', ['lineHash'])
@Check('ck_print_code_tries_count', 'tries > 0')
export class PrintCodeTries {
  @KeyColumn('pk_print_code_tries')
  readonly id!: string;

  @WordColumn('line_hash', 64)
  readonly lineHash!: string;

  @CountColumn('tries')
  readonly tries!: number;

  @InstantColumn('last_at')
  readonly lastAt!: Date;

  @InstantColumn('blocked_until')
  readonly blockedUntil!: Date;
}

export const proofEntities = [NoticeSignedFile, PrintCode, PrintCodeTries];
