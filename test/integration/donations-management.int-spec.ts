import { DutiesQueries } from '../../src/duties/index.js';
import {
  CampaignService,
  GiftsService,
  ManagementQueries,
  ManagementService,
  OpenBooksReading,
  TraceQueries,
} from '../../src/donations/index.js';
import { traceFault } from '../../src/donations/domain/trace.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { answer, askRefund, decideRefund, givenAsking, refund, settle } from '../support/gift-refunds.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let references = 0;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const service = () => house.get(ManagementService);
  const forFire = async (amountFen: number) =>
    give(village, amountFen, { donorId: await givenDonor(village), intent: 'PURPOSE', purpose: '火灾' });
  const record = async (giftId: string, sharePercent: number, of = village) =>
    service().recordTerms(as(of, 'accountant'), { giftId, sharePercent, paper: await photo() });
  const decide = (giftId: string, agrees = true) =>
    service().decideTerms(as(village, 'chair'), { giftId, agrees });
  const draw = (
    giftId: string,
    amountFen: number,
    more: { paidOn?: Day; bankReference?: string } = {},
    of = village,
  ) =>
    service().drawManagement(as(of, 'accountant'), {
      ...{ giftId, amountFen: fen(amountFen), purpose: 'OFFICE', paidOn: dayOf(house.clock.now()) },
      ...{ bankReference: `M-${String(++references)}`, ...more },
    });
  const owed = async () => (await house.get(DutiesQueries).open(village.societyId)).map((duty) => duty.kind);
  const fund = () => house.get(LedgerQueries).fund(village.societyId);

  /** A gift for 火灾 of which so much of a hundred may pay for the house. */
  async function givenAgreed(amountFen: number, sharePercent: number): Promise<string> {
    const giftId = await forFire(amountFen);
    await record(giftId, sharePercent);
    await decide(giftId);
    return giftId;
  }

  it('is agreed to by the chair, drawn by the accountant, and stands in books, trace and public as what it is', async () => {
    const giftId = await forFire(100_000);
    await record(giftId, 10);
    expect(await owed()).toContain('AGREE_MANAGEMENT');
    await expect(draw(giftId, 1)).rejects.toMatchObject({ code: 'MANAGEMENT_NOT_AGREED' });
    await decide(giftId);
    expect(await owed()).not.toContain('AGREE_MANAGEMENT');
    const { voucherNumbers, drawnFen } = await draw(giftId, 6_000);
    expect([voucherNumbers.length, Number(drawnFen)]).toEqual([1, 6_000]);

    const [row] = await house.get(ManagementQueries).drawsOf(giftId);
    const voucher = await house.get(LedgerQueries).voucher(village.societyId, row?.voucherId ?? '');
    expect(voucher.lines.map((line) => [line.account, Number(line.amountFen), line.restriction])).toEqual([
      ['5201', 6_000, '火灾'],
      ['1002', -6_000, '火灾'],
    ]);
    expect(await giftOf(village, giftId)).toMatchObject({
      ...{ usedFen: 6_000, managedFen: 6_000, unspentFen: 94_000, refundedFen: 0 },
    });
    const { trace } = await house.get(TraceQueries).ofGift(village.societyId, giftId);
    expect([traceFault(trace), trace.usedFen, trace.managedFen, trace.unspentFen]).toEqual([
      ...[null, 0, 6_000, 94_000],
    ]);
    const { boardCode } = village;
    const books = await house
      .get(OpenBooksReading)
      .read({ boardCode, purseCode: null, year: null, after: null });
    expect(books.ofAll).toMatchObject({ incomeFen: 100_000, spendingFen: 6_000, balanceFen: 94_000 });
    expect(books.causes).toEqual([{ cause: '管理费用', spentFen: 6_000, cases: 0 }]);
    expect(books.lines.map(({ words, amountFen }) => [words, Number(amountFen)])).toContainEqual([
      ...['管理费用', -6_000],
    ]);
  });

  it('D4-53 never pays of what its giver did not agree to: no word, one that waits, one that was refused', async () => {
    const silent = await forFire(100_000);
    await expect(draw(silent, 1)).rejects.toMatchObject({
      code: 'MANAGEMENT_NOT_AGREED',
      message: '捐赠人没有书面同意从这笔捐赠付管理费用，一分也不能付。',
    });
    const refused = await forFire(100_000);
    await record(refused, 10);
    await decide(refused, false);
    await expect(draw(refused, 1)).rejects.toMatchObject({ code: 'MANAGEMENT_NOT_AGREED' });
    expect(await fund()).toMatchObject({ balanceFen: 0 });
    expect(await giftOf(village, silent)).toMatchObject({ managedFen: 0, unspentFen: 100_000 });
    await record(refused, 5);
    await decide(refused);
    await draw(refused, 5_000);
  });

  it('draws the last fen of the share and not one more, and nothing changes where it refuses', async () => {
    const giftId = await givenAgreed(99_999, 10);
    await draw(giftId, 9_000);
    await expect(draw(giftId, 1_000)).rejects.toMatchObject({
      code: 'MANAGEMENT_OVER_SHARE',
      message: '约定最多付 10%，就是 99.99 元，还能付 9.99 元。',
    });
    const before = [await giftOf(village, giftId), await house.get(ManagementQueries).termsOf(giftId)];
    expect(before).toMatchObject([{ managedFen: 9_000 }, [{ drawnFen: 9_000 }]]);
    await draw(giftId, 999);
    await expect(draw(giftId, 1)).rejects.toMatchObject({ code: 'MANAGEMENT_OVER_SHARE' });
    expect(await giftOf(village, giftId)).toMatchObject({ managedFen: 9_999, unspentFen: 90_000 });
  });

  it('ten at once draw no more than the share, fen by fen', async () => {
    const giftId = await givenAgreed(100_000, 10);
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => draw(giftId, 3_000)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(refusalsIn(tries)).toMatchObject(Array(7).fill({ code: 'MANAGEMENT_OVER_SHARE' }));
    expect(await giftOf(village, giftId)).toMatchObject({ managedFen: 9_000, unspentFen: 91_000 });
  });

  it('takes one line of the bank once, ten at once too, and one agreement for a gift', async () => {
    const giftId = await givenAgreed(100_000, 10);
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => draw(giftId, 100, { bankReference: 'ONE-LINE' })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'MANAGEMENT_LINE_TAKEN' }));
    const fresh = await forFire(10_000);
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => record(fresh, 10)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refusalsIn(asked)).toMatchObject(Array(9).fill({ code: 'MANAGEMENT_TERMS_THERE' }));
    await expect(record(giftId, 20)).rejects.toMatchObject({ code: 'MANAGEMENT_TERMS_THERE' });
  });

  it('leaves what is promised, used or held back alone, whatever the share allows', async () => {
    const giftId = await givenAgreed(100_000, 20);
    await givenCase(village, { at: 'VOTING', cause: 'FIRE', amountFen: 85_000 });
    await expect(draw(giftId, 15_001)).rejects.toMatchObject({
      code: 'MANAGEMENT_OVER_UNSPENT',
      details: { freeFen: 15_000 },
    });
    const refundId = await askRefund(village, giftId, 10_000);
    await decideRefund(village, refundId);
    await expect(draw(giftId, 5_001)).rejects.toMatchObject({ code: 'MANAGEMENT_OVER_UNSPENT' });
    await draw(giftId, 5_000);
    expect(await giftOf(village, giftId)).toMatchObject({ managedFen: 5_000, frozenFen: 10_000 });
  });

  it('takes no share of what went back, and draws on each purse that the gift lies in', async () => {
    const giftId = await givenAgreed(100_000, 10);
    await refund(village, giftId, 40_000);
    await expect(draw(giftId, 6_001)).rejects.toMatchObject({
      message: '约定最多付 10%，就是 60.00 元，还能付 60.00 元。',
    });
    const changeId = await givenAsking(village);
    await answer(village, changeId, 60_000, 'CONSENT');
    await settle(village, changeId);
    expect((await draw(giftId, 6_000)).voucherNumbers).toHaveLength(1);
    const [row] = await house.get(ManagementQueries).drawsOf(giftId);
    const { lines } = await house.get(LedgerQueries).voucher(village.societyId, row?.voucherId ?? '');
    expect(lines.map(({ restriction }) => restriction)).toEqual(['none', 'none']);
  });

  it('and a refund of the same gift at once: never more than there is', async () => {
    const giftId = await givenAgreed(10_000, 20);
    await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 8_000 });
    const refundId = await askRefund(village, giftId, 2_000);
    const [drawn, held] = await Promise.allSettled([draw(giftId, 2_000), decideRefund(village, refundId)]);
    expect([drawn.status, held.status].sort()).toEqual(['fulfilled', 'rejected']);
    const { managedFen, frozenFen, unspentFen } = await giftOf(village, giftId);
    expect([managedFen + frozenFen, managedFen + unspentFen]).toEqual([2_000, 2_000]);
  });

  it.each`
    paidOn          | because
    ${'2026-03-01'} | ${'it was not agreed to yet'}
    ${'2026-03-03'} | ${'that day has not come'}
  `('is not paid on $paidOn: $because', async ({ paidOn }: { paidOn: Day }) => {
    const giftId = await givenAgreed(100_000, 10);
    await expect(draw(giftId, 100, { paidOn })).rejects.toMatchObject({ code: 'MANAGEMENT_PAID_ON_WRONG' });
    expect(await giftOf(village, giftId)).toMatchObject({ managedFen: 0 });
  });

  it('is agreed to by nobody who wrote it down, and never without a paper', async () => {
    const giftId = await forFire(100_000);
    await expect(
      service().recordTerms(as(village, 'accountant'), { giftId, sharePercent: 10, paper: null }),
    ).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    await record(giftId, 10);
    const { actor, key } = as(village, 'chair');
    const hats = { actor: { ...actor, personId: village.at.accountant.personId }, key };
    await expect(service().decideTerms(hats, { giftId, agrees: true })).rejects.toMatchObject({
      code: 'SAME_HANDS',
    });
    await decide(giftId);
    await expect(decide(giftId)).rejects.toMatchObject({ code: 'MANAGEMENT_TERMS_NOT_FOUND' });
  });

  it('is nothing for a fee, and goes with a gift that was mistyped', async () => {
    const fee = await give(village, 2_000, { nature: 'FEE' });
    await expect(record(fee, 10)).rejects.toMatchObject({ code: 'NOTHING_TO_MANAGE' });
    const mistyped = await forFire(100_000);
    await record(mistyped, 10);
    await house
      .get(GiftsService)
      .reverseGift(as(village, 'accountant'), { giftId: mistyped, reason: '打错了' });
    expect(await owed()).not.toContain('AGREE_MANAGEMENT');
    const drawn = await givenAgreed(100_000, 10);
    await draw(drawn, 1);
    await expect(
      house.get(GiftsService).reverseGift(as(village, 'accountant'), { giftId: drawn, reason: '打错了' }),
    ).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('of what a campaign brought is no more than its plan said to all who gave', async () => {
    const { campaignId } = await house.get(CampaignService).openCampaign(as(village, 'chair'), {
      ...{ kind: 'TARGETED', name: '会员互助募捐', planNumber: null, planFiledOn: null, isDisaster: false },
      ...{
        purposeWords: '给困难家庭应急。',
        targetFen: fen(500_000),
        adminPercent: 5,
        purpose: null,
        purseId: null,
      },
      ...{ intent: 'UNRESTRICTED', startsOn: dayOf(house.clock.now()) },
      endsOn: addDays(dayOf(house.clock.now()), 60),
    });
    const donorId = await givenDonor(village, { group: 'MEMBER' });
    const giftId = await give(village, 100_000, { donorId, campaignId });
    await expect(record(giftId, 6)).rejects.toMatchObject({
      code: 'MANAGEMENT_OVER_PLAN',
      message: '这笔钱是募捐来的，募捐方案里写的管理费用最多 5%。',
    });
    await record(giftId, 5);
    await decide(giftId);
    await draw(giftId, 5_000);
    expect(await giftOf(village, giftId)).toMatchObject({ managedFen: 5_000 });
  });

  it('D4-69 is not found by another society', async () => {
    const other = await givenVillage(house, { heldFen: 0 });
    const giftId = await givenAgreed(100_000, 10);
    const none = { code: 'GIFT_NOT_FOUND' };
    await expect(record(giftId, 10, other)).rejects.toMatchObject(none);
    await expect(draw(giftId, 1, {}, other)).rejects.toMatchObject(none);
    await expect(service().decideTerms(as(other, 'chair'), { giftId, agrees: true })).rejects.toMatchObject(
      none,
    );
  });
});
