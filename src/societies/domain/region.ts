import { parseDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { RegionListWrong } from './societies.errors.js';

export const REGION_LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'TOWN', 'VILLAGE'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

export const LEVEL_WORDS: Record<RegionLevel, string> = {
  PROVINCE: '省',
  CITY: '市',
  COUNTY: '县',
  TOWN: '乡镇',
  VILLAGE: '村',
};

/**
 * One line of a list of divisions. A plain line names a place; a line that replaces a code gives the place which held
 * it a new code and name from that day (a merger is several lines with the same new code); a line with an end says
 * from which day the code no longer holds.
 */
export type RegionRow = {
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly parentCode: string | null;
  readonly validFrom: Day;
  readonly replacesCode: string | null;
  readonly validUntil: Day | null;
};

const COLUMNS = ['code', 'name', 'level', 'parent_code', 'valid_from', 'replaces_code', 'valid_until'];
const MOST_ROWS = 5_000;

/** How many digits a code of each level has: GB/T 2260 to the county, then three for the town, three for the village. */
const DIGITS: Record<RegionLevel, number> = { PROVINCE: 6, CITY: 6, COUNTY: 6, TOWN: 9, VILLAGE: 12 };

/**
 * Reads a list of divisions as text with a head line and commas. Whoever imports it is told the line that is wrong;
 * half a list is never taken.
 */
export function readRegionList(text: string): RegionRow[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const [head = '', ...rest] = lines;
  if (head.trim() !== COLUMNS.join(',')) throw new RegionListWrong(1, `表头应为 ${COLUMNS.join(',')}`);
  const rows = rest.flatMap((line, i) => (line.trim() === '' ? [] : [rowOf(line, i + 2)]));
  if (rows.length > MOST_ROWS) throw new RegionListWrong(MOST_ROWS + 2, `一次最多 ${MOST_ROWS} 行`);
  return rows;
}

function rowOf(line: string, number: number): RegionRow {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length !== COLUMNS.length) throw new RegionListWrong(number, `应有 ${COLUMNS.length} 列`);
  const [code = '', name = '', level = '', parentCode = '', from = '', replacesCode = '', until = ''] = cells;
  if (!isLevel(level)) throw new RegionListWrong(number, '级别应为 PROVINCE、CITY、COUNTY、TOWN 或 VILLAGE');
  if (!isCodeOf(level, code)) throw new RegionListWrong(number, `代码应为 ${DIGITS[level]} 位数字`);
  if (name === '' || name.length > 60) throw new RegionListWrong(number, '名称应为 1 至 60 个字');
  const validFrom = parseDay(from);
  if (!validFrom) throw new RegionListWrong(number, '启用日期应如 2026-01-01');
  const validUntil = until === '' ? null : parseDay(until);
  if (until !== '' && (!validUntil || validUntil <= validFrom))
    throw new RegionListWrong(number, '停用日期应在启用日期之后');
  return {
    code,
    name,
    level,
    parentCode: parentCode || null,
    validFrom,
    replacesCode: replacesCode || null,
    validUntil,
  };
}

function isLevel(text: string): text is RegionLevel {
  return (REGION_LEVELS as readonly string[]).includes(text);
}

function isCodeOf(level: RegionLevel, code: string): boolean {
  return /^\d+$/.test(code) && code.length === DIGITS[level];
}
