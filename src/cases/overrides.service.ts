import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { PeopleQueries } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { CasesQueries } from './cases.queries.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import {
  causeKeyOf,
  grants,
  NothingToOverride,
  NoTownAbove,
  OVERRIDE_REASON_WORDS,
  OVERRIDE_WORDS,
  OverrideAlreadyDecided,
  overrideKeyOf,
} from './domain/override.js';
import type { OverrideReason } from './domain/override.js';
import { OverduePapers } from './overdue-papers.js';
import { OverridesQueries } from './overrides.queries.js';
import { OverridesStore } from './overrides.store.js';

export type OverrideTyped = {
  readonly personId: string;
  readonly note: string;
} & (
  | { readonly kind: 'SAME_CAUSE'; readonly cause: Cause }
  | { readonly kind: 'PAPERS_OVERDUE'; readonly cause: null }
);

export type OverrideDecided = {
  readonly overrideId: string;
  /** Each reason is one for a yes or one for a no. */
  readonly reason: OverrideReason;
  readonly words: string | null;
};

/** A rule of the society that the town lifts for one case, with its reason (domain.md 3.11, D4-63). */
@Injectable()
export class OverridesService {
  constructor(
    private readonly commands: Commands,
    private readonly store: OverridesStore,
    private readonly queries: OverridesQueries,
    private readonly cases: CasesQueries,
    private readonly papers: OverduePapers,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The village asks, where a rule stands in the way and somebody is above it who may lift it. */
  async ask(caller: Caller, typed: OverrideTyped): Promise<{ overrideId: string }> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { kind, personId, cause, note } = typed;
    const { householdId } = await this.people.person(societyId, personId);
    const at = this.clock.now();
    const year = yearOf(dayOf(at));
    if ((await this.societies.townUnionOf(societyId)) === null) throw new NoTownAbove();
    const inTheWay =
      kind === 'SAME_CAUSE'
        ? await this.cases.sameCause(causeKeyOf(personId, cause, year))
        : await this.papers.numberOf(societyId, householdId);
    return this.commands.run(caller, { act: 'askOverride', body: typed }, async (tx, trail) => {
      // Not sooner: asked again when nothing is in the way any more, it is answered as before.
      if (inTheWay === null) throw new NothingToOverride();
      const id = this.ids.next();
      const about = { kind, personId, householdId, cause, year };
      const asked = { askedBy: actor.personId, askedAt: at, note };
      await this.store.insert(tx, { id, societyId, ...about, ...asked, openKey: overrideKeyOf(about) });
      const words = `请镇里批准：${OVERRIDE_WORDS[kind]}${cause ? `（${CAUSE_WORDS[cause]}）` : ''}`;
      trail.on('override', id, { after: about, words });
      return { overrideId: id };
    });
  }

  /** The one above says yes or no, from the closed list. Another's request is not found. */
  async decide(caller: Caller, typed: OverrideDecided): Promise<{ overrideId: string }> {
    const { actor } = caller;
    const { overrideId, reason, words } = typed;
    await this.queries.askedOf(societyOf(actor), overrideId);
    const granted = grants(reason);
    return this.commands.run(caller, { act: 'decideOverride', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, overrideId);
      if (row.state !== 'ASKED') throw new OverrideAlreadyDecided(row.state);
      const decision = { granted, reason, words, at: this.clock.now(), byPersonId: actor.personId };
      await this.store.decided(tx, row, decision);
      trail.on('override', overrideId, {
        before: { state: row.state },
        after: { granted, reason },
        words: `${granted ? '批准' : '不批准'}：${OVERRIDE_WORDS[row.kind]}，${OVERRIDE_REASON_WORDS[reason]}`,
      });
      return { overrideId };
    });
  }
}
