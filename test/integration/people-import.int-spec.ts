import { randomUUID } from 'node:crypto';
import type { Caller } from '../../src/kernel/actor.js';
import { ImportNotFound, SheetRefused } from '../../src/people/domain/people.errors.js';
import { PersonListeners, readPeopleSheet } from '../../src/people/index.js';
import { templateSheet } from '../../src/people/sheet.template.js';
import { kinds } from '../support/databases.js';
import { givenPerson, givenRegister, secretaryOf } from '../support/people.js';
import type { Register } from '../support/people.js';
import { sheetOfRows, sheetOfXml, zipOf } from '../support/sheets.js';

const TITLES = [
  '姓名',
  '村民小组',
  '身份证号',
  '出生日期',
  '电话',
  '户号',
  '居住情况',
  '困难类别',
  '标签',
  '房号',
  '监护人身份证号',
];
const PEOPLE = [
  TITLES,
  [
    '李建明',
    '三组',
    '341702198503140010',
    null,
    '13900005341',
    '12',
    '户籍',
    '低保对象',
    '租房居住',
    '301',
    null,
  ],
  [
    '李小明',
    '三组',
    '371602201206012340',
    null,
    null,
    '12',
    null,
    '未成年人',
    null,
    null,
    '341702198503140010',
  ],
  ['逄某', '五组', null, new Date('1969-10-01T00:00:00Z'), null, null, '外来', '特困人员', null, null, null],
  ['王芳', '五组', '341702198503140011', null, null, null, null, null, null, null, null],
  ['', '五组', null, null, '13900000012', null, null, null, null, null, null],
];

describe('readPeopleSheet', () => {
  it('reads a sheet as it was saved, and names row, column and reason', async () => {
    const { rows, faults, total } = await readPeopleSheet(await sheetOfRows(PEOPLE));
    expect(rows.map(({ row, name, bornOn }) => [row, name, bornOn])).toEqual([
      [2, '李建明', null],
      [3, '李小明', null],
      [4, '逄某', '1969-10-01'],
    ]);
    expect(faults.map(({ row, column }) => [row, column])).toEqual([
      [5, '身份证号'],
      [6, '姓名'],
    ]);
    expect(total).toBe(5);
  });

  it('takes of a formula its saved value, never what it would calculate (T11)', async () => {
    const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const formula = (at: string, f: string, v: string) => `<c r="${at}" t="str"><f>${f}</f><v>${v}</v></c>`;
    const sheet = sheetOfXml(
      `<row r="1">${text('A1', '姓名')}${text('B1', '村民小组')}${text('C1', '电话')}</row>` +
        `<row r="2">${text('A2', '李建明')}${formula('B2', 'HYPERLINK("http://x","y")', '三组')}<c r="C2"><f>1+1</f><v>13900005341</v></c></row>`,
    );
    expect((await readPeopleSheet(sheet)).rows).toMatchObject([
      { name: '李建明', group: '三组', phone: '13900005341' },
    ]);
  });

  it('reads its own template, in which there is nobody', async () => {
    await expect(readPeopleSheet(await templateSheet())).rejects.toThrow(/一个人也没有/);
  });

  const big = () => '<row/>'.repeat(9_000_000);
  it.each<[string, () => Buffer]>([
    ['an old .xls', () => Buffer.from('d0cf11e0a1b11ae1'.repeat(100), 'hex')],
    ['a text that calls itself a sheet', () => Buffer.from('姓名,村民小组\n李建明,三组')],
    ['the head of a ZIP and nothing more', () => Buffer.from('PK\u0003\u0004')],
    ['a ZIP that is no sheet', () => zipOf({ 'a.txt': '姓名' })],
    ['a sheet cut in half', () => sheetOfXml('<row r="1"/>').subarray(0, 400)],
    ['a small file that unpacks to 54 MB', () => sheetOfXml(big())],
    ['XML that ends in the middle', () => sheetOfXml('<row r="1"><c')],
  ])('refuses %s', async (_what, bytes) => {
    await expect(readPeopleSheet(bytes())).rejects.toThrow(SheetRefused);
  });

  it('reads 5000 rows without holding up anybody else', async () => {
    const rows = Array.from({ length: 5000 }, (_each, i) => [
      `李${'明芳伟'.charAt(i % 3)}`,
      '三组',
      `户${i}`,
    ]);
    const bytes = await sheetOfRows([['姓名', '村民小组', '户号'], ...rows]);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    expect((await readPeopleSheet(bytes)).rows).toHaveLength(5000);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});

describe.each(kinds)('$name', (kind) => {
  let house: Register;
  let society: string;
  let secretary: Caller;

  beforeAll(async () => {
    house = await givenRegister(kind);
  });
  afterAll(async () => house.close());
  beforeEach(() => {
    society = randomUUID();
    secretary = secretaryOf(society);
  });

  const preview = async (rows: Parameters<typeof sheetOfRows>[0], caller = secretary) =>
    house.people.previewImport(caller, await readPeopleSheet(await sheetOfRows(rows)));
  const confirm = (importId: string, caller = secretaryOf(society)) =>
    house.people.confirmImport(caller, importId);
  const found = async (name: string) => {
    const [person] = await house.queries.search(society, name);
    if (!person) throw new Error(`${name} is not in the register`);
    return person;
  };

  it('previews 新增, 更新, 没有变化 and 有误, and writes nothing before it is confirmed', async () => {
    await givenPerson(house, society, { idNumber: '341702198503140010', phone: '13800000000' });
    const shown = await preview(PEOPLE);
    expect(shown).toMatchObject({ added: 2, updated: 1, unchanged: 0, faulty: 2 });
    expect(shown.faults).toHaveLength(2);
    expect(await house.queries.count(society)).toBe(1);

    expect(await confirm(shown.importId)).toMatchObject({ added: 2, updated: 1, faulty: 0 });
    expect(await house.queries.count(society)).toBe(3);
    const [father, child, stranger] = [await found('李建明'), await found('李小明'), await found('逄某')];
    expect(father).toMatchObject({ phoneTail: '5341', category: 'SUBSISTENCE' });
    expect(child).toMatchObject({ guardianId: father.id, householdId: father.householdId, isMinor: true });
    expect(stranger).toMatchObject({ idState: 'PENDING', bornOn: '1969-10-01', residence: 'OUTSIDER' });
    expect(await house.queries.tagsOf(society, father.id)).toEqual(['TENANT']);
  });

  it('changes nothing when the same sheet comes again', async () => {
    await confirm((await preview(PEOPLE)).importId);
    const again = await preview(PEOPLE, secretaryOf(society));
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: 3, faulty: 2 });
  });

  it('is confirmed once, when ten presses arrive together, and not a second time', async () => {
    const { importId } = await preview(PEOPLE);
    const presses = await Promise.allSettled(Array.from({ length: 10 }, () => confirm(importId)));
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await house.queries.count(society)).toBe(3);
    await expect(confirm(importId)).rejects.toThrow(ImportNotFound);
  });

  it('answers the same press again with the same figures', async () => {
    const { importId } = await preview(PEOPLE);
    const press = secretaryOf(society);
    const first = await confirm(importId, press);
    expect(await confirm(importId, press)).toEqual(first);
  });

  it('D4-69 cannot be confirmed from another society, nor after two hours', async () => {
    const { importId } = await preview(PEOPLE);
    await expect(confirm(importId, secretaryOf(randomUUID()))).rejects.toThrow(ImportNotFound);
    house.clock.advance({ hours: 2 });
    await expect(confirm(importId)).rejects.toThrow(ImportNotFound);
    expect(await house.queries.count(society)).toBe(0);
  });

  it('keeps sealed what waits, and throws it away once it was used or is too old', async () => {
    const parts = async (importId: string) => {
      const rows: { sealed: string }[] = await house.dataSource.query(
        `SELECT rows_sealed AS "sealed" FROM people_import_parts WHERE import_id = ?`,
        [importId],
      );
      return rows;
    };
    const used = await preview(PEOPLE);
    expect(JSON.stringify(await parts(used.importId))).not.toMatch(/李建明|341702198503140010/);
    await confirm(used.importId);
    expect(await parts(used.importId)).toEqual([]);
    const old = await preview(PEOPLE, secretaryOf(society));
    house.clock.advance({ hours: 3 });
    await preview(PEOPLE, secretaryOf(society));
    expect(await parts(old.importId)).toEqual([]);
  });

  it('by the clock throws away what nobody confirmed in time, of every society, once', async () => {
    const count = async (table: string) => {
      const [row]: { n: number | string }[] = await house.dataSource.query(
        `SELECT COUNT(*) AS "n" FROM ${table}`,
      );
      return Number(row?.n);
    };
    house.clock.advance({ hours: 2 });
    await house.people.purgeImports(house.clock.now());
    const old = await preview(PEOPLE);
    await preview(PEOPLE, secretaryOf(randomUUID()));
    house.clock.advance({ hours: 1 });
    const young = await preview(PEOPLE, secretaryOf(society));
    house.clock.advance({ hours: 1 });
    const purges = await Promise.all([1, 2, 3].map(() => house.people.purgeImports(house.clock.now())));
    expect(purges.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect([await count('people_imports'), await count('people_import_parts')]).toEqual([1, 1]);
    expect(await house.people.purgeImports(house.clock.now())).toBe(0);
    await expect(confirm(old.importId)).rejects.toThrow(ImportNotFound);
    expect(await confirm(young.importId)).toMatchObject({ added: 3 });
  });

  it('leaves out a row whose texts are longer than the register holds, and takes the others', async () => {
    const long = '组'.repeat(41);
    const shown = await preview([TITLES, ['李建明', long], ['王芳', '组'.repeat(40)]]);
    expect(shown).toMatchObject({ added: 1, faulty: 1 });
    expect(shown.faults).toMatchObject([{ row: 2, column: '村民小组', reason: '村民小组最多 40 个字' }]);
    expect(await confirm(shown.importId)).toMatchObject({ added: 1 });
  });

  it('moves a person and a whole household as the sheet says', async () => {
    await confirm((await preview(PEOPLE)).importId);
    const before = await found('李小明');
    const moved = await preview(
      [TITLES, ['李小明', '五组', '371602201206012340', null, null, '77', null, null, null, '5', null]],
      secretaryOf(society),
    );
    expect(moved).toMatchObject({ updated: 1 });
    await confirm(moved.importId);
    const after = await found('李小明');
    expect(after.group).toBe('五组');
    expect(after.householdId).not.toBe(before.householdId);
    expect((await found('李建明')).group).toBe('三组');
    const renamed = await preview(
      [TITLES, ['李建明', '六组', '341702198503140010', null, null, null, null, null, null, '302', null]],
      secretaryOf(society),
    );
    await confirm(renamed.importId);
    const { householdId } = await found('李建明');
    expect((await house.queries.household(society, householdId)).address).toBe('六组 · 302');
  });

  it('D4-50 supplies numbers that were owed, and tells whoever waits for them', async () => {
    const heard: string[] = [];
    house.get(PersonListeners).register({
      supplied: (_tx, { personId }) => Promise.resolve(void heard.push(personId)),
      answered: () => Promise.resolve(),
    });
    const personId = await givenPerson(house, society, { bornOn: '1985-03-14' });
    await confirm((await preview(PEOPLE)).importId);
    expect(await house.queries.person(society, personId)).toMatchObject({ idState: 'KNOWN', sex: 'male' });
    expect(heard).toEqual([personId]);
  });

  it('takes a village of 5000 at once', async () => {
    const names = ['明', '芳', '伟', '娜', '强'];
    const rows = Array.from({ length: 5000 }, (_each, i) => [
      `李${names[i % 5] ?? ''}${names[Math.floor(i / 5) % 5] ?? ''}`,
      `${1 + (i % 9)}组`,
      `139${String(10_000_000 + i)}`,
      `户${Math.floor(i / 4)}-${i}`,
    ]);
    const sheet = await readPeopleSheet(await sheetOfRows([['姓名', '村民小组', '电话', '户号'], ...rows]));
    const { importId, ...counts } = await house.people.previewImport(secretary, sheet);
    expect(counts).toMatchObject({ added: 5000, faulty: 0 });
    await confirm(importId);
    expect(await house.queries.count(society)).toBe(5000);
  });

  it('imports rows from a program, with the faults of the sheet and of the register together', async () => {
    await givenPerson(house, society, { name: '张三', idNumber: '341702198503140010' });
    const imported = await house.people.importSheet(
      secretary,
      await readPeopleSheet(await sheetOfRows(PEOPLE)),
    );
    // 李建明 has the number of 张三; 李小明 finds a guardian in the register all the same.
    expect(imported).toMatchObject({ added: 2, updated: 0, faulty: 3 });
    expect(imported.faults.map(({ row }) => row)).toEqual([2, 5, 6]);
  });
});
