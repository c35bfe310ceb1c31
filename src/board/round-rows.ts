import type { Ballot, VoteRule } from './domain/board-vote.js';
import type { Recusal } from './domain/electorate.js';
import type { RoundStance } from './round-stance.entity.js';
import type { Round } from './round.entity.js';

type RuleRow = Pick<
  Round,
  'quorumNumerator' | 'quorumDenominator' | 'majorityNumerator' | 'majorityDenominator'
>;
type StanceRow = Pick<RoundStance, 'personId' | 'choice' | 'reason'>;

/** The rule as copied into the row. */
export function ruleOf(round: RuleRow): VoteRule {
  return {
    quorum: { numerator: round.quorumNumerator, denominator: round.quorumDenominator },
    majority: { numerator: round.majorityNumerator, denominator: round.majorityDenominator },
  };
}

export function ballotsIn(stances: readonly StanceRow[]): Ballot[] {
  return stances.flatMap(({ personId, choice }) => (choice ? [{ directorId: personId, choice }] : []));
}

export function recusalsIn(stances: readonly StanceRow[]): Recusal[] {
  return stances.flatMap(({ personId, reason }) => (reason ? [{ personId, reason }] : []));
}
