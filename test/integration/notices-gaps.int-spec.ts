import { DutiesQueries } from '../../src/duties/index.js';
import { Timers } from '../../src/house/timers.js';
import { addHours } from '../../src/kernel/day.js';
import { GapsService, IncidentsQueries, NoticesQueries, NoticesService } from '../../src/notices/index.js';
import type { Notice } from '../../src/notices/index.js';
import { NoticesStore } from '../../src/notices/notices.store.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { wordsOf } from '../support/notices.js';
import { givenPlayed, playSubject } from '../support/played-subject.js';
import { expectSound } from '../support/sound.js';
import { as, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

type Row = {
  posted: string;
  days: number;
  kind: 'natural' | 'working';
  gone: string;
  up: string;
  lastDay: string;
};

const at = (text: string) => new Date(`2026-${text}:00+08:00`);

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let shot: Buffer;

  const given = async (start: string): Promise<void> => {
    house = await givenHouse(kind, at(start).toISOString());
    village = await givenVillage(house);
    playSubject(house);
    shot = await photo();
  };
  const done = async (): Promise<void> => {
    await expectSound(house);
    await house.close();
  };

  const noticeOf = (id: string) => house.get(NoticesQueries).notice(village.societyId, id);
  const record = ({ id: noticeId }: Notice, gone: string, up: string) =>
    house.get(GapsService).recordGap(as(village, 'clerk'), {
      ...{ noticeId, goneAt: at(gone), upAt: at(up), reason: 'RAIN', photo: shot },
    });
  const dueOf = async (noticeId: string) =>
    (await house.get(DutiesQueries).open(village.societyId)).find(
      (duty) => duty.kind === 'END_NOTICE' && duty.subjectId === noticeId,
    )?.dueAt;

  describe('in a row of weeks with holidays', () => {
    beforeAll(() => given('03-09T08:40'));
    afterAll(done);

    it.each`
      posted           | days | kind         | gone             | up               | lastDay         | because
      ${'03-09T08:40'} | ${7} | ${'natural'} | ${'03-11T08:00'} | ${'03-12T08:00'} | ${'2026-03-16'} | ${'a day is not more than a day'}
      ${'03-17T08:40'} | ${7} | ${'natural'} | ${'03-19T08:00'} | ${'03-21T08:00'} | ${'2026-03-26'} | ${'two days lost, two days more'}
      ${'03-27T08:40'} | ${7} | ${'natural'} | ${'03-29T08:00'} | ${'03-31T08:00'} | ${'2026-04-07'} | ${'D4-26 3 April and 2 days are 5 April, a holiday (清明): the next working day is the 7th'}
      ${'04-22T08:40'} | ${7} | ${'natural'} | ${'04-24T08:00'} | ${'04-26T08:00'} | ${'2026-05-06'} | ${'D4-26 29 April and 2 days are 1 May: rolls behind the holiday'}
      ${'05-11T08:40'} | ${5} | ${'working'} | ${'05-13T08:00'} | ${'05-15T08:00'} | ${'2026-05-20'} | ${'what was lost is counted in natural days'}
    `('$because: to $lastDay', async ({ posted, days, kind: dayKind, gone, up, lastDay }: Row) => {
      house.clock.moveTo(at(posted));
      const words = wordsOf({ noticeDays: days, noticeDayKind: dayKind });
      const notice = await givenPlayed(village, { worded: { kind: 'GRANT_POST', words } });
      house.clock.moveTo(at(up));
      expect(await record(notice, gone, up)).toMatchObject({ lastDay });
      const after = await noticeOf(notice.id);
      expect(after.lastDay).toBe(lastDay);
      expect(await dueOf(notice.id)).toEqual(after.endsAt);
      house.clock.moveTo(new Date((after.endsAt?.getTime() ?? 0) - 1));
      await house.get(Timers).runDue();
      expect((await noticeOf(notice.id)).state).toBe('RUNNING');
      house.clock.advance({ seconds: 1 });
      await house.get(Timers).runDue();
      expect(await noticeOf(notice.id)).toMatchObject({ state: 'ENDED', lastDay });
    });
  });

  describe('in one week', () => {
    beforeAll(() => given('03-09T08:40'));
    afterAll(done);

    it('several add up, and each is kept with its photo', async () => {
      const notice = await givenPlayed(village);
      house.clock.moveTo(at('03-16T20:00'));
      await record(notice, '03-10T08:00', '03-11T20:00');
      await record(await noticeOf(notice.id), '03-12T08:00', '03-12T10:00');
      await record(await noticeOf(notice.id), '03-13T08:00', '03-15T09:00');
      const after = await noticeOf(notice.id);
      expect(after).toMatchObject({ extendedDays: 5, lastDay: '2026-03-21' });
      expect(after.photos).toHaveLength(4);
      expect((await house.get(IncidentsQueries).gaps(notice.id)).map(({ days }) => days)).toEqual([2, 0, 3]);
    });

    it('is written once by ten at once, and none that meets another', async () => {
      const notice = await givenPlayed(village);
      house.clock.moveTo(addHours(house.clock.now(), 60));
      const [gone, up] = [addHours(house.clock.now(), -50), addHours(house.clock.now(), -10)];
      const asked = { noticeId: notice.id, goneAt: gone, upAt: up, reason: 'TORN', photo: shot } as const;
      const once = () => house.get(GapsService).recordGap(as(village, 'clerk'), asked);
      const outcomes = await Promise.allSettled(Array.from({ length: 10 }, once));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect((outcome.reason as { code: string }).code).toMatch(/^NOTICE_(GAP_WRONG|JUST_MOVED)$/);
      const days = (await house.get(IncidentsQueries).gaps(notice.id)).map((gap) => gap.days);
      expect([days, (await noticeOf(notice.id)).extendedDays]).toEqual([[2], 2]);
    });

    it('refuses what cannot have been, and a notice whose period does not run; nothing changes', async () => {
      const notice = await givenPlayed(village);
      const service = house.get(GapsService);
      const from = house.clock.now();
      house.clock.moveTo(addHours(from, 48));
      const by = () => as(village, 'clerk');
      const asked = { noticeId: notice.id, reason: 'WIND', photo: shot } as const;
      const before = await noticeOf(notice.id);
      const refusals = [
        [{ goneAt: addHours(from, 30), upAt: addHours(from, 49) }, 'future'],
        [{ goneAt: addHours(from, -1), upAt: addHours(from, 40) }, 'before-posting'],
        [{ goneAt: addHours(from, 40), upAt: addHours(from, 30) }, 'backwards'],
      ] as const;
      for (const [span, why] of refusals)
        await expect(service.recordGap(by(), { ...asked, ...span })).rejects.toMatchObject({
          ...{ code: 'NOTICE_GAP_WRONG', details: { why } },
        });
      const span = { goneAt: addHours(from, 1), upAt: addHours(from, 40) };
      await expect(service.recordGap(by(), { ...asked, ...span, photo: null })).rejects.toMatchObject({
        code: 'NOTICE_PHOTO_NEEDED',
      });
      expect(await noticeOf(notice.id)).toEqual(before);
      const unseen = await givenPlayed(village, { at: 'POSTED' });
      await expect(service.recordGap(by(), { ...asked, ...span, noticeId: unseen.id })).rejects.toMatchObject(
        {
          code: 'NOTICE_NOT_RUNNING',
        },
      );
      const other = await givenVillage(house);
      await expect(service.recordGap(as(other, 'clerk'), { ...asked, ...span })).rejects.toMatchObject({
        kind: 'not-found',
      });
    });

    it('of a notice that an objection holds up costs nothing behind its last day', async () => {
      const notice = await givenPlayed(village);
      await house
        .get(Transactions)
        .run((tx) => house.get(NoticesStore).holdUp(tx, notice.id, house.clock.now()));
      const end = notice.endsAt ?? house.clock.now();
      house.clock.moveTo(addHours(end, 80));
      await house.get(NoticesService).endDue(house.clock.now());
      const service = house.get(GapsService);
      const asked = { noticeId: notice.id, reason: 'WIND', photo: shot } as const;
      const behind = { goneAt: addHours(end, 1), upAt: addHours(end, 70) };
      expect(await service.recordGap(as(village, 'clerk'), { ...asked, ...behind })).toEqual({
        days: 0,
        lastDay: notice.lastDay,
      });
      await house.get(Transactions).run((tx) => house.get(NoticesStore).letGo(tx, notice.id));
      await house.get(NoticesService).endDue(house.clock.now());
      expect((await noticeOf(notice.id)).state).toBe('ENDED');
    });

    it('is not lost to the timer that ends the notice at the same moment', async () => {
      for (let round = 0; round < 5; round++) {
        const notice = await givenPlayed(village);
        const end = notice.endsAt ?? house.clock.now();
        house.clock.moveTo(addHours(end, 1));
        const asked = { noticeId: notice.id, goneAt: addHours(end, -60), upAt: addHours(end, -2) };
        const [gap] = await Promise.allSettled([
          house.get(GapsService).recordGap(as(village, 'clerk'), { ...asked, reason: 'WIND', photo: shot }),
          house.get(NoticesService).endDue(house.clock.now()),
        ]);
        const { state, extendedDays } = await noticeOf(notice.id);
        expect([state, extendedDays]).toEqual(gap.status === 'fulfilled' ? ['RUNNING', 3] : ['ENDED', 0]);
      }
    });
  });
});
