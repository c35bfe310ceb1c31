import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, startOfDay } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { matterOver, MessagesOutbox } from '../messages/index.js';
import { PeopleQueries } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Society } from '../societies/index.js';
import type { BreachAppeal } from './breach.entity.js';
import { BreachSeals } from './breach.seals.js';
import { BreachesQueries } from './breaches.queries.js';
import { BreachesStore } from './breaches.store.js';
import { APPEAL_WORKING_DAYS, checkAppealDay, refuseOver, refusePart } from './domain/breach.js';
import type { AppealOutcome, AppealWay } from './domain/breach.js';
import { AlreadyAppealed, HadPart } from './domain/breach.errors.js';

export type AppealTyped = {
  readonly breachId: string;
  readonly how: AppealWay;
  /** The day on which the person said so. */
  readonly madeOn: Day;
  readonly words: string;
};
export type AppealMade = { readonly appealId: string };
export type AppealAnswered = {
  readonly appealId: string;
  readonly outcome: AppealOutcome;
  readonly words: string;
};

/** The duty of whoever answers stands under this kind, in their own society. */
export const APPEAL = 'breach-appeal';

/** 申诉 against a flag: the flag stands meanwhile, and somebody who had no part in it answers. */
@Injectable()
export class AppealsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: BreachesStore,
    private readonly queries: BreachesQueries,
    private readonly seals: BreachSeals,
    private readonly duties: DutiesService,
    private readonly messages: MessagesOutbox,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Written down by the office, as the person made it; the time to answer runs from that day. */
  async appeal(caller: Caller, typed: AppealTyped): Promise<AppealMade> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { breachId: flagId, how, madeOn } = typed;
    const decider = await this.deciderOf(societyId);
    return this.commands.run(caller, { act: 'appealBreach', body: typed }, async (tx, trail) => {
      const at = this.clock.now();
      const flag = await this.store.get(tx, societyId, flagId);
      refuseOver(flag, dayOf(at));
      if (flag.appealId !== null) throw new AlreadyAppealed();
      checkAppealDay(madeOn, dayOf(flag.confirmedAt ?? at), dayOf(at));
      const id = this.ids.next();
      const { personId: recordedBy, accountId: recordedByAccount } = actor;
      const appeal: BreachAppeal = {
        ...{ id, flagId, societyId, deciderSocietyId: decider.id, how, madeOn },
        ...{ wordsSealed: this.seals.seal('appeal', id, typed.words), state: 'WAITING' },
        ...{ recordedBy, recordedByAccount, recordedAt: at },
        ...{ decidedBy: null, decidedByAccount: null, decidedAt: null, answerSealed: null },
      };
      await this.store.insertAppeal(tx, appeal, dayOf(at));
      await this.duties.open(tx, {
        ...{ societyId: decider.id, kind: 'ANSWER_APPEAL', subjectKind: APPEAL, subjectId: id },
        ...{ threadId: flagId, ownerRole: decider.kind === 'FEDERATION' ? 'reviewer' : 'supervisor' },
        rule: { unit: 'working-days', count: APPEAL_WORKING_DAYS, from: startOfDay(madeOn) },
      });
      trail.on('breach', flagId, { after: { appealId: id, how, madeOn }, words: '记下对失信标记的申诉' });
      return { appealId: id };
    });
  }

  /** By somebody without a part in it, whose word is the last. */
  async answer(caller: Caller, typed: AppealAnswered): Promise<AppealMade> {
    const { actor } = caller;
    const { appealId, outcome, words } = typed;
    const isTied = await this.isTied(actor, appealId);
    return this.commands.run(caller, { act: 'answerBreachAppeal', body: typed }, async (tx, trail) => {
      const appeal = await this.store.getAppeal(tx, societyOf(actor), appealId);
      const { flagId, societyId } = appeal;
      const flag = await this.store.get(tx, societyId, flagId);
      refusePart(flag, appeal, actor);
      if (isTied) throw new HadPart();
      const at = this.clock.now();
      const answerSealed = this.seals.seal('answer', appealId, words);
      await this.store.decide(tx, appealId, { by: actor, at, outcome, answerSealed });
      if (outcome === 'UPHELD') await this.store.overturn(tx, flagId, { by: actor, at, today: dayOf(at) });
      const { personId: byPersonId } = actor;
      await this.duties.settle(tx, { kind: 'ANSWER_APPEAL', subjectId: appealId, at, byPersonId });
      const told = matterOver({ subjectId: flagId, what: 'appeal' });
      await this.messages.tellPerson(tx, societyId, flag.personId, told);
      const said = outcome === 'UPHELD' ? '成立，撤销标记' : '不成立';
      trail.on('breach', flagId, { after: { appealId, outcome }, words: `答复失信标记的申诉：${said}` });
      return { appealId };
    });
  }

  /** The federation, else whoever stands above; a society on its own answers by whoever had no part. */
  async deciderOf(societyId: string): Promise<Society> {
    return (
      (await this.societies.federationOf(societyId)) ??
      (await this.societies.townUnionOf(societyId)) ??
      (await this.societies.society(societyId))
    );
  }

  /** Ties are known within one register. */
  private async isTied(actor: Actor, appealId: string): Promise<boolean> {
    const { societyId, flagId } = await this.queries.appealLine(societyOf(actor), appealId);
    if (actor.personId === null || actor.societyId !== societyId) return false;
    const { personId } = await this.queries.line(societyId, flagId);
    if (personId === actor.personId) return true;
    return (await this.people.related(societyId, personId, actor.personId)).length > 0;
  }
}
