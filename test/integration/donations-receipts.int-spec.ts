import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ReceiptRightsQueries,
  ReceiptRightsService,
  ReceiptsQueries,
  ReceiptsService,
  StatementsReading,
} from '../../src/donations/index.js';
import type { ReceiptIssued } from '../../src/donations/index.js';
import type { ReceiptMode } from '../../src/donations/domain/receipt.js';
import { ReceiptPapers } from '../../src/donations/receipts/receipt-papers.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { runCommandLine } from '../../src/house/command-line.js';
import type { ExitStatus } from '../../src/house/command-line.js';
import { findAll } from '../../src/house/verify.js';
import { Config } from '../../src/platform/config.js';
import type { Caller } from '../../src/kernel/actor.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { GiftsService } from '../../src/donations/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor, giftOf } from '../support/donations.js';
import { givenFederation, ofFederation } from '../support/federation.js';
import { askRefund, refund } from '../support/gift-refunds.js';
import { givenHouse, MONDAY } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import { givenOfficer } from '../support/officers.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { expectSound, staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

const COMPANY = {
  kind: 'COMPANY',
  group: 'ENTERPRISE',
  name: '演示县柳编有限公司',
  uscc: '9144030071526726XG',
} as const;
const ERROR = { cause: 'ERROR', reason: '名称少了两个字', returned: 'PAPER' } as const;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let federationId: string;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    federationId = await givenFederation(house);
    village = await givenVillage(house, { heldFen: 0, parentId: federationId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const accountant = (key?: string) => as(village, 'accountant', key);
  const issue = (giftId: string, by: Caller = accountant()): Promise<ReceiptIssued> =>
    house.get(ReceiptsService).issueReceipt(by, { giftId });
  const reverse = (receiptId: string, more: object = {}) =>
    house.get(ReceiptsService).reverseReceipt(accountant(), { receiptId, ...ERROR, ...more });
  const receipt = (receiptId: string) => house.get(ReceiptsQueries).receipt(village.societyId, receiptId);
  const dues = async (giftId: string) =>
    (await house.get(DutiesQueries).open(village.societyId))
      .filter(({ subjectId }) => subjectId === giftId)
      .map((duty) => duty.kind);
  const right = (
    organisationId: string,
    mode: ReceiptMode,
    ticketCode: string | null = null,
    from = '2026-01-01',
  ) =>
    house.get(ReceiptRightsService).giveRight(ofFederation(federationId, 'accountant'), {
      ...{ organisationId, mode, ticketCode },
      validFrom: day(from),
    });
  const named = async (amountFen = 50_000, more: object = {}) =>
    give(village, amountFen, { donorId: await givenDonor(village), ...more });
  const rows = async (sql: string, ...values: string[]): Promise<Record<string, unknown>[]> =>
    house.dataSource.query(sql, values);
  const paper = (receiptId: string) =>
    house.get(ReceiptPapers).receipt(as(village, 'accountant').actor, receiptId);

  describe('a receipt', () => {
    it('is issued once for what came in, settles its duty, and is found by number and code', async () => {
      const giftId = await named();
      expect(await dues(giftId)).toEqual(['ISSUE_RECEIPT']);
      const { receiptId, number } = await issue(giftId);
      expect(number).toBe('2026000001');
      expect(await receipt(receiptId)).toMatchObject({
        ...{
          giftId,
          mode: 'INTERNAL',
          kind: 'BLUE',
          state: 'VALID',
          amountFen: 50_000,
          issuedOn: '2026-03-02',
        },
        issuerId: village.societyId,
      });
      expect(await giftOf(village, giftId)).toMatchObject({ receiptState: 'ISSUED' });
      expect(await dues(giftId)).toEqual([]);
      const { checkCode } = await receipt(receiptId);
      const found = { receiptId, giftId, societyId: village.societyId, number, issuedOn: '2026-03-02' };
      const open = (no: string, code: string) => house.get(ReceiptsQueries).findPublic(no, code);
      expect(await open(number, checkCode)).toEqual({ ...found, amountFen: 50_000, state: 'VALID' });
      expect(await open(` ２０２６-000001 `, ` ${checkCode.toLowerCase()} `)).toMatchObject(found);
      for (const [no, code] of [
        [number, 'AAAAAAAA'],
        [number, ''],
        ['2026000099', checkCode],
        ['', ''],
      ] as const)
        expect(await open(no, code)).toBeNull();
      await expect(issue(giftId)).rejects.toMatchObject({ code: 'RECEIPT_ALREADY_ISSUED' });
    });

    it('is one, however many issue it at once', async () => {
      const giftId = await named();
      const tries = await Promise.allSettled(Array.from({ length: 10 }, () => issue(giftId)));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'RECEIPT_ALREADY_ISSUED' }));
      expect(await house.get(ReceiptsQueries).ofGift(village.societyId, giftId)).toHaveLength(1);
    });

    it('takes the next number, without a gap, also when ten are issued at once and one is refused', async () => {
      const giftIds = [];
      for (let i = 0; i < 10; i++) giftIds.push(await named(1_000 + i));
      const fee = await give(village, 500, { nature: 'FEE' });
      const tries = await Promise.allSettled([...giftIds, fee].map((giftId) => issue(giftId)));
      const numbers = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value.number] : []));
      expect(numbers.sort()).toEqual(
        Array.from({ length: 10 }, (_, i) => `20260000${String(i + 1).padStart(2, '0')}`),
      );
    });

    it('asked for twice with one key is one', async () => {
      const giftId = await named();
      const once = await issue(giftId, accountant('the-same-key'));
      expect(await issue(giftId, accountant('the-same-key'))).toEqual(once);
    });

    it('D4-56 is refused for a fee, and for what did not come in', async () => {
      const fee = await give(village, 2_000, { nature: 'FEE' });
      await expect(issue(fee)).rejects.toMatchObject({ code: 'FEE_IS_NO_GIFT' });
      const { giftId: pledge } = await house.get(GiftsService).pledgeGift(accountant(), {
        ...{ donorId: null, intent: 'UNRESTRICTED', intentWords: '', purseId: null, purpose: null },
        ...{ amountFen: fen(100), pledgedOn: day('2026-03-01') },
      });
      await expect(issue(pledge)).rejects.toMatchObject({ code: 'GIFT_MOVED_ON' });
      expect(await rows('SELECT id FROM receipts WHERE society_id = ?', village.societyId)).toEqual([]);
    });

    it('D4-69 of another society is not found', async () => {
      const other = await givenVillage(house, { heldFen: 0, parentId: federationId });
      const giftId = await named();
      await expect(issue(giftId, as(other, 'accountant'))).rejects.toMatchObject({ code: 'GIFT_NOT_FOUND' });
      const { receiptId } = await issue(giftId);
      const theirs = { receiptId, ...ERROR };
      const refused = [
        () => house.get(ReceiptsService).reverseReceipt(as(other, 'accountant'), theirs),
        () => house.get(ReceiptsQueries).receipt(other.societyId, receiptId),
        () => house.get(ReceiptPapers).receipt(as(other, 'accountant').actor, receiptId),
      ];
      for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: 'RECEIPT_NOT_FOUND' });
    });

    it('names the payer in full on the paper alone: sealed in the row, and in no trail', async () => {
      const donorId = await givenDonor(village, { name: '欧阳锦绣山' });
      const { receiptId } = await issue(await give(village, 100_000, { donorId }));
      const [row] = await rows('SELECT * FROM receipts WHERE id = ?', receiptId);
      expect(JSON.stringify(row)).not.toContain('欧阳锦绣山');
      const acts = await rows('SELECT words FROM audit_acts WHERE society_id = ?', village.societyId);
      expect(JSON.stringify(acts)).not.toContain('欧阳锦绣山');
      const [one, other] = [await paper(receiptId), await paper(receiptId)];
      expect(one.equals(other)).toBe(true);
      if (canReadPapers)
        for (const words of [
          '欧阳锦绣山',
          '非税前扣除凭证',
          '人民币壹仟元整',
          '2026000001',
          '陈会',
          '郑平',
          '捐赠收入',
        ])
          expect(wordsOfPaper(one)).toContain(words);
    });

    it('keeps each look at the paper in the trail', async () => {
      const { receiptId } = await issue(await named());
      await paper(receiptId);
      const acts = await rows(
        'SELECT words FROM audit_acts WHERE subject_id = ? AND act = ?',
        receiptId,
        'read',
      );
      expect(acts).toMatchObject([{ words: '看票据 2026000001' }]);
    });
  });

  describe('the right to issue', () => {
    it('is the society’s own from its day on, with its code; the old receipts stay what they were', async () => {
      const { receiptId: before } = await issue(await named());
      await right(village.societyId, 'FISCAL', '34170026', '2026-03-02');
      const { receiptId } = await issue(await named());
      expect(await receipt(receiptId)).toMatchObject({ mode: 'FISCAL', issuerId: village.societyId });
      expect(await receipt(before)).toMatchObject({ mode: 'INTERNAL' });
      if (canReadPapers) {
        expect(wordsOfPaper(await paper(receiptId))).toContain('34170026');
        expect(wordsOfPaper(await paper(before))).toContain('非税前扣除凭证');
      }
    });

    it('of the federation names it as 收款单位 and numbers in its series, over all its societies', async () => {
      const other = await givenVillage(house, { heldFen: 0, parentId: federationId });
      await right(federationId, 'FISCAL', '34170000');
      for (const { societyId } of [village, other]) await right(societyId, 'FEDERATION');
      const first = await issue(await named());
      const otherGift = await give(other, 1_000, { donorId: await givenDonor(other) });
      const second = await issue(otherGift, as(other, 'accountant'));
      expect([first.number, second.number]).toEqual(['2026000001', '2026000002']);
      expect(await receipt(first.receiptId)).toMatchObject({ mode: 'FEDERATION', issuerId: federationId });
      const { rows: seen } = await house.get(ReceiptsQueries).page(federationId, null);
      expect(seen.map(({ number, societyId }) => [number, societyId])).toEqual([
        ['2026000002', other.societyId],
        ['2026000001', village.societyId],
      ]);
      if (canReadPapers) {
        const words = wordsOfPaper(await paper(first.receiptId));
        for (const each of ['慈善总会', '34170000', '代收']) expect(words).toContain(each);
      }
    });

    it('is given by the federation alone, to those below it', async () => {
      const asked = { organisationId: village.societyId, mode: 'FISCAL', ticketCode: '341700' } as const;
      const typed = { ...asked, validFrom: day('2026-03-02') };
      const give = (by: Caller) => house.get(ReceiptRightsService).giveRight(by, typed);
      await expect(give(accountant())).rejects.toMatchObject({
        code: 'RIGHTS_BY_FEDERATION',
        kind: 'conflict',
      });
      const elsewhere = ofFederation(await givenFederation(house), 'chair');
      await expect(give(elsewhere)).rejects.toMatchObject({ code: 'NOT_OF_THIS_FEDERATION' });
      expect(await house.get(ReceiptRightsQueries).versions(village.societyId)).toEqual([]);
    });

    it('is a version by date that is never edited, ten written down at once too', async () => {
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, () => right(village.societyId, 'INTERNAL')),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      const versions = await house.get(ReceiptRightsQueries).versions(village.societyId);
      expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
      const edit = house.get(Transactions).run((tx) => tx.change`UPDATE receipt_rights SET mode = 'FISCAL'`);
      await expect(edit).rejects.toThrow(/append-only/);
      await expect(right(village.societyId, 'INTERNAL', null, '2025-12-31')).rejects.toMatchObject({
        code: 'RIGHT_BEFORE_LAST',
      });
    });
  });

  it('收款人 is the cashier where the accountant recorded a bank line; another accountant checks cash he took', async () => {
    await issue(await named(1_000, { method: 'BANK' }));
    const cash = await named(1_000, { method: 'CASH' });
    const other = await givenOfficer(house, village.societyId, 'ACCOUNTANT');
    await expect(issue(cash)).rejects.toMatchObject({ code: 'RECEIVER_REVIEWS' });
    const { actor } = accountant();
    const by = { actor: { ...actor, ...other }, key: 'another-accountant' };
    const { receiptId } = await issue(cash, by);
    const [row] = await rows(
      'SELECT issued_by AS "issuedBy", received_by AS "receivedBy" FROM receipts WHERE id = ?',
      receiptId,
    );
    expect(row).toEqual({ issuedBy: other.personId, receivedBy: village.at.accountant.personId });
  });

  describe('a waiver', () => {
    it('is written down, settles the duty, and does not stand in the way of a receipt later', async () => {
      const giftId = await named();
      const waive = () =>
        house.get(ReceiptsService).waiveReceipt(accountant(), { giftId, reason: '电话里说不用开' });
      await waive();
      expect(await giftOf(village, giftId)).toMatchObject({ receiptState: 'WAIVED' });
      expect(await dues(giftId)).toEqual([]);
      expect(await house.get(ReceiptsQueries).waivers(village.societyId, giftId)).toMatchObject([
        { reason: '电话里说不用开' },
      ]);
      await expect(waive()).rejects.toMatchObject({ code: 'RECEIPT_NOT_DUE' });
      expect((await issue(giftId)).number).toBe('2026000001');
      await expect(waive()).rejects.toMatchObject({ code: 'RECEIPT_ALREADY_ISSUED' });
    });

    it('and a receipt at the same moment leave one of the two', async () => {
      const giftId = await named();
      await Promise.allSettled([
        issue(giftId),
        house.get(ReceiptsService).waiveReceipt(accountant(), { giftId, reason: '不要' }),
        issue(giftId),
      ]);
      expect(await house.get(ReceiptsQueries).ofGift(village.societyId, giftId)).toHaveLength(1);
    });
  });

  describe('a red one', () => {
    it('takes a receipt back with a number of its own; the old is never used again, and the next is due', async () => {
      const giftId = await named();
      const old = await issue(giftId);
      const red = await reverse(old.receiptId);
      expect([old.number, red.number]).toEqual(['2026000001', '2026000002']);
      expect(await receipt(red.receiptId)).toMatchObject({
        ...{ kind: 'RED', state: 'RED', amountFen: -50_000, otherNumber: old.number },
        ...ERROR,
      });
      const { checkCode } = await receipt(old.receiptId);
      expect(await house.get(ReceiptsQueries).findPublic(old.number, checkCode)).toMatchObject({
        state: 'REVERSED',
      });
      expect(await giftOf(village, giftId)).toMatchObject({ receiptState: 'DUE' });
      expect(await dues(giftId)).toEqual(['ISSUE_RECEIPT']);
      expect((await issue(giftId)).number).toBe('2026000003');
      await expect(reverse(old.receiptId)).rejects.toMatchObject({ code: 'RECEIPT_ALREADY_REVERSED' });
      await expect(reverse(red.receiptId)).rejects.toMatchObject({ code: 'RED_IS_FINAL' });
      if (canReadPapers)
        expect(wordsOfPaper(await paper(red.receiptId))).toContain('红冲2026年3月2日开的2026000001');
      const thanks = house.get(ReceiptPapers).thanks(accountant().actor, old.receiptId);
      await expect(thanks).rejects.toMatchObject({ code: 'THANKS_FOR_RECEIPT' });
    });

    it('is one, however many take it back at once', async () => {
      const { receiptId, giftId } = await issue(await named());
      const tries = await Promise.allSettled(Array.from({ length: 10 }, () => reverse(receiptId)));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'RECEIPT_ALREADY_REVERSED' }));
      expect(await house.get(ReceiptsQueries).ofGift(village.societyId, giftId)).toHaveLength(2);
    });

    it('comes before a refund: the next says what was kept, and nothing is due where all went back', async () => {
      const { receiptId, giftId } = await issue(await named());
      await reverse(receiptId, { cause: 'REFUND', returned: 'ERECEIPT' });
      await askRefund(village, giftId, 20_000);
      await expect(issue(giftId)).rejects.toMatchObject({ code: 'REFUND_UNDER_WAY' });
      expect((await house.get(ReceiptsService).issueDue(accountant())).issued).toEqual([]);
    });

    it('after a refund of a part, the next says what was kept', async () => {
      const giftId = await named();
      await refund(village, giftId, 20_000);
      const next = await issue(giftId);
      expect(await receipt(next.receiptId)).toMatchObject({ amountFen: 30_000, state: 'VALID' });
      if (canReadPapers) expect(wordsOfPaper(await paper(next.receiptId))).toContain('已退回200.00元');
    });

    it('and none is due after a refund of the whole', async () => {
      const { receiptId, giftId } = await issue(await named());
      await reverse(receiptId, { cause: 'REFUND' });
      await refund(village, giftId, 50_000);
      expect(await giftOf(village, giftId)).toMatchObject({ receiptState: 'NONE' });
      expect(await dues(giftId)).toEqual([]);
      await expect(issue(giftId)).rejects.toMatchObject({ code: 'NOTHING_LEFT_TO_RECEIPT' });
    });
  });

  it('issues all that is due to donors with a name, each for itself, and says what is left', async () => {
    const due = [await named(1_000), await named(2_000)];
    const cash = await named(3_000, { method: 'CASH' });
    await give(village, 4_000);
    await give(village, 500, { nature: 'FEE' });
    await givenOfficer(house, village.societyId, 'ACCOUNTANT');
    const key = accountant('all-of-them');
    const done = await house.get(ReceiptsService).issueDue(key);
    expect(done.issued.map(({ giftId }) => giftId).sort()).toEqual([...due].sort());
    expect(done.refused).toMatchObject([{ giftId: cash, code: 'RECEIVER_REVIEWS' }]);
    expect(done.left).toBe(1);
    expect((await house.get(ReceiptsService).issueDue(key)).issued).toEqual([]);
    expect(await house.get(ReceiptsQueries).due(village.societyId)).toEqual({ named: 1, unnamed: 1 });
  });

  describe('a statement of a year', () => {
    it('says each gift with its receipt and what became of it, to the fen', async () => {
      const donorId = await givenDonor(village, COMPANY);
      const first = await give(village, 50_000, { donorId });
      await give(village, 30_001, { donorId, receivedOn: '2026-02-01' });
      await give(village, 9_999, { donorId, receivedOn: '2025-12-31' });
      await give(village, 700, { donorId, nature: 'FEE' });
      await givenCase(village, { at: 'PAID', amountFen: 40_000 });
      const { number } = await issue(first);
      const reading = house.get(StatementsReading);
      const { statement } = await reading.of(village.societyId, donorId, '2026');
      expect(statement.gifts.map(({ receiptNumber }) => receiptNumber)).toEqual([null, number]);
      expect(statement.totals).toMatchObject({
        gifts: 2,
        amountFen: 80_001,
        usedFen: 30_001,
        unspentFen: 50_000,
      });
      const { actor } = accountant();
      const [one, other] = [
        await reading.printFor(actor, village.societyId, donorId, 2026),
        await reading.printFor(actor, village.societyId, donorId, 2026),
      ];
      expect(one.equals(other)).toBe(true);
      if (canReadPapers)
        for (const words of [COMPANY.name, COMPANY.uscc, number, '800.01'])
          expect(wordsOfPaper(one)).toContain(words);
      await expect(reading.of(village.societyId, donorId, '2027')).rejects.toMatchObject({
        code: 'STATEMENT_YEAR_INVALID',
      });
      const elsewhere = await givenVillage(house, { heldFen: 0 });
      await expect(reading.of(elsewhere.societyId, donorId, 2026)).rejects.toMatchObject({
        code: 'DONOR_NOT_FOUND',
      });
    });
  });

  describe('on the command line', () => {
    let directory: string;
    beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'huzhu-statement-'))));
    afterAll(() => {
      rmSync(directory, { recursive: true, force: true });
    });

    const huzhu = async (...words: string[]): Promise<{ status: ExitStatus; out: string }> => {
      const { databaseUrl, dataDir } = house.get(Config);
      const out: string[] = [];
      const kept = (line: unknown) => out.push(String(line)) > 0;
      const spies = [
        jest.spyOn(console, 'log').mockImplementation(kept),
        jest.spyOn(console, 'error').mockImplementation(kept),
        jest.spyOn(process.stderr, 'write').mockImplementation(kept),
      ];
      const environment = { DATABASE_URL: databaseUrl, HUZHU_DATA_DIR: dataDir, HUZHU_NOW: MONDAY };
      try {
        return { status: await runCommandLine(words, environment), out: out.join('\n') };
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    };

    it('writes the statement of a donor to a file: 0, of nobody: 1, without a year: 2', async () => {
      const donorId = await givenDonor(village);
      await give(village, 50_000, { donorId });
      const file = join(directory, 'statement.pdf');
      const words = ['statement', '--society', village.boardCode, '--donor', donorId, '--out', file];
      expect(await huzhu(...words, '--year', '2026')).toEqual({ status: 0, out: `wrote ${file}: 1 gifts` });
      expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
      expect(await huzhu(...words, '--year', '2031')).toMatchObject({ status: 1 });
      const nobody = words.map((word) => (word === donorId ? village.societyId : word));
      expect(await huzhu(...nobody, '--year', '2026')).toMatchObject({ status: 1 });
      expect(await huzhu(...words)).toMatchObject({ status: 2 });
    });
  });

  it('keeps its rows as they are', async () => {
    await issue(await named());
    const edit = (work: (tx: Tx) => Promise<number>) => house.get(Transactions).run(work);
    await expect(edit((tx) => tx.change`UPDATE receipts SET amount_fen = 1`)).rejects.toThrow(/append-only/);
    await expect(edit((tx) => tx.change`DELETE FROM receipts`)).rejects.toThrow(/append-only/);
  });

  // The last, since no clock goes back.
  it('begins the numbers of a new year at 1', async () => {
    const [first, second] = [await named(), await named()];
    expect((await issue(first)).number).toBe('2026000001');
    house.clock.moveTo('2027-01-04T01:00:00.000Z');
    expect((await issue(second)).number).toBe('2027000001');
  });
});

/** One row made wrong, and the promises that it breaks. */
const SLIPS: readonly (readonly [kinds: readonly string[], because: string, table: string, sql: string])[] = [
  [
    ['receipt number'],
    'a number was taken for nothing',
    'number_series',
    `UPDATE number_series SET last_number = last_number + 1 WHERE series = 'donation-receipt'`,
  ],
  [
    ['receipt number'],
    'a number was left out',
    'receipts',
    `UPDATE receipts SET number = 9 WHERE number = 3`,
  ],
  [
    ['receipt number'],
    'the series is gone',
    'number_series',
    `DELETE FROM number_series WHERE series = 'donation-receipt'`,
  ],
  [
    ['receipt amount'],
    'one fen more stands on the receipt',
    'receipts',
    `UPDATE receipts SET amount_fen = amount_fen + 1 WHERE id = '{standing}'`,
  ],
  [
    ['receipt amount'],
    'less was given than the receipt says',
    'gifts',
    `UPDATE gifts SET amount_fen = amount_fen - 1 WHERE id = '{gift}'`,
  ],
  [
    ['receipt reversal'],
    'a red one is not the mirror',
    'receipts',
    `UPDATE receipts SET amount_fen = amount_fen - 1 WHERE kind = 'RED'`,
  ],
  [
    ['receipt state'],
    'a gift says due while its receipt stands',
    'gifts',
    `UPDATE gifts SET receipt_state = 'DUE' WHERE id = '{gift}'`,
  ],
  [
    ['receipt state'],
    'a gift says issued and has none',
    'gifts',
    `UPDATE gifts SET receipt_state = 'ISSUED' WHERE id = '{other}'`,
  ],
  [
    ['receipt state'],
    'what was reversed stands again',
    'receipts',
    `UPDATE receipts SET reverses_id = id WHERE kind = 'RED'`,
  ],
  [
    ['receipt content'],
    'the words are others',
    'receipts',
    `UPDATE receipts SET content_hash = 'x' WHERE id = '{standing}'`,
  ],
  [
    ['receipt content'],
    'a receipt has another check code than its paper',
    'receipts',
    `UPDATE receipts SET check_code = 'AAAAAAAA' WHERE id = '{standing}'`,
  ],
];

describe.each(kinds)('a planted difference, $name', (kind) => {
  let house: House;
  let intruder: Intruder;
  const at: Record<string, string> = {};

  beforeAll(async () => {
    house = await givenHouse(kind);
    const village = await givenVillage(house, { heldFen: 0 });
    const receipts = house.get(ReceiptsService);
    const giftId = await give(village, 50_000, { donorId: await givenDonor(village) });
    const by = () => as(village, 'accountant');
    const { receiptId } = await receipts.issueReceipt(by(), { giftId });
    await receipts.reverseReceipt(by(), { receiptId, ...ERROR });
    at['standing'] = (await receipts.issueReceipt(by(), { giftId })).receiptId;
    at['gift'] = giftId;
    at['other'] = await give(village, 1_000);
    await expectSound(house);
    intruder = await intruderIn(house.dataSource);
  });
  afterAll(async () => {
    await intruder.close();
    await house.close();
  });

  it.each(SLIPS)('is found as %j: %s', async (broken, _because, table, sql) => {
    await intruder.undoing([table], async () => {
      await intruder.run(sql.replace(/\{(\w+)\}/g, (_whole, name: string) => at[name] ?? ''));
      const { findings } = await findAll(house.app);
      const kindsFound = new Set(findings.map((finding) => finding.kind));
      for (const each of broken) expect([...kindsFound]).toContain(each);
    });
    await expectSound(house);
  });
});
