import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DonorsQueries,
  GiftImportService,
  giftTemplateSheet,
  readGiftSheet,
} from '../../src/donations/index.js';
import type { GiftPreview, GiftsImported } from '../../src/donations/index.js';
import { GIFT_COLUMNS } from '../../src/donations/domain/gift-import.js';
import type { GiftColumn } from '../../src/donations/domain/gift-import.js';
import { runCommandLine } from '../../src/house/command-line.js';
import type { ExitStatus } from '../../src/house/command-line.js';
import { Config } from '../../src/platform/config.js';
import { readSheetCells } from '../../src/people/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { sheetOfRows } from '../support/sheets.js';
import { staysSound } from '../support/sound.js';
import { as, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

type Row = Partial<Record<GiftColumn, string | number | null>>;
const COLUMNS = Object.keys(GIFT_COLUMNS) as GiftColumn[];
const USUAL: Row = { kind: '个人', amount: '500', receivedOn: '2026-03-01', method: '现金' };
const COMPANY: Row = { name: '演示县柳编有限公司', kind: '单位', uscc: '9144030071526726XG' };

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

  const imports = () => house.get(GiftImportService);
  const fileOf = (rows: readonly Row[]): Promise<Buffer> =>
    sheetOfRows([
      Object.values(GIFT_COLUMNS),
      ...rows.map((row) => COLUMNS.map((column) => ({ ...USUAL, ...row })[column] ?? null)),
    ]);
  const sheetOf = async (rows: readonly Row[]) => readGiftSheet(await fileOf(rows));
  const preview = async (rows: readonly Row[], of = village): Promise<GiftPreview> =>
    imports().previewSheet(as(of, 'accountant'), await sheetOf(rows));
  const confirm = (importId: string | null, key?: string, of = village): Promise<GiftsImported> =>
    imports().confirmSheet(as(of, 'accountant', key), { importId: importId ?? '' });
  const redIn = ({ faults }: GiftPreview) => faults.map(({ row, column }) => `${row} ${column}`);
  const donors = async () => (await house.get(DonorsQueries).page(village.societyId, null)).rows;
  const gifts = () =>
    house.dataSource.query<{ amount: number | string; restriction: string; receipt: string }[]>(
      `SELECT amount_fen AS "amount", restriction AS "restriction", receipt_state AS "receipt" FROM gifts WHERE society_id = ? ORDER BY id`,
      [village.societyId],
    );
  const imported = () =>
    house.dataSource.query<Record<string, unknown>[]>('SELECT * FROM gift_imports WHERE society_id = ?', [
      village.societyId,
    ]);
  const pool = async () => (await house.get(LedgerQueries).fund(village.societyId)).balanceFen;

  it('shows what would be recorded, records nothing yet, and all of it when it is confirmed', async () => {
    const shown = await preview([
      { ...COMPANY, amount: '3.5万', method: '转账', bankReference: 'L-1', publishes: '是' },
      { name: '顾一一', phone: '13900005341', remark: '给着火的人家', intent: '用途', purpose: '火灾' },
      { name: '匿名', kind: null, amount: '20' },
      { ...COMPANY, amount: '100', method: '转账', bankReference: 'L-2' },
    ]);
    expect(shown).toMatchObject({
      faults: [],
      sums: { gifts: 4, amountFen: 3_562_000, newDonors: 2, knownDonors: 0, anonymous: 1 },
      lines: [
        { donor: { shownName: '演示县柳编有限公司', isNew: true }, purse: '救急难池' },
        { donor: { shownName: '顾*一', isNew: true }, purse: '救急难池 · 火灾' },
        { donor: null },
        { row: 5 },
      ],
    });
    expect([await gifts(), await donors()]).toEqual([[], []]);

    expect(await confirm(shown.importId)).toMatchObject({ gifts: 4, newDonors: 2 });
    expect(await gifts()).toHaveLength(4);
    expect((await gifts()).map(({ receipt }) => receipt)).toEqual(['DUE', 'DUE', 'DUE', 'DUE']);
    expect(await pool()).toBe(3_512_000);
    expect(
      (await donors()).map(({ shownName, gifts: n, publishesName }) => [shownName, n, publishesName]),
    ).toEqual([
      ['顾*一', 1, false],
      ['演示县柳编有限公司', 2, true],
    ]);
  });

  it('makes red what only the register and the books can know, and keeps nothing of such a sheet', async () => {
    await givenDonor(village, { name: '顾名', phone: '13900005341' });
    await givenDonor(village, { name: '顾名', phone: '13900005342', publishesName: true });
    await give(village, 1_000, { bankReference: 'TAKEN' });
    const shown = await preview([
      { name: '顾名' },
      { name: '顾名', phone: '13900005342', publishes: '否' },
      { name: '顾三', method: '转账', bankReference: 'TAKEN' },
      { name: '顾四', receivedOn: '2099-01-01' },
      { name: '顾五', intent: '基金', purpose: '没有的基金' },
      { name: '顾六', intent: '用途', purpose: '给张三的 3 岁孩子' },
    ]);
    expect(redIn(shown)).toEqual([
      ...['2 phone', '2 phone', '3 publishes', '4 bankReference'],
      ...['5 receivedOn', '6 purpose', '7 purpose'],
    ]);
    expect(shown.importId).toBeNull();
    expect(await imported()).toEqual([]);
    expect(await gifts()).toHaveLength(1);
  });

  it('matches who is known by code, or by name and phone, and says what may be recorded already', async () => {
    await givenDonor(village, {
      ...{ kind: 'COMPANY', group: 'ENTERPRISE' },
      ...{ name: '演示县柳编有限公司', uscc: '9144030071526726XG', publishesName: true },
    });
    const donorId = await givenDonor(village, { name: '顾一一', phone: '13900005341' });
    await give(village, 50_000, { donorId, receivedOn: '2026-03-01', method: 'CASH' });
    const shown = await preview([
      COMPANY,
      { name: '顾一一', phone: '139 0000 5341' },
      { name: '顾一一', phone: '13900005349' },
    ]);
    expect(shown.sums).toMatchObject({ knownDonors: 2, newDonors: 1, mayBeTwice: 1 });
    expect(shown.lines).toMatchObject([
      { donor: { isNew: false }, mayBeTwice: false },
      { donor: { isNew: false }, mayBeTwice: true },
      { donor: { isNew: true, hasNamesake: true } },
    ]);
    await confirm(shown.importId);
    expect((await donors()).map(({ gifts: n }) => n)).toEqual([1, 2, 1]);
    const [company] = (await donors()).slice(-1);
    expect(company).toMatchObject({ publishesName: true }); // the sheet did not say
  });

  it('is done once when ten confirm it together, by the same key or by another', async () => {
    const { importId } = await preview([{ name: '顾一' }, { name: '顾二' }]);
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => confirm(importId, 'the-same-key')),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill('fulfilled'));
    expect(await gifts()).toHaveLength(2);
    const again = await preview([{ name: '顾三' }]);
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => confirm(again.importId)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refusalsIn(tries)).toMatchObject(Array(9).fill({ code: 'GIFT_IMPORT_NOT_FOUND' }));
    expect(await gifts()).toHaveLength(3);
  });

  it('takes the same sheet in once, also when two uploads of it wait', async () => {
    const rows = [{ name: '顾一' }, { name: '顾二' }];
    const [first, second] = [await preview(rows), await preview(rows)];
    await confirm(first.importId);
    await expect(confirm(second.importId)).rejects.toMatchObject({ code: 'SHEET_ALREADY_TAKEN' });
    await expect(preview(rows)).rejects.toMatchObject({ code: 'SHEET_ALREADY_TAKEN' });
    expect(await gifts()).toHaveLength(2);
  });

  it('takes nothing of a sheet in when one of its lines was recorded meanwhile', async () => {
    const { importId } = await preview([
      { name: '顾一' },
      { name: '顾二', method: '转账', bankReference: 'L-5' },
    ]);
    await give(village, 1_000, { bankReference: 'L-5' });
    await expect(confirm(importId)).rejects.toMatchObject({ code: 'SHEET_MOVED_ON', details: { row: 3 } });
    expect([await gifts(), await donors()]).toMatchObject([[{}], []]);
  });

  it('D4-69 knows no sheet of another society, and matches none of its donors', async () => {
    const other = await givenVillage(house, { heldFen: 0 });
    await givenDonor(other, { name: '顾一', phone: '13900005341' });
    const shown = await preview([{ name: '顾一', phone: '13900005341' }]);
    expect(shown.sums).toMatchObject({ newDonors: 1, knownDonors: 0 });
    await expect(confirm(shown.importId, undefined, other)).rejects.toMatchObject({
      code: 'GIFT_IMPORT_NOT_FOUND',
    });
    expect(await gifts()).toEqual([]);
  });

  it('keeps names and phones sealed while it waits, and not at all afterwards or past two hours', async () => {
    house.clock.advance({ hours: 3 });
    await imports().purge(house.clock.now()); // what other tests left waiting
    const waits = await preview([{ name: '顾隐名', phone: '13987654321', remark: '别告诉人' }]);
    const kept = async () => JSON.stringify(await house.dataSource.query('SELECT * FROM gift_import_parts'));
    const rows = async () => JSON.stringify([await imported(), await kept()]);
    expect(await kept()).not.toBe('[]');
    expect(await rows()).not.toMatch(/顾隐名|13987654321|别告诉人/);
    expect(
      JSON.stringify(await house.dataSource.query(`SELECT answer FROM commands WHERE act LIKE '%Donations'`)),
    ).not.toMatch(/顾隐名|13987654321|别告诉人/);
    house.clock.advance({ hours: 2 });
    expect(await imports().purge(house.clock.now())).toBe(1);
    await expect(confirm(waits.importId)).rejects.toMatchObject({ code: 'GIFT_IMPORT_NOT_FOUND' });
    expect([await kept(), await imported()]).toEqual(['[]', []]);
    const { importId } = await preview([{ name: '顾隐名', phone: '13987654321' }]);
    await confirm(importId);
    expect(await kept()).toBe('[]');
    house.clock.advance({ hours: 3 });
    expect(await imports().purge(house.clock.now())).toBe(0); // its mark stays
  });

  it('takes a thousand rows in, in one unit', async () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      ...{
        name: `顾${String(i % 300)}`,
        phone: `139000${String(10_000 + (i % 300))}`,
        amount: String(i + 1),
      },
      ...{ method: '转账', bankReference: `K-${String(i)}`, intent: i % 3 === 0 ? '用途' : null },
      purpose: i % 3 === 0 ? '就学' : null,
    }));
    const started = performance.now();
    const shown = await preview(rows);
    const looked = performance.now();
    expect(shown.sums).toMatchObject({ gifts: 1000, newDonors: 300, amountFen: 50_050_000 });
    expect(shown.lines).toHaveLength(50);
    await confirm(shown.importId);
    const [look, take] = [looked - started, performance.now() - looked].map((ms) => Math.round(ms));
    console.info(`${kind.name}: 1000 rows looked at in ${String(look)} ms, taken in in ${String(take)} ms`);
    expect(await gifts()).toHaveLength(1000);
  });

  it('the template is read as a sheet with nothing in it, and no name in it is a formula', async () => {
    const cells = await readSheetCells(
      await giftTemplateSheet(['=HYPERLINK("http://x")', '安心纾困慈善基金']),
    );
    expect(cells[0]).toEqual(Object.values(GIFT_COLUMNS));
    await expect(readGiftSheet(await giftTemplateSheet())).rejects.toMatchObject({ code: 'SHEET_REFUSED' });
    const file = (await giftTemplateSheet(['=HYPERLINK("http://x")'])).toString('latin1');
    expect(file).not.toContain('<f>');
  });

  describe('on the command line', () => {
    let directory: string;
    let files = 0;
    beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'huzhu-gifts-'))));
    afterAll(() => {
      rmSync(directory, { recursive: true, force: true });
    });

    const huzhu = async (...words: string[]): Promise<{ status: ExitStatus; out: string }> => {
      const { databaseUrl, dataDir } = house.get(Config);
      const environment = {
        ...{ DATABASE_URL: databaseUrl, HUZHU_DATA_DIR: dataDir },
        HUZHU_NOW: house.clock.now().toISOString(),
      };
      const out: string[] = [];
      const kept = (line: unknown) => out.push(String(line)) > 0;
      const spies = [
        jest.spyOn(console, 'log').mockImplementation(kept),
        jest.spyOn(console, 'error').mockImplementation(kept),
        jest.spyOn(process.stderr, 'write').mockImplementation(kept),
      ];
      try {
        return { status: await runCommandLine(words, environment), out: out.join('\n') };
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    };
    const written = async (rows: readonly Row[]): Promise<string> => {
      const file = join(directory, `${++files}.xlsx`);
      writeFileSync(file, await fileOf(rows));
      return file;
    };

    it('looks first, then records all, and the same file again does nothing more: 0', async () => {
      const words = ['import:donations', await written([{ name: '顾一' }, { name: '顾二' }])];
      const all = [...words, '--society', village.boardCode];
      expect(await huzhu(...all, '--dry-run')).toEqual({
        ...{ status: 0, out: 'would record 2 gifts, 100000 fen, 2 new donors' },
      });
      expect(await gifts()).toEqual([]);
      const first = await huzhu(...all);
      expect(first).toEqual({ status: 0, out: 'recorded 2 gifts, 100000 fen, 2 new donors' });
      expect(await huzhu(...all)).toEqual(first);
      expect(await gifts()).toHaveLength(2);
    });

    it('names what is wrong, cell by cell, and records nothing: 1', async () => {
      const file = await written([
        { name: '顾三' },
        { name: '顾四', receivedOn: '2099-01-01', amount: '1千' },
      ]);
      const { status, out } = await huzhu('import:donations', file, '--society', village.boardCode);
      expect([status, out]).toEqual([
        1,
        expect.stringMatching(/^nothing recorded, 1 faults\nrow 3, 金额\(元\): 金额没写对/),
      ]);
      const late = await written([{ name: '顾四', receivedOn: '2099-01-01' }]);
      expect(await huzhu('import:donations', late, '--society', village.boardCode)).toMatchObject({
        ...{ status: 1, out: expect.stringContaining('row 2, 收到日期') as string },
      });
      expect(await gifts()).toEqual([]);
      writeFileSync(file, 'no sheet');
      expect(await huzhu('import:donations', file, '--society', village.boardCode)).toMatchObject({
        status: 1,
      });
      expect(await huzhu('import:donations', late, '--society', 'ZZZZZZZZ')).toMatchObject({ status: 1 });
      expect((await huzhu('import:donations', late)).status).toBe(2);
    });

    it('writes an empty sheet', async () => {
      const file = join(directory, 'empty.xlsx');
      expect(await huzhu('export:donation-sheet', file)).toEqual({ status: 0, out: `wrote ${file}` });
    });
  });

  it('refuses under another key what was taken in under the first', async () => {
    const actor = { ...as(village, 'accountant').actor, accountId: null, personId: null, origin: 'cli' };
    const sheet = await sheetOf([{ name: '顾一' }]);
    await imports().importSheet({ actor, key: 'cli-first-key' }, sheet);
    await expect(imports().importSheet({ actor, key: 'cli-other-key' }, sheet)).rejects.toMatchObject({
      code: 'SHEET_ALREADY_TAKEN',
    });
    expect(await gifts()).toHaveLength(1);
  });
});
