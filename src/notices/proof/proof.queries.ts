import { Injectable } from '@nestjs/common';
import { instantOf, listOf, Reads } from '../../platform/database/reads.js';
import type { NoticeKind } from '../domain/notice-words.js';

/** Which file of a notice has a hash: the paper of the record, or the one signed by machine. */
export type FileOfNotice = {
  readonly noticeId: string;
  readonly societyId: string;
  readonly file: 'PAPER' | 'SIGNED';
  readonly sha256: string;
};

export type SignedFile = {
  readonly fileId: string;
  readonly sha256: string;
  readonly signer: string;
  readonly certificateSha256: string;
  readonly signedAt: Date;
};

type Instant = Date | string;

/** Notices by what a file or a person shows of them. */
@Injectable()
export class ProofQueries {
  constructor(private readonly reads: Reads) {}

  /** Of several hashes, as of a file and of what it held before something was added. */
  async filesBySha256(hashes: readonly string[]): Promise<FileOfNotice[]> {
    return this.reads.among<FileOfNotice>`
      SELECT i.notice_id AS "noticeId", i.society_id AS "societyId", 'PAPER' AS "file", i.pdf_sha256 AS "sha256"
      FROM notice_issues i WHERE i.pdf_sha256 IN ${listOf(hashes)}
      UNION ALL
      SELECT s.notice_id AS "noticeId", i.society_id AS "societyId", 'SIGNED' AS "file", s.sha256 AS "sha256"
      FROM notice_signed_files s JOIN notice_issues i ON i.notice_id = s.notice_id
      WHERE s.sha256 IN ${listOf(hashes)}`;
  }

  /** The one notice that a file names: by its check code, else by a number that no two notices share. */
  async named(codes: readonly string[], numbers: readonly string[]): Promise<{ code: string } | null> {
    const [byCode] = await this.reads.among<{ code: string }>`
      SELECT code AS "code" FROM notice_issues WHERE code IN ${listOf(codes)} ORDER BY signed_at DESC LIMIT 1`;
    if (byCode) return byCode;
    const byNumber = await this.reads.among<{ code: string }>`
      SELECT code AS "code" FROM notice_issues WHERE number IN ${listOf(numbers)} ORDER BY signed_at DESC LIMIT 2`;
    return byNumber.length === 1 ? (byNumber[0] ?? null) : null;
  }

  async signedFile(noticeId: string): Promise<SignedFile | null> {
    const row = await this.reads.one<Omit<SignedFile, 'signedAt'> & { signedAt: Instant }>`
      SELECT file_id AS "fileId", sha256 AS "sha256", signer AS "signer",
             certificate_sha256 AS "certificateSha256", signed_at AS "signedAt"
      FROM notice_signed_files WHERE notice_id = ${noticeId}`;
    return row && { ...row, signedAt: instantOf(row.signedAt) };
  }

  /** Notices that have no second file yet, the oldest first; none whose content is public no more. */
  async unsigned(limit: number): Promise<{ code: string }[]> {
    return this.reads.all<{ code: string }>`
      SELECT i.code AS "code" FROM notice_issues i JOIN notices n ON n.id = i.notice_id
      WHERE n.state <> 'SUSPENDED' AND n.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM notice_signed_files s WHERE s.notice_id = i.notice_id)
      ORDER BY i.signed_at, i.id LIMIT ${limit}`;
  }

  /** Every second file, by notice: for the verifier, a batch at a time. */
  async signedFiles(
    afterNoticeId: string,
    limit = 200,
  ): Promise<
    { noticeId: string; fileId: string; sha256: string; paperSha256: string; paperBytes: number }[]
  > {
    const rows = await this.reads.all<{
      noticeId: string;
      fileId: string;
      sha256: string;
      paperSha256: string;
      paperBytes: number | string;
    }>`
      SELECT s.notice_id AS "noticeId", s.file_id AS "fileId", s.sha256 AS "sha256",
             i.pdf_sha256 AS "paperSha256", f.size_bytes AS "paperBytes"
      FROM notice_signed_files s JOIN notice_issues i ON i.notice_id = s.notice_id
      JOIN stored_files f ON f.id = i.pdf_file_id
      WHERE s.notice_id > ${afterNoticeId} ORDER BY s.notice_id LIMIT ${limit}`;
    return rows.map((row) => ({ ...row, paperBytes: Number(row.paperBytes) }));
  }

  /** The notice that a print code leads to; a code that is over leads nowhere. */
  async byPrintCode(codeHash: string, now: Date): Promise<{ code: string } | null> {
    return this.reads.one<{ code: string }>`
      SELECT i.code AS "code" FROM print_codes p JOIN notice_issues i ON i.notice_id = p.notice_id
      WHERE p.code_hash = ${codeHash} AND p.expires_at > ${now}`;
  }

  /** A code that was made for this notice and is not over. */
  async printCode(noticeId: string, printCodeId: string, now: Date): Promise<{ expiresAt: Date } | null> {
    const row = await this.reads.one<{ expiresAt: Instant }>`
      SELECT expires_at AS "expiresAt" FROM print_codes
      WHERE id = ${printCodeId} AND notice_id = ${noticeId} AND expires_at > ${now}`;
    return row && { expiresAt: instantOf(row.expiresAt) };
  }

  /** The signed notices of a year, of one society or of all, in the order of their keys: for the export. */
  async ofYear(
    year: number,
    societyId: string | null,
    afterIssueId: string,
    limit: number,
  ): Promise<
    { issueId: string; code: string; kind: NoticeKind; serial: number; boardCode: string; society: string }[]
  > {
    return this.reads.all`
      SELECT i.id AS "issueId", i.code AS "code", n.kind AS "kind", i.serial AS "serial",
             o.board_code AS "boardCode", o.name AS "society"
      FROM notice_issues i JOIN notices n ON n.id = i.notice_id JOIN organisations o ON o.id = i.society_id
      WHERE i.year = ${year} AND (${societyId} IS NULL OR i.society_id = ${societyId}) AND i.id > ${afterIssueId}
      ORDER BY i.id LIMIT ${limit}`;
  }
}
