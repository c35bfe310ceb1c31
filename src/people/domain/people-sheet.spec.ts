import { SheetRefused } from './people.errors.js';
import { COLUMNS, MOST_ROWS, sheetOf } from './people-sheet.js';
import type { Cell } from './people-sheet.js';

const TITLES = ['姓名', '村民小组', '身份证号', '出生日期', '电话', '居住情况', '困难类别', '标签'];
const row = (...cells: Cell[]): Cell[] => [...cells, ...Array.from({ length: 8 - cells.length }, () => null)];

it('reads what people write, in the forms in which they write it', () => {
  const { rows, faults, total } = sheetOf([
    TITLES,
    row('李建明', '三组', '11010519491231002x', null, 13_900_005_341, '户籍', '低保', '独居老人、租房居住'),
    row(null),
    row('逄某', '三组', null, '1969-10-01', ' ', '外来人员', '特困', ''),
    row('王芳', '五组', '', '1985年3月14日', '139 0000 5342', '', '', ''),
  ]);
  expect(faults).toEqual([]);
  expect(total).toBe(3);
  expect(rows).toMatchObject([
    {
      row: 2,
      phone: '13900005341',
      residence: 'HUKOU',
      category: 'SUBSISTENCE',
      tags: ['LIVES_ALONE', 'TENANT'],
    },
    {
      row: 4,
      bornOn: '1969-10-01',
      residence: 'OUTSIDER',
      category: 'EXTREME_POVERTY',
      phone: null,
      tags: null,
    },
    { row: 5, bornOn: '1985-03-14', residence: null, category: null, idNumber: null },
  ]);
});

it.each`
  cells                                                         | column        | because
  ${['', '三组']}                                               | ${'姓名'}     | ${'nobody is named'}
  ${['李建明', '']}                                             | ${'村民小组'} | ${'the group is missing'}
  ${['李建明', '三组', 341702198503140000]}                     | ${'身份证号'} | ${'a number cell lost its last digits'}
  ${['李建明', '三组', '341702198503140011']}                   | ${'身份证号'} | ${'the check digit is wrong'}
  ${['李建明', '三组', '341702198503140010', '1985-03-15']}     | ${'出生日期'} | ${'the number says another day'}
  ${['李建明', '三组', null, '1985-02-30']}                     | ${'出生日期'} | ${'there is no such day'}
  ${['李建明', '三组', null, null, '12345']}                    | ${'电话'}     | ${'no mobile number'}
  ${['李建明', '三组', null, null, null, '借住']}               | ${'居住情况'} | ${'not in the closed list'}
  ${['李建明', '三组', null, null, null, null, '富裕']}         | ${'困难类别'} | ${'not in the closed list'}
  ${['李建明', '三组', null, null, null, null, null, '爱抽烟']} | ${'标签'}     | ${'not in the closed list'}
  ${[`李${'明'.repeat(100)}`, '三组']}                          | ${'姓名'}     | ${'longer than any name'}
`('names row 2 and $column: $because', ({ cells, column }: { cells: Cell[]; column: string }) => {
  const { rows, faults } = sheetOf([TITLES, row(...cells), row('王芳', '五组')]);
  expect(faults).toMatchObject([{ row: 2, column }]);
  expect(rows).toMatchObject([{ row: 3, name: '王芳' }]);
});

it('quotes no value in a reason', () => {
  const { faults } = sheetOf([TITLES, row('李建明', '三组', '341702198503140011')]);
  expect(JSON.stringify(faults)).not.toMatch(/李建明|34170219/);
});

it('finds columns by their titles, in any order, with stars and remarks, and names those it does not know', () => {
  const { rows, unknownColumns } = sheetOf([
    ['村民小组', '电 话', '爱好', '姓名*', '出生日期（年月日）'],
    ['三组', '13900005341', '下棋', '李建明', 19850314],
  ]);
  expect(rows).toMatchObject([{ name: '李建明', group: '三组', phone: '13900005341', bornOn: '1985-03-14' }]);
  expect(unknownColumns).toEqual(['爱好']);
});

it.each`
  cells                                                                                   | because
  ${[]}                                                                                   | ${'it is empty'}
  ${[['电话'], ['13900005341']]}                                                          | ${'there is no name in it'}
  ${[['姓名', '村民小组']]}                                                               | ${'there is nobody in it'}
  ${[['姓名', '村民小组'], ...Array.from({ length: MOST_ROWS + 1 }, () => ['李', '三'])]} | ${'5001 rows are too many'}
`('refuses a sheet as a whole: $because', ({ cells }: { cells: Cell[][] }) => {
  expect(() => sheetOf(cells)).toThrow(SheetRefused);
});

it('takes 5000 rows', () => {
  const people = Array.from({ length: MOST_ROWS }, () => ['李建明', '三组']);
  expect(sheetOf([[COLUMNS.name, COLUMNS.group], ...people]).rows).toHaveLength(MOST_ROWS);
});
