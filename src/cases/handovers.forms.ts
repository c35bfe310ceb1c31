import { fen } from '../kernel/fen.js';
import { AmountFen, Choice, OptionalText, Text } from '../platform/web/fields.js';
import { REFERRAL_OFFICES } from './domain/endings.js';
import type { ReferralOffice } from './domain/endings.js';
import { HANDOVER_ANSWERS, OFFICE_ESCALATIONS } from './domain/handover.js';
import type { HandoverAnswer, OfficeEscalation } from './domain/handover.js';
import type {
  AnswerTyped,
  EscalationTyped,
  ReferralTyped,
  ReviewTyped,
  TakingTyped,
} from './handovers.service.js';

const NOTE = { label: '说明', max: 500 };
const AMOUNT = '请填写金额，如 5000';

export class EscalationForm {
  @Choice(OFFICE_ESCALATIONS, '请选为什么转')
  readonly reason!: OfficeEscalation;

  @AmountFen(AMOUNT, { optional: true })
  readonly askedFen?: number;

  @OptionalText(NOTE)
  readonly note?: string;
}

export class ReviewForm {
  @OptionalText(NOTE)
  readonly note?: string;
}

export class ReferralForm {
  @Choice(REFERRAL_OFFICES, '请选转到哪里')
  readonly office!: ReferralOffice;

  @OptionalText(NOTE)
  readonly note?: string;
}

export class AnswerForm {
  @Choice(HANDOVER_ANSWERS, '请选结果')
  readonly answer!: HandoverAnswer;

  @AmountFen(AMOUNT, { optional: true })
  readonly answeredFen?: number;

  @OptionalText(NOTE)
  readonly note?: string;
}

export class TakingForm {
  @AmountFen(AMOUNT, { optional: true })
  readonly amountFen?: number;
}

/** Why somebody of the town reads what the applicant said. */
export class StoryForm {
  @Text({ label: '为什么要看', min: 2, max: 100 })
  readonly reason!: string;
}

export function escalationIn(caseId: string, form: EscalationForm): EscalationTyped {
  return { caseId, reason: form.reason, askedFen: amountIn(form.askedFen), note: form.note ?? null };
}

export function reviewIn(caseId: string, form: ReviewForm): ReviewTyped {
  return { caseId, note: form.note ?? null };
}

export function referralIn(caseId: string, form: ReferralForm): ReferralTyped {
  return { caseId, office: form.office, note: form.note ?? null };
}

export function answerIn(handoverId: string, form: AnswerForm): AnswerTyped {
  const { answer, answeredFen, note = null } = form;
  return { handoverId, answer, answeredFen: amountIn(answeredFen), note };
}

export function takingIn(handoverId: string, form: TakingForm): TakingTyped {
  return { handoverId, amountFen: amountIn(form.amountFen) };
}

function amountIn(typed: number | undefined) {
  return typed === undefined ? null : fen(typed);
}
