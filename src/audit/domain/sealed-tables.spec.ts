import { uuidv7 } from '../../kernel/ids.js';
import { finalAtOf, hasPledge, SEALED_TABLES, sealedText } from './sealed-tables.js';
import type { RawRow, SealedTable } from './sealed-tables.js';

const hashes = { pledge: (column: string, text: string) => `pledge(${column}:${text})` };

const TABLE: SealedTable = {
  name: 'papers',
  columns: [
    ['word', 'text'],
    ['count', 'integer'],
    ['at', 'instant'],
    ['name', 'pledge'],
  ],
  leftOut: {},
  finalAt: null,
};
const ID = uuidv7(new Date('2026-03-02T01:00:00.720Z'), new Uint8Array(10));
const row: RawRow = {
  id: ID,
  word: '签"发\n',
  count: 7,
  at: '2026-03-09 01:00:00.120',
  name: '张三',
};

it('has one text for a row, which no later version may change', () => {
  expect(sealedText(12, TABLE, row, hashes)).toBe(
    `{"v":1,"number":12,"table":"papers","row":"${ID}","final":"2026-03-02T01:00:00.720Z",` +
      '"fields":[["word","text","签\\"发\\n"],["count","integer","7"],["at","instant","2026-03-09T01:00:00.120Z"],' +
      '["name","pledge","pledge(name:张三)"]]}',
  );
});

it.each`
  column     | one                          | other                                   | because
  ${'count'} | ${7}                         | ${'7'}                                  | ${'mysql2 gives BIGINT as text'}
  ${'at'}    | ${'2026-03-09 01:00:00.120'} | ${new Date('2026-03-09T01:00:00.120Z')} | ${'mysql2 gives a Date'}
`('is the same from both databases: $because', ({ column, one, other }) => {
  const textWith = (value: string) => sealedText(1, TABLE, { ...row, [column as string]: value }, hashes);
  expect(textWith(one as string)).toBe(textWith(other as string));
});

it('tells nothing from an empty word and from nought', () => {
  const empty = { ...row, word: '', count: 0 };
  const nothing = { ...row, word: null, count: null };
  expect(sealedText(1, TABLE, empty, hashes)).not.toBe(sealedText(1, TABLE, nothing, hashes));
});

it('keeps whole fen that no number of JSON can hold', () => {
  const text = sealedText(1, TABLE, { ...row, count: '9007199254740993' }, hashes);
  expect(text).toContain('"9007199254740993"');
});

it.each`
  id        | finalAt       | final                         | because
  ${ID}     | ${null}       | ${'2026-03-02T01:00:00.720Z'} | ${'a key of version 7 says when it was made'}
  ${'f3c1'} | ${null}       | ${null}                       | ${'no other key does'}
  ${ID}     | ${'ended_at'} | ${'2026-03-09T01:00:00.000Z'} | ${'a round is final when it is decided'}
`('knows when a row became final: $because', ({ id, finalAt, final }) => {
  const table = { ...TABLE, finalAt: finalAt as string | null };
  const rowOf = { ...row, id: id as string, ended_at: '2026-03-09 01:00:00.000' };
  expect(finalAtOf(table, rowOf)).toBe(final);
});

it.each(SEALED_TABLES)('$name has no column twice, and a reason for each that is left out', (table) => {
  const names = [...table.columns.map(([name]) => name), ...Object.keys(table.leftOut)];
  expect(new Set(names).size).toBe(names.length);
  for (const reason of Object.values(table.leftOut)) expect(reason.length).toBeGreaterThan(10);
});

it('pledges or digests every column that may name or describe somebody', () => {
  const plain = SEALED_TABLES.flatMap(({ name, columns }) =>
    columns.filter(([, as]) => as === 'text').map(([column]) => `${name}.${column}`),
  );
  expect(
    plain.filter((column) => /_name$|sealed|words|motion|reason|place|summary|check_code/.test(column)),
  ).toEqual(['rounds.society_name']);
  expect(SEALED_TABLES.filter(hasPledge).length).toBeGreaterThan(5);
});
