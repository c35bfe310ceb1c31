import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { wordsInPdf } from '../../platform/pdf-signing/paper-words.js';
import { sha256 } from '../../platform/crypto/hash.js';
import { SocietiesQueries } from '../../societies/index.js';
import { marksIn } from '../domain/paper-marks.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Issue, Notice, RelatedNotice } from '../notices.queries.js';
import { ProofQueries } from './proof.queries.js';
import type { FileOfNotice, SignedFile } from './proof.queries.js';

/** A notice with all that proves it. */
export type Proof = {
  readonly notice: Notice;
  readonly issue: Issue;
  readonly society: string;
  readonly relations: readonly RelatedNotice[];
  readonly signedFile: SignedFile | null;
};

/**
 * `GENUINE`: byte for byte the paper of the record, or that with our own signature at its end. `ALTERED`: one of ours, to
 * which something was added (`ADDED`), or that says it is one and has other bytes (`CHANGED`). `UNKNOWN`: none of ours, as
 * far as a file can tell; a scan or a photo of a genuine paper is one too.
 */
export type FileVerdict =
  | {
      readonly verdict: 'GENUINE';
      readonly file: FileOfNotice['file'];
      readonly sha256: string;
      readonly proof: Proof;
    }
  | {
      readonly verdict: 'ALTERED';
      readonly how: 'ADDED' | 'CHANGED';
      readonly sha256: string;
      readonly proof: Proof;
    }
  | { readonly verdict: 'UNKNOWN'; readonly isPdf: boolean; readonly sha256: string };

/** A PDF grows by updates at its end; one with more of them than this was not made by an office. */
const MOST_UPDATES = 16;

/** Whether a file is one of ours, unchanged. It is looked at in memory, and nothing of it is kept. */
@Injectable()
export class FileProofs {
  constructor(
    private readonly proofs: ProofQueries,
    private readonly notices: NoticesQueries,
    private readonly societies: SocietiesQueries,
  ) {}

  async of(bytes: Buffer): Promise<FileVerdict> {
    const whole = sha256(bytes);
    const isPdf = bytes.subarray(0, 1024).includes('%PDF-');
    const [genuine] = await this.proofs.filesBySha256([whole]);
    if (genuine) {
      const proof = await this.proofById(genuine);
      return { verdict: 'GENUINE', file: genuine.file, sha256: whole, proof };
    }
    if (!isPdf) return { verdict: 'UNKNOWN', isPdf, sha256: whole };
    const [added] = await this.proofs.filesBySha256(hashesBeforeUpdates(bytes));
    if (added) return { verdict: 'ALTERED', how: 'ADDED', sha256: whole, proof: await this.proofById(added) };
    const { codes, numbers } = marksIn(`${bytes.toString('latin1')}\n${wordsInPdf(bytes)}`);
    const named = await this.proofs.named(codes, numbers);
    const proof = named && (await this.proofByCode(named.code));
    return proof
      ? { verdict: 'ALTERED', how: 'CHANGED', sha256: whole, proof }
      : { verdict: 'UNKNOWN', isPdf, sha256: whole };
  }

  /** All that proves the notice with this check code; null where it was never given. */
  async proofByCode(code: string): Promise<Proof | null> {
    const notice = await this.notices.findByCode(code);
    return notice?.issue ? this.proofOf(notice, notice.issue) : null;
  }

  /** What stands beside a notice in the record: the notices that answer it or that it answers, and the second file. */
  async besides({ id }: Pick<Notice, 'id'>): Promise<Pick<Proof, 'relations' | 'signedFile'>> {
    return {
      relations: await this.notices.relationsOf(id),
      signedFile: await this.proofs.signedFile(id),
    };
  }

  private async proofById({ societyId, noticeId }: FileOfNotice): Promise<Proof> {
    const notice = await this.notices.notice(societyId, noticeId);
    if (!notice.issue) throw new Error(`Notice ${noticeId} has a file, and was not signed`);
    return this.proofOf(notice, notice.issue);
  }

  private async proofOf(notice: Notice, issue: Issue): Promise<Proof> {
    const { name: society } = await this.societies.society(notice.societyId);
    return { notice, issue, society, ...(await this.besides(notice)) };
  }
}

/** The hash of all that stood before each update: up to each end of file, with or without the line's own end. */
function hashesBeforeUpdates(bytes: Buffer): string[] {
  const hashes: string[] = [];
  const running = createHash('sha256');
  let done = 0;
  for (
    let at = bytes.indexOf('%%EOF');
    at >= 0 && hashes.length < MOST_UPDATES * 3;
    at = bytes.indexOf('%%EOF', at + 5)
  ) {
    const end = at + '%%EOF'.length;
    const ends = [end, end + 1, end + 2].filter((each) => each <= bytes.length);
    for (const to of ends) {
      if (to < done) continue;
      running.update(bytes.subarray(done, to));
      done = to;
      hashes.push(running.copy().digest('hex'));
    }
  }
  return hashes;
}
