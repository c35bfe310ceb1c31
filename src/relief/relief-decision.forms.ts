import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, isUUID } from 'class-validator';
import type { Recusal } from '../board/index.js';
import { Recusals } from '../cases/index.js';
import { day } from '../kernel/day.js';
import { fen, parseYuan } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { AmountFen, Choice, DayField, OptionalText, OptionalUuid, Uuid } from '../platform/web/fields.js';
import { textIn } from '../platform/web/forms.js';
import type { Typed } from '../platform/web/forms.js';
import type { PlannedPart } from './domain/parts.js';
import { MERGER_FINDINGS, REFUND_REASONS, RELIEF_ENDINGS } from './domain/relief-words.js';
import type { MergerFinding, RefundReason, ReliefEnding } from './domain/relief-words.js';
import type { FollowUpTyped, RefundTyped } from './relief-after.service.js';
import { FAMILY, PLAN_LINES, planFields } from './relief-fields.js';
import { Parts } from './relief-lists.js';
import { FieldFaults } from './relief.faults.js';

export class ReliefPanelForm {
  @Recusals()
  readonly recusals: Recusal[] = [];
}

export class ReliefMergerForm {
  @Choice(MERGER_FINDINGS, '请选核对的结果')
  readonly finding!: MergerFinding;
}

export class ReliefPlanForm {
  @Parts()
  readonly parts!: PlannedPart[];
}

/** The lines of the page that were filled in; an amount says that a line is meant. */
export function partsTyped(typed: Typed): PlannedPart[] {
  const errors: Record<string, string> = {};
  const parts = PLAN_LINES.flatMap((line): PlannedPart[] => {
    const names = planFields(line);
    const [amount, to] = [textIn(typed, names.amount), textIn(typed, names.to)];
    if (amount === '') {
      if (line === 1) errors[names.amount] = '请填写第 1 笔付多少元';
      return [];
    }
    const amountFen = parseYuan(amount);
    if (amountFen === null || amountFen === 0) errors[names.amount] = '请填写金额，如 1000';
    if (to !== FAMILY && !isUUID(to)) errors[names.to] = `请选第 ${line} 笔付给谁`;
    return amountFen === null ? [] : [{ amountFen, institutionId: to === FAMILY ? null : to }];
  });
  if (Object.keys(errors).length > 0) throw new FieldFaults(errors);
  return parts;
}

/** As a program sends it; the hospital's statement comes beside it as the file `statement`. */
export class AdvanceForm {
  @AmountFen('请填写先拨多少元，如 10000')
  readonly amountFen!: Fen;

  @OptionalUuid('请选付给哪家医院')
  readonly institutionId?: string;
}

/** The page's list names the family too. */
export class AdvancePageForm {
  @AmountFen('请填写先拨多少元，如 10000')
  readonly amountFen!: Fen;

  @OptionalText({ label: '付给谁', max: 36 })
  readonly to?: string;
}

export function institutionTyped({ to }: AdvancePageForm): string | null {
  if (to === FAMILY) return null;
  if (isUUID(to)) return to ?? null;
  throw new FieldFaults({ to: '请选付给谁' });
}

/** Two radio buttons of a page, true or false from a program: not to answer is no answer. */
function YesOrNo(message: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'boolean' }),
    Transform(({ value, options }) => {
      if (!options.groups?.includes('typed')) return value as unknown;
      return value === 'yes' ? true : value === 'no' ? false : undefined;
    }),
    IsBoolean({ message }),
  );
}

export class ReliefFollowUpForm {
  @DayField('哪天去看的')
  readonly seenOn!: string;

  @YesOrNo('请选钱用在了哪里')
  readonly usedAsMeant!: boolean;

  @OptionalText({ label: '看到的情况', max: 1000 })
  readonly note?: string;
}

export function followUpIn(
  reliefId: string,
  { seenOn, usedAsMeant, note }: ReliefFollowUpForm,
): FollowUpTyped {
  return { reliefId, seenOn: day(seenOn), usedAsMeant, note: note ?? null };
}

export class ReliefRefundForm {
  @Choice(REFUND_REASONS, '请选为什么要退')
  readonly reason!: RefundReason;

  @AmountFen('请填写后来又报销了多少元', { optional: true })
  readonly laterFen?: Fen;

  @AmountFen('请填写要退回多少元', { optional: true })
  readonly amountFen?: Fen;

  @OptionalText({ label: '凭据号', max: 60 })
  readonly proof?: string;
}

/** What an insurer paid later is reckoned with; for every other reason it is said how much is to come back. */
export function refundIn(reliefId: string, form: ReliefRefundForm): RefundTyped {
  const { reason, laterFen, amountFen, proof = null } = form;
  if (reason === 'INSURER_PAID_LATER') {
    if (laterFen === undefined) throw new FieldFaults({ laterFen: '请填写后来又报销了多少元' });
    return { reliefId, reason, laterFen, amountFen: null, proof };
  }
  if (amountFen === undefined) throw new FieldFaults({ amountFen: '请填写要退回多少元' });
  return { reliefId, reason, laterFen: fen(0), amountFen, proof };
}

export class ReliefEndingForm {
  @Choice(RELIEF_ENDINGS, '请选为什么结束')
  readonly reason!: ReliefEnding;
}

export class ReliefTransferForm {
  @Uuid('请选转到哪个社')
  readonly toSocietyId!: string;
}
