import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';
import { BalancesStore } from './balances.store.js';
import type { BalanceRow } from './balances.store.js';
import { restorationOf } from './domain/allocation.js';
import { demandOf, instalmentOf, lateInstalmentOf, payBackOf, writeOffOf } from './domain/entries.js';
import type { Event } from './domain/entries.js';
import { inPurse } from './domain/funds.js';
import { NothingPaid, refuseNothing, ReservationNotSpent } from './domain/ledger.errors.js';
import type { Booked, DraftVoucher } from './domain/voucher.js';
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
    const reservation = await this.balances.findReservation(tx, purpose);
    if (reservation?.amountFen !== amountFen) throw new ReservationNotSpent();
    const purse = await this.balances.purse(
      tx,
      societyId,
      reservation.balanceId,
      () => new ReservationNotSpent(),
    );
    await this.balances.takeBack(tx, purse.id, amountFen);
    const event = { cause: `payback:${orderId}:${attempt}`, day: dayOf(at), summary, amountFen };
    const draft = payBackOf({ ...event, of: inPurse(purse, societyId, threadId) });
    return this.bookWithLots(tx, purse.bookId, draft, { orderId, amountFen, kind: 'RETURNED' });
  }

  /** It should not have been paid, and is owed back from now on. No money moves yet. */
  async demand(tx: Tx, { costOn, ...demand }: Demand): Promise<Booked> {
    return this.book(tx, demand, (event) => demandOf(dayOf(costOn), event));
  }

  /** A part of it came in, and is free for others: what was promised to the case it belonged to is over. */
  async receiveInstalment(tx: Tx, instalment: Instalment): Promise<Booked> {
    const { societyId, threadId, orderId, cause, amountFen, at, summary, writtenOffOn } = instalment;
    refuseNothing(amountFen);
    const purse = await this.purseThatPaid(tx, societyId, orderId);
    await this.balances.add(tx, purse.id, amountFen);
    const event = { cause, day: dayOf(at), summary, amountFen, of: inPurse(purse, societyId, threadId) };
    const draft = writtenOffOn === null ? instalmentOf(event) : lateInstalmentOf(writtenOffOn, event);
    return this.bookWithLots(tx, purse.bookId, draft, { orderId, amountFen, kind: 'RECOVERED' });
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
    const purse = await this.purseThatPaid(tx, societyId, orderId);
    const of = inPurse(purse, societyId, threadId);
    const draft = draftOf({ cause, day: dayOf(at), summary, amountFen, of });
    return this.vouchers.post(tx, purse.bookId, draft, this.clock.now());
  }

  /** What was paid from a purse is owed to it and comes back to it, and to no other (domain.md 3, rule 13). */
  private async purseThatPaid(tx: Tx, societyId: string, orderId: string): Promise<BalanceRow> {
    const purseId = await this.lots.purseOf(tx, orderId);
    if (purseId === null) throw new NothingPaid();
    return this.balances.purse(tx, societyId, purseId);
  }

  private async bookWithLots(
    tx: Tx,
    bookId: string,
    draft: DraftVoucher,
    back: { readonly orderId: string; readonly amountFen: Fen; readonly kind: 'RETURNED' | 'RECOVERED' },
  ): Promise<Booked> {
    const { orderId, amountFen, kind } = back;
    const allocations = restorationOf(amountFen, await this.lots.traceOf(tx, orderId));
    const booked = await this.vouchers.post(tx, bookId, draft, this.clock.now());
    await this.lots.giveBack(tx, { orderId, voucherId: booked.voucherId, kind }, allocations);
    return booked;
  }
}
