import { dayWords } from '../../kernel/chinese/words.js';
import { yearOf } from '../../kernel/day.js';
import { fen, negated, sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { purseName, voucherName } from '../../ledger/index.js';
import { dotted, selectField, table, textField } from '../../platform/web/views.js';
import type { LinkView, SelectView, TableView, TextFieldView } from '../../platform/web/views.js';
import { barsOf, ringOf } from '../domain/charts.js';
import type { BarChart, Ring } from '../domain/charts.js';
import { ageWords } from '../domain/open-books.js';
import type { Figures, Year } from '../domain/open-books.js';
import type { GoodsFigures } from '../domain/open-goods.js';
import type { OpenGoods } from './open-goods.reading.js';
import type { LineCursor } from './open-books.queries.js';
import { MOST_COUNTED } from './open-books-index.queries.js';
import type { IndexPage, IndexPlace } from './open-books-index.queries.js';
import type { OpenBooks, WordedBookLine } from './open-books.reading.js';

export const OPEN = '/open';

const NOTHING_SPENT = '尚未支出';
const yuan = (amount: Fen): string => `${yuanText(amount)} 元`;
const spentWords = (amount: Fen): string => (amount === 0 ? NOTHING_SPENT : yuanText(amount));
export const yearWords = (year: Year): string => (year === null ? '开账以来' : `${year} 年`);

type Chip = LinkView & { readonly current: boolean };

export type OpenBooksView = {
  readonly title: string;
  /** Whose purse it is; null on the page of the whole organisation. */
  readonly of: string | null;
  readonly back: LinkView;
  readonly publicPhone: string;
  readonly age: string;
  readonly now: readonly { readonly label: string; readonly value: string }[];
  readonly unclaimed: string | null;
  readonly years: readonly Chip[];
  readonly figures: TableView;
  readonly purses: TableView | null;
  readonly bars: { readonly title: string; readonly chart: BarChart; readonly numbers: TableView } | null;
  readonly causes: {
    readonly title: string;
    readonly ring: Ring | null;
    readonly numbers: TableView;
    readonly nothing: string | null;
  };
  /** Null where no goods ever came, and on the page of one purse. */
  readonly goods: {
    readonly title: string;
    readonly figures: TableView;
    readonly words: string;
    readonly file: LinkView;
  } | null;
  readonly linesTitle: string;
  readonly lines: TableView;
  readonly newest: string | null;
  readonly older: string | null;
  readonly links: readonly LinkView[];
};

export function openBooksView(books: OpenBooks, isFirst: boolean): OpenBooksView {
  const { society, purse, year, next } = books;
  const here = hrefOf(books);
  const of = yearQuery(year, books);
  const moved = books.months.some(({ inFen, outFen }) => inFen !== 0 || outFen !== 0);
  return {
    title: purse === null ? `${society.name}收支公开` : dotted(purseName(purse)),
    of: purse === null ? null : society.name,
    back:
      purse === null
        ? { href: OPEN, words: '各社收支公开' }
        : { href: `${OPEN}/${society.boardCode}`, words: '看全部用途' },
    publicPhone: books.publicPhone,
    age: ageOf(books),
    now: nowOf(books),
    unclaimed: purse === null ? unclaimedWords(books.ofAll) : null,
    years: [...books.years, null].map((each) => ({
      words: yearWords(each),
      href: `${here}${yearQuery(each, books)}`,
      current: each === year,
    })),
    figures: figuresTable(books),
    purses: purse === null && books.purses.length > 1 ? pursesTable(books) : null,
    bars: year !== null && moved ? barsView(books, year) : null,
    causes: causesView(books),
    goods: books.goods && goodsView(books, books.goods),
    linesTitle: `${yearWords(year)}的每一笔`,
    lines: linesTable(books.lines, year),
    newest: isFirst ? null : `${here}${of}`,
    older: next && `${here}${of}${of === '' ? '?' : '&'}after=${cursorText(next)}`,
    links: [
      { words: '下载明细（CSV，表格软件能打开）', href: csvHref(books) },
      { words: `${society.name}公示栏`, href: `/b/${society.boardCode}` },
    ],
  };
}

const countWords = (total: number): string =>
  total > MOST_COUNTED ? `${MOST_COUNTED} 个以上` : `${total} 个`;

function hrefOf({ society, purse }: OpenBooks): string {
  const own = `${OPEN}/${society.boardCode}`;
  return purse === null ? own : `${own}/${purse.code}`;
}

/** Nothing for this year, which is what everybody wants to see first. */
function yearQuery(year: Year, { today }: OpenBooks): string {
  if (year === yearOf(today)) return '';
  return `?year=${year === null ? 'all' : String(year)}`;
}

function csvHref({ society, purse, year }: OpenBooks): string {
  const of = purse === null ? '' : `&purse=${purse.code}`;
  return `${OPEN}/${society.boardCode}.csv?year=${year === null ? 'all' : String(year)}${of}`;
}

function ageOf({ lastBooked, today }: OpenBooks): string {
  const words = ageWords(lastBooked, today);
  return lastBooked === null ? words : `${words}（最近记账 ${dayWords(lastBooked)}）`;
}

/** What is there at this moment, and what of it is promised. */
function nowOf({ purse, purses }: OpenBooks): OpenBooksView['now'] {
  const own = purse === null ? purses : [purse];
  const sum = (of: 'balanceFen' | 'reservedFen' | 'frozenFen') => sumOf(own.map((each) => each[of]));
  const [balance, reserved, frozen] = [sum('balanceFen'), sum('reservedFen'), sum('frozenFen')];
  return [
    { label: '现在结余', value: yuan(balance) },
    { label: '已留出', value: yuan(reserved) },
    ...(frozen > 0 ? [{ label: '正在问捐赠人', value: yuan(frozen) }] : []),
    { label: '还能用', value: yuan(fen(balance - reserved - frozen)) },
  ];
}

function unclaimedWords({ unclaimedFen }: Figures): string | null {
  if (unclaimedFen === 0) return null;
  return `另有 ${yuan(unclaimedFen)}还不知道是谁捐的，等着认领，没有算进收入和结余，也不动用。`;
}

function figuresTable({ ofYear, ofAll, year, purse }: OpenBooks): TableView {
  const columns = year === null ? [ofAll] : [ofYear, ofAll];
  const line = (label: string, of: (figures: Figures) => string) => [label, ...columns.map(of)];
  const rows = [
    line('期初结余', ({ openingFen }) => yuanText(openingFen)),
    line('收入', ({ incomeFen }) => yuanText(incomeFen)),
    ...(purse === null || ofAll.movedFen === 0
      ? []
      : [line('别的用途转来（减转走）', ({ movedFen }) => yuanText(movedFen))]),
    line('支出', ({ spendingFen }) => spentWords(spendingFen)),
    line('期末结余', ({ balanceFen }) => yuanText(balanceFen)),
  ];
  const heads = year === null ? ['开账以来:'] : [`${year} 年:`, '开账以来:'];
  return table('收支总数', ['项目', ...heads], rows, '');
}

function pursesTable({ society, purses }: OpenBooks): TableView {
  return table(
    '按用途看',
    ['用途', '结余:', '已留出'],
    purses.map((purse) => [
      { words: dotted(purseName(purse)), href: `${OPEN}/${society.boardCode}/${purse.code}` },
      yuan(purse.balanceFen),
      purse.reservedFen === 0 ? '' : `其中已留出 ${yuan(purse.reservedFen)}`,
    ]),
    '',
    { brief: true },
  );
}

function barsView({ months }: OpenBooks, year: number): NonNullable<OpenBooksView['bars']> {
  return {
    title: `${year} 年每月收支（元）`,
    chart: barsOf(months),
    numbers: table(
      `${year} 年每月收支的数字`,
      ['月份', '收入（元）:', '支出（元）:'],
      months.map(({ month, inFen, outFen }) => [`${month} 月`, yuanText(inFen), yuanText(outFen)]),
      '',
    ),
  };
}

function causesView({ causes, year }: OpenBooks): OpenBooksView['causes'] {
  return {
    title: `${yearWords(year)}用在哪些事上`,
    ring: causes.length === 0 ? null : ringOf(causes),
    numbers: table(
      `${yearWords(year)}按事由的数字`,
      ['事由', '支出（元）:', '件数:'],
      causes.map(({ cause, spentFen, cases }) => [cause, yuanText(spentFen), String(cases)]),
      NOTHING_SPENT,
    ),
    nothing: causes.length === 0 ? NOTHING_SPENT : null,
  };
}

/** Beside the money and in none of its figures: what goods are worth was valued when they came. */
function goodsView({ society, year }: OpenBooks, { ofYear, ofAll }: OpenGoods): OpenBooksView['goods'] {
  const columns = year === null ? [ofAll] : [ofYear, ofAll];
  const line = (label: string, of: (figures: GoodsFigures) => Fen) => [
    label,
    ...columns.map((figures) => yuanText(of(figures))),
  ];
  const heads = year === null ? ['开账以来:'] : [`${year} 年:`, '开账以来:'];
  const disposed = ofAll.disposedFen > 0 ? [line('过期、损坏处置', ({ disposedFen }) => disposedFen)] : [];
  const rows = [
    line('期初在库', ({ openingFen }) => openingFen),
    line('收到', ({ receivedFen }) => receivedFen),
    line('发放', ({ issuedFen }) => issuedFen),
    ...disposed,
    line('期末在库', ({ stockFen }) => stockFen),
  ];
  const { cases } = year === null ? ofAll : ofYear;
  return {
    title: '捐赠物资（元，按入库时的估价）',
    figures: table('捐赠物资', ['项目', ...heads], rows, ''),
    words: cases === 0 ? `${yearWords(year)}还没有发放。` : `${yearWords(year)}发给了 ${cases} 件救助。`,
    file: {
      words: '下载物资明细（CSV）',
      href: `${OPEN}/${society.boardCode}/goods.csv?year=${year === null ? 'all' : String(year)}`,
    },
  };
}

/** 收 500.00, 付 300.00: a word, and no sign that is overlooked. */
export const movedWords = (amount: Fen): string =>
  amount > 0 ? `收 ${yuanText(amount)}` : `付 ${yuanText(negated(amount))}`;

function linesTable(lines: readonly WordedBookLine[], year: Year): TableView {
  return table(
    `${yearWords(year)}的每一笔`,
    ['事项', '金额（元）:', '日期', '用途', '凭证'],
    lines.map((line) => [
      dotted(line.words),
      movedWords(line.amountFen),
      line.day,
      dotted(purseName(line)),
      voucherName(line.number),
    ]),
    '没有收支。',
    { brief: true },
  );
}

export function cursorText({ year, number }: LineCursor): string {
  return `${year}-${number}`;
}

/** Null for anything that is no cursor: the page then begins with the newest. */
export function lineCursorOf(text: unknown): LineCursor | null {
  const [, year, number] = typeof text === 'string' ? (/^(\d{4})-(\d{1,9})$/.exec(text) ?? []) : [];
  return year && number ? { year: Number(year), number: Number(number) } : null;
}

/** `all`, or a year; this one for anything else. */
export function yearOfQuery(text: unknown, thisYear: number): Year {
  if (text === 'all') return null;
  return typeof text === 'string' && /^20\d{2}$/.test(text) ? Number(text) : thisYear;
}

export type OpenIndexView = {
  readonly title: string;
  readonly text: TextFieldView;
  readonly place: SelectView | null;
  readonly clear: string | null;
  readonly count: string;
  readonly books: TableView;
  readonly first: string | null;
  readonly next: string | null;
};

export type IndexAsked = {
  readonly text: string;
  readonly placeCode: string | null;
  readonly isFirst: boolean;
};

export function openIndexView(
  page: IndexPage,
  places: readonly IndexPlace[],
  { text, placeCode, isFirst }: IndexAsked,
  ageOfBooks: (last: IndexPage['rows'][number]['lastBooked']) => string,
): OpenIndexView {
  const asked = new URLSearchParams({ ...(text && { q: text }), ...(placeCode && { place: placeCode }) });
  const hrefWith = (more: Record<string, string>) => {
    const query = new URLSearchParams([...asked, ...Object.entries(more)]).toString();
    return query === '' ? OPEN : `${OPEN}?${query}`;
  };
  const options = places.map(({ code, name, within }) => ({
    value: code,
    label: within === null ? name : `${within} ${name}`,
  }));
  const isAsked = text !== '' || placeCode !== null;
  return {
    title: '各社收支公开',
    text: textField('q', '按名称找', { q: text }, {}, { type: 'search' }),
    place:
      places.length < 2
        ? null
        : selectField(
            'place',
            '按地方看',
            [{ value: '', label: '所有地方' }, ...options],
            { place: placeCode ?? '' },
            {},
          ),
    clear: isAsked ? OPEN : null,
    count: `${isAsked ? '找到' : '一共'} ${countWords(page.total)}`,
    books: table(
      '各社收支',
      ['名称', '结余:', '地方', '更新'],
      page.rows.map(({ boardCode, name, place, balanceFen, lastBooked }) => [
        { words: name, href: `${OPEN}/${boardCode}` },
        yuan(balanceFen),
        place,
        ageOfBooks(lastBooked),
      ]),
      isAsked ? '没有找到。换个名称，或者选“所有地方”再找。' : '还没有公开账。',
      { brief: true },
    ),
    first: isFirst ? null : hrefWith({}),
    next: page.next && hrefWith({ after: page.next }),
  };
}
