import type { Share } from '../../kernel/fen.js';
import { neededOf, tallyVote } from './board-vote.js';
import type { Choice, Counts, Outcome, VoteRule } from './board-vote.js';

/** What the sum is made of: all whole numbers, the rule as copied into the round. */
export type Sum = {
  readonly rule: VoteRule;
  readonly directors: number;
  readonly recused: number;
  readonly counts: Counts;
};

export const CHOICE_WORDS: Readonly<Record<Choice, string>> = { yes: '同意', no: '不同意', abstain: '弃权' };

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  approved: '通过',
  rejected: '不通过',
  lapsed: '到会人数不够，作废',
};

const AS_IT_STANDS: Readonly<Record<Outcome, string>> = {
  approved: '按现在的票会通过',
  rejected: '按现在的票不会通过',
  lapsed: '按现在的票到会人数不够，会作废',
};

/**
 * The rule as a sum, before the vote closes: people elsewhere misread abstention and quorum until they saw it
 * (peers.md 1, point 4).
 */
export function sumWords(sum: Sum): string {
  const { outcome } = tallyVote(sum.rule, electorsIn(sum), sum.counts);
  return `${ruleWords(sum)}；现在：${countsWords(sum.counts)}→ ${AS_IT_STANDS[outcome]}`;
}

/** The same sum once it is decided, for the minutes and the page of a closed round. */
export function resultWords(sum: Sum): string {
  const { outcome } = tallyVote(sum.rule, electorsIn(sum), sum.counts);
  return `${ruleWords(sum)}；结果：${countsWords(sum.counts)}→ ${OUTCOME_WORDS[outcome]}`;
}

/** 理事5人，回避1人，应到4人，需3人到会，到会的2/3同意才通过 */
export function ruleWords(sum: Sum): string {
  const electors = electorsIn(sum);
  return (
    `理事${sum.directors}人，回避${sum.recused}人，应到${electors}人，` +
    `需${neededOf(sum.rule.quorum, electors)}人到会，到会的${shareWords(sum.rule.majority)}同意才通过`
  );
}

/** 到4人（4同意 0反对 0弃权） */
export function countsWords({ yes, no, abstain }: Counts): string {
  return `到${yes + no + abstain}人（${yes}同意 ${no}反对 ${abstain}弃权）`;
}

/** Short words for the timeline of the case: numbers only. */
export function decisionWords(outcome: Outcome, { yes, no, abstain }: Counts, recused: number): string {
  const numbers = `到${yes + no + abstain} 同意${yes} 反对${no} 弃权${abstain} 回避${recused}`;
  return outcome === 'lapsed'
    ? `表决作废（到会人数不够）：${numbers}`
    : `表决${OUTCOME_WORDS[outcome]}：${numbers}`;
}

const electorsIn = (sum: Sum) => sum.directors - sum.recused;

const shareWords = ({ numerator, denominator }: Share) => `${numerator}/${denominator}`;
