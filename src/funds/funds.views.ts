import { motionsTable } from '../board/index.js';
import type { RuleMotionFacts } from '../board/index.js';
import { dayWords } from '../kernel/chinese/words.js';
import { amountInWords } from '../kernel/chinese/amount-in-words.js';
import type { Day } from '../kernel/day.js';
import { sumOf, yuanShort, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { amountField, button, errorsOf, row, table } from '../platform/web/views.js';
import type { ButtonView, SummaryRow, TableView } from '../platform/web/views.js';
import { rateWords } from './domain/formula.js';
import { levelBelow, LEVEL_WORDS } from './domain/fund.js';
import type { Fund } from './domain/fund.js';
import type { Rule } from './domain/rule.js';
import { DEDUCTION_WORDS, DEDUCTIONS } from './domain/worksheet.js';
import type { Worksheet } from './domain/worksheet.js';
import type { FundTree, FundWithMoney } from './funds.queries.js';
import { ruleRows } from './rule-words.js';

const yuan = (amount: Fen) => `${yuanText(amount)} 元`;
const hrefOf = ({ id }: Pick<Fund, 'id'>) => `/s/funds/${id}`;

/** A node and all below it, parents before children. */
function withChildren(nodes: readonly FundWithMoney[], of: FundWithMoney): FundWithMoney[] {
  return [
    of,
    ...nodes.filter(({ parentId }) => parentId === of.id).flatMap((each) => withChildren(nodes, each)),
  ];
}

function nodesTable(caption: string, nodes: readonly FundWithMoney[], empty: string): TableView {
  return table(
    caption,
    ['名称', '层级', '余额（元）:', '可用（元）:'],
    nodes.map((node) => [
      { words: node.name, href: hrefOf(node) },
      LEVEL_WORDS[node.level],
      yuanText(node.balanceFen),
      yuanText(node.freeFen),
    ]),
    empty,
  );
}

export type FundsView = {
  readonly title: string;
  readonly federation: string | null;
  readonly funds: readonly {
    readonly name: string;
    readonly href: string;
    readonly purpose: string;
    readonly figures: readonly { readonly label: string; readonly value: string }[];
    readonly nodes: TableView | null;
  }[];
  readonly open: ButtonView | null;
  readonly nothing: { readonly words: string; readonly actions: readonly ButtonView[] };
};

export function fundsView(tree: FundTree | null, mayKeep: boolean): FundsView {
  const nodes = tree?.nodes ?? [];
  return {
    title: '基金',
    federation: tree?.federation.name ?? null,
    funds: nodes
      .filter(({ parentId }) => parentId === null)
      .map((fund) => {
        const all = withChildren(nodes, fund);
        return {
          name: fund.name,
          href: hrefOf(fund),
          purpose: fund.purpose,
          figures: [
            { label: '余额（含各项目）', value: yuan(sumOf(all.map(({ balanceFen }) => balanceFen))) },
            { label: '可用', value: yuan(sumOf(all.map(({ freeFen }) => freeFen))) },
          ],
          nodes: all.length > 1 ? nodesTable('项目', all.slice(1), '') : null,
        };
      }),
    open: mayKeep ? button('设立基金', 'main', '/s/funds/new') : null,
    nothing: {
      words: tree
        ? `${tree.federation.name}还没有设立基金。`
        : '上级还没有慈善总会，暂时没有可以申请的基金。',
      actions: [],
    },
  };
}

export type FundFacts = {
  readonly tree: FundTree;
  readonly fund: FundWithMoney;
  readonly root: Fund;
  readonly rules: readonly Rule[];
  /** What the board was asked about the rule, the newest first. */
  readonly motions: readonly RuleMotionFacts[];
  readonly today: Day;
  readonly mayKeep: boolean;
  readonly mayEstimate: boolean;
};

type RuleVersion = { readonly heading: string; readonly rows: readonly SummaryRow[] };

export type FundView = {
  readonly title: string;
  readonly purpose: string;
  readonly facts: readonly SummaryRow[];
  /** Null for whoever helps no family. */
  readonly estimate: ButtonView | null;
  readonly actions: readonly ButtonView[];
  readonly nodes: TableView | null;
  /** A project goes by the rule of its fund: it says so, and leads there. */
  readonly ruleOf: { readonly words: string; readonly href: string } | null;
  readonly inForce: RuleVersion | null;
  readonly versions: readonly RuleVersion[];
  /** Of a fund itself. */
  readonly motions: TableView | null;
  readonly voting: { readonly words: string; readonly href: string } | null;
};

export function fundView({ tree, fund, root, rules, motions, today, ...may }: FundFacts): FundView {
  const { mayKeep } = may;
  const voting = motions.find(({ state }) => state === 'VOTING');
  const parent = tree.nodes.find(({ id }) => id === fund.parentId);
  const below = withChildren(tree.nodes, fund).slice(1);
  const inForce = rules.find(({ validFrom }) => validFrom <= today);
  const next = levelBelow(fund.level);
  return {
    title: fund.name,
    purpose: fund.purpose,
    facts: [
      row('层级', LEVEL_WORDS[fund.level]),
      ...(parent ? [row('属于', parent.name, { href: hrefOf(parent) })] : []),
      row('管理单位', tree.federation.name),
      row('设立日期', dayWords(fund.openedOn)),
      row('余额', yuan(fund.balanceFen)),
      row('已留', yuan(fund.reservedFen)),
      row('可用', yuan(fund.freeFen)),
    ],
    estimate: may.mayEstimate ? button('试算能救助多少', 'main', `${hrefOf(fund)}/estimate`) : null,
    actions: mayKeep
      ? [
          ...(next ? [button(`设${LEVEL_WORDS[next]}`, 'second', `${hrefOf(fund)}/projects/new`)] : []),
          ...(fund.level === 'FUND' && !voting
            ? [button('修订规则', 'second', `${hrefOf(fund)}/rules/new`)]
            : []),
        ]
      : [],
    nodes: next ? nodesTable('项目', below, '还没有项目。') : null,
    ruleOf: fund.level === 'FUND' ? null : { words: `按“${root.name}”的规则办理`, href: hrefOf(root) },
    inForce: inForce ? versionOf(inForce, '现行规则') : null,
    versions: rules
      .filter((rule) => rule !== inForce)
      .map((rule) => versionOf(rule, rule.validFrom > today ? '将要生效' : '以前的规则')),
    motions: fund.level === 'FUND' ? motionsTable(motions) : null,
    voting: voting?.roundId
      ? {
          words: `规则第 ${voting.version} 版正在表决，通过以后自${dayWords(voting.validFrom)}起施行`,
          href: mayKeep ? `/s/rounds/${voting.roundId}` : hrefOf(root),
        }
      : null,
  };
}

function versionOf(rule: Rule, heading: string): RuleVersion {
  return { heading: `${heading}（第 ${rule.version} 版）`, rows: ruleRows(rule) };
}

type EstimateFacts = { readonly root: Fund; readonly rule: Rule; readonly sheet: Worksheet | null };

export function estimateView({ root, rule, sheet }: EstimateFacts, typed: Typed, errors: FieldErrors) {
  const amount = (name: string, label: string, hint: string | null = null) =>
    amountField(name, label, typed, errors, { optional: name !== 'totalFen', hint });
  const asked = DEDUCTIONS.filter((each) => each !== 'CROWDFUNDING' || rule.deductsCrowdfunding);
  return {
    title: '试算能救助多少',
    fund: root.name,
    back: hrefOf(root),
    action: `${hrefOf(root)}/estimate`,
    errors: errorsOf(errors),
    total: amount('totalFen', '费用一共多少？', '所有发票加起来，如 995400 或 99.54万'),
    deductions: asked.map((deduction) => amount(deduction, `${DEDUCTION_WORDS[deduction]}出了多少？`)),
    used: amount('usedFen', '这一户以前从本基金得过多少？'),
    result: sheet && resultView(rule, sheet),
  };
}

/** The worksheet as it stands in a file: one line after the other, and what is not as usual in words. */
export function resultView(rule: Rule, sheet: Worksheet) {
  const [only] = rule.formula.brackets;
  const rate = rule.formula.brackets.length === 1 && only ? `× ${rateWords(only.rate)}` : '按各段比例';
  const warnings = [
    sheet.isOverdeducted ? '扣除的比费用还多，请核对有没有填错。' : null,
    sheet.roomFen === 0
      ? `这一户在本基金的最高救助额 ${yuanShort(sheet.capFen)} 元已经用完，可以看看其他基金。`
      : null,
    sheet.capApplied && sheet.roomFen > 0
      ? `按规则算出 ${yuanText(sheet.calculatedFen)} 元，超过余下的额度，按最高限额救助。`
      : null,
  ];
  return {
    lines: table(
      '算式',
      ['项目', '金额（元）:'],
      [
        ['费用合计', yuanText(sheet.totalFen)],
        ...sheet.lines.map(({ deduction, amountFen }) => [
          `减：${DEDUCTION_WORDS[deduction]}`,
          yuanText(amountFen),
        ]),
        ['自付费用', yuanText(sheet.baseFen)],
        [rate, yuanText(sheet.calculatedFen)],
        ['每户最高', yuanText(sheet.capFen)],
        ['以前已用', yuanText(sheet.usedFen)],
        ['余下额度', yuanText(sheet.roomFen)],
      ],
      '',
    ),
    grant: yuan(sheet.grantFen),
    words: sheet.grantFen > 0 ? amountInWords(sheet.grantFen) : null,
    warnings: warnings.filter((words) => words !== null),
  };
}
