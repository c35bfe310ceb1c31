import { CAUSE_WORDS } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { fen, sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { moneyOf } from '../../cases/domain/case-notices.js';
import { contactOf, decisionSentence, objectionSentence } from '../../cases/domain/grant-notice.js';
import type { DecisionCounts, NoticeCharter } from '../../cases/domain/grant-notice.js';
import type { Rule } from '../../funds/domain/rule.js';
import type { Worksheet } from '../../funds/domain/worksheet.js';
import type { NoticeWords } from '../../notices/domain/notice-words.js';
import { sumWords } from './sum-words.js';

export type ReliefNoticeFrozen = {
  readonly federationName: string;
  readonly charter: NoticeCharter;
  readonly rule: Rule;
  readonly fundName: string;
  readonly printedName: string;
  readonly group: string;
  readonly mayPrintName: boolean;
  readonly minors: number;
  readonly names: readonly string[];
};

export type ReliefNoticeFacts = {
  readonly number: string;
  readonly cause: Cause;
  readonly sheet: Worksheet;
  readonly counts: DecisionCounts;
  readonly frozen: ReliefNoticeFrozen;
};

export type ReliefPaid = { readonly amountFen: Fen; readonly paidAt: Date; readonly toHospital: boolean };

/** Before the money leaves (domain.md 2.2). Every figure is the worksheet's, every word from a closed list. */
export function preNotice(
  facts: ReliefNoticeFacts,
  advance: { readonly amountFen: Fen; readonly paidAt: Date } | null,
): NoticeWords<'RELIEF_PRE'> {
  const { frozen, counts, sheet } = facts;
  const remark = advance ? remarkOf(sheet, advance.amountFen, '批准以后由申请人退回') : '';
  return {
    ...wordsOf(facts, `关于拟给予${frozen.fundName}救助`),
    basis: `依据${frozen.rule.document}，经本会审核，${decisionSentence(counts)}，对下列对象拟给予救助${remark}，现予公示：`,
    advance: advance && {
      ...moneyOf(advance.amountFen),
      paidOn: dayWords(dayOf(advance.paidAt)),
      hasRest: advance.amountFen < sheet.grantFen,
    },
  };
}

/** After the last of it was paid: what was promised, and how it was paid. */
export function resultNotice(
  facts: ReliefNoticeFacts,
  preNoticeNumber: string,
  paid: readonly ReliefPaid[],
): NoticeWords<'RELIEF_RESULT'> {
  const { frozen, counts, sheet } = facts;
  const paidFen = sumOf(paid.map(({ amountFen }) => amountFen));
  const remark = paidFen > sheet.grantFen ? remarkOf(sheet, paidFen, '已要求申请人退回') : '';
  return {
    ...wordsOf(facts, `关于${frozen.fundName}救助结果`),
    basis: `依据${frozen.rule.document}，经本会审核，${decisionSentence(counts)}，对下列对象给予救助${remark}，现将结果公示如下：`,
    preNotice: preNoticeNumber,
    decisionNumber: counts.decisionNumber,
    payments: paid.map(({ amountFen, paidAt, toHospital }) => ({
      amount: yuanText(amountFen),
      paidOn: dayWords(dayOf(paidAt)),
      to: toHospital ? ('HOSPITAL' as const) : ('FAMILY' as const),
    })),
    paid: moneyOf(paidFen),
  };
}

/** Where nothing is left to be paid, whoever reads the notice is told why: as much was advanced as is given, or more. */
function remarkOf({ grantFen }: Worksheet, advancedFen: Fen, back: string): string {
  if (advancedFen < grantFen) return '';
  if (advancedFen === grantFen) return '（救助款已经先行拨付，不再另行付款）';
  const excess = fen(advancedFen - grantFen);
  return `（先行拨付的比救助金额多${yuanText(excess)}元，${back}，不再另行付款）`;
}

/** By number alone, also where the applicant agreed to be named (domain.md 1.6). */
export function reliefRejectionNotice(
  { number, cause, frozen }: Pick<ReliefNoticeFacts, 'number' | 'cause' | 'frozen'>,
  counts: DecisionCounts | null,
  outcome: NoticeWords<'REJECTION'>['outcome'],
): NoticeWords<'REJECTION'> {
  const decided = counts === null ? '经审核' : decisionSentence(counts);
  return {
    ...commonOf(frozen, `关于${frozen.fundName}救助申请审议结果`),
    basis: `依据${frozen.rule.document}，${decided}，对下列申请不予救助，现予公示：`,
    caseNumber: number,
    cause: CAUSE_WORDS[cause],
    outcome,
  };
}

function wordsOf({ number, cause, sheet, frozen }: ReliefNoticeFacts, about: string) {
  const { mayPrintName, printedName, group, minors, fundName, rule } = frozen;
  const { lines, rate } = sumWords(rule, sheet);
  return {
    ...commonOf(frozen, about),
    publishMode: mayPrintName ? ('MASKED_NAME' as const) : ('NUMBER_ONLY' as const),
    caseNumber: number,
    fund: fundName,
    person: mayPrintName ? printedName : '',
    group: mayPrintName ? group : '',
    minors: mayPrintName ? minors : 0,
    cause: CAUSE_WORDS[cause],
    sum: lines,
    rate,
    grant: moneyOf(sheet.grantFen),
    cap: sheet.capApplied ? moneyOf(sheet.capFen) : null,
  };
}

function commonOf({ federationName, charter, rule, names }: ReliefNoticeFrozen, about: string) {
  return {
    title: [federationName, about, '的公示'],
    objection: objectionSentence(charter),
    issuer: federationName,
    numberPrefix: charter.numberPrefix,
    noticeDays: rule.noticeDays,
    noticeDayKind: rule.noticeDayKind,
    contactPhone: charter.publicContactPhone,
    contact: contactOf(charter),
    forbidden: [...names],
  };
}
