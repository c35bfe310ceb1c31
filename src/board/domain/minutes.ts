import type { Fen } from '../../kernel/fen.js';
import { yuanText } from '../../kernel/fen.js';
import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { instantWords } from '../../kernel/chinese/words.js';
import type { Choice, Outcome } from './board-vote.js';
import type { Closing } from './closing.js';
import { reasonWords } from './electorate.js';
import type { RecusalReason } from './electorate.js';
import { CHOICE_WORDS, resultWords } from './vote-words.js';
import type { Sum } from './vote-words.js';

export type MinutesFacts = {
  readonly society: string;
  readonly sequence: number;
  readonly decisionNumber: string | null;
  readonly charterArticle: string;
  readonly openedAt: Date;
  readonly handsAt: Date | null;
  readonly decidedAt: Date;
  readonly place: string | null;
  readonly motion: string;
  readonly amountFen: Fen;
  readonly directors: readonly MinutesDirector[];
  readonly sum: Sum;
  readonly outcome: Outcome;
  readonly closing: Closing;
  readonly presider: string | null;
  readonly recorder: string | null;
};

export type MinutesDirector = {
  readonly name: string;
  readonly choice: Choice | null;
  readonly recusal: RecusalReason | null;
};

/** The minutes as frozen: every word ready, so that a later change of words changes no old paper. */
export type MinutesContent = {
  readonly kind: 'ROUND_MINUTES';
  readonly society: string;
  readonly number: string;
  readonly round: string;
  readonly openedAt: string;
  readonly metAt: string;
  /** Empty where nobody wrote it down. */
  readonly place: string;
  readonly decidedAt: string;
  readonly basis: string;
  readonly motion: string;
  /** 人民币壹仟元整（¥1,000.00）; empty where the motion moves no money. */
  readonly amount: string;
  readonly rows: readonly { readonly name: string; readonly presence: string; readonly stance: string }[];
  readonly sum: string;
  readonly conclusion: string;
  readonly closing: string;
  readonly presider: string;
  readonly recorder: string;
};

const NOTHING = '（无）';

const CONCLUSIONS: Readonly<Record<Outcome, string>> = {
  approved: '会议通过上述事项。',
  rejected: '会议未通过上述事项。',
  lapsed: '到会人数不够，本轮表决作废，未形成决定。',
};

const CLOSING_WORDS: Readonly<Record<Closing, string>> = {
  ALL_VOTED: '应到理事全部投票，表决自动结束。',
  SETTLED: '未投的票已不能改变结果，由秘书长结束表决。',
  DEADLINE: '到截止时间，按已投的票结束表决。',
};

/** domain.md 2.1 and peers.md 1: who came, who stood aside and why, each hand, the sum, the outcome. A private paper. */
export function minutesOf(facts: MinutesFacts): MinutesContent {
  return {
    kind: 'ROUND_MINUTES',
    society: facts.society,
    number: facts.decisionNumber ?? '',
    round: `第${facts.sequence}轮`,
    openedAt: instantWords(facts.openedAt),
    metAt: facts.handsAt ? instantWords(facts.handsAt) : NOTHING,
    place: facts.place ?? '',
    decidedAt: instantWords(facts.decidedAt),
    basis: facts.charterArticle,
    motion: facts.motion,
    amount: amountOf(facts.amountFen),
    rows: facts.directors.map(rowOf),
    sum: resultWords(facts.sum),
    conclusion: CONCLUSIONS[facts.outcome],
    closing: CLOSING_WORDS[facts.closing],
    presider: facts.presider ?? NOTHING,
    recorder: facts.recorder ?? NOTHING,
  };
}

function amountOf(amount: Fen): string {
  return amount === 0 ? '' : `人民币${amountInWords(amount)}（¥${yuanText(amount)}）`;
}

function rowOf({ name, choice, recusal }: MinutesDirector): MinutesContent['rows'][number] {
  if (recusal !== null) return { name, presence: '回避', stance: reasonWords(recusal) };
  if (choice !== null) return { name, presence: '到会', stance: CHOICE_WORDS[choice] };
  return { name, presence: '没到', stance: '没投票' };
}
