import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService, lastDayOf } from '../duties/index.js';
import type { Actor, Caller, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, startOfDay } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { heardUntil, MessagesOutbox, resultKnown } from '../messages/index.js';
import { OfficesQueries, rolesOf } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import type { BreachFlag } from './breach.entity.js';
import { BreachEnds } from './breach-ends.js';
import { BreachGrounds } from './breach-grounds.js';
import { BreachSeals } from './breach.seals.js';
import { BreachesQueries } from './breaches.queries.js';
import { BreachesStore } from './breaches.store.js';
import {
  BREACH_KIND_WORDS,
  checkTold,
  CONFIRM_WORKING_DAYS,
  confirmingRole,
  hasProposed,
  HEARING_WORKING_DAYS,
  lastDayOfBreach,
  proposingSide,
  refuseConfirming,
  refuseEarlySilence,
  refuseOver,
  refuseOwn,
  refuseSilenceBy,
  refuseUnheard,
} from './domain/breach.js';
import type { HeardWay, Told } from './domain/breach.js';
import { BreachHeardAlready, BreachTied } from './domain/breach.errors.js';

export type BreachProposed = {
  /** What shows it, of `BreachGrounds`. */
  readonly groundId: string;
  /** What was promised and not kept. */
  readonly reason: string;
  /** For how many months, once confirmed. */
  readonly months: number;
};
export type BreachHeard = {
  readonly breachId: string;
  readonly how: HeardWay;
  /** Null where nothing was said. */
  readonly statement: string | null;
  /** Where nothing was said and no text went out: how and when the person was told. */
  readonly told: Told | null;
};
export type BreachEnded = { readonly breachId: string; readonly words: string };
export type BreachMade = { readonly breachId: string };

/** Breach flags are about a person of the society; their duties stand under this kind. */
export const BREACH = 'breach';

type OwedKind = 'HEAR_BREACH' | 'CONFIRM_BREACH';
type Owing = {
  readonly kind: OwedKind;
  readonly ownerRole: Role;
  readonly count: number;
  readonly at: Date;
};
/** Read before the unit: whether whoever acts is tied to the person, and what that person and the proposer do in the house. */
type Known = {
  readonly isTied: boolean;
  readonly flaggedRoles: readonly Role[];
  readonly proposerRoles: readonly Role[];
};

/** 失信标记: proposed by one, the person is heard, confirmed by another, and over by itself (seed row 40). */
@Injectable()
export class BreachesService {
  constructor(
    private readonly commands: Commands,
    private readonly store: BreachesStore,
    private readonly ends: BreachEnds,
    private readonly queries: BreachesQueries,
    private readonly grounds: BreachGrounds,
    private readonly seals: BreachSeals,
    private readonly duties: DutiesService,
    private readonly messages: MessagesOutbox,
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Has no effect yet: the person is told that there is something to be said, and by when. */
  async propose(caller: Caller, asked: BreachProposed): Promise<BreachMade> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { groundId, reason, months } = asked;
    const {
      personId,
      pledge,
      kind: groundKind,
    } = await this.grounds.get(societyId, groundId, dayOf(this.clock.now()));
    const isTied = await this.isTiedTo(actor, personId);
    return this.commands.run(caller, { act: 'proposeBreach', body: asked }, async (tx, trail) => {
      refuseOwn({ personId }, actor);
      if (isTied) throw new BreachTied();
      const proposedAs = proposingSide(pledge, actor.roles);
      const at = this.clock.now();
      const id = this.ids.next();
      const count = HEARING_WORKING_DAYS;
      const hearing = { kind: 'HEAR_BREACH', ownerRole: 'secretary', count, at } as const;
      const hearBy = lastDayOf(await this.owe(tx, { id, societyId }, hearing));
      const flag: BreachFlag = {
        ...{ id, societyId, personId, kind: pledge, groundKind, groundId, months },
        ...{ reasonSealed: this.seals.seal('reason', id, reason), state: 'HEARING', hearBy },
        ...{ proposedAs, proposedBy: actor.personId, proposedByAccount: actor.accountId, proposedAt: at },
        ...{ heardHow: null, heardBy: null, heardByAccount: null, heardAt: null, statementSealed: null },
        ...{ toldHow: null, toldOn: null, appealId: null },
        ...{ confirmedBy: null, confirmedByAccount: null, confirmedAt: null, untilOn: null },
        ...{ endedBy: null, endedAt: null, endSealed: null, overOn: null, openKey: groundId },
      };
      await this.store.insert(tx, flag, dayOf(at));
      await this.messages.tellPerson(tx, societyId, personId, heardUntil({ subjectId: id, hearBy }));
      const words = `提出失信标记：违反${BREACH_KIND_WORDS[pledge]}`;
      trail.on(BREACH, id, { after: { groundId, months }, words });
      return { breachId: id };
    });
  }

  /** What the person, or who acts for them, has to say; or that they said nothing in the whole time. */
  async hear(caller: Caller, heard: BreachHeard): Promise<BreachMade> {
    const { actor } = caller;
    const { breachId, how } = heard;
    const known = await this.known(actor, breachId);
    return this.commands.run(caller, { act: 'hearBreach', body: heard }, async (tx, trail) => {
      const flag = await this.store.get(tx, societyOf(actor), breachId);
      const at = this.clock.now();
      refuseOwn(flag, actor);
      if (known.isTied) throw new BreachTied();
      const wasHeard = flag.heardAt !== null;
      if (how === 'SILENT') await this.silent(tx, flag, actor, heard.told);
      else {
        const statementSealed = this.seals.seal('statement', breachId, heard.statement ?? '');
        await this.store.hear(tx, breachId, { by: actor, at, how, statementSealed, wasSilent: wasHeard });
      }
      await this.settle(tx, 'HEAR_BREACH', breachId, actor, at);
      const ownerRole = confirmingRole(flag, known.flaggedRoles, known.proposerRoles);
      const confirming = { kind: 'CONFIRM_BREACH', ownerRole, count: CONFIRM_WORKING_DAYS, at } as const;
      if (!wasHeard) await this.owe(tx, flag, confirming);
      trail.on(BREACH, breachId, { after: { how }, words: '记下本人对失信标记的说明' });
      return { breachId };
    });
  }

  /** The second person: from now on it stands, until its last day. */
  async confirm(caller: Caller, asked: BreachMade): Promise<BreachMade> {
    const { actor } = caller;
    const { breachId } = asked;
    const known = await this.known(actor, breachId);
    return this.commands.run(caller, { act: 'confirmBreach', body: asked }, async (tx, trail) => {
      const flag = await this.store.get(tx, societyOf(actor), breachId);
      const at = this.clock.now();
      refuseSecond(flag, actor, known);
      refuseUnheard(flag);
      const untilOn = lastDayOfBreach(dayOf(at), flag.months);
      await this.store.confirm(tx, breachId, { by: actor, at, untilOn });
      await this.settle(tx, 'CONFIRM_BREACH', breachId, actor, at);
      await this.messages.callOff(tx, { subjectId: breachId });
      const told = resultKnown({ subjectId: breachId, what: 'confirmed' });
      await this.messages.tellPerson(tx, flag.societyId, flag.personId, told);
      trail.on(BREACH, breachId, { after: { untilOn }, words: `确认失信标记，到 ${untilOn} 为止` });
      return { breachId };
    });
  }

  /** The second person does not agree, or whoever proposed it takes it back: nothing stands, before the hearing or after. */
  async drop(caller: Caller, asked: BreachEnded): Promise<BreachMade> {
    const { actor } = caller;
    const { breachId, words } = asked;
    const known = await this.known(actor, breachId);
    return this.commands.run(caller, { act: 'dropBreach', body: asked }, async (tx, trail) => {
      const flag = await this.store.get(tx, societyOf(actor), breachId);
      const isOwnProposal = hasProposed(flag, actor);
      if (!isOwnProposal) refuseSecond(flag, actor, known);
      await this.ends.drop(tx, flag, { by: actor, at: this.clock.now(), words });
      const said = isOwnProposal ? '收回失信标记的提议，写明了原因' : '没有确认失信标记，写明了原因';
      trail.on(BREACH, breachId, { words: said });
      return { breachId };
    });
  }

  /** Before its last day: by one person alone, since nobody is burdened by it; an appeal that waits is answered with it. */
  async lift(caller: Caller, asked: BreachEnded): Promise<BreachMade> {
    const { actor } = caller;
    const { breachId, words } = asked;
    const { isTied } = await this.known(actor, breachId);
    return this.commands.run(caller, { act: 'liftBreach', body: asked }, async (tx, trail) => {
      const flag = await this.store.get(tx, societyOf(actor), breachId);
      const at = this.clock.now();
      refuseOwn(flag, actor);
      if (isTied) throw new BreachTied();
      refuseOver(flag, dayOf(at));
      await this.ends.lift(tx, flag, { by: actor, at, words });
      trail.on(BREACH, breachId, { before: { untilOn: flag.untilOn }, words: '提前解除失信标记' });
      return { breachId };
    });
  }

  /** Nobody was silent who was not told: the time to say something runs from the day of the text, or of the telling. */
  private async silent(tx: Tx, flag: BreachFlag, by: Actor, told: Told | null): Promise<void> {
    const { id: subjectId, personId: recipientId } = flag;
    refuseSilenceBy(flag, by);
    const at = this.clock.now();
    const textOn = await this.messages.sentOn(tx, { subjectId, recipientId, event: 'hearing.asked' });
    const said = textOn === null ? told : ({ toldHow: 'TEXT', toldOn: textOn } as const);
    const checked = checkTold(said, dayOf(flag.proposedAt), dayOf(at));
    const from = startOfDay(checked.toldOn);
    const rule = { unit: 'working-days', count: HEARING_WORKING_DAYS, from } as const;
    const due = await this.duties.restart(tx, { kind: 'HEAR_BREACH', subjectId, rule });
    if (!due) throw new BreachHeardAlready();
    const hearBy = lastDayOf(due.dueAt);
    refuseEarlySilence(hearBy, dayOf(at));
    await this.store.silent(tx, subjectId, { by, at, told: checked, hearBy });
  }

  /** Kin, and whoever shares an address, a phone or a card, stand aside. */
  private async known(actor: Actor, breachId: string): Promise<Known> {
    const societyId = societyOf(actor);
    const { personId, proposedBy } = await this.queries.line(societyId, breachId);
    const [flaggedRoles, proposerRoles] = [
      await this.rolesOf(societyId, personId),
      proposedBy === null ? [] : await this.rolesOf(societyId, proposedBy),
    ];
    return { isTied: await this.isTiedTo(actor, personId), flaggedRoles, proposerRoles };
  }

  private async rolesOf(societyId: string, personId: string): Promise<readonly Role[]> {
    return rolesOf(await this.offices.officesOf(personId, societyId, dayOf(this.clock.now())));
  }

  private async isTiedTo(actor: Actor, personId: string): Promise<boolean> {
    if (actor.personId === null || actor.personId === personId) return false;
    return (await this.people.related(societyOf(actor), personId, actor.personId)).length > 0;
  }

  private async owe(
    tx: Tx,
    { id: subjectId, societyId }: Pick<BreachFlag, 'id' | 'societyId'>,
    { kind, ownerRole, count, at: from }: Owing,
  ): Promise<Date> {
    const { dueAt } = await this.duties.open(tx, {
      ...{ societyId, kind, subjectKind: BREACH, subjectId, threadId: subjectId, ownerRole },
      rule: { unit: 'working-days', count, from },
    });
    return dueAt;
  }

  private async settle(
    tx: Tx,
    kind: OwedKind,
    subjectId: string,
    { personId: byPersonId }: Actor,
    at: Date,
  ): Promise<void> {
    await this.duties.settle(tx, { kind, subjectId, at, byPersonId });
  }
}

function refuseSecond(flag: BreachFlag, actor: Actor, { isTied, flaggedRoles }: Known): void {
  refuseConfirming(flag, actor, flaggedRoles.includes('supervisor'));
  if (isTied) throw new BreachTied();
}
