import { latestOf } from './domain/ballot-box.js';
import type { Ballot, VoteRule } from './domain/board-vote.js';
import type { Recusal } from './domain/electorate.js';
import type { RoundStance } from './round-stance.entity.js';
import type { Round } from './round.entity.js';

type RuleRow = Pick<
  Round,
  'quorumNumerator' | 'quorumDenominator' | 'majorityNumerator' | 'majorityDenominator'
>;
type StanceRow = Pick<RoundStance, 'personId' | 'sequence' | 'choice' | 'reason'>;

/** The rule as copied into the row. */
export function ruleOf(round: RuleRow): VoteRule {
  return {
    quorum: { numerator: round.quorumNumerator, denominator: round.quorumDenominator },
    majority: { numerator: round.majorityNumerator, denominator: round.majorityDenominator },
  };
}

/** The ballots that count, of all that was said. */
export function ballotsIn(said: readonly StanceRow[]): Ballot[] {
  return latestOf(said).flatMap(({ personId, choice }) => (choice ? [{ directorId: personId, choice }] : []));
}

export function recusalsIn(said: readonly StanceRow[]): Recusal[] {
  return latestOf(said).flatMap(({ personId, reason }) => (reason ? [{ personId, reason }] : []));
}
