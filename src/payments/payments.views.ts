import { clockOf } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import { amountInWords } from '../kernel/chinese/amount-in-words.js';
import { maskName } from '../kernel/chinese/name-mask.js';
import { instantShort, instantWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import { voucherName } from '../ledger/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { clock, errorsOf, row, table, tag } from '../platform/web/views.js';
import type { ClockView, LinkView, SummaryRow, TableView, TagView } from '../platform/web/views.js';
import { BANK_REASONS, OUTCOME_WORDS } from './domain/order-state.js';
import type { OrderState } from './domain/order-state.js';
import { shownName } from './domain/payee.js';
import { INSTITUTIONS } from './institutions.views.js';
import type { PayeeAccount } from './payees.queries.js';
import { approvalView, failureView, returnView, transferView } from './payment-forms.views.js';
import type { ApprovalView, FailureView, ReturnView, TransferView } from './payment-forms.views.js';
import type { Right } from './payment-rights.js';
import type { SubjectDescription } from './payment-subjects.js';
import type { Attempt, PaymentOrder } from './payments.queries.js';

export type PaymentFacts = {
  readonly order: PaymentOrder;
  readonly attempts: readonly Attempt[];
  readonly subject: SubjectDescription;
  /** Null for cash. */
  readonly account: PayeeAccount | null;
  /** The whole number, once the cashier has asked to see it. */
  readonly accountNumber: string | null;
  /** Who may witness, and who did. */
  readonly witnesses: readonly { readonly personId: string; readonly name: string }[];
  readonly duties: readonly Duty[];
  /** Whether whoever asks may do what the order waits for; null where it is not their part at all. */
  readonly right: Right | null;
  /** Whoever it is for took back what the case needs: nothing is paid that has not left yet. */
  readonly isStopped: boolean;
  /** What is owed back of it. */
  readonly recoveryId: string | null;
  /** Whether whoever asks may enter and end institutions. */
  readonly mayKeepInstitutions: boolean;
  readonly now: Date;
};

export type PaymentView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly errors: ReturnType<typeof errorsOf>;
  /** What it waits for, or why whoever asks may not do it. */
  readonly note: string | null;
  readonly facts: readonly SummaryRow[];
  readonly subjectFacts: readonly SummaryRow[];
  readonly clocks: readonly ClockView[];
  /** That the name on the card is not the payee's: the eye decides (domain.md 1.10). Or that the institution has ended. */
  readonly warning: string | null;
  /** Leads to the whole number. */
  readonly showNumber: LinkView | null;
  readonly approval: ApprovalView | null;
  readonly form: TransferView | null;
  readonly failure: FailureView | null;
  readonly bankReturn: ReturnView | null;
  /** Null where the first try went well: it says no more than the facts above. */
  readonly attempts: TableView | null;
  readonly links: readonly LinkView[];
};

const TITLES: Readonly<Record<OrderState, string>> = {
  TO_APPROVE: '付款单',
  TO_PAY: '记打款',
  PAID: '打款记录',
  CANCELLED: '付款单',
};

const TAGS: Readonly<Record<OrderState, TagView>> = {
  TO_APPROVE: tag('yellow', '待同意付款'),
  TO_PAY: tag('yellow', '待打款'),
  PAID: tag('green', '已打款'),
  CANCELLED: tag('grey', '已取消'),
};

const NUMBER_WORDS = { PERSON: '卡号', INSTITUTION: '账号' } as const;

export function paymentView(facts: PaymentFacts, typed: Typed, errors: FieldErrors): PaymentView {
  const { order, subject, attempts, right, isStopped } = facts;
  const may = right?.may ?? false;
  const toPay = order.state === 'TO_PAY';
  const transfer = order.method === 'CARD';
  return {
    title: TITLES[order.state],
    back: subject.href,
    state: TAGS[order.state],
    errors: errorsOf(errors),
    note: noteOf(facts),
    facts: [...whatToPay(facts), ...whatWasDone(facts)],
    subjectFacts: subject.facts.map(({ label, value }) => row(label, value)),
    clocks: [...clocksOf(facts)],
    warning: warningOf(facts),
    showNumber: toPay && may ? showNumberOf(facts) : null,
    approval: order.state === 'TO_APPROVE' && may && !isStopped ? approvalView(order.id) : null,
    form: toPay && may ? transferView(facts, typed, errors) : null,
    failure: toPay && may && transfer ? failureView(facts, typed, errors) : null,
    bankReturn:
      order.state === 'PAID' && may && transfer && facts.recoveryId === null
        ? returnView(facts, typed, errors)
        : null,
    attempts: attempts.some(({ outcome }) => outcome !== 'PAID') ? attemptsTable(attempts) : null,
    links: linksOf(facts),
  };
}

/** The form stays where it may be paid: what had left before is written down. */
const STOPPED_WORDS = {
  TO_APPROVE: '申请人撤回了办理需要的同意，这一件已经停下来，不能同意付款。请秘书长撤回或者终止办理。',
  TO_PAY:
    '申请人撤回了办理需要的同意，这一件已经停下来，不能再打款。撤回以前已经打出去的，照实记下打款的时间；还没打的，请秘书长撤回或者终止办理。',
} as const;

function noteOf({ order, right, duties, isStopped }: PaymentFacts): string | null {
  const [toApprove, toPay] = [order.state === 'TO_APPROVE', order.state === 'TO_PAY'];
  if (isStopped && (order.state === 'TO_APPROVE' || order.state === 'TO_PAY'))
    return STOPPED_WORDS[order.state];
  if ((toApprove || toPay) && right && !right.may) return right.why.message;
  if (toApprove) return right ? null : '理事长或副理事长同意以后，出纳才能打款。';
  const toFix = duties.some(
    ({ kind, subjectId, settledAt }) =>
      kind === 'FIX_PAYMENT' && subjectId === order.id && settledAt === null,
  );
  return toPay && toFix ? '上一次没打成。请秘书长先改好收款账户，再打一次。' : null;
}

/** The clock of the payment, and those of the order while they run. */
function* clocksOf({ order, duties, now }: PaymentFacts): Generator<ClockView> {
  for (const duty of duties) {
    const own = duty.subjectId === order.id && duty.settledAt === null;
    if (!own && !(duty.kind === 'PAY' && duty.subjectId === order.subjectId)) continue;
    const { label, state, words } = clockOf(duty, now);
    yield clock(label, state, words);
  }
}

function showNumberOf({ order, account, accountNumber }: PaymentFacts): LinkView | null {
  if (account?.endedAt !== null || accountNumber !== null) return null; // no account, one that has ended, or shown
  return { words: `看完整${NUMBER_WORDS[order.payeeKind]}`, href: `/s/payments/${order.id}?card=full` };
}

function warningOf({ order, account }: PaymentFacts): string | null {
  if (order.method === 'CASH' || order.state === 'PAID' || order.state === 'CANCELLED') return null;
  if (account?.endedAt) return '这个收款机构已经停用，停用以后不能再打款到这个账户。请先改收款账户。';
  if (order.state !== 'TO_PAY') return null;
  if (!account) return '付款单上的卡不是收款人本人或监护人的，不能打款。请先登记本人或监护人的卡。';
  return account.matchesName ? null : '卡上的户名和收款人、监护人都不一样。请先核对，打错了追不回来。';
}

/** Who, how much in figures and words from the same integer (票据法 8), and where to. */
function* whatToPay({ order, subject, account, accountNumber }: PaymentFacts): Generator<SummaryRow> {
  yield row('案件', `${order.caseNumber} ${subject.title}`, { href: subject.href });
  const { payeeKind } = order;
  yield row('付给谁', shownName(payeeKind, order.payeeName));
  yield row('金额', `${yuanText(order.amountFen)} 元`);
  yield row('大写', `人民币${amountInWords(order.amountFen)}`);
  if (account) {
    yield row(payeeKind === 'PERSON' ? '收款卡' : '收款账户', `${account.bankName} 尾号 ${account.tail}`);
    yield row('户名', accountNumber ? account.holderName : shownName(payeeKind, account.holderName));
    if (accountNumber)
      yield row(`完整${NUMBER_WORDS[payeeKind]}`, accountNumber.replace(/\d{4}(?=\d)/g, '$& '));
  }
  yield row('付款方式', order.method === 'CARD' ? '转账' : '现金（要 2 名见证人）');
}

function* whatWasDone({ order, witnesses }: PaymentFacts): Generator<SummaryRow> {
  if (order.approvedAt) yield row('同意付款', instantWords(order.approvedAt));
  if (order.paidAt) yield row('打款时间', instantWords(order.paidAt));
  if (order.bankReference) yield row('流水号', order.bankReference);
  const names = witnesses.filter(({ personId }) => order.witnessIds.includes(personId));
  if (names.length > 0) yield row('见证人', names.map(({ name }) => maskName(name)).join('、'));
  if (order.cancelledAt) yield row('取消时间', instantWords(order.cancelledAt));
  if (order.cancelReason) yield row('取消原因', order.cancelReason);
}

function attemptsTable(attempts: readonly Attempt[]): TableView {
  return table(
    '打款经过',
    ['第几次', '结果', '时间', '原因', '凭证'],
    attempts.map(({ number, outcome, at, reason, note, voucherId, voucherNumber }) => [
      `第 ${number} 次`,
      OUTCOME_WORDS[outcome],
      instantShort(at),
      reason === null ? '—' : [BANK_REASONS[reason], note ?? ''].filter(Boolean).join('：'),
      voucherId && voucherNumber !== null
        ? { words: voucherName(voucherNumber), href: `/s/ledger/vouchers/${voucherId}` }
        : '—',
    ]),
    '还没有打过。',
  );
}

function linksOf({ order, recoveryId, mayKeepInstitutions }: PaymentFacts): LinkView[] {
  const { voucherId, voucherNumber, photoFileId } = order;
  const links: LinkView[] = [];
  if (voucherId && voucherNumber !== null)
    links.push({ words: `凭证 ${voucherName(voucherNumber)}`, href: `/s/ledger/vouchers/${voucherId}` });
  if (photoFileId) links.push({ words: '凭证照片', href: `/s/files/${photoFileId}` });
  if (recoveryId) links.push({ words: '看追回', href: `/s/recoveries/${recoveryId}` });
  if (mayKeepInstitutions) links.push({ words: '收款机构', href: INSTITUTIONS });
  return links;
}
