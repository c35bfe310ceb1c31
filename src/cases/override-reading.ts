import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { PeopleQueries } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import type { Cause } from '../kernel/causes.js';
import { causeKeyOf } from './domain/override.js';
import type { OverrideKind } from './domain/override.js';
import { OverduePapers } from './overdue-papers.js';
import { OverridesQueries } from './overrides.queries.js';
import type { OverrideFact } from './overrides.queries.js';
import type { OverrideFacts } from './overrides.views.js';

/** Gathers what the pages about an override show, on both sides. */
@Injectable()
export class OverrideReading {
  constructor(
    private readonly queries: OverridesQueries,
    private readonly cases: CasesQueries,
    private readonly papers: OverduePapers,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  async asking(
    societyId: string,
    kind: OverrideKind,
    personId: string,
    cause: Cause | null,
  ): Promise<OverrideFacts & { readonly above: string | null }> {
    const person = await this.people.person(societyId, personId);
    const { householdId } = person;
    const year = yearOf(dayOf(this.clock.now()));
    const about = { kind, personId, householdId, cause, year };
    return {
      kind,
      cause,
      person,
      earlier: await this.earlier(societyId, about),
      asked: await this.queries.latest(societyId, about),
      above: (await this.societies.townUnionOf(societyId))?.name ?? null,
    };
  }

  async deciding(
    actor: Actor,
    overrideId: string,
  ): Promise<OverrideFacts & { readonly asked: OverrideFact; readonly mayDecide: boolean }> {
    const asked = await this.queries.askedOf(societyOf(actor), overrideId);
    const { kind, cause, societyId, personId } = asked;
    return {
      kind,
      cause,
      asked,
      person: await this.people.person(societyId, personId),
      earlier: await this.earlier(societyId, asked),
      mayDecide: actor.roles.some((role) => role === 'chair' || role === 'secretary'),
    };
  }

  /** The case that stands in the way. */
  private async earlier(
    societyId: string,
    about: Pick<OverrideFact, 'kind' | 'personId' | 'householdId' | 'cause' | 'year'>,
  ): Promise<CaseFacts | null> {
    const { kind, personId, householdId, cause, year } = about;
    if (kind === 'SAME_CAUSE') return cause && this.cases.sameCause(causeKeyOf(personId, cause, year));
    const number = await this.papers.numberOf(societyId, householdId);
    return number === null ? null : this.cases.byNumber(societyId, number);
  }
}
