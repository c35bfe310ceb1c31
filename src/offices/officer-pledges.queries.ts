import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { PeopleQueries } from '../people/index.js';
import type { SignedPledge } from '../people/index.js';
import { isHeldOn } from './domain/office.js';
import { owesPledge, pledgeDueOn } from './domain/officer-pledge.js';
import { TermNotFound } from './domain/offices.errors.js';
import { OfficesQueries } from './offices.queries.js';
import type { NamedTerm } from './offices.queries.js';

/** A term that runs, with what its holder signed for it; null while nothing is. */
export type PledgedTerm = NamedTerm & { readonly pledge: SignedPledge | null; readonly dueOn: Day };

/** Which officers have signed the pledge of their office, and which still owe it. */
@Injectable()
export class OfficerPledgesQueries {
  constructor(
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
  ) {}

  /** Everybody in office on that day. */
  async running(societyId: string, on: Day): Promise<PledgedTerm[]> {
    const terms = await this.offices.terms(societyId);
    return this.pledged(terms.filter((term) => owesPledge(term.office) && isHeldOn(term, on)));
  }

  /** Who owes it, the longest first. */
  async owing(societyId: string, on: Day): Promise<PledgedTerm[]> {
    const owing = (await this.running(societyId, on)).filter(({ pledge }) => pledge === null);
    return owing.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id < b.id ? -1 : 1));
  }

  /** One that is to be pledged; of whoever only reads the books, nothing is there. */
  async term(societyId: string, termId: string): Promise<PledgedTerm> {
    const terms = await this.offices.terms(societyId);
    const [found] = await this.pledged(terms.filter(({ id, office }) => id === termId && owesPledge(office)));
    if (!found) throw new TermNotFound();
    return found;
  }

  private async pledged(terms: readonly NamedTerm[]): Promise<PledgedTerm[]> {
    const signed = await this.people.pledgesOfTerms(terms.map(({ id }) => id));
    const byTerm = new Map(signed.map((pledge) => [pledge.termId, pledge]));
    return terms.map((term) => ({
      ...term,
      pledge: byTerm.get(term.id) ?? null,
      dueOn: pledgeDueOn(term.fromOn),
    }));
  }
}
