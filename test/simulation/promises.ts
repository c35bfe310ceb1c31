import { findAll } from '../../src/house/verify.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { canonicalJson } from '../../src/platform/crypto/hash.js';
import type { Bank } from './bank.js';
import { ACTS, countedBy, TOTALS } from './wishes.js';
import type { Act, Wish } from './wishes.js';
import type { World } from './world.js';

/** What must hold, in sentences about what does not. */
export class Promises {
  private constructor(
    private readonly world: World,
    private readonly bank: Bank,
    private readonly before: ReadonlyMap<Act, number>,
    private readonly beforeFen: number,
  ) {}

  static async of(world: World, bank: Bank): Promise<Promises> {
    const before = new Map<Act, number>();
    for (const act of ACTS) before.set(act, await totalOf(world, act));
    const { balanceFen } = await world.house.get(LedgerQueries).fund(world.village.societyId);
    return new Promises(world, bank, before, balanceFen);
  }

  /** After each commit: the books, each fund, each allowance, each series of numbers. One question, since it is asked often. */
  async afterCommit(): Promise<string[]> {
    const rows = await this.world.house.dataSource.query<{ fault: string; id: string }[]>(FAULTS);
    return rows.map(({ fault, id }) => `${fault}: ${id}`);
  }

  /** What one wish has come to: done once if it was acknowledged, not at all if it was refused. */
  async of(wish: Wish): Promise<string[]> {
    const { house } = this.world;
    const { state, key, act } = wish;
    const rows = await house.dataSource.query<{ answer: string | null }[]>(
      'SELECT answer AS "answer" FROM commands WHERE command_key = ?',
      [key],
    );
    const faults: string[] = [];
    const most = state === 'refused' ? 0 : 1;
    const least = state === 'done' ? 1 : 0;
    const wrong = (times: number) => times < least || times > most;
    if (wrong(rows.length))
      faults.push(`${wish.name} is ${state} ${wish.code}, and kept ${rows.length} times`);
    if (state === 'done' && ANSWERS_ALIKE.includes(act) && rows[0]) {
      const [kept, given] = [canonicalJson(JSON.parse(rows[0].answer ?? 'null')), canonicalJson(wish.answer)];
      if (kept !== given) faults.push(`${wish.name} was answered ${given}, and ${kept} is kept`);
    }
    if (!wish.effect) return faults;
    const times = await countedBy(house, wish.effect);
    if (wrong(times)) faults.push(`${wish.name} is ${state} ${wish.code}, and in the books ${times} times`);
    return faults;
  }

  /** When nothing is under way and everybody knows what came of his wishes. */
  async atTheEnd(wishes: readonly Wish[]): Promise<string[]> {
    const { house, village } = this.world;
    const faults = await this.afterCommit();
    for (const wish of wishes) faults.push(...(await this.of(wish)));
    const done = wishes.filter(({ state }) => state === 'done');
    for (const act of ACTS) {
      const made = (await totalOf(this.world, act)) - (this.before.get(act) ?? 0);
      const wanted = done.filter((wish) => wish.act === act).length;
      if (made !== wanted) faults.push(`${act} was acknowledged ${wanted} times, and done ${made} times`);
    }
    const { balanceFen } = await house.get(LedgerQueries).fund(village.societyId);
    const atBank = done.reduce((sum, { movesFen }) => sum + movesFen, this.beforeFen);
    if (balanceFen !== atBank) faults.push(`the books hold ${balanceFen} fen, the bank ${atBank}`);
    for (const { reference, kind, what } of this.bank.happened.values()) {
      const written = done.filter(({ about }) => about === reference).length;
      if (written > 1 || (written === 0 && kind === 'gift'))
        faults.push(`${kind} ${reference} of ${what} is written down ${written} times`);
    }
    const { findings } = await findAll(house.app);
    return [...faults, ...findings.map(({ kind, subject, words }) => `${kind} ${subject}: ${words}`)];
  }
}

/** Their answers are what the command kept, and nothing beside it. */
const ANSWERS_ALIKE: readonly Act[] = [
  ...([
    'recordPayment',
    'recordReturnedPayment',
    'recordFailedPayment',
    'recordInflow',
    'recordDonation',
  ] as const),
  ...(['askRefund', 'decideRefund', 'payRefund', 'signNotice', 'withdrawCase'] as const),
];

/** The charter of the village allows a household 5,000 yuan and two grants in a year. */
const FAULTS = `
  SELECT 'a voucher does not sum to zero' AS "fault", voucher_id AS "id"
  FROM voucher_lines GROUP BY voucher_id HAVING SUM(amount_fen) <> 0
  UNION ALL SELECT 'a fund is below zero', id FROM fund_balances
  WHERE balance_fen < 0 OR reserved_fen < 0 OR frozen_fen < 0 OR balance_fen < reserved_fen + frozen_fen
  UNION ALL SELECT 'a fund is not the sum of its lines', f.id FROM fund_balances f
  WHERE f.balance_fen <> (SELECT COALESCE(SUM(l.amount_fen), 0) FROM vouchers v JOIN voucher_lines l ON l.voucher_id = v.id
    WHERE v.book_id = f.book_id AND l.account IN ('1001', '1002') AND l.fund = f.fund AND l.restriction = f.restriction)
  UNION ALL SELECT 'a fund is not what is left of its lots', f.id FROM fund_balances f
  WHERE f.balance_fen <> (SELECT COALESCE(SUM(left_fen), 0) FROM lots WHERE balance_id = f.id)
  UNION ALL SELECT 'what is set aside is not the sum of its parts', f.id FROM fund_balances f
  WHERE f.reserved_fen <> (SELECT COALESCE(SUM(amount_fen), 0) FROM reservations WHERE balance_id = f.id AND state = 'HELD')
  UNION ALL SELECT 'a household is over its year', household_id FROM household_years WHERE used_fen > 500000 OR used_count > 2
  UNION ALL SELECT 'vouchers have a gap', book_id FROM vouchers GROUP BY book_id, year HAVING COUNT(*) <> MAX(number)
  UNION ALL SELECT 'notices have a gap', society_id FROM notice_issues GROUP BY society_id, year HAVING COUNT(*) <> MAX(serial)
  UNION ALL SELECT 'decisions have a gap', s.scope_id FROM number_series s WHERE s.series = 'decision' AND s.last_number <>
    (SELECT COUNT(*) FROM rounds r WHERE r.society_id = s.scope_id AND r.decision_number IS NOT NULL)
  UNION ALL SELECT 'two of a case are to be paid', subject_id FROM payment_orders WHERE state <> 'CANCELLED'
  GROUP BY subject_kind, subject_id HAVING COUNT(*) > 1`;

async function totalOf({ house, village }: World, act: Act): Promise<number> {
  return countedBy(house, { sql: TOTALS[act], values: [village.societyId] });
}
