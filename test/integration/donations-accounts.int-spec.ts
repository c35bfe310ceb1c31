import {
  AccountsQueries,
  AccountsReading,
  AccountsService,
  OpenBooksReading,
} from '../../src/donations/index.js';
import type { AccountsAsked } from '../../src/donations/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { day, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries, LedgerService } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import type { Notice } from '../../src/notices/index.js';
import { kinds } from '../support/databases.js';
import { give } from '../support/donations.js';
import { givenFederation, givenFund, ofFederation } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { assign, confirm, propose, raise, REDECIDED } from '../support/objections.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  /** Each test has a year of its own, since the clock goes forwards only. */
  let year = 2025;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    year++;
    if (year > 2026) house.clock.moveTo(`${year}-03-02T01:00:00.000Z`);
    village = await givenVillage(house, { heldFen: 100_000 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const draft = (asked: Partial<AccountsAsked> = {}, role: 'accountant' | 'secretary' = 'accountant') =>
    house.get(AccountsService).draftAccounts(as(village, role), { year, quarter: 1, fund: null, ...asked });
  const noticeOf = (noticeId: string): Promise<Notice> =>
    house.get(NoticesQueries).notice(village.societyId, noticeId);
  const sign = (noticeId: string) =>
    house.get(NoticesService).sign(as(village, 'chair'), {
      noticeId,
      plannedPostingOn: day(house.clock.now().toISOString().slice(0, 10)),
    });
  const open = async () =>
    (await house.get(DutiesQueries).open(village.societyId)).map((duty) => duty.kind).sort();
  /** Interest of a federation, in the purse of one fund. */
  const receiveInto = async (federationId: string, fund: string, amount: number): Promise<void> => {
    const purses = await house.get(LedgerQueries).purses(federationId);
    const purseId = purses.find((purse) => purse.fund === fund)?.id ?? null;
    await house.get(LedgerService).receive(ofFederation(federationId, 'accountant'), {
      ...{
        kind: 'INTEREST',
        amountFen: fen(amount),
        receivedOn: dayOf(house.clock.now()),
        note: '',
        purseId,
      },
    });
  };
  const askAll = () => house.get(AccountsService).askDue(house.clock.now());
  const aQuarter = async (): Promise<void> => {
    await give(village, 50_000);
    await give(village, 2_000, { nature: 'FEE' });
    await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 60_000, applicant: { name: '范长河' } });
  };

  it('are asked for after each quarter, once, and the duty ends with the posting', async () => {
    await askAll();
    expect(await open()).toEqual([]);
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    await askAll();
    await askAll();
    expect(await open()).toEqual(['PUBLISH_ACCOUNTS']);
    const [duty] = await house.get(DutiesQueries).open(village.societyId);
    // 15 working days from 1 April 2026: Qingming, 6 April, is none.
    expect(duty?.dueAt.toISOString()).toBe('2026-04-22T16:00:00.000Z');
    const { noticeId } = await draft();
    await sign(noticeId);
    const posting = { place: '村委会公示栏', postedAt: house.clock.now(), photo: await photo() };
    await house.get(NoticesService).recordPosting(as(village, 'secretary'), { noticeId, ...posting });
    expect(await open()).toEqual(['END_NOTICE']);
    house.clock.advance({ days: 1 });
    await askAll();
    expect(await open()).toEqual(['END_NOTICE']);
  });

  it('are read from the ledger, and are the open books of the same time', async () => {
    await aQuarter();
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    const { noticeId } = await draft();
    const { words, kind: noticeKind } = await noticeOf(noticeId);
    expect(noticeKind).toBe('QUARTERLY_ACCOUNTS');
    expect(words).toMatchObject({
      ...{ span: `${year}年第一季度`, fund: null, cases: 1, replaces: null },
      opening: { amount: '0.00' },
      incomeTotal: { amount: '1,520.00', amountInWords: '壹仟伍佰贰拾元整' },
      spendingTotal: { amount: '600.00' },
      balance: { amount: '920.00' },
      spending: [
        { label: '救助：火灾', count: '1件', amount: '600.00' },
        { label: '管理费用', count: null, amount: '0.00' },
      ],
    });
    const { figures, causes, purses } = await house.get(AccountsReading).figures({
      ...{ societyId: village.societyId, fund: null, period: { year, quarter: 1 } },
    });
    const wanted = { boardCode: village.boardCode, purseCode: null, year, after: null };
    const books = await house.get(OpenBooksReading).read(wanted);
    expect(figures).toEqual(books.ofYear);
    expect(causes).toEqual(books.causes);
    expect(purses.reduce((sum, { closingFen }) => sum + closingFen, 0)).toBe(books.ofAll.balanceFen);
    expect(JSON.stringify(words)).not.toMatch(/范长河|范\*河/);
  });

  it('of a quarter that runs still are refused, and nothing is begun', async () => {
    house.clock.moveTo(`${year}-03-31T15:59:59.000Z`);
    await expect(draft()).rejects.toMatchObject({ code: 'ACCOUNTS_NOT_OVER' });
    await expect(draft({ quarter: 4 })).rejects.toMatchObject({ code: 'ACCOUNTS_NOT_OVER' });
    expect(await house.get(AccountsQueries).all(village.societyId)).toEqual([]);
    house.clock.moveTo(`${year}-03-31T16:00:00.000Z`);
    await expect(draft()).resolves.toMatchObject({ noticeId: expect.any(String) as string });
  });

  it('of a time before the books are refused, and a society has no funds of its own to choose', async () => {
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    await expect(draft({ year: year - 1, quarter: 4 })).rejects.toMatchObject({
      code: 'NO_BOOKS_YET',
    });
    await expect(draft({ fund: '救急难池' })).rejects.toMatchObject({ code: 'ACCOUNTS_FUND_WRONG' });
  });

  it('are one for one quarter, of ten at once and after ten', async () => {
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => draft()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    const reports = await house.get(AccountsQueries).all(village.societyId);
    expect(reports).toHaveLength(1);
    const notices = await house.get(NoticesQueries).allOfSubject('accounts', reports[0]?.id ?? '');
    expect(notices).toHaveLength(1);
    expect((await open()).filter((each) => each === 'SIGN_NOTICE')).toHaveLength(1);
  });

  it('are not signed by their author, nor with figures that the books do not have any more', async () => {
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    const { noticeId } = await draft({}, 'secretary');
    await give(village, 7_000, { receivedOn: `${year}-03-20` });
    await expect(sign(noticeId)).rejects.toMatchObject({ code: 'MAY_NOT_SIGN' });
    expect((await noticeOf(noticeId)).state).toBe('DRAFT');
    const again = await draft({}, 'secretary');
    expect(again.noticeId).toBe(noticeId);
    await expect(sign(noticeId)).resolves.toMatchObject({
      number: expect.stringMatching(new RegExp(`〔${year}〕`)) as string,
    });
  });

  it('that were signed are published anew only when something was booked since, and say what they replace', async () => {
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    const accountant = as(village, 'accountant');
    const quarter = { year, quarter: 1, fund: null } as const;
    const first = await house.get(AccountsService).draftAccounts(accountant, quarter);
    const { number } = await sign(first.noticeId);
    await expect(draft()).rejects.toMatchObject({ code: 'ACCOUNTS_UNCHANGED' });
    expect(await house.get(AccountsService).draftAccounts(accountant, quarter)).toEqual(first);
    await give(village, 7_000, { receivedOn: `${year}-03-20` });
    const second = await draft();
    expect(second.reportId).toBe(first.reportId);
    expect(await noticeOf(second.noticeId)).toMatchObject({
      version: 2,
      words: { replaces: number, incomeTotal: { amount: '1,070.00' } },
    });
    await sign(second.noticeId);
    const relations = await house.get(NoticesQueries).relationsOf(first.noticeId);
    expect(relations).toMatchObject([{ relation: 'CORRECTS', isLater: true, noticeId: second.noticeId }]);
    expect((await noticeOf(first.noticeId)).issue?.content).toMatchObject({
      incomeTotal: { amount: '1,000.00' },
    });
  });

  it('are drafted anew once an objection to them was upheld: the accountant owes it until they hang again', async () => {
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    const { noticeId } = await draft();
    const post = async (posted: string) => {
      const posting = { place: '村委会公示栏', postedAt: house.clock.now(), photo: await photo() };
      await house
        .get(NoticesService)
        .recordPosting(as(village, 'secretary'), { noticeId: posted, ...posting });
    };
    await sign(noticeId);
    await post(noticeId);
    expect(await open()).not.toContain('PUBLISH_ACCOUNTS');
    const raised = await raise(village, await noticeOf(noticeId));
    const { third, reviewer } = village.at;
    await expect(
      assign(village, raised, { inquirers: [village.at.otherCashier.personId, third.personId] }),
    ).rejects.toMatchObject({ code: 'INQUIRERS_UNFIT' });
    await assign(village, raised, { inquirers: [third.personId, reviewer.personId] });
    await propose(village, raised, REDECIDED, 'third');
    await confirm(village, raised, { post: 'reviewer' });
    expect(await open()).toContain('PUBLISH_ACCOUNTS');

    await give(village, 7_000, { receivedOn: `${year}-03-20` });
    const again = await draft();
    await sign(again.noticeId);
    await post(again.noticeId);
    expect(await open()).not.toContain('PUBLISH_ACCOUNTS');
  });

  it('of a year tell what was done, in numbers, and are owed by 31 May', async () => {
    await aQuarter();
    house.clock.moveTo(`${year + 1}-01-04T01:00:00.000Z`);
    await askAll();
    const duties = await house.get(DutiesQueries).open(village.societyId);
    const owed = duties.find((duty) => duty.kind === 'PUBLISH_ANNUAL');
    expect(owed?.dueAt.toISOString()).toBe(`${year + 1}-05-31T16:00:00.000Z`);
    const { noticeId } = await draft({ quarter: 0 });
    const { words, kind: noticeKind } = await noticeOf(noticeId);
    expect(noticeKind).toBe('ANNUAL');
    expect(words).toMatchObject({
      span: `${year}年度`,
      work: expect.arrayContaining([
        { label: '受理急难救助申请', count: '1件' },
        { label: '事由：火灾', count: '1件' },
        { label: '结果：决定给予救助', count: '1件' },
        { label: '年末在任监事', count: '1人' },
      ]) as unknown,
      ratios: [
        '本年救助等业务支出600.00元；上年没有收入，不计算比例。',
        '本年管理费用0.00元，本年总支出600.00元，占0%。',
      ],
    });
    const { number } = await sign(noticeId);
    expect(number).toContain(`〔${year + 1}〕`);
  });

  it('of a federation are those of one fund with its projects, fund by fund', async () => {
    const federationId = await givenFederation(house);
    const [one, other] = [await givenFund(house, federationId), await givenFund(house, federationId)];
    for (const [{ name }, amount] of [
      [one, 70_000],
      [other, 30_000],
    ] as const)
      await receiveInto(federationId, name, amount);
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    await askAll();
    const accountant = () => ofFederation(federationId, 'accountant');
    const owed = await house.get(AccountsQueries).all(federationId);
    const funds = owed.filter(({ quarter }) => quarter === 1).map(({ fund }) => fund);
    expect(funds).toEqual([one.name, other.name].sort());
    const asked = { year, quarter: 1, fund: one.name } as const;
    await expect(
      house.get(AccountsService).draftAccounts(accountant(), { ...asked, fund: null }),
    ).rejects.toMatchObject({ code: 'ACCOUNTS_FUND_WRONG' });
    const { noticeId } = await house.get(AccountsService).draftAccounts(accountant(), asked);
    const { words } = await house.get(NoticesQueries).notice(federationId, noticeId);
    expect(words).toMatchObject({
      fund: one.name,
      balance: { amount: '700.00' },
      purses: [{ name: one.name, opening: '0.00', closing: '700.00' }],
    });
  });

  it('of another society are not found', async () => {
    house.clock.moveTo(`${year}-04-01T01:00:00.000Z`);
    const { reportId } = await draft();
    const other = await givenVillage(house);
    await expect(house.get(AccountsQueries).report(other.societyId, reportId)).rejects.toMatchObject({
      code: 'ACCOUNTS_NOT_FOUND',
    });
    expect(await house.get(AccountsQueries).all(other.societyId)).toEqual([]);
  });
});
