import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import { instantOf, listOf, Reads } from '../../platform/database/reads.js';
import { mayNameHolder, mayTellMinute } from '../domain/crowd.js';
import type { GoodsIssue, GoodsTrace } from '../domain/goods-trace.js';
import type { Use } from '../domain/trace.js';
import { receiptStanding } from '../domain/receipt.js';
import type { ReceiptKind, ReceiptMode, ReceiptStanding } from '../domain/receipt.js';
import { TraceQueries } from './trace.queries.js';
import type { Traced } from './trace.queries.js';
import { UsesOfGifts } from './uses-of-gifts.js';
import type { Places, ShownUse } from './uses-of-gifts.js';

/** What one case had of a gift, and what may be said of it; null where no room below knows it any more. */
export type ToldUse = Use & { readonly told: ShownUse | null };

/** Pieces that one case had of a gift of goods. */
export type ToldIssue = GoodsIssue & { readonly told: ShownUse | null };
export type ToldGoods = Omit<GoodsTrace, 'issues'> & { readonly issues: readonly ToldIssue[] };

export type ToldReceipt = {
  readonly id: string;
  readonly giftId: string;
  readonly number: string;
  readonly kind: ReceiptKind;
  readonly mode: ReceiptMode;
  readonly standing: ReceiptStanding;
  readonly amountFen: Fen;
  readonly issuedOn: Day;
};

/** A gift as its giver may read it: every fen, and no family that could be found by it. */
export type ToldGift = Omit<Traced, 'goods'> & {
  /** Null for money. */
  readonly goods: ToldGoods | null;
  readonly uses: readonly ToldUse[];
  readonly receipts: readonly ToldReceipt[];
  /** The name of whoever holds the money; null where it would give the village away. */
  readonly holder: string | null;
  /** When the books that hold it were last written to; null where they never were. */
  readonly booked: Booked | null;
};

/** The month alone, where the minute would give the day of a payment away (domain/crowd.ts). */
export type Booked = { readonly at: Date; readonly isToTheMinute: boolean };

type RawReceipt = Omit<ToldReceipt, 'amountFen' | 'standing'> & {
  amountFen: number | string;
  reversed: number | string;
};

/** Puts the trace of the money, what it became and the receipts together: a fixed number of questions for any number of gifts. */
@Injectable()
export class TraceReading {
  constructor(
    private readonly traces: TraceQueries,
    private readonly usesOfGifts: UsesOfGifts,
    private readonly reads: Reads,
  ) {}

  async ofGift(societyId: string, giftId: string): Promise<ToldGift> {
    const [told] = await this.told([await this.traces.ofGift(societyId, giftId)]);
    if (!told) throw new Error('A gift was lost on its way');
    return told;
  }

  async ofDonors(donorIds: readonly string[]): Promise<ToldGift[]> {
    return this.told(await this.traces.ofDonors(donorIds));
  }

  private async told(traced: readonly Traced[]): Promise<ToldGift[]> {
    const threads = new Set(traced.flatMap(threadsOf));
    const holders = traced.map(({ gift }) => gift.societyId);
    const { uses, places } = await this.usesOfGifts.shown([...threads], holders);
    const usedIn = new Map<string, number>();
    for (const { societyId } of uses.values()) usedIn.set(societyId, (usedIn.get(societyId) ?? 0) + 1);
    const receipts = groupedBy(await this.receiptsOf(traced), ({ giftId }) => giftId);
    const bookedAt = await this.bookedAt(traced);
    const shownBy = groupedBy(traced, ({ gift }) => gift.societyId);
    return traced.map(({ gift, trace, goods }) => ({
      ...{ gift, trace },
      goods: goods && {
        ...goods,
        issues: goods.issues.map((each) => ({ ...each, told: uses.get(each.threadId) ?? null })),
      },
      uses: trace.uses.map((use) => ({ ...use, told: uses.get(use.threadId) ?? null })),
      receipts: receipts.get(gift.id) ?? [],
      holder: holderOf(gift.societyId, places, usedIn),
      booked: bookedOf(bookedAt.get(gift.societyId), shownBy.get(gift.societyId) ?? [], uses),
    }));
  }

  private async receiptsOf(traced: readonly Traced[]): Promise<ToldReceipt[]> {
    const rows = await this.reads.among<RawReceipt>`
      SELECT r.id AS "id", r.gift_id AS "giftId", r.number_text AS "number", r.kind AS "kind", r.mode AS "mode",
             r.amount_fen AS "amountFen", r.issued_on AS "issuedOn",
             CASE WHEN EXISTS (SELECT 1 FROM receipts red WHERE red.reverses_id = r.id) THEN 1 ELSE 0 END AS "reversed"
      FROM receipts r WHERE r.gift_id IN ${listOf(traced.map(({ gift }) => gift.id))} ORDER BY r.id`;
    return rows.map(({ reversed, ...row }) => ({
      ...row,
      amountFen: fen(Number(row.amountFen)),
      standing: receiptStanding({ kind: row.kind, isReversed: Number(reversed) === 1 }),
    }));
  }

  /** Donors see how old the figures are (pages.md 3.1): money raised and then silence looks like this, too. */
  private async bookedAt(traced: readonly Traced[]): Promise<ReadonlyMap<string, Date>> {
    const societyIds = [...new Set(traced.map(({ gift }) => gift.societyId))];
    const rows = await this.reads.among<{ societyId: string; at: Date | string }>`
      SELECT b.society_id AS "societyId", MAX(v.posted_at) AS "at" FROM books b JOIN vouchers v ON v.book_id = b.id
      WHERE b.society_id IN ${listOf(societyIds)} GROUP BY b.society_id`;
    return new Map(rows.map(({ societyId, at }) => [societyId, instantOf(at)]));
  }
}

const threadsOf = ({ trace, goods }: Traced): string[] =>
  [...trace.uses, ...(goods?.issues ?? [])].map(({ threadId }) => threadId);

/** Of all that is shown together of these books: what one gift hides, another beside it must not tell. */
function bookedOf(
  at: Date | undefined,
  together: readonly Traced[],
  uses: ReadonlyMap<string, ShownUse>,
): Booked | null {
  if (!at) return null;
  const places = together.flatMap(threadsOf).flatMap((threadId) => {
    const use = uses.get(threadId);
    return use ? [use.place] : [];
  });
  return { at, isToTheMinute: mayTellMinute(places) };
}

function holderOf(societyId: string, places: Places, usedIn: ReadonlyMap<string, number>): string | null {
  const of = {
    isFederation: places.isFederation(societyId),
    usesFromThere: usedIn.get(societyId) ?? 0,
    place: places.placeOf(societyId),
  };
  return mayNameHolder(of) ? places.nameOf(societyId) : null;
}
