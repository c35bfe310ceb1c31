import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { groupedBy } from '../kernel/grouped.js';
import type { Day } from '../kernel/day.js';
import { sumOf } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';
import { BalancesStore } from './balances.store.js';
import { restorationOf } from './domain/allocation.js';
import type { Allocation } from './domain/allocation.js';
import {
  demandOf,
  instalmentOf,
  lateInstalmentOf,
  payBackOf,
  together,
  writeOffOf,
} from './domain/entries.js';
import type { Event } from './domain/entries.js';
import { inPurse } from './domain/funds.js';
import { NothingPaid, refuseNothing, ReservationNotSpent } from './domain/ledger.errors.js';
import type { Booked, Dimensions, DraftVoucher } from './domain/voucher.js';
import { LotsStore } from './lots.store.js';
import { VouchersStore } from './vouchers.store.js';

type MoneyBack = {
  readonly societyId: string;
  readonly threadId: string;
  /** The payment whose money it is: it says which purse. */
  readonly orderId: string;
  readonly amountFen: Fen;
  readonly at: Date;
  readonly summary: string;
};

export type PayBack = MoneyBack & { readonly purpose: string; readonly attempt: number };
export type Claimed = MoneyBack & { readonly cause: string };
/** `costOn`: when what is demanded became a cost of the society. */
export type Demand = Claimed & { readonly costOn: Date };
/** `writtenOffOn`: the day on which it was given up; null while it is still owed. */
export type Instalment = MoneyBack & { readonly cause: string; readonly writtenOffOn: Day | null };

/** So much of it belongs to one purse. */
type Part = { readonly balanceId: string; readonly amountFen: Fen; readonly of: Dimensions };
type Back = {
  readonly bookId: string;
  readonly parts: readonly Part[];
  readonly allocations: readonly Allocation[];
};

/**
 * What was paid and comes back, as steps of another context's unit of work (domain.md 3, rule 13): to the same fund, and
 * to the lots that it was taken from. Rows are changed in the order that the ledger keeps everywhere.
 */
@Injectable()
export class MoneyBackService {
  constructor(
    private readonly balances: BalancesStore,
    private readonly vouchers: VouchersStore,
    private readonly lots: LotsStore,
    private readonly clock: Clock,
  ) {}

  /** The bank sent a transfer back: owed as before, and promised as before, so that it can be paid once more (D4-44). */
  async payBack(tx: Tx, back: PayBack): Promise<Booked> {
    const { societyId, threadId, purpose, orderId, attempt, amountFen, at, summary } = back;
    refuseNothing(amountFen);
    await this.balances.holdAgain(tx, purpose);
    const held = await this.balances.reservationsOf(tx, purpose);
    if (sumOf(held.map((part) => part.amountFen)) !== amountFen) throw new ReservationNotSpent();
    for (const { balanceId, amountFen: part } of held) {
      await this.balances.purse(tx, societyId, balanceId, () => new ReservationNotSpent());
      await this.balances.takeBack(tx, balanceId, part);
    }
    const event = { cause: `payback:${orderId}:${attempt}`, day: dayOf(at), summary };
    const returned = await this.partsOf(tx, { societyId, threadId, orderId, amountFen });
    const draft = together(event, ...returned.parts.map((part) => payBackOf({ ...event, ...part })));
    return this.bookWithLots(tx, returned, draft, { orderId, kind: 'RETURNED' });
  }

  /** It should not have been paid, and is owed back from now on. No money moves yet. */
  async demand(tx: Tx, { costOn, ...demand }: Demand): Promise<Booked> {
    return this.book(tx, demand, (event) => demandOf(dayOf(costOn), event));
  }

  /** A part of it came in, and is free for others: what was promised to the case it belonged to is over. */
  async receiveInstalment(tx: Tx, instalment: Instalment): Promise<Booked> {
    const { societyId, threadId, orderId, cause, amountFen, at, summary, writtenOffOn } = instalment;
    refuseNothing(amountFen);
    const back = await this.partsOf(tx, { societyId, threadId, orderId, amountFen });
    for (const { balanceId, amountFen: part } of back.parts) await this.balances.add(tx, balanceId, part);
    const event = { cause, day: dayOf(at), summary };
    const drafts = back.parts.map((part) =>
      writtenOffOn === null
        ? instalmentOf({ ...event, ...part })
        : lateInstalmentOf(writtenOffOn, { ...event, ...part }),
    );
    return this.bookWithLots(tx, back, together(event, ...drafts), { orderId, kind: 'RECOVERED' });
  }

  /** The rest will never come in: it restores no lot, since no money came (domain.md 3, rule 13). */
  async writeOff(tx: Tx, writeOff: Claimed): Promise<Booked> {
    return this.book(tx, writeOff, writeOffOf);
  }

  private async book(
    tx: Tx,
    { societyId, threadId, orderId, cause, amountFen, at, summary }: Claimed,
    draftOf: (event: Event) => DraftVoucher,
  ): Promise<Booked> {
    refuseNothing(amountFen);
    const { bookId, parts } = await this.partsOf(tx, { societyId, threadId, orderId, amountFen });
    const event = { cause, day: dayOf(at), summary };
    const draft = together(event, ...parts.map((part) => draftOf({ ...event, ...part })));
    return this.vouchers.post(tx, bookId, draft, this.clock.now());
  }

  /**
   * What was paid from a purse is owed to it and comes back to it, and to no other (domain.md 3, rule 13). Where an order
   * took of two purses, the lots say how much of `amountFen` is of each.
   */
  private async partsOf(
    tx: Tx,
    {
      societyId,
      threadId,
      orderId,
      amountFen,
    }: Pick<MoneyBack, 'societyId' | 'threadId' | 'orderId' | 'amountFen'>,
  ): Promise<Back> {
    const trace = await this.lots.traceOf(tx, orderId);
    if (trace.length === 0) throw new NothingPaid();
    const allocations = restorationOf(amountFen, trace);
    const purseOf = new Map(trace.map(({ lotId, balanceId }) => [lotId, balanceId]));
    const byPurse = groupedBy(allocations, ({ lotId }) => purseOf.get(lotId) ?? '');
    const { bookId } = await this.balances.pool(tx, societyId);
    const parts: Part[] = [];
    for (const [balanceId, ofPurse] of byPurse) {
      const purse = await this.balances.purse(tx, societyId, balanceId);
      const sum = sumOf(ofPurse.map((allocation) => allocation.amountFen));
      parts.push({ balanceId, amountFen: sum, of: inPurse(purse, societyId, threadId) });
    }
    return { bookId, parts, allocations };
  }

  private async bookWithLots(
    tx: Tx,
    { bookId, allocations }: Back,
    draft: DraftVoucher,
    { orderId, kind }: { readonly orderId: string; readonly kind: 'RETURNED' | 'RECOVERED' },
  ): Promise<Booked> {
    const booked = await this.vouchers.post(tx, bookId, draft, this.clock.now());
    await this.lots.giveBack(tx, { orderId, voucherId: booked.voucherId, kind }, allocations);
    return booked;
  }
}
