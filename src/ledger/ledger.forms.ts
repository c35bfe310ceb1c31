import { day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { AmountFen, Choice, DayField, OptionalText, OptionalUuid, Text } from '../platform/web/fields.js';
import { INFLOW_KINDS } from './domain/entries.js';
import type { InflowKind } from './domain/entries.js';
import type { Inflow } from './ledger.service.js';

/** Money that came in, as the accountant reads it off the bank statement. */
export class InflowForm {
  @Choice(INFLOW_KINDS, '请选择这笔钱是什么')
  readonly kind!: InflowKind;

  @AmountFen()
  readonly amountFen!: number;

  @DayField('到账日期')
  readonly receivedOn!: string;

  /** One of `purses` of the ledger; the pool where none is said. */
  @OptionalUuid('请选择记到哪里')
  readonly purseId?: string;

  @OptionalText({ label: '银行流水号', max: 60 })
  readonly bankReference?: string;

  @OptionalText({ label: '备注', max: 120 })
  readonly note?: string;
}

/** Why the accountant takes a mistyped inflow back. It stands in the books. */
export class ReversalForm {
  @Text({ label: '哪里记错了', max: 60 })
  readonly reason!: string;
}

export function inflowOf(form: InflowForm): Inflow {
  return {
    kind: form.kind,
    amountFen: fen(form.amountFen),
    receivedOn: day(form.receivedOn),
    purseId: form.purseId ?? null,
    note: form.note ?? '',
    bankReference: form.bankReference ?? null,
  };
}
