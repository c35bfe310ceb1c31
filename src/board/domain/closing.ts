import { tallyVote } from './board-vote.js';
import type { Counts, VoteRule } from './board-vote.js';
import { LEAST_ELECTORS } from './electorate.js';

/**
 * Why a round was closed: every elector had voted, no missing ballot could change it, its time was over; too few were
 * left to vote, or its subject was no more.
 */
export const CLOSINGS = ['ALL_VOTED', 'SETTLED', 'DEADLINE', 'TOO_FEW', 'VOIDED'] as const;
export type Closing = (typeof CLOSINGS)[number];

/**
 * D4-73: nobody closes early while a ballot not yet cast could change the outcome.
 *
 * Three futures are enough to try. Each further yes helps both the quorum and the majority, so if approval can still
 * come, it comes when all the missing say yes. Each further no helps the quorum and hurts the majority, so if a
 * rejection can still come, it comes when all of them say no. And if the round can still lapse, it lapses when none of
 * them comes. Where the three agree, every other future agrees; the spec tries them all.
 */
export function mayClose(rule: VoteRule, electors: number, counts: Counts): boolean {
  const missing = electors - (counts.yes + counts.no + counts.abstain);
  const ifNoneComes = tallyVote(rule, electors, counts).outcome;
  const ifAllSayYes = tallyVote(rule, electors, { ...counts, yes: counts.yes + missing }).outcome;
  const ifAllSayNo = tallyVote(rule, electors, { ...counts, no: counts.no + missing }).outcome;
  return ifNoneComes === ifAllSayYes && ifNoneComes === ifAllSayNo;
}

/** Such a round does not wait for anybody to end it. */
export const closesByItself = (closing: Closing): boolean => closing === 'ALL_VOTED' || closing === 'TOO_FEW';

export type ClosingDecision =
  | { readonly closes: true; readonly closing: Exclude<Closing, 'VOIDED'> }
  | { readonly closes: false; readonly missing: number };

/** Whether a round may be closed at `now`, and why (domain.md 2.1, VOTING → …). */
export function closingOf(
  round: { readonly rule: VoteRule; readonly electors: number; readonly deadlineAt: Date },
  counts: Counts,
  now: Date,
): ClosingDecision {
  if (round.electors < LEAST_ELECTORS) return { closes: true, closing: 'TOO_FEW' };
  const missing = round.electors - (counts.yes + counts.no + counts.abstain);
  if (missing === 0) return { closes: true, closing: 'ALL_VOTED' };
  if (now.getTime() >= round.deadlineAt.getTime()) return { closes: true, closing: 'DEADLINE' };
  if (mayClose(round.rule, round.electors, counts)) return { closes: true, closing: 'SETTLED' };
  return { closes: false, missing };
}
