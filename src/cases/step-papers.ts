import { Injectable } from '@nestjs/common';
import { dayOf } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import type { RevocationReason } from '../notices/domain/notice-reasons.js';
import { NoticesService } from '../notices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { CaseRow } from './case.entity.js';
import type { Frozen } from './case.seals.js';
import { rejectionNotice, resolutionNotice, revocationNotice } from './domain/case-notices.js';
import { caseNumberText } from './domain/case-number.js';
import type { DecisionCounts } from './domain/grant-notice.js';
import { OFFICE_WORDS } from './domain/endings.js';
import { isOffice } from './domain/handover.js';
import type { HandoverReason } from './domain/handover.js';
import {
  demandLetter,
  endingNote,
  latestPayBy,
  referralLetter,
  rejectionLetter,
  TOWN_UNION,
} from './domain/letters.js';
import type { Ending, LetterFacts } from './domain/letters.js';
import type { PaperKind } from './domain/papers.js';
import { LettersService } from './letters.service.js';

export type Revoked = {
  readonly reason: RevocationReason;
  readonly counts: DecisionCounts;
  readonly demandedFen: Fen;
  readonly at: Date;
};

/** What a letter says of a case and its reader, and where they live: 柳溪村三组. */
export type GroundFacts = LetterFacts & { readonly group: string };

export type HandedPapers = {
  readonly reason: HandoverReason;
  /** By its name; null where nobody stands above the society. */
  readonly townUnion: string | null;
  readonly enclosures: readonly PaperKind[];
  readonly at: Date;
  readonly madeBy: string | null;
};

/**
 * The papers that a step leaves behind, as steps of its own unit of work (domain.md 1.6): every decision has its public
 * notice, and whoever it concerns has a letter with the reason and what can be done about it.
 */
@Injectable()
export class StepPapers {
  constructor(
    private readonly notices: NoticesService,
    private readonly letters: LettersService,
  ) {}

  /** By the number of the case alone for the public; why, and the right to a review, for the applicant. */
  async rejected(tx: Tx, row: CaseRow, frozen: Frozen, counts: DecisionCounts, at: Date): Promise<void> {
    const caseNumber = caseNumberText(row);
    await this.notices.discardDraft(tx, { kind: 'REJECTION', subjectKind: 'case', subjectId: row.id });
    await this.notices.draft(tx, {
      ...aboutCase(row),
      kind: 'REJECTION',
      words: rejectionNotice({ caseNumber, cause: row.cause, counts, frozen }),
    });
    const { reviewer } = frozen;
    const content = rejectionLetter({
      ...letterFactsOf(row, frozen, at),
      counts,
      reason: 'NOT_ENOUGH_YES',
      reviewer,
    });
    await this.letters.write(tx, { societyId: row.societyId, caseId: row.id, content, at, madeBy: null });
  }

  /**
   * What was published is taken back in public, and the money demanded back in a letter. A grant that nobody has signed
   * yet is not published any more. Who signs and posts does so for this notice, beside that of the grant.
   */
  async revoked(
    tx: Tx,
    row: CaseRow,
    frozen: Frozen,
    revoked: Revoked,
  ): Promise<{ readonly noticeId: string }> {
    const { reason, counts, demandedFen, at } = revoked;
    if (row.paidAt === null) throw new Error('What was never paid is not revoked');
    const caseNumber = caseNumberText(row);
    const granted = { kind: 'GRANT_POST', subjectKind: 'case', subjectId: row.id } as const;
    const grant = await this.notices.lastSigned(tx, granted);
    await this.notices.discardDraft(tx, granted);
    const { maskedName, group, mayPrintName } = frozen;
    const drafted = await this.notices.draft(tx, {
      ...aboutCase(row),
      ...(grant && { earlier: { noticeId: grant.noticeId, relation: 'REVOKES' as const } }),
      kind: 'REVOCATION',
      words: revocationNotice({
        caseNumber,
        cause: row.cause,
        grantedFen: row.amountFen,
        demandedFen,
        reason,
        counts,
        revokes: grant?.number ?? null,
        printed: mayPrintName ? { maskedName, group, minors: 0 } : null,
        frozen,
      }),
    });
    const on = dayOf(at);
    const content = demandLetter({
      ...letterFactsOf(row, frozen, at),
      counts,
      reason,
      paidOn: dayOf(row.paidAt),
      demandedFen,
      payBy: latestPayBy(on),
      reviewer: frozen.reviewer,
    });
    await this.letters.write(tx, { societyId: row.societyId, caseId: row.id, content, at, madeBy: null });
    return drafted;
  }

  /**
   * The board has not stood by a fast path. A board that did not meet has decided nothing: there is nothing to publish.
   */
  async notRatified(
    tx: Tx,
    row: CaseRow,
    frozen: Frozen,
    counts: DecisionCounts,
  ): Promise<{ readonly noticeId: string }> {
    const matter = {
      about: 'FAST_PATH_NOT_RATIFIED',
      caseNumber: caseNumberText(row),
      paidOn: row.paidAt && dayOf(row.paidAt),
      grantedFen: row.amountFen,
    } as const;
    const words = resolutionNotice({ matter, counts, frozen });
    return this.notices.draft(tx, { ...aboutCase(row), kind: 'RESOLUTION', words });
  }

  /** To the town union or to the office whose business it is: the letter that goes along with the file. */
  async handedOver(
    tx: Tx,
    row: Pick<CaseRow, 'id' | 'societyId'>,
    facts: GroundFacts,
    handed: HandedPapers,
  ): Promise<void> {
    const { reason, townUnion, enclosures, at, madeBy } = handed;
    const addressed = isOffice(reason)
      ? ({ way: 'REFER', to: OFFICE_WORDS[reason], reason: 'OTHER_POLICY' } as const)
      : ({ way: 'HAND_OVER', to: townUnion ?? TOWN_UNION, reason } as const);
    const content = referralLetter({ ...facts, ...addressed, enclosures });
    await this.letters.write(tx, { societyId: row.societyId, caseId: row.id, content, at, madeBy });
  }

  /** Withdrawn or terminated: the note that the applicant or the family signs. */
  async ended(
    tx: Tx,
    row: CaseRow,
    facts: LetterFacts,
    { ending, at, madeBy }: { readonly ending: Ending; readonly at: Date; readonly madeBy: string | null },
  ): Promise<void> {
    const content = endingNote({ ...facts, ending });
    await this.letters.write(tx, { societyId: row.societyId, caseId: row.id, content, at, madeBy });
  }
}

function aboutCase(row: CaseRow) {
  return {
    societyId: row.societyId,
    subjectKind: 'case',
    subjectId: row.id,
    threadId: row.id,
    author: { accountId: row.registeredByAccount, personId: row.registeredBy },
  } as const;
}

/** As a round froze them. */
export function letterFactsOf(row: CaseRow, frozen: Frozen, at: Date): GroundFacts {
  const { applicantName, guardianName, group, societyName, charter } = frozen;
  return {
    caseNumber: caseNumberText(row),
    applicantName,
    guardianName,
    group,
    acceptedOn: dayOf(row.acceptedAt),
    cause: row.cause,
    amountFen: row.amountFen,
    on: dayOf(at),
    frozen: { societyName, charter },
  };
}
