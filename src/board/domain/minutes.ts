import type { Fen } from '../../kernel/fen.js';
import { yuanText } from '../../kernel/fen.js';
import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { instantWords } from '../../kernel/chinese/words.js';
import { isUnconfirmed } from './ballot-box.js';
import type { Stance } from './ballot-box.js';
import type { Closing } from './closing.js';
import { reasonWords } from './electorate.js';
import type { RoundEnd } from './round-state.js';
import { CHOICE_WORDS, escalationWords, resultWords, UNCONFIRMED_WORDS, WAY_WORDS } from './vote-words.js';
import type { Sum } from './vote-words.js';

export type MinutesFacts = {
  readonly society: string;
  readonly sequence: number;
  readonly decisionNumber: string | null;
  readonly charterArticle: string;
  readonly openedAt: Date;
  readonly metAt: Date | null;
  readonly decidedAt: Date;
  readonly place: string | null;
  readonly motion: string;
  readonly amountFen: Fen;
  readonly directors: readonly MinutesDirector[];
  readonly sum: Sum;
  readonly end: RoundEnd;
  readonly closing: Closing;
  /** Why the round was ended without a decision, in the words of whoever ended it. */
  readonly voidWhy: string | null;
  readonly presider: string | null;
  readonly recorder: string | null;
};

export type MinutesDirector = {
  readonly name: string;
  /** All that this director said, in the order of saying. */
  readonly said: readonly MinutesStance[];
};

export type MinutesStance = Pick<Stance, 'kind' | 'choice' | 'reason' | 'how'> & {
  readonly byLink: boolean;
  /** Who wrote it down; null where the director gave it himself. */
  readonly recorder: string | null;
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
  readonly rows: readonly { readonly name: string; readonly way: string; readonly stance: string }[];
  /** What was changed before the close: a recusal after a ballot, a ballot given anew. */
  readonly notes: readonly string[];
  readonly sum: string;
  readonly conclusion: string;
  readonly closing: string;
  readonly presider: string;
  readonly recorder: string;
};

const NOTHING = '（无）';

const CONCLUSIONS: Readonly<Record<Exclude<RoundEnd, 'escalated' | 'voided'>, string>> = {
  approved: '会议通过上述事项。',
  rejected: '会议未通过上述事项。',
  lapsed: '到会人数不够，本轮表决作废，未形成决定。',
};

const CLOSING_WORDS: Readonly<Record<Closing, string>> = {
  ALL_VOTED: '应到理事全部投票，表决自动结束。',
  SETTLED: '未投的票已不能改变结果，由秘书长结束表决。',
  DEADLINE: '到截止时间，按已投的票结束表决。',
  TOO_FEW: '表决随即结束，未形成决定。',
  VOIDED: '已投的票留存备查，不再计算。',
};

/** domain.md 2.1 and peers.md 1: who voted how, who stood aside and why, the sum, the outcome. A private paper. */
export function minutesOf(facts: MinutesFacts): MinutesContent {
  return {
    kind: 'ROUND_MINUTES',
    society: facts.society,
    number: facts.decisionNumber ?? '',
    round: `第${facts.sequence}轮`,
    openedAt: instantWords(facts.openedAt),
    metAt: facts.metAt ? instantWords(facts.metAt) : NOTHING,
    place: facts.place ?? '',
    decidedAt: instantWords(facts.decidedAt),
    basis: facts.charterArticle,
    motion: facts.motion,
    amount: amountOf(facts.amountFen),
    rows: facts.directors.map(rowOf),
    notes: facts.directors.flatMap(notesOf),
    sum: resultWords(facts.sum, facts.end),
    conclusion: conclusionOf(facts),
    closing: CLOSING_WORDS[facts.closing],
    presider: facts.presider ?? NOTHING,
    recorder: facts.recorder ?? NOTHING,
  };
}

function amountOf(amount: Fen): string {
  return amount === 0 ? '' : `人民币${amountInWords(amount)}（¥${yuanText(amount)}）`;
}

function conclusionOf({ end, sum, voidWhy }: MinutesFacts): string {
  if (end === 'escalated') return `${escalationWords(sum.directors - sum.recused)}。`;
  if (end === 'voided') return `本轮表决终止：${voidWhy ?? NOTHING}。`;
  return CONCLUSIONS[end];
}

function rowOf({ name, said }: MinutesDirector): MinutesContent['rows'][number] {
  const last = said.at(-1);
  if (!last || last.kind === 'RETRACTED') return { name, way: '没投', stance: '没投票' };
  if (last.kind === 'RECUSAL') return { name, way: '回避', stance: stanceWords(last) };
  return { name, way: wayWords(last), stance: `${stanceWords(last)}${recordedWords(last)}` };
}

function stanceWords({ choice, reason }: MinutesStance): string {
  if (reason !== null) return reasonWords(reason);
  return choice === null ? '撤回代录的票' : CHOICE_WORDS[choice];
}

function wayWords({ how, byLink }: MinutesStance): string {
  if (how === 'OPENING' || how === 'DECLARED') return '回避';
  return how === 'OWN' ? (byLink ? '链接' : '本人登录') : WAY_WORDS[how];
}

function recordedWords(stance: MinutesStance): string {
  const recorder = stance.recorder === null ? '' : `记录人${stance.recorder}`;
  const words = isUnconfirmed(stance) ? [UNCONFIRMED_WORDS, recorder] : [recorder];
  const said = words.filter((each) => each !== '').join('，');
  return said === '' ? '' : `（${said}）`;
}

/** 王大山：先投同意（链接），后回避，先前的票不计。 */
function notesOf({ name, said }: MinutesDirector): string[] {
  const last = said.at(-1);
  const before = said.slice(0, -1);
  if (!last || before.length === 0) return [];
  const earlier = before.map((stance) => `${stanceWords(stance)}（${wayWords(stance)}）`).join('、');
  return [`${name}：先是${earlier}，后${thenWords(last)}。`];
}

function thenWords(last: MinutesStance): string {
  if (last.kind === 'RECUSAL') return '回避，先前的票不计';
  if (last.kind === 'RETRACTED') return stanceWords(last);
  return `改为${stanceWords(last)}（${wayWords(last)}）`;
}
