import { addDays } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { LotSource } from '../../ledger/domain/entries.js';
import { UNCLAIMED } from '../../ledger/domain/funds.js';
import type { Purse } from '../../ledger/domain/funds.js';
import {
  AnswersAwaited,
  NothingToSettle,
  PurseUnfit,
  SamePurse,
  StillWaiting,
} from './change-of-use.errors.js';

/** Why what was given for one thing shall serve another (Charity Law, art. 56, 58): a closed list. */
export const CHANGE_REASONS = ['SURPLUS', 'IMPOSSIBLE', 'NEEDED_MORE'] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

export const CHANGE_REASON_WORDS: Readonly<Record<ChangeReason, string>> = {
  SURPLUS: '原来的事办完了，还有剩余',
  IMPOSSIBLE: '原来的事办不成了',
  NEEDED_MORE: '原来的事用不了这么多，别处更急需',
};

/**
 * VOTING: the board is asked. ASKING: it agreed, the rest is held back and the givers are asked. DONE: nothing is held
 * back any more. DROPPED: the board did not agree, or it was called off before anything moved.
 */
export const CHANGE_STATES = ['VOTING', 'ASKING', 'DONE', 'DROPPED'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export const CHANGE_STATE_WORDS: Readonly<Record<ChangeState, string>> = {
  VOTING: '理事会在表决',
  ASKING: '在征求捐赠人意见',
  DONE: '办完了',
  DROPPED: '没有变更',
};

export const CHANGE_ROAD: Readonly<Record<ChangeState, readonly ChangeState[]>> = {
  VOTING: ['ASKING', 'DONE', 'DROPPED'],
  ASKING: ['DONE', 'DROPPED'],
  DONE: [],
  DROPPED: [],
};

export const ANSWERS = ['CONSENT', 'RETURN', 'THINK'] as const;
export type Said = (typeof ANSWERS)[number];
export type Answer = Said | 'WAITING';
/** On paper, which somebody writes down for him; or himself, by a link of his own or signed in to his account. */
export type AnsweredHow = 'PAPER' | 'LINK' | 'ACCOUNT';

/** What a giver pressed himself is nobody else's to change. */
export const saidHimself = (how: AnsweredHow | null): boolean => how === 'LINK' || how === 'ACCOUNT';

export const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  CONSENT: '同意改用',
  RETURN: '不同意，退给我',
  THINK: '再想想',
  WAITING: '还没有答复',
};

export type PartState = 'FROZEN' | 'MOVED' | 'RETURNED' | 'THAWED';

/** Whose word moves a lot. */
export type Basis = 'GIVER' | 'BOARD' | 'FILING';

/** How long givers are asked [P], and how long money waits for its giver (domain.md 2.4). */
export const ANSWER_DAYS = 30;
export const UNKNOWN_DAYS = 90;

export function refuseUnfit(from: Purse, into: Purse): void {
  if (from.fund === UNCLAIMED.fund || into.fund === UNCLAIMED.fund) throw new PurseUnfit();
  if (from.fund === into.fund && from.restriction === into.restriction) throw new SamePurse();
}

/**
 * Whose word it takes to use a lot for something else. The giver's, where there is one; the plan filed anew, where it came
 * by a public campaign (art. 56); the board's resolution for what nobody can be asked about. Null: it stays as it is,
 * since the plan was not filed anew.
 */
export function basisOf(
  lot: { readonly source: LotSource; readonly donorId: string | null; readonly campaignId: string | null },
  planNumber: string | null,
): Basis | null {
  if (lot.source !== 'GIFT') return 'BOARD';
  if (lot.campaignId !== null) return planNumber === null ? null : 'FILING';
  return lot.donorId === null ? 'BOARD' : 'GIVER';
}

type Part = {
  readonly basis: Basis;
  readonly state: PartState;
  /** Of its giver; null where nobody is asked. */
  readonly answer: Answer | null;
  readonly amountFen: Fen;
};

/** What becomes of a part that is held back, as things stand: it moves, goes back, or waits. */
export function fateOf({ basis, answer }: Pick<Part, 'basis' | 'answer'>): 'move' | 'return' | 'wait' {
  if (basis !== 'GIVER' || answer === 'CONSENT') return 'move';
  return answer === 'RETURN' ? 'return' : 'wait';
}

/** Whoever is silent is waited for until the day set; who still thinks has been heard, and his money stays held back. */
export function refuseTooEarly(
  givers: readonly { readonly answer: Answer }[],
  answerBy: Day,
  today: Day,
): void {
  const silent = givers.filter(({ answer }) => answer === 'WAITING').length;
  if (silent > 0 && today <= answerBy) throw new AnswersAwaited(silent, answerBy);
}

/** What the answers so far allow: refused where nothing of it can be done. */
export function settlementOf<Row extends Part>(
  parts: readonly Row[],
): { readonly moving: Row[]; readonly returning: Row[]; readonly waiting: Row[] } {
  const frozen = parts.filter(({ state }) => state === 'FROZEN');
  const of = (fate: ReturnType<typeof fateOf>) => frozen.filter((part) => fateOf(part) === fate);
  const settlement = { moving: of('move'), returning: of('return'), waiting: of('wait') };
  if (settlement.moving.length + settlement.returning.length === 0) throw new NothingToSettle();
  return settlement;
}

export type Tally = { readonly answer: Answer; readonly givers: number; readonly amountFen: Fen };

/** The answers in figures; the silent apart from those who said something (issue: 沉默的单独算). */
export function tallyOf(givers: readonly { readonly answer: Answer; readonly amountFen: Fen }[]): Tally[] {
  return ([...ANSWERS, 'WAITING'] as const).map((answer) => {
    const said = givers.filter((giver) => giver.answer === answer);
    return {
      answer,
      givers: said.length,
      amountFen: fen(said.reduce((sum, { amountFen }) => sum + amountFen, 0)),
    };
  });
}

/** The first day on which the board may take money for which nobody came; the day of recording is not counted. */
export const takeableFrom = (recordedOn: Day): Day => addDays(recordedOn, UNKNOWN_DAYS + 1);

export function refuseBeforeDue(recordedOn: Day, today: Day): void {
  const from = takeableFrom(recordedOn);
  if (today < from) throw new StillWaiting(from);
}
