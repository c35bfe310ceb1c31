import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { BalancesStore } from './balances.store.js';
import type { BalanceRow } from './balances.store.js';
import { claimedOf, giftOf, giftRefundOf, managementOf, repurposedOf, unknownOf } from './domain/entries.js';
import type { GiftNature } from './domain/entries.js';
import { EMERGENCY_POOL, inPurse, UNCLAIMED } from './domain/funds.js';
import type { Purse } from './domain/funds.js';
import {
  InflowFrozen,
  InflowUsed,
  LotShort,
  PurseAlreadyOpen,
  PurseNotFound,
  refuseNothing,
} from './domain/ledger.errors.js';
import { reversalOf, voucherName } from './domain/voucher.js';
import type { Booked } from './domain/voucher.js';
import type { Lot } from './lot.entity.js';
import { LotsStore } from './lots.store.js';
import { VouchersStore } from './vouchers.store.js';

export type GiftMoney = {
  readonly societyId: string;
  readonly purse: Purse;
  readonly nature: GiftNature;
  readonly method: 'BANK' | 'CASH';
  readonly amountFen: Fen;
  readonly receivedOn: Day;
  /** The event by a name of its own, so that it is booked once: `gift:<id>`. */
  readonly cause: string;
  /** The number of its line on the bank statement: the same line is booked once, also as income of the ledger. */
  readonly bankReference?: string | null;
  /** A sentence for the books that names nobody. */
  readonly summary: string;
  readonly note: string;
};

export type MoneyOut = {
  readonly societyId: string;
  readonly lotId: string;
  readonly amountFen: Fen;
  readonly day: Day;
  readonly cause: string;
  readonly summary: string;
};

/** A booked voucher, and the lot that it opened. */
export type GiftBooked = Booked & { readonly lotId: string };

/**
 * What donors bring, and what becomes of it beside payments, as steps of another context's unit of work. A gift is one
 * lot; changed to another purpose it goes on as a lot of the other purse. Rows are changed in the order that the ledger
 * keeps everywhere: balance, lots, number, voucher.
 */
@Injectable()
export class GiftMoneyService {
  constructor(
    private readonly balances: BalancesStore,
    private readonly vouchers: VouchersStore,
    private readonly lots: LotsStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Books a gift or a fee into its purse, and opens its lot. */
  async receive(tx: Tx, gift: GiftMoney): Promise<GiftBooked> {
    const { societyId, nature, method, amountFen, receivedOn: day, summary, note } = gift;
    refuseNothing(amountFen);
    const purse = await this.purseFor(tx, societyId, gift.purse);
    await this.balances.add(tx, purse.id, amountFen);
    const of = inPurse(purse, societyId, null);
    const cause = await this.causeOf(tx, purse.bookId, gift);
    const draft = giftOf(nature, method, { cause, day, summary, amountFen, of });
    const booked = await this.vouchers.post(tx, purse.bookId, draft, this.clock.now());
    return this.openLot(tx, purse, booked, { source: nature, receivedOn: day, note, amountFen });
  }

  /** Money came in and nobody knows from whom: it is owed, and can be promised to nobody (D4-57). */
  async receiveUnknown(
    tx: Tx,
    money: Pick<
      GiftMoney,
      'societyId' | 'amountFen' | 'receivedOn' | 'cause' | 'bankReference' | 'summary' | 'note'
    >,
  ): Promise<GiftBooked> {
    const { societyId, amountFen, receivedOn: day, summary, note } = money;
    refuseNothing(amountFen);
    const purse = await this.openIfMissing(tx, societyId, UNCLAIMED);
    await this.balances.add(tx, purse.id, amountFen);
    const cause = await this.causeOf(tx, purse.bookId, money);
    const draft = unknownOf({ cause, day, summary, amountFen, of: inPurse(purse, societyId, null) });
    const booked = await this.vouchers.post(tx, purse.bookId, draft, this.clock.now());
    return this.openLot(tx, purse, booked, { source: 'UNKNOWN', receivedOn: day, note, amountFen });
  }

  /**
   * Whose it is was found: the whole of it goes to the purse that it was given for, as a lot of its own. It is income of
   * the day on which it was found, and so is what goes back or on of it later.
   */
  async claim(
    tx: Tx,
    claim: Omit<MoneyOut, 'amountFen'> & { readonly into: Purse; readonly nature: GiftNature },
  ): Promise<GiftBooked> {
    const { societyId, lotId, into, nature, day, cause, summary } = claim;
    const lot = await this.lots.get(tx, lotId);
    const { amountFen, note } = lot;
    const from = await this.balances.purse(tx, societyId, lot.balanceId);
    const target = await this.purseFor(tx, societyId, into);
    await this.balances.withdraw(tx, from.id, amountFen);
    await this.balances.add(tx, target.id, amountFen);
    const event = { cause, day, summary, amountFen, of: inPurse(from, societyId, null) };
    const draft = claimedOf(nature, event, inPurse(target, societyId, null));
    const booked = await this.vouchers.post(tx, from.bookId, draft, this.clock.now());
    await this.lots.drain(tx, { id: lotId, voucherId: booked.voucherId, kind: 'MOVED' }, amountFen);
    return this.openLot(tx, target, booked, { source: nature, receivedOn: day, note, amountFen });
  }

  /** So much of what is left of a gift goes back to its giver: never what is used or promised (D4-71). */
  async refund(tx: Tx, out: MoneyOut): Promise<Booked> {
    const { societyId, lotId, amountFen, day, cause, summary } = out;
    const { lot, purse } = await this.leaving(tx, out);
    const event = { cause, day, summary, amountFen, of: inPurse(purse, societyId, null) };
    const draft = giftRefundOf(lot, event);
    const booked = await this.vouchers.post(tx, purse.bookId, draft, this.clock.now());
    await this.lots.drain(tx, { id: lotId, voucherId: booked.voucherId, kind: 'REFUNDED' }, amountFen);
    return booked;
  }

  /** So much of what is left of a gift pays for the running of the house. That its giver agreed, the caller has seen. */
  async manage(tx: Tx, out: MoneyOut): Promise<Booked> {
    const { societyId, lotId, amountFen, day, cause, summary } = out;
    const { purse } = await this.leaving(tx, out);
    const draft = managementOf({ cause, day, summary, amountFen, of: inPurse(purse, societyId, null) });
    const booked = await this.vouchers.post(tx, purse.bookId, draft, this.clock.now());
    await this.lots.drain(tx, { id: lotId, voucherId: booked.voucherId, kind: 'MANAGED' }, amountFen);
    return booked;
  }

  /** So much of what is left of a gift serves another purpose from now on, as a lot of its own that keeps its day. */
  async repurpose(tx: Tx, out: MoneyOut & { readonly into: Purse }): Promise<GiftBooked> {
    const { societyId, lotId, amountFen, day, cause, summary, into } = out;
    const { lot, purse } = await this.leaving(tx, out);
    const target = await this.purseFor(tx, societyId, into);
    await this.balances.add(tx, target.id, amountFen);
    const event = { cause, day, summary, amountFen, of: inPurse(purse, societyId, null) };
    const draft = repurposedOf(lot, event, inPurse(target, societyId, null));
    const booked = await this.vouchers.post(tx, purse.bookId, draft, this.clock.now());
    await this.lots.drain(tx, { id: lotId, voucherId: booked.voucherId, kind: 'MOVED' }, amountFen);
    const { source, receivedOn, note } = lot;
    return this.openLot(tx, target, booked, { source, receivedOn, note, amountFen });
  }

  /** Holds back so much of what is left of a gift, while its giver is asked about another use. */
  async freeze(tx: Tx, { lotId, amountFen }: Pick<MoneyOut, 'lotId' | 'amountFen'>): Promise<void> {
    refuseNothing(amountFen);
    const lot = await this.lots.get(tx, lotId);
    await this.balances.freeze(tx, lot.balanceId, amountFen);
    await this.lots.freeze(tx, lotId, amountFen);
  }

  async thaw(tx: Tx, { lotId, amountFen }: Pick<MoneyOut, 'lotId' | 'amountFen'>): Promise<void> {
    refuseNothing(amountFen);
    const lot = await this.lots.get(tx, lotId);
    await this.balances.thaw(tx, lot.balanceId, amountFen);
    await this.lots.thaw(tx, lotId, amountFen);
  }

  /** A gift that was mistyped is taken back whole while nothing of it is used: its mirror in the books, its lot ended. */
  async strike(
    tx: Tx,
    { societyId, lotId, reason }: { societyId: string; lotId: string; reason: string },
  ): Promise<Booked> {
    const lot = await this.lots.get(tx, lotId);
    const purse = await this.balances.purse(tx, societyId, lot.balanceId);
    if (lot.leftFen !== lot.amountFen) throw new InflowUsed(lot.amountFen, lot.leftFen);
    if (lot.frozenFen > 0) throw new InflowFrozen(lot.frozenFen);
    await this.balances.strike(tx, purse.id, lot.amountFen);
    const voucher = await this.vouchers.findVoucher(tx, lot.voucherId);
    if (!voucher) throw new Error('A lot without its voucher');
    const lines = await this.vouchers.linesOf(tx, voucher.id);
    const now = this.clock.now();
    const draft = reversalOf(
      { id: voucher.id, lines },
      dayOf(now),
      `冲销 ${voucherName(voucher.number)}：${reason}`,
    );
    const booked = await this.vouchers.post(tx, voucher.bookId, draft, now);
    await this.lots.strike(tx, lot, booked.voucherId);
    return booked;
  }

  private async causeOf(
    tx: Tx,
    bookId: string,
    { cause, bankReference }: Pick<GiftMoney, 'cause' | 'bankReference'>,
  ): Promise<string> {
    return bankReference ? this.vouchers.causeOfLine(tx, 'gift-line', bookId, bankReference) : cause;
  }

  /** The lot and its purse, with the money taken out of the purse already. */
  private async leaving(
    tx: Tx,
    { societyId, lotId, amountFen }: MoneyOut,
  ): Promise<{ lot: Lot; purse: BalanceRow }> {
    refuseNothing(amountFen);
    const { balanceId } = await this.lots.get(tx, lotId);
    const purse = await this.balances.purse(tx, societyId, balanceId);
    await this.balances.withdraw(tx, purse.id, amountFen);
    const lot = await this.lots.get(tx, lotId);
    const left = fen(lot.leftFen - lot.frozenFen);
    if (left < amountFen) throw new LotShort(left, amountFen);
    return { lot, purse };
  }

  /**
   * The purse that a gift belongs to. A purpose within the pool gets its purse with its first gift; a fund or a project
   * has its own from its opening.
   */
  private async purseFor(tx: Tx, societyId: string, purse: Purse): Promise<BalanceRow> {
    if (purse.fund === UNCLAIMED.fund) throw new PurseNotFound();
    return purse.fund === EMERGENCY_POOL
      ? this.openIfMissing(tx, societyId, purse)
      : this.balances.named(tx, societyId, purse);
  }

  private async openIfMissing(tx: Tx, societyId: string, purse: Purse): Promise<BalanceRow> {
    const found = await this.balances.findNamed(tx, societyId, purse);
    if (found) return found;
    const { bookId } = await this.balances.pool(tx, societyId);
    const nothing = { balanceFen: fen(0), reservedFen: fen(0), frozenFen: fen(0) };
    try {
      const { fund, restriction } = purse;
      await this.balances.insertPurse(tx, { id: this.ids.next(), bookId, fund, restriction, ...nothing });
    } catch (error) {
      // Another unit opened it at the same moment: this one is done anew, and finds it.
      throw error instanceof PurseAlreadyOpen ? new StaleSnapshot(error.message) : error;
    }
    return this.balances.named(tx, societyId, purse);
  }

  private async openLot(
    tx: Tx,
    purse: BalanceRow,
    booked: Booked,
    lot: Pick<Lot, 'source' | 'receivedOn' | 'note' | 'amountFen'>,
  ): Promise<GiftBooked> {
    const lotId = await this.lots.insert(tx, { ...lot, balanceId: purse.id, voucherId: booked.voucherId });
    return { ...booked, lotId };
  }
}
