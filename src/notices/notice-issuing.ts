import { Injectable } from '@nestjs/common';
import { SealQueries } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { sha256 } from '../platform/crypto/hash.js';
import { Numbers } from '../platform/database/numbers.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import type { PreparedFile } from '../platform/files/files.js';
import { contentOf } from './domain/notice-content.js';
import type { NoticeContent } from './domain/notice-content.js';
import { NOTICE_SERIES, noticeNumberOf } from './domain/notice-number.js';
import { NoticePapers } from './notice-papers.js';
import type { NoticeLine } from './notices.queries.js';
import { NoticesStore } from './notices.store.js';

export type Signed = { readonly number: string; readonly code: string; readonly sha256: string };

/** A paper that is ready, and the number on it, which is not taken yet. */
export type Print = {
  readonly year: number;
  readonly serial: number;
  readonly content: NoticeContent;
  readonly contentHash: string;
  readonly pages: number;
  readonly pdfSha256: string;
  readonly file: PreparedFile;
};

type Signature = { readonly actor: Actor; readonly signer: string; readonly at: Date };

/** First the paper, then the number: a notice that cannot be printed takes none. */
@Injectable()
export class NoticeIssuing {
  constructor(
    private readonly papers: NoticePapers,
    private readonly store: NoticesStore,
    private readonly numbers: Numbers,
    private readonly files: Files,
    private readonly seals: SealQueries,
    private readonly ids: Ids,
  ) {}

  /** Content and paper with the number that would come next, as things stand. */
  async print(notice: NoticeLine, period: string, at: Date): Promise<Print> {
    const signedOn = dayOf(at);
    const year = yearOf(signedOn);
    const serial = await this.numbers.peek(notice.societyId, NOTICE_SERIES, year);
    const number = noticeNumberOf(notice.words.numberPrefix, year, serial);
    const code = this.ids.code();
    const verifyUrl = this.papers.verifyUrlOf(code);
    const seal = await this.seals.printedHead();
    const signing = { version: notice.version, number, signedOn, period, code, verifyUrl, seal };
    const content = contentOf(notice, signing);
    const { pdf, contentHash, pages } = await this.papers.print(content, at);
    const file = await this.files.prepare(pdf, 'application/pdf');
    return { year, serial, content, contentHash, pages, pdfSha256: sha256(pdf), file };
  }

  /** Takes the printed number and freezes the print, or throws `NumberTaken`: a step of the signature's unit. */
  async issue(
    tx: Tx,
    { id: noticeId, societyId }: NoticeLine,
    { file, ...print }: Print,
    { actor, signer, at }: Signature,
  ): Promise<Signed> {
    await this.numbers.claim(tx, societyId, NOTICE_SERIES, print.year, print.serial);
    const pdfFileId = await this.files.attach(tx, file, { societyId, purpose: 'notice-pdf', by: actor });
    const { number, code } = print.content;
    const signed = { signedByAccount: actor.accountId, signedBy: signer, signedAt: at };
    await this.store.insertIssue(tx, {
      ...print,
      ...signed,
      ...{ noticeId, societyId, number, code, pdfFileId },
      id: this.ids.next(),
    });
    return { number, code, sha256: print.pdfSha256 };
  }
}
