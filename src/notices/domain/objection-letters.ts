import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { FindingReason, Ground, Outcome } from './objection.js';
import { ANSWER_DAYS, GROUND_WORDS, objectionNoun, OUTCOME_WORDS, REASON_SENTENCES } from './objection.js';

/** 受理回执 for whoever came to the office, 答复书 to a real name. Papers to one reader: never posted. */
export const LETTER_KINDS = ['RECEIPT', 'REPLY'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export const LETTER_WORDS: Readonly<Record<LetterKind, string>> = { RECEIPT: '受理回执', REPLY: '答复书' };

type CommonLetter = {
  readonly template: string;
  /** In pieces: a line of the title ends only between them. */
  readonly title: readonly string[];
  /** 受理号：异2026-0003 */
  readonly number: string;
  readonly about: string;
  readonly contact: string;
  readonly issuer: string;
  readonly date: string;
};

export type ReceiptLetter = CommonLetter & {
  readonly kind: 'RECEIPT';
  readonly effect: string;
  readonly query: string;
};

export type ReplyLetter = CommonLetter & {
  readonly kind: 'REPLY';
  readonly to: string;
  readonly found: string;
  readonly outcome: string;
  readonly next: string;
};

/** A letter as it is frozen: every word ready, so that a later change of words changes no old paper. */
export type ObjectionLetterContent = ReceiptLetter | ReplyLetter;

export type LetterFacts = {
  readonly number: string;
  readonly noticeNumber: string;
  readonly ground: Ground;
  readonly inTime: boolean;
  readonly receivedAt: Date;
  readonly at: Date;
  readonly issuer: string;
  readonly contact: { readonly office: string; readonly phone: string; readonly address: string };
};

export type ReceiptFacts = LetterFacts & {
  readonly code: string;
  /** Where the code is typed in. */
  readonly queryUrl: string;
};

/** 异议受理回执: the number, what it does, and the code that tells how it ended. It names nobody. */
export function receiptLetter(facts: ReceiptFacts): ReceiptLetter {
  const { code, queryUrl } = facts;
  return {
    ...commonOf(facts, 'papers/objection-receipt', 'RECEIPT'),
    kind: 'RECEIPT',
    about: `本社${instantWords(facts.receivedAt)}收到${aboutWords(facts)}，已经受理。`,
    effect: effectWords(facts.inTime),
    query: `查询码：${code}。在${queryUrl}输入查询码，或者凭受理号打下面的电话，可以知道办理结果。查询码只给提出人，请收好。`,
  };
}

export type ReplyFacts = LetterFacts & {
  /** The full name: the letter goes to nobody else. */
  readonly to: string;
  readonly outcome: Outcome;
  readonly reason: FindingReason;
  /** Who hears whoever does not agree. */
  readonly reviewer: string;
};

/** 异议答复书: what was found, what follows, and to whom one turns who does not agree. */
export function replyLetter(facts: ReplyFacts): ReplyLetter {
  const { to, reviewer } = facts;
  return {
    ...commonOf(facts, 'papers/objection-reply', 'REPLY'),
    kind: 'REPLY',
    to,
    about: `您${dayWords(dayOf(facts.receivedAt))}提出${aboutWords(facts)}。本社请了两位和此事无关的人查核。`,
    found: foundSentence(facts.reason),
    outcome: outcomeSentence(facts),
    next: `对本答复不服的，可以向${reviewer}反映。您的姓名和所说的内容，本社不告诉公示所涉及的人。`,
  };
}

/** 经查，公示的内容和材料一致。 */
export const foundSentence = (reason: FindingReason): string => `经查，${REASON_SENTENCES[reason]}。`;

const FOLLOWS: Readonly<Record<Outcome, string>> = {
  REJECTED: '公示的内容不变。',
  UPHELD_TEXT: '本社将发更正公告，把原来的和改过的一并写明。',
  UPHELD_REDECIDE: '本社将发更正公告，并对此事重新作出决定，决定结果另行公示。',
  NO_FACT: '以后有了具体的情况，可以再次提出。',
};

/** 本社认为，异议不成立。公示的内容不变。 */
export function outcomeSentence({
  outcome,
  inTime,
}: {
  readonly outcome: Outcome;
  readonly inTime: boolean;
}): string {
  return `本社认为，${objectionNoun(inTime)}${OUTCOME_WORDS[outcome]}。${FOLLOWS[outcome]}`;
}

/** What it does that it was taken down: within the period the notice waits for it, after it nothing is held up. */
export function effectWords(inTime: boolean): string {
  const who = `由两位和此事无关的人查核，${ANSWER_DAYS}个工作日内答复，需要延长的只延长一次。`;
  return inTime
    ? `${who}没有答复以前，公示期不结束。`
    : `公示期已过或者公示已经撤下，按投诉办理，办法和异议一样：${who}公示期不重新计算。`;
}

const aboutWords = ({ noticeNumber, ground, inTime }: LetterFacts): string =>
  `对公示“${noticeNumber}”的${objectionNoun(inTime)}（${GROUND_WORDS[ground]}）`;

function commonOf(facts: LetterFacts, template: string, kind: LetterKind): Omit<CommonLetter, 'about'> {
  const { office, phone, address } = facts.contact;
  return {
    template,
    title: [facts.issuer, `${objectionNoun(facts.inTime)}${LETTER_WORDS[kind]}`],
    number: `受理号：${facts.number}`,
    contact: `联系：${office}，${phone}，${address}。`,
    issuer: facts.issuer,
    date: dayWords(dayOf(facts.at)),
  };
}
