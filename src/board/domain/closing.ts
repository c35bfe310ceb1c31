import { tallyVote } from './board-vote.js';
import type { Counts, VoteRule } from './board-vote.js';

/** Why a round was closed: every elector had voted, no missing ballot could change it, or its time was over. */
export const CLOSINGS = ['ALL_VOTED', 'SETTLED', 'DEADLINE'] as const;
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

export type ClosingDecision =
  { readonly closes: true; readonly closing: Closing } | { readonly closes: false; readonly missing: number };

/** Whether a round may be closed at `now`, and by which of the three reasons (domain.md 2.1, VOTING → …). */
export function closingOf(
  round: { readonly rule: VoteRule; readonly electors: number; readonly deadlineAt: Date },
  counts: Counts,
  now: Date,
): ClosingDecision {
  const missing = round.electors - (counts.yes + counts.no + counts.abstain);
  if (missing === 0) return { closes: true, closing: 'ALL_VOTED' };
  if (now.getTime() >= round.deadlineAt.getTime()) return { closes: true, closing: 'DEADLINE' };
  if (mayClose(round.rule, round.electors, counts)) return { closes: true, closing: 'SETTLED' };
  return { closes: false, missing };
}
