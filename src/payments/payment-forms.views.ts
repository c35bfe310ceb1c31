import { dayOf, timeOf } from '../kernel/day.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, fileField, selectField, textField } from '../platform/web/views.js';
import type { ChoiceView, FileFieldView, SelectView, TextFieldView } from '../platform/web/views.js';
import { BANK_REASON_CODES, BANK_REASONS } from './domain/order-state.js';
import type { PaymentOrder } from './payments.queries.js';

type FormFacts = {
  readonly order: PaymentOrder;
  readonly witnesses: readonly { readonly personId: string; readonly name: string }[];
  readonly now: Date;
};

export type ApprovalView = { readonly action: string };

export type TransferView = {
  readonly action: string;
  readonly paidAt: TextFieldView;
  readonly bankReference: TextFieldView | null;
  readonly witnesses: readonly SelectView[];
  readonly photo: FileFieldView;
};

/** What the bank's no is written down in; folded away until somebody needs it, or got it wrong. */
type BankAnswerView = {
  readonly action: string;
  readonly isOpen: boolean;
  readonly reason: ChoiceView;
  readonly note: TextFieldView;
};
export type FailureView = BankAnswerView & { readonly failedAt: TextFieldView };
export type ReturnView = BankAnswerView & {
  readonly returnedAt: TextFieldView;
  readonly bankReference: TextFieldView;
  readonly photo: FileFieldView;
};

export function approvalView(orderId: string): ApprovalView {
  return { action: `/s/payments/${orderId}/approval` };
}

export function transferView(
  { order, witnesses, now }: FormFacts,
  typed: Typed,
  errors: FieldErrors,
): TransferView {
  const cash = order.method === 'CASH';
  const options = [
    { value: '', label: '请选择' },
    ...witnesses.map(({ personId, name }) => ({ value: personId, label: name })),
  ];
  return {
    action: `/s/payments/${order.id}/transfer`,
    paidAt: momentField('paidAt', cash ? '什么时候付的？' : '什么时候打的款？', now, typed, errors),
    bankReference: cash
      ? null
      : textField('bankReference', '流水号', typed, errors, { optional: true, hint: '照转账凭证填' }),
    witnesses: cash
      ? [
          selectField('witnessOne', '见证人 1', options, typed, errors),
          selectField('witnessTwo', '见证人 2', options, typed, errors),
        ]
      : [],
    photo: fileField('photo', cash ? '签收单照片' : '转账凭证照片', errors, {
      hint: cash ? '收款人和 2 名见证人都要在上面签字' : '手机银行截图或回单都可以',
      camera: cash,
    }),
  };
}

export function failureView({ order, now }: FormFacts, typed: Typed, errors: FieldErrors): FailureView {
  return {
    ...bankAnswer(`/s/payments/${order.id}/failures`, ['reason', 'note', 'failedAt'], typed, errors),
    failedAt: momentField('failedAt', '什么时候退的单？', now, typed, errors),
  };
}

export function returnView({ order, now }: FormFacts, typed: Typed, errors: FieldErrors): ReturnView {
  const fields = ['reason', 'note', 'returnedAt', 'bankReference', 'photo'];
  return {
    ...bankAnswer(`/s/payments/${order.id}/return`, fields, typed, errors),
    returnedAt: momentField('returnedAt', '什么时候退回来的？', now, typed, errors),
    bankReference: textField('bankReference', '退回的流水号', typed, errors, {
      optional: true,
      hint: '照银行流水填',
    }),
    photo: fileField('photo', '银行流水照片', errors, { hint: '看得到退回的日期和金额' }),
  };
}

function bankAnswer(
  action: string,
  fields: readonly string[],
  typed: Typed,
  errors: FieldErrors,
): BankAnswerView {
  const reasons = BANK_REASON_CODES.map((value) => ({ value, label: BANK_REASONS[value] }));
  return {
    action,
    isOpen: fields.some((field) => field in errors),
    reason: choiceField('reason', '银行说的原因', reasons, typed, errors, { tiles: true }),
    note: textField('note', '说明', typed, errors, { optional: true, hint: '不要写人名和卡号' }),
  };
}

/** Now, unless something else was typed. */
function momentField(
  name: string,
  label: string,
  now: Date,
  typed: Typed,
  errors: FieldErrors,
): TextFieldView {
  const shown = name in typed ? typed : { ...typed, [name]: `${dayOf(now)}T${timeOf(now)}` };
  return textField(name, label, shown, errors, { type: 'datetime-local', short: true });
}
