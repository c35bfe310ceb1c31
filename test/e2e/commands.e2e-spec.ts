import { randomUUID } from 'node:crypto';
import { LedgerQueries } from '../../src/ledger/index.js';
import { permissions } from '../../src/permissions.js';
import { api, askersIn, signedIn } from '../support/clients.js';
import type { ApiAnswer, ApiClient } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage, photo } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

const INFLOW = { kind: 'FEE', amountFen: 12_000, receivedOn: '2026-03-02', note: '会费' };
const TYPED = { kind: 'FEE', amountFen: '120', receivedOn: '2026-03-02', note: '会费' };

/** Opens a session, or reads by POST so that nothing of a person stands in an address: nothing is done twice there. */
const WITHOUT_KEY = [
  'POST /api/v1/sessions',
  'POST /api/v1/sessions/by-code',
  'POST /api/v1/sign-in-codes',
  'POST /api/v1/me/proof/text',
  'POST /api/v1/me/phone',
  'POST /api/v1/people/suggest',
  'POST /api/v1/funds/:fundId/estimates',
  'POST /api/v1/donors/find',
  'POST /api/v1/notices/verify',
];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let askerOf: ReturnType<typeof askersIn>;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    askerOf = askersIn(village);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const program = (post: Post, where = village): Promise<ApiClient> => api(house, where.at[post].login);
  const browser = (post: Post, where = village): Promise<FormVisitor> =>
    signedIn(house, where.at[post].login);
  const vouchers = async (): Promise<number> =>
    (await house.get(LedgerQueries).vouchers(village.societyId)).rows.length;
  const rows = async (sql: string, ...values: string[]): Promise<Record<string, unknown>[]> =>
    house.dataSource.query(sql, values);

  describe('a form', () => {
    it('sent twice goes to the same page twice, and acts once', async () => {
      const accountant = await browser('accountant');
      await accountant.get('/s/ledger/inflows/new');
      const before = await vouchers();
      const first = await accountant.post('/s/ledger/inflows', TYPED);
      const second = await accountant.post('/s/ledger/inflows', TYPED);
      expect([first.status, first.location]).toEqual([
        303,
        expect.stringMatching(/^\/s\/ledger\/vouchers\//),
      ]);
      expect([second.status, second.location]).toEqual([first.status, first.location]);
      expect(await vouchers()).toBe(before + 1);
    });

    it('with a photo, sent twice, opens one door: the payment stands once', async () => {
      const made = await givenCase(village, { at: 'APPROVED' });
      const cashier = await browser('cashier');
      await cashier.get(`/s/payments/${made.orderId}`);
      const before = await vouchers();
      const send = async () =>
        cashier.upload(
          `/s/payments/${made.orderId}/transfer`,
          { bankReference: 'TWICE-1' },
          { photo: await photo() },
        );
      const [first, second] = [await send(), await send()];
      expect([first.status, first.location]).toEqual([303, `/s/cases/${made.number}`]);
      expect([second.status, second.location]).toEqual([first.status, first.location]);
      expect(await vouchers()).toBe(before + 1);
    });

    it('whose page was gone back to and changed is not taken for the first one: 422', async () => {
      const accountant = await browser('accountant');
      await accountant.get('/s/ledger/inflows/new');
      await accountant.post('/s/ledger/inflows', TYPED);
      const before = await vouchers();
      const changed = await accountant.post('/s/ledger/inflows', { ...TYPED, amountFen: '1200' });
      expect(changed.status).toBe(422);
      expect(changed.body).toContain('KEY_USED_OTHERWISE');
      expect(await vouchers()).toBe(before);
    });

    it.each(['', 'short', 'not a key at all!'])(
      'with the number “%s” acts not at all: 422',
      async (number) => {
        const accountant = await browser('accountant');
        await accountant.get('/s/ledger/inflows/new');
        const before = await vouchers();
        const sent = await accountant.post('/s/ledger/inflows', { ...TYPED, submission_id: number });
        expect(sent.status).toBe(422);
        expect(sent.body).toContain('IDEMPOTENCY_KEY_REQUIRED');
        expect(await vouchers()).toBe(before);
      },
    );

    it('filled in wrongly comes back with what was typed, and says above and beside what is missing', async () => {
      const accountant = await browser('accountant');
      await accountant.get('/s/ledger/inflows/new');
      const typed = { ...TYPED, amountFen: '一百二十', receivedOn: '', note: '会费两户' };
      const { status, body } = await accountant.post('/s/ledger/inflows', typed);
      expect(status).toBe(422);
      expect(body).toContain('<title>错误：');
      expect(body).toContain('还有 2 处没填好');
      expect(body).toContain('href="#amountFen"');
      expect(body).toContain('value="一百二十"');
      expect(body).toContain('value="会费两户"');
      expect(body).toMatch(/<input[^>]*name="amountFen"[^>]*aria-describedby="[^"]*error/);
      // The page that came back has a number of its own, and can be sent.
      expect((await accountant.post('/s/ledger/inflows', TYPED)).status).toBe(303);
    });

    it('from another site is refused: 403', async () => {
      const accountant = await browser('accountant');
      await accountant.get('/s/ledger/inflows/new');
      const before = await vouchers();
      expect((await accountant.post('/s/ledger/inflows', { ...TYPED, _csrf: 'forged' })).status).toBe(403);
      expect(await vouchers()).toBe(before);
    });
  });

  describe('a program', () => {
    it('that asks again with the same key gets the same answer, and acts once', async () => {
      const accountant = await program('accountant');
      const [before, key] = [await vouchers(), randomUUID()];
      const first = await accountant.post('/ledger/inflows', INFLOW, key);
      expect(first.status).toBe(201);
      const second = await accountant.post('/ledger/inflows', INFLOW, key);
      expect([second.status, second.body]).toEqual([201, first.body]);
      // The same things in another order are the same command.
      const { kind: what, ...rest } = INFLOW;
      expect((await accountant.post('/ledger/inflows', { ...rest, kind: what }, key)).body).toEqual(
        first.body,
      );
      expect(await vouchers()).toBe(before + 1);
    });

    it('that asks ten times at once with one key gets ten equal answers, and acts once', async () => {
      const accountant = await program('accountant');
      const [before, key] = [await vouchers(), randomUUID()];
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => accountant.post('/ledger/inflows', INFLOW, key)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await vouchers()).toBe(before + 1);
    });

    it('that uses a key for another content is refused: 422, and nothing is done', async () => {
      const accountant = await program('accountant');
      const key = randomUUID();
      await accountant.post('/ledger/inflows', INFLOW, key);
      const before = await vouchers();
      const other = await accountant.post('/ledger/inflows', { ...INFLOW, amountFen: 12_001 }, key);
      expect([other.status, other.code, other.type]).toEqual([
        422,
        'KEY_USED_OTHERWISE',
        'application/problem+json; charset=utf-8',
      ]);
      expect(await vouchers()).toBe(before);
    });

    it('of another person may use the same key: it is another command', async () => {
      const key = randomUUID();
      const lead = { source: 'NEIGHBOUR', place: '二组', contact: '邻居' };
      const answers = [
        await (await program('secretary')).post('/leads', lead, key),
        await (await program('clerk')).post('/leads', lead, key),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(answers[0]?.body['leadId']).not.toBe(answers[1]?.body['leadId']);
    });

    it('keeps no key of what was refused: it may ask again once it can be done', async () => {
      const made = await givenCase(village, { at: 'ACCEPTED' });
      const [secretary, key] = [await program('secretary'), randomUUID()];
      const early = await secretary.post(`/cases/${made.caseId}/rounds`, { recusals: [] }, key);
      expect([early.status, early.code]).toEqual([409, 'CASE_NOT_IN_STATE']);
      const visit = { visitors: village.visitors, visitedOn: '2026-03-02' };
      expect((await secretary.post(`/cases/${made.caseId}/visits`, visit)).status).toBe(201);
      expect((await secretary.post(`/cases/${made.caseId}/rounds`, { recusals: [] }, key)).status).toBe(201);
    });

    const mutating = permissions.filter(
      ({ route }) => /^(POST|PUT|PATCH) \/api\/v1\//.test(route) && !WITHOUT_KEY.includes(route),
    );

    it.each(mutating.map((row) => [row.route, row] as const))(
      '%s asks for a key: 422',
      async (route, row) => {
        const asker = await askerOf(row.roles);
        const path = route.replace('POST /api/v1', '').replace(/:\w+/g, () => randomUUID());
        const answer = await asker.post(path, {}, null);
        expect([answer.status, answer.code]).toEqual([422, 'IDEMPOTENCY_KEY_REQUIRED']);
      },
    );
  });

  describe('D4-69 a clerk of another society', () => {
    let other: Village;
    let paid: GivenCase;
    let voting: GivenCase;

    beforeAll(async () => {
      other = await givenVillage(house);
      paid = await givenCase(village, { at: 'SIGNED' });
      voting = await givenCase(village, { at: 'VOTING' });
    });

    const refusals = (societyId: string) =>
      rows(
        `SELECT id AS "id", act AS "act", subject_id AS "subjectId", words AS "words", account_id AS "accountId"
         FROM audit_acts WHERE subject_kind = 'refused' AND society_id = ?`,
        societyId,
      );
    const state = async () => ({
      vouchers: await vouchers(),
      case: await rows('SELECT * FROM cases WHERE id = ?', voting.caseId),
      round: await rows('SELECT * FROM rounds WHERE id = ?', voting.roundId),
      notice: await rows('SELECT * FROM notices WHERE id = ?', paid.noticeId),
    });

    type Ask = readonly [what: string, post: Post, (who: ApiClient) => Promise<ApiAnswer>, id: () => string];
    const asks: readonly Ask[] = [
      ['reads a case', 'clerk', (who) => who.get(`/cases/${voting.caseId}`), () => voting.caseId],
      ['reads a round', 'clerk', (who) => who.get(`/rounds/${voting.roundId}`), () => voting.roundId],
      ['reads a payment', 'cashier', (who) => who.get(`/payments/${paid.orderId}`), () => paid.orderId],
      ['reads a notice', 'clerk', (who) => who.get(`/notices/${paid.noticeId}`), () => paid.noticeId],
      ['reads a person', 'clerk', (who) => who.get(`/people/${paid.applicantId}`), () => paid.applicantId],
      [
        'opens a round',
        'secretary',
        (who) => who.post(`/cases/${voting.caseId}/rounds`, { recusals: [] }),
        () => voting.caseId,
      ],
      [
        'writes down a visit',
        'clerk',
        (who) =>
          who.post(`/cases/${voting.caseId}/visits`, { visitors: other.visitors, visitedOn: '2026-03-02' }),
        () => voting.caseId,
      ],
      [
        'closes a round',
        'clerk',
        (who) => who.post(`/rounds/${voting.roundId}/closing`, {}),
        () => voting.roundId,
      ],
      [
        'stands a director aside',
        'clerk',
        (who) =>
          who.post(`/rounds/${voting.roundId}/recusals`, {
            directorId: village.at.fifth.personId,
            reason: 'OTHER',
          }),
        () => voting.roundId,
      ],
      [
        'pays',
        'cashier',
        async (who) => who.upload(`/payments/${paid.orderId}/transfer`, {}, { photo: await photo() }),
        () => paid.orderId,
      ],
      [
        'signs a notice',
        'chair',
        (who) => who.post(`/notices/${paid.noticeId}/signature`, { plannedPostingOn: '2026-03-02' }),
        () => paid.noticeId,
      ],
      [
        'hangs a notice',
        'clerk',
        async (who) =>
          who.upload(
            `/notices/${paid.noticeId}/postings`,
            { place: '村委会公示栏', postedAt: house.clock.now().toISOString() },
            { photo: await photo() },
          ),
        () => paid.noticeId,
      ],
    ];

    it.each(asks)('%s: 404, as if it were not there, and it is kept', async (_what, post, ask, id) => {
      const who = await program(post, other);
      const before = await state();
      const kept = new Set((await refusals(other.societyId)).map((row) => row['id']));
      const answer = await ask(who);
      expect(answer.status).toBe(404);
      expect(answer.code).toMatch(/_NOT_FOUND$/);
      expect(await state()).toEqual(before);
      const trail = (await refusals(other.societyId)).filter((row) => !kept.has(row['id']));
      expect(trail).toEqual([
        {
          id: expect.any(String) as string,
          act: expect.stringMatching(/^(GET|POST) \/api\/v1\//) as string,
          subjectId: id(),
          words: answer.code,
          accountId: other.at[post].accountId,
        },
      ]);
    });

    it('hears the same of what never was', async () => {
      const who = await program('clerk', other);
      const [theirs, nobodys] = [
        await who.get(`/cases/${voting.caseId}`),
        await who.get(`/cases/${randomUUID()}`),
      ];
      const wordsOf = ({ status, body }: ApiAnswer) => ({ status, ...body, requestId: '' });
      expect(wordsOf(theirs)).toEqual(wordsOf(nobodys));
    });

    it('finds no page, no paper and no photo of it either', async () => {
      const [voucher] = (await house.get(LedgerQueries).vouchers(village.societyId)).rows;
      const [file] = await rows(
        'SELECT id AS "id" FROM stored_files WHERE society_id = ?',
        village.societyId,
      );
      const clerk = await browser('clerk', other);
      const kept = (await refusals(other.societyId)).length;
      const pages = [
        `/s/rounds/${voting.roundId}`,
        `/s/rounds/${voting.roundId}/minutes.pdf`,
        `/s/notices/${paid.noticeId}`,
        `/s/notices/${paid.noticeId}/notice.pdf`,
        `/s/notices/${paid.noticeId}/print`,
        `/s/people/${paid.applicantId}`,
        `/s/ledger/vouchers/${voucher?.id ?? ''}`,
        `/s/files/${String(file?.['id'])}`,
        '/s/cases/2026-0777',
      ];
      for (const page of pages) expect([page, (await clerk.get(page)).status]).toEqual([page, 404]);
      expect(await refusals(other.societyId)).toHaveLength(kept + pages.length);
    });
  });
});
