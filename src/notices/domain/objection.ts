/** What may be wrong with a notice, as whoever objects chooses: a closed list, since the ground is published. */
export const GROUNDS = ['UNTRUE', 'AMOUNT', 'KIN', 'REPEATED', 'OTHER'] as const;
export type Ground = (typeof GROUNDS)[number];

export const GROUND_WORDS: Readonly<Record<Ground, string>> = {
  UNTRUE: '事实不实',
  AMOUNT: '金额不对',
  KIN: '有亲属或利益关系没有回避',
  REPEATED: '重复得到救助',
  OTHER: '其他',
};

/** How it reached the society: by the code on the paper, by telephone, or in writing. */
export const WAYS = ['QR', 'PHONE', 'PAPER'] as const;
export type Way = (typeof WAYS)[number];

export const WAY_WORDS: Readonly<Record<Way, string>> = {
  QR: '扫码',
  PHONE: '电话',
  PAPER: '书面或当面',
};

export const OBJECTION_STATES = ['OPEN', 'DECIDED', 'WITHDRAWN'] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

/** How an inquiry ends (domain.md 2.3). */
export const OUTCOMES = ['REJECTED', 'UPHELD_TEXT', 'UPHELD_REDECIDE', 'NO_FACT'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  REJECTED: '不成立',
  UPHELD_TEXT: '成立，更正文字',
  UPHELD_REDECIDE: '成立，重新决定',
  NO_FACT: '没有具体事实，说明理由后办结',
};

export const isUpheld = (outcome: Outcome): boolean =>
  outcome === 'UPHELD_TEXT' || outcome === 'UPHELD_REDECIDE';

/** What was found, from a closed list for each outcome: it stands in the answer, and free words of a file do not. */
export const REASONS_OF = {
  REJECTED: ['PAPERS_AGREE', 'AMOUNT_RIGHT', 'KIN_STOOD_ASIDE', 'NOT_REPEATED', 'NOT_OF_NOTICE'],
  UPHELD_TEXT: ['TEXT_WRONG'],
  UPHELD_REDECIDE: ['FACT_WRONG', 'AMOUNT_WRONG', 'KIN_TOOK_PART', 'HELPED_BEFORE'],
  NO_FACT: ['NOTHING_TO_CHECK'],
} as const satisfies Record<Outcome, readonly string[]>;
export type FindingReason = (typeof REASONS_OF)[Outcome][number];

export const FINDING_REASONS: readonly FindingReason[] = Object.values(REASONS_OF).flat();

export const REASON_SENTENCES: Readonly<Record<FindingReason, string>> = {
  PAPERS_AGREE: '核对了原始材料，公示的内容和材料一致',
  AMOUNT_RIGHT: '按章程和票据重新核算，公示的金额没有错',
  KIN_STOOD_ASIDE: '应当回避的人已经回避，没有参加表决',
  NOT_REPEATED: '查对了救助记录，没有重复得到救助',
  NOT_OF_NOTICE: '反映的事不属于这张公示的内容',
  TEXT_WRONG: '公示上有写错的地方，决定本身没有错',
  FACT_WRONG: '作出决定所依据的事实不属实',
  AMOUNT_WRONG: '作出决定时金额算错了',
  KIN_TOOK_PART: '应当回避的人没有回避',
  HELPED_BEFORE: '同一件事以前已经得到过救助',
  NOTHING_TO_CHECK: '没有写明具体的人、事、时间或者金额，无法核查',
};

export function outcomeOf(reason: FindingReason): Outcome {
  const found = OUTCOMES.find((outcome) => (REASONS_OF[outcome] as readonly string[]).includes(reason));
  if (!found) throw new Error(`No outcome has the reason ${reason}`);
  return found;
}

export const EXTENSION_REASONS = ['OUTSIDE', 'RECORDS', 'AWAY', 'HOLIDAY'] as const;
export type ExtensionReason = (typeof EXTENSION_REASONS)[number];

export const EXTENSION_WORDS: Readonly<Record<ExtensionReason, string>> = {
  OUTSIDE: '要到外地核实',
  RECORDS: '要向别的单位调单据',
  AWAY: '有关的人外出，一时问不到',
  HOLIDAY: '遇到农忙或者灾害，走不开',
};

/** Why what an upheld objection was about stays as it is, once it was looked at anew. */
export const STANDING_REASONS = ['RESULT_RIGHT', 'MENDED_BEFORE', 'NOTHING_LEFT'] as const;
export type StandingReason = (typeof STANDING_REASONS)[number];

export const STANDING_WORDS: Readonly<Record<StandingReason, string>> = {
  RESULT_RIGHT: '重新看过，结果没有错，不用改',
  MENDED_BEFORE: '该改的、该退的，已经改了、退了',
  NOTHING_LEFT: '钱已经用完或者收不回来，没有可以改回来的',
};

/** Working days: to name the two, to answer, and once more where the answer takes longer (domain.md 2.3). */
export const ASSIGN_DAYS = 1;
export const ANSWER_DAYS = 5;
export const EXTENSION_DAYS = 5;

/** From one line so often within an hour, so that a flood from one place keeps nobody else out; the telephone is there besides. */
export const MOST_BY_LINE_AN_HOUR = 30;

/** The running number of a society's objections and complaints. */
export const OBJECTION_SERIES = 'objection';

/** 异2026-0003 */
export function objectionNumberOf({
  year,
  serial,
}: {
  readonly year: number;
  readonly serial: number;
}): string {
  if (!Number.isInteger(serial) || serial < 1)
    throw new RangeError(`Not a number of an objection: ${serial}`);
  return `异${year}-${String(serial).padStart(4, '0')}`;
}

/** Where a list in public goes on: behind the objection with this number; null where it is none. */
export function readObjectionNumber(
  text: unknown,
): { readonly year: number; readonly serial: number } | null {
  const [, year = '', serial = ''] =
    typeof text === 'string' ? (/^异?(\d{4})-(\d{4,7})$/.exec(text) ?? []) : [];
  return year === '' ? null : { year: Number(year), serial: Number(serial) };
}

/** How many may be chosen to be looked into together: the form lists no more, and the rest come with the next. */
export const MOST_TOGETHER = 50;

/** 异议 within the period, 投诉 after it (Charity Law, art. 108). */
export const objectionNoun = (inTime: boolean): string => (inTime ? '异议' : '投诉');

export type ReceivedFault = 'future' | 'before-signing';

/** A minute is forgiven: clocks of phones differ, and a form says no seconds. */
const SLACK_MS = 60_000;

/** Nobody objects tomorrow, nor to what nobody had signed yet. */
export function receivedFault(receivedAt: Date, signedAt: Date, now: Date): ReceivedFault | null {
  if (receivedAt.getTime() > now.getTime() + SLACK_MS) return 'future';
  return receivedAt.getTime() < signedAt.getTime() - SLACK_MS ? 'before-signing' : null;
}

type Standing = {
  readonly state: ObjectionState;
  readonly inquiryId: string | null;
  readonly outcome: Outcome | null;
};

/** Where it stands, for everybody who looks at it. */
export function standingWords({ state, inquiryId, outcome }: Standing): string {
  if (state === 'WITHDRAWN') return '提出人已撤回';
  if (state === 'DECIDED' && outcome !== null) return OUTCOME_WORDS[outcome];
  return inquiryId === null ? '已受理，正在安排人查' : '两个人正在查';
}

/** By its code whoever wrote it takes it back; on paper with a name on it the office does for them. */
export function withdrawalFault(
  objection: { readonly how: Way; readonly isNamed: boolean },
  by: 'code' | 'paper',
): 'only-paper' | 'only-code' | 'nobody-known' | null {
  if (by === 'code') return objection.how === 'QR' ? null : 'only-paper';
  if (objection.isNamed) return null;
  return objection.how === 'QR' ? 'only-code' : 'nobody-known';
}

export type OutcomeFault = 'reason-of-another' | 'named-without-fact';

/** D4-43: that nothing could be checked is an answer to an anonymous objection alone; a name gets a reply on the matter. */
export function outcomeFault(
  outcome: Outcome,
  reason: FindingReason,
  objections: readonly { readonly isNamed: boolean }[],
): OutcomeFault | null {
  if (!(REASONS_OF[outcome] as readonly string[]).includes(reason)) return 'reason-of-another';
  return outcome === 'NO_FACT' && objections.some(({ isNamed }) => isNamed) ? 'named-without-fact' : null;
}
