import { addDays, daysBetween } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { FINDING_REASONS } from './findings.js';
import type { FindingKind, FindingReason } from './findings.js';
import { BadDueDay, ReasonOfAnother } from './desk.errors.js';
import { MOST_RECTIFY_DAYS } from './terms.js';

export type FindingTyped = {
  readonly kind: FindingKind;
  readonly reason: FindingReason;
  /** By when the society has put it right; of a rectification alone. */
  readonly dueOn: Day | null;
};

/** A reason belongs to its finding, and a rectification has a day: after today, and within the month that it may take. */
export function checkFinding({ kind, reason, dueOn }: FindingTyped, today: Day): void {
  if (FINDING_REASONS[reason].kind !== kind) throw new ReasonOfAnother();
  if (kind !== 'RECTIFY') {
    if (dueOn !== null) throw new BadDueDay(MOST_RECTIFY_DAYS);
    return;
  }
  if (dueOn === null || dueOn <= today || dueOn > addDays(today, MOST_RECTIFY_DAYS))
    throw new BadDueDay(MOST_RECTIFY_DAYS);
}

/** What is owed for a day is owed for so many days from now. */
export const daysUntil = (today: Day, dueOn: Day): number => daysBetween(today, dueOn);
