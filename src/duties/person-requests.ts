import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Actor, Role } from '../kernel/actor.js';
import {
  ANSWER_WORKING_DAYS,
  PeopleQueries,
  PersonListeners,
  RIGHT_WORDS,
  RightsQueries,
} from '../people/index.js';
import type { PersonListener, RequestStep } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import type { Duty } from './duties.queries.js';
import { DutiesService } from './duties.service.js';
import { DutyThreads } from './duty-threads.js';
import type { DutyCard, DutyThread } from './duty-threads.js';

const REQUEST = 'person-request';
const ANSWERERS: readonly Role[] = ['chair', 'deputy', 'secretary', 'clerk'];

/** Somebody asked to see or to erase what is held about them, and is owed an answer. */
@Injectable()
export class PersonRequestDuties implements PersonListener, DutyThread, OnModuleInit {
  constructor(
    private readonly listeners: PersonListeners,
    private readonly threads: DutyThreads,
    private readonly duties: DutiesService,
    private readonly requests: RightsQueries,
    private readonly people: PeopleQueries,
  ) {}

  onModuleInit(): void {
    this.listeners.register(this);
    this.threads.register(this);
  }

  async requestAsked(tx: Tx, { societyId, requestId, at }: RequestStep): Promise<void> {
    await this.duties.open(tx, {
      ...{ societyId, kind: 'ANSWER_PERSON', subjectKind: REQUEST },
      ...{ subjectId: requestId, threadId: requestId, ownerRole: 'secretary' },
      rule: { unit: 'working-days', count: ANSWER_WORKING_DAYS, from: at },
    });
  }

  async requestAnswered(
    tx: Tx,
    { requestId, at, byPersonId }: RequestStep & { readonly byPersonId: string | null },
  ): Promise<void> {
    await this.duties.settle(tx, { kind: 'ANSWER_PERSON', subjectId: requestId, at, byPersonId });
  }

  async cardOf(actor: Actor, { kind, subjectId }: Duty): Promise<DutyCard | null> {
    if (kind !== 'ANSWER_PERSON' || !actor.roles.some((role) => ANSWERERS.includes(role))) return null;
    const societyId = societyOf(actor);
    const request = await this.requests.find(societyId, subjectId);
    if (!request) return null;
    const { maskedName, group } = await this.people.person(societyId, request.personId);
    const href = `/s/people/requests/${request.id}`;
    const isOwn =
      request.kind === 'ERASE' && actor.personId !== null && actor.personId === request.recordedBy;
    return {
      ...{ title: `${RIGHT_WORDS[request.kind]}：${maskedName} ${group}`, href, lines: [] },
      ...{ actHref: isOwn ? null : href, waiting: '等另一个人核对后确认' },
    };
  }
}
