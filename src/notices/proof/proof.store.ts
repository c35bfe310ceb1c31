import { Injectable } from '@nestjs/common';
import type { Turn } from '../../access/domain/sign-in-delay.js';
import { Ids } from '../../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { NoticeSignedFile, PrintCode, PrintCodeTries } from './proof.entity.js';

/** An RSA signature of the same moment is the same file, so that either may be met first. */
const ONE_FILE = [
  { name: 'uq_notice_signed_files_notice', columns: 'notice_signed_files.notice_id' },
  { name: 'uq_notice_signed_files_sha256', columns: 'notice_signed_files.sha256' },
];
const ONE_CODE = { name: 'uq_print_codes_hash', columns: 'print_codes.code_hash' };
const ONE_LINE = { name: 'uq_print_code_tries_line', columns: 'print_code_tries.line_hash' };

/** Another program has signed the file of this notice at the same moment. */
export class FileSignedAlready extends Error {}

/** The rows of second files, print codes and tries. */
@Injectable()
export class ProofStore {
  constructor(private readonly ids: Ids) {}

  async insertSignedFile(tx: Tx, file: NoticeSignedFile): Promise<void> {
    try {
      await tx.insert(NoticeSignedFile, file);
    } catch (error) {
      throw ONE_FILE.some((each) => breaksUnique(error, each)) ? new FileSignedAlready() : error;
    }
  }

  /** A code that somebody else holds makes this unit begin again, with another one. */
  async insertPrintCode(tx: Tx, code: PrintCode): Promise<void> {
    try {
      await tx.insert(PrintCode, code);
    } catch (error) {
      throw breaksUnique(error, ONE_CODE) ? new StaleSnapshot('This print code is held') : error;
    }
  }

  async forgetPrintCodes(tx: Tx, now: Date): Promise<void> {
    await tx.change`DELETE FROM print_codes WHERE expires_at <= ${now}`;
  }

  async findTries(tx: Tx, lineHash: string): Promise<PrintCodeTries | null> {
    return tx.rows.findOneBy(PrintCodeTries, { lineHash });
  }

  /** Counts a try, once: of two who saw the same count, one begins anew and sees the other's. */
  async count(
    tx: Tx,
    lineHash: string,
    before: PrintCodeTries | null,
    { tries, blockedUntil }: Turn & { may: true },
    at: Date,
  ): Promise<void> {
    if (before) {
      await tx.changeOne(() => new StaleSnapshot('Somebody else has just tried'))`
        UPDATE print_code_tries SET tries = ${tries}, last_at = ${at}, blocked_until = ${blockedUntil}
        WHERE id = ${before.id} AND tries = ${before.tries}`;
      return;
    }
    try {
      await tx.insert(PrintCodeTries, { id: this.ids.next(), lineHash, tries, lastAt: at, blockedUntil });
    } catch (error) {
      throw breaksUnique(error, ONE_LINE) ? new StaleSnapshot('Somebody else has just tried') : error;
    }
  }

  /** After a right one, and of everybody who has not tried since. */
  async forgetTries(tx: Tx, lineHash: string, before: Date): Promise<void> {
    await tx.change`DELETE FROM print_code_tries WHERE line_hash = ${lineHash} OR last_at < ${before}`;
  }
}
