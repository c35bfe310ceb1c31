import { randomUUID } from 'node:crypto';
import { DutiesQueries, DutiesService, DutyThreads } from '../../src/duties/index.js';
import {
  CorrectionsService,
  DeskMovesService,
  DiscardsService,
  ExpiriesService,
  HandingsService,
  IncidentsService,
  InquiriesService,
  NoticesQueries,
  NoticesService,
  ObjectionsQueries,
  ObjectionsService,
  ObjectionsVerifier,
  ReassignmentsService,
  StandingService,
  WithdrawalsService,
  ReissuesService,
} from '../../src/notices/index.js';
import type { Notice, Raised } from '../../src/notices/index.js';
import { readObjectionNumber } from '../../src/notices/domain/objection.js';
import { ObjectionReading } from '../../src/notices/objections/objection-reading.js';
import { ObjectionSeals } from '../../src/notices/objections/objections.seals.js';
import { addHours, dayOf } from '../../src/kernel/day.js';
import { PeopleService } from '../../src/people/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { wordsOf } from '../support/notices.js';
import {
  assign,
  confirm,
  CORRECTED,
  givenRunning,
  givenSigned,
  objectionOf,
  playSubject,
  propose,
  raise,
  REDECIDED,
  register,
  REJECTED,
  settle,
} from '../support/objections.js';
import type { Played } from '../support/objections.js';
import { givenOfficer } from '../support/officers.js';
import { expectSound } from '../support/sound.js';
import { as, givenTown, givenVillage, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** Friday, 13 March 2026, 16:00 in China. From here the clock only goes on. */
const FRIDAY = '2026-03-13T08:00:00.000Z';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let played: Played;

  beforeAll(async () => {
    house = await givenHouse(kind, FRIDAY);
    played = playSubject(house);
    village = await givenVillage(house, { heldFen: 0, parentId: (await givenTown(house)).societyId });
  });
  beforeEach(() => {
    played.told.length = 0;
    played.vetoes.clear();
    played.insiders.clear();
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const noticeOf = ({ id }: Notice) => house.get(NoticesQueries).notice(village.societyId, id);
  const told = ({ id }: Notice) =>
    played.told.filter(({ facts }) => facts.noticeId === id).map(({ what }) => what);
  const ended = ({ id }: Notice) =>
    played.ended.filter(({ noticeId }) => noticeId === id).map(({ at }) => at);
  const owed = async (subjectId: string) =>
    (await house.get(DutiesQueries).open(village.societyId))
      .filter((duty) => duty.subjectId === subjectId)
      .map(({ kind: what }) => what)
      .sort();
  const timer = () => house.get(NoticesService).endDue(house.clock.now());
  const counter = async (notice: Notice) => (await noticeOf(notice)).openObjections;
  /** So many minutes before (or, less than nothing, after) the period is over. */
  const minutesBeforeEnd = ({ endsAt }: Notice, minutes: number): Date =>
    new Date((endsAt?.getTime() ?? Number.NaN) - minutes * 60_000);
  const goTo = (notice: Notice, minutes: number) => {
    house.clock.moveTo(minutesBeforeEnd(notice, minutes));
  };
  const days = async (objection: Pick<Raised, 'objectionId'>) =>
    (await objectionOf(village, objection)).dueAt?.toISOString();

  it('is assigned by the supervisor within one working day; then an answer is owed within five', async () => {
    const notice = await givenRunning(village);
    const raised = await raise(village, notice);
    expect(await owed(raised.objectionId)).toEqual(['ASSIGN_OBJECTION']);
    expect(await days(raised)).toBe('2026-03-16T16:00:00.000Z');
    const { inquiryId } = await assign(village, raised);
    expect(await owed(raised.objectionId)).toEqual([]);
    expect(await owed(inquiryId)).toEqual(['ANSWER_OBJECTION']);
    expect(await days(raised)).toBe('2026-03-20T16:00:00.000Z');

    const inquiries = house.get(InquiriesService);
    const longer = { objectionId: raised.objectionId, reason: 'RECORDS' } as const;
    await expect(inquiries.extend(as(village, 'secretary'), longer)).rejects.toMatchObject({
      code: 'NOT_AN_INQUIRER',
    });
    await inquiries.extend(as(village, 'third'), longer);
    expect(await days(raised)).toBe('2026-03-27T16:00:00.000Z');
    await expect(inquiries.extend(as(village, 'accountant'), longer)).rejects.toMatchObject({
      code: 'ANSWER_ALREADY_EXTENDED',
    });
    await propose(village, raised);
    await confirm(village, raised);
    expect(await owed(inquiryId)).toEqual([]);
  });

  describe('in time or too late', () => {
    it('D4-40 counts at 23:59 of the last day and holds the end up; at 00:01 it is a complaint, and no period begins anew', async () => {
      const notice = await givenRunning(village);
      goTo(notice, 1);
      const early = await raise(village, notice);
      expect([early.inTime, await counter(notice)]).toEqual([true, 1]);
      goTo(notice, -1);
      const late = await raise(village, notice);
      expect([late.inTime, await counter(notice)]).toEqual([false, 1]);
      await timer();
      expect(await noticeOf(notice)).toMatchObject({ state: 'RUNNING', lastDay: notice.lastDay });
      expect(told(notice)).toEqual(['objected']);

      await settle(village, early);
      expect(told(notice)).toEqual(['objected', 'cleared']);
      await timer();
      expect(await noticeOf(notice)).toMatchObject({ state: 'ENDED', lastDay: notice.lastDay });
      await settle(village, late);
      expect(await noticeOf(notice)).toMatchObject({ state: 'ENDED', lastDay: notice.lastDay });
      expect(told(notice)).toEqual(['objected', 'cleared']);
    });

    it('D4-40 goes by the clock and not by the timer: what is over takes complaints, whether or not it was written down', async () => {
      const notice = await givenRunning(village);
      goTo(notice, 0);
      expect((await raise(village, notice)).inTime).toBe(false);
      expect(await noticeOf(notice)).toMatchObject({ state: 'RUNNING', openObjections: 0 });
      await timer();
      expect((await raise(village, notice)).inTime).toBe(false);
    });

    it('D4-40 by telephone the moment decides at which it was received, not the one at which it was written down', async () => {
      const notice = await givenRunning(village);
      goTo(notice, -30);
      const received = (minutes: number) =>
        register(village, notice, { receivedAt: minutesBeforeEnd(notice, minutes) });
      expect((await received(1)).inTime).toBe(true);
      expect((await received(-1)).inTime).toBe(false);
      expect(await counter(notice)).toBe(1);
    });

    it('D4-40 takes the end back where a letter of the last day is written down the next morning; ten at once, once', async () => {
      for (const archived of [false, true]) {
        const notice = await givenRunning(village);
        goTo(notice, -60 * 9);
        await timer();
        if (archived)
          await house
            .get(NoticesService)
            .archive(as(village, 'secretary'), { noticeId: notice.id, endPhoto: await photo() });
        const received = (minutes: number) =>
          register(village, notice, { receivedAt: minutesBeforeEnd(notice, minutes) });
        expect((await received(0)).inTime).toBe(false);
        expect(await noticeOf(notice)).toMatchObject({ state: archived ? 'ARCHIVED' : 'ENDED' });
        const raised = await Promise.all(Array.from({ length: 10 }, () => received(10)));
        expect(raised.every(({ inTime }) => inTime)).toBe(true);
        const { lastDay, endsAt } = notice;
        expect(await noticeOf(notice)).toMatchObject({
          ...{ state: 'RUNNING', openObjections: 10, lastDay, endsAt, endedAt: null, archivedAt: null },
        });
        expect(await owed(notice.id)).toEqual(['END_NOTICE']);
        expect(told(notice)).toEqual(['objected']);
        await timer();
        expect(await noticeOf(notice)).toMatchObject({ state: 'RUNNING' });
        const [first, ...rest] = raised;
        if (!first) throw new Error('Nobody objected');
        await assign(village, first, { together: rest.map(({ objectionId }) => objectionId) });
        await propose(village, first);
        await confirm(village, first);
        await timer();
        expect(await noticeOf(notice)).toMatchObject({ state: 'ENDED', lastDay });
        expect(await owed(notice.id)).toEqual([]);
        expect(told(notice)).toEqual(['objected', 'cleared']);
      }
    });

    it('D4-40 was received before the notice was taken down and written down after: it is answered as an objection', async () => {
      const notice = await givenRunning(village);
      house.clock.advance({ hours: 2 });
      const noticedAt = house.clock.now();
      await house.get(IncidentsService).suspend(as(village, 'supervisor'), {
        ...{ noticeId: notice.id, kind: 'FULL_NAME', way: 'PERSON', noticedAt },
      });
      house.clock.advance({ hours: 3 });
      const received = (minutes: number) =>
        register(village, notice, { receivedAt: new Date(noticedAt.getTime() - minutes * 60_000) });
      const ten = await Promise.all(Array.from({ length: 10 }, () => received(1)));
      expect(ten.every(({ inTime }) => inTime)).toBe(true);
      expect((await received(0)).inTime).toBe(false);
      expect([await counter(notice), told(notice)]).toEqual([10, ['objected']]);
      expect(await owed(notice.id)).toEqual(['REISSUE_NOTICE', 'TAKE_DOWN_PAPER']);
      const [first, ...rest] = ten;
      if (!first) throw new Error('Nobody objected');
      await assign(village, first, { together: rest.map(({ objectionId }) => objectionId) });
      const longer = { objectionId: first.objectionId, reason: 'RECORDS' } as const;
      await house.get(InquiriesService).extend(as(village, 'third'), longer);
      expect(await owed(notice.id)).toEqual(['REISSUE_NOTICE', 'TAKE_DOWN_PAPER']);
      await propose(village, first);
      await confirm(village, first);
      expect([await counter(notice), told(notice)]).toEqual([0, ['objected', 'cleared']]);
    });

    it('says when it was over: at the end of its last day, or with the last answer where that came later', async () => {
      const [free, held] = [await givenRunning(village), await givenRunning(village)];
      const raised = await raise(village, held);
      goTo(held, -60 * 30);
      await timer();
      await settle(village, raised);
      const answeredAt = house.clock.now();
      house.clock.advance({ hours: 2 });
      await timer();
      expect(ended(free)).toEqual([free.endsAt]);
      expect(ended(held)).toEqual([answeredAt]);
      const duties = await house.get(DutiesQueries).ofThread(held.threadId);
      expect(duties.find(({ kind: owes }) => owes === 'END_NOTICE')?.settledAt).toEqual(answeredAt);
    });

    it('is in time before the paper hangs, and a complaint to what was archived', async () => {
      const notice = await givenSigned(village);
      expect((await raise(village, notice)).inTime).toBe(true);
      const old = await givenRunning(village);
      goTo(old, -60);
      await timer();
      await house
        .get(NoticesService)
        .archive(as(village, 'secretary'), { noticeId: old.id, endPhoto: await photo() });
      expect((await raise(village, old)).inTime).toBe(false);
    });

    it('is refused where it was received tomorrow, or before anything was signed; and nothing is written', async () => {
      const notice = await givenRunning(village);
      const refused = { code: 'RECEIVED_TIME_WRONG' };
      for (const minutes of [2, -2]) {
        const receivedAt = new Date(house.clock.now().getTime() + minutes * 60_000);
        await expect(register(village, notice, { receivedAt })).rejects.toMatchObject(refused);
      }
      expect(await counter(notice)).toBe(0);
      expect(told(notice)).toEqual([]);
    });
  });

  it('is a complaint to what was taken down; what was open before is answered still', async () => {
    const notice = await givenRunning(village);
    const open = await raise(village, notice);
    const noticedAt = house.clock.now();
    await house.get(IncidentsService).suspend(as(village, 'supervisor'), {
      ...{ noticeId: notice.id, kind: 'FULL_NAME', way: 'PERSON', noticedAt },
    });
    const late = await raise(village, notice);
    expect([late.inTime, await counter(notice)]).toEqual([false, 1]);
    for (const each of [open, late]) await settle(village, each);
    expect([await counter(notice), told(notice)]).toEqual([0, ['objected', 'cleared']]);
  });

  it.each<[what: string, change: (tx: Tx, by: number) => Promise<number>, kind: string]>([
    [
      'a counter that nobody’s objection stands behind',
      (tx, by) =>
        tx.change`UPDATE notices SET open_objections = open_objections + ${by} WHERE state = 'RUNNING'`,
      'notice objections',
    ],
    [
      'a number that nothing has',
      (tx, by) =>
        tx.change`UPDATE number_series SET last_number = last_number + ${by} WHERE series = 'objection'`,
      'objection number gap',
    ],
    [
      'an answer without the inquiry that it comes from',
      (tx, by) =>
        by === 1
          ? tx.change`UPDATE objection_inquiries SET state = 'DROPPED' WHERE state = 'DECIDED' AND correction_id IS NULL`
          : tx.change`UPDATE objection_inquiries SET state = 'DECIDED'
                       WHERE id IN (SELECT inquiry_id FROM objection_findings WHERE state = 'CONFIRMED')`,
      'objection answer',
    ],
  ])('the reconciler sees %s', async (_what, change, found) => {
    const notice = await givenRunning(village);
    await settle(village, await raise(village, notice));
    const transactions = house.get(Transactions);
    await transactions.run((tx) => change(tx, 1));
    const findings = await house.get(ObjectionsVerifier).check();
    expect(new Set(findings.map(({ kind: what }) => what))).toEqual(new Set([found]));
    await transactions.run((tx) => change(tx, -1));
    expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
  });

  describe('ten at once', () => {
    it('object to one notice: ten numbers, ten codes, and the subject hears of the first alone', async () => {
      const notice = await givenRunning(village);
      const raised = await Promise.all(Array.from({ length: 10 }, () => raise(village, notice)));
      expect(await counter(notice)).toBe(10);
      expect(new Set(raised.map(({ number }) => number)).size).toBe(10);
      expect(new Set(raised.map(({ code }) => code)).size).toBe(10);
      expect(told(notice)).toEqual(['objected']);
    });

    it('press the same button: it is one objection, and each is told the same code', async () => {
      const notice = await givenRunning(village);
      const presses = Array.from({ length: 10 }, () => raise(village, notice, { key: 'one-and-the-same' }));
      const answers = new Set((await Promise.all(presses)).map((each) => JSON.stringify(each)));
      expect(answers.size).toBe(1);
      expect(await counter(notice)).toBe(1);
      await expect(
        raise(village, notice, { key: 'one-and-the-same', words: '另一件事' }),
      ).rejects.toMatchObject({ code: 'KEY_USED_OTHERWISE' });
    });

    it('confirm one finding: it is decided once, and the counter goes down once', async () => {
      const notice = await givenRunning(village);
      const [one, other] = [await raise(village, notice), await raise(village, notice)];
      await assign(village, one);
      await propose(village, one);
      const presses = await Promise.allSettled(Array.from({ length: 10 }, () => confirm(village, one)));
      expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await counter(notice)).toBe(1);
      expect(await objectionOf(village, other)).toMatchObject({ state: 'OPEN' });
      expect(told(notice)).toEqual(['objected']);
    });

    it('are decided apart, all at the same moment: the last of them lets the notice go', async () => {
      const notice = await givenRunning(village);
      const raised: Raised[] = [];
      for (let i = 0; i < 6; i++) raised.push(await raise(village, notice));
      for (const each of raised) {
        await assign(village, each);
        await propose(village, each);
      }
      await Promise.all(raised.map((each) => confirm(village, each)));
      expect(await counter(notice)).toBe(0);
      expect(told(notice)).toEqual(['objected', 'cleared']);
    });

    it('take one back and decide it: one of the two happens', async () => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      await assign(village, raised);
      await propose(village, raised);
      const objections = house.get(ObjectionsService);
      const outcomes = await Promise.allSettled([
        confirm(village, raised),
        objections.withdrawByCode({ key: `withdraw-${randomUUID()}`, origin: 'web' }, raised.code),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await counter(notice)).toBe(0);
      expect(told(notice)).toEqual(['objected', 'cleared']);
    });
  });

  describe('whoever names the two', () => {
    it('is nobody else; and where the supervisor is tied, the chair; where all are, the union above', async () => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      for (const post of ['secretary', 'chair', 'deputy'] as const)
        await expect(assign(village, raised, { post })).rejects.toMatchObject({ code: 'NOT_THE_ASSIGNER' });
      played.vetoes.set(village.at.supervisor.personId, '与申请人是亲属。');
      await expect(assign(village, raised)).rejects.toMatchObject({ code: 'NOT_THE_ASSIGNER' });
      await assign(village, raised, { post: 'chair' });

      const town = await givenTown(house);
      const poor = await givenVillage(house, { heldFen: 0, parentId: town.societyId });
      const hanging = await givenRunning(poor);
      for (const post of ['supervisor', 'chair', 'deputy'] as const)
        played.vetoes.set(poor.at[post].personId, '与申请人是亲属。');
      const upwards = await raise(poor, hanging);
      const open = await house.get(DutiesQueries).open(town.societyId);
      expect(open.map(({ kind: what, ownerRole }) => [what, ownerRole])).toEqual([
        ['ASSIGN_OBJECTION', 'supervisor'],
      ]);
      const pair = [town.at.deputy.personId, poor.at.accountant.personId];
      const asked = { objectionId: upwards.objectionId, inquirers: pair, together: [] };
      await expect(house.get(InquiriesService).assign(as(poor, 'chair'), asked)).rejects.toMatchObject({
        code: 'NOT_THE_ASSIGNER',
      });
      await house.get(InquiriesService).assign(as(town, 'supervisor'), asked);
      const finding = { objectionId: upwards.objectionId, ...REJECTED, note: '到村里看了材料' };
      await house.get(InquiriesService).propose(as(town, 'deputy'), finding);
      await confirm(poor, upwards, { post: 'accountant' });
      expect(await objectionOf(poor, upwards)).toMatchObject({ state: 'DECIDED', outcome: 'REJECTED' });
    });

    it('is free though nobody could sign the notice any more, since the list behind it has changed', async () => {
      const raised = await raise(village, await givenRunning(village));
      played.unsignable = '起草以后账目有变动。';
      await assign(village, raised);
      played.unsignable = null;
      expect(await objectionOf(village, raised)).not.toMatchObject({ inquiryId: null });
    });

    it('is found where offices have changed hands since: the union above sees it, and so does the village again', async () => {
      const town = await givenTown(house);
      const poor = await givenVillage(house, { heldFen: 0, parentId: town.societyId });
      const raised = await raise(poor, await givenRunning(poor));
      const owedIn = async ({ societyId }: Pick<Village, 'societyId'>) =>
        (await house.get(DutiesQueries).open(societyId)).filter(
          ({ subjectId }) => subjectId === raised.objectionId,
        );
      const [before] = await owedIn(poor);
      for (const post of ['supervisor', 'chair', 'deputy'] as const)
        played.vetoes.set(poor.at[post].personId, '与申请人是亲属。');
      await expect(objectionOf(town, raised)).rejects.toMatchObject({ code: 'OBJECTION_NOT_FOUND' });
      await Promise.all([1, 2].map(() => house.get(DeskMovesService).moveDue()));
      expect([await owedIn(poor), (await owedIn(town)).map(({ dueAt }) => dueAt)]).toEqual([
        [],
        [before?.dueAt],
      ]);
      expect(await objectionOf(town, raised)).toMatchObject({ deskSocietyId: town.societyId });
      played.vetoes.clear();
      played.vetoes.set(poor.at.supervisor.personId, '与申请人是亲属。');
      await house.get(DeskMovesService).moveDue();
      expect((await owedIn(poor)).map(({ ownerRole }) => ownerRole)).toEqual(['chair']);
      played.vetoes.clear();
      await house.get(DeskMovesService).moveDue();
      await settle(poor, raised);
    });

    it('names others where the two cannot go on: what the one who left proposed lapses, the day stays', async () => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      const { objectionId } = raised;
      const { accountant, third, fourth, chair } = village.at;
      const others = (inquirers: string[], post: Post = 'supervisor') =>
        house.get(ReassignmentsService).reassign(as(village, post), { objectionId, inquirers });
      const pair = [fourth.personId, third.personId];
      await expect(others(pair)).rejects.toMatchObject({ code: 'OBJECTION_MOVED_ON' });
      await assign(village, raised);
      const due = await days(raised);
      await propose(village, raised);
      await expect(others(pair, 'chair')).rejects.toMatchObject({ code: 'NOT_THE_ASSIGNER' });
      await expect(others([third.personId, chair.personId])).rejects.toMatchObject({
        code: 'INQUIRERS_UNFIT',
      });
      await others([accountant.personId, fourth.personId]);
      await others(pair);
      expect(await days(raised)).toBe(due);
      await expect(propose(village, raised)).rejects.toMatchObject({ code: 'NOT_AN_INQUIRER' });
      await expect(confirm(village, raised)).rejects.toMatchObject({ code: 'NO_FINDING_PROPOSED' });
      await propose(village, raised, REJECTED, 'fourth');
      await confirm(village, raised);
      expect([await counter(notice), told(notice)]).toEqual([0, ['objected', 'cleared']]);
      await expect(others(pair)).rejects.toMatchObject({ code: 'OBJECTION_MOVED_ON' });
    });

    it('stays owed, and runs out, where nobody is free and nobody stands above', async () => {
      const alone = await givenVillage(house, { heldFen: 0 });
      const hanging = await givenRunning(alone);
      for (const post of ['supervisor', 'chair', 'deputy'] as const)
        played.vetoes.set(alone.at[post].personId, '与申请人是亲属。');
      const raised = await raise(alone, hanging);
      await expect(assign(alone, raised)).rejects.toMatchObject({ code: 'NOT_THE_ASSIGNER' });
      house.clock.advance({ days: 4 });
      const late = await house.get(DutiesQueries).overdue(alone.societyId, house.clock.now());
      expect(late.map(({ kind: what }) => what)).toEqual(['ASSIGN_OBJECTION']);
      played.vetoes.clear();
      await settle(alone, raised);
    });

    it.each<[who: string, pair: (from: Village) => string[], why: string]>([
      ['one alone', ({ at: of }) => [of.accountant.personId], 'not-two'],
      ['the same twice', ({ at: of }) => [of.accountant.personId, of.accountant.personId], 'not-two'],
      ['a stranger', ({ at: of }) => [of.accountant.personId, randomUUID()], 'unknown'],
      [
        'a neighbour without an office',
        ({ at: of, visitors }) => [of.third.personId, visitors[0]],
        'unknown',
      ],
      ['whoever only brings news', ({ at: of }) => [of.third.personId, of.informant.personId], 'unknown'],
      ['whoever wrote the notice', ({ at: of }) => [of.third.personId, of.clerk.personId], 'not-free'],
      ['whoever signed it', ({ at: of }) => [of.third.personId, of.chair.personId], 'not-free'],
    ])('does not name %s', async (_who, pair, why) => {
      const raised = await raise(village, await givenRunning(village));
      await expect(assign(village, raised, { inquirers: pair(village) })).rejects.toMatchObject({
        code: 'INQUIRERS_UNFIT',
        details: { why },
      });
      expect(await objectionOf(village, raised)).toMatchObject({ state: 'OPEN', inquiryId: null });
    });

    it('names nobody whom the subject keeps out, nor whoever objected, nor two of one household', async () => {
      const notice = await givenRunning(village);
      const { accountant, third, fourth } = village.at;
      played.insiders.set(third.personId, '参加了这件事的表决。');
      const raised = await register(village, notice, {
        said: { words: '金额不对', name: ' 陈 会 ', phone: null },
      });
      for (const inquirers of [
        [third.personId, fourth.personId],
        [accountant.personId, fourth.personId],
      ])
        await expect(assign(village, raised, { inquirers })).rejects.toMatchObject({
          details: { why: 'not-free' },
        });
      const admin = callerOf({ societyId: village.societyId, roles: ['secretary'] });
      const { fifth } = village.at;
      await house
        .get(PeopleService)
        .declareKin(admin, { personId: fourth.personId, relativeId: fifth.personId, relation: 'SPOUSE' });
      await expect(
        assign(village, raised, { inquirers: [fourth.personId, fifth.personId] }),
      ).rejects.toMatchObject({ details: { why: 'one-household' } });
      await assign(village, raised, { inquirers: [fourth.personId, village.at.otherCashier.personId] });
    });
  });

  describe('the two', () => {
    it('are both needed: one proposes, the other confirms or refuses', async () => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      await expect(propose(village, raised)).rejects.toMatchObject({ code: 'NOT_AN_INQUIRER' });
      await assign(village, raised);
      await expect(confirm(village, raised)).rejects.toMatchObject({ code: 'NO_FINDING_PROPOSED' });
      await propose(village, raised);
      await expect(propose(village, raised, REJECTED, 'third')).rejects.toMatchObject({
        code: 'FINDING_WAITS',
      });
      await expect(confirm(village, raised, { post: 'accountant' })).rejects.toMatchObject({
        code: 'OTHER_HAND_NEEDED',
      });
      await expect(confirm(village, raised, { post: 'supervisor' })).rejects.toMatchObject({
        code: 'NOT_AN_INQUIRER',
      });
      expect(await confirm(village, raised, { agrees: false })).toMatchObject({ outcome: null });
      expect([await counter(notice), told(notice)]).toEqual([1, ['objected']]);
      await propose(village, raised, REJECTED, 'third');
      await confirm(village, raised, { post: 'accountant' });
      expect([await counter(notice), told(notice)]).toEqual([0, ['objected', 'cleared']]);
      await expect(propose(village, raised)).rejects.toMatchObject({ code: 'OBJECTION_MOVED_ON' });
    });

    it('are told the same when a button goes twice: what was done is found again, and not refused', async () => {
      const raised = await raise(village, await givenRunning(village));
      await assign(village, raised);
      const { objectionId } = raised;
      const inquiries = house.get(InquiriesService);
      const [accountant, third] = [as(village, 'accountant'), as(village, 'third')];
      const longer = () => inquiries.extend(third, { objectionId, reason: 'RECORDS' });
      const found = () =>
        inquiries.propose(accountant, { objectionId, ...REJECTED, note: '看了票据和表决单' });
      const agreed = as(village, 'third');
      const decided = () => inquiries.decide(agreed, { objectionId, agrees: true, words: null });
      const answers = [await longer(), await found(), await decided()];
      expect([await longer(), await found(), await decided()]).toEqual(answers);
    });

    it('decide several together, in one answer; and the notice waits for the rest', async () => {
      const notice = await givenRunning(village);
      const [one, other, third] = [
        await raise(village, notice),
        await register(village, notice),
        await raise(village, notice),
      ];
      await assign(village, one, { together: [other.objectionId] });
      await expect(
        assign(village, other, { inquirers: [village.at.fourth.personId, village.at.otherCashier.personId] }),
      ).rejects.toMatchObject({ code: 'OBJECTIONS_NOT_TOGETHER' });
      await propose(village, other);
      await confirm(village, one);
      for (const each of [one, other])
        expect(await objectionOf(village, each)).toMatchObject({ state: 'DECIDED', outcome: 'REJECTED' });
      expect([await counter(notice), told(notice)]).toEqual([1, ['objected']]);
      await settle(village, third);
      expect(told(notice)).toEqual(['objected', 'cleared']);
    });

    it('D4-43 close an anonymous objection without a fact, with the reason; with a name they have to find out', async () => {
      const notice = await givenRunning(village);
      const nothing = { outcome: 'NO_FACT', reason: 'NOTHING_TO_CHECK' } as const;
      const raised = await raise(village, notice, { words: '不公平' });
      expect(raised.number).toMatch(/^异2026-\d{4}$/);
      await settle(village, raised, nothing);
      const own = await house.get(ObjectionsService).byCode(raised.code);
      expect(own).toMatchObject({ outcome: 'NO_FACT', reason: 'NOTHING_TO_CHECK' });
      expect(told(notice)).toEqual(['objected', 'cleared']);

      const named = await register(village, notice);
      await assign(village, named);
      await expect(propose(village, named, nothing)).rejects.toMatchObject({
        details: { why: 'named-without-fact' },
      });
    });
  });

  describe('upheld', () => {
    it('corrects the words where the register was mended, by another hand than the signer’s; what waited goes on', async () => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      await assign(village, raised);
      const unfit = (why: string) => ({ code: 'OUTCOME_UNFIT', details: { why } });
      await expect(propose(village, raised, CORRECTED)).rejects.toMatchObject(unfit('no-words'));
      played.today.set(notice.subjectId, { kind: 'GRANT_POST', words: wordsOf() });
      await expect(propose(village, raised, CORRECTED)).rejects.toMatchObject(unfit('nothing-changed'));
      played.today.set(notice.subjectId, {
        kind: 'GRANT_POST',
        words: wordsOf({ publishMode: 'NUMBER_ONLY' }),
      });
      await expect(propose(village, raised, CORRECTED)).rejects.toMatchObject(unfit('name-withdrawn'));

      const [item] = wordsOf().items;
      if (!item) throw new Error('The notice is about nobody');
      const mended = wordsOf({ items: [{ ...item, group: '柳溪村二组' }] });
      played.today.set(notice.subjectId, { kind: 'GRANT_POST', words: mended });
      await propose(village, raised, CORRECTED);
      const { correctionId } = await confirm(village, raised);
      if (!correctionId) throw new Error('Nothing was corrected');
      expect(told(notice)).toEqual(['objected', 'cleared']);
      expect(await owed(correctionId)).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      const correction = await house.get(NoticesQueries).notice(village.societyId, correctionId);
      expect(correction).toMatchObject({
        ...{ kind: 'CORRECTION', state: 'DRAFT', subjectId: notice.subjectId },
        authorPersonId: village.at.third.personId,
        words: { corrects: notice.issue?.number },
      });
      expect(JSON.stringify(correction.words)).toContain('柳溪村二组');
      const plannedPostingOn = dayOf(house.clock.now());
      await house
        .get(NoticesService)
        .sign(as(village, 'chair'), { noticeId: correctionId, plannedPostingOn });
      const [related] = await house.get(NoticesQueries).relationsOf(notice.id);
      expect(related).toMatchObject({ relation: 'CORRECTS', isLater: true, noticeId: correctionId });
    });

    const mendedTo = (
      notice: Notice,
      group: string,
      publishMode: 'MASKED_NAME' | 'NUMBER_ONLY' = 'MASKED_NAME',
    ) => {
      const items = wordsOf().items.map((item) => ({ ...item, group }));
      played.today.set(notice.subjectId, { kind: 'GRANT_POST', words: wordsOf({ items, publishMode }) });
    };
    const takeDown = ({ id: noticeId }: Notice) =>
      house.get(IncidentsService).suspend(as(village, 'supervisor'), {
        ...{ noticeId, kind: 'FULL_NAME', way: 'PERSON', noticedAt: house.clock.now() },
      });
    const signNow = (noticeId: string) => {
      const plannedPostingOn = dayOf(house.clock.now());
      return house.get(NoticesService).sign(as(village, 'chair'), { noticeId, plannedPostingOn });
    };
    const correctionsOf = async ({ subjectId, subjectKind }: Notice) =>
      (await house.get(NoticesQueries).allOfSubject(subjectKind, subjectId)).filter(
        ({ kind: what }) => what === 'CORRECTION',
      );

    it('quotes nothing of what was taken down: the notice in its place is corrected, or says it right already', async () => {
      const notice = await givenRunning(village);
      const [one, other] = [await raise(village, notice), await raise(village, notice)];
      for (const each of [one, other]) await assign(village, each);
      mendedTo(notice, '柳溪村二组');
      await propose(village, one, CORRECTED);
      await takeDown(notice);
      const refused = { code: 'OUTCOME_UNFIT', details: { why: 'taken-down' } };
      await expect(confirm(village, one)).rejects.toMatchObject(refused);
      await expect(propose(village, other, CORRECTED)).rejects.toMatchObject(refused);
      expect(await correctionsOf(notice)).toEqual([]);

      const asked = { noticeId: notice.id, numberOnly: false };
      const again = await house.get(ReissuesService).reissue(as(village, 'clerk'), asked);
      await expect(confirm(village, one)).rejects.toMatchObject(refused);
      await signNow(again.noticeId);
      expect(await confirm(village, one)).toMatchObject({ correctionId: again.noticeId });
      expect(await correctionsOf(notice)).toEqual([]);

      mendedTo(notice, '柳溪村五组');
      await propose(village, other, CORRECTED);
      const { correctionId } = await confirm(village, other);
      const [correction, ...more] = await correctionsOf(notice);
      expect([correction?.id, more]).toEqual([correctionId, []]);
      const { issue } = await noticeOf({ ...notice, id: again.noticeId });
      expect(correction?.words).toMatchObject({
        ...{ corrects: issue?.number },
        changes: [{ was: '柳溪村二组', now: '柳溪村五组' }],
      });
      expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
    });

    it('of a taken-down notice may have the matter decided anew, since nothing is quoted', async () => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      await takeDown(notice);
      const { correctionId } = await settle(village, raised, REDECIDED);
      await signNow(correctionId ?? '');
      expect(told(notice)).toEqual(['objected', 'upheld']);
    });

    it('goes on from what was corrected before, and is not said twice where the office was first', async () => {
      const notice = await givenRunning(village);
      const correct = () =>
        house.get(CorrectionsService).correct(as(village, 'clerk'), { noticeId: notice.id });
      mendedTo(notice, '柳溪村二组');
      await signNow((await correct()).noticeId);
      const [first, second] = [await raise(village, notice), await raise(village, notice)];
      for (const each of [first, second]) await assign(village, each);
      await expect(propose(village, first, CORRECTED)).rejects.toMatchObject({
        details: { why: 'nothing-changed' },
      });
      mendedTo(notice, '柳溪村五组');
      await propose(village, first, CORRECTED);
      const { correctionId } = await confirm(village, first);
      const corrected = (await correctionsOf(notice)).find(({ id }) => id === correctionId);
      expect(corrected?.words).toMatchObject({ changes: [{ was: '柳溪村二组', now: '柳溪村五组' }] });
      await signNow(correctionId ?? '');

      mendedTo(notice, '柳溪村七组');
      house.clock.advance({ hours: 1 });
      const own = await correct();
      await signNow(own.noticeId);
      await propose(village, second, CORRECTED);
      expect((await confirm(village, second)).correctionId).toBe(own.noticeId);
      expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
    });

    const discard = (noticeId: string) =>
      house.get(DiscardsService).discard(as(village, 'clerk'), { noticeId, reason: 'OUTDATED' });
    const upheldDraft = async (): Promise<{ notice: Notice; raised: Raised; correctionId: string }> => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      await assign(village, raised);
      mendedTo(notice, '柳溪村二组');
      await propose(village, raised, CORRECTED);
      const { correctionId } = await confirm(village, raised);
      return { notice, raised, correctionId: correctionId ?? '' };
    };

    it('is owed still when its draft was given up: by the same day, and the next one answers the objection', async () => {
      const { notice, raised, correctionId } = await upheldDraft();
      const post = (await house.get(DutiesQueries).open(village.societyId)).find(
        ({ kind: owes, subjectId }) => owes === 'POST_NOTICE' && subjectId === correctionId,
      );
      house.clock.advance({ days: 1 });
      expect(await discard(correctionId)).toEqual({ noticeId: correctionId, owed: 'CORRECT_NOTICE' });
      expect(await owed(correctionId)).toEqual([]);
      expect(await owed(notice.id)).toEqual(['CORRECT_NOTICE', 'END_NOTICE']);
      const anew = (await house.get(DutiesQueries).open(village.societyId)).find(
        ({ kind: owes, subjectId }) => owes === 'CORRECT_NOTICE' && subjectId === notice.id,
      );
      expect(anew?.dueAt).toEqual(post?.dueAt);

      mendedTo(notice, '柳溪村五组');
      const correct = () =>
        house.get(CorrectionsService).correct(as(village, 'clerk'), { noticeId: notice.id });
      const { noticeId } = await correct();
      expect(await owed(notice.id)).toEqual(['END_NOTICE']);
      const { words } = await noticeOf({ ...notice, id: noticeId });
      expect(words).toMatchObject({ basis: expect.stringContaining('对它的异议成立') as string });
      const { inquiryId } = await objectionOf(village, raised);
      const inquiry = await house.get(ObjectionsQueries).inquiry(inquiryId ?? '');
      expect(inquiry.correctionId).toBe(noticeId);
      expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
    });

    it('is drafted once: a second inquiry waits until the draft is signed or given up', async () => {
      const notice = await givenRunning(village);
      const [one, other] = [await raise(village, notice), await raise(village, notice)];
      mendedTo(notice, '柳溪村二组');
      for (const each of [one, other]) {
        await assign(village, each);
        await propose(village, each, CORRECTED);
      }
      const first = await confirm(village, one);
      await expect(confirm(village, other)).rejects.toMatchObject({ code: 'NOTICE_ALREADY_DRAFTED' });
      expect(await discard(first.correctionId ?? '')).toMatchObject({ owed: 'CORRECT_NOTICE' });
      const second = await confirm(village, other);
      expect(await owed(notice.id)).toEqual(['END_NOTICE']);
      expect(await discard(second.correctionId ?? '')).toMatchObject({ owed: 'CORRECT_NOTICE' });
      expect(await owed(notice.id)).toEqual(['CORRECT_NOTICE', 'END_NOTICE']);
      expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
    });

    const oweCorrection = ({ id: subjectId, threadId, societyId }: Notice) =>
      house.get(Transactions).run((tx) =>
        house.get(DutiesService).open(tx, {
          ...{ societyId, subjectId, threadId, kind: 'CORRECT_NOTICE', subjectKind: 'notice' },
          ownerRole: 'secretary',
          rule: { unit: 'working-days', count: 5, from: house.clock.now() },
        }),
      );

    it('is given up also where it is owed already', async () => {
      const { notice, correctionId } = await upheldDraft();
      await oweCorrection(notice);
      expect(await discard(correctionId)).toEqual({ noticeId: correctionId, owed: 'CORRECT_NOTICE' });
      expect(await owed(notice.id)).toEqual(['CORRECT_NOTICE', 'END_NOTICE']);
    });

    it('is owed no more once a correction of it is signed', async () => {
      const { notice, correctionId } = await upheldDraft();
      await oweCorrection(notice);
      await signNow(correctionId);
      expect(await owed(notice.id)).toEqual(['END_NOTICE']);
    });

    it('is owed by nobody where the register says again what the paper said, once the supervisor says so', async () => {
      const { notice, raised, correctionId } = await upheldDraft();
      await discard(correctionId);
      mendedTo(notice, '柳溪村三组');
      const correct = house.get(CorrectionsService).correct(as(village, 'clerk'), { noticeId: notice.id });
      await expect(correct).rejects.toMatchObject({ code: 'NOTHING_TO_CORRECT' });
      const letStand = (post: Post) => {
        const asked = { objectionId: raised.objectionId, reason: 'RESULT_RIGHT' } as const;
        return house.get(StandingService).letStand(as(village, post), asked);
      };
      await expect(letStand('secretary')).rejects.toMatchObject({ code: 'NOT_THE_ASSIGNER' });
      expect(await owed(notice.id)).toContain('CORRECT_NOTICE');
      await letStand('supervisor');
      expect(await owed(notice.id)).toEqual(['END_NOTICE']);
      await expect(letStand('supervisor')).rejects.toMatchObject({ code: 'NOTHING_TO_DECIDE_ANEW' });
    });

    it('ends with what it would have corrected: taken down, or its time over', async () => {
      const [taken, over] = [await upheldDraft(), await upheldDraft()];
      for (const { correctionId } of [taken, over]) await discard(correctionId);
      await takeDown(taken.notice);
      expect(await owed(taken.notice.id)).not.toContain('CORRECT_NOTICE');
      goTo(over.notice, -60 * 24);
      await timer();
      expect((await noticeOf(over.notice)).state).toBe('ENDED');
      await house.get(ExpiriesService).withdrawDue(addHours(house.clock.now(), 24 * 91));
      expect(await owed(over.notice.id)).toEqual([]);
    });

    it('that says that a matter is decided anew is given up by nobody', async () => {
      const notice = await givenRunning(village);
      const { correctionId } = await settle(village, await raise(village, notice), REDECIDED);
      const before = await owed(correctionId ?? '');
      const refused = { code: 'DRAFT_NOT_TO_DISCARD', details: { why: 'decided-anew' } };
      await expect(discard(correctionId ?? '')).rejects.toMatchObject(refused);
      expect(await owed(correctionId ?? '')).toEqual(before);
    });

    it.each(['before', 'after'] as const)(
      'marks the notice in the place of the one taken down as it marks that, drafted %s it',
      async (when) => {
        const notice = await givenRunning(village);
        const raised = await raise(village, notice);
        mendedTo(notice, '柳溪村三组');
        await takeDown(notice);
        const reissue = () =>
          house
            .get(ReissuesService)
            .reissue(as(village, 'clerk'), { noticeId: notice.id, numberOnly: false });
        const before = when === 'before' ? await reissue() : null;
        if (before) await signNow(before.noticeId);
        const { correctionId } = await settle(village, raised, REDECIDED);
        const again = before ?? (await reissue());
        if (!before) await signNow(again.noticeId);
        await signNow(correctionId ?? '');
        const mark = { relation: 'CORRECTS', isLater: true, noticeId: correctionId };
        for (const id of [notice.id, again.noticeId])
          expect(await house.get(NoticesQueries).relationsOf(id)).toEqual(
            expect.arrayContaining([expect.objectContaining(mark)]),
          );
        expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
      },
    );

    it('has the matter decided anew, once, however many say so; and tells the subject when nobody waits any more', async () => {
      const notice = await givenRunning(village);
      const [one, other, third] = [
        await raise(village, notice),
        await raise(village, notice),
        await raise(village, notice),
      ];
      const { correctionId } = await settle(village, one, REDECIDED);
      expect(told(notice)).toEqual(['objected', 'upheld']);
      const again = await settle(village, other, REDECIDED);
      expect(again.correctionId).toBe(correctionId);
      await settle(village, third);
      expect(await counter(notice)).toBe(0);
      // The subject knows whether its decision is still to come: it is told that nobody waits for an answer any more.
      expect(told(notice)).toEqual(['objected', 'upheld', 'cleared']);
      const correction = await house.get(NoticesQueries).notice(village.societyId, correctionId ?? '');
      expect(correction.words).toMatchObject({ corrects: notice.issue?.number, changes: [] });
    });

    it('two at the same moment draft one correction', async () => {
      const notice = await givenRunning(village);
      const pair = [await raise(village, notice), await raise(village, notice)];
      for (const each of pair) {
        await assign(village, each);
        await propose(village, each, REDECIDED);
      }
      const answers = await Promise.all(pair.map((each) => confirm(village, each)));
      expect(new Set(answers.map(({ correctionId }) => correctionId)).size).toBe(1);
      expect(told(notice)).toEqual(['objected', 'upheld', 'cleared']);
      expect(await counter(notice)).toBe(0);
    });

    it('a complaint too has it decided anew, and touches no period', async () => {
      const notice = await givenRunning(village);
      goTo(notice, -60);
      await timer();
      const raised = await raise(village, notice);
      const { correctionId } = await settle(village, raised, REDECIDED);
      expect(correctionId).not.toBeNull();
      expect(told(notice)).toEqual(['upheld']);
      expect(await noticeOf(notice)).toMatchObject({ state: 'ENDED', lastDay: notice.lastDay });
    });
  });

  describe('taken back', () => {
    it('by the code: the notice is let go, nobody owes an answer, and the number stays', async () => {
      const notice = await givenRunning(village);
      const raised = await raise(village, notice);
      const { inquiryId } = await assign(village, raised);
      const objections = house.get(ObjectionsService);
      const take = () =>
        objections.withdrawByCode({ key: `back-${randomUUID()}`, origin: 'web' }, raised.code.toLowerCase());
      await take();
      expect([await counter(notice), told(notice)]).toEqual([0, ['objected', 'cleared']]);
      expect(await owed(inquiryId)).toEqual([]);
      await expect(take()).rejects.toMatchObject({ code: 'OBJECTION_MOVED_ON' });
      expect(await objectionOf(village, raised)).toMatchObject({ state: 'WITHDRAWN', number: raised.number });
    });

    const handIn = async ({ objectionId }: Pick<Raised, 'objectionId'>, post: Post = 'secretary') =>
      house.get(WithdrawalsService).handIn(as(village, post), { objectionId, paper: await photo() });
    const agree = ({ objectionId }: Pick<Raised, 'objectionId'>, post: Post) =>
      house.get(WithdrawalsService).confirm(as(village, post), { objectionId });

    it('on paper where there is a name; the office does not do it by the code it has seen', async () => {
      const notice = await givenRunning(village);
      const objections = house.get(ObjectionsService);
      const named = await register(village, notice);
      await expect(
        objections.withdrawByCode({ key: `back-${randomUUID()}`, origin: 'web' }, named.code),
      ).rejects.toMatchObject({ details: { why: 'only-paper' } });
      const { objectionId } = named;
      await expect(
        house.get(WithdrawalsService).handIn(as(village, 'secretary'), { objectionId, paper: null }),
      ).rejects.toMatchObject({ code: 'WITHDRAWAL_PAPER_NEEDED' });
      await handIn(named);
      await agree(named, 'supervisor');
      expect(await objectionOf(village, named)).toMatchObject({ state: 'WITHDRAWN' });
      expect([await counter(notice), told(notice)]).toEqual([0, ['objected', 'cleared']]);

      const unnamed = await register(village, notice, { said: { words: '不对', name: null, phone: null } });
      await expect(handIn(unnamed)).rejects.toMatchObject({ details: { why: 'nobody-known' } });
      const byCode = await raise(village, notice);
      await expect(handIn(byCode)).rejects.toMatchObject({ details: { why: 'only-code' } });
      expect(await counter(notice)).toBe(2);
    });

    it('on paper by two hands: one who is not tied brings the note, another of those who know who objected compares it', async () => {
      const notice = await givenRunning(village);
      const named = await register(village, notice);
      await assign(village, named);
      const unconfirmed = (why: string) => ({ code: 'WITHDRAWAL_NOT_CONFIRMED', details: { why } });
      await expect(agree(named, 'third')).rejects.toMatchObject(unconfirmed('no-paper'));
      for (const post of ['clerk', 'chair'] as const)
        await expect(handIn(named, post)).rejects.toMatchObject({ code: 'WITHDRAWAL_TIED' });
      played.vetoes.set(village.at.secretary.personId, '与申请人是亲属。');
      await expect(handIn(named)).rejects.toMatchObject({ code: 'WITHDRAWAL_TIED' });
      played.vetoes.clear();

      await handIn(named, 'supervisor');
      expect([await counter(notice), (await objectionOf(village, named)).state]).toEqual([1, 'OPEN']);
      await expect(agree(named, 'supervisor')).rejects.toMatchObject(unconfirmed('same-hand'));
      for (const post of ['secretary', 'clerk'] as const)
        await expect(agree(named, post)).rejects.toMatchObject(unconfirmed('not-yours'));
      expect(await counter(notice)).toBe(1);
      const presses = await Promise.allSettled(Array.from({ length: 10 }, () => agree(named, 'third')));
      expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect([await counter(notice), told(notice)]).toEqual([0, ['objected', 'cleared']]);
    });

    it('two of one inquiry at the same moment: the last of them ends it, and nobody owes an answer', async () => {
      const notice = await givenRunning(village);
      goTo(notice, -60);
      await timer();
      for (let round = 0; round < 3; round++) {
        const pair = [await raise(village, notice), await raise(village, notice)] as const;
        const { inquiryId } = await assign(village, pair[0], { together: [pair[1].objectionId] });
        await Promise.all(
          pair.map(({ code }) =>
            house.get(ObjectionsService).withdrawByCode({ key: `back-${code}`, origin: 'web' }, code),
          ),
        );
        expect(await owed(inquiryId)).toEqual([]);
        expect((await house.get(ObjectionsQueries).inquiry(inquiryId)).state).toBe('DROPPED');
      }
    });
  });

  describe('the written answer to a real name', () => {
    const hand = (
      { objectionId }: Pick<Raised, 'objectionId'>,
      post: Post = 'secretary',
      handedAt = house.clock.now(),
    ) =>
      house.get(HandingsService).recordHanded(as(village, post), { objectionId, how: 'IN_PERSON', handedAt });
    const print = ({ objectionId }: Pick<Raised, 'objectionId'>, post: Post) =>
      house.get(ObjectionReading).print(as(village, post).actor, objectionId, 'REPLY');

    it('is handed over within two working days, once by ten at once; nobody owes one without a name', async () => {
      const notice = await givenRunning(village);
      const [named, quiet] = [await register(village, notice), await raise(village, notice)];
      await assign(village, named, { together: [quiet.objectionId] });
      await propose(village, named);
      await confirm(village, named);
      expect([await owed(named.objectionId), await owed(quiet.objectionId)]).toEqual([['HAND_REPLY'], []]);
      expect((await print(named, 'secretary')).subarray(0, 5).toString()).toBe('%PDF-');

      const refused: [Promise<unknown>, string][] = [
        [hand(quiet), 'NO_REPLY_TO_HAND'],
        [hand(named, 'cashier'), 'NOT_TO_HAND_OVER'],
        [hand(named, 'secretary', addHours(house.clock.now(), 1)), 'HANDED_TIME_WRONG'],
        [hand(named, 'secretary', addHours(house.clock.now(), -24 * 30)), 'HANDED_TIME_WRONG'],
      ];
      for (const [act, code] of refused) await expect(act).rejects.toMatchObject({ code });
      expect(await owed(named.objectionId)).toEqual(['HAND_REPLY']);
      expect(await objectionOf(village, named)).toMatchObject({ handedAt: null, handedHow: null });

      const ten = await Promise.allSettled(Array.from({ length: 10 }, () => hand(named)));
      expect(ten.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const each of ten)
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'REPLY_HANDED_BEFORE' });
      expect(await owed(named.objectionId)).toEqual([]);
      expect(await objectionOf(village, named)).toMatchObject({
        ...{ handedAt: house.clock.now(), handedHow: 'IN_PERSON' },
      });
      expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
    });

    it('is in no hand that is tied to whom the notice is about: the inquirer takes it along', async () => {
      const notice = await givenRunning(village);
      const named = await register(village, notice);
      await settle(village, named);
      played.vetoes.set(village.at.secretary.personId, '和申请人是夫妻');
      await expect(print(named, 'secretary')).rejects.toMatchObject({ kind: 'not-found' });
      await expect(hand(named)).rejects.toMatchObject({ code: 'NOT_TO_HAND_OVER' });
      await expect(print(named, 'clerk')).rejects.toMatchObject({ kind: 'not-found' });
      expect(await owed(named.objectionId)).toEqual(['HAND_REPLY']);
      await hand(named, 'third');
      expect(await owed(named.objectionId)).toEqual([]);
    });

    it('the reconciler sees one that nobody owes and nobody has', async () => {
      const named = await register(village, await givenRunning(village));
      await settle(village, named);
      const key = `HAND_REPLY:${named.objectionId}`;
      const set = (from: string, to: string) =>
        house
          .get(Transactions)
          .run((tx) => tx.change`UPDATE duties SET open_key = ${to} WHERE open_key = ${from}`);
      await set(key, 'HAND_REPLY:nobody');
      expect(await house.get(ObjectionsVerifier).check()).toMatchObject([{ kind: 'objection answer' }]);
      await set('HAND_REPLY:nobody', key);
      expect(await house.get(ObjectionsVerifier).check()).toEqual([]);
    });
  });

  it('is on the home page of whoever of the union above looks into it, though the village owes the answer', async () => {
    const [home] = await house.dataSource.query<{ parentId: string }[]>(
      `SELECT parent_id AS "parentId" FROM organisations WHERE id = '${village.societyId}'`,
    );
    const unionId = home?.parentId ?? '';
    const officer = await givenOfficer(house, unionId, 'REVIEWER');
    const raised = await raise(village, await givenRunning(village));
    const { inquiryId } = await assign(village, raised, {
      inquirers: [village.at.accountant.personId, officer.personId],
    });
    const { actor } = callerOf({ ...officer, societyId: unionId, roles: ['reviewer'] });
    const threads = house.get(DutyThreads);
    const [duty, ...more] = await threads.beyond(actor);
    expect([duty?.kind, duty?.subjectId, more]).toEqual(['ANSWER_OBJECTION', inquiryId, []]);
    const card = duty && (await threads.cardOf(actor, duty));
    expect(card?.actHref).toBe(`/s/objections/${raised.objectionId}`);
    expect(await threads.beyond(as(village, 'accountant').actor)).toEqual([]);
    await propose(village, raised);
    const decided = { objectionId: raised.objectionId, agrees: true, words: null };
    await house
      .get(InquiriesService)
      .decide(callerOf({ ...officer, societyId: unionId, roles: ['reviewer'] }), decided);
    expect(await threads.beyond(actor)).toEqual([]);
  });

  describe('kept to itself', () => {
    it('is found by no other society, by no code that was never given, and to no draft', async () => {
      const raised = await raise(village, await givenRunning(village));
      const strange = await givenVillage(house, { heldFen: 0 });
      const missing = { code: 'OBJECTION_NOT_FOUND' };
      await expect(objectionOf(strange, raised)).rejects.toMatchObject(missing);
      await expect(assign(strange, raised)).rejects.toMatchObject(missing);
      for (const code of ['K7M4Q2XD', '', 'x', raised.number])
        await expect(house.get(ObjectionsService).byCode(code)).rejects.toMatchObject(missing);
    });

    it('no table holds what was said, the name, the phone, or the code', async () => {
      const notice = await givenRunning(village);
      const said = { words: '暮色里听来的话', name: '南宫晓童', phone: '19812340000' };
      const own = await raise(village, notice, said);
      const written = await register(village, notice, { said });
      await assign(village, own, { together: [written.objectionId] });
      await propose(village, own);
      await confirm(village, own);
      for (const table of [
        'notice_objections',
        'objection_letters',
        'audit_acts',
        'commands',
        'objection_findings',
      ]) {
        const rows: unknown = await house.dataSource.query(`SELECT * FROM ${table}`);
        const text = JSON.stringify(rows);
        for (const secret of [said.words, said.name, said.phone, own.code, written.code])
          expect([table, text.includes(secret)]).toEqual([table, false]);
      }
      const codes = house.get(ObjectionSeals);
      expect(codes.codeOf(own.objectionId)).toBe(own.code);
    });

    it('a stranger who is signed in is not written down either', async () => {
      const notice = await givenRunning(village);
      const { objectionId } = await raise(village, notice);
      const acts: Record<string, unknown>[] = await house.dataSource.query(
        `SELECT account_id AS "account", person_id AS "person", roles AS "roles" FROM audit_acts WHERE subject_id = ?`,
        [objectionId],
      );
      expect(acts).toEqual([{ account: null, person: null, roles: 'anonymous' }]);
    });

    it('is no flood: one line writes thirty times an hour, and keeps no other line out, nor the telephone', async () => {
      const notice = await givenRunning(village);
      const flood = () => raise(village, notice, { address: '2001:db8:0:7::1' });
      for (let i = 0; i < 30; i++) await flood();
      for (const address of ['2001:db8:0:7::1', '2001:db8:0:7:a::9'])
        await expect(raise(village, notice, { address })).rejects.toMatchObject({
          code: 'TOO_MANY_OBJECTIONS',
        });
      expect(await counter(notice)).toBe(30);
      await raise(village, notice, { address: '2001:db8:0:8::1' });
      await register(village, notice);
      house.clock.advance({ hours: 1 });
      await flood();
      expect(await counter(notice)).toBe(33);
      const lines: unknown = await house.dataSource.query(`SELECT * FROM objection_lines`);
      expect(JSON.stringify(lines)).not.toContain('2001');
    });

    it('holds no end of a notice against the secretary while it is looked into', async () => {
      const notice = await givenRunning(village);
      goTo(notice, 60);
      await raise(village, notice);
      goTo(notice, -60 * 24);
      const late = await house.get(DutiesQueries).overdue(village.societyId, house.clock.now());
      expect(late.filter(({ subjectId }) => subjectId === notice.id)).toEqual([]);
    });
  });

  it('is one of more than two hundred: the public reads all of them page by page, and the last is looked into', async () => {
    const notice = await givenRunning(village);
    const raised: Raised[] = [];
    for (let i = 0; i < 210; i++) raised.push(await raise(village, notice));
    const read: string[] = [];
    let after: ReturnType<typeof readObjectionNumber> = null;
    for (let pages = 0; pages < 10; pages++) {
      const page = await house.get(ObjectionsQueries).publicOf(notice.id, { after, limit: 50 });
      read.push(...page.map(({ number }) => number));
      after = readObjectionNumber(page.at(-1)?.number);
      if (page.length < 50) break;
    }
    expect(read).toEqual(raised.map(({ number }) => number));
    const [last, first] = [raised.at(-1), raised[0]];
    if (!last || !first) throw new Error('Nobody objected');
    await assign(village, first, { together: [last.objectionId] });
    expect((await objectionOf(village, last)).inquiryId).not.toBeNull();
  });
});
