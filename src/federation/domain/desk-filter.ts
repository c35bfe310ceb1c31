import { CAUSES } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import { RISK_LEVELS } from './risks.js';
import type { RiskLevel } from './risks.js';

/** What waits at the desk: an emergency grant of a society to be looked at after its payment, or a case of relief. */
export const SUBJECT_KINDS = ['grant', 'relief'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
export const SUBJECT_WORDS: Readonly<Record<SubjectKind, string>> = { relief: '基金救助', grant: '急难救助' };

/** The ready-made views. */
export const VIEWS = ['mine', 'today', 'high', 'duplicates', 'all'] as const;
export type View = (typeof VIEWS)[number];
export const VIEW_WORDS: Readonly<Record<View, string>> = {
  mine: '待我审',
  today: '今日到期',
  high: '高风险',
  duplicates: '疑似重复',
  all: '全部',
};

export const GRANT_STATES = ['WAITING', 'SECOND', 'SPLIT', 'RECHECK'] as const;
export type GrantState = (typeof GRANT_STATES)[number];
export const GRANT_STATE_WORDS: Readonly<Record<GrantState, string>> = {
  WAITING: '待审',
  SECOND: '等第二人',
  SPLIT: '意见不同',
  RECHECK: '已整改，待复核',
};

/** Where relief waits for somebody at the desk of the federation, and not for a board, a notice or a payment. */
export const DESK_STATES = ['SUBMITTED', 'POLICY_CHECKED', 'VERIFIED', 'ASSESSED', 'REVIEWED'] as const;
export type DeskState = (typeof DESK_STATES)[number];
export type QueueState = GrantState | DeskState;
const QUEUE_STATES: readonly QueueState[] = [...GRANT_STATES, ...DESK_STATES];

export const DUES = ['late', 'today', 'week'] as const;
export type Due = (typeof DUES)[number];
export const DUE_WORDS: Readonly<Record<Due, string>> = { late: '已逾期', today: '今天', week: '7 天内' };

/** What the address of the queue says. Whatever it says otherwise filters nothing. */
export type DeskFilter = {
  readonly view: View;
  readonly kind: SubjectKind | null;
  /** A part of the name of the society. */
  readonly society: string;
  readonly cause: Cause | null;
  readonly state: QueueState | null;
  readonly risk: RiskLevel | null;
  readonly due: Due | null;
  /** A number, as people say it. */
  readonly text: string;
};

const LONGEST_WORDS = 30;

export function readFilter(query: Readonly<Record<string, unknown>>): DeskFilter {
  const textOf = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value.trim().slice(0, LONGEST_WORDS) : '';
  };
  const oneOf = <Value extends string>(values: readonly Value[], name: string): Value | null =>
    values.find((value) => value === query[name]) ?? null;
  return {
    view: oneOf(VIEWS, 'view') ?? 'mine',
    kind: oneOf(SUBJECT_KINDS, 'kind'),
    society: textOf('society'),
    cause: oneOf(CAUSES, 'cause'),
    state: oneOf(QUEUE_STATES, 'state'),
    risk: oneOf(RISK_LEVELS, 'risk'),
    due: oneOf(DUES, 'due'),
    text: textOf('q'),
  };
}

/** The same again as the words of an address; what filters nothing is left out, so that one view has one address. */
export function queryOf(filter: DeskFilter, more: Readonly<Record<string, string | null>> = {}): string {
  const { view, kind, society, cause, state, risk, due, text } = filter;
  const words = new Map(Object.entries({ kind, society, cause, state, risk, due, q: text, ...more }));
  const said = [['view', view] as const, ...words].filter(([, value]) => value !== null && value !== '');
  return said.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
}

export const isNarrowed = (filter: DeskFilter): boolean =>
  queryOf(filter) !== queryOf({ ...readFilter({}), view: filter.view });

/** The place of a row in the queue: by its hour, and by its id where two share one. */
export type Place = { readonly dueAt: Date; readonly id: string };

export function placeText({ dueAt, id }: Place): string {
  return `${dueAt.getTime()}_${id}`;
}

/** Null for whatever is no place: the queue then begins at its head. */
export function readPlace(text: unknown): Place | null {
  const [, at = '', id = ''] =
    typeof text === 'string' ? (/^(\d{1,15})_([\w-]{1,36})$/.exec(text) ?? []) : [];
  return at === '' ? null : { dueAt: new Date(Number(at)), id };
}

export const byPlace = (one: Place, other: Place): number =>
  one.dueAt.getTime() - other.dueAt.getTime() || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/** Which numbers are looked for; null looks for none, since no number reads like this. */
export type NumberSought = {
  readonly kind: SubjectKind | null;
  readonly year: number | null;
  readonly number: number;
};

/** “2026-0012”, “慈救2026-0003”, or only “12”. */
export function numberSought(text: string): NumberSought | null {
  const [, prefix, year, number = ''] =
    /^(慈救)?\s*(?:(2\d{3})-)?0{0,5}([1-9]\d{0,5})$/.exec(text.normalize('NFKC')) ?? [];
  if (number === '') return null;
  return {
    kind: prefix ? 'relief' : null,
    year: year === undefined ? null : Number(year),
    number: Number(number),
  };
}

/** The view that a page was opened from, as its address says it: read, and written again by us. */
export type CameFrom = {
  readonly filter: DeskFilter;
  /** What follows the `?`. */
  readonly query: string;
  readonly at: string | null;
};

export function cameFrom(query: Readonly<Record<string, unknown>>): CameFrom {
  const filter = readFilter(query);
  const place = readPlace(query['at']);
  const at = place && placeText(place);
  return { filter, at, query: queryOf(filter, { at }) };
}

/** The same out of a hidden field. */
export const cameFromText = (text: unknown): CameFrom =>
  cameFrom(Object.fromEntries(new URLSearchParams(typeof text === 'string' ? text : '')));
