import { Injectable } from '@nestjs/common';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { MarksQueries } from '../people/index.js';
import type { Marked } from '../people/index.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import { caseNumberText } from './domain/case-number.js';
import { stateWords } from './domain/case-words.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { scopeOf } from './matching.js';

export type AidFact = {
  readonly from: string;
  readonly on: Day;
  readonly what: string;
  readonly amountFen: Fen;
  readonly state: string;
};

/** Emergency grants that a family was given or is about to be, in every society of a federation: for the federation alone. */
@Injectable()
export class AidQueries {
  constructor(
    private readonly reads: Reads,
    private readonly marks: MarksQueries,
  ) {}

  /** By the marks of ID numbers, and of whoever has none by the household itself. */
  async ofFamily(federationId: string, family: Marked): Promise<AidFact[]> {
    const marks = await this.marks.marksOf(scopeOf(federationId), family);
    const found = new Map<string, AidFact>();
    for (const { mark } of marks)
      for (const row of await this.marked(federationId, mark)) found.set(row.id, factOf(row));
    for (const row of await this.ofHousehold(family)) found.set(row.id, factOf(row));
    return [...found.values()];
  }

  private marked(scopeId: string, mark: string): Promise<RawAid[]> {
    return this.reads.all<RawAid>`
      SELECT DISTINCT c.id AS "id", c.year AS "year", c.number AS "number", c.state AS "state", c.cause AS "cause",
             c.amount_fen AS "amountFen", c.kept_fen AS "keptFen", c.accepted_at AS "acceptedAt", o.name AS "societyName"
      FROM case_marks m JOIN cases c ON c.id = m.case_id JOIN organisations o ON o.id = c.society_id
      WHERE m.scope_id = ${scopeId} AND m.mark = ${mark} AND m.kind IN ('PERSON', 'HOUSEHOLD')`;
  }

  private ofHousehold({ societyId, householdId }: Marked): Promise<RawAid[]> {
    return this.reads.all<RawAid>`
      SELECT c.id AS "id", c.year AS "year", c.number AS "number", c.state AS "state", c.cause AS "cause",
             c.amount_fen AS "amountFen", c.kept_fen AS "keptFen", c.accepted_at AS "acceptedAt", o.name AS "societyName"
      FROM cases c JOIN organisations o ON o.id = c.society_id
      WHERE c.society_id = ${societyId} AND c.household_id = ${householdId}`;
  }
}

type RawAid = {
  readonly id: string;
  readonly year: number;
  readonly number: number;
  readonly state: CaseState;
  readonly cause: Cause;
  readonly amountFen: number | string;
  readonly keptFen: number | string;
  readonly acceptedAt: Date | string;
  readonly societyName: string;
};

function factOf(row: RawAid): AidFact {
  return {
    from: row.societyName,
    on: dayOf(instantOf(row.acceptedAt)),
    what: `急难救助 ${CAUSE_WORDS[row.cause]}（${caseNumberText(row)}）`,
    amountFen: fen(Number(row.amountFen)),
    state: stateWords({ state: row.state, keptFen: Number(row.keptFen) }),
  };
}
