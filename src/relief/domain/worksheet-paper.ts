import { CAUSE_WORDS } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { fen, yuanShort, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { rateWords } from '../../funds/domain/formula.js';
import type { Formula, Rounding } from '../../funds/domain/formula.js';
import type { CapWindow, Rule } from '../../funds/domain/rule.js';
import { DEDUCTION_WORDS } from '../../funds/domain/worksheet.js';
import type { Worksheet } from '../../funds/domain/worksheet.js';
import { reviewsNeeded } from './desk-rules.js';
import { askedBy } from './policies.js';
import type { PolicyChecked } from './policies.js';
import type { Invoice } from './invoices.js';
import { POLICY_WORDS } from './relief-words.js';

type Line = { readonly label: string; readonly value: string };

/** 救助金额计算表: the whole sum as a page of the file, from the invoices to the grant. */
export type WorksheetPaper = {
  readonly kind: 'WORKSHEET';
  readonly title: readonly string[];
  readonly number: string;
  /** What this sheet is good for: worked out for once, or fixed by the panel. */
  readonly standing: string;
  readonly about: readonly Line[];
  readonly invoices: readonly { readonly at: string; readonly number: string; readonly amount: string }[];
  readonly invoiceTotal: string;
  readonly policies: readonly (Record<'outcome' | 'proof' | 'amount', string> & { readonly label: string })[];
  readonly policyTotal: string;
  readonly sum: readonly { readonly label: string; readonly how: string; readonly amount: string }[];
  readonly grantInWords: string;
  /** That the cap was applied, or that something cannot be right. */
  readonly remarks: readonly string[];
  /** Over the place where each signs: the duty, and the name where it is known. */
  readonly signatures: readonly string[];
  readonly issuer: string;
  /** To be filled in by hand, by whoever sets the seal. */
  readonly date: string;
  /** The page of the case behind a sign-in. */
  readonly verifyUrl: string;
};

export type WorksheetFacts = {
  readonly number: string;
  readonly federationName: string;
  readonly applicantName: string;
  /** Who acts for a child. */
  readonly guardianName: string | null;
  readonly group: string;
  readonly homeName: string;
  readonly submittedOn: Day;
  readonly cause: Cause;
  readonly fundName: string;
  readonly rule: Rule;
  readonly invoices: readonly Invoice[];
  readonly policies: readonly PolicyChecked[];
  readonly sheet: Worksheet;
  /** The day on which it was only tried; null where a panel has fixed it. */
  readonly triedOn: Day | null;
  readonly reviewers: readonly string[];
  /** Who approved it, the chair or the deputy; null before. */
  readonly approver: string | null;
  readonly url: string;
};

const YEAR_MONTH_DAY = '____年__月__日';

const WINDOW_WORDS: Readonly<Record<CapWindow, string>> = {
  LIFETIME: '同一户在本基金累计',
  NATURAL_YEAR: '同一户在本基金按自然年累计',
  PER_CAUSE: '同一户在本基金按事由累计',
};

const ROUNDING_WORDS: Readonly<Record<Rounding, string>> = {
  DOWN: '舍去尾数',
  HALF_UP: '四舍五入',
  UP: '尾数进一',
};
const GRAIN_WORDS: Readonly<Record<number, string>> = {
  10: '角',
  100: '元',
  1_000: '十元',
  10_000: '百元',
};

/** Every figure is the worksheet's; nothing is reckoned here but how much too much was taken off. */
export function worksheetPaper(facts: WorksheetFacts): WorksheetPaper {
  const { number, federationName, rule, invoices, sheet, triedOn, url } = facts;
  return {
    kind: 'WORKSHEET',
    title: [federationName, `救助金额计算表${triedOn === null ? '' : '（试算）'}`],
    number: `编号：${number}`,
    standing:
      triedOn === null
        ? '本表由评审确定，公示、决定和付款都以此为准。'
        : `试算：还没有评审，按${dayWords(triedOn)}的规则和已用额度算出，救助金额以评审确定的为准。`,
    about: aboutLines(facts),
    invoices: invoices.map((invoice, at) => ({
      at: String(at + 1),
      number: invoice.number,
      amount: yuanText(invoice.amountFen),
    })),
    invoiceTotal: yuanText(sheet.totalFen),
    policies: policyLines(facts),
    policyTotal: yuanText(sheet.deductedFen),
    sum: sumLines(rule, sheet),
    grantInWords: amountInWords(sheet.grantFen),
    remarks: remarksOn(sheet),
    signatures: signaturesOf(facts),
    issuer: federationName,
    date: YEAR_MONTH_DAY,
    verifyUrl: url,
  };
}

function aboutLines(facts: WorksheetFacts): Line[] {
  const { applicantName, guardianName, group, homeName, submittedOn, cause, fundName, rule } = facts;
  const line = (label: string, value: string): Line => ({ label, value });
  const guardian = guardianName === null ? '' : `（监护人：${guardianName}）`;
  return [
    line('申请人', `${applicantName}${guardian}，${group}`),
    line('申请', `${CAUSE_WORDS[cause]}，${homeName}${dayWords(submittedOn)}提交`),
    line('基金', fundName),
    line('规则', `${rule.document}（第${rule.version}版，${dayWords(rule.validFrom)}起）`),
  ];
}

/** Every policy that the rule asks about, and what else was recorded. */
function policyLines({ rule, policies }: WorksheetFacts): WorksheetPaper['policies'] {
  const asked = askedBy(rule);
  const besides = policies.map(({ deduction }) => deduction).filter((each) => !asked.includes(each));
  return [...asked, ...besides].map((deduction) => {
    const found = policies.find((each) => each.deduction === deduction);
    const label = asked.includes(deduction)
      ? DEDUCTION_WORDS[deduction]
      : `${DEDUCTION_WORDS[deduction]}（不扣除）`;
    return { label, ...outcomeOf(found) };
  });
}

function outcomeOf(found: PolicyChecked | undefined): Record<'outcome' | 'proof' | 'amount', string> {
  if (!found) return { outcome: '还没有核对', proof: '', amount: '' };
  return {
    outcome: POLICY_WORDS[found.outcome],
    proof: found.proof ?? '',
    amount: yuanText(found.amountFen),
  };
}

function sumLines({ formula, capWindow }: Rule, sheet: Worksheet): WorksheetPaper['sum'] {
  const line = (label: string, how: string, amount: Fen) => ({ label, how, amount: yuanText(amount) });
  return [
    line('费用合计', '发票合计', sheet.totalFen),
    line('减：扣除合计', '政策和其他救助合计', sheet.deductedFen),
    line('自付费用', '费用合计减扣除合计，最少为零', sheet.baseFen),
    line('按比例算出', formulaWords(formula), sheet.calculatedFen),
    line('每户最高', WINDOW_WORDS[capWindow], sheet.capFen),
    line('以前已用', '已经决定和正在评审的', sheet.usedFen),
    line('余下额度', '每户最高减以前已用', sheet.roomFen),
    line(
      sheet.capApplied ? '救助金额（按最高限额救助）' : '救助金额',
      '按比例算出和余下额度中较小的',
      sheet.grantFen,
    ),
  ];
}

/** 自付费用的60%; of brackets every one, and what becomes of the rest of a grain. */
export function formulaWords({ brackets, grainFen, rounding }: Formula): string {
  const parts = brackets.map(({ upToFen, rate }, at) => {
    const from = brackets[at - 1]?.upToFen ?? null;
    if (brackets.length === 1) return `自付费用的${rateWords(rate)}`;
    if (from === null) return `不超过${yuanShort(upToFen ?? fen(0))}元的部分按${rateWords(rate)}`;
    const range = upToFen === null ? '' : `至${yuanShort(upToFen)}元`;
    return `超过${yuanShort(from)}元${range}的部分按${rateWords(rate)}`;
  });
  const grain = GRAIN_WORDS[grainFen];
  return `${parts.join('，')}${grain === undefined ? '' : `；取整到${grain}（${ROUNDING_WORDS[rounding]}）`}`;
}

function remarksOn(sheet: Worksheet): string[] {
  const { capApplied, isOverdeducted, calculatedFen, roomFen, grantFen, deductedFen, totalFen } = sheet;
  const capped = `按比例算出的${yuanText(calculatedFen)}元超过余下额度${yuanText(roomFen)}元，按最高限额救助${yuanText(grantFen)}元。`;
  const over = fen(Math.max(deductedFen - totalFen, 0));
  const slip = `注意：扣除合计比费用合计多${yuanText(over)}元，自付费用按零计算。请核对发票和结算单，查明原因。`;
  return [...(capApplied ? [capped] : []), ...(isOverdeducted ? [slip] : [])];
}

/** Whoever handled it, one or two reviewers as the rule asks, and the chair. */
function signaturesOf({ rule, sheet, reviewers, approver }: WorksheetFacts): WorksheetPaper['signatures'] {
  const second = reviewsNeeded(rule, sheet.grantFen) === 2 || reviewers.length > 1;
  const named = (duty: string, name: string | null | undefined) => (name ? `${duty}：${name}` : duty);
  return [
    '经办',
    named('审核', reviewers[0]),
    second ? named('第二人审核', reviewers[1]) : '第二人审核：不需要',
    named('理事长', approver),
  ];
}
