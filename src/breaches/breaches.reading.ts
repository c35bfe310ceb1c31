import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { PeopleQueries } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { AppealsService } from './appeals.service.js';
import { BreachGrounds } from './breach-grounds.js';
import type { BreachGround } from './breach-grounds.js';
import { BreachesQueries } from './breaches.queries.js';
import type { BreachLine } from './breaches.queries.js';
import type { Named } from './breaches.views.js';
import { sideOf } from './domain/breach.js';

/** Gathers what the pages of flags show. */
@Injectable()
export class BreachesReading {
  constructor(
    private readonly queries: BreachesQueries,
    private readonly grounds: BreachGrounds,
    private readonly appeals: AppealsService,
    private readonly people: PeopleQueries,
    private readonly clock: Clock,
  ) {}

  today(): Day {
    return dayOf(this.clock.now());
  }

  /** Whoever is flagged does not see it in a list: that is told to their face. */
  async open(actor: Actor): Promise<Named<BreachLine>[]> {
    const societyId = societyOf(actor);
    const flags = await this.queries.open(societyId, this.today());
    return this.named(
      societyId,
      flags.filter(({ personId }) => personId !== actor.personId),
    );
  }

  /** What this very person may propose by: nothing about themselves, and nothing that is flagged already. */
  async groundsFor(actor: Actor): Promise<Named<BreachGround>[]> {
    const societyId = societyOf(actor);
    const flagged = await this.queries.flaggedGrounds(societyId, this.today());
    const isOffice = sideOf(actor.roles) === 'OFFICE';
    const grounds = (await this.grounds.offered(societyId, this.today())).filter(
      ({ id, personId, pledge }) =>
        !flagged.has(id) && personId !== actor.personId && !(isOffice && pledge === 'OFFICER'),
    );
    return this.named(societyId, grounds);
  }

  async one(actor: Actor, breachId: string) {
    const societyId = societyOf(actor);
    const flag = await this.queries.breach(societyId, breachId);
    const grounds = await this.grounds.in(societyId);
    return {
      flag,
      actor,
      today: this.today(),
      person: await this.people.person(societyId, flag.personId),
      ground: grounds.find(({ id }) => id === flag.groundId)?.words ?? null,
      decider: (await this.appeals.deciderOf(societyId)).shortName,
    };
  }

  private async named<Of extends { readonly personId: string }>(
    societyId: string,
    rows: readonly Of[],
  ): Promise<Named<Of>[]> {
    const persons = await this.people.persons(
      societyId,
      rows.map(({ personId }) => personId),
    );
    return rows.flatMap((of, i) => {
      const person = persons[i];
      return person ? [{ ...of, person }] : [];
    });
  }
}
