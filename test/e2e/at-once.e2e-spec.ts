import { randomUUID } from 'node:crypto';
import { BoardQueries } from '../../src/board/index.js';
import { CasesQueries } from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import type { Fund } from '../../src/ledger/index.js';
import { PaymentsQueries } from '../../src/payments/index.js';
import { api, ApiClient } from '../support/clients.js';
import type { ApiAnswer } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage, handsOf, photo } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

/** How often each answer came: `{ "201": 1, "409 ALREADY_PAID": 9 }`. */
function tallied(answers: readonly ApiAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, code } of answers) {
    const name = `${status} ${code}`.trim();
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** As every client should: told to try again, it asks again under the same key. */
async function patiently(ask: (key: string) => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const key = randomUUID();
  for (;;) {
    const answer = await ask(key);
    if (answer.status !== 503) return answer;
  }
}

/** Everything comes through sockets of its own, with keys of its own, from two people who do not know of each other. */
describe.each(kinds)('$name', (kind) => {
  let house: House;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const clientsOf = (village: Village, ...two: readonly Post[]): Promise<ApiClient[]> =>
    Promise.all(two.map((post) => api(house, village.at[post].login)));

  /** The same thing asked `times` times at once, by turns. */
  const together = (
    times: number,
    clients: readonly ApiClient[],
    ask: (client: ApiClient, i: number) => Promise<ApiAnswer>,
  ): Promise<ApiAnswer[]> =>
    Promise.all(
      Array.from({ length: times }, (_, i) => ask(clients[i % clients.length] ?? new ApiClient('', null), i)),
    );

  const fund = (village: Village) => house.get(LedgerQueries).fund(village.societyId);
  const count = async (sql: string, ...values: string[]): Promise<number> => {
    const rows: { n: number | string }[] = await house.dataSource.query(sql, values);
    return Number(rows[0]?.n);
  };

  it('ten payments of one case pay once', async () => {
    const village = await givenVillage(house);
    const made = await givenCase(village, { at: 'APPROVED' });
    const before = await fund(village);
    const vouchers = await house.get(LedgerQueries).vouchers(village.societyId);
    const cashiers = await clientsOf(village, 'cashier', 'otherCashier');
    const slip = await photo();
    // Who asks first and acts then would pay ten times: this is what all ten see.
    const seen = await together(10, cashiers, (cashier) => cashier.get(`/payments/${made.orderId}`));
    expect(seen.map(({ body }) => body['state'])).toEqual(Array.from({ length: 10 }, () => 'TO_PAY'));

    const answers = await together(10, cashiers, (cashier, i) =>
      cashier.upload(`/payments/${made.orderId}/transfer`, { bankReference: `REF-${i}` }, { photo: slip }),
    );

    expect(tallied(answers)).toEqual({ '201': 1, '409 ALREADY_PAID': 9 });
    expect(answers.filter(({ status }) => status === 409).map(({ type }) => type)).toEqual(
      Array.from({ length: 9 }, () => 'application/problem+json; charset=utf-8'),
    );
    const after = await fund(village);
    expect(before.balanceFen - after.balanceFen).toBe(made.amountFen);
    expect([before.reservedFen, after.reservedFen, after.freeFen]).toEqual([
      made.amountFen,
      0,
      before.freeFen,
    ]);
    const now = await house.get(LedgerQueries).vouchers(village.societyId);
    expect(now.rows).toHaveLength(vouchers.rows.length + 1);
    const allocations = await house.get(LedgerQueries).allocationsOf(made.orderId);
    expect(allocations.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(made.amountFen);
    const order = await house.get(PaymentsQueries).order(village.societyId, made.orderId);
    const winner = answers.find(({ status }) => status === 201);
    expect(order).toMatchObject({ state: 'PAID', voucherNumber: winner?.body['voucherNumber'] });
    expect(
      await count(`SELECT COUNT(*) AS "n" FROM notices WHERE thread_id = ? AND state = 'DRAFT'`, made.caseId),
    ).toBe(1);
  });

  it('ten closings of one round decide once', async () => {
    const village = await givenVillage(house);
    const made = await givenCase(village, { at: 'VOTING' });
    const [secretary] = await clientsOf(village, 'secretary');
    // Four of five have come, one against: the fifth could still turn it, so the round waits for its deadline.
    const hands = [...handsOf(village, 'yes', 3), ...handsOf(village, 'no', 4).slice(3)];
    const shown = await secretary?.upload(
      `/rounds/${made.roundId}/show-of-hands`,
      { presiderId: village.at.chair.personId, hands: JSON.stringify(hands) },
      { sheet: await photo() },
    );
    expect(shown?.body).toMatchObject({ outcome: null });
    house.clock.advance({ hours: 25 }); // and everybody has been signed out
    const office = await clientsOf(village, 'secretary', 'clerk');
    const seen = await together(10, office, (client) => client.get(`/rounds/${made.roundId}`));
    expect(seen.map(({ body }) => body['state'])).toEqual(Array.from({ length: 10 }, () => 'OPEN'));

    const answers = await together(10, office, (client) =>
      client.post(`/rounds/${made.roundId}/closing`, {}),
    );

    expect(tallied(answers)).toEqual({ '200': 1, '409 ROUND_ALREADY_CLOSED': 9 });
    const round = await house.get(BoardQueries).round(village.societyId, made.roundId);
    expect(round).toMatchObject({ state: 'APPROVED', decisionNumber: '柳溪决〔2026〕1号' });
    expect(
      await count(
        `SELECT last_number AS "n" FROM number_series WHERE scope_id = ? AND series = 'decision'`,
        village.societyId,
      ),
    ).toBe(1);
    expect(await count(`SELECT COUNT(*) AS "n" FROM payment_orders WHERE thread_id = ?`, made.caseId)).toBe(
      1,
    );
    expect(
      await count(
        `SELECT COUNT(DISTINCT voucher_id) AS "n" FROM voucher_lines WHERE thread_id = ?`,
        made.caseId,
      ),
    ).toBe(1);
    expect(await count(`SELECT COUNT(*) AS "n" FROM round_minutes WHERE round_id = ?`, made.roundId)).toBe(1);
    const { reservedFen } = await fund(village);
    expect(reservedFen).toBe(made.amountFen);
  });

  it('D4-58 fifty rounds opened at once on a fund with room for ten: ten open, forty change nothing', async () => {
    const village = await givenVillage(house, { heldFen: 1_000_000 });
    const cases: GivenCase[] = [];
    for (let i = 0; i < 50; i++) cases.push(await givenCase(village, { at: 'VERIFIED', amountFen: 100_000 }));
    const office = await clientsOf(village, 'secretary', 'clerk');
    const before = await remains(village, cases);
    const seen = await together(50, office, (client) => client.get('/ledger'));
    expect(new Set(seen.map(({ body }) => (body['fund'] as Fund).freeFen))).toEqual(new Set([1_000_000]));

    const answers = await together(50, office, (client, i) =>
      patiently((key) => client.post(`/cases/${cases[i]?.caseId ?? ''}/rounds`, { recusals: [] }, key)),
    );

    expect(tallied(answers)).toEqual({ '201': 10, '409 FUND_CANNOT_COVER': 40 });
    expect(await fund(village)).toMatchObject({ balanceFen: 1_000_000, reservedFen: 1_000_000, freeFen: 0 });
    const refused = cases.filter((_, i) => answers[i]?.status === 409);
    const after = await remains(village, refused);
    for (const made of refused) expect(after[made.caseId]).toEqual(before[made.caseId]);
    expect(await count('SELECT COUNT(*) AS "n" FROM rounds WHERE society_id = ?', village.societyId)).toBe(
      10,
    );
    expect(
      await count(
        `SELECT COUNT(*) AS "n" FROM commands WHERE act = 'openRound' AND scope LIKE ?`,
        `${village.societyId}/%`,
      ),
    ).toBe(10);
    expect(
      await count(
        'SELECT COALESCE(SUM(used_fen), 0) AS "n" FROM household_years WHERE society_id = ?',
        village.societyId,
      ),
    ).toBe(1_000_000);
  });

  /** All that a case is, for a comparison of before and after. */
  const remains = async (village: Village, cases: readonly GivenCase[]): Promise<Record<string, unknown>> => {
    const all: Record<string, unknown> = {};
    for (const { caseId } of cases)
      all[caseId] = {
        case: await house.get(CasesQueries).case(village.societyId, caseId),
        duties: await house.get(DutiesQueries).ofThread(caseId),
        acts: await count('SELECT COUNT(*) AS "n" FROM audit_acts WHERE thread_id = ?', caseId),
        reserved: await count('SELECT COUNT(*) AS "n" FROM reservations WHERE thread_id = ?', caseId),
        rounds: await count('SELECT COUNT(*) AS "n" FROM rounds WHERE thread_id = ?', caseId),
      };
    return all;
  };
});
