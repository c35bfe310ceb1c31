import { Injectable } from '@nestjs/common';
import { dayOf } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import type { RevocationReason } from '../notices/domain/notice-reasons.js';
import { NoticesService } from '../notices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { CaseRow } from './case.entity.js';
import type { Frozen } from './case.seals.js';
import { rejectionNotice, revocationNotice } from './domain/case-notices.js';
import { caseNumberText } from './domain/case-number.js';
import type { DecisionCounts } from './domain/grant-notice.js';
import { demandLetter, endingNote, latestPayBy, rejectionLetter } from './domain/letters.js';
import type { Ending, LetterFacts } from './domain/letters.js';
import { LettersService } from './letters.service.js';

export type Revoked = {
  readonly reason: RevocationReason;
  readonly counts: DecisionCounts;
  readonly demandedFen: Fen;
  readonly at: Date;
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

  /** What was published is taken back in public, and the money demanded back in a letter. */
  async revoked(tx: Tx, row: CaseRow, frozen: Frozen, revoked: Revoked): Promise<void> {
    const { reason, counts, demandedFen, at } = revoked;
    if (row.paidAt === null) throw new Error('What was never paid is not revoked');
    const caseNumber = caseNumberText(row);
    const grant = await this.notices.signedNumber(tx, {
      kind: 'GRANT_POST',
      subjectKind: 'case',
      subjectId: row.id,
    });
    const { maskedName, group, mayPrintName } = frozen;
    await this.notices.draft(tx, {
      ...aboutCase(row),
      kind: 'REVOCATION',
      words: revocationNotice({
        caseNumber,
        cause: row.cause,
        grantedFen: row.amountFen,
        demandedFen,
        reason,
        counts,
        revokes: grant,
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

function letterFactsOf(row: CaseRow, frozen: Frozen, at: Date): LetterFacts {
  const { applicantName, guardianName, societyName, charter } = frozen;
  return {
    caseNumber: caseNumberText(row),
    applicantName,
    guardianName,
    acceptedOn: dayOf(row.acceptedAt),
    cause: row.cause,
    amountFen: row.amountFen,
    on: dayOf(at),
    frozen: { societyName, charter },
  };
}
