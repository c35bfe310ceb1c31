import { day, parseDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { ID_NUMBER_REFUSALS, readIdNumber } from '../../kernel/chinese/id-number.js';
import { PersonInvalid, SheetRefused } from './people.errors.js';
import { householdOf, personOf } from './person-draft.js';
import type { Address, PersonDraft } from './person-draft.js';
import { CATEGORIES, CATEGORY_WORDS, RESIDENCES, TAGS, TAG_WORDS } from './person.js';
import type { Category, Residence, Sex, Tag } from './person.js';

/** A cell as a spreadsheet holds it, a date as YYYY-MM-DD; of a formula, the value it had when the sheet was saved. */
export type Cell = string | number | boolean | null;

export const MOST_ROWS = 5000;

/** The columns that are read, by the title in the first row, in any order. The first two must be there. */
export const COLUMNS = {
  name: '姓名',
  group: '村民小组',
  idNumber: '身份证号',
  bornOn: '出生日期',
  sex: '性别',
  phone: '电话',
  residence: '居住情况',
  category: '困难类别',
  tags: '标签',
  householdNumber: '户号',
  community: '社区',
  grid: '网格',
  building: '楼栋',
  home: '房号',
  origin: '户籍地',
  guardianIdNumber: '监护人身份证号',
} as const;
export type Column = keyof typeof COLUMNS;

/** What a row says of a person. Null: the row does not say, and what is known stays. */
export type SheetPerson = {
  readonly row: number;
  readonly name: string;
  readonly group: string;
  readonly idNumber: string | null;
  readonly bornOn: string | null;
  readonly sex: Sex | null;
  readonly phone: string | null;
  readonly residence: Residence | null;
  readonly category: Category | null;
  readonly tags: readonly Tag[] | null;
  readonly householdNumber: string | null;
  readonly address: Address;
  readonly origin: string | null;
  readonly guardianIdNumber: string | null;
};

/** Row numbers are the spreadsheet's own, the titles being row 1. The reason quotes no value. */
export type SheetFault = { readonly row: number; readonly column: string; readonly reason: string };

export type PeopleSheet = {
  readonly rows: readonly SheetPerson[];
  readonly faults: readonly SheetFault[];
  /** Rows that hold anything. */
  readonly total: number;
  /** Titles that mean nothing here: shown, so that nobody believes they were read. */
  readonly unknownColumns: readonly string[];
};

const NO_DAY_IS_LATER = day('9999-12-31');
const LONGEST_CELL = 100;

/** Reads the cells of the first sheet. A row with a mistake is a fault, and keeps the others from nothing. */
export function sheetOf(cells: readonly (readonly Cell[])[]): PeopleSheet {
  const [titles = [], ...body] = cells;
  const columns = titles.map((title) => columnOf(title));
  for (const wanted of ['name', 'group'] as const)
    if (!columns.includes(wanted)) throw new SheetRefused(`表格第 1 行里没有“${COLUMNS[wanted]}”这一列。`);

  const filled = body
    .map((row, i) => ({ row: i + 2, cells: row }))
    .filter(({ cells: row }) => row.some((cell) => textOf(cell) !== ''));
  if (filled.length === 0) throw new SheetRefused('表格里一个人也没有。');
  if (filled.length > MOST_ROWS)
    throw new SheetRefused(
      `表格有 ${filled.length} 行，一次最多导入 ${MOST_ROWS} 行。`,
      '请分成几张表，一张一张导入。',
    );

  const rows: SheetPerson[] = [];
  const faults: SheetFault[] = [];
  for (const { row, cells: values } of filled) {
    const read = rowOf(row, columns, values);
    if ('reason' in read) faults.push(read);
    else rows.push(read);
  }
  const unknownColumns = titles.filter((_title, i) => columns[i] === null).map(textOf);
  return {
    rows,
    faults,
    total: filled.length,
    unknownColumns: unknownColumns.filter((title) => title !== ''),
  };
}

function columnOf(title: Cell): Column | null {
  const found = Object.entries(COLUMNS).find(([, name]) => name === titleOf(title));
  return found ? (found[0] as Column) : null;
}

/** “* 姓名（必填）” is 姓名. */
export function titleOf(cell: Cell): string {
  return textOf(cell).replace(/[\s*＊]|（.*）|\(.*\)/gu, '');
}

class CellFault extends Error {
  constructor(
    readonly column: Column,
    readonly reason: string,
  ) {
    super(reason);
  }
}

function rowOf(
  row: number,
  columns: readonly (Column | null)[],
  values: readonly Cell[],
): SheetPerson | SheetFault {
  try {
    const person = personIn(row, new Map(columns.map((column, i) => [column, values[i] ?? null])));
    personOf(draftOf(person), NO_DAY_IS_LATER);
    householdOf(draftOf(person));
    return person;
  } catch (error) {
    if (error instanceof CellFault) return { row, column: COLUMNS[error.column], reason: error.reason };
    if (error instanceof PersonInvalid)
      return { row, column: COLUMNS[error.field as Column], reason: error.message };
    throw error;
  }
}

function personIn(row: number, cells: ReadonlyMap<Column | null, Cell>): SheetPerson {
  const text = (column: Column): string => {
    const value = textOf(cells.get(column) ?? null);
    if (value.length > LONGEST_CELL) throw new CellFault(column, `最多 ${LONGEST_CELL} 个字`);
    return value;
  };
  const optional = (column: Column): string | null => text(column) || null;
  const number = (column: Column): string | null => {
    if (hasLostDigits(cells.get(column) ?? null)) throw new CellFault(column, DIGITS_LOST);
    return optional(column);
  };
  return {
    row,
    name: text('name'),
    group: text('group'),
    idNumber: number('idNumber'),
    bornOn: bornOnIn(cells.get('bornOn') ?? null),
    sex: sexOf(text('sex')),
    phone: number('phone'),
    residence: residenceOf(text('residence')),
    category: categoryOf(text('category')),
    tags: tagsOf(text('tags')),
    householdNumber: optional('householdNumber'),
    address: {
      community: optional('community'),
      grid: optional('grid'),
      building: optional('building'),
      home: optional('home'),
    },
    origin: optional('origin'),
    guardianIdNumber: guardianOf(number('guardianIdNumber')),
  };
}

/** The row as a draft for a person who is new: what it does not say is the usual. */
export function draftOf(person: SheetPerson): PersonDraft {
  const { residence, category, tags, ...rest } = person;
  return { ...rest, residence: residence ?? 'HUKOU', category: category ?? 'NONE', tags: tags ?? [] };
}

/** A spreadsheet keeps fifteen digits of a number: of a longer one typed as a number, the end is lost. */
export const hasLostDigits = (cell: Cell): boolean => typeof cell === 'number' && Math.abs(cell) >= 1e15;
export const DIGITS_LOST = '这一格是数字格式，后几位已经丢失；请设成文本格式重新填写';

export function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? cell.toFixed(0) : String(cell);
  return String(cell).normalize('NFC').trim();
}

function bornOnIn(cell: Cell): string | null {
  const text = textOf(cell);
  if (text === '') return null;
  const read = dayTyped(cell);
  if (read === null) throw new CellFault('bornOn', '出生日期不对，请填成 1985-03-14 这样');
  return read;
}

/** A date cell, or a date as people write it: 1985-03-14, 1985/3/14, 1985年3月14日, 19850314. Null for anything else. */
export function dayTyped(cell: Cell): Day | null {
  const text = textOf(cell).normalize('NFKC');
  const [, year = '', month = '', date = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  return parseDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
}

function sexOf(text: string): Sex | null {
  if (text === '') return null;
  if (text === '男') return 'male';
  if (text === '女') return 'female';
  throw new CellFault('sex', '请填 男 或 女');
}

/** The words of the template; those of the pages are longer. */
export const RESIDENCE_TITLES: Record<Residence, string> = {
  HUKOU: '户籍',
  RESIDENT: '常住',
  OUTSIDER: '外来',
};

function residenceOf(text: string): Residence | null {
  if (text === '') return null;
  const found = RESIDENCES.find((residence) => text.startsWith(RESIDENCE_TITLES[residence]));
  if (!found) throw new CellFault('residence', `请填 ${Object.values(RESIDENCE_TITLES).join('、')} 之一`);
  return found;
}

function categoryOf(text: string): Category | null {
  if (text === '') return null;
  const plain = text.replace(/(人员|对象|家庭|户|人口)$/u, '');
  const found = CATEGORIES.find(
    (category) => CATEGORY_WORDS[category] === text || CATEGORY_WORDS[category].startsWith(plain),
  );
  if (text === '无' || text === '否') return 'NONE';
  if (!found || plain.length < 2)
    throw new CellFault('category', `请填 ${Object.values(CATEGORY_WORDS).join('、')} 之一`);
  return found;
}

function tagsOf(text: string): Tag[] | null {
  if (text === '') return null;
  const words = text.split(/[、，,;；\s]+/u).filter((word) => word !== '');
  return words.map((word) => {
    const found = TAGS.find((tag) => TAG_WORDS[tag] === word);
    if (!found) throw new CellFault('tags', `没有这种标签；可以填 ${Object.values(TAG_WORDS).join('、')}`);
    return found;
  });
}

function guardianOf(text: string | null): string | null {
  if (text === null) return null;
  const read = readIdNumber(text);
  if (!read.ok) throw new CellFault('guardianIdNumber', ID_NUMBER_REFUSALS[read.reason]);
  return read.number;
}
