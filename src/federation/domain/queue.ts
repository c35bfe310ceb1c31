import type { Cause } from '../../kernel/causes.js';
import type { Fen } from '../../kernel/fen.js';
import { byPlace } from './desk-filter.js';
import type { GrantState, Place, QueueState, SubjectKind } from './desk-filter.js';
import type { Lease } from './lease.js';
import type { RiskLevel, Sign } from './risks.js';

export type QueueLease = Lease & { readonly maskedName: string };

/** A row of the queue: no name of anybody who was helped. */
export type QueueRow = Place & {
  readonly kind: SubjectKind;
  /** 2026-0012, 慈救2026-0003 */
  readonly text: string;
  readonly societyName: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly state: QueueState;
  readonly signs: readonly Sign[];
  /** The how-manieth grant of the household in its year. */
  readonly nth: number;
  readonly risk: RiskLevel;
  /** Of somebody who is at it just now. */
  readonly lease: QueueLease | null;
  /** Who spoke first, masked, while a second is waited for. */
  readonly firstReviewer: string | null;
};

/** Said again, said by nobody yet, by one, or by two who see it differently. */
export function grantStateOf({
  again,
  found,
}: {
  readonly again: boolean;
  readonly found: number;
}): GrantState {
  if (found === 1) return 'SECOND';
  if (found > 1) return 'SPLIT';
  return again ? 'RECHECK' : 'WAITING';
}

/** Several lists that are each in the order of the queue, as one; each brought one row more than the page holds. */
export function mergedPage<Row extends Place>(
  lists: readonly (readonly Row[])[],
  size: number,
): { readonly rows: readonly Row[]; readonly next: Row | null } {
  const whole = lists.flat().sort(byPlace);
  const rows = whole.slice(0, size);
  return { rows, next: whole.length > size ? (rows.at(-1) ?? null) : null };
}
