import { OFFICE_WORDS } from '../offices/index.js';
import type { Holder } from '../offices/index.js';
import { DEDUCTION_WORDS } from '../funds/domain/worksheet.js';
import type { Deduction } from '../funds/domain/worksheet.js';
import { RELIEF_PAPER_WORDS, RELIEF_PAPERS } from '../funds/domain/rule.js';
import type { Rule } from '../funds/domain/rule.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { amountField, checkField, choiceField, fileField, textField } from '../platform/web/views.js';
import type {
  AmountFieldView,
  CheckView,
  ChoiceView,
  FileFieldView,
  TableView,
  TextFieldView,
} from '../platform/web/views.js';
import { LEAST_ASSESSORS, MOST_RETURNS } from './domain/relief-procedure.js';
import { askedBy } from './domain/policies.js';
import { POLICY_OUTCOMES, POLICY_WORDS, VERIFY_RESULTS, VERIFY_WORDS } from './domain/relief-words.js';
import type { AidLine } from './relief-aid.js';
import { policyFields, scoreField } from './relief-fields.js';
import { aidTable, papersTable } from './relief-facts.views.js';
import { formOf, options, renamed } from './relief-state.views.js';
import type { FormView } from './relief-state.views.js';
import { invoicesTable, yuan } from './relief-sum.views.js';
import type { InvoiceFact, PaperFact, Sum } from './relief.queries.js';
import type { About } from './relief.reading.js';

export type PoliciesView = FormView & {
  readonly total: string;
  readonly invoices: TableView;
  readonly policies: readonly {
    readonly outcome: ChoiceView;
    readonly amount: AmountFieldView;
    readonly proof: TextFieldView;
  }[];
  readonly aid: TableView;
};

type PoliciesFacts = About & {
  readonly rule: Rule;
  readonly invoices: readonly InvoiceFact[];
  readonly aid: readonly AidLine[];
};

export function policiesView(facts: PoliciesFacts, typed: Typed, errors: FieldErrors): PoliciesView {
  return {
    ...formOf(facts, '核政策', 'policies', errors),
    total: yuan(facts.known.totalFen),
    invoices: invoicesTable(facts.invoices),
    policies: askedBy(facts.rule).map((deduction) => policyGroup(deduction, typed, errors)),
    aid: aidTable(facts.aid),
  };
}

function policyGroup(deduction: Deduction, typed: Typed, errors: FieldErrors) {
  const { outcome, amount, proof } = policyFields(deduction);
  const name = DEDUCTION_WORDS[deduction];
  return {
    outcome: choiceField(
      outcome,
      `${name}办得怎样？`,
      options(POLICY_OUTCOMES, POLICY_WORDS),
      typed,
      errors,
      { tiles: true },
    ),
    amount: amountField(amount, `${name}出了多少？`, typed, errors, {
      optional: true,
      hint: '已经报销或救助的才填',
    }),
    proof: textField(proof, '凭据号', typed, errors, { optional: true, short: true, hint: '结算单上的编号' }),
  };
}

export type VerificationView = FormView & {
  readonly papers: TableView;
  readonly missing: { readonly words: string; readonly href: string } | null;
  readonly papersError: string | null;
  readonly result: ChoiceView;
  readonly stamped: CheckView;
  readonly note: TextFieldView;
};

type VerificationFacts = About & { readonly rule: Rule; readonly papers: readonly PaperFact[] };

export function verificationView(
  facts: VerificationFacts,
  typed: Typed,
  errors: FieldErrors,
): VerificationView {
  const { known, rule, papers } = facts;
  const brought = new Set(papers.map(({ kind }) => kind));
  const missing = rule.papers
    .filter((paper) => !brought.has(paper))
    .map((paper) => RELIEF_PAPER_WORDS[paper]);
  return {
    ...formOf(facts, '记核实', 'verification', errors),
    papers: papersTable(papers, rule.papers, true),
    missing:
      missing.length === 0
        ? null
        : { words: `还缺：${missing.join('、')}`, href: `/s/relief/${known.id}/return` },
    papersError: errors['papers'] ?? null,
    result: choiceField(
      'result',
      '核对家庭经济状况，结果怎样？',
      [
        { value: VERIFY_RESULTS[0], label: VERIFY_WORDS.NORMAL },
        { value: VERIFY_RESULTS[1], label: VERIFY_WORDS.ABNORMAL, hint: '写明情况；不会因此自动拒绝' },
      ],
      typed,
      errors,
    ),
    stamped: checkField(
      'originalsStamped',
      '发票原件',
      [{ value: 'yes', label: '都看过原件，已经盖上“已救助”章' }],
      typed,
      errors,
    ),
    note: textField('note', '情况', typed, errors, {
      rows: 4,
      optional: true,
      secret: true,
      hint: '异常的一定要写：哪里异常、怎样核实的',
    }),
  };
}

export type AssessmentView = FormView & {
  readonly sum: string;
  readonly scoresError: string | null;
  readonly scores: readonly TextFieldView[];
  readonly least: string;
  readonly opinion: TextFieldView;
  readonly sheet: FileFieldView;
};

type AssessmentFacts = About & { readonly sum: Sum; readonly assessors: readonly Holder[] };

export function assessmentView(facts: AssessmentFacts, typed: Typed, errors: FieldErrors): AssessmentView {
  const { sum, assessors } = facts;
  const faults = renamed(errors, { papers: 'sheet' });
  return {
    ...formOf(facts, '记研判', 'assessment', faults),
    sum: yuan(sum.sheet.grantFen),
    scoresError: errors['scores'] ?? null,
    scores: assessors.map((holder) => scoreBox(holder, typed, faults)),
    least: `至少 ${LEAST_ASSESSORS} 个人打分，0 到 100 分；没参加的空着。和申请人有关系的不在名单里。打过分的不能再审核。`,
    opinion: textField('opinion', '研判意见', typed, errors, {
      rows: 4,
      secret: true,
      hint: '大家怎么看：困难到什么程度，救助解决什么',
    }),
    sheet: fileField('sheet', '打分人签字的研判表照片', faults, { camera: true }),
  };
}

function scoreBox({ personId, name, offices }: Holder, typed: Typed, errors: FieldErrors): TextFieldView {
  const label = `${name}（${offices.map((office) => OFFICE_WORDS[office]).join('、')}）`;
  return textField(scoreField(personId), label, typed, errors, {
    inputmode: 'numeric',
    suffix: '分',
    short: true,
    optional: true,
  });
}

export type ReturnView = FormView & {
  readonly times: string;
  readonly items: CheckView;
  readonly note: TextFieldView;
};

export function returnView(about: About, typed: Typed, errors: FieldErrors): ReturnView {
  const { known } = about;
  return {
    ...formOf(about, '退回补正', 'return', errors),
    times: `这是第 ${known.returns + 1} 次退回，最多退 ${MOST_RETURNS} 次。对方有 15 个工作日，这段时间不算在办理时限里。`,
    items: checkField('items[]', '要补哪些材料？', options(RELIEF_PAPERS, RELIEF_PAPER_WORDS), typed, errors),
    note: textField('note', '说明', typed, errors, {
      rows: 3,
      optional: true,
      secret: true,
      hint: '写进补正通知书，如 第二张发票看不清，请重拍',
    }),
  };
}
