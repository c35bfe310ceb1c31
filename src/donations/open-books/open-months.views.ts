import { sumOf, yuanText } from '../../kernel/fen.js';
import type { MonthFigures, PartFigures, PlaceMonths } from '../../ledger/index.js';
import { table } from '../../platform/web/views.js';
import type { LinkView, TableView } from '../../platform/web/views.js';
import { OPEN } from './open-books.views.js';

export type OpenMonthsView = {
  readonly title: string;
  readonly back: LinkView;
  readonly years: readonly (LinkView & { readonly current: boolean })[];
  readonly months: TableView;
  readonly parts: TableView | null;
};

const MONTHS = `${OPEN}/months`;
const YEARS = 3;

export function openMonthsView({ place, year, months, parts }: PlaceMonths, today: number): OpenMonthsView {
  const hrefOf = (code: string | null, of = year): string => {
    const query = [code === null ? '' : `place=${code}`, of === today ? '' : `year=${of}`].filter(Boolean);
    return query.length === 0 ? MONTHS : `${MONTHS}?${query.join('&')}`;
  };
  return {
    title: place === null ? '各地收支' : `${place.name}各社收支`,
    back: backOf(place, hrefOf),
    years: Array.from({ length: YEARS }, (_, i) => today - i).map((each) => ({
      words: `${each} 年`,
      href: hrefOf(place?.code ?? null, each),
      current: each === year,
    })),
    months: table(
      `${year} 年每月`,
      ['月份', '收入:', '支出:', '救助:'],
      [
        ...months.map((month) => [`${Number(month.month.slice(5))} 月`, ...wordsOf([month])]),
        ...wholeYear(months),
      ],
      '这一年还没有记过账。',
    ),
    parts: parts.length === 0 ? null : partsTable(parts, year, hrefOf),
  };
}

function backOf(place: PlaceMonths['place'], hrefOf: (code: string | null) => string): LinkView {
  if (place === null) return { href: OPEN, words: '各社收支公开' };
  if (place.within === null) return { href: hrefOf(null), words: '各地收支' };
  return { href: hrefOf(place.within.code), words: `${place.within.name}各社收支` };
}

function partsTable(
  parts: readonly PartFigures[],
  year: number,
  hrefOf: (code: string | null) => string,
): TableView {
  const linkOf = ({ kind, code }: PartFigures): string =>
    kind === 'PLACE' ? hrefOf(code) : `${OPEN}/${code}?year=${year}`;
  return table(
    `${year} 年各地、各社`,
    ['名称', '收入:', '支出:', '救助:'],
    parts.map((part) => [{ words: part.name, href: linkOf(part) }, ...wordsOf(part.months)]),
    '',
  );
}

const wholeYear = (months: readonly MonthFigures[]): string[][] =>
  months.length < 2 ? [] : [['全年', ...wordsOf(months)]];

function wordsOf(months: readonly MonthFigures[]): string[] {
  const grants = months.reduce((sum, month) => sum + month.grants, 0);
  return [
    `${yuanText(sumOf(months.map(({ inFen }) => inFen)))} 元`,
    `${yuanText(sumOf(months.map(({ outFen }) => outFen)))} 元`,
    `${grants} 笔`,
  ];
}
