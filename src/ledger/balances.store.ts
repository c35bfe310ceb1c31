import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { Book, FundBalance, Reservation } from './book.entity.js';
import type { ReservationState } from './book.entity.js';
import { isPool, POOL, purseName } from './domain/funds.js';
import type { Purse } from './domain/funds.js';
import {
  AlreadyReserved,
  BookAlreadyOpen,
  BookNotFound,
  FundCannotCover,
  InflowPromised,
  ReservationNotHeld,
  PurseAlreadyOpen,
  PurseNotFound,
  ReservationNotSpent,
} from './domain/ledger.errors.js';

const ONE_BOOK = { name: 'uq_books_society', columns: 'books.society_id' };
const ONE_PURSE = {
  name: 'uq_fund_balances_key',
  columns: 'fund_balances.book_id, fund_balances.fund, fund_balances.restriction',
};
const ONE_PURPOSE = {
  name: 'uq_reservations_purpose',
  columns: 'reservations.purpose, reservations.balance_id',
};

export type BalanceRow = Purse & { readonly id: string; readonly bookId: string };

/** Books, what their funds hold, and what of it is set aside. Each guard stands in the statement that changes the row. */
@Injectable()
export class BalancesStore {
  async insertBook(tx: Tx, book: Book, balance: FundBalance): Promise<void> {
    try {
      await tx.insert(Book, book);
    } catch (error) {
      throw breaksUnique(error, ONE_BOOK) ? new BookAlreadyOpen() : error;
    }
    await tx.insert(FundBalance, balance);
  }

  /** One more purse in a book that is open: of a fund, or of a project of one. */
  async insertPurse(tx: Tx, balance: FundBalance): Promise<void> {
    try {
      await tx.insert(FundBalance, balance);
    } catch (error) {
      throw breaksUnique(error, ONE_PURSE) ? new PurseAlreadyOpen(purseName(balance)) : error;
    }
  }

  /** The same where there is one. */
  async findNamed(tx: Tx, societyId: string, { fund, restriction }: Purse): Promise<BalanceRow | null> {
    const [row] = await tx.read<BalanceRow>`
      SELECT f.id AS "id", f.book_id AS "bookId", f.fund AS "fund", f.restriction AS "restriction"
      FROM fund_balances f JOIN books b ON b.id = f.book_id
      WHERE b.society_id = ${societyId} AND f.fund = ${fund} AND f.restriction = ${restriction}`;
    return row ?? null;
  }

  /** The row of the society's pool. It is there from the founding, and never another. */
  pool(tx: Tx, societyId: string): Promise<BalanceRow> {
    return this.named(tx, societyId, POOL);
  }

  /** A purse of the society's book by what it is called. */
  async named(tx: Tx, societyId: string, purse: Purse): Promise<BalanceRow> {
    const row = await this.findNamed(tx, societyId, purse);
    if (!row) throw isPool(purse) ? new BookNotFound() : new PurseNotFound();
    return row;
  }

  /** A purse of the society's own book; another's is not found, like one that never was (D4-69). */
  async purse(
    tx: Tx,
    societyId: string,
    balanceId: string,
    refusal: () => Error = () => new PurseNotFound(),
  ): Promise<BalanceRow> {
    const [row] = await tx.read<BalanceRow>`
      SELECT f.id AS "id", f.book_id AS "bookId", f.fund AS "fund", f.restriction AS "restriction"
      FROM fund_balances f JOIN books b ON b.id = f.book_id
      WHERE b.society_id = ${societyId} AND f.id = ${balanceId}`;
    if (!row) throw refusal();
    return row;
  }

  async add(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    await tx.changeOne(() => new BookNotFound())`
      UPDATE fund_balances SET balance_fen = balance_fen + ${amount} WHERE id = ${balanceId}`;
  }

  /** The guard is the WHERE: two who ask at once for the last of the money cannot both be told yes. */
  async setAside(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    const changed = await tx.change`
      UPDATE fund_balances SET reserved_fen = reserved_fen + ${amount}
      WHERE id = ${balanceId} AND balance_fen - reserved_fen - frozen_fen >= ${amount}`;
    if (changed === 0) throw await this.shortOf(tx, balanceId, amount);
  }

  async putBack(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    await tx.changeOne(() => new ReservationNotHeld())`
      UPDATE fund_balances SET reserved_fen = reserved_fen - ${amount}
      WHERE id = ${balanceId} AND reserved_fen >= ${amount}`;
  }

  /** What was set aside leaves. */
  async spend(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    await tx.changeOne(() => new ReservationNotHeld())`
      UPDATE fund_balances SET balance_fen = balance_fen - ${amount}, reserved_fen = reserved_fen - ${amount}
      WHERE id = ${balanceId} AND reserved_fen >= ${amount} AND balance_fen >= ${amount}`;
  }

  /** What had left lies in the fund again, and is promised to the same purpose as before. */
  async takeBack(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    await tx.changeOne(() => new BookNotFound())`
      UPDATE fund_balances SET balance_fen = balance_fen + ${amount}, reserved_fen = reserved_fen + ${amount}
      WHERE id = ${balanceId}`;
  }

  /** An inflow that never was goes out again: never what is promised. */
  async strike(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    const changed = await tx.change`
      UPDATE fund_balances SET balance_fen = balance_fen - ${amount}
      WHERE id = ${balanceId} AND balance_fen - reserved_fen - frozen_fen >= ${amount}`;
    if (changed === 0) throw new InflowPromised(await this.free(tx, balanceId), amount);
  }

  async insertReservation(tx: Tx, reservation: Reservation): Promise<void> {
    try {
      await tx.insert(Reservation, reservation);
    } catch (error) {
      throw breaksUnique(error, ONE_PURPOSE) ? new AlreadyReserved() : error;
    }
  }

  /** Ends what is held, in all its purses at once; a second that comes at the same moment finds it ended, and gets false. */
  async endReservation(tx: Tx, purpose: string, state: ReservationState, at: Date): Promise<boolean> {
    const ended = await tx.change`
      UPDATE reservations SET state = ${state}, ended_at = ${at} WHERE purpose = ${purpose} AND state = 'HELD'`;
    return ended > 0;
  }

  /** What was spent is held again under its name, once: a second that comes at the same moment finds it held. */
  async holdAgain(tx: Tx, purpose: string): Promise<void> {
    const held = await tx.change`
      UPDATE reservations SET state = 'HELD', ended_at = NULL WHERE purpose = ${purpose} AND state = 'SPENT'`;
    if (held === 0) throw new ReservationNotSpent();
  }

  /** What is set aside for a purpose, one row for each purse that it draws on, in the order of the setting aside. */
  reservationsOf(tx: Tx, purpose: string): Promise<Reservation[]> {
    return tx.rows.find(Reservation, { where: { purpose }, order: { id: 'ASC' } });
  }

  /** Held back while its use is being changed: never what is promised. */
  async freeze(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    const changed = await tx.change`
      UPDATE fund_balances SET frozen_fen = frozen_fen + ${amount}
      WHERE id = ${balanceId} AND balance_fen - reserved_fen - frozen_fen >= ${amount}`;
    if (changed === 0) throw await this.shortOf(tx, balanceId, amount);
  }

  async thaw(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    await tx.changeOne(() => new BookNotFound())`
      UPDATE fund_balances SET frozen_fen = frozen_fen - ${amount}
      WHERE id = ${balanceId} AND frozen_fen >= ${amount}`;
  }

  /** What lies free leaves the purse: back to its giver, or to another purse. Never what is promised. */
  async withdraw(tx: Tx, balanceId: string, amount: Fen): Promise<void> {
    const changed = await tx.change`
      UPDATE fund_balances SET balance_fen = balance_fen - ${amount}
      WHERE id = ${balanceId} AND balance_fen - reserved_fen - frozen_fen >= ${amount}`;
    if (changed === 0) throw await this.shortOf(tx, balanceId, amount);
  }

  /** What of a purse is neither promised nor held back. */
  async free(tx: Tx, balanceId: string): Promise<Fen> {
    const [row] = await tx.read<{ free: number | string }>`
      SELECT balance_fen - reserved_fen - frozen_fen AS "free" FROM fund_balances WHERE id = ${balanceId}`;
    return fen(Number(row?.free ?? 0));
  }

  private async shortOf(tx: Tx, balanceId: string, amount: Fen): Promise<Error> {
    const { fund, restriction } = await tx.rows.findOneByOrFail(FundBalance, { id: balanceId });
    return new FundCannotCover(purseName({ fund, restriction }), await this.free(tx, balanceId), amount);
  }
}
