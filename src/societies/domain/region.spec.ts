import { readRegionList } from './region.js';
import type { RegionListWrong } from './societies.errors.js';

const head = 'code,name,level,parent_code,valid_from,replaces_code,valid_until';
const list = (...lines: string[]) => readRegionList([head, ...lines].join('\n'));

it('reads a place, and a place that takes another’s code', () => {
  expect(
    list(
      '990121100,柳溪镇,TOWN,990121,2020-01-01,,',
      '990121100210,桥渡村,VILLAGE,990121100,2026-06-01,990121100202,',
    ),
  ).toEqual([
    {
      code: '990121100',
      name: '柳溪镇',
      level: 'TOWN',
      parentCode: '990121',
      validFrom: '2020-01-01',
      replacesCode: null,
      validUntil: null,
    },
    expect.objectContaining({ replacesCode: '990121100202', validFrom: '2026-06-01' }),
  ]);
});

it('reads what a spreadsheet saves: a mark at the beginning, CRLF, empty lines at the end', () => {
  expect(readRegionList(`\uFEFF${head}\r\n990000,虚构省,PROVINCE,,2020-01-01,,\r\n\r\n`)).toHaveLength(1);
});

it.each([
  ['another head', 'code,name\n1,2', 1],
  ['a column too few', `${head}\n990000,虚构省,PROVINCE,,2020-01-01,`, 2],
  ['a level that is none', `${head}\n990000,虚构省,STATE,,2020-01-01,,`, 2],
  ['a code too short for a village', `${head}\n990121100,柳溪村,VILLAGE,990121,2020-01-01,,`, 2],
  ['letters in a code', `${head}\n99012A,县,COUNTY,,2020-01-01,,`, 2],
  ['no name', `${head}\n990000,,PROVINCE,,2020-01-01,,`, 2],
  ['a day that does not exist', `${head}\n990000,虚构省,PROVINCE,,2026-02-30,,`, 2],
  ['an end before its beginning', `${head}\n990000,虚构省,PROVINCE,,2026-01-01,,2026-01-01`, 2],
])('names the line of %s', (_because, text, line) => {
  const refusal: Partial<RegionListWrong> = { code: 'REGION_LIST_WRONG', details: { line } };
  expect(refusalIn(() => readRegionList(text))).toMatchObject(refusal);
});

function refusalIn(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}

it('takes no list that is too long for one unit of work', () => {
  const line = '990000,虚构省,PROVINCE,,2020-01-01,,';
  expect(() => list(...Array.from({ length: 5001 }, () => line))).toThrow(/5000/);
});
