import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { ruleWords } from './vote-words.js';
import type { Sum } from './vote-words.js';

export type VoteSheetFacts = {
  readonly society: string;
  readonly sequence: number;
  readonly charterArticle: string;
  readonly openedAt: Date;
  readonly deadlineAt: Date;
  readonly motion: string;
  readonly amountFen: Fen;
  readonly sum: Sum;
  readonly directors: readonly {
    readonly name: string;
    readonly isRecused: boolean;
    /** By link or account: nothing is left to sign. */
    readonly hasVoted: boolean;
  }[];
  /** The page of the round. */
  readonly url: string;
};

/** The paper path: what a meeting signs, to be photographed back. A private paper, with the names of the directors. */
export type VoteSheetContent = {
  readonly kind: 'VOTE_SHEET';
  readonly society: string;
  readonly round: string;
  readonly motion: string;
  readonly amount: string;
  readonly basis: string;
  readonly deadline: string;
  readonly rows: readonly { readonly name: string; readonly signed: string; readonly recused: string }[];
  /** Rows high enough to sign in, where the page has room for them. */
  readonly isTall: boolean;
  readonly openedOn: string;
  /** Becomes the QR. */
  readonly verifyUrl: string;
};

/** With more directors than these, high rows would drive the presider's place onto a second page. */
const MOST_TALL = 5;

export function voteSheetOf(facts: VoteSheetFacts): VoteSheetContent {
  const { amountFen } = facts;
  return {
    kind: 'VOTE_SHEET',
    society: facts.society,
    round: `第${facts.sequence}轮`,
    motion: facts.motion,
    amount: amountFen === 0 ? '' : `人民币${amountInWords(amountFen)}（¥${yuanText(amountFen)}）`,
    basis: `${facts.charterArticle}：${ruleWords(facts.sum)}`,
    deadline: instantWords(facts.deadlineAt),
    rows: facts.directors.map(({ name, isRecused, hasVoted }) => ({
      name,
      signed: isRecused ? '—' : hasVoted ? '已自己投票' : '',
      recused: isRecused ? '已回避' : '',
    })),
    isTall: facts.directors.length <= MOST_TALL,
    openedOn: dayWords(dayOf(facts.openedAt)),
    verifyUrl: facts.url,
  };
}
