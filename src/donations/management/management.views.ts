import { instantWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { voucherName } from '../../ledger/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  amountField,
  choiceField,
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
  ChoiceView,
  ErrorView,
  FileFieldView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import {
  MANAGEMENT_PURPOSE_WORDS,
  MANAGEMENT_PURPOSES,
  MOST_SHARE_PERCENT,
  mostOf,
  TERMS_STATE_WORDS,
} from '../domain/management.js';
import type { TermsState } from '../domain/management.js';
import type { GiftRow } from '../gifts/gifts.queries.js';
import type { DrawFacts, TermsFacts } from './management.queries.js';

const yuan = (amount: Fen): string => `${yuanText(amount)} 元`;
const COLOUR = { ASKED: 'yellow', AGREED: 'green', REFUSED: 'grey' } as const satisfies Record<
  TermsState,
  string
>;

export type ManagementFacts = {
  readonly gift: GiftRow;
  readonly terms: readonly TermsFacts[];
  readonly draws: readonly DrawFacts[];
  readonly mayKeep: boolean;
  readonly mayAgree: boolean;
  readonly now: Date;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export type ManagementView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly gift: readonly SummaryRow[];
  readonly rule: string;
  readonly state: TagView | null;
  readonly terms: readonly SummaryRow[];
  readonly decision: { readonly action: string; readonly decision: ChoiceView } | null;
  readonly draw: {
    readonly action: string;
    readonly amount: AmountFieldView;
    readonly purpose: ChoiceView;
    readonly paidOn: TextFieldView;
    readonly bankReference: TextFieldView;
  } | null;
  readonly record: {
    readonly action: string;
    readonly share: TextFieldView;
    readonly paper: FileFieldView;
  } | null;
  readonly draws: TableView;
};

/** What of one gift pays for the running of the house: what was agreed, what was drawn, and what can be done now. */
export function managementView(facts: ManagementFacts): ManagementView {
  const { gift, terms, draws, mayKeep, mayAgree, errors } = facts;
  const base = `/s/donations/${gift.id}`;
  const [newest] = terms;
  const standing = newest?.state === 'AGREED' ? newest : null;
  const isGift = gift.nature === 'GIFT' && gift.form === 'MONEY' && gift.state === 'RECEIVED';
  const canRecord = mayKeep && isGift && (newest === undefined || newest.state === 'REFUSED');
  return {
    title: '管理费用',
    back: base,
    errors: errorsOf(errors),
    gift: [
      row('捐赠人', gift.shownName ?? UNNAMED_DONOR),
      row('收到', yuan(gift.amountFen)),
      ...(gift.refundedFen > 0 ? [row('退还', yuan(gift.refundedFen))] : []),
      row('还没用', yuan(gift.unspentFen)),
    ],
    rule: `捐赠人书面同意了，才能从这笔捐赠付办事的开支，最多 ${MOST_SHARE_PERCENT}%。没有约定的，一分也不能付。`,
    state: newest ? tag(COLOUR[newest.state], TERMS_STATE_WORDS[newest.state]) : null,
    terms: newest ? termsRows(gift, newest) : [],
    decision: mayAgree && newest?.state === 'ASKED' ? decisionForm(base, facts) : null,
    draw: mayKeep && isGift && standing ? drawForm(base, standing, facts) : null,
    record: canRecord ? recordForm(base, facts) : null,
    draws: drawsTable(draws),
  };
}

/** So much may still be drawn: of what went back, no share is taken. */
function leftOf(gift: GiftRow, { sharePercent, drawnFen }: TermsFacts): Fen {
  return fen(Math.max(0, mostOf(gift, sharePercent) - drawnFen));
}

function termsRows(gift: GiftRow, terms: TermsFacts): SummaryRow[] {
  const { sharePercent, drawnFen, paperFileId, recordedAt, decidedAt, state } = terms;
  return [
    row('约定', `最多 ${sharePercent}%，${yuan(mostOf(gift, sharePercent))}`),
    ...(state === 'AGREED'
      ? [row('已经付了', yuan(drawnFen)), row('还能付', yuan(leftOf(gift, terms)))]
      : []),
    row('书面约定', '看照片', { href: `/s/files/${paperFileId}` }),
    row('记的时间', instantWords(recordedAt)),
    ...(decidedAt === null ? [] : [row(state === 'AGREED' ? '同意' : '不同意', instantWords(decidedAt))]),
  ];
}

function decisionForm(base: string, { typed, errors }: ManagementFacts): ManagementView['decision'] {
  const options = [
    { value: 'yes', label: '约定属实，同意' },
    { value: 'no', label: '不同意' },
  ];
  return {
    action: `${base}/management/decision`,
    decision: choiceField('decision', '看过书面约定，同意吗？', options, typed, errors, { tiles: true }),
  };
}

function drawForm(
  base: string,
  terms: TermsFacts,
  { gift, now, typed, errors }: ManagementFacts,
): ManagementView['draw'] {
  const shown = 'paidOn' in typed ? typed : { ...typed, paidOn: dayOf(now) };
  const purposes = MANAGEMENT_PURPOSES.map((value) => ({ value, label: MANAGEMENT_PURPOSE_WORDS[value] }));
  return {
    action: `${base}/management/draws`,
    amount: amountField('amountFen', '付了多少？', shown, errors, {
      hint: `最多 ${yuan(leftOf(gift, terms))}；留给案件的和冻结的不能动`,
    }),
    purpose: choiceField('purpose', '付的是什么？', purposes, shown, errors),
    paidOn: dayField('paidOn', '哪天付的？', shown, errors),
    bankReference: textField('bankReference', '银行流水号', shown, errors, {
      short: true,
      hint: '照银行回单填，同一笔就不会记两次',
    }),
  };
}

function recordForm(base: string, { typed, errors }: ManagementFacts): ManagementView['record'] {
  return {
    action: `${base}/management/terms`,
    share: textField('sharePercent', '捐赠人同意最多百分之几？', typed, errors, {
      inputmode: 'numeric',
      short: true,
      suffix: '%',
      hint: `照书面约定填，1 到 ${MOST_SHARE_PERCENT} 之间的整数`,
    }),
    paper: fileField('paper', '捐赠人签字的约定', errors, { hint: '协议或者意见书，要看得清比例和签字' }),
  };
}

function drawsTable(draws: readonly DrawFacts[]): TableView {
  return table(
    '付过的管理费用',
    ['哪天付的', '付的是什么', '金额（元）:', '流水号', '凭证'],
    draws.map(({ paidOn, purpose, partFen, bankReference, voucherId, voucherNumber }) => [
      paidOn,
      MANAGEMENT_PURPOSE_WORDS[purpose],
      yuanText(partFen),
      bankReference,
      { words: voucherName(voucherNumber), href: `/s/ledger/vouchers/${voucherId}` },
    ]),
    '还没有付过。',
  );
}
