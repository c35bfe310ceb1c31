import { Injectable } from '@nestjs/common';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { CorrectionNotFound } from '../domain/person-correction.errors.js';
import type { CorrectedField, CorrectionContent, CorrectionState } from '../domain/person-correction.js';
import { PeopleSeals } from '../people.seals.js';

/** A correction as the office reads it. */
export type CorrectionFacts = CorrectionContent & {
  readonly id: string;
  readonly personId: string;
  readonly field: CorrectedField;
  readonly state: CorrectionState;
  readonly proposedBy: string | null;
  readonly proposedByAccount: string | null;
  readonly proposerName: string | null;
  readonly proposedAt: Date;
  readonly deciderName: string | null;
  readonly decidedAt: Date | null;
  readonly answer: string | null;
};

type Raw = Omit<CorrectionFacts, keyof CorrectionContent | 'answer' | 'proposedAt' | 'decidedAt'> & {
  readonly contentSealed: string;
  readonly answerSealed: string | null;
  readonly proposedAt: Date | string;
  readonly decidedAt: Date | string | null;
};

const SELECT = `
  SELECT c.id AS "id", c.person_id AS "personId", c.field AS "field", c.state AS "state",
         c.content_sealed AS "contentSealed", c.answer_sealed AS "answerSealed", c.proposed_by AS "proposedBy",
         c.proposed_by_account AS "proposedByAccount", p.name AS "proposerName", c.proposed_at AS "proposedAt",
         d.name AS "deciderName", c.decided_at AS "decidedAt"
  FROM person_corrections c
  LEFT JOIN persons p ON p.id = c.proposed_by LEFT JOIN persons d ON d.id = c.decided_by `;

/** More of them waiting at once is no register but a new one. */
const MOST = 100;

@Injectable()
export class CorrectionsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: PeopleSeals,
  ) {}

  async correction(societyId: string, id: string): Promise<CorrectionFacts> {
    const found = await this.find(societyId, id);
    if (!found) throw new CorrectionNotFound();
    return found;
  }

  async find(societyId: string, id: string): Promise<CorrectionFacts | null> {
    const [row] = await this.select()`WHERE c.society_id = ${societyId} AND c.id = ${id}`;
    return row ? this.factsOf(row) : null;
  }

  /** What waits for a second person, the oldest first. */
  async waiting(societyId: string): Promise<CorrectionFacts[]> {
    const rows = await this.select()`
      WHERE c.society_id = ${societyId} AND c.state = 'WAITING' ORDER BY c.proposed_at, c.id LIMIT ${MOST}`;
    return rows.map((row) => this.factsOf(row));
  }

  /** The history of one person's name and of its household's group, the newest first. */
  async ofPerson(societyId: string, personId: string, householdId: string): Promise<CorrectionFacts[]> {
    const rows = await this.select()`
      WHERE c.society_id = ${societyId}
        AND (c.person_id = ${personId} OR (c.field = 'GROUP' AND c.household_id = ${householdId}))
      ORDER BY c.proposed_at DESC, c.id DESC LIMIT ${MOST}`;
    return rows.map((row) => this.factsOf(row));
  }

  private select() {
    return ([head = '', ...rest]: TemplateStringsArray, ...values: Value[]): Promise<Raw[]> =>
      this.reads.all<Raw>(Object.assign([SELECT + head, ...rest], { raw: [] }), ...values);
  }

  private factsOf({ contentSealed, answerSealed, proposedAt, decidedAt, ...row }: Raw): CorrectionFacts {
    const content = JSON.parse(this.seals.open('correction', row.id, contentSealed)) as CorrectionContent;
    return {
      ...row,
      ...content,
      answer: answerSealed && this.seals.open('correction-answer', row.id, answerSealed),
      proposedAt: instantOf(proposedAt),
      decidedAt: optionalInstantOf(decidedAt),
    };
  }
}
