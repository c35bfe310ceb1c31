import type { Director } from '../board/index.js';
import { reasonWords } from '../board/index.js';
import { yuanText } from '../kernel/fen.js';
import type { PayeeAccountSummary, PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { amountField, choiceField, selectField, textField } from '../platform/web/views.js';
import type { AmountFieldView, ChoiceView, SelectView, TextFieldView } from '../platform/web/views.js';
import { formOf, recusalField } from './case-forms.views.js';
import type { FormView, ProposedRecusal } from './case-forms.views.js';
import type { CaseFacts } from './cases.queries.js';
import { AMEND_REASON_WORDS, AMEND_REASONS } from './domain/amendment.js';
import { CAUSE_WORDS, CAUSES } from '../kernel/causes.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { END_WORDS, TERMINATION_REASONS, WITHDRAWAL_REASONS } from './domain/endings.js';
import { PAYEE_RELATIONS, PAYEE_WORDS } from './domain/payee.js';
import { REASON_WORDS, REVOCATION_REASONS } from '../notices/domain/notice-reasons.js';
import { HEARING_WORDS, HEARINGS } from './domain/revocation.js';

type About = { readonly row: CaseFacts; readonly applicant: PersonSummary };

const worded = <Value extends string>(values: readonly Value[], words: Readonly<Record<Value, string>>) =>
  values.map((value) => ({ value, label: words[value] }));

export type EndingView = FormView & {
  readonly help: string;
  readonly reason: ChoiceView;
  readonly note: TextFieldView;
};

/** What is undone with it, said before the button is pressed. */
const UNDONE: Partial<Record<CaseState, string>> = {
  VOTING: '正在进行的表决会作废，留出来的钱放回池里。',
  SIGNING: '正在签的紧急快办会停下，留出来的钱放回池里。',
  APPROVED: '已经通过的批准会撤回，付款单取消，留出来的钱放回池里。',
};

export function endingView({ row, applicant }: About, typed: Typed, errors: FieldErrors): EndingView {
  return {
    ...formOf(row, applicant, '撤回或终止', 'ending', errors),
    help: `案件到此结束，不再打款。${UNDONE[row.state] ?? ''}申请人去世、家属要领这笔钱的，不要在这里办：请用“改案件”把收款人改成家属，理事会重新表决。`,
    reason: choiceField(
      'reason',
      '为什么结束？',
      [...worded(WITHDRAWAL_REASONS, END_WORDS), ...worded(TERMINATION_REASONS, END_WORDS)],
      typed,
      errors,
    ),
    note: textField('note', '说两句', typed, errors, {
      rows: 3,
      optional: true,
      secret: true,
      hint: '写进案卷，不公开',
    }),
  };
}

export type AmendmentView = FormView & {
  readonly help: string;
  readonly warning: string | null;
  readonly amount: AmountFieldView;
  readonly cause: ChoiceView;
  readonly story: TextFieldView;
  readonly relation: ChoiceView;
  readonly payeeName: TextFieldView;
  readonly payeeReason: TextFieldView;
  readonly method: ChoiceView;
  readonly account: SelectView;
  readonly register: string;
  readonly reason: SelectView;
};

export type AmendmentFacts = About & {
  readonly story: string | null;
  readonly payee: PersonSummary;
  /** Cards of everybody who may be meant: the applicant, the guardian, whoever is named now. */
  readonly accounts: readonly PayeeAccountSummary[];
};

export function amendmentView(
  facts: AmendmentFacts,
  typed: Typed | null,
  errors: FieldErrors,
): AmendmentView {
  const { row, applicant, accounts } = facts;
  const shown = typed ?? asItIs(facts);
  const voted = UNDONE[row.state];
  return {
    ...formOf(row, applicant, '改案件', 'amendment', errors),
    help: '改好要改的那几项，别的不用动。改错字不影响表决；改金额、事由、收款人或账户，要重新表决。',
    warning:
      voted === undefined
        ? null
        : `已经表决过了：改了金额、事由、收款人或账户，原来的表决就作废（留档），要重新表决。`,
    amount: amountField('amountFen', '要多少钱？', shown, errors),
    cause: choiceField('cause', '出了什么事？', worded(CAUSES, CAUSE_WORDS), shown, errors, { tiles: true }),
    story: textField('story', '经过', shown, errors, { rows: 4, optional: true, secret: true }),
    relation: choiceField('payeeRelation', '钱打给谁？', worded(PAYEE_RELATIONS, PAYEE_WORDS), shown, errors),
    payeeName: textField('payeeName', '收款人姓名', shown, errors, {
      optional: true,
      hint: '选了监护人、家属或其他人才填，要是名册里的人',
    }),
    payeeReason: textField('payeeReason', '为什么打给他', shown, errors, { optional: true, secret: true }),
    method: choiceField(
      'method',
      '收款方式',
      [
        { value: 'CARD', label: '社保卡/银行卡' },
        { value: 'CASH', label: '现金（要 2 名见证人）' },
      ],
      shown,
      errors,
    ),
    account: selectField(
      'payeeAccountId',
      '打到哪张卡？',
      [{ value: '', label: '请选择' }, ...accounts.map(accountOption)],
      shown,
      errors,
      { optional: true },
    ),
    register: `/s/people/${row.payeeId}`,
    reason: selectField(
      'reason',
      '为什么要改？',
      [{ value: '', label: '请选择' }, ...worded(AMEND_REASONS, AMEND_REASON_WORDS)],
      shown,
      errors,
    ),
  };
}

function accountOption({ id, holderName, bankName, cardTail }: PayeeAccountSummary) {
  return { value: id, label: `${holderName}，${bankName} 尾号 ${cardTail}` };
}

function asItIs({ row, story, payee }: AmendmentFacts): Typed {
  return {
    amountFen: yuanText(row.amountFen),
    cause: row.cause,
    story: story ?? '',
    payeeRelation: row.payeeRelation,
    payeeName: row.payeeRelation === 'SELF' ? '' : payee.name,
    method: row.method,
    payeeAccountId: row.payeeAccountId ?? '',
  };
}

export type RevocationView = FormView & {
  readonly help: string;
  readonly reason: ChoiceView;
  readonly hearing: ChoiceView;
  readonly kept: AmountFieldView;
  readonly findings: TextFieldView;
  readonly bound: readonly string[];
  readonly recusals: readonly SelectView[];
};

export type RevocationFacts = About & {
  readonly directors: readonly Director[];
  readonly proposed: readonly ProposedRecusal[];
};

export function revocationView(facts: RevocationFacts, typed: Typed, errors: FieldErrors): RevocationView {
  const { row, applicant, directors, proposed } = facts;
  const bound = new Set(proposed.map(({ director }) => director.personId));
  return {
    ...formOf(row, applicant, '请理事表决撤销或变更', 'revocation', errors),
    help: '钱已经打出，查实不该发、发多了的，先听申请人说明，再请理事表决。表决通过后要公示，并在 30 天内追回，可以分次还。',
    reason: choiceField(
      'reason',
      '为什么撤销或变更？',
      worded(REVOCATION_REASONS, REASON_WORDS),
      typed,
      errors,
    ),
    hearing: choiceField('hearing', '听过申请人说明吗？', worded(HEARINGS, HEARING_WORDS), typed, errors),
    kept: amountField('keptFen', '只是发多了？变更为多少钱？', typed, errors, {
      optional: true,
      hint: `当初发了 ${yuanText(row.amountFen)} 元，多的追回；全部撤销的，这一格空着`,
    }),
    findings: textField('findings', '查到的情况和申请人的说明', typed, errors, {
      rows: 4,
      optional: true,
      secret: true,
      hint: '写进案卷，不公开',
    }),
    bound: proposed.map(({ director, reason }) => `${director.name}：${reasonWords(reason)}，必须回避`),
    recusals: directors
      .filter(({ personId }) => !bound.has(personId))
      .map((director, i) => recusalField(director, i, typed, errors)),
  };
}
