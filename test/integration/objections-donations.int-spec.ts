import {
  ChangesOfUseService,
  DonationListService,
  GiftsService,
  UnknownMoneyService,
} from '../../src/donations/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { NoticesQueries, NoticesService, NoticeSubjects, StandingService } from '../../src/notices/index.js';
import type { Notice, NoticeKind } from '../../src/notices/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import {
  answer,
  askRefund,
  changeOf,
  givenAsking,
  propose as proposeChange,
  purseNamed,
  resolve,
  settle,
} from '../support/gift-refunds.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { assign, confirm, propose, raise, REDECIDED } from '../support/objections.js';
import { staysSound } from '../support/sound.js';
import { as, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

/** What becomes of gifts when somebody objects to what was published about them (domain.md 2.3, 2.4). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const noticeOf = async (subjectKind: string, subjectId: string): Promise<Notice> => {
    const found = await house.get(NoticesQueries).ofSubject(subjectKind, subjectId);
    if (!found) throw new Error('Nothing was drafted');
    return found;
  };
  const hang = async ({ id: noticeId }: Notice) => {
    const postedAt = house.clock.now();
    const notices = house.get(NoticesService);
    await notices.sign(as(village, 'chair'), { noticeId, plannedPostingOn: dayOf(postedAt) });
    const posting = { noticeId, place: '村委会公示栏', postedAt, photo: await photo() };
    await notices.recordPosting(as(village, 'secretary'), posting);
    return house.get(NoticesQueries).notice(village.societyId, noticeId);
  };
  /** By two who neither voted nor wrote anything down. */
  const upheld = async (notice: Notice) => {
    const raised = await raise(village, notice);
    const { otherCashier, reviewer } = village.at;
    await assign(village, raised, { inquirers: [otherCashier.personId, reviewer.personId] });
    await propose(village, raised, REDECIDED, 'otherCashier');
    return confirm(village, raised, { post: 'reviewer' });
  };
  const owed = async (subjectId: string) =>
    (await house.get(DutiesQueries).open(village.societyId))
      .filter((duty) => duty.subjectId === subjectId)
      .map((duty) => duty.kind);
  const wordsOf = async (subjectKind: string, subjectId: string, asked: NoticeKind, numberOnly = false) =>
    (
      await house
        .get(NoticeSubjects)
        .of(subjectKind)
        .wordsNow?.(village.societyId, subjectId, { kind: asked, numberOnly })
    )?.words;
  const free = async (name: string) => Number((await purseNamed(village, name)).freeFen);

  describe('a change of use', () => {
    it('stops where it is: what is held back is free again, and what has moved is to move back', async () => {
      const [asked, unasked] = [await givenDonor(village), await givenDonor(village)];
      for (const [amount, donorId] of [
        [20_000, asked],
        [30_000, unasked],
      ] as const)
        await give(village, amount, { donorId, intent: 'PURPOSE', purpose: '火灾' });
      const changeId = await givenAsking(village);
      await answer(village, changeId, 20_000, 'CONSENT');
      house.clock.advance({ days: 60 });
      await settle(village, changeId);
      expect(await changeOf(village, changeId)).toMatchObject({
        state: 'ASKING',
        movedFen: 20_000,
        frozenFen: 30_000,
      });
      const notice = await hang(await noticeOf('use-change', changeId));
      await upheld(notice);
      expect(await changeOf(village, changeId)).toMatchObject({
        state: 'DONE',
        frozenFen: 0,
        thawedFen: 30_000,
      });
      expect(await free('火灾')).toBe(30_000);
      expect(await owed(changeId)).toEqual(['DECIDE_ANEW']);
      expect((await noticeOf('use-change', changeId)).kind).toBe('CORRECTION');

      const back = {
        from: '救急难池',
        into: 'PURPOSE',
        intoPurpose: '火灾',
        useBefore: 'EMERGENCY',
        useAfter: 'DISASTER',
      } as const;
      // Another motion out of the same purse settles nothing, nor does asking: the board's word on the way back does.
      const elsewhere = await proposeChange(village, { ...back, intoPurpose: '突发疾病' });
      await resolve(village, elsewhere.roundId, 'no');
      expect(await owed(changeId)).toEqual(['DECIDE_ANEW']);
      const { roundId } = await proposeChange(village, back);
      expect(await owed(changeId)).toEqual(['DECIDE_ANEW']);
      await resolve(village, roundId);
      expect(await owed(changeId)).toEqual([]);
    });

    it('stays as it is where the money is used up: the supervisor says so, with a reason', async () => {
      await give(village, 20_000, { intent: 'PURPOSE', purpose: '火灾' });
      const { changeId, roundId } = await proposeChange(village);
      await resolve(village, roundId);
      const { objectionId } = await upheld(await hang(await noticeOf('use-change', changeId)));
      expect(await owed(changeId)).toEqual(['DECIDE_ANEW']);
      const asked = { objectionId, reason: 'NOTHING_LEFT' } as const;
      const letStand = (post: 'secretary' | 'supervisor') =>
        house.get(StandingService).letStand(as(village, post), asked);
      await expect(letStand('secretary')).rejects.toMatchObject({ code: 'NOT_THE_ASSIGNER' });
      expect(await owed(changeId)).toEqual(['DECIDE_ANEW']);
      await letStand('supervisor');
      expect(await owed(changeId)).toEqual([]);
      await expect(letStand('supervisor')).rejects.toMatchObject({ code: 'NOTHING_TO_DECIDE_ANEW' });
    });

    it('would say today what was signed', async () => {
      await give(village, 20_000, { intent: 'PURPOSE', purpose: '火灾' });
      const { changeId, roundId } = await proposeChange(village);
      await resolve(village, roundId);
      const { words } = await noticeOf('use-change', changeId);
      expect(await wordsOf('use-change', changeId, 'RESOLUTION')).toMatchObject(words);
      expect(await wordsOf('use-change', changeId, 'GRANT_POST')).toBeUndefined();
      await expect(
        house.get(ChangesOfUseService).callOffChange(as(village, 'secretary'), { changeId }),
      ).rejects.toMatchObject({ kind: 'conflict' });
    });
  });

  it('money for which nobody came, and then somebody does, may go back: the accountant owes it', async () => {
    const { giftId } = await house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
      ...{ amountFen: fen(50_000), receivedOn: dayOf(house.clock.now()), bankReference: null, note: '' },
    });
    house.clock.advance({ days: 91 });
    const { motionId, roundId } = await house
      .get(UnknownMoneyService)
      .askUnclaimed(as(village, 'secretary'), { giftId });
    await resolve(village, roundId);
    const notice = await noticeOf('unclaimed-money', motionId);
    expect(await wordsOf('unclaimed-money', motionId, 'RESOLUTION')).toMatchObject(notice.words);
    await upheld(await hang(notice));
    expect(await owed(giftId)).toEqual(['DECIDE_ANEW']);
    expect(await giftOf(village, giftId)).toMatchObject({ unspentFen: 50_000 });
    await askRefund(village, giftId, 50_000);
    expect(await owed(giftId)).toEqual([]);
  });

  describe('a list of donors', () => {
    const listed = async () => {
      const donorId = await givenDonor(village, { name: '欧阳慷慨', publishesName: true });
      await give(village, 88_800, { donorId });
      const { listId } = await house
        .get(DonationListService)
        .draftList(as(village, 'accountant'), { span: 'TODAY' });
      return { donorId, listId, notice: await noticeOf('donation-list', listId) };
    };

    it('would name whoever agrees, and nobody where it is asked so: the name stands in no word of it then', async () => {
      const { listId, notice } = await listed();
      expect(await wordsOf('donation-list', listId, 'DONATION_LIST')).toMatchObject(notice.words);
      const quiet = await wordsOf('donation-list', listId, 'DONATION_LIST', true);
      expect(quiet).toMatchObject({
        gifts: [{ giver: '爱心人士', amount: '888.00' }],
        forbidden: ['欧阳慷慨'],
      });
      expect(JSON.stringify({ ...quiet, forbidden: [] })).not.toContain('欧阳慷慨');
    });

    it('is no decision: an objection to it is upheld by correcting it, and by nothing else', async () => {
      const { listId, notice } = await listed();
      const hanging = await hang(notice);
      await expect(upheld(hanging)).rejects.toMatchObject({ code: 'LIST_IS_NO_DECISION' });
      expect((await noticeOf('donation-list', listId)).kind).toBe('DONATION_LIST');
      expect(await owed(listId)).toEqual([]);
    });

    it('is looked into by nobody who wrote it down', async () => {
      const { listId } = await listed();
      const subject = house.get(NoticeSubjects).of('donation-list');
      const faultOf = (personId: string) => subject.mayInquire?.(village.societyId, listId, personId);
      expect(await faultOf(village.at.accountant.personId)).toMatch(/登记捐赠/);
      expect(await faultOf(village.at.reviewer.personId)).toBeNull();
    });
  });
});
