import { reasonWords } from '../board/index.js';
import { recusalField } from '../cases/index.js';
import { amountInWords } from '../kernel/chinese/amount-in-words.js';
import { instantWords } from '../kernel/chinese/words.js';
import { yuanOf, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { amountField, choiceField, row, selectField } from '../platform/web/views.js';
import { aidTable } from './relief-facts.views.js';
import type { AidLine } from './relief-aid.js';
import type {
  AmountFieldView,
  ChoiceView,
  SelectView,
  SummaryRow,
  TableView,
} from '../platform/web/views.js';
import { excessAdvanceOf, toPayOf } from './domain/parts.js';
import { MERGER_FINDINGS, MERGER_WORDS } from './domain/relief-words.js';
import { FAMILY, PLAN_LINES, planFields } from './relief-fields.js';
import type { PanelFacts, PayFacts } from './relief-forms.reading.js';
import { formOf, options } from './relief-state.views.js';
import type { FormView } from './relief-state.views.js';
import { sumView, yuan } from './relief-sum.views.js';
import type { SumView } from './relief-sum.views.js';
import type { InvoiceFact, PolicyFact } from './relief.queries.js';
import type { About } from './relief.reading.js';

export type PanelView = FormView & {
  readonly sum: SumView;
  readonly facts: readonly SummaryRow[];
  readonly warning: string | null;
  /** Where there is nothing to vote on: refused by the rule, published and told. */
  readonly refusal: { readonly words: string; readonly action: string } | null;
  /** Where the sum has grown since the review: somebody else has to review it first. */
  readonly second: { readonly words: string; readonly action: string } | null;
  readonly bound: readonly string[];
  readonly recusals: readonly SelectView[];
};

type Proofs = { readonly invoices: readonly InvoiceFact[]; readonly policies: readonly PolicyFact[] };

export function panelView(facts: PanelFacts & Proofs, typed: Typed, errors: FieldErrors): PanelView {
  const { known, sum, directors, proposed, freeFen, voteHours } = facts;
  const bound = new Set(proposed.map(({ director }) => director.personId));
  const left = directors.filter(({ personId }) => !bound.has(personId));
  const { grantFen, calculatedFen } = sum.sheet;
  const { advancedFen } = known;
  const toPay = toPayOf({ grantFen, advancedFen });
  const excess = excessAdvanceOf({ grantFen, advancedFen });
  return {
    ...formOf(facts, '请理事评审', 'panel', errors),
    sum: sumView(facts),
    facts: [
      row('评审的金额', `${yuan(grantFen)}${grantFen > 0 ? `（${amountInWords(grantFen)}）` : ''}`),
      ...(advancedFen > 0 ? [row('已先拨', yuan(advancedFen)), row('还要留出', yuan(toPay))] : []),
      ...(excess > 0 ? [row('先拨多了', `${yuan(excess)}，批准以后要求退回`)] : []),
      row('从哪里出', known.fundName),
      row('基金里可用', toPay > 0 ? `${yuan(freeFen)}，发起时先留出这一笔` : yuan(freeFen)),
      row('谁能投', `理事 ${directors.length} 人，回避后应到 ${left.length} 人`),
      row('期限', `${voteHours} 小时内`),
    ],
    warning: toPay > freeFen ? '基金里可用的钱不够，现在发起会被拦下。' : null,
    refusal:
      grantFen > 0
        ? null
        : {
            words:
              calculatedFen > 0
                ? '本户在本基金的最高额已经用完，按规则是 0 元，不用评审。记下以后，写告知书、公示（只写编号）。'
                : '政策用足以后没有自付费用，按规则是 0 元，不用评审。记下以后，写告知书、公示（只写编号）。',
            action: `/s/relief/${known.id}/refusal`,
          },
    second: secondOf(facts),
    bound: proposed.map(({ director, reason }) => `${director.name}：${reasonWords(reason)}，必须回避`),
    recusals: left.map((director, i) => recusalField(director, i, typed, errors)),
  };
}

function secondOf({ known, sum, reviews, reviewsNeeded }: PanelFacts): PanelView['second'] {
  if (reviews >= reviewsNeeded) return null;
  const grant = yuan(sum.sheet.grantFen);
  return {
    words: `审核以后金额变了：现在算出来是 ${grant}，要 ${reviewsNeeded} 个人审核，只审过 ${reviews} 个人。第二个人审过，再请理事评审。`,
    action: `/s/relief/${known.id}/second-review`,
  };
}

export type MergerView = FormView & { readonly aid: TableView; readonly finding: ChoiceView };

/** What the family has had from everybody stands beside the question whether it is one family. */
export function mergerView(
  about: About & { readonly aid: readonly AidLine[] },
  typed: Typed,
  errors: FieldErrors,
): MergerView {
  return {
    ...formOf(about, '核对合户', 'merger', errors),
    aid: aidTable(about.aid),
    finding: choiceField(
      'finding',
      '两组人合成了一户，额度并在一起算。核对的结果是？',
      options(MERGER_FINDINGS, MERGER_WORDS),
      typed,
      errors,
    ),
  };
}

export type ApprovalView = FormView & {
  readonly facts: readonly SummaryRow[];
  /** Null once it can be approved. */
  readonly wait: string | null;
  readonly button: string;
};

export function approvalView(facts: PayFacts): ApprovalView {
  const { known, sum } = facts;
  const { noticeEndedAt, advancedFen } = known;
  return {
    ...formOf(facts, '批准', 'approval', {}),
    facts: [
      row('救助金额', `${yuan(sum.sheet.grantFen)}（${amountInWords(sum.sheet.grantFen)}）`),
      ...(sum.sheet.capApplied ? [row('说明', '按最高限额救助')] : []),
      ...(advancedFen > 0 ? [row('已先拨', yuan(advancedFen)), row('还要付', yuan(leftOf(facts)))] : []),
      ...(excessOf(facts) > 0 ? [row('先拨多了', `${yuan(excessOf(facts))}，批准以后要求退回`)] : []),
      row('从哪里出', known.fundName),
      ...(leftOf(facts) > 0 ? [row('怎样付', planWords(facts))] : []),
      row(
        '事前公示',
        noticeEndedAt === null ? '还没有期满' : `${instantWords(noticeEndedAt)} 期满，没有成立的异议`,
      ),
    ],
    wait: noticeEndedAt === null ? '等事前公示期满才能批准。' : null,
    button: leftOf(facts) > 0 ? `批准，付 ${yuanText(leftOf(facts))} 元` : '批准，不用再付',
  };
}

const grantedOf = ({ known, sum }: PayFacts) => ({
  grantFen: sum.sheet.grantFen,
  advancedFen: known.advancedFen,
});
const leftOf = (facts: PayFacts): Fen => toPayOf(grantedOf(facts));
const excessOf = (facts: PayFacts): Fen => excessAdvanceOf(grantedOf(facts));

function planWords(facts: PayFacts): string {
  const { known, institutions } = facts;
  const nameOf = (id: string | null) =>
    id === null ? familyWords(facts) : (institutions.find((each) => each.id === id)?.name ?? '医院');
  if (known.plan === null) return `一笔付清，付给${familyWords(facts)}`;
  return known.plan
    .map(
      ({ amountFen, institutionId }, i) =>
        `第 ${i + 1} 笔 ${yuanText(amountFen)} 元，付给${nameOf(institutionId)}`,
    )
    .join('；');
}

function familyWords({ account }: PayFacts): string {
  return account ? `家庭（${account.bankName} 尾号 ${account.cardTail}）` : '家庭（还没有收款账户）';
}

export type PlanView = FormView & {
  readonly toPay: string;
  readonly institutions: { readonly words: string; readonly href: string };
  readonly lines: readonly {
    readonly amount: AmountFieldView;
    readonly to: SelectView;
  }[];
};

export function planView(facts: PayFacts, typed: Typed | null, errors: FieldErrors): PlanView {
  const shown = typed ?? planTyped(facts);
  return {
    ...formOf(facts, '安排怎样付', 'plan', errors),
    toPay: yuan(leftOf(facts)),
    institutions: { words: '收款机构里没有这家医院？先去登记', href: '/s/payments/institutions' },
    lines: PLAN_LINES.map((line) => {
      const names = planFields(line);
      const optional = line > 1;
      return {
        amount: amountField(names.amount, `第 ${line} 笔付多少？`, shown, errors, { optional }),
        to: payeeField(names.to, `第 ${line} 笔付给谁？`, facts, shown, errors, optional),
      };
    }),
  };
}

export function payeeField(
  name: string,
  label: string,
  facts: PayFacts,
  typed: Typed,
  errors: FieldErrors,
  optional = false,
): SelectView {
  const choices = [
    { value: '', label: '请选择' },
    { value: FAMILY, label: familyWords(facts) },
    ...facts.institutions.map((each) => ({
      value: each.id,
      label: `${each.name}（尾号 ${each.accountTail}）`,
    })),
  ];
  return selectField(name, label, choices, typed, errors, { optional });
}

function planTyped(facts: PayFacts): Typed {
  const { known } = facts;
  const parts = known.plan ?? [{ amountFen: leftOf(facts), institutionId: null }];
  return Object.fromEntries(
    parts.flatMap(({ amountFen, institutionId }, i) => {
      const names = planFields(i + 1);
      return [
        [names.amount, yuanOf(amountFen)],
        [names.to, institutionId ?? FAMILY],
      ];
    }),
  );
}
