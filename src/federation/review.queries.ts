import { Injectable } from '@nestjs/common';
import { maskName } from '../kernel/chinese/name-mask.js';
import type { Day } from '../kernel/day.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import { caseNumberText } from '../cases/domain/case-number.js';
import { DeskSeals } from './desk.seals.js';
import { RectificationNotFound } from './domain/desk.errors.js';
import type { FinderRole, FindingKind, FindingReason } from './domain/findings.js';

/** What one person found. */
export type FindingFact = {
  readonly id: string;
  readonly lap: number;
  readonly kind: FindingKind;
  readonly reason: FindingReason;
  readonly dueOn: Day | null;
  readonly words: string | null;
  readonly reviewerId: string;
  readonly asRole: FinderRole;
  readonly maskedName: string;
  readonly foundAt: Date;
};

/** What a lap came to, and what the society answered. */
export type OutcomeFact = {
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly lap: number;
  readonly kind: FindingKind;
  readonly reason: FindingReason;
  readonly dueOn: Day | null;
  readonly words: string | null;
  readonly settledAt: Date;
  readonly answeredAt: Date | null;
  readonly answer: string | null;
  readonly fileId: string | null;
};

type Stamp = Date | string;
type RawFinding = Omit<FindingFact, 'words' | 'maskedName' | 'foundAt'> & {
  sealed: string | null;
  name: string;
  foundAt: Stamp;
};
type RawOutcome = Omit<OutcomeFact, 'caseNumber' | 'words' | 'answer' | 'settledAt' | 'answeredAt'> & {
  year: number;
  number: number;
  findingId: string;
  wordsSealed: string | null;
  answerSealed: string | null;
  settledAt: Stamp;
  answeredAt: Stamp | null;
};

const OUTCOME = `
  SELECT o.id AS "id", o.case_id AS "caseId", c.year AS "year", c.number AS "number", o.lap AS "lap", o.kind AS "kind",
         o.reason AS "reason", o.due_on AS "dueOn", o.finding_id AS "findingId", f.words_sealed AS "wordsSealed",
         o.settled_at AS "settledAt", o.answered_at AS "answeredAt", o.answer_sealed AS "answerSealed",
         o.file_id AS "fileId"
  FROM grant_outcomes o JOIN grant_findings f ON f.id = o.finding_id JOIN cases c ON c.id = o.case_id `;

/** What was found of a grant, lap by lap, with the sealed words opened for whoever may read them. */
@Injectable()
export class ReviewQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: DeskSeals,
  ) {}

  async findings(caseId: string): Promise<FindingFact[]> {
    const rows = await this.reads.all<RawFinding>`
      SELECT f.id AS "id", f.lap AS "lap", f.kind AS "kind", f.reason AS "reason", f.due_on AS "dueOn",
             f.words_sealed AS "sealed", f.reviewer_id AS "reviewerId", f.as_role AS "asRole", p.name AS "name",
             f.found_at AS "foundAt"
      FROM grant_findings f JOIN persons p ON p.id = f.reviewer_id WHERE f.case_id = ${caseId} ORDER BY f.lap, f.seq`;
    return rows.map(({ sealed, name, ...row }) => ({
      ...row,
      words: this.seals.open('words', row.id, sealed),
      maskedName: maskName(name),
      foundAt: instantOf(row.foundAt),
    }));
  }

  outcomes(caseId: string): Promise<OutcomeFact[]> {
    return this.select`WHERE o.case_id = ${caseId} ORDER BY o.lap`;
  }

  /** Of the society's own: what it is asked to do. Another's is not found, nor what is in order (D4-69). */
  async rectification(societyId: string, id: string): Promise<OutcomeFact> {
    const [row] = await this
      .select`WHERE o.id = ${id} AND o.society_id = ${societyId} AND o.kind <> 'IN_ORDER'`;
    if (!row) throw new RectificationNotFound();
    return row;
  }

  /** The photo that came with an answer, for the federation that asked. */
  async photoOf(scopeId: string, outcomeId: string): Promise<{ fileId: string; caseId: string }> {
    const row = await this.reads.one<{ fileId: string; caseId: string }>`
      SELECT file_id AS "fileId", case_id AS "caseId" FROM grant_outcomes
      WHERE id = ${outcomeId} AND scope_id = ${scopeId} AND file_id IS NOT NULL`;
    if (!row) throw new RectificationNotFound();
    return row;
  }

  private async select(text: TemplateStringsArray, ...values: Value[]): Promise<OutcomeFact[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([OUTCOME + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawOutcome>(whole, ...values);
    return rows.map(({ year, number, findingId, wordsSealed, answerSealed, ...row }) => ({
      ...row,
      caseNumber: caseNumberText({ year, number }),
      words: this.seals.open('words', findingId, wordsSealed),
      settledAt: instantOf(row.settledAt),
      answeredAt: optionalInstantOf(row.answeredAt),
      answer: this.seals.open('answer', row.id, answerSealed),
    }));
  }
}
