import { SheetRefused } from '../../people/domain/people.errors.js';
import type { Cell } from '../../people/domain/people-sheet.js';
import {
  donorsIn,
  DonorRegister,
  GIFT_COLUMNS,
  giftSheetOf,
  MOST_GIFT_ROWS,
  plainCell,
} from './gift-import.js';
import type { GiftColumn, KnownDonor, SheetDonor } from './gift-import.js';

type Row = Partial<Record<GiftColumn, Cell>>;
const COLUMNS = Object.keys(GIFT_COLUMNS) as GiftColumn[];
const USUAL: Row = { name: '顾一', kind: '个人', amount: '500', receivedOn: '2026-03-01', method: '转账' };

const cellsOf = (rows: readonly Row[]): Cell[][] => [
  Object.values(GIFT_COLUMNS),
  ...rows.map((row) => COLUMNS.map((column) => ({ ...USUAL, ...row })[column] ?? null)),
];
const faultsOf = (...rows: Row[]) =>
  giftSheetOf(cellsOf(rows)).faults.map(({ row, column, reason }) => `${row} ${column}: ${reason}`);

it('reads what people write, in the forms in which they write it', () => {
  const { rows, faults } = giftSheetOf(
    cellsOf([
      { phone: 13_900_005_341, group: '退休干部', homePlace: '柳溪村', publishes: '是', amount: '3.5万' },
      {
        ...{ name: '柳编有限公司', kind: '单位', uscc: '9144030071526726xg', amount: 1000.5 },
        ...{
          receivedOn: '2026年3月2日',
          bankReference: 'L-1',
          intent: '用途',
          purpose: '火灾',
          remark: '给着火的人家',
        },
      },
      { name: '匿名', kind: null, amount: '１００', method: '现金', intent: '指定救急难' },
    ]),
  );
  expect(faults).toEqual([]);
  expect(rows).toMatchObject([
    {
      donor: { kind: 'PERSON', phone: '13900005341', group: 'RETIRED_CADRE', publishes: true },
      ...{ row: 2, amountFen: 3_500_000, intent: 'UNRESTRICTED', bankReference: null },
    },
    {
      donor: { kind: 'COMPANY', group: 'ENTERPRISE', uscc: '9144030071526726XG', publishes: null },
      ...{ amountFen: 100_050, receivedOn: '2026-03-02', intent: 'PURPOSE', purpose: '火灾' },
    },
    { donor: null, amountFen: 10_000, method: 'CASH', intent: 'SOCIETY', purpose: null },
  ]);
});

it.each`
  cell                                            | column             | because
  ${{ name: '' }}                                 | ${'name'}          | ${'nobody is named, and “匿名” is not said'}
  ${{ name: '顾'.repeat(61) }}                    | ${'name'}          | ${'longer than any name'}
  ${{ kind: '' }}                                 | ${'kind'}          | ${'a person or a company'}
  ${{ kind: '公司' }}                             | ${'kind'}          | ${'not in the closed list'}
  ${{ kind: '单位' }}                             | ${'uscc'}          | ${'a company has a code'}
  ${{ kind: '单位', uscc: '9144030071526726XA' }} | ${'uscc'}          | ${'its check character is wrong'}
  ${{ uscc: '9144030071526726XG' }}               | ${'uscc'}          | ${'a person has no code'}
  ${{ group: '朋友' }}                            | ${'group'}         | ${'not in the closed list'}
  ${{ phone: '1390000' }}                         | ${'phone'}         | ${'no mobile number'}
  ${{ publishes: '随便' }}                        | ${'publishes'}     | ${'yes or no'}
  ${{ amount: null }}                             | ${'amount'}        | ${'no amount'}
  ${{ amount: '1千' }}                            | ${'amount'}        | ${'D4-70 千 is not read'}
  ${{ amount: '1,000.005' }}                      | ${'amount'}        | ${'D4-70 a third decimal'}
  ${{ amount: '0' }}                              | ${'amount'}        | ${'nothing is no gift'}
  ${{ amount: '-5' }}                             | ${'amount'}        | ${'less than nothing'}
  ${{ amount: '20亿' }}                           | ${'amount'}        | ${'亿 is not read'}
  ${{ receivedOn: '' }}                           | ${'receivedOn'}    | ${'no day'}
  ${{ receivedOn: '2026-02-30' }}                 | ${'receivedOn'}    | ${'there is no such day'}
  ${{ receivedOn: '1926-03-01' }}                 | ${'receivedOn'}    | ${'a slip of the hand'}
  ${{ method: '' }}                               | ${'method'}        | ${'by bank or in cash'}
  ${{ method: '现金', bankReference: 'L-1' }}     | ${'bankReference'} | ${'cash has no line'}
  ${{ bankReference: 1234567890123456 }}          | ${'bankReference'} | ${'a number cell lost its last digits'}
  ${{ intent: '随便' }}                           | ${'intent'}        | ${'not in the closed list'}
  ${{ intent: '用途' }}                           | ${'purpose'}       | ${'the purpose is missing'}
  ${{ purpose: '火灾' }}                          | ${'intent'}        | ${'a purpose without its intent'}
  ${{ intent: '不指定', purpose: '火灾' }}        | ${'purpose'}       | ${'the two contradict each other'}
  ${{ remark: '谢'.repeat(121) }}                 | ${'remark'}        | ${'longer than is kept'}
  ${{ homePlace: '柳\u0007村' }}                  | ${'homePlace'}     | ${'a sign that nobody typed'}
`('makes $column red: $because', ({ cell, column }: { cell: Row; column: string }) => {
  const { rows, faults } = giftSheetOf(cellsOf([cell, { name: '顾二' }]));
  expect(faults.map((fault) => [fault.row, fault.column])).toEqual([[2, column]]);
  expect(rows.map(({ row }) => row)).toEqual([3]);
});

it('names every cell of a row that is wrong, and quotes none of them', () => {
  const faults = faultsOf({ name: '顾秘密', phone: '13900', amount: '很多', method: '微信' });
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(['2 phone', '2 amount', '2 method']);
  expect(faults.join()).not.toMatch(/顾秘密|13900|很多|微信/);
});

it('names what is in the sheet twice, with the row that it is twice of', () => {
  expect(faultsOf({ bankReference: 'L-1' }, { name: '顾二', bankReference: 'L-1' })).toEqual([
    '3 bankReference: 和第 2 行是同一条银行流水',
  ]);
  expect(faultsOf({}, { name: '顾二' }, {})).toEqual([
    '4 remark: 和第 2 行一模一样；确实是两笔的，请在备注里写明',
  ]);
  expect(faultsOf({}, { remark: '下午又捐了一次' })).toEqual([]);
  expect(faultsOf({ name: '匿名', kind: null }, { name: '匿名', kind: null })).toEqual([]);
});

it('names rows of one donor that say two things of him', () => {
  const phone = '13900005341';
  const company = { name: '柳编公司', kind: '单位', uscc: '9144030071526726XG' };
  expect(faultsOf({ phone, publishes: '是' }, { phone, publishes: '否', group: '退休干部' })).toEqual([
    '3 group: 和第 2 行是同一位，类别却不一样',
    '3 publishes: 和第 2 行是同一位，署名公开却不一样',
  ]);
  expect(faultsOf(company, { ...company, name: '柳编有限公司' })).toEqual([
    '3 name: 和第 2 行是同一位，名称却不一样',
  ]);
  expect(faultsOf({}, { phone })).toEqual([
    '2 phone: 第 3 行同名的填了手机，这一行也请填，好分清是不是一个人',
  ]);
});

it('puts the rows of one donor together', () => {
  const { rows } = giftSheetOf(
    cellsOf([
      { phone: '13900005341' },
      { phone: '139 0000 5341', homePlace: '柳溪村', publishes: '是', amount: '600' },
      { phone: '13900005342' },
    ]),
  );
  expect(donorsIn(rows)).toMatchObject([
    { rows: [2, 3], donor: { homePlace: '柳溪村', publishes: true } },
    { rows: [4] },
  ]);
});

describe('the register', () => {
  const known = (more: Partial<KnownDonor>): KnownDonor => ({
    ...{ id: 'k', kind: 'PERSON', uscc: null, shownName: '顾*', nameIndex: '#顾一', phoneIndex: null },
    ...{ homePlace: null, publishesName: false, ...more },
  });
  const asked = (more: Partial<SheetDonor> = {}): SheetDonor => ({
    ...{ kind: 'PERSON', group: 'CARING', name: '顾一', uscc: null, phone: null },
    ...{ homePlace: null, publishes: null, ...more },
  });
  const match = (donors: readonly KnownDonor[], donor: SheetDonor) =>
    new DonorRegister(donors, { name: (name) => `#${name}`, phone: (phone) => `#${phone}` }).match(donor);
  const company = known({ kind: 'COMPANY', uscc: 'U1', shownName: '柳编公司', nameIndex: '#柳编公司' });
  const withPhone = known({ id: 'p', phoneIndex: '#1390' });

  it.each`
    donors                              | donor                                                       | expected                                  | because
    ${[]}                               | ${asked()}                                                  | ${{ is: 'new', hasNamesake: false }}      | ${'nobody is there'}
    ${[company]}                        | ${asked({ kind: 'COMPANY', uscc: 'U1', name: '柳编公司' })} | ${{ is: 'known', donorId: 'k' }}          | ${'the code is the company'}
    ${[company]}                        | ${asked({ kind: 'COMPANY', uscc: 'U1', name: '别的公司' })} | ${{ is: 'refused', column: 'name' }}      | ${'the code is of another'}
    ${[withPhone]}                      | ${asked({ phone: '1390' })}                                 | ${{ is: 'known', donorId: 'p' }}          | ${'name and phone agree'}
    ${[withPhone]}                      | ${asked({ phone: '1391' })}                                 | ${{ is: 'new', hasNamesake: true }}       | ${'a namesake with another phone'}
    ${[withPhone]}                      | ${asked()}                                                  | ${{ is: 'known', donorId: 'p' }}          | ${'the only one of that name and home'}
    ${[withPhone, known({})]}           | ${asked()}                                                  | ${{ is: 'refused', column: 'phone' }}     | ${'two of that name: which one?'}
    ${[known({ homePlace: '柳溪村' })]} | ${asked({ homePlace: '桥头村' })}                           | ${{ is: 'refused', column: 'phone' }}     | ${'the same name from elsewhere'}
    ${[known({ publishesName: true })]} | ${asked({ publishes: false })}                              | ${{ is: 'refused', column: 'publishes' }} | ${'consent is changed with the donor, not in passing'}
    ${[known({ publishesName: true })]} | ${asked()}                                                  | ${{ is: 'known', donorId: 'k' }}          | ${'a sheet that does not say changes nothing'}
  `('$because', ({ donors, donor, expected }: Record<'donors' | 'donor' | 'expected', never>) => {
    expect(match(donors, donor)).toMatchObject(expected);
  });
});

it.each`
  cells                                                              | because
  ${[]}                                                              | ${'it is empty'}
  ${[['姓名'], ['顾一']]}                                            | ${'there is no amount in it'}
  ${[Object.values(GIFT_COLUMNS)]}                                   | ${'there is no gift in it'}
  ${[[...Object.values(GIFT_COLUMNS), '日期'], ['顾一']]}            | ${'two columns are the same'}
  ${cellsOf(Array.from({ length: MOST_GIFT_ROWS + 1 }, () => ({})))} | ${'1001 rows are too many'}
`('refuses a sheet as a whole: $because', ({ cells }: { cells: Cell[][] }) => {
  expect(() => giftSheetOf(cells)).toThrow(SheetRefused);
});

it('finds columns by their titles, in any order, and names those it does not know', () => {
  const { rows, unknownColumns } = giftSheetOf([
    ['金额（元）', '爱好', '姓名*', '收到 日期', '转账或现金', '个人或单位'],
    [500, '下棋', '顾一', 20260301, '现金', '个人'],
  ]);
  expect(rows).toMatchObject([{ amountFen: 50_000, receivedOn: '2026-03-01', method: 'CASH' }]);
  expect(unknownColumns).toEqual(['爱好']);
});

it.each`
  text                  | written
  ${'=HYPERLINK("x")'}  | ${`'=HYPERLINK("x")`}
  ${'＝1+1'}            | ${`'＝1+1`}
  ${' +8613900005341'}  | ${`' +8613900005341`}
  ${'-1'}               | ${`'-1`}
  ${'@SUM(A1)'}         | ${`'@SUM(A1)`}
  ${'安心纾困慈善基金'} | ${'安心纾困慈善基金'}
`('writes $text as $written', ({ text, written }: Record<'text' | 'written', string>) => {
  expect(plainCell(text)).toBe(written);
});
