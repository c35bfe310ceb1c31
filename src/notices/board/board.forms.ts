import { startOfDay, day } from '../../kernel/day.js';
import { NOTICE_KINDS } from '../domain/notice-words.js';
import type { NoticeKind } from '../domain/notice-words.js';
import { readCode } from '../domain/notice-number.js';
import { placeOf } from '../notices.views.js';
import type { Place } from '../notices.queries.js';

export const BOARD_STATES = ['open', 'ended'] as const;
export type BoardState = (typeof BOARD_STATES)[number];

/** What is asked of a board. It stands in its address; what makes no sense there is as if nothing were asked. */
export type BoardAsked = {
  readonly kind: NoticeKind | null;
  readonly state: BoardState | null;
  readonly year: number | null;
  /** The board of one village of the town. */
  readonly village: string | null;
  readonly after: Place | null;
};

export type BoardQuery = Readonly<Record<string, unknown>>;

export function boardAskedOf(query: BoardQuery): BoardAsked {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const year = /^20\d\d$/.test(text('year')) ? Number(text('year')) : null;
  return {
    kind: NOTICE_KINDS.find((kind) => kind === text('kind')) ?? null,
    state: BOARD_STATES.find((state) => state === text('state')) ?? null,
    year,
    village: text('village') === '' ? null : readCode(text('village')),
    after: placeOf(text('after')),
  };
}

/** From its first moment in China to the first of the next. */
export function spanOf(year: number): { readonly from: Date; readonly until: Date } {
  return { from: startOfDay(day(`${year}-01-01`)), until: startOfDay(day(`${year + 1}-01-01`)) };
}
