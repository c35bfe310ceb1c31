import { Injectable } from '@nestjs/common';
import type { Cause } from '../kernel/causes.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { PeopleQueries } from '../people/index.js';
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
type Raw = {
  id: string;
  why: string;
  foundAt: Stamp;
  disposition: Disposition | null;
  reason: MatchReason | null;
  disposedAt: Stamp | null;
  caseId: string;
  otherCaseId: string;
};
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
    const rows = await this.reads.all<Raw>`
      SELECT id AS "id", why AS "why", found_at AS "foundAt", disposition AS "disposition", reason AS "reason",
             disposed_at AS "disposedAt", case_id AS "caseId", other_case_id AS "otherCaseId"
      FROM case_matches WHERE case_id = ${caseId} ORDER BY id DESC`;
    return Promise.all(
      rows.map(async (row) => {
        const { acceptedAt, amountFen, cause } = await this.rawSide(row.otherCaseId);
        const other = { acceptedOn: dayOf(instantOf(acceptedAt)), amountFen: fen(Number(amountFen)), cause };
        return { ...factOf(row), other };
      }),
    );
  }

  /** All of a federation, what nobody has explained first. */
  async of(federationId: string): Promise<MatchPair[]> {
    const rows = await this.reads.all<Raw>`
      SELECT id AS "id", why AS "why", found_at AS "foundAt", disposition AS "disposition", reason AS "reason",
             disposed_at AS "disposedAt", case_id AS "caseId", other_case_id AS "otherCaseId"
      FROM case_matches WHERE scope_id = ${federationId}
      ORDER BY CASE WHEN COALESCE(disposition, 'OPEN') = 'OPEN' THEN 0 ELSE 1 END, id DESC LIMIT ${MOST_ROWS}`;
    return Promise.all(rows.map((row) => this.pairOf(row)));
  }

  async pair(federationId: string, matchId: string): Promise<MatchPair> {
    const row = await this.reads.one<Raw>`
      SELECT id AS "id", why AS "why", found_at AS "foundAt", disposition AS "disposition", reason AS "reason",
             disposed_at AS "disposedAt", case_id AS "caseId", other_case_id AS "otherCaseId"
      FROM case_matches WHERE scope_id = ${federationId} AND id = ${matchId}`;
    if (!row) throw new MatchNotFound();
    return this.pairOf(row);
  }

  private async pairOf(row: Raw): Promise<MatchPair> {
    return { ...factOf(row), mine: await this.side(row.caseId), other: await this.side(row.otherCaseId) };
  }

  private async side(caseId: string): Promise<MatchSide> {
    const { year, number, acceptedAt, amountFen, ...row } = await this.rawSide(caseId);
    const { name, maskedName, group } = await this.people.person(row.societyId, row.applicantId);
    return {
      ...row,
      ...{ name, maskedName, group },
      caseNumber: caseNumberText({ year, number }),
      amountFen: fen(Number(amountFen)),
      acceptedOn: dayOf(instantOf(acceptedAt)),
    };
  }

  private async rawSide(caseId: string): Promise<RawSide> {
    const row = await this.reads.one<RawSide>`
      SELECT c.id AS "caseId", c.society_id AS "societyId", o.name AS "societyName", c.year AS "year",
             c.number AS "number", c.applicant_id AS "applicantId", c.cause AS "cause", c.amount_fen AS "amountFen",
             c.accepted_at AS "acceptedAt", c.state AS "state"
      FROM cases c JOIN organisations o ON o.id = c.society_id WHERE c.id = ${caseId}`;
    if (!row) throw new MatchNotFound();
    return row;
  }
}

function factOf({ id, why, foundAt, disposition, reason, disposedAt }: Raw): Omit<MatchFact, 'other'> {
  return {
    id,
    whys: why.split(',') as MatchWhy[],
    foundAt: instantOf(foundAt),
    disposition,
    reason,
    disposedAt: optionalInstantOf(disposedAt),
  };
}
