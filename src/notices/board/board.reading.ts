import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { dayOf, yearOf } from '../../kernel/day.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Charter, Society } from '../../societies/index.js';
import { readCode } from '../domain/notice-number.js';
import { BoardNotFound } from '../domain/notices.errors.js';
import type { NoticeState } from '../domain/notice-state.js';
import type { NoticeKind } from '../domain/notice-words.js';
import { NoticesQueries } from '../notices.queries.js';
import type { NoticeLine, Place } from '../notices.queries.js';
import { spanOf } from './board.forms.js';
import type { BoardAsked, BoardState } from './board.forms.js';

const PAGE = 30;
const MOST_IN_FEED = 50;

const STATES: Readonly<Record<BoardState, readonly NoticeState[]>> = {
  open: ['POSTED', 'RUNNING'],
  ended: ['ENDED', 'ARCHIVED', 'SUSPENDED'],
};

export type BoardPart = {
  readonly notices: readonly NoticeLine[];
  /** Where the next page goes on; null on the last. */
  readonly next: Place | null;
};

export type Board = {
  readonly society: Society;
  readonly charter: Charter;
  /** Whose notices hang here: its own, and for a town those of its villages. */
  readonly societies: readonly Society[];
  /** Null where only the others were asked for. */
  readonly open: BoardPart | null;
  readonly ended: BoardPart | null;
  readonly kinds: readonly NoticeKind[];
  readonly years: readonly number[];
  /** When anything last changed; null where nothing ever hung. */
  readonly updatedAt: Date | null;
  readonly now: Date;
};

type Instant = Date | string;
type Extent = {
  readonly kind: NoticeKind;
  readonly first: Instant;
  readonly posted: Instant;
  readonly ended: Instant | null;
  readonly suspended: Instant | null;
};

/** What hangs on a board, in a number of questions that no filter and no length of the archive changes. */
@Injectable()
export class BoardReading {
  constructor(
    private readonly reads: Reads,
    private readonly queries: NoticesQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  async read(typed: string, asked: BoardAsked): Promise<Board> {
    const { society, societies } = await this.find(typed);
    const now = this.clock.now();
    const village = societies.find(({ boardCode }) => boardCode === asked.village);
    const ids = village ? [village.id] : societies.map(({ id }) => id);
    const part = async (state: BoardState): Promise<BoardPart | null> =>
      asked.state === null || asked.state === state ? this.part(ids, state, asked) : null;
    return {
      ...{ society, societies, now },
      charter: await this.societies.charterOn(society.id, dayOf(now)),
      open: await part('open'),
      ended: await part('ended'),
      ...(await this.extent(societies)),
    };
  }

  /** The latest of all that hangs or hung, for whoever follows the board. */
  async latest(
    typed: string,
  ): Promise<Pick<Board, 'society' | 'societies' | 'updatedAt' | 'now'> & { notices: NoticeLine[] }> {
    const { society, societies } = await this.find(typed);
    const notices = await this.queries.onBoard({
      societyIds: societies.map(({ id }) => id),
      states: [...STATES.open, ...STATES.ended],
      ...{ kind: null, span: null, after: null, limit: MOST_IN_FEED },
    });
    const { updatedAt } = await this.extent(societies);
    return { society, societies, notices, updatedAt, now: this.clock.now() };
  }

  private async find(typed: string): Promise<Pick<Board, 'society' | 'societies'>> {
    const code = readCode(typed);
    const society = code && (await this.societies.byBoardCode(code));
    if (!society) throw new BoardNotFound();
    const villages = society.kind === 'TOWN_UNION' ? await this.societies.below(society.id) : [];
    return { society, societies: [society, ...villages] };
  }

  private async part(
    societyIds: readonly string[],
    state: BoardState,
    { kind, year, after }: BoardAsked,
  ): Promise<BoardPart> {
    const span = year === null ? null : spanOf(year);
    const wanted = { societyIds, states: STATES[state], kind, span, after, limit: PAGE + 1 };
    const rows = await this.queries.onBoard(wanted);
    const notices = rows.slice(0, PAGE);
    const last = notices.at(-1);
    const next = rows.length > PAGE && last?.issue ? { createdAt: last.issue.signedAt, id: last.id } : null;
    return { notices, next };
  }

  /** Which kinds and years there are to choose from, and how old the board is. */
  private async extent(societies: readonly Society[]): Promise<Pick<Board, 'kinds' | 'years' | 'updatedAt'>> {
    const rows = await this.reads.among<Extent>`
      SELECT kind AS "kind", MIN(signed_at) AS "first", MAX(posted_at) AS "posted", MAX(ended_at) AS "ended",
             MAX(suspended_at) AS "suspended"
      FROM notices WHERE society_id IN ${listOf(societies.map(({ id }) => id))}
        AND signed_at IS NOT NULL AND posted_at IS NOT NULL
      GROUP BY kind ORDER BY kind`;
    const changes = rows.flatMap(({ posted, ended, suspended }) => [
      instantOf(posted),
      ...[ended, suspended].flatMap((at) => optionalInstantOf(at) ?? []),
    ]);
    const firstYear = Math.min(...rows.map(({ first }) => yearOf(dayOf(instantOf(first)))));
    const thisYear = yearOf(dayOf(this.clock.now()));
    return {
      kinds: rows.map(({ kind }) => kind),
      years: rows.length === 0 ? [] : yearsBack(thisYear, firstYear),
      updatedAt: changes.length === 0 ? null : new Date(Math.max(...changes.map((at) => at.getTime()))),
    };
  }
}

/** 2027, 2026, 2025 */
function yearsBack(from: number, to: number): number[] {
  return Array.from({ length: Math.max(1, from - to + 1) }, (_, i) => from - i);
}
