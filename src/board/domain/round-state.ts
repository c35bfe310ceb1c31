import type { Outcome } from './board-vote.js';

/** Open until ended, once; a later vote on the same subject is another round (domain.md 2.1). */
export const ROUND_STATES = ['OPEN', 'APPROVED', 'REJECTED', 'LAPSED', 'ESCALATED', 'VOIDED'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** How a round ends: by a decision of the board, or because its subject is no more. */
export type RoundEnd = Outcome | 'voided';

export const STATE_OF: Readonly<Record<RoundEnd, Exclude<RoundState, 'OPEN'>>> = {
  approved: 'APPROVED',
  rejected: 'REJECTED',
  lapsed: 'LAPSED',
  escalated: 'ESCALATED',
  voided: 'VOIDED',
};

/** Null while the round is open. */
export function endIn(state: RoundState): RoundEnd | null {
  const [end] = Object.entries(STATE_OF).find(([, reached]) => reached === state) ?? [];
  return (end ?? null) as RoundEnd | null;
}
