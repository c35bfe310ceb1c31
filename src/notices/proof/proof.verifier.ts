import { Injectable } from '@nestjs/common';
import { sha256 } from '../../platform/crypto/hash.js';
import { Files } from '../../platform/files/files.js';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';
import { ProofQueries } from './proof.queries.js';

/** Whether each second file is still the one that was signed, and has the paper of the record in front. */
@Injectable()
export class NoticeFilesVerifier extends Verifier {
  constructor(
    private readonly proofs: ProofQueries,
    private readonly files: Files,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (let after = '', batch = await this.proofs.signedFiles(after); batch.length > 0;) {
      for (const row of batch) {
        const words = await this.faultOf(row);
        if (words) findings.push({ kind: 'notice signed file', subject: `notices/${row.noticeId}`, words });
      }
      after = batch.at(-1)?.noticeId ?? '';
      batch = await this.proofs.signedFiles(after);
    }
    return findings;
  }

  private async faultOf(row: {
    readonly fileId: string;
    readonly sha256: string;
    readonly paperSha256: string;
    readonly paperBytes: number;
  }): Promise<string | null> {
    const kept = await this.files.read(row.fileId).catch(() => null);
    if (!kept) return '电子签名的文件丢了，或者打不开';
    if (sha256(kept.bytes) !== row.sha256) return '电子签名的文件和签名时的 SHA-256 不一致';
    const paper = kept.bytes.subarray(0, row.paperBytes);
    return sha256(paper) === row.paperSha256 ? null : '电子签名的文件前面不是签发的那份 PDF';
  }
}
