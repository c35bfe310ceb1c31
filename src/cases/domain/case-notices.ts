import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { yuanText } from '../../kernel/fen.js';
import type { RevocationReason } from '../../notices/domain/notice-reasons.js';
import type { NoticeWords } from '../../notices/domain/notice-words.js';
import type { Money, Resolution, Use } from '../../notices/domain/resolutions.js';
import { CAUSE_WORDS } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import { decisionSentence, objectionSentence } from './grant-notice.js';
import type { DecisionCounts, NoticeCharter } from './grant-notice.js';

/** What every notice of a society is made of: its name, its charter, and whose full names must not get in. */
export type NoticeIssuer = {
  readonly societyName: string;
  readonly charter: NoticeCharter;
  readonly names: readonly string[];
};

export type RejectionFacts = {
  readonly caseNumber: string;
  readonly cause: Cause;
  readonly counts: DecisionCounts;
  readonly frozen: NoticeIssuer;
};

/**
 * A refusal, by the number of the case alone, also where the applicant agreed to be named (domain.md 1.6): what was
 * asked for and how the vote went. Why, the applicant reads in a letter.
 */
export function rejectionNotice({
  caseNumber,
  cause,
  counts,
  frozen,
}: RejectionFacts): NoticeWords<'REJECTION'> {
  return {
    ...commonOf(frozen, '关于急难救助申请审议结果'),
    basis: `${basisOf(frozen.charter, counts)}，对下列申请不予救助，现予公示：`,
    caseNumber,
    cause: CAUSE_WORDS[cause],
    outcome: 'NOT_ENOUGH_YES',
  };
}

/** How somebody stood in the notice that is taken back. A child stands there by its guardian (D4-32). */
export type Printed = {
  readonly maskedName: string;
  /** 柳溪村三组 */
  readonly group: string;
  /** Children for whom the guardian, `maskedName`, stands there. */
  readonly minors: number;
};

export type RevocationFacts = {
  readonly caseNumber: string;
  readonly cause: Cause;
  readonly grantedFen: Fen;
  readonly demandedFen: Fen;
  readonly reason: RevocationReason;
  readonly counts: DecisionCounts;
  /** Number of the notice of the grant; null where none had been signed. */
  readonly revokes: string | null;
  /** Null where that notice named nobody, or where the consent to be named was withdrawn since (D4-33). */
  readonly printed: Printed | null;
  readonly frozen: NoticeIssuer;
};

/** A grant is taken back: which, why, from the closed list, and how much is demanded (domain.md 2.1). */
export function revocationNotice(facts: RevocationFacts): NoticeWords<'REVOCATION'> {
  const { caseNumber, cause, grantedFen, demandedFen, reason, counts, frozen } = facts;
  if (demandedFen < 1 || demandedFen > grantedFen)
    throw new RangeError('What is demanded back is a part of what was granted');
  const printed = facts.revokes === null ? null : facts.printed;
  return {
    ...commonOf(frozen, '关于撤销急难救助'),
    basis: `${basisOf(frozen.charter, counts)}，撤销下列救助，现予公示：`,
    publishMode: printed === null ? 'NUMBER_ONLY' : 'MASKED_NAME',
    caseNumber,
    revokes: facts.revokes,
    person: printed?.maskedName ?? '',
    group: printed?.group ?? '',
    minors: printed?.minors ?? 0,
    cause: CAUSE_WORDS[cause],
    granted: moneyOf(grantedFen),
    reason,
    demanded: moneyOf(demandedFen),
  };
}

/** A decision of the board that is no grant, in figures. */
export type ResolutionMatter =
  | { readonly about: 'CHARTER'; readonly charterVersion: number; readonly validFrom: Day }
  | {
      readonly about: 'WRITE_OFF';
      /** Of the village whose case it is. */
      readonly societyName: string;
      readonly caseNumber: string;
      readonly recoveredFen: Fen;
      readonly writtenOffFen: Fen;
    }
  | { readonly about: 'CHANGE_OF_USE'; readonly movedFen: Fen; readonly from: Use; readonly to: Use }
  | {
      readonly about: 'FAST_PATH_NOT_RATIFIED';
      readonly caseNumber: string;
      /** Null where the order still waits for the cashier. */
      readonly paidOn: Day | null;
      readonly grantedFen: Fen;
    };

export type ResolutionFacts = {
  readonly matter: ResolutionMatter;
  readonly counts: DecisionCounts;
  readonly frozen: NoticeIssuer;
};

const RESOLUTION_TITLES: Readonly<Record<ResolutionMatter['about'], string>> = {
  CHARTER: '关于修订章程',
  WRITE_OFF: '关于核销未追回救助款',
  CHANGE_OF_USE: '关于变更资金用途',
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
      return { ...matter, validFrom: dayWords(matter.validFrom) };
    case 'WRITE_OFF': {
      const { about, societyName, caseNumber, recoveredFen, writtenOffFen } = matter;
      const recovered = recoveredFen > 0 ? moneyOf(recoveredFen) : null;
      return { about, societyName, caseNumber, recovered, writtenOff: moneyOf(writtenOffFen) };
    }
    case 'CHANGE_OF_USE': {
      const { about, movedFen, from, to } = matter;
      return { about, moved: moneyOf(movedFen), from, to };
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

function basisOf({ article }: NoticeCharter, counts: DecisionCounts): string {
  return `依据${article}，${decisionSentence(counts)}`;
}

function commonOf({ societyName, charter, names }: NoticeIssuer, matter: string) {
  return {
    title: [societyName, matter, '的公示'],
    objection: objectionSentence(charter),
    issuer: societyName,
    numberPrefix: charter.numberPrefix,
    noticeDays: charter.noticeDays,
    noticeDayKind: charter.noticeDayKind,
    contactPhone: charter.publicContactPhone,
    forbidden: [...names],
  };
}
