import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Actor, Role } from '../kernel/actor.js';
import { CorrectionsQueries, PeopleQueries, PersonListeners } from '../people/index.js';
import type { CorrectionStep, PersonListener } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import type { Duty } from './duties.queries.js';
import { DutiesService } from './duties.service.js';
import { DutyThreads } from './duty-threads.js';
import type { DutyCard, DutyThread } from './duty-threads.js';

const CORRECTION = 'person-correction';
/** How long a register may wait for the second person. */
const CONFIRM_WORKING_DAYS = 5;
const CHECKERS: readonly Role[] = ['chair', 'deputy', 'secretary', 'clerk'];

/** A name that is to be put right waits for a second person: the register stands above the duties, and owes none itself. */
@Injectable()
export class PersonCorrectionDuties implements PersonListener, DutyThread, OnModuleInit {
  constructor(
    private readonly listeners: PersonListeners,
    private readonly threads: DutyThreads,
    private readonly duties: DutiesService,
    private readonly corrections: CorrectionsQueries,
    private readonly people: PeopleQueries,
  ) {}

  onModuleInit(): void {
    this.listeners.register(this);
    this.threads.register(this);
  }

  async correctionAsked(tx: Tx, { societyId, correctionId, at }: CorrectionStep): Promise<void> {
    await this.duties.open(tx, {
      ...{ societyId, kind: 'CONFIRM_CORRECTION', subjectKind: CORRECTION },
      ...{ subjectId: correctionId, threadId: correctionId, ownerRole: 'chair' },
      rule: { unit: 'working-days', count: CONFIRM_WORKING_DAYS, from: at },
    });
  }

  async correctionDecided(
    tx: Tx,
    { correctionId, at, byPersonId }: CorrectionStep & { readonly byPersonId: string | null },
  ): Promise<void> {
    await this.duties.settle(tx, { kind: 'CONFIRM_CORRECTION', subjectId: correctionId, at, byPersonId });
  }

  /** Whoever proposed it only waits. */
  async cardOf(actor: Actor, { kind, subjectId }: Duty): Promise<DutyCard | null> {
    if (kind !== 'CONFIRM_CORRECTION' || !actor.roles.some((role) => CHECKERS.includes(role))) return null;
    const societyId = societyOf(actor);
    const correction = await this.corrections.find(societyId, subjectId);
    if (!correction) return null;
    const { maskedName, group } = await this.people.person(societyId, correction.personId);
    const href = `/s/people/corrections/${correction.id}`;
    const isOwn = actor.personId !== null && actor.personId === correction.proposedBy;
    return {
      ...{ title: `更正名册：${maskedName} ${group}`, href, lines: [] },
      ...{ actHref: isOwn ? null : href, waiting: '等另一个人核对后确认' },
    };
  }
}
