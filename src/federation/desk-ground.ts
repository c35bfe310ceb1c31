import { Injectable } from '@nestjs/common';
import { matchScopeOf } from '../cases/index.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { MarksQueries, PeopleQueries } from '../people/index.js';
import { Reads } from '../platform/database/reads.js';
import { societyOf } from '../platform/web/caller.js';
import { ReliefQueries } from '../relief/index.js';
import { SocietiesQueries } from '../societies/index.js';
import { DeskQueries } from './desk.queries.js';
import { NoReviewDesk, ReviewerTied, SubjectNotFound } from './domain/desk.errors.js';
import type { SubjectKind } from './domain/desk-filter.js';
import type { Asking } from './queue.sql.js';

/** What an act of the desk stands on, read before its unit of work. */
@Injectable()
export class DeskGround {
  constructor(
    private readonly queries: DeskQueries,
    private readonly societies: SocietiesQueries,
    private readonly relief: ReliefQueries,
    private readonly people: PeopleQueries,
    private readonly marks: MarksQueries,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** To a society, and to a town union, this desk is not there. */
  async federationOf(actor: Actor): Promise<string> {
    const { id, kind } = await this.societies.society(societyOf(actor));
    if (kind !== 'FEDERATION') throw new NoReviewDesk();
    return id;
  }

  async askingOf(actor: Actor): Promise<Asking> {
    const now = this.clock.now();
    const scopeId = await this.federationOf(actor);
    return { scopeId, personId: actor.personId, roles: actor.roles, now, today: dayOf(now) };
  }

  async subject(scopeId: string, kind: SubjectKind, subjectId: string): Promise<void> {
    if (kind === 'grant') {
      await this.queries.grant(scopeId, subjectId);
      return;
    }
    const { societyId } = await this.relief.relief(scopeId, subjectId);
    if (societyId !== scopeId) throw new SubjectNotFound();
  }

  /** The applicant, their household, and whom the federation's register calls kin, do not review the grant. */
  async refuseTied(scopeId: string, personId: string, caseId: string): Promise<void> {
    if (await this.isTied(scopeId, personId, caseId)) throw new ReviewerTied();
  }

  /**
   * The applicant stands in the register of a village, the reviewer in that of the federation: the two are compared by the
   * marks that the case left in this federation (ADR 13), those of the reviewer's household and of declared kin.
   */
  async isTied(scopeId: string, personId: string, caseId: string): Promise<boolean> {
    const kin = await this.people.kinOf(scopeId, personId);
    const persons = await this.people.persons(scopeId, [personId, ...kin.map((each) => each.personId)]);
    const marks = await Promise.all(
      persons.map(({ id, householdId }) =>
        this.marks.marksOf(matchScopeOf(scopeId), {
          ...{ societyId: scopeId, personId: id, householdId, payeeAccountId: null },
        }),
      ),
    );
    const own = new Set(marks.flat().map(({ mark }) => mark));
    const rows = await this.reads.all<{ mark: string }>`
      SELECT mark AS "mark" FROM case_marks
      WHERE scope_id = ${scopeId} AND case_id = ${caseId} AND kind IN ('PERSON', 'HOUSEHOLD')`;
    return rows.some(({ mark }) => own.has(mark));
  }
}
