import { GoodsQueries, OpenBooksReading, TraceReading } from '../../src/donations/index.js';
import { goodsFault } from '../../src/donations/domain/goods-trace.js';
import { traceBody } from '../../src/donations/trace/goods-trace.views.js';
import { traceJson } from '../../src/donations/trace/trace.json.js';
import { fen, sumOf } from '../../src/kernel/fen.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { disposeGoods, givenGoods, issueGoods } from '../support/goods.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const MONTH = /^2026-\d\d$/;

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

  const toldOf = async (giftId: string) => {
    const told = await house.get(TraceReading).ofGift(village.societyId, giftId);
    expect(told.goods && goodsFault(told.goods)).toBeNull();
    return told;
  };
  const booksOf = (year: number | null) =>
    house.get(OpenBooksReading).read({ boardCode: village.boardCode, purseCode: null, year, after: null });
  async function villageNameOf(): Promise<string> {
    const [row] = await house.dataSource.query<{ name: string }[]>(
      'SELECT c.name AS "name" FROM organisations o JOIN region_codes c ON c.open_region_id = o.region_id WHERE o.id = ?',
      [village.societyId],
    );
    return row?.name ?? '';
  }
  const plain = (words: readonly string[]) => words.map((each) => each.replaceAll('\u00a0', ' '));

  it('leads every piece of a gift to its case, in the words that a giver may read', async () => {
    const { giftId, rice, quilts } = await givenGoods(village, await givenDonor(village));
    const fire = await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 20_000 });
    const ill = await givenCase(village, { at: 'PAID', cause: 'ILLNESS', amountFen: 20_000 });
    await issueGoods(village, rice, fire.number, 3);
    await issueGoods(village, quilts, fire.number, 2);
    await issueGoods(village, rice, ill.number, 1);
    await issueGoods(village, rice, fire.number, 1);
    await disposeGoods(village, quilts, 1);
    const told = await toldOf(giftId);
    expect(told.goods).toMatchObject({
      ...{ receivedFen: 220_000, issuedFen: 50_000, disposedFen: 10_000, stockFen: 160_000 },
      items: [
        { name: '大米', received: 20, issued: 5, disposed: 0, inStock: 15 },
        { name: '棉被', received: 10, issued: 2, disposed: 1, inStock: 7 },
      ],
    });
    expect(told.holder).toBeNull();
    const body = traceBody(told);
    expect(body.flow.map(({ label, amount, words }) => [label, amount, words])).toEqual([
      ['收到', '2,200.00 元', '大米 20 袋、棉被 10 床，按估价'],
      ['发放', '500.00 元', '大米 5 袋、棉被 2 床，发给了 2 户'],
      ['处置', '100.00 元', '棉被 1 床，过期或者损坏'],
      ['库里', '1,600.00 元', '大米 15 袋、棉被 7 床'],
    ]);
    expect(body.uses.map(({ cause, amount }) => [cause, amount])).toEqual(
      expect.arrayContaining([
        ['火灾', '大米 4 袋'],
        ['火灾', '棉被 2 床'],
        ['突发疾病', '大米 1 袋'],
      ]),
    );
    const events = plain(body.events.map(({ words }) => words));
    expect(events[0]).toBe('收到物资：大米 20 袋、棉被 10 床');
    expect(events).toContain('处置 棉被 1 床：过期或者损坏');
  });

  it('names a village, a day and a notice from its fifth case on, and the month alone before', async () => {
    const { giftId, rice } = await givenGoods(village);
    const numbers: string[] = [];
    for (let i = 0; i < 4; i++)
      numbers.push((await givenCase(village, { at: 'RUNNING', amountFen: 10_000 })).number);
    for (const number of numbers) await issueGoods(village, rice, number, 1);
    const own = await villageNameOf();
    const few = traceJson(await toldOf(giftId));
    expect([few.holder, few.goods?.cases]).toEqual([null, 4]);
    for (const issue of few.goods?.issues ?? []) {
      expect([issue.issuedOn, issue.noticeNumber]).toEqual([expect.stringMatching(MONTH), null]);
      expect(issue.place).not.toBe(own);
    }
    expect(few.bookedAt).toMatch(MONTH);
    expect(traceBody(await toldOf(giftId)).hidden).toContain('一个村救助满 5 件以前');

    await givenCase(village, { at: 'RUNNING', amountFen: 10_000 });
    const many = traceJson(await toldOf(giftId));
    expect(many.holder).toContain(own);
    for (const issue of many.goods?.issues ?? [])
      expect([issue.issuedOn, issue.noticeNumber]).toEqual([
        expect.stringMatching(/^2026-\d\d-\d\d$/),
        expect.any(String),
      ]);
    expect(many.bookedAt).toMatch(/^2026-\d\d-\d\dT/);
  });

  it('of money, too, says by the month alone when the books were last written to while a day is hidden', async () => {
    const giftId = await give(village, 50_000, {
      receivedOn: '2026-01-05',
      intent: 'PURPOSE',
      purpose: '火灾',
    });
    const before = traceJson(await toldOf(giftId));
    expect([before.givenOn, before.bookedAt]).toEqual(['2026-01-05', expect.stringMatching(/T.*Z$/)]);
    await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 20_000 });
    const told = await toldOf(giftId);
    expect(traceJson(told)).toMatchObject({
      givenOn: '2026-01-05',
      bookedAt: expect.stringMatching(MONTH) as string,
    });
    expect(traceBody(told).updated).toMatch(/账记到 2026年\d{1,2}月。$/);
  });

  it('stands in the open books beside the money, equal to 1201 and to the shelf, by year and by line', async () => {
    expect((await booksOf(null)).goods).toBeNull();
    const money = (await booksOf(null)).ofAll;
    const donorId = await givenDonor(village, { name: '顾大米', publishesName: true });
    const { rice, quilts } = await givenGoods(village, donorId);
    const { number } = await givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 20_000 });
    await issueGoods(village, rice, number, 3);
    await issueGoods(village, quilts, number, 1);
    await disposeGoods(village, quilts, 2);
    const { goods, ofAll } = await booksOf(2026);
    expect(goods?.ofYear).toEqual({
      ...{ openingFen: 0, receivedFen: 220_000, issuedFen: 28_000, disposedFen: 20_000, stockFen: 172_000 },
      cases: 1,
    });
    expect(goods?.ofAll).toEqual(goods?.ofYear);
    expect((await booksOf(2025)).goods?.ofYear).toMatchObject({ receivedFen: 0, stockFen: 0 });
    // No money moved with them.
    expect(ofAll).toMatchObject({ incomeFen: money.incomeFen, spendingFen: money.spendingFen + 20_000 });

    const [booked] = await house.dataSource.query<{ sum: number | string }[]>(
      `SELECT SUM(l.amount_fen) AS "sum" FROM voucher_lines l WHERE l.account = '1201' AND l.society_id = ?`,
      [village.societyId],
    );
    const shelf = await house.get(GoodsQueries).stock(village.societyId);
    const held = sumOf(shelf.map(({ inStock, unitValueFen }) => fen(inStock * (unitValueFen ?? 0))));
    expect([Number(booked?.sum), held]).toEqual([172_000, 172_000]);
    expect((await booksOf(null)).goods?.ofAll.stockFen).toBe(172_000);
  });
});
