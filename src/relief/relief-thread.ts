import { Injectable } from '@nestjs/common';
import { isShownTo, mayDoDuty, waitingWords } from '../cases/index.js';
import type { Duty, DutyCard, DutyThread } from '../duties/index.js';
import type { Actor } from '../kernel/actor.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { yuanShort } from '../kernel/fen.js';
import { NoticesQueries } from '../notices/index.js';
import { PeopleQueries } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { ReliefNotFound } from './domain/relief.errors.js';
import { dutyHref } from './relief-acts.js';
import { RELIEF } from './relief-kind.js';
import { ReliefQueries } from './relief.queries.js';
import type { ReliefFacts } from './relief.queries.js';

/** What a home page says of a duty about a case of relief. */
@Injectable()
export class ReliefThread implements DutyThread {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly people: PeopleQueries,
    private readonly notices: NoticesQueries,
  ) {}

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    const known = await this.find(societyOf(actor), duty.threadId);
    if (!known || !isShownTo(duty, actor.roles)) return null;
    const notices = await this.notices.allOfSubject(RELIEF, known.id);
    const waits = notices.find(({ id }) => id === duty.subjectId) ?? notices[0];
    if (duty.kind === 'POST_NOTICE' && waits?.state !== 'SIGNED') return null;
    const { maskedName } = await this.people.person(known.societyId, known.applicantId);
    const href = dutyHref(duty.kind, {
      reliefId: known.id,
      state: known.state,
      noticeId: waits?.id ?? null,
      subjectId: duty.subjectId,
    });
    const amount = known.grantFen ?? known.totalFen;
    return {
      title: `${maskedName} · ${CAUSE_WORDS[known.cause]} · ${yuanShort(amount)} 元`,
      href: `/s/relief/${known.id}`,
      lines: [`基金救助 ${known.text}`],
      actHref: mayDoDuty(duty.kind, actor.roles) ? href : null,
      waiting: waitingWords(duty),
    };
  }

  private async find(societyId: string, threadId: string | null): Promise<ReliefFacts | null> {
    if (threadId === null) return null;
    try {
      return await this.queries.relief(societyId, threadId);
    } catch (error) {
      if (error instanceof ReliefNotFound) return null;
      throw error;
    }
  }
}
