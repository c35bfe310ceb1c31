import { Injectable } from '@nestjs/common';
import { Commands, SealQueries } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, yearOf } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { negated, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { purseName } from '../../ledger/index.js';
import { Config } from '../../platform/config.js';
import { hashOf, sha256 } from '../../platform/crypto/hash.js';
import { Numbers } from '../../platform/database/numbers.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import {
  ReceiptAlreadyIssued,
  ReceiptAlreadyReversed,
  RedIsFinal,
  RefundUnderWay,
} from '../domain/receipt.errors.js';
import {
  RECEIPT_SERIES,
  RECEIPT_WORKING_DAYS,
  receiptAmountOf,
  receiptNumberOf,
  receiptStateAfterRed,
  refuseWaiver,
  REVERSAL_CAUSE_WORDS,
} from '../domain/receipt.js';
import type { Issuing, ReturnedAs, ReversalCause } from '../domain/receipt.js';
import { receiptPaper, redPaper } from '../domain/receipt-paper.js';
import type { Payer, ReceiptContent, ReceiptFacts } from '../domain/receipt-paper.js';
import { DonorSeals } from '../donors/donor.seals.js';
import { DonorsStore } from '../donors/donors.store.js';
import type { GiftFacts } from '../gifts/gift.entity.js';
import { GiftsStore } from '../gifts/gifts.store.js';
import type { Receipt } from './receipt.entity.js';
import { handsIn, ReceiptHandsReading } from './receipt-hands.js';
import type { HandsGround } from './receipt-hands.js';
import { ReceiptRightsQueries } from './receipt-rights.queries.js';
import { ReceiptSeals } from './receipt.seals.js';
import { ReceiptsQueries } from './receipts.queries.js';
import { ReceiptsStore } from './receipts.store.js';

export type ReceiptIssued = { readonly receiptId: string; readonly giftId: string; readonly number: string };

export type ReversalTyped = {
  readonly receiptId: string;
  readonly cause: ReversalCause;
  readonly reason: string;
  readonly returned: ReturnedAs;
};

export type ReceiptsIssued = {
  readonly issued: readonly ReceiptIssued[];
  readonly refused: readonly { readonly giftId: string; readonly code: string; readonly words: string }[];
  /** How many more are due to donors with a name. */
  readonly left: number;
};

/** Read before the unit begins: in whose name, and whose names. */
type Ground = {
  readonly issuing: Issuing;
  readonly societyName: string;
  readonly hands: HandsGround;
  readonly seal: string | null;
};

/** What a receipt is given in the moment in which it is written. */
type Numbered = Pick<ReceiptFacts, 'number' | 'checkCode' | 'issuedOn' | 'publicUrl'>;

type GiftKept = GiftFacts & { readonly refundedFen: Fen };

/** As many receipts as one press of the button writes. */
const MOST_AT_ONCE = 200;

/**
 * Receipts of gifts (Charity Law, art. 38; 财综〔2024〕1号; domain.md 2.4). Frozen when they are issued, numbered without
 * a gap by issuing organisation and year, taken back by a red one only. What stands in the way of a second one is the
 * state of the gift, moved in the same unit.
 */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly store: ReceiptsStore,
    private readonly gifts: GiftsStore,
    private readonly donors: DonorsStore,
    private readonly donorSeals: DonorSeals,
    private readonly seals: ReceiptSeals,
    private readonly rights: ReceiptRightsQueries,
    private readonly queries: ReceiptsQueries,
    private readonly hands: ReceiptHandsReading,
    private readonly societies: SocietiesQueries,
    private readonly numbers: Numbers,
    private readonly sealed: SealQueries,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Writes the receipt of a gift that came in, also where the donor had wanted none before. */
  async issueReceipt(caller: Caller, asked: { readonly giftId: string }): Promise<ReceiptIssued> {
    const societyId = societyOf(caller.actor);
    const ground = await this.groundOf(caller, societyId, asked.giftId);
    return this.commands.run(caller, { act: 'issueReceipt', body: asked }, async (tx, trail) => {
      const gift = await this.take(tx, societyId, asked.giftId);
      const amountFen = receiptAmountOf(gift);
      if (await this.gifts.isRefunding(tx, gift.id)) throw new RefundUnderWay();
      await this.store.move(tx, gift.id, gift.receiptState, 'ISSUED', issuedAlready);
      const receipt = await this.write(tx, caller, gift, amountFen, ground);
      await this.duties.settle(tx, {
        ...{ kind: 'ISSUE_RECEIPT', subjectId: gift.id },
        ...{ at: receipt.issuedAt, byPersonId: caller.actor.personId },
      });
      const words = `开票据 ${receipt.numberText}，${yuanText(amountFen)} 元`;
      trail.on('receipt', receipt.id, { threadId: gift.id, after: traceable(receipt), words });
      return { receiptId: receipt.id, giftId: gift.id, number: receipt.numberText };
    });
  }

  /**
   * Writes what is due to donors who are known, the oldest first, each as a unit of its own: one that cannot be written
   * keeps none of the others back. Whoever gave without a name is asked first.
   */
  async issueDue(caller: Caller): Promise<ReceiptsIssued> {
    const societyId = societyOf(caller.actor);
    const giftIds = await this.queries.dueToNamed(societyId, MOST_AT_ONCE);
    const issued: ReceiptIssued[] = [];
    const refused: { giftId: string; code: string; words: string }[] = [];
    for (const giftId of giftIds) {
      const key = `due-${sha256(`${caller.key}/${giftId}`).slice(0, 40)}`;
      try {
        issued.push(await this.issueReceipt({ ...caller, key }, { giftId }));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        refused.push({ giftId, code: error.code, words: `${error.message}${error.advice}` });
      }
    }
    const { named } = await this.queries.due(societyId);
    return { issued, refused, left: named };
  }

  /** The donor wants none (Charity Law, art. 38): it is written down who said so, and the duty ends. */
  async waiveReceipt(
    caller: Caller,
    asked: { readonly giftId: string; readonly reason: string },
  ): Promise<{ giftId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'waiveReceipt', body: asked }, async (tx, trail) => {
      const gift = await this.take(tx, societyId, asked.giftId);
      refuseWaiver(gift);
      await this.store.move(tx, gift.id, 'DUE', 'WAIVED', issuedAlready);
      const waivedAt = this.clock.now();
      const { personId } = caller.actor;
      await this.store.insertWaiver(tx, {
        ...{ id: this.ids.next(), societyId, giftId: gift.id, reason: asked.reason },
        ...{ waivedBy: personId, waivedAt },
      });
      const settled = { kind: 'ISSUE_RECEIPT', subjectId: gift.id, at: waivedAt } as const;
      await this.duties.settle(tx, { ...settled, byPersonId: personId });
      const words = '记捐赠人不要票据';
      trail.on('gift', gift.id, { threadId: gift.id, after: { receiptState: 'WAIVED' }, words });
      return { giftId: gift.id };
    });
  }

  /** Takes a receipt back with a red one of its own number; the old number is never used again. */
  async reverseReceipt(caller: Caller, typed: ReversalTyped): Promise<ReceiptIssued> {
    const societyId = societyOf(caller.actor);
    const seal = await this.sealed.printedHead();
    return this.commands.run(caller, { act: 'reverseReceipt', body: typed }, async (tx, trail) => {
      const { receiptId, cause, reason, returned } = typed;
      const old = await this.store.get(tx, societyId, receiptId);
      if (old.kind === 'RED') throw new RedIsFinal();
      const gift = await this.take(tx, societyId, old.giftId);
      if (await this.store.isReversed(tx, old.id)) throw new ReceiptAlreadyReversed();
      const next = receiptStateAfterRed(gift);
      await this.store.move(tx, gift.id, 'ISSUED', next, () => new ReceiptAlreadyReversed());
      const content = this.seals.open(old.id, old.contentSealed);
      const { reviewer } = content;
      const red = await this.insert(tx, caller, old, {
        ...{ amountFen: negated(old.amountFen), kind: 'RED' },
        reversed: { reversesId: old.id, cause, reason, returned },
        paper: (of) => redPaper(content, { ...of, cause, reviewer, seal, amountFen: old.amountFen }),
      });
      if (next === 'DUE') await this.oweAgain(tx, gift);
      const words = `红冲票据 ${old.numberText}（${REVERSAL_CAUSE_WORDS[cause]}），红字票据 ${red.numberText}`;
      const changed = { before: traceable(old), after: traceable(red) };
      trail.on('receipt', old.id, { threadId: gift.id, ...changed, words });
      return { receiptId: red.id, giftId: gift.id, number: red.numberText };
    });
  }

  private async write(
    tx: Tx,
    { actor, key }: Caller,
    gift: GiftKept,
    amountFen: Fen,
    { issuing, societyName, hands, seal }: Ground,
  ): Promise<Receipt> {
    const { reviewer, receiver, receiverId } = handsIn(hands, gift, actor.personId);
    const payer = await this.payerOf(tx, gift);
    const at = {
      societyId: gift.societyId,
      giftId: gift.id,
      issuerId: issuing.issuer.id,
      mode: issuing.mode,
    };
    return this.insert(
      tx,
      { actor, key },
      { ...at, receivedBy: receiverId, refundedFen: gift.refundedFen },
      {
        amountFen,
        kind: 'BLUE',
        reversed: { reversesId: null, cause: null, reason: null, returned: null },
        paper: (of) =>
          receiptPaper({
            ...{ ...of, issuing, payer, givenOn: gift.givenOn, form: gift.form, amountFen },
            ...{ purse: purseName(gift), receivedFen: gift.amountFen, societyName, reviewer, receiver, seal },
          }),
      },
    );
  }

  /** The number comes last: whoever issues at the same moment waits for it as short as can be. */
  private async insert(
    tx: Tx,
    { actor }: Caller,
    of: Pick<Receipt, 'societyId' | 'giftId' | 'issuerId' | 'mode' | 'receivedBy' | 'refundedFen'>,
    what: Pick<Receipt, 'kind' | 'amountFen'> & {
      readonly reversed: Pick<Receipt, 'reversesId' | 'cause' | 'reason' | 'returned'>;
      readonly paper: (of: Numbered) => ReceiptContent;
    },
  ): Promise<Receipt> {
    const { societyId, giftId, issuerId, mode, receivedBy, refundedFen } = of;
    const issuedAt = this.clock.now();
    const issuedOn = dayOf(issuedAt);
    const seriesYear = yearOf(issuedOn);
    const [id, checkCode] = [this.ids.next(), this.ids.code()];
    const number = await this.numbers.next(tx, issuerId, RECEIPT_SERIES, seriesYear);
    const numberText = receiptNumberOf(seriesYear, number);
    const { publicUrl } = this.config;
    const content = what.paper({ number: numberText, checkCode, issuedOn, publicUrl });
    const receipt: Receipt = {
      ...{ id, societyId, giftId, issuerId, mode, receivedBy, seriesYear, number, numberText, checkCode },
      ...{ kind: what.kind, amountFen: what.amountFen, refundedFen, ...what.reversed },
      ...{ issuedOn, issuedAt, issuedBy: actor.personId },
      contentSealed: this.seals.seal(id, content),
      contentHash: hashOf(content),
    };
    await this.store.insert(tx, receipt);
    return receipt;
  }

  private async take(tx: Tx, societyId: string, giftId: string): Promise<GiftKept> {
    const found = await this.gifts.get(tx, societyId, giftId);
    // What is not received is refused by the rule, in its own words: a fee, a pledge.
    const gift =
      found.state === 'RECEIVED' ? await this.gifts.take(tx, societyId, giftId, 'RECEIVED') : found;
    return { ...gift, refundedFen: await this.store.refunded(tx, giftId) };
  }

  private async payerOf(tx: Tx, { societyId, donorId }: GiftFacts): Promise<Payer | null> {
    if (donorId === null) return null;
    const donor = await this.donors.get(tx, societyId, donorId);
    const name = this.donorSeals.open('name', donor.id, donor.nameSealed);
    return { isCompany: donor.kind === 'COMPANY', name, uscc: donor.uscc };
  }

  private async groundOf({ actor }: Caller, societyId: string, giftId: string): Promise<Ground> {
    const today = dayOf(this.clock.now());
    return {
      issuing: await this.rights.issuing(societyId, today),
      societyName: (await this.societies.society(societyId)).name,
      hands: await this.hands.ground(societyId, giftId, actor.personId, today),
      seal: await this.sealed.printedHead(),
    };
  }

  private async oweAgain(tx: Tx, { id, societyId }: GiftFacts): Promise<void> {
    await this.duties.open(tx, {
      ...{ societyId, kind: 'ISSUE_RECEIPT', subjectKind: 'gift', subjectId: id, threadId: id },
      ownerRole: 'accountant',
      rule: { unit: 'working-days', count: RECEIPT_WORKING_DAYS, from: this.clock.now() },
    });
  }
}

const issuedAlready = () => new ReceiptAlreadyIssued();

/** What of a receipt the trail keeps: nothing that is sealed in it. */
function traceable({ numberText, kind, mode, amountFen, issuedOn, contentHash }: Receipt) {
  return { numberText, kind, mode, amountFen, issuedOn, contentHash };
}
