import { Injectable } from '@nestjs/common';
import type { Actor, Caller } from '../kernel/actor.js';
import { LooksService, PeopleQueries } from '../people/index.js';
import type { LookAsked, LookAsking, Looked, LookField, LookGround, LookLine } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { RELIEF_DONE } from './domain/relief-procedure.js';
import { ReliefQueries } from './relief.queries.js';
import type { ReliefFacts } from './relief.queries.js';

/** 查看完整, of the family of a case: by the register of the society that looks. What was said stands on the page itself. */
@Injectable()
export class ReliefLooks {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly people: PeopleQueries,
    private readonly looks: LooksService,
  ) {}

  async offered(actor: Actor, known: ReliefFacts): Promise<readonly LookLine[]> {
    return this.looks.offered(actor, await this.groundOf(actor, known));
  }

  async asked(actor: Actor, reliefId: string, field: LookField | null): Promise<LookAsking> {
    const known = await this.queries.relief(societyOf(actor), reliefId);
    return this.looks.asked(actor, await this.groundOf(actor, known), field);
  }

  async look(caller: Caller, reliefId: string, asked: LookAsked): Promise<Looked> {
    const known = await this.queries.relief(societyOf(caller.actor), reliefId);
    return this.looks.look(caller, await this.groundOf(caller.actor, known), asked);
  }

  /** The card stands in the register of the federation, which pays to it. */
  private async groundOf({ societyId }: Actor, known: ReliefFacts): Promise<LookGround> {
    const isDesk = societyId === known.societyId;
    const registerId = isDesk ? known.societyId : known.homeSocietyId;
    const applicantId = isDesk ? known.applicantId : known.originPersonId;
    const accounts = isDesk ? await this.people.payeeAccounts(registerId, applicantId) : [];
    return {
      ...{ subjectKind: 'relief', subjectId: known.id, number: known.text },
      ...{ societyId: registerId, applicantId, payeeId: applicantId },
      payeeAccountId: accounts.find(({ id }) => id === known.accountId)?.id ?? null,
      isOver: RELIEF_DONE.includes(known.state),
      story: null,
    };
  }
}
