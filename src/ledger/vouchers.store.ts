import { Injectable } from '@nestjs/common';
import { yearOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique } from '../platform/database/errors.js';
import { Numbers } from '../platform/database/numbers.js';
import type { Tx } from '../platform/database/transactions.js';
import { AlreadyBooked, AlreadyReversed } from './domain/ledger.errors.js';
import { custodyOf } from './domain/entries.js';
import type { Booked, DraftVoucher } from './domain/voucher.js';
import { SocietyMonthsStore } from './society-months.store.js';
import { Voucher, VoucherLine } from './voucher.entity.js';

const ONE_CAUSE = { name: 'uq_vouchers_cause', columns: 'vouchers.cause' };
const ONE_REVERSAL = { name: 'uq_vouchers_reversal', columns: 'vouchers.reversal_of' };
export const VOUCHER_SERIES = 'voucher';

/** Where a line of the bank statement may be booked. */
type LineDoor = 'inflow' | 'gift-line';

type Custodian = { readonly bookId: string; readonly societyName: string };

@Injectable()
export class VouchersStore {
  constructor(
    private readonly numbers: Numbers,
    private readonly ids: Ids,
    private readonly months: SocietyMonthsStore,
  ) {}

  /**
   * Books a draft under the next number of its book and year. The number is given back if the unit is not committed.
   * Where a federation holds the money, its own book says so in the same unit, so that the two can't differ (D4-59).
   */
  async post(tx: Tx, bookId: string, draft: DraftVoucher, postedAt: Date): Promise<Booked> {
    const booked = await this.insert(tx, bookId, draft, postedAt);
    await this.months.add(tx, draft);
    const custodian = await this.custodianOf(tx, bookId);
    const { voucherId } = booked;
    const agency = custodian && custodyOf({ ...custodian, voucherId }, draft);
    if (agency) await this.insert(tx, custodian.bookId, agency, postedAt);
    return booked;
  }

  private async insert(tx: Tx, bookId: string, draft: DraftVoucher, postedAt: Date): Promise<Booked> {
    const id = this.ids.next();
    const { cause, day, summary, reversalOf, lines } = draft;
    const year = yearOf(day);
    const number = await this.numbers.next(tx, bookId, VOUCHER_SERIES, year);
    try {
      await tx.insert(Voucher, { id, bookId, year, number, day, cause, summary, postedAt, reversalOf });
    } catch (error) {
      if (!breaksUnique(error, ONE_CAUSE) && !breaksUnique(error, ONE_REVERSAL)) throw error;
      throw reversalOf === null ? new AlreadyBooked() : new AlreadyReversed();
    }
    await tx.insert(
      VoucherLine,
      lines.map((line, i) => ({ ...line, id: this.ids.next(), voucherId: id, position: i + 1 })),
    );
    return { voucherId: id, voucherNumber: number };
  }

  /** The book of whoever holds the money of this one. */
  private async custodianOf(tx: Tx, bookId: string): Promise<Custodian | null> {
    const [row] = await tx.read<Custodian>`
      SELECT c.id AS "bookId", b.name AS "societyName" FROM books b JOIN books c ON c.society_id = b.held_by_id WHERE b.id = ${bookId}`;
    return row ?? null;
  }

  findVoucher(tx: Tx, voucherId: string): Promise<Voucher | null> {
    return tx.rows.findOneBy(Voucher, { id: voucherId });
  }

  findByCause(tx: Tx, cause: string): Promise<Voucher | null> {
    return tx.rows.findOneBy(Voucher, { cause });
  }

  /**
   * A line of the bank statement is booked once, by whichever door it comes in: as income of the ledger or as somebody's
   * gift; and once more for each time that it was booked wrongly and taken back.
   */
  async causeOfLine(tx: Tx, door: LineDoor, bookId: string, reference: string): Promise<string> {
    const other: LineDoor = door === 'inflow' ? 'gift-line' : 'inflow';
    if ((await this.lastOfLine(tx, `${other}:${bookId}:${reference}`)).isStanding) throw new AlreadyBooked();
    const line = `${door}:${bookId}:${reference}`;
    const { times, isStanding } = await this.lastOfLine(tx, line);
    if (isStanding) throw new AlreadyBooked();
    return times === 0 ? line : `${line}#${times + 1}`;
  }

  /** How often the line was booked at one door, and whether the last of these stands. */
  private async lastOfLine(tx: Tx, line: string): Promise<{ times: number; isStanding: boolean }> {
    for (let times = 0; ; times++) {
      const booked = await this.findByCause(tx, times === 0 ? line : `${line}#${times + 1}`);
      if (!booked) return { times, isStanding: false };
      if (!(await this.isReversed(tx, booked.id))) return { times: times + 1, isStanding: true };
    }
  }

  async isReversed(tx: Tx, voucherId: string): Promise<boolean> {
    return (await tx.rows.countBy(Voucher, { reversalOf: voucherId })) > 0;
  }

  linesOf(tx: Tx, voucherId: string): Promise<VoucherLine[]> {
    return tx.rows.find(VoucherLine, { where: { voucherId }, order: { position: 'ASC' } });
  }
}
