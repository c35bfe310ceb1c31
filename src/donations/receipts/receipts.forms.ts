import { day } from '../../kernel/day.js';
import { Choice, DayField, OptionalText, Text } from '../../platform/web/fields.js';
import { RECEIPT_MODES, RETURNED_AS, REVERSAL_CAUSES } from '../domain/receipt.js';
import type { ReceiptMode, ReturnedAs, ReversalCause } from '../domain/receipt.js';
import type { RightTyped } from './receipt-rights.service.js';

export class ReceiptWaiverForm {
  @Text({ label: '怎么说的', min: 2, max: 60 })
  readonly waiver!: string;
}

export class ReceiptReversalForm {
  @Choice(REVERSAL_CAUSES, '请选择为什么红冲')
  readonly cause!: ReversalCause;

  @Text({ label: '具体原因', min: 2, max: 60 })
  readonly reason!: string;

  @Choice(RETURNED_AS, '请选择原票怎么收回的')
  readonly returned!: ReturnedAs;
}

export class ReceiptRightForm {
  @Choice(RECEIPT_MODES, '请选择开什么票据')
  readonly mode!: ReceiptMode;

  @OptionalText({ label: '票据代码', max: 30 })
  readonly ticketCode?: string;

  @DayField('从哪天起')
  readonly validFrom!: string;
}

export function rightIn(
  organisationId: string,
  { mode, ticketCode, validFrom }: ReceiptRightForm,
): RightTyped {
  return { organisationId, mode, ticketCode: ticketCode ?? null, validFrom: day(validFrom) };
}
