import { DonorsQueries, DonorsService, GiftsQueries, GiftsService } from '../../src/donations/index.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries, LedgerService } from '../../src/ledger/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { givenFederation } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

const COMPANY = {
  kind: 'COMPANY',
  group: 'ENTERPRISE',
  name: '演示县柳编有限公司',
  uscc: '9144030071526726XG',
} as const;

type Unclear = { intent: 'PURPOSE' | 'FUND'; purpose: string | null; code: string };

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

  const gifts = () => house.get(GiftsService);
  const pool = async () => (await house.get(LedgerQueries).fund(village.societyId)).freeFen;
  const purses = async () =>
    Object.fromEntries(
      (await house.get(LedgerQueries).purses(village.societyId)).map((purse) => [
        purse.restriction === 'none' ? purse.fund : purse.restriction,
        Number(purse.balanceFen),
      ]),
    );

  it('books a gift into the pool as income, and opens its lot', async () => {
    const donorId = await givenDonor(village);
    const giftId = await give(village, 50_000, { donorId, method: 'CASH' });
    const gift = await giftOf(village, giftId);
    expect(gift).toMatchObject({ state: 'RECEIVED', receiptState: 'DUE', unspentFen: 50_000, usedFen: 0 });
    const voucher = await house.get(LedgerQueries).voucher(village.societyId, gift.voucherId ?? '');
    expect(voucher.lines.map(({ account, amountFen }) => [account, Number(amountFen)])).toEqual([
      ['1001', 50_000],
      ['4101', -50_000],
      ['1002', 50_000],
      ['1001', -50_000],
    ]);
    expect(await pool()).toBe(50_000);
  });

  it('D4-56 a fee is booked as a fee, and no receipt is due for it', async () => {
    const gift = await giftOf(village, await give(village, 2_000, { nature: 'FEE' }));
    expect(gift).toMatchObject({ nature: 'FEE', receiptState: 'NONE' });
    const voucher = await house.get(LedgerQueries).voucher(village.societyId, gift.voucherId ?? '');
    expect(voucher.lines.map(({ account }) => account)).toEqual(['1002', '4201']);
    expect(voucher.lot?.source).toBe('FEE');
    expect(await house.get(GiftsQueries).totals(village.societyId)).toMatchObject({
      gifts: 0,
      receiptsDue: 0,
    });
  });

  it('books nothing for a pledge, and what came in when it comes, which may be less', async () => {
    const donorId = await givenDonor(village);
    const { giftId } = await gifts().pledgeGift(as(village, 'accountant'), {
      ...{ donorId, intent: 'UNRESTRICTED', intentWords: '', purseId: null, purpose: null },
      ...{ amountFen: fen(100_000), pledgedOn: day('2026-03-01') },
    });
    expect(await pool()).toBe(0);
    await gifts().receivePledge(as(village, 'accountant'), {
      ...{ giftId, amountFen: fen(80_000), receivedOn: day('2026-03-02'), method: 'BANK' },
      ...{ bankReference: 'L-1', receivedBy: null },
    });
    expect(await pool()).toBe(80_000);
    expect(await giftOf(village, giftId)).toMatchObject({ state: 'RECEIVED', amountFen: 80_000 });
    await expect(gifts().endPledge(as(village, 'accountant'), { giftId })).rejects.toMatchObject({
      code: 'GIFT_MOVED_ON',
    });
  });

  it('D4-53 money given for schooling does not pay an emergency of illness, and pays one of schooling first', async () => {
    await give(village, 1_000_000, { intent: 'PURPOSE', purpose: '就学' });
    expect(await purses()).toEqual({ 救急难池: 0, 就学: 1_000_000 });
    await expect(givenCase(village, { at: 'VOTING', cause: 'ILLNESS' })).rejects.toMatchObject({
      code: 'FUND_CANNOT_COVER',
    });
    const school = await givenCase(village, { at: 'PAID', cause: 'SCHOOLING', amountFen: 100_000 });
    expect(school.amountFen).toBe(100_000);
    expect(await purses()).toEqual({ 救急难池: 0, 就学: 900_000 });
  });

  it('takes earmarked money first, and the rest of the pool', async () => {
    const forFire = await give(village, 30_000, { intent: 'PURPOSE', purpose: '火灾' });
    const forAny = await give(village, 500_000);
    await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 100_000 });
    expect(await giftOf(village, forFire)).toMatchObject({ usedFen: 30_000, unspentFen: 0 });
    expect(await giftOf(village, forAny)).toMatchObject({ usedFen: 70_000, unspentFen: 430_000 });
  });

  it('D4-57 money of an unknown giver is owed and promised to nobody until he is found', async () => {
    const { giftId } = await gifts().recordUnknown(as(village, 'accountant'), {
      ...{ amountFen: fen(50_000), receivedOn: day('2026-03-02'), bankReference: 'L-9', note: '附言不清' },
    });
    expect(await pool()).toBe(0);
    await expect(givenCase(village, { at: 'VOTING', amountFen: 50_000 })).rejects.toMatchObject({
      code: 'FUND_CANNOT_COVER',
    });
    const donorId = await givenDonor(village);
    const claimed = await gifts().identifyGift(as(village, 'accountant'), {
      ...{
        giftId,
        donorId,
        nature: 'GIFT',
        intent: 'SOCIETY',
        intentWords: '',
        purseId: null,
        purpose: null,
      },
    });
    expect(claimed.giftId).toBe(giftId);
    expect(await pool()).toBe(50_000);
    expect(await giftOf(village, giftId)).toMatchObject({ state: 'RECEIVED', receiptState: 'DUE', donorId });
  });

  it('D4-59 a gift to a society whose money a federation holds stands in both books, and no income of the federation', async () => {
    const federationId = await givenFederation(house);
    const held = await givenVillage(house, {
      heldFen: 0,
      parentId: federationId,
      custody: 'HELD_BY_FEDERATION',
    });
    await give(held, 50_000, { intent: 'PURPOSE', purpose: '火灾' });
    await give(held, 70_000);
    await givenCase(held, { at: 'PAID', cause: 'FIRE', amountFen: 100_000 });
    const books = house.get(LedgerQueries);
    expect(await books.heldFor(federationId)).toMatchObject([{ societyId: held.societyId, heldFen: 20_000 }]);
    expect(await books.lots(federationId)).toEqual([]);
    expect((await books.fund(federationId)).balanceFen).toBe(0);
  });

  it('takes a line of the bank statement once, ten at once too', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => give(village, 1_000, { bankReference: 'SAME' })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'BANK_LINE_TAKEN' }));
    expect(await pool()).toBe(1_000);
  });

  it('takes a line of the bank statement once, whether it came as income of the ledger or as somebody’s gift', async () => {
    const income = {
      kind: 'SUBSIDY',
      amountFen: fen(1_000),
      receivedOn: day('2026-03-02'),
      note: '',
    } as const;
    const asIncome = (bankReference: string) =>
      house.get(LedgerService).receive(as(village, 'accountant'), { ...income, bankReference });
    await give(village, 1_000, { bankReference: 'ONE-1' });
    await expect(asIncome('ONE-1')).rejects.toMatchObject({ code: 'ALREADY_BOOKED' });
    const { voucherId } = await asIncome('ONE-2');
    await expect(give(village, 1_000, { bankReference: 'ONE-2' })).rejects.toMatchObject({
      code: 'BANK_LINE_TAKEN',
    });
    await house.get(LedgerService).reverseInflow(as(village, 'accountant'), { voucherId, reason: '是捐款' });
    await give(village, 1_000, { bankReference: 'ONE-2' });
    expect(await pool()).toBe(2_000);
  });

  it('strikes at the ledger’s door what was booked there, and nothing that was given, claimed or moved', async () => {
    const strike = async (giftId: string) => {
      const { voucherId } = await giftOf(village, giftId);
      return house
        .get(LedgerService)
        .reverseInflow(as(village, 'accountant'), { voucherId: voucherId ?? '', reason: '走错门' });
    };
    const fee = await give(village, 2_000, { nature: 'FEE', bankReference: 'FEE-1' });
    await expect(strike(fee)).rejects.toMatchObject({ code: 'NOT_AN_INFLOW' });
    const { giftId } = await gifts().recordUnknown(as(village, 'accountant'), {
      ...{ amountFen: fen(3_000), receivedOn: day('2026-03-02'), bankReference: 'FEE-2', note: '' },
    });
    await gifts().identifyGift(as(village, 'accountant'), {
      ...{ giftId, donorId: null, nature: 'FEE', intent: 'UNRESTRICTED', intentWords: '' },
      ...{ purseId: null, purpose: null },
    });
    await expect(strike(giftId)).rejects.toMatchObject({ code: 'NOT_AN_INFLOW' });
    expect(await pool()).toBe(5_000);
  });

  it('lets nobody book income into the purse of unknown givers', async () => {
    await gifts().recordUnknown(as(village, 'accountant'), {
      ...{ amountFen: fen(3_000), receivedOn: day('2026-03-02'), bankReference: null, note: '' },
    });
    const [unclaimed] = (await house.get(LedgerQueries).purses(village.societyId)).filter(
      ({ fund }) => fund === '待认领来款',
    );
    const income = {
      kind: 'SUBSIDY',
      amountFen: fen(1_000),
      receivedOn: day('2026-03-02'),
      note: '',
    } as const;
    await expect(
      house
        .get(LedgerService)
        .receive(as(village, 'accountant'), { ...income, purseId: unclaimed?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'PURSE_NOT_FOUND' });
  });

  it('keeps the narrower consent when two records become one, and never makes one of two names', async () => {
    const [keptId, goneId, otherId] = [
      await givenDonor(village, { name: '顾一人', publishesName: true }),
      await givenDonor(village, { name: '顾一人', publishesName: false }),
      await givenDonor(village, { name: '顾别人' }),
    ];
    const merge = (gone: string) =>
      house.get(DonorsService).mergeDonors(as(village, 'accountant'), { keptId, goneId: gone });
    await expect(merge(otherId)).rejects.toMatchObject({ code: 'DONORS_DIFFER' });
    await merge(goneId);
    expect(await house.get(DonorsQueries).donor(village.societyId, keptId)).toMatchObject({
      publishesName: false,
    });
  });

  it('does not write an old form over what the donor has said since', async () => {
    const donorId = await givenDonor(village, { name: '顾改口', publishesName: true });
    const facts = {
      donorId,
      kind: 'PERSON',
      group: 'CARING',
      name: '顾改口',
      uscc: null,
      phone: null,
      homePlace: '柳溪村',
    } as const;
    const { version } = await house.get(DonorsQueries).donor(village.societyId, donorId);
    const save = (publishesName: boolean) =>
      house.get(DonorsService).changeDonor(as(village, 'accountant'), { ...facts, publishesName, version });
    await save(false);
    await expect(save(true)).rejects.toMatchObject({ code: 'DONOR_CHANGED_MEANWHILE' });
  });

  it.each(['顾大江13812345678', '顾大江 138-1234-5678'])(
    'takes no number as part of a name: %s',
    async (name) => {
      await expect(givenDonor(village, { name })).rejects.toMatchObject({ code: 'DONOR_NAME_UNFIT' });
    },
  );

  it('takes a mistyped gift back whole while nothing of it is used, and its bank line is free again', async () => {
    const giftId = await give(village, 10_000, { bankReference: 'TYPO' });
    await gifts().reverseGift(as(village, 'accountant'), { giftId, reason: '金额多打一个 0' });
    expect(await giftOf(village, giftId)).toMatchObject({ state: 'ENDED', unspentFen: 0 });
    const again = await give(village, 1_000_000, { bankReference: 'TYPO' });
    await givenCase(village, { at: 'PAID', amountFen: 100_000 });
    await expect(
      gifts().reverseGift(as(village, 'accountant'), { giftId: again, reason: '再来一次' }),
    ).rejects.toMatchObject({ code: 'INFLOW_USED' });
  });

  it('keeps a company once by its code, and merges two records of one person, once', async () => {
    await givenDonor(village, COMPANY);
    await expect(givenDonor(village, COMPANY)).rejects.toMatchObject({ code: 'USCC_ALREADY_KNOWN' });
    const [keptId, goneId] = [
      await givenDonor(village, { name: '顾双双' }),
      await givenDonor(village, { name: '顾双双' }),
    ];
    await give(village, 5_000, { donorId: goneId });
    expect((await house.get(DonorsQueries).alike(village.societyId, keptId)).map(({ id }) => id)).toEqual([
      goneId,
    ]);
    const merge = () => house.get(DonorsService).mergeDonors(as(village, 'accountant'), { keptId, goneId });
    const tries = await Promise.allSettled([merge(), merge(), merge()]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await house.get(DonorsQueries).donor(village.societyId, keptId)).toMatchObject({
      gifts: 1,
      givenFen: 5_000,
    });
    await expect(give(village, 1_000, { donorId: goneId })).rejects.toMatchObject({ code: 'DONOR_MERGED' });
  });

  it('D4-69 does not find a donor or a gift of another society', async () => {
    const other = await givenVillage(house, { heldFen: 0 });
    const donorId = await givenDonor(other);
    await expect(give(village, 1_000, { donorId })).rejects.toMatchObject({ code: 'DONOR_NOT_FOUND' });
    const giftId = await give(other, 1_000, { donorId });
    await expect(giftOf(village, giftId)).rejects.toMatchObject({ code: 'GIFT_NOT_FOUND' });
  });

  it.each`
    intent       | purpose                | code                | because
    ${'PURPOSE'} | ${null}                | ${'INTENT_UNCLEAR'} | ${'a purpose is named'}
    ${'PURPOSE'} | ${'给张三的 3 岁孩子'} | ${'PURPOSE_UNFIT'}  | ${'a word becomes the name of a purse, and no sentence about somebody'}
    ${'FUND'}    | ${null}                | ${'INTENT_UNCLEAR'} | ${'a fund is chosen'}
  `('refuses an intent of $intent: $because', async ({ intent, purpose, code }: Unclear) => {
    await expect(give(village, 1_000, { intent, purpose })).rejects.toMatchObject({ code });
    expect(await purses()).toEqual({ 救急难池: 0 });
  });
});
