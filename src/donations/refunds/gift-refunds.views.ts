import { clockOf } from '../../duties/index.js';
import type { Duty } from '../../duties/index.js';
import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { purseName, voucherName } from '../../ledger/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  amountField,
  button,
  checkField,
  choiceField,
  clock,
  dayField,
  errorsOf,
  fileField,
  row,
  table,
  tag,
  textField,
} from '../../platform/web/views.js';
import type {
  AmountFieldView,
  ButtonView,
  CheckView,
  ChoiceView,
  ClockView,
  ErrorView,
  FileFieldView,
  LinkView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import { REFUND_REASON_WORDS, REFUND_REASONS, REFUND_STATE_WORDS } from '../domain/refund.js';
import type { RefundState } from '../domain/refund.js';
import type { RefundFacts, RefundPartFacts } from './gift-refunds.queries.js';
import type { GiftRow } from '../gifts/gifts.queries.js';
import type { WaitingMoney } from '../change-of-use/unknown-money.queries.js';

export const REFUNDS = '/s/donations/refunds';

const COLOUR = {
  ASKED: 'yellow',
  APPROVED: 'blue',
  PAID: 'green',
  REFUSED: 'grey',
  CALLED_OFF: 'grey',
} as const satisfies Record<RefundState, string>;

const yuan = (amount: Fen) => `${yuanText(amount)} 元`;
const giverOf = ({ shownName }: { readonly shownName: string | null }) => shownName ?? UNNAMED_DONOR;
const stateTag = (state: RefundState): TagView => tag(COLOUR[state], REFUND_STATE_WORDS[state]);

export type RefundsView = { readonly title: string; readonly refunds: TableView };

export function refundsView(refunds: readonly RefundFacts[]): RefundsView {
  return {
    title: '退还捐款',
    refunds: table(
      '退款名单',
      ['提出日期', '捐赠人', '金额（元）:', '为什么', '现在'],
      refunds.map((refund) => [
        { words: dayOf(refund.askedAt), href: `${REFUNDS}/${refund.id}` },
        giverOf(refund),
        yuanText(refund.amountFen),
        REFUND_REASON_WORDS[refund.reason],
        { words: '', tag: stateTag(refund.state) },
      ]),
      '还没有退过捐款。',
    ),
  };
}

export type NewRefundView = {
  readonly title: string;
  readonly back: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  readonly warning: string | null;
  readonly reason: ChoiceView;
  readonly amount: AmountFieldView;
  readonly words: TextFieldView;
  readonly paper: FileFieldView;
};

export function newRefundView(gift: GiftRow, typed: Typed, errors: FieldErrors): NewRefundView {
  const { id, amountFen, unspentFen, frozenFen, receiptState } = gift;
  const left = fen(unspentFen - frozenFen);
  const reasons = REFUND_REASONS.map((value) => ({ value, label: REFUND_REASON_WORDS[value] }));
  return {
    title: '退还捐款',
    back: `/s/donations/${id}`,
    action: `/s/donations/${id}/refunds`,
    errors: errorsOf(errors),
    facts: [
      row('捐赠人', giverOf(gift)),
      row('收到', yuan(amountFen)),
      row('已经用了', yuan(gift.usedFen)),
      ...(gift.refundedFen > 0 ? [row('退过', yuan(gift.refundedFen))] : []),
      ...(frozenFen > 0 ? [row('冻结', yuan(frozenFen))] : []),
      row('还能退', yuan(left)),
    ],
    warning: receiptState === 'ISSUED' ? '这笔捐赠开了票据，要先红冲票据，才能退。' : null,
    reason: choiceField('reason', '为什么退？', reasons, typed, errors),
    amount: amountField('amountFen', '退多少？', typed, errors, {
      hint: `用掉的不能退，最多 ${yuan(left)}；留给案件的钱也不能退`,
    }),
    words: textField('words', '怎么回事？', typed, errors, { hint: '写给理事长看，一两句话' }),
    paper: fileField('paper', '捐赠人签字的意见书', errors, {
      optional: true,
      hint: '指定的用途办不成的，一定要有',
    }),
  };
}

export type RefundPageFacts = {
  readonly refund: RefundFacts;
  readonly gift: GiftRow;
  readonly parts: readonly RefundPartFacts[];
  /** Of the same giver: what went by the same transfer, or may. */
  readonly beside: readonly RefundFacts[];
  readonly duties: readonly Duty[];
  readonly mayDecide: boolean;
  readonly mayPay: boolean;
  readonly mayEnd: boolean;
  readonly now: Date;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export type RefundView = {
  readonly title: string;
  readonly state: TagView;
  readonly errors: readonly ErrorView[];
  readonly clocks: readonly ClockView[];
  readonly facts: readonly SummaryRow[];
  readonly gift: readonly SummaryRow[];
  readonly parts: TableView | null;
  readonly note: string | null;
  readonly decision: {
    readonly action: string;
    readonly decision: ChoiceView;
    readonly words: TextFieldView;
  } | null;
  readonly payment: {
    readonly action: string;
    readonly where: string;
    readonly paidOn: TextFieldView;
    readonly bankReference: TextFieldView;
    readonly together: CheckView | null;
    readonly line: AmountFieldView | null;
  } | null;
  /** Refunds that the same transfer paid. */
  readonly beside: readonly LinkView[];
  readonly ending: {
    readonly action: string;
    readonly words: TextFieldView;
    readonly isOpen: boolean;
  } | null;
};

export function refundView(facts: RefundPageFacts): RefundView {
  const { refund, gift, parts, beside, duties, mayDecide, mayPay, mayEnd, now, typed, errors } = facts;
  const { id, state } = refund;
  const isOut = gift.receiptState === 'ISSUED' && (state === 'ASKED' || state === 'APPROVED');
  const clocks = duties.map((duty) => clockOf(duty, now));
  return {
    title: `退还捐款 ${yuan(refund.amountFen)}`,
    state: stateTag(state),
    errors: errorsOf(errors),
    clocks: clocks.map((each) => clock(each.label, each.state, each.words)),
    facts: factRows(refund),
    gift: [
      row('捐赠人', giverOf(refund), { href: `/s/donations/${refund.giftId}` }),
      row('哪天捐的', dayWords(refund.givenOn)),
      row('捐了多少', yuan(refund.giftFen)),
      row('用了', yuan(gift.usedFen)),
      row('还剩', yuan(gift.unspentFen)),
      row('退过', yuan(gift.refundedFen)),
    ],
    parts: parts.some(({ voucherId }) => voucherId !== null) ? partsTable(parts) : null,
    note: isOut ? '这笔捐赠的票据还没有收回。请会计先红冲票据，再办退款。' : null,
    decision:
      mayDecide && state === 'ASKED' && !isOut
        ? {
            action: `${REFUNDS}/${id}/decision`,
            decision: choiceField('decision', '同意退吗？', DECISIONS, typed, errors, { tiles: true }),
            words: textField('decisionWords', '不同意的理由', typed, errors, { optional: true }),
          }
        : null,
    payment: mayPay && state === 'APPROVED' && !isOut ? paymentForm(facts) : null,
    beside: state === 'PAID' ? beside.map(besideLink) : [],
    ending:
      mayEnd && (state === 'ASKED' || state === 'APPROVED')
        ? {
            action: `${REFUNDS}/${id}/end`,
            words: textField('endWords', '为什么撤回？', typed, errors),
            isOpen: 'endWords' in errors,
          }
        : null,
  };
}

const DECISIONS = [
  { value: 'yes', label: '同意退' },
  { value: 'no', label: '不同意' },
];

function factRows(refund: RefundFacts): SummaryRow[] {
  const { words, decisionWords, decidedAt, paidOn, bankReference, paperFileId, changeId, state } = refund;
  const { lineFen, lineRefunds } = refund;
  const decided = state === 'REFUSED' ? '不同意' : '同意';
  return [
    row('退多少', yuan(refund.amountFen)),
    row('为什么', REFUND_REASON_WORDS[refund.reason]),
    row('怎么回事', words),
    row('提出', instantWords(refund.askedAt)),
    ...(paperFileId === null ? [] : [row('意见书', '看照片', { href: `/s/files/${paperFileId}` })]),
    ...(changeId === null
      ? []
      : [row('变更用途', '看那一次', { href: `/s/donations/changes-of-use/${changeId}` })]),
    ...(decidedAt === null ? [] : [row(decided, instantWords(decidedAt))]),
    ...(decisionWords === null ? [] : [row(state === 'REFUSED' ? '理由' : '撤回原因', decisionWords)]),
    ...(paidOn === null ? [] : [row('退款日期', dayWords(paidOn))]),
    ...(bankReference === null ? [] : [row('流水号', bankReference)]),
    ...(lineRefunds > 1 && lineFen !== null
      ? [row('这笔转账', `一共 ${yuan(lineFen)}，退了 ${lineRefunds} 笔`)]
      : []),
  ];
}

function partsTable(parts: readonly RefundPartFacts[]): TableView {
  return table(
    '从哪里退的',
    ['资金', '退了（元）:', '凭证'],
    parts.map(({ fund, restriction, amountFen, voucherId, voucherNumber }) => [
      purseName({ fund, restriction }),
      yuanText(amountFen),
      voucherId === null || voucherNumber === null
        ? '还没有'
        : { words: voucherName(voucherNumber), href: `/s/ledger/vouchers/${voucherId}` },
    ]),
    '还没有退。',
  );
}

const besideWords = ({ amountFen, givenOn }: RefundFacts): string =>
  `${dayWords(givenOn)}捐的，退 ${yuan(amountFen)}`;

const besideLink = (refund: RefundFacts): LinkView => ({
  words: besideWords(refund),
  href: `${REFUNDS}/${refund.id}`,
});

function paymentForm({ refund, beside, now, typed, errors }: RefundPageFacts) {
  const { giftMethod, giftBankReference } = refund;
  const came =
    giftMethod === 'CASH'
      ? '捐的时候是现金。请捐赠人给一个本人的账户，转账退回。'
      : `退到转来的那个账户${giftBankReference === null ? '' : `（来款流水号 ${giftBankReference}）`}。`;
  const shown = 'paidOn' in typed ? typed : { ...typed, paidOn: dayOf(now) };
  return {
    action: `${REFUNDS}/${refund.id}/payment`,
    where: `先在银行把 ${yuan(refund.amountFen)}退出去，再到这里记。${came}`,
    paidOn: dayField('paidOn', '哪天退的？', shown, errors),
    bankReference: textField('bankReference', '银行流水号', typed, errors, {
      short: true,
      hint: '照银行回单填，同一笔就不会记两次',
    }),
    together:
      beside.length === 0
        ? null
        : checkField(
            'togetherWith[]',
            '这笔转账里，还退了他的哪几笔？',
            beside.map((other) => ({ value: other.id, label: besideWords(other) })),
            typed,
            errors,
            { optional: true, hint: '只转了上面这一笔的，不用勾' },
          ),
    line:
      beside.length === 0
        ? null
        : amountField('lineFen', '银行回单上一共多少？', typed, errors, {
            optional: true,
            hint: '勾了别的才填，要和勾上的合计一样',
          }),
  };
}

export type UnclaimedView = {
  readonly title: string;
  readonly rows: readonly {
    readonly title: string;
    readonly facts: readonly SummaryRow[];
    readonly round: ButtonView | null;
    readonly action: string | null;
  }[];
  readonly nothing: { readonly words: string; readonly actions: readonly ButtonView[] };
};

export function unclaimedView(rows: readonly WaitingMoney[], mayAsk: boolean, today: Day): UnclaimedView {
  return {
    title: '无人认领的来款',
    rows: rows.map((money) => ({
      title: yuan(money.amountFen),
      facts: [
        row('到账', dayWords(money.givenOn), { href: `/s/donations/${money.giftId}` }),
        ...(money.bankReference === null ? [] : [row('流水号', money.bankReference)]),
        ...(money.note === '' ? [] : [row('附言', money.note)]),
        row(
          '请理事会',
          money.takeableFrom <= today ? '可以了，等满了 90 天' : `${dayWords(money.takeableFrom)}起`,
        ),
      ],
      round: money.roundId === null ? null : button('看表决', 'second', `/s/rounds/${money.roundId}`),
      action:
        mayAsk && money.roundId === null && money.takeableFrom <= today
          ? `/s/donations/${money.giftId}/unclaimed`
          : null,
    })),
    nothing: { words: '现在没有等人认领的来款。', actions: [] },
  };
}
