import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { AmountFen, Choice, Count, DayField, Text } from '../../platform/web/fields.js';
import { MANAGEMENT_PURPOSES, MOST_SHARE_PERCENT } from '../domain/management.js';
import type { ManagementPurpose } from '../domain/management.js';
import type { DrawTyped, TermsTyped } from './management.service.js';

/** What the giver agreed to; the photo of his paper comes beside it. */
export class ManagementTermsForm {
  @Count('百分之几', { min: 1, max: MOST_SHARE_PERCENT })
  readonly sharePercent!: number;
}

export class ManagementDecisionForm {
  @Choice(['yes', 'no'], '请选同意还是不同意')
  readonly decision!: 'yes' | 'no';
}

export class ManagementDrawForm {
  @AmountFen('请填写付了多少，如 50')
  readonly amountFen!: number;

  @Choice(MANAGEMENT_PURPOSES, '请选付的是什么')
  readonly purpose!: ManagementPurpose;

  @DayField('付款日期')
  readonly paidOn!: string;

  @Text({ label: '银行流水号', max: 60 })
  readonly bankReference!: string;
}

export function termsTyped(
  giftId: string,
  { sharePercent }: ManagementTermsForm,
  paper: Buffer | null,
): TermsTyped {
  return { giftId, sharePercent, paper };
}

export function drawTyped(
  giftId: string,
  { amountFen, purpose, paidOn, bankReference }: ManagementDrawForm,
): DrawTyped {
  return {
    giftId,
    amountFen: fen(amountFen),
    purpose,
    paidOn: day(paidOn),
    bankReference: bankReference.trim(),
  };
}
