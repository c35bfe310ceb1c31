import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { yuanText } from '../../kernel/fen.js';
import type { NoticeWords } from '../../notices/domain/notice-words.js';
import { contactOf, decisionSentence, objectionSentence } from '../../notices/domain/resolution-notice.js';
import type { DecisionCounts, NoticeCharter } from '../../notices/domain/resolution-notice.js';
import { CAUSE_WORDS } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import type { PayMethod } from './revision.js';

export { contactOf, decisionSentence, objectionSentence };
export type { DecisionCounts, NoticeCharter };

/** The three of the fast path, as their approval is quoted: the supervisor countersigned, and approved nothing. */
export type FastApproval = {
  readonly approvedAt: string;
  /** The deputy where the chair could not. */
  readonly chairOffice: 'CHAIR' | 'DEPUTY';
  readonly ratifyWorkingDays: number;
};

/** Who said yes to a case, and how: kept with the case, and quoted by its notice. */
export type GrantDecision =
  ({ readonly via: 'ROUND' } & DecisionCounts) | ({ readonly via: 'FAST' } & FastApproval);

export type GrantFacts = {
  readonly caseNumber: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly method: PayMethod;
  readonly paidAt: Date;
  readonly decision: GrantDecision;
  readonly frozen: {
    readonly societyName: string;
    readonly charter: NoticeCharter;
    readonly maskedName: string;
    /** 柳溪村三组 */
    readonly group: string;
    readonly mayPrintName: boolean;
    readonly names: readonly string[];
  };
};

/**
 * The words of the notice after payment (domain.md 1.6, vector of section 5), every one of them made here from rows:
 * figures and capitals come from one integer, the cause from the closed list, and nothing that anybody typed freely
 * gets in. Who did not consent to a masked name, or is a child, stands there by the number of the case alone
 * (D4-32, D4-33).
 */
export function grantNotice(facts: GrantFacts): NoticeWords<'GRANT_POST'> {
  const { caseNumber, cause, amountFen, method, paidAt, decision, frozen } = facts;
  const { charter, mayPrintName } = frozen;
  return {
    title: [frozen.societyName, '关于急难救助情况的公示'],
    basis: `依据${charter.article}，${basisSentence(decision)}，现予公示：`,
    items: [
      {
        person: mayPrintName ? frozen.maskedName : '',
        group: mayPrintName ? frozen.group : '',
        cause: CAUSE_WORDS[cause],
        amountInWords: amountInWords(amountFen),
        amount: yuanText(amountFen),
        paidOn: dayWords(dayOf(paidAt)),
        paidHow: method === 'CARD' ? '已先行打款' : '已先行付现金',
      },
    ],
    objection: objectionSentence(charter),
    issuer: frozen.societyName,
    numberPrefix: charter.numberPrefix,
    noticeDays: charter.noticeDays,
    noticeDayKind: charter.noticeDayKind,
    publishMode: mayPrintName ? 'MASKED_NAME' : 'NUMBER_ONLY',
    caseNumber,
    contactPhone: charter.publicContactPhone,
    contact: contactOf(charter),
    forbidden: [...frozen.names],
  };
}

function basisSentence(decision: GrantDecision): string {
  return decision.via === 'ROUND'
    ? `${decisionSentence(decision)}，对下列对象先行给予救助`
    : fastSentence(decision);
}

/** 经2026年3月5日理事长、秘书长批准，监事会签，按紧急快办…: who approved and who countersigned are kept apart. */
function fastSentence({ approvedAt, chairOffice, ratifyWorkingDays }: FastApproval): string {
  const chair = chairOffice === 'CHAIR' ? '理事长' : '副理事长';
  return (
    `经${dayWords(dayOf(new Date(approvedAt)))}${chair}、秘书长批准，监事会签，按紧急快办对下列对象先行给予救助，` +
    `并将在${ratifyWorkingDays}个工作日内提请理事会追认`
  );
}
