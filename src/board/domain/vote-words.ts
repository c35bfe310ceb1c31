import type { Share } from '../../kernel/fen.js';
import { neededOf, tallyVote } from './board-vote.js';
import type { Choice, Counts, TallyOutcome, VoteRule } from './board-vote.js';
import type { Way } from './ballot-box.js';
import type { RoundEnd } from './round-state.js';
import { LEAST_ELECTORS } from './electorate.js';

/** What the sum is made of: all whole numbers, the rule as copied into the round. */
export type Sum = {
  readonly rule: VoteRule;
  readonly directors: number;
  readonly recused: number;
  readonly counts: Counts;
};

export const CHOICE_WORDS: Readonly<Record<Choice, string>> = { yes: '同意', no: '不同意', abstain: '弃权' };

/** How a ballot was given, in one word; by link or by account is told apart where it is known. */
export const WAY_WORDS: Readonly<Record<Way, string>> = {
  HAND: '举手',
  PHONE: '电话',
  OWN: '本人',
  MEETING: '会议',
};

/** What the office wrote down by phone, wherever it is shown before the director has confirmed it (pages.md 8.3). */
export const UNCONFIRMED_WORDS = '电话·由秘书长代录·待本人确认';

export const END_WORDS: Readonly<Record<RoundEnd, string>> = {
  approved: '通过',
  rejected: '不通过',
  lapsed: '到会人数不够，作废',
  escalated: '转镇联合社',
  voided: '表决终止',
};

const AS_IT_STANDS: Readonly<Record<TallyOutcome, string>> = {
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

/** The same sum once it has ended, for the minutes and the page of a closed round. */
export function resultWords(sum: Sum, end: RoundEnd): string {
  if (end === 'escalated')
    return `理事${sum.directors}人，回避${sum.recused}人，应到${electorsIn(sum)}人；结果：${escalationWords(electorsIn(sum))}`;
  return `${ruleWords(sum)}；结果：${countsWords(sum.counts)}→ ${END_WORDS[end]}`;
}

/** D4-16. */
export function escalationWords(electors: number): string {
  return `回避后只剩 ${electors} 位理事，不足 ${LEAST_ELECTORS} 位，转镇联合社`;
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
export function endWords(end: RoundEnd, electors: number, recused: number, counts: Counts): string {
  if (end === 'escalated') return escalationWords(electors);
  const { yes, no, abstain } = counts;
  const numbers = `到${yes + no + abstain} 同意${yes} 反对${no} 弃权${abstain} 回避${recused}`;
  return `${HEADS[end]}：${numbers}`;
}

const HEADS: Readonly<Record<Exclude<RoundEnd, 'escalated'>, string>> = {
  approved: '表决通过',
  rejected: '表决不通过',
  lapsed: '表决作废（到会人数不够）',
  voided: '表决终止',
};

const electorsIn = (sum: Sum) => sum.directors - sum.recused;

const shareWords = ({ numerator, denominator }: Share) => `${numerator}/${denominator}`;
