import type { Cell } from '../../people/domain/people-sheet.js';
import { SheetRefused } from '../../people/domain/people.errors.js';
import { MOST_RELIEF_ROWS, RELIEF_COLUMNS, reliefSheetOf } from './relief-sheet.js';
import type { ReliefColumn } from './relief-sheet.js';

const COLUMNS = Object.keys(RELIEF_COLUMNS) as ReliefColumn[];
const TITLES = Object.values(RELIEF_COLUMNS);
const RIGHT: Readonly<Record<ReliefColumn, Cell>> = {
  name: '范长河',
  idNumber: '341702198503140010',
  fund: '安心纾困慈善基金',
  project: null,
  cause: '突发疾病',
  invoices: '12345678 99,540.00；AB-12345 6 1200',
  debts: '3万',
  story: '在县医院住院',
  cardTail: null,
  publish: '是',
  signed: '是',
};
const rowOf = (change: Partial<Record<ReliefColumn, Cell>> = {}): Cell[] =>
  COLUMNS.map((column) => ({ ...RIGHT, ...change })[column]);
const read = (...rows: Cell[][]) => reliefSheetOf([TITLES, ...rows]);
const faultsOf = (change: Partial<Record<ReliefColumn, Cell>>) => read(rowOf(change)).faults;

it('reads a row: what is typed loosely means the same', () => {
  const invoices = '１２３４５６７８ 99,540.00；\nab-123456、1200';
  expect(read(rowOf({ invoices, cardTail: 122 }))).toEqual({
    rows: [
      {
        ...{ row: 2, name: '范长河', idNumber: '341702198503140010', cause: 'ILLNESS' },
        ...{ fundName: '安心纾困慈善基金', projectName: null, debtsFen: 3_000_000, story: '在县医院住院' },
        invoices: [
          { number: '12345678', amountFen: 9_954_000 },
          { number: 'AB123456', amountFen: 120_000 },
        ],
        ...{ cardTail: '0122', publish: true },
      },
    ],
    faults: [],
    total: 1,
  });
});

it('knows its columns by their titles, in any order, with hints in brackets, and leaves out empty rows', () => {
  const decorated: Cell[] = ['说明', ...TITLES.filter((title) => title !== '说明')].map((title) =>
    title === '负债' ? '负债（元）' : title === '公示同意' ? '公示同意(是/否)*' : title,
  );
  const order = COLUMNS.filter((column) => column !== 'story');
  const row = ['', ...order.map((column) => ({ ...RIGHT, invoices: '12345678 1200' })[column])];
  const { rows, total } = reliefSheetOf([decorated, [], row, ['', null]]);
  expect([total, rows.length, rows[0]?.row, rows[0]?.debtsFen, rows[0]?.story]).toEqual([
    1,
    1,
    3,
    3_000_000,
    null,
  ]);
});

it.each`
  change                                    | column          | reason                  | because
  ${{ name: '' }}                           | ${'姓名'}       | ${/请填姓名/}           | ${'nobody asks'}
  ${{ idNumber: '341702198503140011' }}     | ${'身份证号'}   | ${/校验不通过/}         | ${'a digit is wrong'}
  ${{ idNumber: 341702198503140000 }}       | ${'身份证号'}   | ${/后几位已经丢失/}     | ${'the cell is a number'}
  ${{ idNumber: null }}                     | ${'身份证号'}   | ${/应为18位/}           | ${'without a number nobody is found'}
  ${{ fund: null }}                         | ${'基金'}       | ${/全名/}               | ${'no fund is named'}
  ${{ cause: '生病' }}                      | ${'事由'}       | ${/突发疾病、意外事故/} | ${'the list of causes is closed'}
  ${{ invoices: '12345678' }}               | ${'发票'}       | ${/第 1 张没写对/}      | ${'an amount is missing'}
  ${{ invoices: '12345678 10；1234 20' }}   | ${'发票'}       | ${/第 2 张没写对/}      | ${'four digits are no number'}
  ${{ invoices: '12345678 1；12345678 1' }} | ${'发票'}       | ${/第 2 张前面已经填/}  | ${'one invoice counts once'}
  ${{ invoices: null }}                     | ${'发票'}       | ${/请填发票/}           | ${'nothing is claimed'}
  ${{ debts: '很多' }}                      | ${'负债'}       | ${/没写对/}             | ${'no amount'}
  ${{ cardTail: '62282' }}                  | ${'收款卡尾号'} | ${/最后四位/}           | ${'five digits'}
  ${{ story: '长'.repeat(1001) }}           | ${'说明'}       | ${/最多 1000 个字/}     | ${'nothing is cut off in silence'}
  ${{ publish: null }}                      | ${'公示同意'}   | ${/是 或 否/}           | ${'a consent is asked, not guessed'}
  ${{ signed: '否' }}                       | ${'已签同意书'} | ${/没有签字的同意书/}   | ${'nothing is done without consent'}
  ${{ signed: null }}                       | ${'已签同意书'} | ${/是 或 否/}           | ${'it is not said'}
`(
  'refuses $column where $because',
  ({ change, column, reason }: { change: Partial<typeof RIGHT>; column: string; reason: RegExp }) => {
    const whole = { invoices: '12345678 1200', ...change };
    expect(faultsOf(whole)).toEqual([{ row: 2, column, reason: expect.stringMatching(reason) as string }]);
    expect(read(rowOf(whole)).rows).toEqual([]);
  },
);

it('names every mistake of a row, and keeps the other rows', () => {
  const right = rowOf({ invoices: '12345678 1200' });
  const { rows, faults } = read(right, rowOf({ invoices: null, debts: 'x', signed: '否' }));
  expect(rows.map(({ row }) => row)).toEqual([2]);
  expect(faults.map(({ row, column }) => [row, column])).toEqual([
    [3, '发票'],
    [3, '负债'],
    [3, '已签同意书'],
  ]);
});

it('D4-11 finds the same invoice in two rows of one fund, and allows it in two funds', () => {
  const one = rowOf({ invoices: '11111111 10；22222222 20' });
  const other = rowOf({ invoices: '33333333 10；11111111 10' });
  expect(read(one, other).faults).toEqual([{ row: 3, column: '发票', reason: '第 2 张和第 2 行的是同一张' }]);
  const elsewhere = rowOf({ invoices: '11111111 10', fund: '另一个基金' });
  expect(read(one, elsewhere).faults).toEqual([]);
});

it('quotes no value of a person in a fault', () => {
  const faults = faultsOf({ idNumber: '341702198503140011', cause: '白血病', invoices: '12345678 1' });
  expect(JSON.stringify(faults)).not.toMatch(/34170219|白血病|范长河/);
});

it.each([
  ['no rows', [TITLES]],
  ['no titles', []],
  ['a column that is missing', [TITLES.filter((title) => title !== '事由'), rowOf()]],
  ['too many rows', [TITLES, ...Array.from({ length: MOST_RELIEF_ROWS + 1 }, () => rowOf())]],
])('refuses a sheet with %s', (_what, cells) => {
  expect(() => reliefSheetOf(cells)).toThrow(SheetRefused);
});
