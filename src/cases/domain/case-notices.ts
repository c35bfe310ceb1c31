import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { RevocationReason } from '../../notices/domain/notice-reasons.js';
import type { NoticeWords } from '../../notices/domain/notice-words.js';
import { basisOf, commonOf, moneyOf, resolutionNotice } from '../../notices/domain/resolution-notice.js';
import type {
  DecisionCounts,
  NoticeIssuer,
  ResolutionFacts,
  ResolutionMatter,
} from '../../notices/domain/resolution-notice.js';
import { CAUSE_WORDS } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';

export { moneyOf, resolutionNotice };
export type { NoticeIssuer, ResolutionFacts, ResolutionMatter };

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

/**
 * A grant is taken back, or made smaller: which, why, from the closed list, how much is demanded, and how much the family
 * keeps (domain.md 2.1).
 */
export function revocationNotice(facts: RevocationFacts): NoticeWords<'REVOCATION'> {
  const { caseNumber, cause, grantedFen, demandedFen, reason, counts, frozen } = facts;
  if (demandedFen < 1 || demandedFen > grantedFen)
    throw new RangeError('What is demanded back is a part of what was granted');
  const printed = facts.revokes === null ? null : facts.printed;
  const isWhole = demandedFen === grantedFen;
  return {
    ...commonOf(frozen, isWhole ? '关于撤销急难救助' : '关于变更急难救助金额'),
    basis: `${basisOf(frozen.charter, counts)}，${isWhole ? '撤销下列救助' : '变更下列救助的金额'}，现予公示：`,
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
    kept: isWhole ? null : moneyOf(fen(grantedFen - demandedFen)),
  };
}
