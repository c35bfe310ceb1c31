import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor } from '../../kernel/actor.js';
import { Ids } from '../../kernel/ids.js';
import { Files } from '../../platform/files/files.js';
import { sha256 } from '../../platform/crypto/hash.js';
import { PdfSigner } from '../../platform/pdf-signing/pdf-signer.js';
import { NoticePapers } from '../notice-papers.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Issue, Notice } from '../notices.queries.js';
import { ProofQueries } from './proof.queries.js';
import { FileSignedAlready, ProofStore } from './proof.store.js';

/** So many at a time: a timer must not hold up the next. */
const AT_ONCE = 20;

/**
 * Signs by machine what people have signed, where the house has a certificate: a second file beside the paper, made
 * after the fact by a timer, so that no signature of a person ever waits for a certificate.
 */
@Injectable()
export class DigitalSigningService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ProofStore,
    private readonly proofs: ProofQueries,
    private readonly notices: NoticesQueries,
    private readonly papers: NoticePapers,
    private readonly signer: PdfSigner,
    private readonly files: Files,
    private readonly ids: Ids,
  ) {}

  /** Nothing without a certificate. A paper that is lost is the verifier's to report, and is passed over here. */
  async signDue(now: Date, limit = AT_ONCE): Promise<{ signed: number }> {
    const organisation = this.signer.signerAt(now);
    if (!organisation) return { signed: 0 };
    let signed = 0;
    for (const { code } of await this.proofs.unsigned(limit)) {
      const notice = await this.notices.findByCode(code);
      const pdf = notice?.issue ? await this.papers.findPdf(notice.issue) : null;
      if (!notice?.issue || !pdf) continue;
      try {
        await this.sign(notice, notice.issue, pdf, organisation, now);
        signed++;
      } catch (error) {
        if (!(error instanceof FileSignedAlready)) throw error;
      }
    }
    return { signed };
  }

  private async sign(
    { id: noticeId, societyId, threadId }: Notice,
    { number }: Issue,
    pdf: Buffer,
    { name, fingerprint }: { readonly name: string; readonly fingerprint: string },
    at: Date,
  ): Promise<void> {
    const bytes = this.signer.sign(pdf, `${number} 公示发布`, at);
    const file = await this.files.prepare(bytes, 'application/pdf');
    await this.commands.timer('signNoticeFile', async (tx, trail) => {
      const fileId = await this.files.attach(tx, file, {
        societyId,
        purpose: 'notice-pdf-signed',
        by: MACHINE,
      });
      await this.store.insertSignedFile(tx, {
        ...{ id: this.ids.next(), noticeId, fileId, signedAt: at },
        sha256: sha256(bytes),
        signer: name.slice(0, 200),
        certificateSha256: fingerprint,
      });
      trail.on('notice', noticeId, {
        threadId,
        after: { sha256: sha256(bytes) },
        words: `电子签名 ${number}`,
      });
    });
  }
}

const MACHINE: Actor = { accountId: null, personId: null, societyId: null, roles: [], origin: 'timer' };
