import { CaseRows } from './case-rows.js';
import { dayAt, instantAt, LAST_DAY, monthAt, MONTHS, yearAt } from './ground.js';
import type { Ground, MonthSums } from './ground.js';
import type { Federation, Founded } from './places.js';

type Source = 'SUBSIDY' | 'INTEREST' | 'FEE' | 'GIFT';
/** What happens on one day of a society, in the order of its books. */
type Event =
  | {
      readonly day: number;
      readonly kind: 'IN';
      readonly source: Source;
      readonly fen: number;
      readonly donorId: string | null;
    }
  | { readonly day: number; readonly kind: 'CASE'; readonly paid: PaidCase | null }
  | { readonly day: number; readonly kind: 'PAY'; readonly paid: PaidCase };
export type PaidCase = {
  readonly fen: number;
  readonly caseId: string;
  readonly orderId: string;
  readonly roundId: string;
};
type Lot = {
  readonly id: string;
  readonly voucherId: string;
  readonly source: Source;
  readonly day: number;
  readonly fen: number;
  left: number;
};

const INCOME: Record<Source, string> = { SUBSIDY: '4401', INTEREST: '4901', FEE: '4201', GIFT: '4101' };
const POOL = ['救急难池', 'none'] as const;
const INTEREST_DAYS = [171, 263, 354];

/** Gifts of a giver who has an account, beside those of the society's own. */
export type Guest = { readonly donorId: string; readonly gifts: number };

/**
 * Fourteen months of one society, kept as the program keeps them: vouchers in the order of their numbers, money led back to
 * the oldest lots, balances, reservations and months as the sums that they are.
 */
export class Life {
  private readonly lots: Lot[] = [];
  private readonly months = new Map<number, MonthSums>();
  private readonly numbers = new Map<string, number>();
  private heldFen = 0;

  constructor(
    private readonly ground: Ground,
    readonly of: Founded,
    private readonly federation: Federation,
  ) {}

  live(ownDonorId: string | null, guests: readonly Guest[]): void {
    const cases = new CaseRows(this.ground, this.of, this.federation, (series, year) =>
      this.number(series, year),
    );
    for (const event of this.events(ownDonorId, guests)) {
      if (event.kind === 'IN') this.receive(event);
      else if (event.kind === 'PAY') cases.paid(event.paid, event.day, this.pay(event.paid, event.day));
      else if (event.paid) {
        cases.decided(event.paid, event.day);
        this.accrue(event.paid, event.day);
      } else cases.unpaid(event.day);
    }
    this.close();
  }

  private events(ownDonorId: string | null, guests: readonly Guest[]): Event[] {
    const { chance, keys } = this.ground;
    const first = chance.from(4, 60);
    const later = (): number => chance.from(first + 10, LAST_DAY - 1);
    const events: Event[] = [{ day: first, kind: 'IN', source: 'SUBSIDY', fen: 3_000_000, donorId: null }];
    const receive = (source: Source, day: number, fen: number, donorId: string | null = null): void =>
      void events.push({ day, kind: 'IN', source, fen, donorId });
    for (const day of INTEREST_DAYS) receive('INTEREST', day, chance.from(500, 3000));
    for (let fees = chance.from(0, 2); fees > 0; fees--) receive('FEE', later(), chance.from(1, 60) * 1000);
    if (ownDonorId !== null)
      for (let gifts = chance.from(1, 3); gifts > 0; gifts--)
        receive('GIFT', later(), chance.from(1, 50) * 10_000, ownDonorId);
    for (const { donorId, gifts } of guests)
      for (let nth = 0; nth < gifts; nth++) receive('GIFT', later(), chance.from(1, 50) * 10_000, donorId);
    for (let paid = chance.from(0, 2); paid > 0; paid--) {
      const [caseId, orderId, roundId] = [keys.next(), keys.next(), keys.next()];
      const one = { fen: chance.from(5, 20) * 10_000, caseId, orderId, roundId };
      const day = later();
      events.push({ day, kind: 'CASE', paid: one }, { day: day + 1, kind: 'PAY', paid: one });
    }
    for (let unpaid = chance.from(0, 5); unpaid > 0; unpaid--)
      events.push({ day: later(), kind: 'CASE', paid: null });
    return events.sort((one, other) => one.day - other.day);
  }

  private receive({ day, source, fen, donorId }: Extract<Event, { kind: 'IN' }>): void {
    const { writer, keys } = this.ground;
    const giftId = donorId === null ? null : keys.next();
    const cause = giftId === null ? `inflow:${keys.next()}` : `gift:${giftId}`;
    const { voucherId } = this.book(day, cause, `收到演示款项`, null, [
      ['1002', fen],
      [INCOME[source], -fen],
    ]);
    const lot = { id: keys.next(), voucherId, source, day, fen, left: fen };
    this.lots.push(lot);
    this.heldFen += fen;
    this.move(day, { inFen: fen, outFen: 0, grants: 0 });
    if (giftId === null) return;
    const { societyId } = this.of;
    writer.put(
      'gifts',
      ...[
        giftId,
        societyId,
        donorId,
        'GIFT',
        'MONEY',
        'RECEIVED',
        'NONE',
        fen,
        dayAt(day),
        'BANK',
        'SOCIETY',
        '',
      ],
      ...[...POOL, lot.id, voucherId, instantAt(day), 1],
    );
    writer.put('gift_lots', lot.id, giftId);
  }

  private accrue({ fen, caseId, roundId }: PaidCase, day: number): void {
    this.book(day, `decision:${roundId}`, '批准救助（演示）', caseId, [
      ['5101', fen],
      ['2209', -fen],
    ]);
  }

  private pay(
    { fen, caseId, orderId, roundId }: PaidCase,
    day: number,
  ): { voucherId: string; number: number } {
    const { writer, keys } = this.ground;
    const booked = this.book(day, `payment:${orderId}:1`, '支付救助款（演示）', caseId, [
      ['2209', fen],
      ['1002', -fen],
    ]);
    for (let left = fen; left > 0;) {
      const lot = this.lots.find((each) => each.left > 0);
      if (!lot) throw new Error('The lots of a society do not cover its payment');
      const taken = Math.min(left, lot.left);
      lot.left -= taken;
      left -= taken;
      writer.put('lot_allocations', keys.next(), lot.id, booked.voucherId, 'PAID', orderId, taken);
    }
    this.heldFen -= fen;
    this.move(day, { inFen: 0, outFen: fen, grants: 1 });
    const [held, ended] = [instantAt(day - 1, 1), instantAt(day)];
    writer.put('reservations', keys.next(), this.of.poolId, roundId, caseId, fen, 'SPENT', held, ended);
    return booked;
  }

  private book(
    day: number,
    cause: string,
    summary: string,
    threadId: string | null,
    lines: readonly (readonly [account: string, fen: number])[],
  ): { voucherId: string; number: number } {
    const { writer, keys } = this.ground;
    const { bookId, societyId } = this.of;
    const voucherId = keys.next();
    const number = this.number('voucher', yearAt(day));
    writer.put(
      'vouchers',
      voucherId,
      bookId,
      yearAt(day),
      number,
      dayAt(day),
      cause,
      summary,
      instantAt(day),
    );
    for (const [i, [account, fen]] of lines.entries())
      writer.put('voucher_lines', keys.next(), voucherId, i + 1, account, societyId, ...POOL, threadId, fen);
    return { voucherId, number };
  }

  private number(series: 'voucher' | 'CASE' | 'decision', year: number): number {
    const key = `${series}/${year}`;
    const next = (this.numbers.get(key) ?? 0) + 1;
    this.numbers.set(key, next);
    return next;
  }

  private move(day: number, { inFen, outFen, grants }: MonthSums): void {
    const month = monthAt(day);
    const sum = this.months.get(month) ?? { inFen: 0, outFen: 0, grants: 0 };
    this.months.set(month, {
      inFen: sum.inFen + inFen,
      outFen: sum.outFen + outFen,
      grants: sum.grants + grants,
    });
  }

  /** What is known only in the end. */
  private close(): void {
    const { writer, months } = this.ground;
    const { bookId, poolId, societyId, rungs } = this.of;
    writer.put('fund_balances', poolId, bookId, ...POOL, this.heldFen, 0, 0);
    for (const { id, voucherId, source, day, fen, left } of this.lots)
      writer.put('lots', id, poolId, voucherId, source, dayAt(day), '', fen, left, 0);
    for (const [key, last] of this.numbers) {
      const [series = '', year] = key.split('/');
      writer.put('number_series', series === 'voucher' ? bookId : societyId, series, Number(year), last);
    }
    for (const [month, sum] of [...this.months].sort(([one], [other]) => one - other)) {
      const { inFen, outFen, grants } = sum;
      const name = MONTHS[month] ?? '';
      writer.put('society_months', societyId, name, inFen, outFen, grants, inFen, outFen, grants, 0);
      for (const regionId of rungs) months.add(regionId, month, sum);
    }
  }
}
