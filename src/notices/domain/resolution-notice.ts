import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { contactFilling, filled, TEXTS } from './notice-texts.js';
import type { NoticeContact } from './notice-texts.js';
import type { NoticeWords } from './notice-words.js';
import type { Money, Resolution, Use } from './resolutions.js';

/** The round that decided, in numbers. */
export type DecisionCounts = {
  readonly decidedAt: string;
  readonly decisionNumber: string | null;
  readonly directors: number;
  readonly recused: number;
  readonly electors: number;
  readonly present: number;
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
};

export type NoticeCharter = {
  readonly article: string;
  readonly numberPrefix: string;
  readonly noticeDays: number;
  readonly noticeDayKind: 'natural' | 'working';
  readonly publicContactOffice: string;
  readonly publicContactPhone: string;
  readonly publicContactAddress: string;
};

/** What every notice of a society is made of: its name, its charter, and whose full names must not get in. */
export type NoticeIssuer = {
  readonly societyName: string;
  readonly charter: NoticeCharter;
  readonly names: readonly string[];
};

/** 经2026年3月5日理事会表决（理事5人，回避1人，应到4人，实到4人，同意4人）: what is nought is not said, but the yes. */
export function decisionSentence(counts: DecisionCounts): string {
  const { decidedAt, directors, recused, electors, present, yes, no, abstain } = counts;
  const numbers = [
    `理事${directors}人`,
    recused > 0 ? `回避${recused}人` : '',
    `应到${electors}人`,
    `实到${present}人`,
    `同意${yes}人`,
    no > 0 ? `不同意${no}人` : '',
    abstain > 0 ? `弃权${abstain}人` : '',
  ];
  return `经${dayWords(dayOf(new Date(decidedAt)))}理事会表决（${numbers.filter(Boolean).join('，')}）`;
}

/** The one phone that a notice may hold is the office's, from the charter. */
export function objectionSentence(charter: ContactOfCharter): string {
  return filled(TEXTS.OBJECTION.usual, contactFilling(contactOf(charter)));
}

type ContactOfCharter = Pick<
  NoticeCharter,
  'publicContactOffice' | 'publicContactPhone' | 'publicContactAddress'
>;

/** Whom texts of notices are filled with. */
export function contactOf({
  publicContactOffice: office,
  publicContactPhone: phone,
  publicContactAddress: address,
}: ContactOfCharter): NoticeContact {
  return { office, phone, address };
}

/** A decision of the board that is no grant, in figures. */
export type ResolutionMatter =
  | { readonly about: 'CHARTER'; readonly charterVersion: number; readonly validFrom: Day }
  | {
      readonly about: 'FUND_RULE';
      readonly rule: string;
      readonly ruleVersion: number;
      readonly validFrom: Day;
    }
  | {
      readonly about: 'WRITE_OFF';
      /** Of the village whose case it is. */
      readonly societyName: string;
      readonly caseNumber: string;
      readonly recoveredFen: Fen;
      readonly writtenOffFen: Fen;
      /** An objection to the revocation was right: nobody was slow to pay. */
      readonly isUpheld?: boolean;
    }
  | { readonly about: 'CHANGE_OF_USE'; readonly movedFen: Fen; readonly from: Use; readonly to: Use }
  | {
      readonly about: 'UNCLAIMED_MONEY';
      readonly takenFen: Fen;
      readonly receivedOn: Day;
      readonly days: number;
    }
  | {
      readonly about: 'FAST_PATH_NOT_RATIFIED';
      readonly caseNumber: string;
      /** Null where the order still waits for the cashier. */
      readonly paidOn: Day | null;
      readonly grantedFen: Fen;
    };

/** What the board decided, as its round told it, in the numbers that a notice quotes. */
export function countsOf({
  decidedAt,
  ...decision
}: Omit<DecisionCounts, 'decidedAt'> & { readonly decidedAt: Date }): DecisionCounts {
  const { decisionNumber, directors, recused, electors, present, yes, no, abstain } = decision;
  return {
    ...{ decidedAt: decidedAt.toISOString(), decisionNumber },
    ...{ directors, recused, electors, present, yes, no, abstain },
  };
}

export type ResolutionFacts = {
  readonly matter: ResolutionMatter;
  readonly counts: DecisionCounts;
  readonly frozen: NoticeIssuer;
};

const RESOLUTION_TITLES: Readonly<Record<ResolutionMatter['about'], string>> = {
  CHARTER: '关于修订章程',
  FUND_RULE: '关于修订基金规则',
  WRITE_OFF: '关于核销未追回救助款',
  CHANGE_OF_USE: '关于变更资金用途',
  UNCLAIMED_MONEY: '关于无人认领来款的处理',
  FAST_PATH_NOT_RATIFIED: '关于紧急快办审议结果',
};

/** All other decisions: their sentences are fixed, and only figures and numbers are put in. */
export function resolutionNotice({ matter, counts, frozen }: ResolutionFacts): NoticeWords<'RESOLUTION'> {
  const { decisionNumber } = counts;
  const numbered = decisionNumber === null ? '' : `（${decisionNumber}）`;
  return {
    ...commonOf(frozen, RESOLUTION_TITLES[matter.about]),
    basis: `${basisOf(frozen.charter, counts)}，作出如下决议${numbered}，现予公示：`,
    decisionNumber,
    resolution: resolutionOf(matter),
  };
}

function resolutionOf(matter: ResolutionMatter): Resolution {
  switch (matter.about) {
    case 'CHARTER':
    case 'FUND_RULE':
      return { ...matter, validFrom: dayWords(matter.validFrom) };
    case 'WRITE_OFF': {
      const { about, societyName, caseNumber, recoveredFen, writtenOffFen, isUpheld = false } = matter;
      const recovered = recoveredFen > 0 ? moneyOf(recoveredFen) : null;
      const given = { about, societyName, caseNumber, recovered, writtenOff: moneyOf(writtenOffFen) };
      return isUpheld ? { ...given, upheld: true } : given;
    }
    case 'CHANGE_OF_USE': {
      const { about, movedFen, from, to } = matter;
      return { about, moved: moneyOf(movedFen), from, to };
    }
    case 'UNCLAIMED_MONEY': {
      const { about, takenFen, receivedOn, days } = matter;
      return { about, taken: moneyOf(takenFen), receivedOn: dayWords(receivedOn), days };
    }
    case 'FAST_PATH_NOT_RATIFIED': {
      const { about, caseNumber, paidOn, grantedFen } = matter;
      return { about, caseNumber, paidOn: paidOn && dayWords(paidOn), granted: moneyOf(grantedFen) };
    }
  }
}

/** Words and figures from one integer: a paper on which they differ is void. */
export function moneyOf(amount: Fen): Money {
  return { amountInWords: amountInWords(amount), amount: yuanText(amount) };
}

export function basisOf({ article }: NoticeCharter, counts: DecisionCounts): string {
  return `依据${article}，${decisionSentence(counts)}`;
}

export function commonOf({ societyName, charter, names }: NoticeIssuer, matter: string) {
  return {
    title: [societyName, matter, '的公示'],
    objection: objectionSentence(charter),
    issuer: societyName,
    numberPrefix: charter.numberPrefix,
    noticeDays: charter.noticeDays,
    noticeDayKind: charter.noticeDayKind,
    contactPhone: charter.publicContactPhone,
    contact: contactOf(charter),
    forbidden: [...names],
  };
}
