import { instantShort } from '../kernel/chinese/words.js';
import { shareOf, yuanText } from '../kernel/fen.js';
import { rateWords } from '../funds/domain/formula.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  amountField,
  button,
  choiceField,
  dayField,
  fileField,
  row,
  textField,
} from '../platform/web/views.js';
import type {
  AmountFieldView,
  ButtonView,
  ChoiceView,
  FileFieldView,
  LinkView,
  SelectView,
  SummaryRow,
  TextFieldView,
} from '../platform/web/views.js';
import { REFUND_REASONS, REFUND_WORDS } from './domain/relief-words.js';
import { payeeField } from './relief-decision.views.js';
import type { PayFacts } from './relief-forms.reading.js';
import { formOf, options, renamed } from './relief-state.views.js';
import type { FormView } from './relief-state.views.js';
import { yuan } from './relief-sum.views.js';
import type { About } from './relief.reading.js';

export type AdvanceView = FormView & {
  readonly help: string;
  readonly facts: readonly SummaryRow[];
  readonly photo: LinkView | null;
  /** For whoever may ask, as long as nobody has. */
  readonly ask: {
    readonly amount: AmountFieldView;
    readonly to: SelectView;
    readonly statement: FileFieldView;
  } | null;
  /** For the two who sign, each once. */
  readonly signature: { readonly action: string; readonly button: ButtonView } | null;
  readonly waiting: string | null;
};

export type AdvanceFacts = PayFacts & { readonly roles: readonly string[]; readonly personId: string | null };

export function advanceView(facts: AdvanceFacts, typed: Typed, errors: FieldErrors): AdvanceView {
  const { known, sum, advance, roles } = facts;
  const most = shareOf(sum.sheet.grantFen, sum.rule.advance);
  const faults = renamed(errors, { papers: 'statement', to1: 'to' });
  const mayAsk = advance === null && most > 0 && roles.includes('secretary');
  const signature = signatureOf(facts);
  return {
    ...formOf(facts, '先行拨付', 'advance', faults),
    help: `危及生命的，公示期满以前可以先拨一部分：最多救助金额的 ${rateWords(sum.rule.advance)}，一件只有一次。要医院的催款单或病危通知，理事长和监事两个人签。`,
    facts: [
      row('救助金额', yuan(sum.sheet.grantFen)),
      row('最多先拨', yuan(most)),
      ...(advance ? askedRows(facts) : []),
    ],
    photo: advance ? { words: '看医院的催款单', href: `/s/files/${advance.fileId}` } : null,
    ask: mayAsk
      ? {
          amount: amountField('amountFen', '先拨多少？', typed, faults, {
            hint: `最多 ${yuanText(most)} 元`,
          }),
          to: payeeField('to', '付给谁？', facts, typed, faults),
          statement: fileField('statement', '医院的催款单或病危通知照片', faults, { camera: true }),
        }
      : null,
    signature: signature
      ? {
          action: `/s/relief/${known.id}/advance/signature`,
          button: button(`同意先拨 ${yuanText(advance?.amountFen ?? most)} 元`),
        }
      : null,
    waiting: mayAsk || signature ? null : waitingWords(facts, most > 0),
  };
}

function askedRows({ advance, institutions }: AdvanceFacts): SummaryRow[] {
  if (!advance) return [];
  const { amountFen, institutionId, askedAt, chairAt, supervisorAt } = advance;
  const to =
    institutionId === null ? '家庭' : (institutions.find(({ id }) => id === institutionId)?.name ?? '医院');
  const signed = (at: Date | null) => (at === null ? '还没签' : `${instantShort(at)} 签了`);
  return [
    row('申请先拨', `${yuan(amountFen)}，付给${to}`),
    row('申请时间', instantShort(askedAt)),
    row('理事长', signed(chairAt)),
    row('监事', signed(supervisorAt)),
  ];
}

function signatureOf({ advance, roles, personId }: AdvanceFacts): boolean {
  if (!advance || personId === null || personId === advance.askedBy) return false;
  if (roles.includes('supervisor')) return advance.supervisorId === null;
  return (roles.includes('chair') || roles.includes('deputy')) && advance.chairId === null;
}

function waitingWords({ advance }: AdvanceFacts, isAllowed: boolean): string {
  if (!isAllowed) return '这个基金的规则不允许先行拨付。';
  if (!advance) return '还没有申请先行拨付，由秘书长申请。';
  if (advance.chairId !== null && advance.supervisorId !== null) return '两个人都签了，出纳可以打款。';
  return advance.chairId === null ? '等理事长或副理事长签。' : '等监事签。';
}

export type FollowUpView = FormView & {
  readonly seenOn: TextFieldView;
  readonly used: ChoiceView;
  readonly note: TextFieldView;
};

export function followUpView(about: About, typed: Typed, errors: FieldErrors): FollowUpView {
  return {
    ...formOf(about, '记回访', 'follow-up', errors),
    seenOn: dayField('seenOn', '哪天去看的？', typed, errors),
    used: choiceField(
      'usedAsMeant',
      '钱用在了申请的事上吗？',
      [
        { value: 'yes', label: '用在了正处' },
        { value: 'no', label: '没有用在正处', hint: '记下以后，可以“要求退款”' },
      ],
      typed,
      errors,
    ),
    note: textField('note', '看到的情况', typed, errors, {
      rows: 4,
      optional: true,
      secret: true,
      hint: '现在怎么样，还有什么难处。写进案卷，不公开',
    }),
  };
}

export type RefundView = FormView & {
  readonly facts: readonly SummaryRow[];
  readonly reason: ChoiceView;
  readonly later: AmountFieldView;
  readonly amount: AmountFieldView;
  readonly proof: TextFieldView;
};

export function refundView(about: About, typed: Typed, errors: FieldErrors): RefundView {
  const { known } = about;
  return {
    ...formOf(about, '要求退款', 'refund', errors),
    facts: [
      ...(known.sheet ? [row('评审时自付', yuan(known.sheet.baseFen))] : []),
      row('已经付了', yuan(known.paidFen)),
      ...(known.demandedFen > 0 ? [row('已要求退', yuan(known.demandedFen))] : []),
      ...(known.refundedFen > 0 ? [row('已退回', yuan(known.refundedFen))] : []),
    ],
    reason: choiceField('reason', '为什么要退？', options(REFUND_REASONS, REFUND_WORDS), typed, errors),
    later: amountField('laterFen', '后来又报销了多少？', typed, errors, {
      optional: true,
      hint: '选了“后来又报销”才填：从自付费用里减去，按规则重算，多付的才退',
    }),
    amount: amountField('amountFen', '要退回多少？', typed, errors, {
      optional: true,
      hint: '选了别的原因才填',
    }),
    proof: textField('proof', '凭据号', typed, errors, {
      optional: true,
      short: true,
      hint: '如 后来那张结算单上的编号',
    }),
  };
}
