import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen, sumOf, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { BalancesStore } from './balances.store.js';
import type { BalanceRow } from './balances.store.js';
import { MONEY_ACCOUNTS } from './domain/accounts.js';
import { allocationOf } from './domain/allocation.js';
import type { Allocation } from './domain/allocation.js';
import { accrualOf, inflowOf, paymentOf, SOURCE_WORDS, together } from './domain/entries.js';
import type { InflowKind } from './domain/entries.js';
import { inPurse, POOL, UNCLAIMED } from './domain/funds.js';
import type { Purse } from './domain/funds.js';
import {
  AlreadyReversed,
  CannotReverseMoney,
  FundCannotCover,
  InflowFrozen,
  InflowUsed,
  NotAnInflow,
  PurseAlreadyOpen,
  PurseNotFound,
  ReceivedInFuture,
  refuseNothing,
  ReservationNotHeld,
  VoucherNotFound,
} from './domain/ledger.errors.js';
import { isInflow, reversalOf, voucherName } from './domain/voucher.js';
import type { Booked, DraftVoucher } from './domain/voucher.js';
import type { Lot } from './lot.entity.js';
import { LotsStore } from './lots.store.js';
import type { Voucher, VoucherLine } from './voucher.entity.js';
import { VouchersStore } from './vouchers.store.js';

export type Inflow = {
  readonly kind: InflowKind;
  readonly amountFen: Fen;
  readonly receivedOn: Day;
  readonly note: string;
  /** Which purse it belongs to; the pool where none is said. */
  readonly purseId?: string | null;
  /** The number of the line on the bank statement: given twice, the money is booked once. */
  readonly bankReference?: string | null;
};

export type Hold = {
  readonly societyId: string;
  /** Whose money of the society's book; the pool's where none is said. */
  readonly purse?: Purse;
  /** What was given for this very purpose, as far as it goes; the purse covers the rest. It need not be there. */
  readonly earmark?: Purse;
  /** What the money is for, by an id of its own: the round that votes on it. */
  readonly purpose: string;
  readonly amountFen: Fen;
  readonly threadId: string | null;
};

export type Accrual = {
  readonly societyId: string;
  readonly threadId: string;
  /** The reservation that it will be paid from: so no purse owes what another has set aside (domain.md 3, rule 4). */
  readonly purpose: string;
  readonly cause: string;
  readonly amountFen: Fen;
  readonly at: Date;
  readonly summary: string;
};

const EMPTY = { balanceFen: fen(0), reservedFen: fen(0), frozenFen: fen(0) };

const notHeld = (): Error => new ReservationNotHeld();

const coversWhole = (parts: readonly { readonly amountFen: Fen }[], amountFen: Fen): boolean =>
  parts.length > 0 && sumOf(parts.map((part) => part.amountFen)) === amountFen;

/** A voucher to be taken back by its mirror. */
export type Reversal = {
  readonly societyId: string;
  readonly voucherId: string;
  readonly at: Date;
  readonly summary: string;
};

export type Payment = {
  readonly societyId: string;
  readonly purpose: string;
  readonly orderId: string;
  /** Which try of the order it is: what came back from the bank is paid once more, under another voucher. */
  readonly attempt: number;
  readonly threadId: string;
  readonly amountFen: Fen;
  readonly method: 'CARD' | 'CASH';
  readonly paidAt: Date;
  readonly summary: string;
};

/**
 * The books of each society. What takes a `tx` is a step of another context's unit of work. Within a step the rows are
 * changed in one order: reservation, balance, lots, number, voucher.
 */
@Injectable()
export class LedgerService {
  constructor(
    private readonly balances: BalancesStore,
    private readonly vouchers: VouchersStore,
    private readonly lots: LotsStore,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A society has its book and its pool from its first day; `heldById` is the federation at whose bank its money lies. */
  async openBook(
    tx: Tx,
    { societyId, name, heldById = null }: { societyId: string; name: string; heldById?: string | null },
  ): Promise<void> {
    const bookId = this.ids.next();
    await this.balances.insertBook(
      tx,
      { id: bookId, societyId, name, heldById, openedAt: this.clock.now() },
      { id: this.ids.next(), bookId, ...POOL, ...EMPTY },
    );
  }

  /** A fund, or a project of one, keeps its money apart from all other of the book (domain.md 3, rule 4). */
  async openPurse(tx: Tx, { societyId, ...purse }: Purse & { readonly societyId: string }): Promise<void> {
    if (purse.fund === UNCLAIMED.fund) throw new PurseAlreadyOpen(UNCLAIMED.fund);
    const { bookId } = await this.balances.pool(tx, societyId);
    await this.balances.insertPurse(tx, { id: this.ids.next(), bookId, ...purse, ...EMPTY });
  }

  /** Books money that came in, and opens its lot. */
  async receive(caller: Caller, inflow: Inflow): Promise<Booked> {
    const societyId = societyOf(caller.actor);
    const { kind, amountFen, receivedOn, note, bankReference, purseId } = inflow;
    refuseNothing(amountFen);
    if (receivedOn > dayOf(this.clock.now())) throw new ReceivedInFuture();
    return this.commands.run(caller, { act: 'recordInflow', body: inflow }, async (tx, trail) => {
      const purse = purseId
        ? await this.inflowPurse(tx, societyId, purseId)
        : await this.balances.pool(tx, societyId);
      await this.balances.add(tx, purse.id, amountFen);
      const draft = inflowOf(kind, {
        cause: bankReference
          ? await this.vouchers.causeOfLine(tx, 'inflow', purse.bookId, bankReference)
          : `inflow:${this.ids.next()}`,
        day: receivedOn,
        summary: `收到${SOURCE_WORDS[kind]}`,
        amountFen,
        of: inPurse(purse, societyId, null),
      });
      const booked = await this.vouchers.post(tx, purse.bookId, draft, this.clock.now());
      const { voucherId, voucherNumber } = booked;
      await this.lots.insert(tx, {
        balanceId: purse.id,
        voucherId,
        source: kind,
        receivedOn,
        note,
        amountFen,
      });
      trail.on('voucher', voucherId, {
        after: draft,
        words: `${voucherName(voucherNumber)} ${draft.summary} ${yuanText(amountFen)} 元`,
      });
      return booked;
    });
  }

  /**
   * Takes a mistyped inflow back while nothing of it is used: its mirror in the books, its lot ended. What is promised
   * to a round stays covered, or nothing is changed.
   */
  async reverseInflow(
    caller: Caller,
    asked: { readonly voucherId: string; readonly reason: string },
  ): Promise<Booked> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'reverseInflow', body: asked }, async (tx, trail) => {
      const pool = await this.balances.pool(tx, societyId);
      const voucher = await this.ownVoucher(tx, pool.bookId, asked.voucherId);
      const lot = await this.untouchedLot(tx, voucher);
      await this.balances.strike(tx, lot.balanceId, lot.amountFen);
      const lines = await this.vouchers.linesOf(tx, voucher.id);
      const now = this.clock.now();
      const summary = `冲销 ${voucherName(voucher.number)}：${asked.reason}`;
      const booked = await this.mirror(tx, { voucher, lines }, dayOf(now), summary);
      await this.lots.strike(tx, lot, booked.voucherId);
      const words = `冲销 ${voucherName(voucher.number)} ${voucher.summary} ${yuanText(lot.amountFen)} 元`;
      trail.on('voucher', booked.voucherId, { before: voucher, after: booked, words });
      return booked;
    });
  }

  /** Sets money aside while the board votes. What is not there is not promised (D4-58). */
  async reserve(tx: Tx, hold: Hold): Promise<void> {
    refuseNothing(hold.amountFen);
    const earmarked = await this.setAsideEarmarked(tx, hold);
    const { id } = await this.balances.named(tx, hold.societyId, hold.purse ?? POOL);
    const rest = fen(hold.amountFen - earmarked);
    if (rest > 0) await this.setAside(tx, hold, id, rest);
  }

  /** Earmarked money first (architecture.md 3): so much of it as lies free, which may be nothing. */
  private async setAsideEarmarked(tx: Tx, hold: Hold): Promise<Fen> {
    const purse = hold.earmark && (await this.balances.findNamed(tx, hold.societyId, hold.earmark));
    if (!purse) return fen(0);
    const amount = fen(Math.min(await this.balances.free(tx, purse.id), hold.amountFen));
    if (amount <= 0) return fen(0);
    try {
      await this.setAside(tx, hold, purse.id, amount);
      return amount;
    } catch (error) {
      // Somebody took of it since it was read: how much each purse gives is worked out anew.
      throw error instanceof FundCannotCover ? new StaleSnapshot(error.message) : error;
    }
  }

  private async setAside(tx: Tx, hold: Hold, balanceId: string, amountFen: Fen): Promise<void> {
    const { purpose, threadId } = hold;
    await this.balances.insertReservation(tx, {
      id: this.ids.next(),
      balanceId,
      purpose,
      threadId,
      amountFen,
      state: 'HELD',
      heldAt: this.clock.now(),
      endedAt: null,
    });
    await this.balances.setAside(tx, balanceId, amountFen);
  }

  /** Frees what was set aside. Freed before: no error, and false. What was paid out cannot be freed. */
  async release(tx: Tx, { purpose }: { purpose: string }): Promise<boolean> {
    const ended = await this.balances.endReservation(tx, purpose, 'RELEASED', this.clock.now());
    const parts = await this.balances.reservationsOf(tx, purpose);
    if (parts.length === 0) throw new ReservationNotHeld();
    if (ended) for (const part of parts) await this.balances.putBack(tx, part.balanceId, part.amountFen);
    else if (parts.some(({ state }) => state !== 'RELEASED')) throw new ReservationNotHeld();
    return ended;
  }

  /** The board approved: from now on it is owed, by the purse that has it set aside. */
  async accrue(tx: Tx, accrual: Accrual): Promise<Booked> {
    const { societyId, threadId, purpose, cause, amountFen, at, summary } = accrual;
    refuseNothing(amountFen);
    const parts = await this.balances.reservationsOf(tx, purpose);
    if (!coversWhole(parts, amountFen) || parts.some(({ state }) => state !== 'HELD'))
      throw new ReservationNotHeld();
    const event = { cause, day: dayOf(at), summary };
    const { bookId } = await this.balances.pool(tx, societyId);
    const drafts: DraftVoucher[] = [];
    for (const part of parts) {
      const purse = await this.balances.purse(tx, societyId, part.balanceId, notHeld);
      drafts.push(
        accrualOf({ ...event, amountFen: part.amountFen, of: inPurse(purse, societyId, threadId) }),
      );
    }
    return this.vouchers.post(tx, bookId, together(event, ...drafts), this.clock.now());
  }

  /** What was set aside and owed leaves the bank, and is led back to the lots it came from. */
  async pay(tx: Tx, payment: Payment): Promise<Booked> {
    const { societyId, purpose, orderId, attempt, threadId, amountFen, method, paidAt, summary } = payment;
    refuseNothing(amountFen);
    const ended = await this.balances.endReservation(tx, purpose, 'SPENT', this.clock.now());
    const parts = await this.balances.reservationsOf(tx, purpose);
    if (!ended || !coversWhole(parts, amountFen)) throw new ReservationNotHeld();
    const event = { cause: `payment:${orderId}:${attempt}`, day: dayOf(paidAt), summary };
    const { bookId } = await this.balances.pool(tx, societyId);
    const drafts: DraftVoucher[] = [];
    const allocations: Allocation[] = [];
    for (const part of parts) {
      const purse = await this.balances.purse(tx, societyId, part.balanceId, notHeld);
      await this.balances.spend(tx, purse.id, part.amountFen);
      allocations.push(...(await this.allocate(tx, purse.id, part.amountFen)));
      const of = inPurse(purse, societyId, threadId);
      drafts.push(paymentOf(method, { ...event, amountFen: part.amountFen, of }));
    }
    const booked = await this.vouchers.post(tx, bookId, together(event, ...drafts), this.clock.now());
    await this.lots.take(tx, { orderId, voucherId: booked.voucherId }, allocations);
    return booked;
  }

  private async allocate(tx: Tx, balanceId: string, amountFen: Fen): Promise<readonly Allocation[]> {
    const plan = allocationOf(amountFen, await this.lots.openLots(tx, balanceId));
    if (plan.outcome === 'short')
      throw new Error(`The lots lack ${plan.missingFen} fen that the balance has`);
    return plan.allocations;
  }

  /** What was approved will not be paid: the accrual is taken back by its mirror, once (domain.md 1.9). */
  async revokeAccrual(
    tx: Tx,
    { societyId, threadId, cause, at, summary }: Omit<Accrual, 'amountFen' | 'purpose'>,
  ): Promise<Booked> {
    const voucher = await this.vouchers.findByCause(tx, cause);
    if (!voucher) throw new VoucherNotFound();
    const lines = await this.vouchers.linesOf(tx, voucher.id);
    if (lines.some((line) => line.threadId !== threadId)) throw new VoucherNotFound();
    return this.reverse(tx, { societyId, voucherId: voucher.id, at, summary });
  }

  /** Takes a voucher back by its mirror, once. Money that moved comes back with its lots, and not this way. */
  async reverse(tx: Tx, { societyId, voucherId, at, summary }: Reversal): Promise<Booked> {
    const { bookId } = await this.balances.pool(tx, societyId);
    const voucher = await this.ownVoucher(tx, bookId, voucherId);
    const lines = await this.vouchers.linesOf(tx, voucherId);
    if (lines.some((line) => MONEY_ACCOUNTS.includes(line.account))) throw new CannotReverseMoney();
    return this.mirror(tx, { voucher, lines }, dayOf(at), summary);
  }

  private mirror(
    tx: Tx,
    { voucher, lines }: { readonly voucher: Voucher; readonly lines: readonly VoucherLine[] },
    on: Day,
    summary: string,
  ): Promise<Booked> {
    const draft = reversalOf({ id: voucher.id, lines }, on, summary);
    return this.vouchers.post(tx, voucher.bookId, draft, this.clock.now());
  }

  /** Money of an unknown giver has a door of its own: what is booked into its purse is claimed by nobody otherwise. */
  private async inflowPurse(tx: Tx, societyId: string, purseId: string): Promise<BalanceRow> {
    const purse = await this.balances.purse(tx, societyId, purseId);
    if (purse.fund === UNCLAIMED.fund) throw new PurseNotFound();
    return purse;
  }

  /** Another book's voucher is not found, like one that never was (D4-69). */
  private async ownVoucher(tx: Tx, bookId: string, voucherId: string): Promise<Voucher> {
    const voucher = await this.vouchers.findVoucher(tx, voucherId);
    if (voucher?.bookId !== bookId) throw new VoucherNotFound();
    return voucher;
  }

  private async untouchedLot(tx: Tx, voucher: Voucher): Promise<Lot> {
    const { id } = voucher;
    if (await this.vouchers.isReversed(tx, id)) throw new AlreadyReversed();
    const lot = await this.lots.findOpenedBy(tx, id);
    // What a donor brought is taken back where it was recorded, with its receipt.
    if (!lot || !isInflow(voucher)) throw new NotAnInflow();
    if (lot.frozenFen > 0) throw new InflowFrozen(lot.frozenFen);
    if (lot.leftFen !== lot.amountFen) throw new InflowUsed(lot.amountFen, lot.leftFen);
    return lot;
  }
}
