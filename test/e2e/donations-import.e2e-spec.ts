import { GIFT_COLUMNS } from '../../src/donations/domain/gift-import.js';
import type { GiftColumn } from '../../src/donations/domain/gift-import.js';
import { GiftsQueries } from '../../src/donations/index.js';
import { api, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import type { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { sheetOfRows } from '../support/sheets.js';
import { staysSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const PAGE = '/s/donations/import';
const COLUMNS = Object.keys(GIFT_COLUMNS) as GiftColumn[];
type Row = Partial<Record<GiftColumn, string>>;

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let accountant: FormVisitor;
  let program: ApiClient;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0 });
    accountant = await signedIn(house, village.at.accountant.login);
    program = await api(house, village.at.accountant.login);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const sheetOf = (rows: readonly Row[]): Promise<Buffer> =>
    sheetOfRows([
      Object.values(GIFT_COLUMNS),
      ...rows.map((row) =>
        COLUMNS.map(
          (column) =>
            ({ kind: '个人', amount: '500', receivedOn: '2026-03-01', method: '现金', ...row })[column] ??
            null,
        ),
      ),
    ]);
  const upload = async (rows: readonly Row[]) => {
    await accountant.get(PAGE);
    return accountant.upload(PAGE, {}, { sheet: await sheetOf(rows) });
  };
  const count = async () => (await house.get(GiftsQueries).totals(village.societyId)).gifts;

  it('leads from the template to the list of gifts, with nothing recorded before it is confirmed', async () => {
    const page = await accountant.get(PAGE);
    for (const words of ['用表格记捐赠', `${PAGE}/template.xlsx`, '传上来核对', '一次最多 1000 行'])
      expect(page.body).toContain(words);
    const template = await accountant.get(`${PAGE}/template.xlsx`);
    expect([template.status, template.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK']);

    const shown = await upload([
      { name: '顾一一', phone: '13900005341' },
      { name: '匿名', kind: '', amount: '20' },
    ]);
    expect(shown.status).toBe(200);
    for (const words of [
      '核对一下',
      '现在一笔也没有记',
      '顾*一',
      '爱心人士',
      '新登记',
      '确认记 2 笔，共 520.00 元',
    ])
      expect(shown.body).toContain(words);
    for (const secret of ['顾一一', '13900005341']) expect(shown.body).not.toContain(secret);
    expect(await count()).toBe(0);

    const importId = /name="importId" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
    const done = await accountant.post(`${PAGE}/confirm`, { importId });
    expect([done.status, done.body.includes('记了 2 笔捐赠，共 520.00 元')]).toEqual([200, true]);
    expect(await count()).toBe(2);
    await accountant.get(PAGE);
    const again = await accountant.post(`${PAGE}/confirm`, { importId });
    expect([again.status, again.body.includes('这份预览已经用过或已过期')]).toEqual([404, true]);
    const same = await upload([
      { name: '顾一一', phone: '13900005341' },
      { name: '匿名', kind: '', amount: '20' },
    ]);
    expect([same.status, same.body.includes('这张表格已经导入过')]).toEqual([422, true]);
    expect(await count()).toBe(2);
  });

  it('shows the red cells of a row with words in them, and offers nothing to confirm', async () => {
    const shown = await upload([{ name: '顾二' }, { name: '顾三', phone: '1390000', amount: '<b>很多</b>' }]);
    expect(shown.status).toBe(422);
    for (const words of ['有红格子，还不能导入', '第 3 行', '手机号不对', '金额没写对', '1390000', '2 处'])
      expect(shown.body).toContain(words);
    expect(shown.body.match(/sheet-cell--wrong/g)).toHaveLength(2);
    expect(shown.body).not.toContain('第 2 行');
    expect(shown.body).not.toMatch(/<b>很多|importId/);
    expect(await count()).toBe(0);
  });

  it('says what it cannot read at all: 422', async () => {
    await accountant.get(PAGE);
    const text = await accountant.upload(PAGE, {}, { sheet: Buffer.from('姓名,金额') });
    expect([text.status, text.body.includes('这个文件不是 .xlsx 表格')]).toEqual([422, true]);
    const none = await accountant.upload(PAGE, {}, {});
    expect([none.status, none.body.includes('请选择填好的表格')]).toEqual([422, true]);
  });

  it('is not for whoever does not keep the books: 403', async () => {
    for (const post of ['secretary', 'cashier', 'chair'] as const) {
      const visitor = await signedIn(house, village.at[post].login);
      expect((await visitor.get(PAGE)).status).toBe(403);
    }
  });

  it('does the same for a program, twice under one key once, and D4-69 not for another society', async () => {
    const files = { sheet: await sheetOf([{ name: '顾四' }]) };
    const seen = await program.upload('/donations/imports', {}, files);
    expect([seen.status, seen.body]).toMatchObject([200, { faults: [], sums: { gifts: 1 } }]);
    const importId = String(seen.body['importId']);
    const url = `/donations/imports/${importId}/confirmation`;
    const other = await givenVillage(house, { heldFen: 0 });
    const stranger = await api(house, other.at.accountant.login);
    expect((await stranger.post(url, {})).status).toBe(404);
    const key = `import-${importId}`;
    const answers = [await program.post(url, {}, key), await program.post(url, {}, key)];
    expect(answers.map(({ status, body }) => [status, body['gifts']])).toEqual([
      [200, 1],
      [200, 1],
    ]);
    expect(await count()).toBe(1);
    const red = await program.upload(
      '/donations/imports',
      {},
      { sheet: await sheetOf([{ name: '', amount: '1千' }]) },
    );
    expect(red.body).toMatchObject({
      importId: null,
      faults: [
        { row: 2, column: '姓名/单位全称' },
        { row: 2, column: '金额(元)' },
      ],
    });
  });
});
