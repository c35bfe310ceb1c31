import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, startOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { ErasureHindered, RequestAnswered, RequestOfAnotherKind } from '../domain/person-right.errors.js';
import { checkAskedOn, refuseOneHand, refuseOwnCopy, refuseOwnVouch } from '../domain/person-right.js';
import type { Right, WayAsked } from '../domain/person-right.js';
import { lastDayKept, PERIODS } from '../domain/retention.js';
import { PeopleQueries } from '../people.queries.js';
import type { PersonSummary } from '../people.queries.js';
import { PeopleSeals } from '../people.seals.js';
import { PeopleStore } from '../people.store.js';
import { PersonListeners } from '../person.listeners.js';
import { PersonHoldings } from './person-holdings.js';
import type { HeldRecord, Whom } from './person-holdings.js';
import { RightsQueries } from './rights.queries.js';
import { RightsStore } from './rights.store.js';
import type { RequestRow } from './rights.store.js';

export type RightAsked = {
  readonly personId: string;
  readonly kind: Right;
  readonly how: WayAsked;
  /** The day on which the person said so. */
  readonly askedOn: Day;
};
export type RequestMade = { readonly requestId: string };

/** What stays when the rest is erased, by which law and until when. */
export type Kept = { readonly what: string; readonly law: string; readonly until: Day };

/** All that the society holds of a person, as it is on that day. */
export type PersonCopy = {
  readonly person: PersonSummary;
  readonly on: Day;
  readonly sections: readonly { readonly section: string; readonly records: readonly CopiedRecord[] }[];
  readonly kept: readonly Kept[];
};
export type CopiedRecord = Pick<HeldRecord, 'what' | 'facts'>;

/** 本人的权利: a person gets a copy of what is held about them, or has it erased as far as the law lets it go. */
@Injectable()
export class PersonRightsService {
  constructor(
    private readonly store: RightsStore,
    private readonly queries: RightsQueries,
    private readonly people: PeopleStore,
    private readonly summaries: PeopleQueries,
    private readonly holdings: PersonHoldings,
    private readonly seals: PeopleSeals,
    private readonly listeners: PersonListeners,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Written down by the office, as it was asked; the time to answer runs from that day. */
  async record(caller: Caller, asked: RightAsked): Promise<RequestMade> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { personId, kind, how, askedOn } = asked;
    return this.commands.run(caller, { act: 'recordPersonRequest', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      checkAskedOn(askedOn, dayOf(at));
      await this.people.getPerson(tx, societyId, personId);
      const id = this.ids.next();
      await this.store.insert(tx, {
        ...{ id, societyId, personId, kind, how, askedOn, state: 'WAITING' },
        ...{ recordedBy: actor.personId, recordedByAccount: actor.accountId, recordedAt: at },
        ...{ vouchedBy: null, vouchedByAccount: null, vouchedAt: null },
        ...{ decidedBy: null, decidedByAccount: null, decidedAt: null, answerSealed: null },
        openKey: `${kind}:${personId}`,
      });
      await this.listeners.requestAsked(tx, { societyId, requestId: id, at: startOfDay(askedOn) });
      trail.on('person', personId, {
        after: { requestId: id, kind },
        words: kind === 'COPY' ? '记下：本人要一份自己信息的副本' : '记下：本人要求删除信息',
      });
      return { requestId: id };
    });
  }

  /**
   * Everything held about the person, made on the fly and kept nowhere; only while the request waits, never by one
   * pair of hands (`refuseOwnCopy`), and each look stays in the trail.
   */
  async copy(actor: Actor, requestId: string): Promise<PersonCopy> {
    const societyId = societyOf(actor);
    const request = await this.queries.request(societyId, requestId);
    const { personId, kind, state } = request;
    if (kind !== 'COPY') throw new RequestOfAnotherKind();
    if (state !== 'WAITING') throw new RequestAnswered();
    refuseOwnCopy(request, actor);
    const made = await this.copyOf({ societyId, personId });
    await this.commands.recordRead(actor, 'person', personId, {
      after: { requestId },
      words: '为本人做了一份全部信息',
    });
    return made;
  }

  /** A second person asked whose copy it is. That opens nothing for the second person: the office hands it over. */
  async vouch(caller: Caller, asked: { readonly requestId: string }): Promise<RequestMade> {
    const { actor } = caller;
    return this.commands.run(caller, { act: 'vouchPersonRequest', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, actor, asked.requestId, 'COPY');
      refuseOwnVouch(row, actor);
      await this.store.vouch(tx, row.id, actor, this.clock.now());
      trail.on('person', row.personId, { after: { requestId: row.id }, words: '问过本人，确实要一份副本' });
      return { requestId: row.id };
    });
  }

  /** What would stay, without what it says: shown before somebody confirms. */
  async keptOf(whom: Whom): Promise<readonly Kept[]> {
    return (await this.copyOf(whom)).kept;
  }

  /** The person has the copy. By whoever may open it, and nobody else. */
  async handOver(caller: Caller, asked: { readonly requestId: string }): Promise<RequestMade> {
    return this.commands.run(caller, { act: 'handPersonCopy', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, caller.actor, asked.requestId, 'COPY');
      refuseOwnCopy(row, caller.actor);
      await this.answer(tx, caller.actor, row, null);
      trail.on('person', row.personId, { after: { requestId: row.id }, words: '把信息副本交给了本人' });
      return { requestId: row.id };
    });
  }

  /** The second person confirms: in one unit all goes that may go. Refused whole while something is under way. */
  async erase(caller: Caller, asked: { readonly requestId: string }): Promise<RequestMade> {
    const { actor } = caller;
    return this.commands.run(caller, { act: 'erasePerson', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, actor, asked.requestId, 'ERASE');
      refuseOneHand(row, actor);
      await this.answer(tx, actor, row, null);
      const { id: requestId, personId } = row;
      await this.eraseOf(tx, row, `request:${requestId}`);
      trail.on('person', personId, { after: { requestId }, words: '按本人要求删除了联系方式和病情' });
      return { requestId };
    });
  }

  /** A step of the unit of whoever erases, by a request or because the period is over. How many values went. */
  async eraseOf(tx: Tx, { societyId, personId }: Whom, cause: string): Promise<number> {
    const whom = { societyId, personId };
    const reasons = await this.holdings.hinders(tx, whom);
    if (reasons.length > 0) throw new ErasureHindered(reasons);
    const fields = await this.holdings.erase(tx, whom);
    const at = this.clock.now();
    await this.store.erased(tx, { id: this.ids.next(), ...whom, cause, erasedAt: at, fields });
    return fields;
  }

  /** It is not done, and the person is told why (PIPL, art. 50). */
  async decline(
    caller: Caller,
    asked: { readonly requestId: string; readonly words: string },
  ): Promise<RequestMade> {
    return this.commands.run(caller, { act: 'declinePersonRequest', body: asked }, async (tx, trail) => {
      const row = await this.waitingOf(tx, caller.actor, asked.requestId, null);
      await this.answer(tx, caller.actor, row, asked.words);
      trail.on('person', row.personId, {
        after: { requestId: row.id, kind: row.kind },
        words: '没有同意本人的请求，写明了原因',
      });
      return { requestId: row.id };
    });
  }

  private async copyOf(whom: Whom): Promise<PersonCopy> {
    const sections = await this.holdings.copyOf(whom);
    return {
      person: await this.summaries.person(whom.societyId, whom.personId),
      on: dayOf(this.clock.now()),
      sections: sections.map(({ section, records }) => ({
        section,
        records: records.map(({ what, facts }) => ({ what, facts })),
      })),
      kept: sections.flatMap(({ records }) => records.flatMap(keptIn)),
    };
  }

  private async waitingOf(tx: Tx, actor: Actor, requestId: string, kind: Right | null): Promise<RequestRow> {
    const row = await this.store.get(tx, societyOf(actor), requestId);
    if (kind !== null && row.kind !== kind) throw new RequestOfAnotherKind();
    if (row.state !== 'WAITING') throw new RequestAnswered();
    return row;
  }

  private async answer(tx: Tx, actor: Actor, row: RequestRow, words: string | null): Promise<void> {
    const { id: requestId, societyId } = row;
    const at = this.clock.now();
    await this.store.answer(tx, requestId, {
      ...{ state: words === null ? 'DONE' : 'DECLINED', by: actor, at },
      answerSealed: words === null ? null : this.seals.seal('request-answer', requestId, words),
    });
    const { personId: byPersonId } = actor;
    await this.listeners.requestAnswered(tx, { societyId, requestId, at, byPersonId });
  }
}

function keptIn({ what, stays }: HeldRecord): Kept[] {
  if (stays === null) return [];
  return [{ what, law: PERIODS[stays.kind].law, until: lastDayKept(stays.kind, stays.from) }];
}
