import { DomainError } from '../../kernel/domain-error.js';
import type { Day } from '../../kernel/day.js';
import { yuanShort, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { lastDayOfPeriod } from '../../kernel/working-days.js';
import type { DayCalendar } from '../../kernel/working-days.js';
import { PAID_STATES } from './emergency-procedure.js';
import type { CaseState } from './emergency-procedure.js';
import { REFERRAL_OFFICES, REVIEW_DAYS } from './endings.js';
import type { EscalationReason, ReferralOffice } from './endings.js';

/** To whoever stands above the society, or to an office that is none of ours. */
export type HandoverKind = 'TOWN' | 'OFFICE';
export type HandoverReason = EscalationReason | ReferralOffice;

export function isOffice(reason: HandoverReason): reason is ReferralOffice {
  return REFERRAL_OFFICES.some((office) => office === reason);
}

export function kindOf(reason: HandoverReason): HandoverKind {
  return isOffice(reason) ? 'OFFICE' : 'TOWN';
}

/** `TAKEN`: the town union has a case of its own for it, and the answer is what becomes of that case. */
export type HandoverState = 'OPEN' | 'TAKEN' | 'ANSWERED';

export const HANDOVER_STATE_WORDS: Readonly<Record<HandoverState, string>> = {
  OPEN: '等答复',
  TAKEN: '镇里正在办',
  ANSWERED: '已答复',
};

export const HANDOVER_ANSWERS = ['HELPED', 'NOT_HELPED', 'RETURNED'] as const;
export type HandoverAnswer = (typeof HANDOVER_ANSWERS)[number];

export const ANSWER_WORDS: Readonly<Record<HandoverAnswer, string>> = {
  HELPED: '已经帮了',
  NOT_HELPED: '没有帮',
  RETURNED: '退回，由本社重新办',
};

/** What the office itself may say; the other reasons are the board's outcome, or the applicant's wish. */
export const OFFICE_ESCALATIONS = ['OVER_LIMIT', 'FUND_SHORT', 'NO_BOARD'] as const;
export type OfficeEscalation = (typeof OFFICE_ESCALATIONS)[number];

/** How long whoever was asked may take: counted in working days. */
export const ANSWER_WORKING_DAYS = 3;

/**
 * A society hands up what it cannot do itself, and nothing else (domain.md 1.2, the two tiers; 2.1, ESCALATED). That its
 * board cannot meet only the society knows; the figures are asked of the charter and the pool.
 */
export function refusalOfEscalation(
  reason: OfficeEscalation,
  asked: { readonly amountFen: Fen; readonly askedFen: Fen | null },
  means: { readonly perCaseLimitFen: Fen; readonly freeFen: Fen },
): DomainError | null {
  const neededFen = asked.askedFen ?? asked.amountFen;
  if (reason === 'OVER_LIMIT' && neededFen <= means.perCaseLimitFen)
    return new WithinOwnLimit(means.perCaseLimitFen, neededFen);
  if (reason === 'FUND_SHORT' && neededFen <= means.freeFen)
    return new FundSuffices(means.freeFen, neededFen);
  return null;
}

/** What a case of the town's own says to the village that handed it up; null while it is not over. */
export function answerOf(state: CaseState): HandoverAnswer | null {
  if (PAID_STATES.includes(state)) return 'HELPED';
  return ['REJECTED', 'WITHDRAWN', 'TERMINATED'].includes(state) ? 'NOT_HELPED' : null;
}

/** Whoever got nothing may be registered anew for the same cause. */
export function freesCause(answer: HandoverAnswer): boolean {
  return answer !== 'HELPED';
}

/** The last day of the right to a review: the day of the decision is not counted, a holiday moves it (民法典 201, 203). */
export function reviewEndsOn(decidedOn: Day, calendar: DayCalendar): Day {
  return lastDayOfPeriod(decidedOn, REVIEW_DAYS, 'natural', calendar).lastDay;
}

export class HandoverNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'HANDOVER_NOT_FOUND';

  constructor() {
    super('没有这件转办。', {}, '请从镇联合社的页面或案件页再打开一次。');
  }
}

export class HandoverNotOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'HANDOVER_NOT_OPEN';

  constructor(state: HandoverState) {
    super(
      `这件转办现在是“${HANDOVER_STATE_WORDS[state]}”，这一步不能办。`,
      {},
      '请刷新页面，看看现在到哪一步。',
    );
  }
}

/** Where the other side works with this program, it speaks for itself. */
export class AnswerNotYours extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ANSWER_NOT_YOURS';

  constructor() {
    super('这件已经转到镇联合社，由镇联合社自己答复。', {}, '急的话请打电话问镇里；答复以后案件页上会看到。');
  }
}

export class WithinOwnLimit extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'WITHIN_OWN_LIMIT';

  constructor(limitFen: Fen, neededFen: Fen) {
    super(
      `本社单笔最多 ${yuanShort(limitFen)} 元，这件要 ${yuanShort(neededFen)} 元，没有超过。`,
      { limitFen, neededFen },
      '本社自己可以办；真要更多，请写明要多少钱。',
    );
  }
}

export class FundSuffices extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FUND_SUFFICES';

  constructor(freeFen: Fen, neededFen: Fen) {
    super(
      `池里可用的有 ${yuanText(freeFen)} 元，这件要 ${yuanText(neededFen)} 元，够用。`,
      { freeFen, neededFen },
      '本社自己可以办，请发起表决。',
    );
  }
}

export class AmountWithoutHelp extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'AMOUNT_WITHOUT_HELP';

  constructor() {
    super('只有“已经帮了”才写金额。', {}, '请把金额去掉，或改选“已经帮了”。');
  }
}

/** The desk is for whoever has societies below: to a village it is not there. */
export class NoDeskHere extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NO_DESK_HERE';

  constructor() {
    super('这一页是镇联合社用的，本社没有。', {}, '请回到“今天要办”。');
  }
}
