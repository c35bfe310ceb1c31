import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Actor, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, endOfDay, startOfDay } from '../kernel/day.js';
import { OFFICE_WORDS, OfficerPledgesQueries, PLEDGE_DAYS } from '../offices/index.js';
import type { PledgedTerm } from '../offices/index.js';
import { societyOf } from '../platform/web/caller.js';
import type { Duty } from './duties.queries.js';
import { DutyThreads } from './duty-threads.js';
import type { DutyCard, DutyThread } from './duty-threads.js';

const TERM = 'office-term';
/** Who sees of everybody that the pledge is owed; each officer sees their own. */
const WATCHERS: readonly Role[] = ['secretary', 'supervisor'];

/**
 * Whoever took an office owes its pledge. Derived from the terms of this day and kept in no row: it ends with the
 * signature or with the term, and holds nothing up.
 */
@Injectable()
export class OfficerPledgeDuties implements DutyThread, OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly pledges: OfficerPledgesQueries,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.threads.register(this);
  }

  async beyond(actor: Actor): Promise<Duty[]> {
    const { personId, societyId, roles } = actor;
    if (societyId === null) return [];
    const watches = roles.some((role) => WATCHERS.includes(role));
    if (personId === null && !watches) return [];
    const owing = await this.pledges.owing(societyId, dayOf(this.clock.now()));
    return owing.filter((term) => watches || term.personId === personId).map(dutyOf);
  }

  async cardOf(actor: Actor, { kind, subjectId }: Duty): Promise<DutyCard | null> {
    if (kind !== 'SIGN_PLEDGE') return null;
    const term = await this.pledges.term(societyOf(actor), subjectId);
    const href = `/s/offices/${term.id}/pledge`;
    const isOwn = actor.personId === term.personId;
    return {
      ...{ title: `诚信自律承诺书：${OFFICE_WORDS[term.office]} ${term.person.maskedName}`, href, lines: [] },
      ...{ actHref: isOwn || actor.roles.includes('secretary') ? href : null, waiting: '等本人签' },
    };
  }
}

function dutyOf({ id, person: { societyId }, fromOn, dueOn }: PledgedTerm): Duty {
  const from = startOfDay(fromOn);
  return {
    ...{ id, societyId, kind: 'SIGN_PLEDGE', subjectKind: TERM, subjectId: id, threadId: null },
    ...{ ownerRole: 'secretary', rule: { unit: 'natural-days', count: PLEDGE_DAYS, from } },
    ...{ openedAt: from, dueAt: endOfDay(dueOn), provisional: false },
    ...{ settledAt: null, settledByPersonId: null },
  };
}
