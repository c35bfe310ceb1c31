import { Injectable } from '@nestjs/common';
import type { CaseState } from '../cases/index.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { GrantFinding, GrantOutcome } from './desk.entity.js';
import { AnsweredAlready, RectificationNotFound, ReviewedAlready } from './domain/desk.errors.js';
import { isWaiting } from './domain/review.js';

const SEQ = {
  name: 'uq_grant_findings_seq',
  columns: 'grant_findings.case_id, grant_findings.lap, grant_findings.seq',
};
const PERSON = {
  name: 'uq_grant_findings_person',
  columns: 'grant_findings.case_id, grant_findings.lap, grant_findings.reviewer_id',
};
const LAP = { name: 'uq_grant_outcomes_lap', columns: 'grant_outcomes.case_id, grant_outcomes.lap' };

/** A grant as a unit of work finds it: the lap that is open, and what was said in it. */
export type ReviewFile = {
  readonly isWaiting: boolean;
  readonly lap: number;
  readonly findings: readonly GrantFinding[];
};

@Injectable()
export class FindingsStore {
  constructor(private readonly ids: Ids) {}

  async file(tx: Tx, caseId: string): Promise<ReviewFile> {
    const [row] = await tx.read<{
      state: CaseState;
    }>`SELECT state AS "state" FROM cases WHERE id = ${caseId}`;
    const outcomes = await tx.rows.find(GrantOutcome, { where: { caseId }, order: { lap: 'ASC' } });
    const lap = outcomes.length + 1;
    const findings = await tx.rows.find(GrantFinding, { where: { caseId, lap }, order: { seq: 'ASC' } });
    return { isWaiting: row !== undefined && isWaiting(row.state, outcomes), lap, findings };
  }

  /** Somebody spoke since this unit's snapshot: a new unit counts them. */
  async insertFinding(tx: Tx, finding: Omit<GrantFinding, 'id'>, id: string): Promise<void> {
    try {
      await tx.insert(GrantFinding, { ...finding, id });
    } catch (error) {
      if (breaksUnique(error, PERSON)) throw new ReviewedAlready();
      throw breaksUnique(error, SEQ) ? new StaleSnapshot('Somebody else just found something') : error;
    }
  }

  async insertOutcome(
    tx: Tx,
    outcome: Omit<GrantOutcome, 'id' | 'answeredAt' | 'answeredBy' | 'answerSealed' | 'fileId'>,
  ): Promise<string> {
    const id = this.ids.next();
    const open = { answeredAt: null, answeredBy: null, answerSealed: null, fileId: null };
    try {
      await tx.insert(GrantOutcome, { ...outcome, ...open, id });
    } catch (error) {
      throw breaksUnique(error, LAP) ? new StaleSnapshot('The lap was just settled') : error;
    }
    return id;
  }

  /** Another society's is not found (D4-69). */
  async outcome(tx: Tx, societyId: string, id: string): Promise<GrantOutcome> {
    const row = await tx.rows.findOneBy(GrantOutcome, { id, societyId });
    if (!row || row.kind === 'IN_ORDER') throw new RectificationNotFound();
    return row;
  }

  async answer(
    tx: Tx,
    { id }: GrantOutcome,
    answer: {
      readonly at: Date;
      readonly by: string | null;
      readonly sealed: string;
      readonly fileId: string | null;
    },
  ): Promise<void> {
    await tx.changeOne(() => new AnsweredAlready())`
      UPDATE grant_outcomes
      SET answered_at = ${answer.at}, answered_by = ${answer.by}, answer_sealed = ${answer.sealed}, file_id = ${answer.fileId}
      WHERE id = ${id} AND answered_at IS NULL AND kind <> 'IN_ORDER'`;
  }
}
