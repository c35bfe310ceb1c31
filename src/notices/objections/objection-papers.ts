import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { Config } from '../../platform/config.js';
import { hashOf } from '../../platform/crypto/hash.js';
import type { Tx } from '../../platform/database/transactions.js';
import { PaperPrinter } from '../../platform/pdf/printer.js';
import { SocietiesQueries } from '../../societies/index.js';
import { receiptLetter, replyLetter } from '../domain/objection-letters.js';
import type {
  LetterFacts,
  ObjectionLetterContent,
  ReceiptFacts,
  ReplyFacts,
} from '../domain/objection-letters.js';
import type { NoticeLine } from '../notices.queries.js';
import type { Letter } from './objections.queries.js';
import { ObjectionSeals } from './objections.seals.js';
import { ObjectionsStore } from './objections.store.js';

/** What all letters about one notice say: read before the unit of work. */
export type PaperGround = Pick<LetterFacts, 'noticeNumber' | 'issuer' | 'contact'> & {
  readonly societyId: string;
  readonly reviewer: string;
};

type Of<Facts> = Omit<Facts, keyof PaperGround | 'queryUrl'> & {
  readonly objectionId: string;
  readonly madeBy: string | null;
};

/** The letters of an objection: frozen in the unit of work that causes them, printed whenever they are needed. */
@Injectable()
export class ObjectionPapers {
  constructor(
    private readonly store: ObjectionsStore,
    private readonly seals: ObjectionSeals,
    private readonly societies: SocietiesQueries,
    private readonly printer: PaperPrinter,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async groundOf({ societyId, issue }: NoticeLine): Promise<PaperGround> {
    const society = await this.societies.society(societyId);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    const union = await this.societies.townUnionOf(societyId);
    return {
      societyId,
      noticeNumber: issue?.number ?? '',
      issuer: society.name,
      contact: {
        office: charter.publicContactOffice,
        phone: charter.publicContactPhone,
        address: charter.publicContactAddress,
      },
      reviewer: union?.name ?? charter.publicContactOffice,
    };
  }

  writeReceipt(tx: Tx, ground: PaperGround, facts: Of<ReceiptFacts>): Promise<void> {
    const queryUrl = `${this.config.publicUrl}/o`;
    return this.write(tx, ground, facts, receiptLetter({ ...ground, ...facts, queryUrl }));
  }

  writeReply(tx: Tx, ground: PaperGround, facts: Of<ReplyFacts>): Promise<void> {
    return this.write(tx, ground, facts, replyLetter({ ...ground, ...facts }));
  }

  /** The same bytes each time. */
  async print({ id, contentSealed, madeAt }: Letter): Promise<Buffer> {
    const content = this.seals.openLetter(id, contentSealed);
    const facts = { title: content.title.join(''), author: content.issuer, at: madeAt };
    return (await this.printer.print({ template: content.template, content, facts })).pdf;
  }

  private async write(
    tx: Tx,
    { societyId }: PaperGround,
    {
      objectionId,
      at,
      madeBy,
    }: { readonly objectionId: string; readonly at: Date; readonly madeBy: string | null },
    content: ObjectionLetterContent,
  ): Promise<void> {
    const id = this.ids.next();
    await this.store.insertLetter(tx, {
      ...{ id, objectionId, societyId, kind: content.kind, madeAt: at, madeBy },
      contentSealed: this.seals.sealLetter(id, content),
      contentHash: hashOf(content),
    });
  }
}
