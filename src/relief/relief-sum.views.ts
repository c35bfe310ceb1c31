import { DEDUCTION_WORDS } from '../funds/domain/worksheet.js';
import { amountInWords } from '../kernel/chinese/amount-in-words.js';
import { yuanShort, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { table } from '../platform/web/views.js';
import type { TableView } from '../platform/web/views.js';
import { POLICY_WORDS } from './domain/relief-words.js';
import type { InvoiceFact, PolicyFact, Sum } from './relief.queries.js';

/** The worksheet as every page shows it: each line with what proves it, and the result in figures and words. */
export type SumView = {
  readonly lines: TableView;
  readonly grant: string;
  readonly inWords: string | null;
  /** By which rule, and whether a panel has fixed it. */
  readonly basis: string;
  readonly warnings: readonly string[];
};

export type SumFacts = {
  readonly sum: Sum;
  readonly invoices: readonly InvoiceFact[];
  readonly policies: readonly PolicyFact[];
};

export const yuan = (amount: Fen): string => `${yuanText(amount)} 元`;

export function sumView({ sum, invoices, policies }: SumFacts): SumView {
  const { sheet, words, rule, isFixed } = sum;
  const [total, ...rest] = words.lines;
  const base = rest.at(-1);
  const taken = sheet.lines.map(({ deduction }, i) => [
    rest[i]?.label ?? DEDUCTION_WORDS[deduction],
    policyProof(policies.find((each) => each.deduction === deduction)),
    rest[i]?.amount ?? '',
  ]);
  const [calculated, ...bounds] = words.bounds;
  return {
    lines: table(
      '算式',
      ['项目', '凭据', '金额（元）:'],
      [
        [total?.label ?? '', `发票 ${invoices.length} 张`, total?.amount ?? ''],
        ...taken,
        [base?.label ?? '', '费用合计减去上面各项', base?.amount ?? ''],
        [calculated?.label ?? '', `自付费用 ${words.rate}`, calculated?.amount ?? ''],
        ...bounds.map(({ label, amount }) => [label, BOUND_WORDS[label] ?? '', amount]),
      ],
      '',
      { brief: true },
    ),
    grant: yuan(sheet.grantFen),
    inWords: sheet.grantFen > 0 ? amountInWords(sheet.grantFen) : null,
    basis: isFixed
      ? `评审时已经定下，按${rule.document}（第 ${rule.version} 版）`
      : `按今天的规则试算，评审时才定下：${rule.document}（第 ${rule.version} 版）`,
    warnings: warningsOf(sum),
  };
}

const BOUND_WORDS: Readonly<Record<string, string>> = {
  每户最高: '基金规则',
  以前已用: '本户在本基金已经得到的和正在评审的',
  余下额度: '每户最高减去以前已用',
};

/** “已经报销或救助，凭据 JS-2026-01”; a line that nobody has checked yet says so. */
function policyProof(policy: PolicyFact | undefined): string {
  if (!policy) return '还没核';
  const proof = policy.proof === null ? '' : `，凭据 ${policy.proof}`;
  return `${POLICY_WORDS[policy.outcome]}${proof}`;
}

function warningsOf({ sheet }: Sum): string[] {
  const { isOverdeducted, roomFen, calculatedFen, capFen, capApplied } = sheet;
  return [
    ...(isOverdeducted ? ['扣除的比费用还多，请核对有没有填错。'] : []),
    ...(roomFen === 0 && calculatedFen > 0 ? [`本户在本基金的最高额 ${yuanShort(capFen)} 元已经用完。`] : []),
    ...(capApplied && roomFen > 0
      ? [`按规则算出 ${yuanText(calculatedFen)} 元，超过余下的额度，按最高限额救助。`]
      : []),
  ];
}

export function invoicesTable(invoices: readonly InvoiceFact[]): TableView {
  return table(
    '发票',
    ['发票号码', '金额（元）:'],
    invoices.map(({ number, amountFen }) => [number, yuanText(amountFen)]),
    '没有发票。',
    { brief: true },
  );
}
