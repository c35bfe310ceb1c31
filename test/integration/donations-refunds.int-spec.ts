import { DutiesQueries } from '../../src/duties/index.js';
import { GiftRefundsQueries, GiftRefundsService, GiftsService } from '../../src/donations/index.js';
import { dayOf } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { CasesService } from '../../src/cases/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { askRefund, decideRefund, markReceipt, payRefund, refund } from '../support/gift-refunds.js';
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
    village = await givenVillage(house, { heldFen: 0 });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const refunds = () => house.get(GiftRefundsService);
  const refundOf = (refundId: string) => house.get(GiftRefundsQueries).refund(village.societyId, refundId);
  const fund = () => house.get(LedgerQueries).fund(village.societyId);
  const owed = async (refundId: string) =>
    (await house.get(DutiesQueries).open(village.societyId))
      .filter(({ subjectId }) => subjectId === refundId)
      .map((duty) => duty.kind);
  const linesOf = async (voucherId: string) =>
    (await house.get(LedgerQueries).voucher(village.societyId, voucherId)).lines.map(
      ({ account, amountFen }) => [account, Number(amountFen)],
    );

  it('D4-71 of a gift of 500 with 300 spent gives back 200 at most, and says so', async () => {
    const giftId = await give(village, 50_000, { donorId: await givenDonor(village) });
    await givenCase(village, { at: 'PAID', amountFen: 30_000 });
    await expect(askRefund(village, giftId, 50_000)).rejects.toMatchObject({
      code: 'REFUND_OVER_UNSPENT',
      message: '这笔捐赠 500.00 元，已经用掉或退掉 300.00 元，还没有用的是 200.00 元。',
      advice: '最多退 200.00 元。',
    });
    await refund(village, giftId, 20_000);
    expect(await giftOf(village, giftId)).toMatchObject({
      usedFen: 30_000,
      unspentFen: 0,
      refundedFen: 20_000,
      frozenFen: 0,
    });
    expect(await fund()).toMatchObject({ balanceFen: 0, freeFen: 0 });
    await expect(askRefund(village, giftId, 1)).rejects.toMatchObject({ advice: '现在没有能退的钱。' });
  });

  it('is asked, agreed to and paid by three: held back from the agreement on, out of the books with the payment', async () => {
    const giftId = await give(village, 50_000);
    const refundId = await askRefund(village, giftId, 20_000);
    expect([await owed(refundId), (await fund()).freeFen]).toEqual([['APPROVE_REFUND'], 50_000]);
    await decideRefund(village, refundId);
    expect([await owed(refundId), (await fund()).freeFen]).toEqual([['PAY_REFUND'], 30_000]);
    expect(await giftOf(village, giftId)).toMatchObject({ frozenFen: 20_000, unspentFen: 50_000 });
    const { voucherNumbers } = await payRefund(village, refundId);
    expect(await owed(refundId)).toEqual([]);
    expect(await refundOf(refundId)).toMatchObject({ state: 'PAID' });
    expect(await fund()).toMatchObject({ balanceFen: 30_000, freeFen: 30_000 });
    const [part] = await house.get(GiftRefundsQueries).partsOf(refundId);
    expect([part?.voucherNumber]).toEqual(voucherNumbers);
    expect(await linesOf(part?.voucherId ?? '')).toEqual([
      ['4101', 20_000],
      ['1002', -20_000],
    ]);
  });

  it('gives a gift of an earlier year back out of net assets', async () => {
    const giftId = await give(village, 50_000, { receivedOn: '2025-12-30' });
    const refundId = await refund(village, giftId, 50_000);
    const [part] = await house.get(GiftRefundsQueries).partsOf(refundId);
    expect(await linesOf(part?.voucherId ?? '')).toEqual([
      ['3101', 50_000],
      ['1002', -50_000],
    ]);
    expect(await giftOf(village, giftId)).toMatchObject({ receiptState: 'NONE', unspentFen: 0 });
    expect((await house.get(DutiesQueries).open(village.societyId)).map((duty) => duty.kind)).toEqual([]);
  });

  it('refuses while the receipt is out, for the whole and for a part, at every step', async () => {
    const giftId = await give(village, 50_000, { donorId: await givenDonor(village) });
    await markReceipt(village, giftId, 'ISSUED');
    const out = { code: 'RECEIPT_STILL_OUT' };
    await expect(askRefund(village, giftId, 50_000)).rejects.toMatchObject(out);
    await expect(askRefund(village, giftId, 1)).rejects.toMatchObject(out);
    await markReceipt(village, giftId, 'DUE');
    const refundId = await askRefund(village, giftId, 20_000);
    await markReceipt(village, giftId, 'ISSUED');
    await expect(decideRefund(village, refundId)).rejects.toMatchObject(out);
    expect(await giftOf(village, giftId)).toMatchObject({ frozenFen: 0 });
    await markReceipt(village, giftId, 'DUE');
    await decideRefund(village, refundId);
    await markReceipt(village, giftId, 'ISSUED');
    await expect(payRefund(village, refundId)).rejects.toMatchObject(out);
    expect(await fund()).toMatchObject({ balanceFen: 50_000 });
    await markReceipt(village, giftId, 'DUE');
    await payRefund(village, refundId);
    expect(await giftOf(village, giftId)).toMatchObject({ refundedFen: 20_000, receiptState: 'DUE' });
  });

  it('pays one refund once, when ten press the button together', async () => {
    const giftId = await give(village, 50_000);
    const refundId = await askRefund(village, giftId, 20_000);
    await decideRefund(village, refundId);
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => payRefund(village, refundId)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'REFUND_MOVED_ON' }));
    expect(await fund()).toMatchObject({ balanceFen: 30_000, freeFen: 30_000 });
  });

  it('agrees to one refund once, ten at once too, and asks for one gift once', async () => {
    const giftId = await give(village, 50_000);
    const asked = await Promise.allSettled(
      Array.from({ length: 10 }, () => askRefund(village, giftId, 10_000)),
    );
    const [made] = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(refusalsIn(asked)).toMatchObject(Array(9).fill({ code: 'REFUND_ALREADY_OPEN' }));
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => decideRefund(village, made ?? '')),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await giftOf(village, giftId)).toMatchObject({ frozenFen: 10_000 });
  });

  it('and a round for the last of the money at once: never both', async () => {
    const outcomes = new Set<string>();
    for (let race = 0; race < 5; race++) {
      const of = await givenVillage(house, { heldFen: 0 });
      const giftId = await give(of, 50_000);
      const refundId = await askRefund(of, giftId, 50_000);
      const { caseId } = await givenCase(of, { at: 'VERIFIED', amountFen: 50_000 });
      const [agreed, opened] = await Promise.allSettled([
        decideRefund(of, refundId),
        house.get(CasesService).openRound(as(of, 'secretary'), { caseId, recusals: [] }),
      ]);
      expect([agreed.status, opened.status].sort()).toEqual(['fulfilled', 'rejected']);
      outcomes.add(agreed.status);
      const { balanceFen, reservedFen, freeFen } = await house.get(LedgerQueries).fund(of.societyId);
      expect([balanceFen, freeFen]).toEqual([50_000, 0]);
      expect(reservedFen).toBe(opened.status === 'fulfilled' ? 50_000 : 0);
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('does not touch what is promised to a case, and says how much is', async () => {
    const giftId = await give(village, 50_000);
    await givenCase(village, { at: 'VOTING', amountFen: 30_000 });
    await expect(askRefund(village, giftId, 50_000)).rejects.toMatchObject({
      message: '这笔捐赠 500.00 元，还没有用的是 500.00 元，其中 300.00 元已经留给别的事。',
      advice: '最多退 200.00 元。',
    });
    const refundId = await askRefund(village, giftId, 20_000);
    await givenCase(village, { at: 'VOTING', amountFen: 10_000 });
    await expect(decideRefund(village, refundId)).rejects.toMatchObject({ code: 'REFUND_OVER_UNSPENT' });
    expect(await refundOf(refundId)).toMatchObject({ state: 'ASKED' });
  });

  it('refused or called off, frees what was held back, and may be asked for again', async () => {
    const giftId = await give(village, 50_000);
    const refused = await askRefund(village, giftId, 20_000);
    await decideRefund(village, refused, false);
    const called = await askRefund(village, giftId, 30_000);
    await decideRefund(village, called);
    const end = () =>
      refunds().callOffRefund(as(village, 'accountant'), { refundId: called, words: '捐赠人改主意了' });
    await end();
    expect([(await refundOf(refused)).state, (await refundOf(called)).state]).toEqual([
      'REFUSED',
      'CALLED_OFF',
    ]);
    expect(await fund()).toMatchObject({ balanceFen: 50_000, freeFen: 50_000 });
    await expect(end()).rejects.toMatchObject({ code: 'REFUND_MOVED_ON' });
    await expect(payRefund(village, called)).rejects.toMatchObject({ code: 'REFUND_MOVED_ON' });
    expect(await owed(called)).toEqual([]);
    await refund(village, giftId, 50_000);
  });

  it('is agreed to by nobody who asked, and paid by nobody who asked or agreed', async () => {
    const giftId = await give(village, 50_000);
    const refundId = await askRefund(village, giftId, 20_000);
    const hats = (person: 'accountant' | 'chair', role: 'chair' | 'cashier') => {
      const { actor, key } = as(village, role);
      return { actor: { ...actor, personId: village.at[person].personId }, key };
    };
    const decision = { refundId, approves: true, words: null };
    await expect(refunds().decideRefund(hats('accountant', 'chair'), decision)).rejects.toMatchObject({
      code: 'SAME_HANDS',
    });
    await decideRefund(village, refundId);
    const proof = { refundId, paidOn: dayOf(house.clock.now()), bankReference: 'T-0' };
    await expect(refunds().payRefund(hats('chair', 'cashier'), proof)).rejects.toMatchObject({
      code: 'SAME_HANDS',
    });
    await expect(refunds().payRefund(hats('accountant', 'cashier'), proof)).rejects.toMatchObject({
      ...{ code: 'SAME_HANDS', message: '这笔退款是您提的，不能自己付。' },
    });
    expect(await giftOf(village, giftId)).toMatchObject({ refundedFen: 0, frozenFen: 20_000 });
    expect(await refundOf(refundId)).toMatchObject({ state: 'APPROVED' });
  });

  it.each`
    paidOn          | because
    ${'2026-03-01'} | ${'it was not agreed to yet'}
    ${'2026-03-03'} | ${'that day has not come'}
  `('is not paid on $paidOn: $because', async ({ paidOn }: { paidOn: Day }) => {
    const refundId = await askRefund(village, await give(village, 50_000), 20_000);
    await decideRefund(village, refundId);
    const pay = refunds().payRefund(as(village, 'cashier'), { refundId, paidOn, bankReference: 'T-9' });
    await expect(pay).rejects.toMatchObject({ code: 'REFUND_PAID_ON_WRONG' });
    expect(await fund()).toMatchObject({ balanceFen: 50_000 });
  });

  it('takes one line of the bank statement for one refund', async () => {
    const ids = [];
    for (const amount of [10_000, 20_000]) {
      const refundId = await askRefund(village, await give(village, 50_000), amount);
      await decideRefund(village, refundId);
      ids.push(refundId);
    }
    const [first = '', second = ''] = ids;
    await payRefund(village, first, { bankReference: 'SAME' });
    await expect(payRefund(village, second, { bankReference: 'SAME' })).rejects.toMatchObject({
      code: 'REFUND_LINE_TAKEN',
    });
    expect(await refundOf(second)).toMatchObject({ state: 'APPROVED' });
  });

  describe('several by one transfer', () => {
    const approved = async (amountFen: number, donorId: string | null, of = village): Promise<string> => {
      const refundId = await askRefund(of, await give(of, 50_000, { donorId }), amountFen);
      await decideRefund(of, refundId);
      return refundId;
    };
    const together = (
      [first = '', ...others]: readonly string[],
      lineFen: number | null,
      bankReference = 'LINE-1',
      of = village,
    ) =>
      payRefund(of, first, {
        ...{ togetherWith: others, bankReference },
        lineFen: lineFen === null ? null : fen(lineFen),
      });
    const statesOf = async (ids: readonly string[]) =>
      Promise.all(ids.map(async (id) => (await refundOf(id)).state));

    it('pays all of them with the line of the bank that is their sum, each with its own voucher', async () => {
      const donorId = await givenDonor(village);
      const ids = [
        await approved(10_000, donorId),
        await approved(20_000, donorId),
        await approved(30_000, donorId),
      ];
      const [first = ''] = ids;
      const beside = await house.get(GiftRefundsQueries).payableBeside(await refundOf(first));
      expect(beside.map(({ id }) => id)).toEqual(ids.slice(1));
      const { voucherNumbers, refundIds } = await together(ids, 60_000);
      expect([voucherNumbers.length, [...refundIds].sort()]).toEqual([3, [...ids].sort()]);
      expect(await statesOf(ids)).toEqual(['PAID', 'PAID', 'PAID']);
      expect(await fund()).toMatchObject({ balanceFen: 90_000, freeFen: 90_000 });
      expect(await refundOf(first)).toMatchObject({
        ...{ bankReference: 'LINE-1', lineFen: 60_000, lineRefunds: 3 },
      });
      for (const id of ids) expect(await owed(id)).toEqual([]);
      const later = await approved(5_000, donorId);
      await expect(payRefund(village, later, { bankReference: 'LINE-1' })).rejects.toMatchObject({
        code: 'REFUND_LINE_TAKEN',
      });
    });

    it.each`
      lineFen   | code                     | because
      ${null}   | ${'REFUND_LINE_UNSAID'}  | ${'the bank’s own figure is not said'}
      ${29_999} | ${'REFUND_LINE_DIFFERS'} | ${'it is one fen less than the refunds'}
      ${30_001} | ${'REFUND_LINE_DIFFERS'} | ${'it is one fen more'}
    `(
      'pays none of them with a line of $lineFen: $because',
      async ({ lineFen, code }: { lineFen: number | null; code: string }) => {
        const donorId = await givenDonor(village);
        const ids = [await approved(10_000, donorId), await approved(20_000, donorId)];
        await expect(together(ids, lineFen)).rejects.toMatchObject({ code });
        expect(await statesOf(ids)).toEqual(['APPROVED', 'APPROVED']);
        expect(await fund()).toMatchObject({ balanceFen: 100_000, freeFen: 70_000 });
        await together(ids, 30_000);
      },
    );

    it('pays none where one is another giver’s, nobody’s, not agreed to, or of another society', async () => {
      const donorId = await givenDonor(village);
      const own = await approved(10_000, donorId);
      const other = await givenVillage(house, { heldFen: 0 });
      const asked = await askRefund(village, await give(village, 50_000, { donorId }), 20_000);
      const cases = [
        [await approved(20_000, await givenDonor(village)), 'REFUNDS_OF_SEVERAL'],
        [await approved(20_000, null), 'REFUNDS_OF_SEVERAL'],
        [asked, 'REFUND_MOVED_ON'],
        [await approved(20_000, await givenDonor(other), other), 'REFUND_NOT_FOUND'],
      ] as const;
      for (const [wrong, code] of cases)
        await expect(together([own, wrong], 30_000)).rejects.toMatchObject({ code });
      expect(await statesOf([own])).toEqual(['APPROVED']);
      await expect(
        together([await approved(1_000, null), await approved(2_000, null)], 3_000),
      ).rejects.toMatchObject({ code: 'REFUNDS_OF_SEVERAL' });
      expect(await house.get(GiftRefundsQueries).payableBeside(await refundOf(own))).toEqual([]);
    });

    it.each(['00000000-0000-7000-8000-000000000000', 'ffffffff-ffff-7fff-bfff-ffffffffffff'])(
      'says that there is no %s before it says anything of the other, whichever id is the smaller',
      async (nobodys) => {
        const asked = await askRefund(village, await give(village, 50_000), 10_000);
        await expect(together([asked, nobodys], 10_000)).rejects.toMatchObject({ code: 'REFUND_NOT_FOUND' });
        await expect(together([nobodys, asked], 10_000)).rejects.toMatchObject({ code: 'REFUND_NOT_FOUND' });
      },
    );

    it('ten at once with overlapping lists pay each refund once, and each line whole', async () => {
      const donorId = await givenDonor(village);
      const ids = [
        await approved(10_000, donorId),
        await approved(10_000, donorId),
        await approved(10_000, donorId),
      ];
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, (_, i) =>
          together([ids[i % 3] ?? '', ids[(i + 1) % 3] ?? ''], 20_000, `RACE-${String(i % 5)}`),
        ),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const refusal of refusalsIn(tries)) expect(refusal).toMatchObject({ code: 'REFUND_MOVED_ON' });
      expect((await statesOf(ids)).sort()).toEqual(['APPROVED', 'PAID', 'PAID']);
      expect(await fund()).toMatchObject({ balanceFen: 130_000, freeFen: 120_000 });
    });

    it('ten at once under one number of the bank: one line', async () => {
      const donors = await Promise.all(Array.from({ length: 5 }, () => givenDonor(village)));
      const pairs: string[][] = [];
      for (const donorId of donors)
        pairs.push([await approved(10_000, donorId), await approved(20_000, donorId)]);
      const tries = await Promise.allSettled(pairs.map((pair) => together(pair, 30_000, 'ONE')));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(refusalsIn(tries)).toMatchObject(Array(4).fill({ code: 'REFUND_LINE_TAKEN' }));
      expect((await statesOf(pairs.flat())).filter((state) => state === 'PAID')).toHaveLength(2);
    });
  });

  it('wants the giver’s own paper where the purpose failed, and keeps it', async () => {
    const giftId = await give(village, 50_000, { intent: 'PURPOSE', purpose: '火灾' });
    const failed = { reason: 'PURPOSE_FAILED' } as const;
    await expect(askRefund(village, giftId, 1_000, failed)).rejects.toMatchObject({
      code: 'AGREEMENT_NEEDED',
    });
    const refundId = await askRefund(village, giftId, 1_000, { ...failed, paper: await photo() });
    expect((await refundOf(refundId)).paperFileId).not.toBeNull();
  });

  it('gives back no fee, no pledge, no money of an unknown giver, and nothing that was struck', async () => {
    const fee = await give(village, 2_000, { nature: 'FEE' });
    const struck = await give(village, 3_000);
    await house
      .get(GiftsService)
      .reverseGift(as(village, 'accountant'), { giftId: struck, reason: '打错了' });
    const { giftId: unknown } = await house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
      ...{ amountFen: 5_000 as never, receivedOn: dayOf(house.clock.now()), bankReference: null, note: '' },
    });
    for (const giftId of [fee, struck, unknown])
      await expect(askRefund(village, giftId, 1_000)).rejects.toMatchObject({ code: 'NOTHING_TO_REFUND' });
  });

  it('a gift of which a refund waits is not struck as mistyped once it is held back', async () => {
    const giftId = await give(village, 50_000);
    const refundId = await askRefund(village, giftId, 20_000);
    await decideRefund(village, refundId);
    await expect(
      house.get(GiftsService).reverseGift(as(village, 'accountant'), { giftId, reason: '打错了' }),
    ).rejects.toMatchObject({ code: 'GIFT_NOT_MISTYPED' });
    await payRefund(village, refundId);
  });

  it('D4-69 does not find a refund of another society', async () => {
    const other = await givenVillage(house, { heldFen: 0 });
    const refundId = await askRefund(other, await give(other, 50_000), 20_000);
    const none = { code: 'REFUND_NOT_FOUND' };
    await expect(refundOf(refundId)).rejects.toMatchObject(none);
    await expect(decideRefund(village, refundId)).rejects.toMatchObject(none);
    await expect(payRefund(village, refundId)).rejects.toMatchObject(none);
    await expect(
      refunds().callOffRefund(as(village, 'accountant'), { refundId, words: '不退了' }),
    ).rejects.toMatchObject(none);
    const giftId = await give(other, 1_000);
    await expect(askRefund(village, giftId, 1_000)).rejects.toMatchObject({ code: 'GIFT_NOT_FOUND' });
  });
});
