import { dayOf, timeOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';

export const DIGESTS = ['duties', 'gifts'] as const;
export type DigestKind = (typeof DIGESTS)[number];

/** When a day is summed up, and until when it is still worth it: by then the phones are soon silent. */
export const DIGEST_HOURS: Readonly<Record<DigestKind, { readonly from: string; readonly until: string }>> = {
  duties: { from: '08:00', until: '20:00' },
  gifts: { from: '18:00', until: '21:30' },
};

/** The day that is to be summed up now; null outside its hours. */
export function digestDay(kind: DigestKind, now: Date): Day | null {
  const time = timeOf(now);
  const { from, until } = DIGEST_HOURS[kind];
  return time >= from && time < until ? dayOf(now) : null;
}

const DAY_MS = 24 * 3_600_000;
/** A unit of work may be under way so long, and its rows be older than others that are seen already. */
const LATECOMERS_MS = 60_000;

/** From the end of the last sum, or a day back where there was none, to a minute ago. */
export function spanOf(now: Date, lastUntil: Date | null): { readonly fromAt: Date; readonly untilAt: Date } {
  const untilAt = new Date(now.getTime() - LATECOMERS_MS);
  return { fromAt: lastUntil ?? new Date(untilAt.getTime() - DAY_MS), untilAt };
}

/** Whether the span holds no more than one day and its hours of telling: then “今天” is true enough to be said. */
export function isOfToday({ fromAt, untilAt }: { readonly fromAt: Date; readonly untilAt: Date }): boolean {
  return untilAt.getTime() - fromAt.getTime() <= DAY_MS + 4 * 3_600_000;
}
