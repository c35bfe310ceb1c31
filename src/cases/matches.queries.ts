import { Injectable } from '@nestjs/common';
import type { Cause } from '../kernel/causes.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import { caseNumberText } from './domain/case-number.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { MatchNotFound } from './domain/match.js';
import type { Disposition, MatchReason, MatchWhy } from './domain/match.js';

/** What a society may know of a case of another: when, how much, what class of event. No number, no place, no name. */
export type MatchFact = {
  readonly id: string;
  readonly whys: readonly MatchWhy[];
  readonly foundAt: Date;
  readonly other: { readonly acceptedOn: Day; readonly amountFen: Fen; readonly cause: Cause };
  readonly disposition: Disposition | null;
  readonly reason: MatchReason | null;
  readonly disposedAt: Date | null;
};

/** One of two cases, for the federation that stands above both. */
export type MatchSide = {
  readonly caseId: string;
  readonly societyId: string;
  readonly societyName: string;
  readonly caseNumber: string;
  readonly applicantId: string;
  readonly name: string;
  readonly maskedName: string;
  readonly group: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly acceptedOn: Day;
  readonly state: CaseState;
};

export type MatchPair = Omit<MatchFact, 'other'> & {
  readonly mine: MatchSide;
  readonly other: MatchSide;
};

type Stamp = Date | string;
type RawMatch = {
  id: string;
  why: string;
  foundAt: Stamp;
  disposition: Disposition | null;
  reason: MatchReason | null;
  disposedAt: Stamp | null;
};
type RawOther = { otherAcceptedAt: Stamp; otherAmountFen: number | string; otherCause: Cause };
type RawSide = {
  caseId: string;
  societyId: string;
  societyName: string;
  year: number;
  number: number;
  applicantId: string;
  cause: Cause;
  amountFen: number | string;
  acceptedAt: Stamp;
  state: CaseState;
};

const MOST_ROWS = 100;

@Injectable()
export class MatchesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly people: PeopleQueries,
  ) {}

  /** What was found about a case of the society's own, the newest first. */
  async ofCase(caseId: string): Promise<MatchFact[]> {
    const rows = await this.reads.all<RawMatch & RawOther>`
      SELECT m.id AS "id", m.why AS "why", m.found_at AS "foundAt", m.disposition AS "disposition",
             m.reason AS "reason", m.disposed_at AS "disposedAt", b.accepted_at AS "otherAcceptedAt",
             b.amount_fen AS "otherAmountFen", b.cause AS "otherCause"
      FROM case_matches m JOIN cases b ON b.id = m.other_case_id WHERE m.case_id = ${caseId} ORDER BY m.id DESC`;
    return rows.map((row) => ({
      ...factOf(row),
      other: {
        acceptedOn: dayOf(instantOf(row.otherAcceptedAt)),
        amountFen: fen(Number(row.otherAmountFen)),
        cause: row.otherCause,
      },
    }));
  }

  /** All of a federation, what nobody has explained first. */
  of(federationId: string): Promise<MatchPair[]> {
    return this.pairs(federationId, null);
  }

  async pair(federationId: string, matchId: string): Promise<MatchPair> {
    const [pair] = await this.pairs(federationId, matchId);
    if (!pair) throw new MatchNotFound();
    return pair;
  }

  /** Two rows for each match, the later case first: no side is asked for by itself. */
  private async pairs(federationId: string, matchId: string | null): Promise<MatchPair[]> {
    const rows = await this.reads.all<RawMatch & RawSide>`
      SELECT m.id AS "id", m.why AS "why", m.found_at AS "foundAt", m.disposition AS "disposition",
             m.reason AS "reason", m.disposed_at AS "disposedAt", c.id AS "caseId", c.society_id AS "societyId",
             o.name AS "societyName", c.year AS "year", c.number AS "number", c.applicant_id AS "applicantId",
             c.cause AS "cause", c.amount_fen AS "amountFen", c.accepted_at AS "acceptedAt", c.state AS "state"
      FROM case_matches m
      JOIN cases c ON c.id = m.case_id OR c.id = m.other_case_id JOIN organisations o ON o.id = c.society_id
      WHERE m.scope_id = ${federationId} AND (${matchId} IS NULL OR m.id = ${matchId})
      ORDER BY CASE WHEN COALESCE(m.disposition, 'OPEN') = 'OPEN' THEN 0 ELSE 1 END, m.id DESC,
               CASE WHEN c.id = m.case_id THEN 0 ELSE 1 END LIMIT ${2 * MOST_ROWS}`;
    const people = await this.peopleIn(rows);
    return rows.flatMap((mine, i) => {
      const other = rows[i + 1];
      if (i % 2 === 1 || !other) return [];
      return [{ ...factOf(mine), mine: sideOf(mine, people), other: sideOf(other, people) }];
    });
  }

  /** Whoever stands in these cases, one question for each society. */
  private async peopleIn(sides: readonly RawSide[]): Promise<ReadonlyMap<string, PersonSummary>> {
    const bySociety = new Map<string, Set<string>>();
    for (const { societyId, applicantId } of sides)
      bySociety.set(societyId, (bySociety.get(societyId) ?? new Set()).add(applicantId));
    const found = await Promise.all(
      [...bySociety].map(([societyId, ids]) => this.people.persons(societyId, [...ids])),
    );
    return new Map(found.flat().map((person) => [person.id, person]));
  }
}

function sideOf(side: RawSide, people: ReadonlyMap<string, PersonSummary>): MatchSide {
  const { caseId, societyId, societyName, applicantId, cause, state } = side;
  const person = people.get(applicantId);
  if (!person) throw new Error(`The applicant of ${side.caseId} is in no register`);
  const { name, maskedName, group } = person;
  return {
    ...{ caseId, societyId, societyName, applicantId, name, maskedName, group, cause, state },
    caseNumber: caseNumberText(side),
    amountFen: fen(Number(side.amountFen)),
    acceptedOn: dayOf(instantOf(side.acceptedAt)),
  };
}

function factOf({ id, why, foundAt, disposition, reason, disposedAt }: RawMatch): Omit<MatchFact, 'other'> {
  return {
    id,
    whys: why.split(',') as MatchWhy[],
    foundAt: instantOf(foundAt),
    disposition,
    reason,
    disposedAt: optionalInstantOf(disposedAt),
  };
}
