import { randomUUID } from 'node:crypto';
import { AuditQueries } from '../../src/audit/index.js';
import { CasesQueries } from '../../src/cases/index.js';
import { DutiesQueries, DutiesService } from '../../src/duties/index.js';
import { Timers } from '../../src/house/timers.js';
import { addHours, day } from '../../src/kernel/day.js';
import {
  CorrectionsService,
  DiscardsService,
  ExpiriesService,
  IncidentsQueries,
  IncidentsService,
  NoticesQueries,
  NoticesService,
  ReissuesService,
} from '../../src/notices/index.js';
import type { Notice } from '../../src/notices/index.js';
import { NoticesStore } from '../../src/notices/notices.store.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenFederation } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { SIGNING_MORNING, WORDED, wordsOf } from '../support/notices.js';
import { givenOfficer } from '../support/officers.js';
import { givenPlayed, hangPlayed, playSubject, signPlayed } from '../support/played-subject.js';
import type { PlayedSubject } from '../support/played-subject.js';
import { callerOf } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

const HOUR = 3_600_000;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let federationId: string;
  let played: PlayedSubject;

  beforeAll(async () => {
    house = await givenHouse(kind, SIGNING_MORNING);
    federationId = await givenFederation(house);
    village = await givenVillage(house, { parentId: federationId });
    played = playSubject(house);
    // The clock runs far into the next year: no period ends by a list that nobody has published (D4-25).
    const holidays = ['2027-01-01', '2027-02-06', '2027-05-01', '2027-10-01'];
    for (const [year, days] of [
      [2027, holidays],
      [2028, holidays.map((on) => on.replace('2027', '2028'))],
    ] as const)
      await house.get(DutiesService).importHolidays(
        as(village, 'chair'),
        year,
        days.map((on) => ({ day: day(on), kind: 'holiday', name: '元旦、春节、劳动节、国庆' })),
        '国务院办公厅',
      );
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const now = () => house.clock.now();
  const noticeOf = (id: string) => house.get(NoticesQueries).notice(village.societyId, id);
  const owed = async (subjectId: string) =>
    (await house.get(DutiesQueries).open(village.societyId))
      .filter((duty) => duty.subjectId === subjectId)
      .map((duty) => duty.kind)
      .sort();
  const suspend = (
    { id: noticeId }: Pick<Notice, 'id'>,
    more: Partial<Parameters<IncidentsService['suspend']>[1]> = {},
    post: Post = 'secretary',
  ) =>
    house.get(IncidentsService).suspend(as(village, post), {
      ...{ noticeId, kind: 'NUMBER', way: 'VILLAGER', noticedAt: now() },
      ...more,
    });
  const unchanged = async ({ id }: Notice, act: () => Promise<unknown>): Promise<void> => {
    const before = [await noticeOf(id), await owed(id), await house.get(IncidentsQueries).ofNotice(id)];
    await act();
    expect([await noticeOf(id), await owed(id), await house.get(IncidentsQueries).ofNotice(id)]).toEqual(
      before,
    );
  };
  const signedCorrection = async (notice: Notice): Promise<string> => {
    played.says.set(notice.subjectId, () => ({
      kind: 'GRANT_POST',
      words: wordsOf({ items: wordsOf().items.map((item) => ({ ...item, group: '柳溪村二组' })) }),
    }));
    const asked = { noticeId: notice.id };
    const { noticeId } = await house.get(CorrectionsService).correct(as(village, 'clerk'), asked);
    await signPlayed(village, noticeId);
    return noticeId;
  };

  describe('taking down', () => {
    it('takes a running notice down at once, and owes the paper two hours after it was noticed', async () => {
      const notice = await givenPlayed(village);
      house.clock.moveTo(addHours(now(), 1));
      const noticedAt = addHours(now(), -0.5);
      await suspend(notice, { noticedAt }, 'supervisor');
      expect(await noticeOf(notice.id)).toMatchObject({ state: 'SUSPENDED', suspendedAt: now() });
      const [paper] = (await house.get(DutiesQueries).open(village.societyId)).filter(
        ({ kind: owes, subjectId }) => owes === 'TAKE_DOWN_PAPER' && subjectId === notice.id,
      );
      expect(paper?.dueAt).toEqual(addHours(noticedAt, 2));
      expect(await owed(notice.id)).toEqual(['REISSUE_NOTICE', 'TAKE_DOWN_PAPER']);
      const [row] = await house.get(AuditQueries).thread(village.societyId, notice.threadId);
      expect(row).toMatchObject({ act: 'suspendNotice' });
    });

    it.each(['SIGNED', 'POSTED', 'RUNNING'] as const)('takes one down that is %s', async (at) => {
      const notice = await givenPlayed(village, { at });
      await suspend(notice);
      expect((await noticeOf(notice.id)).state).toBe('SUSPENDED');
      const paper = at === 'SIGNED' ? [] : ['TAKE_DOWN_PAPER'];
      expect(await owed(notice.id)).toEqual(['REISSUE_NOTICE', ...paper].sort());
    });

    it('owes no other one where the period was over', async () => {
      const notice = await givenPlayed(village);
      house.clock.moveTo(addHours(now(), 24 * 9));
      await house.get(Timers).runDue();
      expect((await noticeOf(notice.id)).state).toBe('ENDED');
      await suspend(notice);
      expect(await owed(notice.id)).toEqual(['TAKE_DOWN_PAPER']);
    });

    it('refuses a draft, a moment that cannot be, and one that is down already; nothing changes', async () => {
      const draft = await givenPlayed(village, { at: 'DRAFT' });
      await unchanged(draft, () =>
        expect(suspend(draft)).rejects.toMatchObject({ code: 'NOTICE_NOT_PUBLIC' }),
      );
      const notice = await givenPlayed(village);
      await unchanged(notice, async () => {
        const wrong = { code: 'INCIDENT_TIME_WRONG' };
        await expect(suspend(notice, { noticedAt: addHours(now(), 1) })).rejects.toMatchObject(wrong);
        await expect(suspend(notice, { noticedAt: addHours(now(), -1) })).rejects.toMatchObject(wrong);
      });
      await suspend(notice);
      await unchanged(notice, () =>
        expect(suspend(notice)).rejects.toMatchObject({ code: 'NOTICE_NOT_PUBLIC' }),
      );
    });

    it('by ten at once is one incident', async () => {
      const notice = await givenPlayed(village);
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => suspend(notice)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect(outcome.reason).toMatchObject({ code: 'NOTICE_NOT_PUBLIC' });
    });

    it('wins against the end and an objection at the same moment', async () => {
      for (let round = 0; round < 5; round++) {
        const notice = await givenPlayed(village);
        house.clock.moveTo(addHours(now(), 24 * 9));
        const at = now();
        const inTime = new Date((notice.endsAt ?? at).getTime() - 1);
        const lodge = house
          .get(Transactions)
          .run((tx) => house.get(NoticesStore).holdUp(tx, notice.id, inTime));
        const [down] = await Promise.allSettled([
          suspend(notice),
          house.get(NoticesService).endDue(at),
          lodge,
        ]);
        expect(down.status).toBe('fulfilled');
        const after = await noticeOf(notice.id);
        expect(after.state).toBe('SUSPENDED');
        const told = played.told.filter(({ noticeId, state }) => noticeId === notice.id && state === 'ENDED');
        expect(told).toHaveLength(after.endedAt === null ? 0 : 1);
        if (after.openObjections > 0)
          await house.get(Transactions).run((tx) => house.get(NoticesStore).letGo(tx, notice.id));
      }
    });

    it('takes the corrections down that quote it, and drops the draft of one', async () => {
      const notice = await givenPlayed(village);
      const correction = await signedCorrection(notice);
      await hangPlayed(village, correction);
      const { noticeIds } = await suspend(notice);
      expect(noticeIds).toEqual([notice.id, correction]);
      expect((await noticeOf(correction)).state).toBe('SUSPENDED');
      expect(await owed(correction)).toEqual(['TAKE_DOWN_PAPER']);
      const first = await house.get(IncidentsQueries).ofNotice(notice.id);
      expect((await house.get(IncidentsQueries).ofNotice(correction))?.becauseOf).toBe(first?.id);

      const other = await givenPlayed(village);
      played.says.set(other.subjectId, () => ({
        kind: 'GRANT_POST',
        words: wordsOf({ items: wordsOf().items.map((item) => ({ ...item, cause: '火灾' })) }),
      }));
      const drafted = await house
        .get(CorrectionsService)
        .correct(as(village, 'clerk'), { noticeId: other.id });
      await suspend(other);
      expect((await noticeOf(drafted.noticeId)).state).toBe('DISCARDED');
      expect(await owed(drafted.noticeId)).toEqual([]);
    });

    it('is the reviewer’s too in the societies below, and elsewhere finds nothing', async () => {
      const notice = await givenPlayed(village);
      const reviewer = await givenOfficer(house, federationId, 'REVIEWER');
      const asked = { noticeId: notice.id, kind: 'CHILD', way: 'ABOVE', noticedAt: now() } as const;
      const elsewhere = await givenVillage(house);
      const service = house.get(IncidentsService);
      await unchanged(notice, () =>
        expect(service.suspend(as(elsewhere, 'secretary'), asked)).rejects.toMatchObject({
          kind: 'not-found',
        }),
      );
      await service.suspend(callerOf({ ...reviewer, societyId: federationId, roles: ['reviewer'] }), asked);
      expect((await house.get(IncidentsQueries).ofNotice(notice.id))?.bySocietyId).toBe(federationId);
    });
  });

  describe('what is done about it', () => {
    it('is written down once: the paper, and each who was told', async () => {
      const notice = await givenPlayed(village);
      await suspend(notice);
      const service = house.get(IncidentsService);
      house.clock.moveTo(addHours(now(), 1));
      const paper = { noticeId: notice.id, downAt: now(), places: 2, photo: await photo() };
      const downs = await Promise.allSettled(
        Array.from({ length: 10 }, () => service.recordPaperDown(as(village, 'clerk'), paper)),
      );
      expect(downs.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await owed(notice.id)).toEqual(['REISSUE_NOTICE']);
      const told = { noticeId: notice.id, kind: 'PERSON_TOLD', at: now() } as const;
      await service.note(as(village, 'secretary'), told);
      await expect(service.note(as(village, 'secretary'), told)).rejects.toMatchObject({
        code: 'INCIDENT_ALREADY_NOTED',
      });
      expect(await house.get(IncidentsQueries).ofNotice(notice.id)).toMatchObject({
        ...{ downAt: now(), places: 2 },
        notes: [{ kind: 'PERSON_TOLD', at: now() }],
      });
    });

    it('is refused for a notice that hangs, and for moments that cannot be', async () => {
      const service = house.get(IncidentsService);
      const hangs = await givenPlayed(village);
      const paper = { noticeId: hangs.id, downAt: now(), places: 1, photo: null };
      await unchanged(hangs, () =>
        expect(service.recordPaperDown(as(village, 'clerk'), paper)).rejects.toMatchObject({
          code: 'NOTICE_NOT_TAKEN_DOWN',
        }),
      );
      await suspend(hangs);
      await unchanged(hangs, async () => {
        for (const downAt of [addHours(now(), 1), addHours(now(), -1)])
          await expect(
            service.recordPaperDown(as(village, 'clerk'), { ...paper, downAt }),
          ).rejects.toMatchObject({ code: 'INCIDENT_TIME_WRONG' });
      });
    });

    it('is kept for good: no record of it can be changed or taken away', async () => {
      const tables = ['notice_incidents', 'notice_papers_down', 'notice_incident_notes'];
      for (const table of tables) {
        await expect(house.dataSource.query(`DELETE FROM ${table}`)).rejects.toThrow();
        await expect(house.dataSource.query(`UPDATE ${table} SET id = 'x'`)).rejects.toThrow();
      }
    });
  });

  describe('another one in its place', () => {
    const reissue = (noticeId: string, numberOnly: boolean) =>
      house.get(ReissuesService).reissue(as(village, 'clerk'), { noticeId, numberOnly });

    it.each([true, false])('has the words of today, by number alone: %s', async (numberOnly) => {
      const notice = await givenPlayed(village);
      await suspend(notice);
      const asked: boolean[] = [];
      played.says.set(notice.subjectId, (wanted) => {
        asked.push(wanted.numberOnly);
        const publishMode = wanted.numberOnly ? 'NUMBER_ONLY' : 'MASKED_NAME';
        return { kind: 'GRANT_POST', words: wordsOf({ publishMode }) };
      });
      const { noticeId } = await reissue(notice.id, numberOnly);
      expect(asked).toEqual([numberOnly]);
      expect(await owed(noticeId)).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      expect(await owed(notice.id)).toEqual(['TAKE_DOWN_PAPER']);
      await signPlayed(village, noticeId);
      house.clock.moveTo(addHours(now(), 24));
      await hangPlayed(village, noticeId);
      const again = await noticeOf(noticeId);
      expect(again).toMatchObject({ version: 2, state: 'RUNNING' });
      expect((again.firstDay ?? '') > (notice.firstDay ?? '')).toBe(true);
      expect(await house.get(NoticesQueries).relationsOf(notice.id)).toMatchObject([
        { relation: 'REISSUES', isLater: true, noticeId },
      ]);
      if (numberOnly) expect(JSON.stringify(again.issue?.content)).not.toMatch(/张\*三|三组/);
      house.clock.moveTo(addHours(now(), 24 * 9));
      await house.get(Timers).runDue();
      const told = played.told.filter(
        ({ subjectId, state }) => subjectId === notice.subjectId && state === 'ENDED',
      );
      expect(told).toMatchObject([{ noticeId, superseded: false }]);
    });

    it('lets the case go on, and nothing else does', async () => {
      const grant = await givenCase(village, { at: 'RUNNING' });
      await suspend({ id: grant.noticeId });
      const endedAt = async () =>
        (await house.get(CasesQueries).case(village.societyId, grant.caseId)).noticeEndedAt;
      const runOut = async (): Promise<void> => {
        house.clock.moveTo(addHours(now(), 24 * 9));
        await house.get(Timers).runDue();
      };
      await runOut();
      expect(await endedAt()).toBeNull();
      const { noticeId } = await reissue(grant.noticeId, true);
      await signPlayed(village, noticeId);
      await hangPlayed(village, noticeId);
      await runOut();
      expect(await endedAt()).toEqual((await noticeOf(noticeId)).endsAt);
      expect(JSON.stringify((await noticeOf(noticeId)).issue?.content)).toContain(`案号${grant.number}`);
    });

    it('is written once by ten at once', async () => {
      const notice = await givenPlayed(village);
      await suspend(notice);
      played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf() }));
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => reissue(notice.id, false)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect((outcome.reason as { code: string }).code).toMatch(
            /^NOTICE_(CANNOT_REISSUE|ALREADY_DRAFTED)$/,
          );
    });

    it('says the same where it names nobody and cannot be worded anew', async () => {
      const notice = await givenPlayed(village, { worded: WORDED.RESOLUTION });
      await suspend(notice);
      const { noticeId } = await reissue(notice.id, false);
      expect((await noticeOf(noticeId)).words).toEqual(notice.words);
    });

    it('is refused where it hangs, where a later one stands, for a correction, and where a name cannot be worded', async () => {
      const hangs = await givenPlayed(village);
      await unchanged(hangs, () =>
        expect(reissue(hangs.id, true)).rejects.toMatchObject({ code: 'NOTICE_NOT_TAKEN_DOWN' }),
      );
      const cannot = { code: 'NOTICE_CANNOT_REISSUE' };
      await suspend(hangs);
      await expect(reissue(hangs.id, true)).rejects.toMatchObject({
        ...cannot,
        details: { why: 'wordless' },
      });
      await givenPlayed(village, { subjectId: hangs.subjectId });
      await expect(reissue(hangs.id, true)).rejects.toMatchObject({
        ...cannot,
        details: { why: 'replaced' },
      });
      const corrected = await givenPlayed(village);
      const correction = await noticeOf(await signedCorrection(corrected));
      await suspend(correction);
      expect((await noticeOf(corrected.id)).state).toBe('RUNNING');
      await expect(reissue(correction.id, true)).rejects.toMatchObject({
        ...cannot,
        details: { why: 'correction' },
      });
    });
  });

  describe('when its time is over', () => {
    const withdraw = () => house.get(ExpiriesService).withdrawDue(now());
    const end = async (): Promise<void> => {
      house.clock.moveTo(addHours(now(), 24 * 9));
      await house.get(Timers).runDue();
    };

    it('a notice that names somebody is withdrawn ninety days after its end, to the millisecond, once', async () => {
      const notice = await givenPlayed(village);
      await end();
      const endedAt = (await noticeOf(notice.id)).endedAt ?? now();
      house.clock.moveTo(new Date(endedAt.getTime() + 90 * 24 * HOUR - 1));
      await withdraw();
      expect((await noticeOf(notice.id)).withdrawnAt).toBeNull();
      house.clock.moveTo(new Date(endedAt.getTime() + 90 * 24 * HOUR));
      const ticks = await Promise.all(Array.from({ length: 10 }, withdraw));
      expect(ticks.reduce((sum, { withdrawn }) => sum + withdrawn, 0)).toBeGreaterThan(0);
      expect((await noticeOf(notice.id)).withdrawnAt).toEqual(now());
      const [row] = await house.get(AuditQueries).thread(village.societyId, notice.threadId);
      expect(row).toMatchObject({ act: 'withdrawNotice', words: '公示内容到期撤下' });
      expect(await withdraw()).toEqual({ withdrawn: 0 });
    });

    it('one that names nobody stays, and one that was taken down is no longer asked', async () => {
      const byNumber = await givenPlayed(village, {
        worded: { kind: 'GRANT_POST', words: wordsOf({ publishMode: 'NUMBER_ONLY' }) },
      });
      const resolved = await givenPlayed(village, { worded: WORDED.RESOLUTION });
      const down = await givenPlayed(village);
      await end();
      for (const { id } of [byNumber, resolved, down]) expect((await noticeOf(id)).state).toBe('ENDED');
      await suspend(down);
      house.clock.moveTo(addHours(now(), 24 * 100));
      await withdraw();
      for (const { id } of [byNumber, resolved, down]) expect((await noticeOf(id)).withdrawnAt).toBeNull();
    });

    it('one that was withdrawn can still be taken down', async () => {
      const notice = await givenPlayed(village);
      await end();
      house.clock.moveTo(addHours(now(), 24 * 100));
      await withdraw();
      expect((await noticeOf(notice.id)).withdrawnAt).toEqual(now());
      await suspend(notice);
      expect(await noticeOf(notice.id)).toMatchObject({ state: 'SUSPENDED', withdrawnAt: null });
    });
  });

  describe('a correction by the office', () => {
    const correct = (noticeId: string) =>
      house.get(CorrectionsService).correct(as(village, 'clerk'), { noticeId });
    const says = (notice: Notice, change: Partial<ReturnType<typeof wordsOf>>) =>
      played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf(change) }));
    const group = (name: string) => ({ items: wordsOf().items.map((item) => ({ ...item, group: name })) });

    it('quotes both versions, is not signed by its author, and leaves the old one as it was', async () => {
      const notice = await givenPlayed(village);
      says(notice, group('柳溪村二组'));
      const { noticeId } = await correct(notice.id);
      const { wording } = await noticeOf(notice.id); // counts who quotes it too: none of its words have changed
      expect(await noticeOf(notice.id)).toEqual({ ...notice, wording });
      const drafted = await noticeOf(noticeId);
      expect(drafted.words).toMatchObject({
        basis: expect.stringContaining('经自查') as string,
        changes: [{ field: '救助对象·村组', was: '柳溪村三组', now: '柳溪村二组' }],
      });
      expect(drafted.authorPersonId).toBe(village.at.clerk.personId);
      expect(await owed(noticeId)).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      await signPlayed(village, noticeId);
      expect(await house.get(NoticesQueries).relationsOf(notice.id)).toMatchObject([
        { relation: 'CORRECTS', isLater: true, noticeId },
      ]);
    });

    it('of what was corrected before quotes the correction, and of nothing new is refused', async () => {
      const notice = await givenPlayed(village);
      says(notice, group('柳溪村二组'));
      const { noticeId } = await correct(notice.id);
      await signPlayed(village, noticeId);
      await expect(correct(notice.id)).rejects.toMatchObject({ code: 'NOTHING_TO_CORRECT' });
      says(notice, group('柳溪村五组'));
      const again = await correct(notice.id);
      expect((await noticeOf(again.noticeId)).words).toMatchObject({
        changes: [{ was: '柳溪村二组', now: '柳溪村五组' }],
      });
    });

    it('and the taking down at the same moment leave no draft that would quote it', async () => {
      for (let round = 0; round < 5; round++) {
        const notice = await givenPlayed(village);
        says(notice, group('柳溪村二组'));
        await Promise.allSettled([correct(notice.id), suspend(notice)]);
        expect((await noticeOf(notice.id)).state).toBe('SUSPENDED');
        const left = await house.get(NoticesQueries).ofSubject('played', notice.subjectId, 'CORRECTION');
        expect(left).toBeNull();
      }
    });

    it('and its signature at the moment of the taking down: never public when all is done', async () => {
      for (let round = 0; round < 5; round++) {
        const notice = await givenPlayed(village);
        says(notice, group('柳溪村二组'));
        const { noticeId } = await correct(notice.id);
        await Promise.allSettled([signPlayed(village, noticeId), suspend(notice)]);
        expect((await noticeOf(notice.id)).state).toBe('SUSPENDED');
        expect((await noticeOf(noticeId)).state).toMatch(/^(?:SUSPENDED|DISCARDED)$/);
      }
    });

    it('quotes nothing of a notice whose time is over, drafted before or not', async () => {
      const [before, after] = [await givenPlayed(village), await givenPlayed(village)];
      for (const notice of [before, after]) says(notice, group('柳溪村二组'));
      const { noticeId } = await correct(before.id);
      house.clock.moveTo(addHours(now(), 24 * 9));
      await house.get(Timers).runDue();
      house.clock.moveTo(addHours(now(), 24 * 100));
      await house.get(ExpiriesService).withdrawDue(now());
      const refused = { code: 'NOTICE_NOT_TO_CORRECT' };
      await expect(correct(after.id)).rejects.toMatchObject({ ...refused, details: { why: 'expired' } });
      await expect(signPlayed(village, noticeId)).rejects.toMatchObject(refused);
    });

    it('is drafted once by ten at once', async () => {
      const notice = await givenPlayed(village);
      says(notice, group('柳溪村二组'));
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => correct(notice.id)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('is refused where nothing has changed, for a draft, for one taken down, and where it would name again', async () => {
      const same = await givenPlayed(village);
      says(same, {});
      const wordless = await givenPlayed(village);
      const draft = await givenPlayed(village, { at: 'DRAFT' });
      const taken = await givenPlayed(village);
      await suspend(taken);
      const withdrawn = await givenPlayed(village);
      says(withdrawn, { publishMode: 'NUMBER_ONLY' });
      const refusals = [
        [same, 'NOTHING_TO_CORRECT'],
        [wordless, 'NOTHING_TO_CORRECT'],
        [draft, 'NOTICE_NOT_TO_CORRECT'],
        [taken, 'NOTICE_NOT_TO_CORRECT'],
        [withdrawn, 'NAME_NOT_TO_QUOTE'],
      ] as const;
      for (const [notice, code] of refusals)
        await unchanged(notice, () => expect(correct(notice.id)).rejects.toMatchObject({ code }));
      const subjectIds = refusals.map(([{ subjectId }]) => subjectId);
      for (const subjectId of subjectIds)
        expect(await house.get(NoticesQueries).ofSubject('played', subjectId, 'CORRECTION')).toBeNull();
      await expect(correct(randomUUID())).rejects.toMatchObject({ kind: 'not-found' });
    });
  });

  describe('a draft that is given up', () => {
    const discard = (noticeId: string, reason: 'OWN_CHECK' | 'EXPIRED' = 'OWN_CHECK', post: Post = 'clerk') =>
      house.get(DiscardsService).discard(as(village, post), { noticeId, reason });
    const correction = async (notice: Notice): Promise<string> => {
      const items = wordsOf().items.map((item) => ({ ...item, group: '柳溪村二组' }));
      played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf({ items }) }));
      const asked = { noticeId: notice.id };
      return (await house.get(CorrectionsService).correct(as(village, 'clerk'), asked)).noticeId;
    };
    const reissued = async (notice: Notice): Promise<string> => {
      await suspend(notice);
      played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf() }));
      const asked = { noticeId: notice.id, numberOnly: false };
      return (await house.get(ReissuesService).reissue(as(village, 'clerk'), asked)).noticeId;
    };

    it('of a correction leaves nothing owed, by ten at once once, and another may be drafted', async () => {
      const notice = await givenPlayed(village);
      const noticeId = await correction(notice);
      const said = await Promise.allSettled(Array.from({ length: 10 }, () => discard(noticeId)));
      const done = said.filter(({ status }) => status === 'fulfilled');
      expect(done).toMatchObject([{ value: { noticeId, owed: null } }]);
      for (const each of said)
        if (each.status === 'rejected')
          expect((each.reason as { code: string }).code).toMatch(/^NOTICE_(JUST_MOVED|NOT_DRAFT)$/);
      expect(await noticeOf(noticeId)).toMatchObject({ state: 'DISCARDED' });
      expect([await owed(noticeId), await owed(notice.id)]).toEqual([[], ['END_NOTICE']]);
      const [row] = await house.get(AuditQueries).thread(village.societyId, notice.threadId);
      expect(row).toMatchObject({ act: 'discardNotice', words: expect.stringContaining('自查') as string });
      expect(await correction(notice)).not.toBe(noticeId);
    });

    it('in the place of one taken down is owed again, by the day on which it was owed first', async () => {
      const notice = await givenPlayed(village);
      const due = async () =>
        (await house.get(DutiesQueries).open(village.societyId)).find(
          ({ kind: owes, subjectId }) => owes === 'REISSUE_NOTICE' && subjectId === notice.id,
        )?.dueAt;
      await suspend(notice);
      const first = await due();
      played.says.set(notice.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf() }));
      const asked = { noticeId: notice.id, numberOnly: false };
      const { noticeId } = await house.get(ReissuesService).reissue(as(village, 'clerk'), asked);
      expect(await due()).toBeUndefined();
      house.clock.moveTo(addHours(now(), 24 * 3));
      expect(await discard(noticeId)).toEqual({ noticeId, owed: 'REISSUE_NOTICE' });
      expect(first).toBeDefined();
      expect(await due()).toEqual(first);
      const again = await house.get(ReissuesService).reissue(as(village, 'clerk'), asked);
      await signPlayed(village, again.noticeId);
      expect(await noticeOf(again.noticeId)).toMatchObject({ version: 3, state: 'SIGNED' });
    });

    it('in the place of one whose period was over is owed no more than before', async () => {
      const notice = await givenPlayed(village);
      house.clock.moveTo(addHours(now(), 24 * 9));
      await house.get(Timers).runDue();
      const noticeId = await reissued(await noticeOf(notice.id));
      expect(await discard(noticeId)).toEqual({ noticeId, owed: null });
      expect(await owed(notice.id)).toEqual(['TAKE_DOWN_PAPER']);
    });

    it('is the way out where the time of what it corrects is over', async () => {
      const notice = await givenPlayed(village);
      const noticeId = await correction(notice);
      house.clock.moveTo(addHours(now(), 24 * 9));
      await house.get(Timers).runDue();
      house.clock.moveTo(addHours(now(), 24 * 100));
      await house.get(ExpiriesService).withdrawDue(now());
      await expect(signPlayed(village, noticeId)).rejects.toMatchObject({ code: 'NOTICE_NOT_TO_CORRECT' });
      expect(await discard(noticeId, 'EXPIRED')).toEqual({ noticeId, owed: null });
      expect(await owed(noticeId)).toEqual([]);
    });

    it('and the signature at the same moment: one of the two happens', async () => {
      for (let round = 0; round < 5; round++) {
        const noticeId = await correction(await givenPlayed(village));
        const [signed, given] = await Promise.allSettled([signPlayed(village, noticeId), discard(noticeId)]);
        expect([signed.status, given.status].sort()).toEqual(['fulfilled', 'rejected']);
        expect((await noticeOf(noticeId)).state).toBe(signed.status === 'fulfilled' ? 'SIGNED' : 'DISCARDED');
      }
    });

    it('is refused for a decision, for what was signed, and is not there for another society; nothing changes', async () => {
      const decision = await givenPlayed(village, { at: 'DRAFT' });
      const signed = await noticeOf(await signedCorrection(await givenPlayed(village)));
      for (const [notice, code] of [
        [decision, 'DRAFT_NOT_TO_DISCARD'],
        [signed, 'NOTICE_NOT_DRAFT'],
      ] as const)
        await unchanged(notice, () => expect(discard(notice.id)).rejects.toMatchObject({ code }));
      const draft = await noticeOf(await correction(await givenPlayed(village)));
      const elsewhere = await givenVillage(house);
      const asked = { noticeId: draft.id, reason: 'NOT_WANTED' } as const;
      await unchanged(draft, () =>
        expect(house.get(DiscardsService).discard(as(elsewhere, 'secretary'), asked)).rejects.toMatchObject({
          kind: 'not-found',
        }),
      );
    });
  });
});
