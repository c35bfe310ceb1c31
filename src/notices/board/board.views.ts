import { dayShort, dayWords } from '../../kernel/chinese/words.js';
import { dayOf, daysBetween } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { selectField, table } from '../../platform/web/views.js';
import type { LinkView, SelectView, SummaryRow, TableView } from '../../platform/web/views.js';
import { sightOf } from '../domain/expiry.js';
import { stateWordsOf } from '../domain/notice-state-words.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import type { NoticeSummary } from '../domain/notice-summary.js';
import type { NoticeLine, Place } from '../notices.queries.js';
import { noticeSummary, placeText } from '../notices.views.js';
import { contactRows } from '../public-notices.views.js';
import type { BoardAsked, BoardState } from './board.forms.js';
import type { Board, BoardPart } from './board.reading.js';

type PartView = { readonly table: TableView; readonly older: string | null };

export type BoardView = {
  readonly title: string;
  readonly publicPhone: string;
  readonly updated: string;
  /** For programs that follow the board: the layout names it in the head of the page. */
  readonly feed: string;
  readonly filter: {
    readonly action: string;
    readonly summary: string;
    readonly fields: readonly SelectView[];
    readonly clear: string | null;
  };
  readonly running: PartView | null;
  readonly ended: PartView | null;
  /** From a later page of the archive back to its beginning. */
  readonly first: string | null;
  readonly contact: readonly SummaryRow[];
  readonly links: readonly LinkView[];
};

const STATE_WORDS: Readonly<Record<BoardState, string>> = { open: '公示中', ended: '已结束' };

/** A cell with nothing to say: read as such, not as something that was forgotten. */
const NONE = '—';
const GONE = { TAKEN_DOWN: '内容已撤下', EXPIRED: '内容已到期撤下' } as const;

/** 公示栏 of a society, and of a town with its villages. Every name on it was masked before it was frozen. */
export function boardView(board: Board, asked: BoardAsked): BoardView {
  const { society, charter, open, ended, updatedAt, now } = board;
  const here = `/b/${society.boardCode}`;
  return {
    title: `${society.name}公示栏`,
    publicPhone: charter.publicContactPhone,
    updated: updatedWords(updatedAt && dayOf(updatedAt), dayOf(now)),
    feed: `${here}/feed.atom`,
    filter: {
      action: here,
      summary: `挑着看：${board.societies.length > 1 ? '哪个社、' : ''}哪一类、哪一年的`,
      fields: fieldsOf(board, asked),
      clear: isFiltered(asked) ? here : null,
    },
    running:
      open && partView('正在公示', '现在没有正在公示的事项。', open, board, { ...asked, state: 'open' }),
    ended:
      ended && partView('公示结束', '还没有公示结束的事项。', ended, board, { ...asked, state: 'ended' }),
    first: asked.after === null ? null : addressOf(here, { ...asked, after: null }),
    contact: contactRows(charter),
    links: [
      { words: '收支公开：钱从哪里来、用在哪里', href: `/open/${society.boardCode}` },
      { words: '查验一张公示是真是假', href: '/verify' },
    ],
  };
}

const isFiltered = ({ kind, state, year, village, after }: BoardAsked): boolean =>
  [kind, state, year, village, after].some((value) => value !== null);

function fieldsOf({ kinds, years, societies }: Board, asked: BoardAsked): SelectView[] {
  const typed = {
    kind: asked.kind ?? '',
    state: asked.state ?? '',
    year: String(asked.year ?? ''),
    village: asked.village ?? '',
  };
  const all = { value: '', label: '全部' };
  const kindOptions = kinds.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }));
  const stateOptions = (['open', 'ended'] as const).map((value) => ({ value, label: STATE_WORDS[value] }));
  const yearOptions = years.map((year) => ({ value: String(year), label: `${year}年` }));
  const villages = societies.map(({ boardCode, name }) => ({ value: boardCode, label: name }));
  const field = (name: string, label: string, options: typeof villages): SelectView =>
    selectField(name, label, [all, ...options], typed, {});
  return [
    ...(societies.length > 1 ? [field('village', '哪个社', villages)] : []),
    field('kind', '类别', kindOptions),
    field('state', '状态', stateOptions),
    field('year', '哪年签发', yearOptions),
  ];
}

function partView(
  caption: string,
  empty: string,
  { notices, next }: BoardPart,
  board: Board,
  asked: BoardAsked,
): PartView {
  const names = new Map(board.societies.map(({ id, name }) => [id, name]));
  const ofTown = board.societies.length > 1;
  const columns = ['文号', ...(ofTown ? ['哪个社'] : []), '类别', '对象', '事由', '金额（元）:', '公示期'];
  const rows = notices.map((notice) => {
    const { number, code, kind, subject, matter, amount, period } = boardLineOf(notice, board.now);
    return [
      { words: number, href: `/n/${code}` },
      ...(ofTown ? [names.get(notice.societyId) ?? NONE] : []),
      ...[kind, subject ?? NONE, matter ?? NONE, amount ?? NONE, period],
    ];
  });
  const older = next && addressOf(`/b/${board.society.boardCode}`, { ...asked, after: next });
  return { table: table(caption, columns, rows, empty), older };
}

export type BoardLine = {
  readonly number: string;
  readonly code: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly matter: string | null;
  readonly amount: string | null;
  /** 公示中 还剩 5 天（11-24 至 11-30） */
  readonly period: string;
};

/** One line of a board. What the public may not read any more leaves its number, its kind and its state. */
export function boardLineOf(notice: NoticeLine, now: Date): BoardLine {
  const { tag, rest } = stateWordsOf(notice, now);
  const sight = sightOf(notice);
  const shown: NoticeSummary =
    sight === 'OPEN' ? noticeSummary(notice) : { subject: null, matter: GONE[sight], amount: null };
  return {
    number: notice.issue?.number ?? '',
    code: notice.issue?.code ?? '',
    kind: KIND_WORDS[notice.kind],
    ...shown,
    period: sight === 'TAKEN_DOWN' ? tag : `${tag} ${rest}`.trim(),
  };
}

function addressOf(here: string, { kind, state, year, village, after }: BoardAsked): string {
  const asked = new URLSearchParams();
  if (village !== null) asked.set('village', village);
  if (kind !== null) asked.set('kind', kind);
  if (state !== null) asked.set('state', state);
  if (year !== null) asked.set('year', String(year));
  if (after !== null) asked.set('after', cursorOf(after));
  const text = asked.toString();
  return text === '' ? here : `${here}?${text}`;
}

export const cursorOf = (place: Place): string => placeText(place);

/** How old the board is: for whoever wants to know whether anything happens. */
function updatedWords(last: Day | null, today: Day): string {
  if (last === null) return '还没有贴过公示。';
  const days = Math.max(0, daysBetween(last, today));
  const age = days === 0 ? '今天' : days === 1 ? '昨天' : `${days} 天前`;
  return `最近更新：${days < 300 ? dayShort(last) : dayWords(last)}（${age}）`;
}
