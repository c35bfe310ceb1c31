import { Injectable } from '@nestjs/common';
import type { DecisionCounts } from '../cases/domain/grant-notice.js';
import { decisionSentence } from '../cases/domain/grant-notice.js';
import type { Worksheet } from '../funds/domain/worksheet.js';
import { addDays, dayOf } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { NoticesService } from '../notices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { excessAdvanceOf, toPayOf } from './domain/parts.js';
import {
  DAYS_TO_PAY_BACK,
  decisionLetter,
  refundLetter,
  reliefEnding,
  reliefRejection,
} from './domain/relief-letters.js';
import type { LetterGround, PaidBefore } from './domain/relief-letters.js';
import { preNotice, reliefRejectionNotice, resultNotice } from './domain/relief-notices.js';
import type { ReliefNoticeFacts, ReliefPaid } from './domain/relief-notices.js';
import { reliefNumberText } from './domain/relief-words.js';
import type { ReliefEnd, ReliefEnding } from './domain/relief-words.js';
import { sumWords } from './domain/sum-words.js';
import { ReliefLetters } from './relief-letters.js';
import { RELIEF } from './relief-kind.js';
import type { ReliefRow } from './relief.entity.js';
import type { ReliefPayment } from './relief-parts.entity.js';
import type { ReliefFrozen } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

export type Rejected = {
  readonly reason: ReliefEnd & ('REJECTED' | 'CAP_EXHAUSTED' | 'NOTHING_TO_GRANT');
  /** Null where nothing was voted on. */
  readonly counts: DecisionCounts | null;
  readonly sheet: Worksheet;
  readonly at: Date;
};

export type Ended = {
  readonly reason: ReliefEnding | 'NOT_COMPLETED';
  readonly by: string | null;
  readonly paid: PaidBefore;
};

export const OUTCOME_OF = {
  REJECTED: 'NOT_ENOUGH_YES',
  CAP_EXHAUSTED: 'CAP_EXHAUSTED',
  NOTHING_TO_GRANT: 'NOTHING_TO_GRANT',
} as const;

/** The papers that a step leaves behind, as steps of its own unit of work: every decision has its notice and its letter. */
@Injectable()
export class ReliefPapersMade {
  constructor(
    private readonly notices: NoticesService,
    private readonly letters: ReliefLetters,
    private readonly store: ReliefStore,
  ) {}

  /**
   * The panel has carried it: it is published before anything is paid. Where an objection had undone an earlier vote, this
   * notice takes the place of that one.
   */
  async carried(tx: Tx, row: ReliefRow, frozen: ReliefFrozen): Promise<void> {
    await this.discard(tx, row.id, 'RELIEF_PRE');
    const before = await this.notices.lastSigned(tx, seriesOf(row.id, 'RELIEF_PRE'));
    await this.notices.draft(tx, {
      ...aboutRelief(row),
      ...(before && { earlier: { noticeId: before.noticeId, relation: 'REVOKES' as const } }),
      kind: 'RELIEF_PRE',
      words: preNotice(factsOf(row, frozen), advanceIn(await this.store.paymentsOf(tx, row.id))),
    });
  }

  /** Other words for what nobody has signed: an advance was paid, or a consent was taken back. */
  async reword(tx: Tx, row: ReliefRow, frozen: ReliefFrozen): Promise<void> {
    const payments = await this.store.paymentsOf(tx, row.id);
    const preId = await this.notices.draftOf(tx, seriesOf(row.id, 'RELIEF_PRE'));
    if (preId !== null) {
      const words = preNotice(factsOf(row, frozen), advanceIn(payments));
      await this.notices.redraft(tx, { noticeId: preId, kind: 'RELIEF_PRE', words });
    }
    const resultId = await this.notices.draftOf(tx, seriesOf(row.id, 'RELIEF_RESULT'));
    if (resultId !== null) {
      const number = await this.preNoticeNumber(tx, row.id);
      const words = resultNotice(factsOf(row, frozen), number, paidIn(payments));
      await this.notices.redraft(tx, { noticeId: resultId, kind: 'RELIEF_RESULT', words });
    }
  }

  async rejected(
    tx: Tx,
    row: ReliefRow,
    frozen: ReliefFrozen,
    { reason, counts, sheet, at }: Rejected,
  ): Promise<void> {
    const number = reliefNumberText(row);
    await this.notices.draft(tx, {
      ...aboutRelief(row),
      kind: 'REJECTION',
      words: reliefRejectionNotice({ number, cause: row.cause, frozen }, counts, OUTCOME_OF[reason]),
    });
    const decided = {
      words: counts === null ? '经审核' : decisionSentence(counts),
      number: counts?.decisionNumber ?? null,
      document: frozen.rule.document,
    };
    const sum = reason === 'REJECTED' ? null : sumWords(frozen.rule, sheet);
    await this.letters.write(tx, row, reliefRejection(groundOf(row, frozen, at), reason, decided, sum), null);
  }

  /** What was advanced on a case that nothing came of is asked back, in a letter. Nothing was: nothing is written. */
  async advanceDemanded(tx: Tx, row: ReliefRow, ground: LetterGround, paid: PaidBefore): Promise<void> {
    const { advancedFen: paidFen, demandedFen: excessFen } = paid;
    if (excessFen > 0) await this.demanded(tx, row, ground, { reason: 'NOT_CARRIED', paidFen, excessFen });
  }

  async demanded(
    tx: Tx,
    row: ReliefRow,
    ground: LetterGround,
    what: {
      readonly reason: 'NOT_CARRIED' | 'LESS_GRANTED';
      readonly paidFen: Fen;
      readonly excessFen: Fen;
    },
  ): Promise<void> {
    const payBy = addDays(ground.on, DAYS_TO_PAY_BACK);
    await this.letters.write(tx, row, refundLetter(ground, { ...what, laterFen: fen(0), payBy }), null);
  }

  async approved(tx: Tx, row: ReliefRow, frozen: ReliefFrozen, at: Date): Promise<void> {
    const facts = factsOf(row, frozen);
    const preNotice = await this.preNoticeNumber(tx, row.id);
    const { counts, sheet } = facts;
    const decided = {
      words: decisionSentence(counts),
      preNotice,
      number: counts.decisionNumber,
      document: frozen.rule.document,
      capApplied: sheet.capApplied,
    };
    const sum = sumWords(frozen.rule, sheet);
    const advanced =
      toPayOf(row) > 0 ? null : { advancedFen: row.advancedFen, excessFen: excessAdvanceOf(row) };
    const letter = decisionLetter(groundOf(row, frozen, at), sheet.grantFen, sum, decided, advanced);
    await this.letters.write(tx, row, letter, row.approvedBy);
  }

  async paid(tx: Tx, row: ReliefRow, frozen: ReliefFrozen): Promise<void> {
    const number = await this.preNoticeNumber(tx, row.id);
    const paid = paidIn(await this.store.paymentsOf(tx, row.id));
    await this.notices.draft(tx, {
      ...aboutRelief(row),
      kind: 'RELIEF_RESULT',
      words: resultNotice(factsOf(row, frozen), number, paid),
    });
  }

  async ended(tx: Tx, row: ReliefRow, ground: LetterGround, { reason, by, paid }: Ended): Promise<void> {
    await this.letters.write(tx, row, reliefEnding(ground, reason, paid), by);
  }

  /** What nobody has signed of this kind is not published any more. */
  discard(tx: Tx, reliefId: string, kind: 'RELIEF_PRE' | 'RELIEF_RESULT'): Promise<boolean> {
    return this.notices.discardDraft(tx, seriesOf(reliefId, kind));
  }

  /** Whether a pre-notice waits or hangs, if only one in the place of another that was taken down after its end. */
  preNoticeRuns(tx: Tx, reliefId: string): Promise<boolean> {
    return this.notices.isUnderWay(tx, seriesOf(reliefId, 'RELIEF_PRE'));
  }

  private async preNoticeNumber(tx: Tx, reliefId: string): Promise<string> {
    const number = await this.notices.signedNumber(tx, seriesOf(reliefId, 'RELIEF_PRE'));
    if (number === null) throw new Error('A grant goes on without the notice that was to hang before it');
    return number;
  }
}

const seriesOf = (reliefId: string, kind: 'RELIEF_PRE' | 'RELIEF_RESULT') =>
  ({ kind, subjectKind: RELIEF, subjectId: reliefId }) as const;

/** In the order in which they were made. */
export function paidIn(payments: readonly ReliefPayment[]): ReliefPaid[] {
  const out = payments.flatMap(({ amountFen, paidAt, institutionId }) =>
    paidAt === null ? [] : [{ amountFen, paidAt, toHospital: institutionId !== null }],
  );
  return out.sort((one, other) => one.paidAt.getTime() - other.paidAt.getTime());
}

export function advanceIn(payments: readonly ReliefPayment[]): ReliefPaid | null {
  return paidIn(payments.filter(({ kind }) => kind === 'ADVANCE'))[0] ?? null;
}

function aboutRelief(row: ReliefRow) {
  return {
    societyId: row.societyId,
    subjectKind: RELIEF,
    subjectId: row.id,
    threadId: row.id,
    author: { accountId: null, personId: null },
  } as const;
}

/** Every figure of a paper is the one that the panel fixed. */
export function factsOf(row: ReliefRow, frozen: ReliefFrozen): ReliefNoticeFacts {
  if (row.sheet === null || row.decision === null) throw new Error('Nothing was decided on this case');
  return {
    number: reliefNumberText(row),
    cause: row.cause,
    sheet: JSON.parse(row.sheet) as Worksheet,
    counts: JSON.parse(row.decision) as DecisionCounts,
    frozen,
  };
}

export function groundOf(row: ReliefRow, frozen: ReliefFrozen, at: Date): LetterGround {
  const { applicantName, guardianName, fundName, federationName, charter } = frozen;
  return {
    ...{ number: reliefNumberText(row), applicantName, guardianName, fundName, federationName, charter },
    submittedOn: dayOf(row.submittedAt),
    cause: row.cause,
    on: dayOf(at),
  };
}
