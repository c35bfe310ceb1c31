import {
  ChangesOfUseQueries,
  ChangesOfUseService,
  GiftsService,
  TraceReading,
  UnknownMoneyService,
} from '../../src/donations/index.js';
import { traceBody } from '../../src/donations/trace/goods-trace.views.js';
import { RoundsService } from '../../src/board/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import type { Said } from '../../src/donations/domain/change-of-use.js';
import { dayWords } from '../../src/kernel/chinese/words.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import {
  answer,
  askRefund,
  callOff,
  changeOf,
  decideRefund,
  givenAsking,
  giverOf,
  markCampaign,
  markReceipt,
  payRefund,
  propose,
  purseNamed,
  refund,
  resolve,
  settle,
} from '../support/gift-refunds.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

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

  const forFire = async (amountFen: number, donorId: string | null) =>
    give(village, amountFen, { donorId, intent: 'PURPOSE', purpose: '火灾' });
  const free = async (name: string) => Number((await purseNamed(village, name)).freeFen);
  const changes = () => house.get(ChangesOfUseService);
  const noticeOf = (subjectKind: string, subjectId: string) =>
    house.get(NoticesQueries).ofSubject(subjectKind, subjectId);
  const owed = async (subjectId: string) =>
    (await house.get(DutiesQueries).open(village.societyId))
      .filter((duty) => duty.subjectId === subjectId)
      .map((duty) => duty.kind);
  const later = (days: number) => {
    house.clock.advance({ days });
  };

  describe('a change of use', () => {
    it('holds the rest back, asks each giver once, and moves, returns and waits as they say', async () => {
      const [anna, bo, chen, dan] = [
        await givenDonor(village),
        await givenDonor(village),
        await givenDonor(village),
        await givenDonor(village),
      ];
      const gifts = [
        await forFire(10_000, anna),
        await forFire(5_000, anna),
        await forFire(20_000, bo),
        await forFire(30_000, chen),
        await forFire(40_000, dan),
        await forFire(2_000, null),
      ];
      const changeId = await givenAsking(village);
      expect(await changeOf(village, changeId)).toMatchObject({ state: 'ASKING', frozenFen: 107_000 });
      expect([await free('火灾'), await free('救急难池')]).toEqual([0, 0]);
      expect(await owed(changeId)).toEqual(['ASK_GIVERS']);
      const givers = await house.get(ChangesOfUseQueries).giversOf(changeId);
      expect(givers.map(({ amountFen, answer: said }) => [Number(amountFen), said])).toEqual([
        [15_000, 'WAITING'],
        [20_000, 'WAITING'],
        [30_000, 'WAITING'],
        [40_000, 'WAITING'],
      ]);
      await answer(village, changeId, 15_000, 'CONSENT');
      await answer(village, changeId, 20_000, 'RETURN');
      await answer(village, changeId, 30_000, 'THINK');
      await expect(settle(village, changeId)).rejects.toMatchObject({
        code: 'ANSWERS_AWAITED',
        message: '还有 1 位捐赠人没有答复，2026年4月1日以前还要等他们。',
      });
      later(31);
      expect(await settle(village, changeId)).toMatchObject({
        state: 'ASKING',
        movedFen: 17_000,
        returnedFen: 20_000,
      });
      expect(await changeOf(village, changeId)).toMatchObject({
        ...{ movedFen: 17_000, returnedFen: 20_000, frozenFen: 70_000 },
      });
      expect([await free('火灾'), await free('救急难池')]).toEqual([0, 17_000]);
      expect(await giftOf(village, gifts[0] ?? '')).toMatchObject({ amountFen: 10_000, unspentFen: 10_000 });
      const notice = await noticeOf('use-change', changeId);
      expect(notice).toMatchObject({ kind: 'RESOLUTION', state: 'DRAFT' });
      expect(notice?.words).toMatchObject({
        resolution: {
          about: 'CHANGE_OF_USE',
          moved: { amount: '170.00' },
          from: 'DISASTER',
          to: 'EMERGENCY',
        },
      });

      const back = (await house.get(ChangesOfUseQueries).giversOf(changeId)).find(
        ({ answer: a }) => a === 'RETURN',
      );
      expect(back?.frozenFen).toBe(0);
      await expect(answer(village, changeId, 20_000, 'CONSENT')).rejects.toMatchObject({
        code: 'ANSWER_CARRIED_OUT',
      });
      // Whoever speaks later is heard: his word is carried out then, and the notice that waits has the new figure.
      await answer(village, changeId, 40_000, 'CONSENT');
      await settle(village, changeId);
      const redrafted = await noticeOf('use-change', changeId);
      expect(redrafted?.words).toMatchObject({ resolution: { moved: { amount: '570.00' } } });
      await expect(settle(village, changeId)).rejects.toMatchObject({ code: 'NOTHING_TO_SETTLE' });
      await callOff(village, changeId);
      expect(await changeOf(village, changeId)).toMatchObject({ state: 'DONE', thawedFen: 30_000 });
      expect([await free('火灾'), await free('救急难池')]).toEqual([30_000, 57_000]);
      expect(await owed(changeId)).toEqual([]);
      const plannedPostingOn = dayOf(house.clock.now());
      await house
        .get(NoticesService)
        .sign(as(village, 'chair'), { noticeId: redrafted?.id ?? '', plannedPostingOn });
    });

    it('makes of “return” a refund that is agreed to, for the cashier to pay', async () => {
      const giftId = await forFire(20_000, await givenDonor(village));
      const changeId = await givenAsking(village);
      await answer(village, changeId, 20_000, 'RETURN');
      expect(await settle(village, changeId)).toMatchObject({
        state: 'DONE',
        movedFen: 0,
        returnedFen: 20_000,
      });
      const [row] = await house.dataSource.query<{ id: string }[]>(
        'SELECT id FROM gift_refunds WHERE gift_id = ? AND state = ?',
        [giftId, 'APPROVED'],
      );
      const refundId = row?.id ?? '';
      expect(await owed(refundId)).toEqual(['PAY_REFUND']);
      await markReceipt(village, giftId, 'ISSUED');
      await expect(payRefund(village, refundId)).rejects.toMatchObject({ code: 'RECEIPT_STILL_OUT' });
      await markReceipt(village, giftId, 'DUE');
      await payRefund(village, refundId);
      expect(await giftOf(village, giftId)).toMatchObject({ refundedFen: 20_000, unspentFen: 0 });
      expect(await noticeOf('use-change', changeId)).toBeNull();
    });

    it('needs nobody’s word but the board’s where nobody can be asked, and moves at once, in the income of its kind', async () => {
      await forFire(20_000, null);
      const changeId = await givenAsking(village, {
        into: 'PURPOSE',
        intoPurpose: '就学',
        useAfter: 'SCHOOLING',
      });
      expect(await changeOf(village, changeId)).toMatchObject({ state: 'DONE', movedFen: 20_000 });
      expect([await free('火灾'), await free('就学')]).toEqual([0, 20_000]);
      expect(await owed(changeId)).toEqual([]);
      expect((await noticeOf('use-change', changeId))?.kind).toBe('RESOLUTION');

      const rich = await givenVillage(house, { heldFen: 50_000 });
      const { roundId } = await propose(rich, { from: '救急难池', into: 'PURPOSE', intoPurpose: '火灾' });
      await resolve(rich, roundId);
      const [voucher] = (await house.get(LedgerQueries).vouchers(rich.societyId, { limit: 1 })).rows;
      const { lines } = await house.get(LedgerQueries).voucher(rich.societyId, voucher?.id ?? '');
      const [opening] = await house.get(LedgerQueries).lots(rich.societyId);
      const account = opening?.source === 'SUBSIDY' ? '4401' : '3101';
      expect(lines.map((line) => [line.account, Number(line.amountFen), line.restriction])).toEqual([
        [account, 50_000, 'none'],
        ['1002', -50_000, 'none'],
        ['1002', 50_000, '火灾'],
        [account, -50_000, '火灾'],
      ]);
    });

    it('D4-53 moved money pays what it was moved for, and no more what it was given for', async () => {
      const giftId = await forFire(20_000, await givenDonor(village));
      const changeId = await givenAsking(village, { into: 'PURPOSE', intoPurpose: '突发疾病' });
      await answer(village, changeId, 20_000, 'CONSENT');
      await settle(village, changeId);
      await expect(
        givenCase(village, { at: 'VOTING', cause: 'FIRE', amountFen: 20_000 }),
      ).rejects.toMatchObject({
        code: 'FUND_CANNOT_COVER',
      });
      await givenCase(village, { at: 'PAID', cause: 'ILLNESS', amountFen: 15_000 });
      expect(await giftOf(village, giftId)).toMatchObject({
        amountFen: 20_000,
        usedFen: 15_000,
        unspentFen: 5_000,
      });
      await refund(village, giftId, 5_000);
      expect(await giftOf(village, giftId)).toMatchObject({
        usedFen: 15_000,
        unspentFen: 0,
        refundedFen: 5_000,
      });
    });

    it('leaves what is promised to cases to them, and what a campaign brought where its plan was not filed anew', async () => {
      const campaign = await forFire(20_000, await givenDonor(village));
      await forFire(50_000, await givenDonor(village));
      await givenCase(village, { at: 'VOTING', cause: 'FIRE', amountFen: 30_000 });
      await markCampaign(village, campaign, village.societyId);
      await expect(propose(village)).rejects.toMatchObject({ code: 'PLAN_NEEDED' });
      const changeId = await givenAsking(village, { planNumber: '募备2026-7' });
      expect(await changeOf(village, changeId)).toMatchObject({ frozenFen: 40_000 });
      const unasked = await house.get(ChangesOfUseQueries).unaskedOf(changeId);
      expect(unasked).toEqual([{ basis: 'FILING', lots: 1, amountFen: 20_000 }]);
      await callOff(village, changeId);
      expect(await changeOf(village, changeId)).toMatchObject({ state: 'DROPPED', thawedFen: 40_000 });
      await markCampaign(village, campaign, null);
    });

    it.each`
      choice   | few          | because
      ${'no'}  | ${undefined} | ${'the board said no'}
      ${'yes'} | ${2}         | ${'too few came'}
    `(
      'holds nothing back where $because',
      async ({ choice, few }: { choice: 'yes' | 'no'; few?: number }) => {
        await forFire(20_000, await givenDonor(village));
        const { changeId, roundId } = await propose(village);
        expect(await free('火灾')).toBe(20_000);
        await expect(propose(village)).rejects.toMatchObject({ code: 'CHANGE_OF_USE_ALREADY_OPEN' });
        await resolve(village, roundId, choice, few);
        if (few !== undefined) {
          house.clock.advance({ hours: 25 });
          await house.get(RoundsService).closeDue(house.clock.now());
        }
        expect(await changeOf(village, changeId)).toMatchObject({ state: 'DROPPED', frozenFen: 0 });
        expect(await free('火灾')).toBe(20_000);
        await propose(village);
      },
    );

    it('is settled once, and called off or settled, when ten press at once', async () => {
      await forFire(20_000, await givenDonor(village));
      const changeId = await givenAsking(village);
      await answer(village, changeId, 20_000, 'CONSENT');
      const tries = await Promise.allSettled([
        ...Array.from({ length: 8 }, () => settle(village, changeId)),
        ...Array.from({ length: 2 }, () => callOff(village, changeId)),
      ]);
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'CHANGE_OF_USE_MOVED_ON' }));
      const { movedFen, thawedFen, frozenFen } = await changeOf(village, changeId);
      expect([movedFen + thawedFen, frozenFen]).toEqual([20_000, 0]);
    });

    it('is answered by the giver himself through his link, once it is the newest, as often as he likes', async () => {
      await forFire(20_000, await givenDonor(village));
      const changeId = await givenAsking(village);
      const { id: giverId } = await giverOf(village, changeId, 20_000);
      const make = async () => {
        const { url } = await changes().makeLink(as(village, 'accountant'), { changeId, giverId });
        return url?.split('/').at(-1) ?? '';
      };
      const old = await make();
      const token = await make();
      const say = (by: string, said: 'CONSENT' | 'THINK', key: string) =>
        changes().answerByLink(key, { token: by, answer: said }, village.societyId);
      await expect(say(old, 'CONSENT', 'key-of-old-link')).rejects.toMatchObject({
        code: 'ANSWER_LINK_UNKNOWN',
      });
      await say(token, 'THINK', 'key-of-thinking');
      await expect(settle(village, changeId)).rejects.toMatchObject({ code: 'NOTHING_TO_SETTLE' });
      await say(token, 'CONSENT', 'key-of-consent');
      expect(await giverOf(village, changeId, 20_000)).toMatchObject({ answer: 'CONSENT', how: 'LINK' });
      await settle(village, changeId);
      await expect(say(token, 'THINK', 'key-of-regret')).rejects.toMatchObject({
        code: 'CHANGE_OF_USE_MOVED_ON',
      });
      const rows = await house.dataSource.query<{ token_hash: string }[]>(
        'SELECT token_hash FROM use_change_givers WHERE id = ?',
        [giverId],
      );
      expect(rows[0]?.token_hash).not.toContain(token);
    });

    it('what a giver pressed himself nobody writes over, but he himself by a new link', async () => {
      await forFire(20_000, await givenDonor(village));
      const changeId = await givenAsking(village);
      const { id: giverId } = await giverOf(village, changeId, 20_000);
      const say = async (said: Said) => {
        const { url } = await changes().makeLink(as(village, 'accountant'), { changeId, giverId });
        const token = url?.split('/').at(-1) ?? '';
        await changes().answerByLink(`key-of-${said}-link`, { token, answer: said }, village.societyId);
      };
      await answer(village, changeId, 20_000, 'CONSENT');
      await say('RETURN');
      const byLink = await giverOf(village, changeId, 20_000);
      for (const said of ['CONSENT', 'THINK'] as const)
        await expect(answer(village, changeId, 20_000, said)).rejects.toMatchObject({
          code: 'ANSWERED_BY_GIVER',
        });
      expect(await giverOf(village, changeId, 20_000)).toEqual(byLink);
      await say('THINK');
      expect(await giverOf(village, changeId, 20_000)).toMatchObject({ answer: 'THINK', how: 'LINK' });
    });

    it('tells the giver of what moved, and claims nobody’s consent', async () => {
      const giftId = await forFire(20_000, null);
      await givenAsking(village);
      const { events } = traceBody(await house.get(TraceReading).ofGift(village.societyId, giftId));
      const said = events.map(({ words }) => words.replaceAll('\u00a0', ' '));
      expect(said).toContain('变更用途：200.00 元 从“救急难池 · 火灾”转到“救急难池”');
      expect(said.join()).not.toContain('同意');
    });

    it('does not believe a consent without a paper', async () => {
      await forFire(20_000, await givenDonor(village));
      const changeId = await givenAsking(village);
      const { id: giverId } = await giverOf(village, changeId, 20_000);
      const say = (said: 'CONSENT' | 'THINK') =>
        changes().recordAnswer(as(village, 'accountant'), { changeId, giverId, answer: said, paper: null });
      await expect(say('CONSENT')).rejects.toMatchObject({ code: 'ANSWER_PAPER_NEEDED' });
      await say('THINK');
      expect(await giverOf(village, changeId, 20_000)).toMatchObject({ answer: 'THINK', how: 'PAPER' });
    });

    it('and a refund of the same gift: what is held back for the one is not free for the other', async () => {
      const giftId = await forFire(20_000, await givenDonor(village));
      const refundId = await askRefund(village, giftId, 5_000);
      await decideRefund(village, refundId);
      const changeId = await givenAsking(village);
      expect(await changeOf(village, changeId)).toMatchObject({ frozenFen: 15_000 });
      await payRefund(village, refundId);
      await expect(askRefund(village, giftId, 1)).rejects.toMatchObject({ code: 'REFUND_OVER_UNSPENT' });
      await answer(village, changeId, 15_000, 'CONSENT');
      await settle(village, changeId);
      expect(await giftOf(village, giftId)).toMatchObject({
        refundedFen: 5_000,
        unspentFen: 15_000,
        frozenFen: 0,
      });
      await refund(village, giftId, 15_000);
    });

    it.each`
      more                                                          | code                   | because
      ${{ into: 'PURPOSE', intoPurpose: '火灾' }}                   | ${'SAME_PURSE'}        | ${'it is the same money'}
      ${{ into: 'PURPOSE' }}                                        | ${'INTENT_UNCLEAR'}    | ${'a purpose is named'}
      ${{ into: 'FUND' }}                                           | ${'INTENT_UNCLEAR'}    | ${'a fund is chosen'}
      ${{ purseId: '0192f000-0000-7000-8000-00000000dead' }}        | ${'PURSE_UNFIT'}       | ${'it is nobody’s purse'}
      ${{ from: '救急难池', into: 'PURPOSE', intoPurpose: '就学' }} | ${'NOTHING_TO_CHANGE'} | ${'nothing lies in it'}
    `('refuses $more: $because', async ({ more, code }: { more: object; code: string }) => {
      await forFire(20_000, null);
      await expect(propose(village, more)).rejects.toMatchObject({ code });
      expect(await free('火灾')).toBe(20_000);
    });

    it('D4-69 does not find a change, a purse or a giver of another society', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      await give(other, 20_000, { donorId: await givenDonor(other), intent: 'PURPOSE', purpose: '火灾' });
      const changeId = await givenAsking(other);
      const none = { code: 'CHANGE_OF_USE_NOT_FOUND' };
      await expect(changeOf(village, changeId)).rejects.toMatchObject(none);
      await expect(settle(village, changeId)).rejects.toMatchObject(none);
      await expect(callOff(village, changeId)).rejects.toMatchObject(none);
      await forFire(10_000, await givenDonor(village));
      const own = await givenAsking(village);
      const { id: giverId } = await giverOf(other, changeId, 20_000);
      await expect(
        changes().makeLink(as(village, 'accountant'), { changeId: own, giverId }),
      ).rejects.toMatchObject({ code: 'GIVER_NOT_ASKED' });
      const foreign = (await purseNamed(other, '火灾')).id;
      await expect(propose(village, { purseId: foreign })).rejects.toMatchObject({ code: 'PURSE_UNFIT' });
    });
  });

  describe('money for which nobody came', () => {
    const unknown = async (amountFen: number) => {
      const { giftId } = await house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
        ...{ amountFen: fen(amountFen), receivedOn: dayOf(house.clock.now()), bankReference: null, note: '' },
      });
      return giftId;
    };
    const ask = (giftId: string, of = village) =>
      house.get(UnknownMoneyService).askUnclaimed(as(of, 'secretary'), { giftId });

    it('serves everybody after ninety days, as the board resolved, in public, and not a day before', async () => {
      const today = dayOf(house.clock.now());
      const giftId = await unknown(50_000);
      later(90);
      await expect(ask(giftId)).rejects.toMatchObject({
        code: 'STILL_WAITING',
        message: `来款登记以后要等满 90 天，${dayWords(addDays(today, 91))}起才能请理事会决定。`,
      });
      later(1);
      const { motionId, roundId } = await ask(giftId);
      expect(await free('救急难池')).toBe(0);
      await resolve(village, roundId);
      expect(await free('救急难池')).toBe(50_000);
      expect(await giftOf(village, giftId)).toMatchObject({
        ...{ state: 'RECEIVED', receiptState: 'NONE', donorId: null, unspentFen: 50_000 },
      });
      const notice = await noticeOf('unclaimed-money', motionId);
      expect(notice?.words).toMatchObject({
        resolution: {
          about: 'UNCLAIMED_MONEY',
          taken: { amount: '500.00' },
          receivedOn: dayWords(today),
          days: 90,
        },
      });
      expect((await owed(notice?.id ?? '')).sort()).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      expect(await owed(giftId)).toEqual([]);
      // Its giver came after all.
      await refund(village, giftId, 50_000);
    });

    it('stays his who is found while the board makes up its mind', async () => {
      const giftId = await unknown(50_000);
      later(91);
      const { motionId, roundId } = await ask(giftId);
      const donorId = await givenDonor(village);
      await house.get(GiftsService).identifyGift(as(village, 'accountant'), {
        ...{
          giftId,
          donorId,
          nature: 'GIFT',
          intent: 'PURPOSE',
          intentWords: '',
          purseId: null,
          purpose: '火灾',
        },
      });
      await resolve(village, roundId);
      expect(await giftOf(village, giftId)).toMatchObject({
        donorId,
        restriction: '火灾',
        receiptState: 'DUE',
      });
      expect(await noticeOf('unclaimed-money', motionId)).toBeNull();
    });

    it('is asked of the board once, ten at once too, and again where it said no', async () => {
      const giftId = await unknown(50_000);
      later(91);
      const tries = await Promise.allSettled(Array.from({ length: 10 }, () => ask(giftId)));
      const [made] = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'UNCLAIMED_ALREADY_ASKED' }));
      await resolve(village, made?.roundId ?? '', 'no');
      expect(await giftOf(village, giftId)).toMatchObject({ state: 'UNKNOWN' });
      const { roundId } = await ask(giftId);
      await resolve(village, roundId);
      expect(await giftOf(village, giftId)).toMatchObject({ state: 'RECEIVED' });
    });

    it('D4-69 is not found by another society', async () => {
      const giftId = await unknown(50_000);
      later(91);
      const other = await givenVillage(house, { heldFen: 0 });
      await expect(ask(giftId, other)).rejects.toMatchObject({ code: 'GIFT_NOT_FOUND' });
    });
  });
});
