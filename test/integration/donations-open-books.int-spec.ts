import readXlsxFile from 'read-excel-file/node';
import {
  DonationListService,
  DonorsService,
  GiftsService,
  OpenBooksReading,
  TraceReading,
} from '../../src/donations/index.js';
import { OpenBooksVerifier, purseCodeOf } from '../../src/donations/index.js';
import { GiftsStore } from '../../src/donations/gifts/gifts.store.js';
import { myGiftsSheet } from '../../src/donations/trace/my-gifts.sheet.js';
import { traceJson } from '../../src/donations/trace/trace.json.js';
import { traceBody } from '../../src/donations/trace/goods-trace.views.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { dayWords } from '../../src/kernel/chinese/words.js';
import { day, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { earmarkOf, GiftMoneyService, LedgerQueries } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { isLong } from '../support/often.js';
import { expectSound } from '../support/sound.js';
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
    village = await givenVillage(house, { heldFen: 100_000 });
  });
  // On a server once, over all that they left.
  if (kind.name === 'sqlite' || isLong) afterEach(() => expectSound(house));
  afterAll(async () => {
    try {
      await expectSound(house);
    } finally {
      await house.close();
    }
  });

  const read = (more: { purseCode?: string; year?: number | null } = {}, of = village) =>
    house.get(OpenBooksReading).read({
      ...{ boardCode: of.boardCode, purseCode: more.purseCode ?? null, after: null },
      year: more.year === undefined ? 2026 : more.year,
    });
  const wordsOf = async () => (await read()).lines.map(({ words, amountFen }) => [words, Number(amountFen)]);
  const lotOf = async (giftId: string): Promise<string> => {
    const { voucherId } = await giftOf(village, giftId);
    const lots = await house.get(LedgerQueries).lots(village.societyId);
    return lots.find((lot) => lot.voucherId === voucherId)?.id ?? '';
  };
  const unknown = (amountFen: number) =>
    house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
      ...{ amountFen: fen(amountFen), receivedOn: day('2026-03-02'), bankReference: null, note: '' },
    });

  describe('the open books', () => {
    it('show what came in, what was spent and what is left, and of persons only who agreed', async () => {
      const agreed = await givenDonor(village, { name: '顾大江', publishesName: true });
      const silent = await givenDonor(village, { name: '顾小河' });
      await give(village, 50_000, { donorId: agreed });
      await give(village, 30_000, { donorId: silent });
      await give(village, 2_000, { donorId: agreed, nature: 'FEE' });
      await givenCase(village, {
        at: 'PAID',
        cause: 'FIRE',
        amountFen: 60_000,
        applicant: { name: '范长河' },
      });
      expect(await wordsOf()).toEqual([
        ['救助 · 火灾', -60_000],
        ['会费', 2_000],
        ['爱心人士 捐款', 30_000],
        ['顾大江 捐款', 50_000],
        ['启动补助', 100_000],
      ]);
      const books = await read();
      expect(books.ofYear).toMatchObject({ incomeFen: 182_000, spendingFen: 60_000, balanceFen: 122_000 });
      expect(books.causes).toEqual([{ cause: '火灾', spentFen: 60_000, cases: 1 }]);
      expect(JSON.stringify(books)).not.toMatch(/顾小河|范长河|范\*河/);

      await house.get(DonorsService).changeDonor(as(village, 'accountant'), {
        ...{ donorId: agreed, kind: 'PERSON', group: 'CARING', name: '顾大江', publishesName: false },
        ...{ uscc: null, phone: null, homePlace: null },
      });
      expect(JSON.stringify(await read())).not.toContain('顾大江');
    });

    it('D4-57 keep money of an unknown giver apart until it is claimed, and then show it as a gift', async () => {
      const { giftId } = await unknown(40_000);
      expect((await read()).ofAll).toMatchObject({ balanceFen: 100_000, unclaimedFen: 40_000 });
      await house.get(GiftsService).identifyGift(as(village, 'accountant'), {
        ...{ giftId, donorId: null, nature: 'GIFT', intent: 'PURPOSE', purpose: '就学' },
        ...{ intentWords: '', purseId: null },
      });
      const books = await read();
      expect(books.ofAll).toMatchObject({ incomeFen: 140_000, balanceFen: 140_000, unclaimedFen: 0 });
      expect(
        books.lines
          .slice(0, 2)
          .map(({ words, fund, restriction, amountFen }) => [
            ...[words, restriction === 'none' ? fund : restriction, Number(amountFen)],
          ]),
      ).toEqual(
        expect.arrayContaining([
          ['待认领来款转出', '待认领来款', -40_000],
          ['爱心人士 捐款', '就学', 40_000],
        ]),
      );
    });

    it('D4-56 show a fee as a fee, and what was mistyped as struck', async () => {
      const giftId = await give(village, 10_000);
      await house.get(GiftsService).reverseGift(as(village, 'accountant'), { giftId, reason: '多打一个 0' });
      await give(village, 1_000, { nature: 'FEE' });
      expect(await wordsOf()).toEqual([
        ['会费', 1_000],
        ['冲销记错的捐款', -10_000],
        ['爱心人士 捐款', 10_000],
        ['启动补助', 100_000],
      ]);
      expect((await read()).ofYear.incomeFen).toBe(101_000);
    });

    it('show what went back to a giver, and what serves another purpose, in the purse that it left and the one that it reached', async () => {
      const giftId = await give(village, 90_000);
      const lotId = await lotOf(giftId);
      const money = house.get(GiftMoneyService);
      const out = { societyId: village.societyId, lotId, day: dayOf(house.clock.now()), summary: '改用途' };
      await house.get(Transactions).run(async (tx) => {
        await money.refund(tx, { ...out, amountFen: fen(20_000), cause: `refund:${lotId}` });
        const into = earmarkOf('助老');
        const moved = { ...out, amountFen: fen(30_000), cause: `repurpose:${lotId}`, into };
        await house.get(GiftsStore).addLot(tx, giftId, (await money.repurpose(tx, moved)).lotId);
      });
      const [pool, aged] = (await read()).purses;
      const [ofPool, ofAged, ofAll] = [
        await read({ purseCode: pool?.code ?? '' }),
        await read({ purseCode: aged?.code ?? '' }),
        await read(),
      ];
      expect(ofPool.ofYear).toMatchObject({ incomeFen: 170_000, movedFen: -30_000, balanceFen: 140_000 });
      expect(ofAged.ofYear).toMatchObject({ incomeFen: 0, movedFen: 30_000, balanceFen: 30_000 });
      expect(ofAll.ofYear).toMatchObject({ incomeFen: 170_000, movedFen: 0, balanceFen: 170_000 });
      expect(ofAged.lines.map(({ words }) => words)).toEqual(['变更用途转入']);
      expect(ofPool.lines.map(({ words }) => words)).toContain('退还捐赠人');
    });

    it('cannot be matched with a giver’s own page: the day of a use is not told before its village is', async () => {
      const giftId = await give(village, 500_000, { intent: 'PURPOSE', purpose: '火灾' });
      house.clock.advance({ days: 20 });
      const pay = () => givenCase(village, { at: 'PAID', cause: 'FIRE', amountFen: 12_345 });
      const told = async () => {
        const gift = await house.get(TraceReading).ofGift(village.societyId, giftId);
        const [sheet] = await readXlsxFile(await myGiftsSheet([gift]));
        const { uses, events } = traceBody(gift);
        return {
          uses: uses.map(({ amount, words }) => [amount, words.replace(/.* · /, '')]),
          steps: events.filter(({ words }) => /表决|打款/.test(words)).map(({ at }) => at),
          json: traceJson(gift).uses.map(({ usedFen, paidOn }) => [Number(usedFen), paidOn]),
          sheet: ((sheet?.data ?? []) as unknown[][])
            .filter((row) => row[5] === '用了')
            .map((row) => [row[6], row[7]]),
        };
      };
      for (let count = 1; count <= 4; count++) await pay();
      const hidden = await told();
      expect(hidden.uses).toEqual(Array(4).fill(['123.45 元', '2026年3月打款']));
      expect(hidden.steps).toEqual(Array(8).fill('2026年3月'));
      expect(hidden.json).toEqual(Array(4).fill([12_345, '2026-03']));
      expect(hidden.sheet).toEqual(Array(4).fill(['2026-03', 123.45]));
      await pay();
      const paidOn = dayOf(house.clock.now());
      const open = await told();
      expect(open.uses).toEqual(Array(5).fill(['123.45 元', `${dayWords(paidOn)}打款`]));
      expect(open.steps).toEqual(Array(10).fill(dayWords(paidOn)));
      expect(open.json).toEqual(Array(5).fill([12_345, paidOn]));
      expect(open.sheet).toEqual(Array(5).fill([paidOn, 123.45]));
    });

    it('say what is promised, page by page, and what every page together comes to', async () => {
      await givenCase(village, { at: 'VOTING', amountFen: 50_000 });
      for (let i = 1; i <= 35; i++) await give(village, 100 * i);
      const first = await read();
      expect(first.purses).toMatchObject([{ reservedFen: 50_000 }]);
      expect(first.lines).toHaveLength(30);
      const second = await house
        .get(OpenBooksReading)
        .read({ boardCode: village.boardCode, purseCode: null, year: null, after: first.next });
      expect(second.next).toBeNull();
      const all = [...first.lines, ...second.lines];
      expect(all.map(({ number }) => number)).toEqual([...all.keys()].map((i) => 36 - i));
      const balance = all.reduce((sum, { amountFen }) => sum + amountFen, 0);
      expect(balance).toBe(Number(first.ofAll.balanceFen));
    });

    it('are found by the code of the board and of the purse, and by no other', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      await give(other, 1_000, { intent: 'PURPOSE', purpose: '就学' });
      const [, theirs] = (await read({}, other)).purses;
      expect(theirs?.code).toBe(purseCodeOf(theirs?.id ?? ''));
      expect(await read({ purseCode: theirs?.code ?? '' }, other)).toMatchObject({ lines: [{}] });
      for (const purseCode of [theirs?.code ?? '', 'AAAAAAAA', theirs?.id ?? ''])
        await expect(read({ purseCode })).rejects.toMatchObject({ code: 'OPEN_BOOKS_NOT_FOUND' });
      await expect(read({}, { ...other, boardCode: 'ZZZZZZZZ' })).rejects.toMatchObject({
        code: 'OPEN_BOOKS_NOT_FOUND',
      });
    });

    it('are checked while money comes in, and that is no difference', async () => {
      const verifier = house.get(OpenBooksVerifier);
      const coming = Array.from({ length: 10 }, () => give(village, 3_000));
      const looks = Array.from({ length: 10 }, () => verifier.check());
      await Promise.all(coming);
      expect((await Promise.all(looks)).flat()).toEqual([]);
    });

    it('are checked: a planted difference is found, whichever side it is on', async () => {
      await give(village, 50_000);
      await give(village, 2_000, { nature: 'FEE' });
      const { voucherId } = await giftOf(village, await give(village, 7_000));
      const found = async () => (await house.get(OpenBooksVerifier).check()).map((finding) => finding.kind);
      expect(await found()).toEqual([]);
      const intruder = await intruderIn(house.dataSource);
      const planted = async (tables: readonly string[], sql: string) => {
        let kindsFound: string[] = [];
        await intruder.undoing(tables, async () => {
          await intruder.run(sql);
          kindsFound = [...new Set(await found())];
        });
        return kindsFound;
      };
      const id = voucherId ?? '';
      const slips = [
        [`UPDATE lots SET amount_fen = amount_fen + 1 WHERE voucher_id = '${id}'`, ['public gifts']],
        [`UPDATE lots SET source = 'GIFT' WHERE source = 'FEE'`, ['public line']],
        [`UPDATE lots SET source = 'FEE' WHERE voucher_id = '${id}'`, ['public line']],
        [`DELETE FROM lots WHERE voucher_id = '${id}'`, ['public figures', 'public month']],
      ] as const;
      for (const [sql, kindsOfSlip] of slips) expect(await planted(['lots'], sql)).toEqual(kindsOfSlip);
      const month = 'UPDATE society_months SET out_fen = out_fen + 1';
      expect(await planted(['society_months'], month)).toEqual(['public month']);
      await intruder.close();
      expect(await found()).toEqual([]);
    });
  });

  describe('a list of donors', () => {
    const draft = (span: 'TODAY' | 'LAST_MONTH' = 'TODAY', of = village) =>
      house.get(DonationListService).draftList(as(of, 'accountant'), { span });
    const noticeOf = (noticeId: string) => house.get(NoticesQueries).notice(village.societyId, noticeId);
    const sign = (noticeId: string) =>
      house.get(NoticesService).sign(as(village, 'chair'), {
        ...{ noticeId, plannedPostingOn: dayOf(house.clock.now()) },
      });

    it('is drafted, signed by another, posted, and ends; each gift is in one list', async () => {
      const donorId = await givenDonor(village, { name: '顾大江', publishesName: true });
      await give(village, 50_000, { donorId, receivedOn: '2026-02-27' });
      await give(village, 30_000, { donorId: await givenDonor(village, { name: '顾小河' }) });
      await give(village, 1_000, { donorId, nature: 'FEE' });
      const first = await draft('LAST_MONTH');
      expect(first.gifts).toBe(1);
      const rest = await draft();
      expect(rest.gifts).toBe(1);
      await expect(draft()).rejects.toMatchObject({ code: 'NOTHING_TO_LIST' });

      expect((await noticeOf(first.noticeId)).words).toMatchObject({
        gifts: [{ giver: '顾大江', what: '捐款', day: '2026年2月27日', amount: '500.00' }],
      });
      expect((await noticeOf(rest.noticeId)).words).toMatchObject({ gifts: [{ giver: '爱心人士' }] });
      const owed = await house.get(DutiesQueries).ofThread(first.listId);
      expect(owed.map(({ kind: duty }) => duty)).toEqual(['SIGN_NOTICE', 'POST_NOTICE']);

      const { number } = await sign(first.noticeId);
      expect(number).toMatch(/救公〔2026〕1号$/);
      await house.get(NoticesService).recordPosting(as(village, 'secretary'), {
        ...{ noticeId: first.noticeId, place: '村委会公示栏', postedAt: house.clock.now() },
        photo: await photo(),
      });
      expect((await noticeOf(first.noticeId)).state).toBe('RUNNING');
    });

    it('is drafted once, ten at once too', async () => {
      for (let i = 0; i < 5; i++) await give(village, 1_000);
      const tries = await Promise.allSettled(Array.from({ length: 10 }, () => draft()));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'NOTHING_TO_LIST' }));
    });

    it('is not signed by its author, nor once a donor takes his consent back, nor once a gift was struck', async () => {
      const donorId = await givenDonor(village, { name: '顾大江', publishesName: true });
      const giftId = await give(village, 50_000, { donorId });
      const { noticeId, listId } = await draft();
      const notices = house.get(NoticesService);
      const refused = async () =>
        (await notices.signerRefusal(village.at.chair, await noticeOf(noticeId)))?.message;
      expect(await notices.signerRefusal(village.at.accountant, await noticeOf(noticeId))).not.toBeNull();
      expect(await refused()).toBeUndefined();
      const says = (publishesName: boolean) =>
        house.get(DonorsService).changeDonor(as(village, 'accountant'), {
          ...{ donorId, kind: 'PERSON', group: 'CARING', name: '顾大江', publishesName },
          ...{ uscc: null, phone: null, homePlace: null },
        });
      await says(false);
      expect(await refused()).toContain('不再同意公开姓名');
      expect(await notices.hitsIn(await noticeOf(noticeId))).toMatchObject([{ kind: 'UNAGREED' }]);
      await expect(sign(noticeId)).rejects.toMatchObject({ code: 'MAY_NOT_SIGN' });
      await says(true);
      await house.get(GiftsService).reverseGift(as(village, 'accountant'), { giftId, reason: '记错了' });
      expect(await refused()).toContain('冲销');

      await house.get(DonationListService).withdrawList(as(village, 'secretary'), { listId });
      expect((await noticeOf(noticeId)).state).toBe('DISCARDED');
      expect(
        (await house.get(DutiesQueries).open(village.societyId)).filter(
          ({ threadId }) => threadId === listId,
        ),
      ).toEqual([]);
    });

    it('lets its gifts go when it is taken back, and is not taken back once it is signed', async () => {
      await give(village, 5_000);
      const { listId } = await draft();
      const withdraw = (id: string, of = village) =>
        house.get(DonationListService).withdrawList(as(of, 'accountant'), { listId: id });
      await withdraw(listId);
      await expect(withdraw(listId)).rejects.toMatchObject({ code: 'DONATION_LIST_SIGNED' });
      const again = await draft();
      expect(again.gifts).toBe(1);
      await sign(again.noticeId);
      await expect(withdraw(again.listId)).rejects.toMatchObject({ code: 'DONATION_LIST_SIGNED' });
    });

    it('D4-69 is not found by another society, and lists no gift of another', async () => {
      const other = await givenVillage(house, { heldFen: 0 });
      await give(other, 5_000);
      await expect(draft()).rejects.toMatchObject({ code: 'NOTHING_TO_LIST' });
      const { listId } = await draft('TODAY', other);
      await expect(
        house.get(DonationListService).withdrawList(as(village, 'accountant'), { listId }),
      ).rejects.toMatchObject({ code: 'DONATION_LIST_NOT_FOUND' });
    });
  });
});
