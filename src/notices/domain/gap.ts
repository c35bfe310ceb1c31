import { startOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';

/** Why a paper was gone from its wall, as a secretary can say it in a word. */
export const GAP_REASONS = ['WIND', 'RAIN', 'TORN', 'COVERED', 'OTHER'] as const;
export type GapReason = (typeof GAP_REASONS)[number];

export const GAP_WORDS: Readonly<Record<GapReason, string>> = {
  WIND: '被风吹掉',
  RAIN: '被雨淋坏',
  TORN: '被撕',
  COVERED: '被盖住',
  OTHER: '其他',
};

/** From the moment since when nobody could read it to the moment when it hung again. */
export type Gap = { readonly goneAt: Date; readonly upAt: Date };

type Hanging = {
  readonly postedAt: Date;
  /** The first day of the period, and 24:00 of its last one as it stands. */
  readonly firstDay: Day;
  readonly endsAt: Date;
};

export type GapFault = 'future' | 'before-posting' | 'backwards' | 'overlap';

/** A minute is forgiven, as with a posting: a form says no seconds. */
const SLACK_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** Whether this gap can have been: after the posting, over by now, and beside those that are written down. */
export function gapFault(
  gap: Gap,
  { postedAt }: Pick<Hanging, 'postedAt'>,
  earlier: readonly Gap[],
  now: Date,
): GapFault | null {
  if (gap.goneAt >= gap.upAt) return 'backwards';
  if (gap.upAt.getTime() > now.getTime() + SLACK_MS) return 'future';
  if (gap.goneAt.getTime() < postedAt.getTime() - SLACK_MS) return 'before-posting';
  return earlier.some((other) => gap.goneAt < other.upAt && other.goneAt < gap.upAt) ? 'overlap' : null;
}

/**
 * By how many days the period is longer (domain.md 2.3): not at all where a day or less of it was lost, else by the days lost,
 * one that has begun counting whole, so that the village never has less than it was promised. What was lost before the
 * first day or behind the last, while an objection held the notice up, was lost of no period.
 */
export function daysLost({ goneAt, upAt }: Gap, { firstDay, endsAt }: Omit<Hanging, 'postedAt'>): number {
  const from = Math.max(goneAt.getTime(), startOfDay(firstDay).getTime());
  const until = Math.min(upAt.getTime(), endsAt.getTime());
  const lost = until - from;
  return lost > DAY_MS ? Math.ceil(lost / DAY_MS) : 0;
}
