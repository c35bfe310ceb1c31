import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutyThreads } from '../duties/index.js';
import type { Duty, DutyCard, DutyThread } from '../duties/index.js';
import type { Actor } from '../kernel/actor.js';
import { PeopleQueries } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { answersAppeals, confirmsBreaches, readsBreaches } from './breaches.permissions.js';
import { BreachesQueries } from './breaches.queries.js';
import { hadPart } from './domain/breach.js';

/** What the home page says of a flag that waits; names masked. */
@Injectable()
export class BreachDuties implements DutyThread, OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly queries: BreachesQueries,
    private readonly people: PeopleQueries,
  ) {}

  onModuleInit(): void {
    this.threads.register(this);
  }

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    if (duty.kind === 'HEAR_BREACH' || duty.kind === 'CONFIRM_BREACH') return this.flagCard(actor, duty);
    return duty.kind === 'ANSWER_APPEAL' ? this.appealCard(actor, duty) : null;
  }

  /** Nothing for whom it is about: that is told to their face. Whoever proposed it only waits for the second person. */
  private async flagCard(actor: Actor, { kind, subjectId }: Duty): Promise<DutyCard | null> {
    if (!readsBreaches(actor)) return null;
    const societyId = societyOf(actor);
    const flag = await this.queries.line(societyId, subjectId);
    if (flag.personId === actor.personId) return null;
    const { maskedName, group } = await this.people.person(societyId, flag.personId);
    const href = `/s/breaches/${flag.id}`;
    const acts = kind === 'HEAR_BREACH' || (confirmsBreaches(actor) && flag.proposedBy !== actor.personId);
    return {
      ...{ title: `失信标记：${maskedName} ${group}`, href, lines: [] },
      ...{ actHref: acts ? href : null, waiting: '等另一个人确认' },
    };
  }

  /** Nothing for whom it is about. Whoever had a part in it only waits for somebody who had none. */
  private async appealCard(actor: Actor, { subjectId }: Duty): Promise<DutyCard | null> {
    if (!answersAppeals(actor)) return null;
    const appeal = await this.queries.appealLine(societyOf(actor), subjectId);
    const flag = await this.queries.line(appeal.societyId, appeal.flagId);
    if (flag.personId === actor.personId) return null;
    const { maskedName } = await this.people.person(appeal.societyId, flag.personId);
    const href = `/s/breaches/appeals/${subjectId}`;
    return {
      ...{ title: `失信标记的申诉：${maskedName}`, href, lines: [] },
      ...{ actHref: hadPart(flag, appeal, actor) ? null : href, waiting: '等没有经手过的人答复' },
    };
  }
}
