import type { Outcome } from './board-vote.js';

/** Open until decided, once; a later vote on the same subject is another round (domain.md 2.1). */
export const ROUND_STATES = ['OPEN', 'APPROVED', 'REJECTED', 'LAPSED'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

export const STATE_OF: Readonly<Record<Outcome, Exclude<RoundState, 'OPEN'>>> = {
  approved: 'APPROVED',
  rejected: 'REJECTED',
  lapsed: 'LAPSED',
};

/** Null while the round is open. */
export function outcomeIn(state: RoundState): Outcome | null {
  const [outcome] = Object.entries(STATE_OF).find(([, reached]) => reached === state) ?? [];
  return (outcome ?? null) as Outcome | null;
}
