import type { CaseState } from '../../src/cases/domain/emergency-procedure.js';
import type { House } from '../support/house.js';
import { lifeFaults } from './case-life.js';
import type { HouseLife } from './house-life.js';

type Sum = number | string;

/** What a duty of the case is there for: it runs in these states, and in no other. */
const RUNS_IN: Readonly<Record<string, readonly CaseState[]>> = {
  VISIT: ['ACCEPTED'],
  OPEN_ROUND: ['VERIFIED', 'LAPSED'],
  SIGN_FAST: ['SIGNING'],
  PAY: ['APPROVED'],
  RECOVER: ['REVOKED'],
};

/**
 * What the rows of a house say of each life, beside what the life says of itself: state and amount, the fund, what the
 * books owe and are owed for the case, the allowance of the household, and the clocks. Each difference in a sentence.
 */
export async function differencesIn({ dataSource }: House, lives: readonly HouseLife[]): Promise<string[]> {
  const list = lives.map(({ made }) => `'${made.caseId}'`).join(',');
  const societies = lives.map(({ societyId }) => `'${societyId}'`).join(',');
  const rows = async <Row>(sql: string) => dataSource.query<Row[]>(sql);
  const cases = await rows<{ id: string; state: string; amount: Sum; used: Sum; uses: Sum }>(`
    SELECT c.id AS "id", c.state AS "state", c.amount_fen AS "amount",
           COALESCE(SUM(y.used_fen), 0) AS "used", COALESCE(SUM(y.used_count), 0) AS "uses"
    FROM cases c LEFT JOIN household_years y ON y.household_id = c.household_id AND y.society_id = c.society_id
    WHERE c.id IN (${list}) GROUP BY c.id, c.state, c.amount_fen`);
  const funds = await rows<{ id: string; money: Sum; reserved: Sum }>(`
    SELECT b.society_id AS "id", f.balance_fen AS "money", f.reserved_fen AS "reserved"
    FROM fund_balances f JOIN books b ON b.id = f.book_id WHERE b.society_id IN (${societies})`);
  const booked = await rows<{ id: string; account: string; sum: Sum }>(`
    SELECT thread_id AS "id", account AS "account", SUM(amount_fen) AS "sum" FROM voucher_lines
    WHERE thread_id IN (${list}) AND account IN ('1122', '2209') GROUP BY thread_id, account`);
  const owed = await rows<{ id: string; kind: string }>(`
    SELECT thread_id AS "id", kind AS "kind" FROM duties
    WHERE thread_id IN (${list}) AND settled_at IS NULL AND cancelled_at IS NULL`);

  return lives.flatMap((each) => {
    const { life, made, societyId, start } = each;
    const row = cases.find(({ id }) => id === made.caseId);
    const fund = funds.find(({ id }) => id === societyId);
    const onAccount = (account: string) =>
      Number(booked.find((line) => line.id === made.caseId && line.account === account)?.sum ?? 0);
    const runs = new Set(owed.filter(({ id }) => id === made.caseId).map(({ kind }) => kind));
    const clocks = Object.entries(RUNS_IN).map(([kind, states]): [string, unknown, unknown] => [
      `clock of ${kind}`,
      runs.has(kind),
      life.state !== null && states.includes(life.state),
    ]);
    const said: [string, unknown, unknown][] = [
      ['state', row?.state, life.state],
      ['amount', Number(row?.amount), life.amountFen],
      ['money in the pool', Number(fund?.money), life.poolFen],
      ['set aside', Number(fund?.reserved), life.setAsideFen],
      ['owed to the applicant', 0 - onAccount('2209'), life.owedFen],
      ['owed by the applicant', onAccount('1122'), life.owedBackFen],
      ['allowance used', Number(row?.used), life.usedFen],
      ['times used', Number(row?.uses), life.usedCount],
      ...clocks,
    ];
    const differences = said
      .filter(([, found, wanted]) => found !== wanted)
      .map(
        ([what, found, wanted]) =>
          `${made.number} ${String(life.state)}: ${what} is ${String(found)}, not ${String(wanted)}`,
      );
    return [...differences, ...lifeFaults(life, start)];
  });
}
