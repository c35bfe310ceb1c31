import type { Duty } from '../duties/index.js';
import { clockOf } from '../duties/index.js';
import { amountInWords } from '../kernel/chinese/amount-in-words.js';
import { maskName } from '../kernel/chinese/name-mask.js';
import { instantWords } from '../kernel/chinese/words.js';
import { dayOf, timeOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import { voucherName } from '../ledger/index.js';
import type { PayeeAccountSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { clock, errorsOf, fileField, row, selectField, tag, textField } from '../platform/web/views.js';
import type {
  ClockView,
  FileFieldView,
  LinkView,
  SelectView,
  SummaryRow,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import type { PaymentOrder } from './payments.queries.js';
import type { SubjectDescription } from './payment-subjects.js';

export type PaymentFacts = {
  readonly order: PaymentOrder;
  readonly subject: SubjectDescription;
  /** Null for cash. */
  readonly account: PayeeAccountSummary | null;
  /** The whole number, once the cashier has asked to see it. */
  readonly cardNumber: string | null;
  /** Who may witness, and who did. */
  readonly witnesses: readonly { readonly personId: string; readonly name: string }[];
  readonly duty: Duty | null;
  readonly mayPay: boolean;
  readonly now: Date;
};

export type PaymentFormView = {
  readonly action: string;
  readonly paidAt: TextFieldView;
  readonly bankReference: TextFieldView | null;
  readonly witnesses: readonly SelectView[];
  readonly photo: FileFieldView;
};

export type PaymentView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly errors: ReturnType<typeof errorsOf>;
  readonly facts: readonly SummaryRow[];
  readonly subjectFacts: readonly SummaryRow[];
  readonly clocks: readonly ClockView[];
  /** That the name on the card is not the payee's. It warns; the eye decides (domain.md 1.10). */
  readonly warning: string | null;
  readonly showCard: string | null;
  readonly form: PaymentFormView | null;
  readonly links: readonly LinkView[];
};

export function paymentView(facts: PaymentFacts, typed: Typed, errors: FieldErrors): PaymentView {
  const { order, subject, account, cardNumber, duty, mayPay, now } = facts;
  const open = order.state === 'TO_PAY';
  const shown = duty && clockOf(duty, now);
  return {
    title: open ? '记打款' : '打款记录',
    back: subject.href,
    state: open ? tag('yellow', '待打款') : tag('green', '已打款'),
    errors: errorsOf(errors),
    facts: open ? [...whatToPay(facts)] : [...whatToPay(facts), ...whatWasPaid(facts)],
    subjectFacts: subject.facts.map(({ label, value }) => row(label, value)),
    clocks: shown ? [clock(shown.label, shown.state, shown.words)] : [],
    warning: open ? warningOf(order, account) : null,
    showCard: open && mayPay && account && !cardNumber ? `/s/payments/${order.id}?card=full` : null,
    form: open && mayPay ? formView(facts, typed, errors) : null,
    links: linksOf(order),
  };
}

function warningOf({ method }: PaymentOrder, account: PayeeAccountSummary | null): string | null {
  if (method === 'CASH') return null;
  if (!account) return '付款单上的卡不是收款人本人或监护人的，不能打款。请先登记本人或监护人的卡。';
  return account.matchesName ? null : '卡上的户名和收款人、监护人都不一样。请先核对，打错了追不回来。';
}

/** Who, how much in figures and words from the same integer (票据法 8), and where to. */
function* whatToPay({ order, subject, account, cardNumber }: PaymentFacts): Generator<SummaryRow> {
  yield row('案件', `${order.caseNumber} ${subject.title}`, { href: subject.href });
  yield row('付给谁', maskName(order.payeeName));
  yield row('金额', `${yuanText(order.amountFen)} 元`);
  yield row('大写', `人民币${amountInWords(order.amountFen)}`);
  if (account) {
    yield row('收款卡', `${account.bankName} 尾号 ${account.cardTail}`);
    yield row('户名', cardNumber ? account.holderName : maskName(account.holderName));
    if (cardNumber) yield row('完整卡号', cardNumber.replace(/\d{4}(?=\d)/g, '$& '));
  }
  yield row('付款方式', order.method === 'CARD' ? '转账' : '现金（要 2 名见证人）');
}

function* whatWasPaid({ order, witnesses }: PaymentFacts): Generator<SummaryRow> {
  if (order.paidAt) yield row('打款时间', instantWords(order.paidAt));
  if (order.bankReference) yield row('流水号', order.bankReference);
  const names = witnesses.filter(({ personId }) => order.witnessIds.includes(personId));
  if (names.length > 0) yield row('见证人', names.map(({ name }) => maskName(name)).join('、'));
}

function linksOf({ voucherId, voucherNumber, photoFileId }: PaymentOrder): LinkView[] {
  const links: LinkView[] = [];
  if (voucherId && voucherNumber !== null)
    links.push({ words: `凭证 ${voucherName(voucherNumber)}`, href: `/s/ledger/vouchers/${voucherId}` });
  if (photoFileId) links.push({ words: '凭证照片', href: `/s/files/${photoFileId}` });
  return links;
}

function formView(
  { order, witnesses, now }: PaymentFacts,
  typed: Typed,
  errors: FieldErrors,
): PaymentFormView {
  const cash = order.method === 'CASH';
  const shown = 'paidAt' in typed ? typed : { ...typed, paidAt: `${dayOf(now)}T${timeOf(now)}` };
  const options = [
    { value: '', label: '请选择' },
    ...witnesses.map(({ personId, name }) => ({ value: personId, label: name })),
  ];
  return {
    action: `/s/payments/${order.id}/transfer`,
    paidAt: textField('paidAt', cash ? '什么时候付的？' : '什么时候打的款？', shown, errors, {
      type: 'datetime-local',
      short: true,
    }),
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
