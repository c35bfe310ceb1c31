import { Injectable } from '@nestjs/common';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { PayeeRelation } from './domain/payee.js';
import type { PayMethod } from './domain/revision.js';
import { HandoverNotFound, HandoverNotOpen } from './domain/handover.js';
import type { HandoverAnswer } from './domain/handover.js';
import { HandoverRow } from './handovers.entity.js';
import { CaseSeals } from './case.seals.js';
import type { Fen } from '../kernel/fen.js';

export type NewHandover = Omit<
  HandoverRow,
  | 'noteSealed'
  | 'state'
  | 'takenCaseId'
  | 'answer'
  | 'answerNoteSealed'
  | 'answeredFen'
  | 'answeredAt'
  | 'answeredBy'
> & { readonly note: string | null };

export type Answer = {
  readonly answer: HandoverAnswer;
  readonly note: string | null;
  readonly answeredFen: Fen | null;
  readonly at: Date;
  readonly byPersonId: string | null;
};

export type CopiedPayee = {
  readonly payeeId: string;
  readonly relation: PayeeRelation;
  readonly reason: string | null;
  readonly method: PayMethod;
  readonly payeeAccountId: string | null;
};

@Injectable()
export class HandoversStore {
  constructor(private readonly seals: CaseSeals) {}

  async insert(tx: Tx, { note, ...row }: NewHandover): Promise<void> {
    await tx.insert(HandoverRow, {
      ...row,
      noteSealed: note === null ? null : this.seals.sealHandover(row.id, 'note', note),
      state: 'OPEN',
      takenCaseId: null,
      answer: null,
      answerNoteSealed: null,
      answeredFen: null,
      answeredAt: null,
      answeredBy: null,
    });
  }

  async getOpen(tx: Tx, handoverId: string): Promise<HandoverRow> {
    const row = await tx.rows.findOneBy(HandoverRow, { id: handoverId });
    if (!row) throw new HandoverNotFound();
    if (row.state !== 'OPEN') throw new HandoverNotOpen(row.state);
    return row;
  }

  /** The handover that waits for what becomes of this case of the town. */
  findWaitingFor(tx: Tx, takenCaseId: string): Promise<HandoverRow | null> {
    return tx.rows.findOneBy(HandoverRow, { takenCaseId, state: 'TAKEN' });
  }

  findAnsweredBy(tx: Tx, takenCaseId: string): Promise<HandoverRow | null> {
    return tx.rows.findOneBy(HandoverRow, { takenCaseId, state: 'ANSWERED' });
  }

  async reopened(tx: Tx, handoverId: string): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('Somebody else dealt with the handover'))`
      UPDATE case_handovers
      SET state = 'TAKEN', answer = NULL, answer_note_sealed = NULL, answered_fen = NULL, answered_at = NULL,
          answered_by = NULL
      WHERE id = ${handoverId} AND state = 'ANSWERED'`;
  }

  async taken(tx: Tx, handoverId: string, takenCaseId: string): Promise<void> {
    await tx.changeOne(() => new StaleSnapshot('Somebody else dealt with the handover'))`
      UPDATE case_handovers SET state = 'TAKEN', taken_case_id = ${takenCaseId}
      WHERE id = ${handoverId} AND state = 'OPEN'`;
  }

  async answered(tx: Tx, { id, state }: HandoverRow, given: Answer): Promise<void> {
    const note = given.note === null ? null : this.seals.sealHandover(id, 'answer_note', given.note);
    await tx.changeOne(() => new StaleSnapshot('Somebody else dealt with the handover'))`
      UPDATE case_handovers
      SET state = 'ANSWERED', answer = ${given.answer}, answer_note_sealed = ${note},
          answered_fen = ${given.answeredFen}, answered_at = ${given.at}, answered_by = ${given.byPersonId}
      WHERE id = ${id} AND state = ${state}`;
  }

  /** Whoever got nothing may be registered anew: the case that was handed over bars no other. */
  async freeCause(tx: Tx, caseId: string): Promise<void> {
    await tx.change`UPDATE cases SET cause_key = ${null} WHERE id = ${caseId}`;
  }

  /** The payee whom the village had named, where it is not the applicant. */
  async namePayee(tx: Tx, caseId: string, payee: CopiedPayee): Promise<void> {
    const reason = payee.reason === null ? null : this.seals.sealPayeeReason(caseId, payee.reason);
    await tx.changeOne(() => new Error('The case that was just registered is not there'))`
      UPDATE cases
      SET payee_id = ${payee.payeeId}, payee_relation = ${payee.relation}, payee_reason_sealed = ${reason},
          method = ${payee.method}, payee_account_id = ${payee.payeeAccountId}
      WHERE id = ${caseId} AND state = 'ACCEPTED'`;
  }
}
