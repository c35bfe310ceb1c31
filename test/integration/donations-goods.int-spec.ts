import { GiftsService, GoodsQueries, GoodsService } from '../../src/donations/index.js';
import type { GoodsOut } from '../../src/donations/goods/goods.service.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { kinds } from '../support/databases.js';
import { givenDonor, giftOf } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 1_000_000 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const goods = () => house.get(GoodsService);
  const queries = () => house.get(GoodsQueries);
  const today = () => dayOf(house.clock.now());
  const received = async (expiresOn: Day | null = null, donorId: string | null = null) => {
    const { deliveryId } = await goods().receiveGoods(as(village, 'clerk'), {
      ...{ donorId, campaignId: null, receivedOn: today(), intentWords: '给着火的人家' },
      lines: [
        { name: '大米', quantity: 20, unit: '袋', expiresOn },
        { name: '棉被', quantity: 10, unit: '床', expiresOn: null },
      ],
    });
    return deliveryId;
  };
  const inspected = async (expiresOn: Day | null = null, accepted: readonly [number, number] = [20, 10]) => {
    const deliveryId = await received(expiresOn);
    await goods().inspectGoods(as(village, 'supervisor'), {
      ...{ deliveryId, finding: null },
      found: [
        { accepted: accepted[0], expiresOn },
        { accepted: accepted[1], expiresOn: null },
      ],
    });
    return deliveryId;
  };
  const valued = async (deliveryId: string, prices: readonly number[] = [6_000, 10_000]) =>
    goods().valueGoods(as(village, 'accountant'), {
      deliveryId,
      values: prices.map((price) => ({ unitValueFen: fen(price), evidence: 'INVOICE' as const })),
    });
  const stocked = async (expiresOn: Day | null = null, accepted?: readonly [number, number]) => {
    const deliveryId = await inspected(expiresOn, accepted);
    await valued(deliveryId);
    const { giftId } = await goods().stockGoods(as(village, 'accountant'), { deliveryId });
    const [rice, quilts] = await queries().items(deliveryId);
    return { deliveryId, giftId, rice: rice?.id ?? '', quilts: quilts?.id ?? '' };
  };
  const paidCase = async () => {
    const { number, caseId } = await givenCase(village, { at: 'PAID', amountFen: 50_000 });
    return { number, caseId };
  };
  const issue = (itemId: string, caseNumber: string, more: Partial<GoodsOut> = {}, of = village) =>
    goods().issueGoods(as(of, 'clerk'), {
      itemId,
      quantity: 1,
      caseNumber,
      isNoKin: true,
      slip: null,
      ...more,
    });
  const linesOf = async (voucherId: string | null) =>
    (await house.get(LedgerQueries).voucher(village.societyId, voucherId ?? '')).lines.map(
      ({ account, amountFen, threadId }) => [account, Number(amountFen), threadId],
    );
  const inStock = async (itemId: string) => (await queries().item(village.societyId, itemId)).inStock;

  it('books goods at their value when they are taken in, and touches no purse and no lot', async () => {
    const before = await house.get(LedgerQueries).fund(village.societyId);
    const lots = (await house.get(LedgerQueries).lots(village.societyId)).length;
    const { deliveryId, giftId, rice } = await stocked();
    expect(await giftOf(village, giftId)).toMatchObject({
      ...{ form: 'GOODS', amountFen: 220_000, state: 'RECEIVED', receiptState: 'DUE', unspentFen: 0 },
    });
    const delivery = await queries().delivery(village.societyId, deliveryId);
    expect(await linesOf(delivery.voucherId)).toEqual([
      ['1201', 220_000, null],
      ['4101', -220_000, null],
    ]);
    expect(await inStock(rice)).toBe(20);
    expect(await house.get(LedgerQueries).fund(village.societyId)).toEqual(before);
    expect(await house.get(LedgerQueries).lots(village.societyId)).toHaveLength(lots);
    const owed = await house.get(DutiesQueries).open(village.societyId);
    expect(owed.map((duty) => [duty.kind, duty.subjectId])).toContainEqual(['ISSUE_RECEIPT', giftId]);
    await expect(
      house.get(GiftsService).reverseGift(as(village, 'accountant'), { giftId, reason: '试试' }),
    ).rejects.toMatchObject({ code: 'GIFT_NOT_MISTYPED' });
  });

  it('has them looked over by another than whoever took them in', async () => {
    const deliveryId = await received();
    const found = [
      { accepted: 20, expiresOn: null },
      { accepted: 9, expiresOn: null },
    ];
    const look = (post: 'clerk' | 'secretary') =>
      goods().inspectGoods(as(village, post), { deliveryId, found, finding: '棉被少一床' });
    await expect(look('clerk')).rejects.toMatchObject({ code: 'GOODS_SAME_HANDS' });
    expect((await queries().delivery(village.societyId, deliveryId)).state).toBe('RECEIVED');
    await look('secretary');
    await expect(look('secretary')).rejects.toMatchObject({ code: 'GOODS_MOVED_ON' });
    expect((await queries().items(deliveryId)).map(({ accepted }) => accepted)).toEqual([20, 9]);
  });

  it('takes in nothing that is not looked over and valued, and nothing that expired', async () => {
    const deliveryId = await received();
    const stock = () => goods().stockGoods(as(village, 'accountant'), { deliveryId });
    await expect(stock()).rejects.toMatchObject({ code: 'GOODS_MOVED_ON' });
    await expect(valued(deliveryId)).rejects.toMatchObject({ code: 'GOODS_MOVED_ON' });
    await expect(inspected(addDays(today(), -1))).rejects.toMatchObject({ code: 'GOODS_EXPIRED' });
    const seen = await inspected();
    await expect(valued(seen, [6_000])).rejects.toMatchObject({ code: 'GOODS_LINE_WRONG' });
    await expect(valued(seen, [0, 0])).rejects.toMatchObject({ code: 'GOODS_WORTH_NOTHING' });
    await expect(goods().stockGoods(as(village, 'accountant'), { deliveryId: seen })).rejects.toMatchObject({
      code: 'GOODS_MOVED_ON',
    });
    expect(await queries().stock(village.societyId)).toEqual([]);
  });

  it('ends a delivery of which nothing can be taken, and books nothing of it', async () => {
    const deliveryId = await inspected(addDays(today(), -1), [0, 0]);
    expect(await queries().delivery(village.societyId, deliveryId)).toMatchObject({
      state: 'REFUSED',
      giftId: null,
    });
    await expect(valued(deliveryId)).rejects.toMatchObject({ code: 'GOODS_MOVED_ON' });
  });

  it('issues by the piece to a case beside its money, with the slip, and books it as a cost of the case', async () => {
    const { rice } = await stocked();
    const { number, caseId } = await paidCase();
    const { inStock: left } = await issue(rice, number, { quantity: 3, slip: await photo() });
    expect(left).toBe(17);
    const [, out] = await queries().moves(rice);
    expect(out).toMatchObject({ kind: 'ISSUED', quantity: 3, amountFen: 18_000, threadId: caseId, number });
    expect(out?.slipId).toEqual(expect.any(String));
    expect(await linesOf(out?.voucherId ?? null)).toEqual([
      ['5101', 18_000, caseId],
      ['1201', -18_000, caseId],
    ]);
  });

  it('issues nothing before the case is decided, to no case of another society, and to nobody’s kin', async () => {
    const { rice } = await stocked();
    const early = await givenCase(village, { at: 'VERIFIED', applicant: { name: '蒋早早' } });
    await expect(issue(rice, early.number)).rejects.toMatchObject({ code: 'RECIPIENT_NOT_APPROVED' });
    await expect(issue(rice, '2026-9999')).rejects.toMatchObject({ code: 'RECIPIENT_NOT_FOUND' });
    const { number } = await paidCase();
    await expect(issue(rice, number, { isNoKin: false })).rejects.toMatchObject({ code: 'KIN_NOT_EXCLUDED' });
    expect(await inStock(rice)).toBe(20);
  });

  it('D4-69 does not find goods or cases of another society', async () => {
    const { rice, deliveryId } = await stocked();
    const other = await givenVillage(house, { heldFen: 1_000_000 });
    const foreign = await givenCase(other, { at: 'PAID', amountFen: 50_000 });
    await expect(issue(rice, foreign.number, {}, other)).rejects.toMatchObject({ code: 'GOODS_NOT_FOUND' });
    await expect(queries().delivery(other.societyId, deliveryId)).rejects.toMatchObject({
      code: 'GOODS_NOT_FOUND',
    });
    await expect(
      goods().disposeGoods(as(other, 'secretary'), { itemId: rice, quantity: 1, reason: '试试' }),
    ).rejects.toMatchObject({ code: 'GOODS_NOT_FOUND' });
    const donorId = await givenDonor(other);
    await expect(received(null, donorId)).rejects.toMatchObject({ code: 'DONOR_NOT_FOUND' });
    expect(await inStock(rice)).toBe(20);
  });

  it('never gives out more than is there, ten at once', async () => {
    const { quilts } = await stocked(null, [20, 10]);
    const { number } = await paidCase();
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => issue(quilts, number, { quantity: 3 })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(refusalsIn(tries)).toMatchObject(Array(7).fill({ code: 'STOCK_SHORT' }));
    expect(await inStock(quilts)).toBe(1);
  });

  it('is taken in once, when ten press together', async () => {
    const deliveryId = await inspected();
    await valued(deliveryId);
    const press = () => goods().stockGoods(as(village, 'accountant'), { deliveryId });
    const tries = await Promise.allSettled(Array.from({ length: 10 }, press));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'GOODS_MOVED_ON' }));
  });

  it('asks somebody to look thirty days before it expires, once, and issues nothing that has expired', async () => {
    const { rice } = await stocked(addDays(today(), 40));
    const owed = async () =>
      (await house.get(DutiesQueries).open(village.societyId)).filter(
        (duty) => duty.kind === 'CHECK_GOODS' && duty.subjectId === rice,
      );
    await goods().checkDue(house.clock.now());
    expect(await owed()).toEqual([]);
    house.clock.advance({ hours: 24 * 10 });
    const wakes = [goods().checkDue(house.clock.now()), goods().checkDue(house.clock.now())];
    await Promise.all(wakes);
    const [duty, ...more] = await owed();
    expect(more).toEqual([]);
    expect(dayOf(new Date((duty?.dueAt.getTime() ?? 0) - 3_600_001))).toBe(addDays(today(), 30));
    const { number } = await paidCase();
    await issue(rice, number, { quantity: 5 });
    house.clock.advance({ hours: 24 * 31 });
    await expect(issue(rice, number)).rejects.toMatchObject({ code: 'GOODS_EXPIRED' });
    await goods().disposeGoods(as(village, 'secretary'), { itemId: rice, quantity: 15, reason: '过期' });
    const gone = (await queries().moves(rice)).at(-1);
    expect(await linesOf(gone?.voucherId ?? null)).toEqual([
      ['5401', 90_000, null],
      ['1201', -90_000, null],
    ]);
    expect(await owed()).toEqual([]);
    await expect(
      goods().disposeGoods(as(village, 'secretary'), { itemId: rice, quantity: 1, reason: '再来' }),
    ).rejects.toMatchObject({ code: 'STOCK_SHORT' });
  });
});
