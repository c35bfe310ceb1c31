import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutyThreads } from '../../duties/index.js';
import type { Duty, DutyCard, DutyThread } from '../../duties/index.js';
import type { Actor } from '../../kernel/actor.js';
import { societyOf } from '../../platform/web/caller.js';
import { hasWrittenDown } from '../../people/domain/person-right.js';
import { DONOR_RIGHT_WORDS } from '../domain/donor-right.js';
import { mayAnswerDonors } from './donor-rights.permissions.js';
import { DONOR_REQUEST } from './donor-rights.service.js';
import { DONOR_REQUESTS } from './donor-rights.views.js';
import { DonorRequestsQueries } from './donor-requests.queries.js';

/** What a home page says of an answer that a donor is owed. */
@Injectable()
export class DonorRequestThread implements DutyThread, OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly requests: DonorRequestsQueries,
  ) {}

  onModuleInit(): void {
    this.threads.register(this);
  }

  async cardOf(actor: Actor, { subjectKind, subjectId }: Duty): Promise<DutyCard | null> {
    if (subjectKind !== DONOR_REQUEST || !mayAnswerDonors(actor)) return null;
    const request = await this.requests.find(societyOf(actor), subjectId);
    if (!request) return null;
    const href = `${DONOR_REQUESTS}/${request.id}`;
    const waits = request.kind === 'ERASE' && hasWrittenDown(request, actor);
    return {
      ...{ title: `${DONOR_RIGHT_WORDS[request.kind]}：${request.shownName}（捐赠人）`, href, lines: [] },
      ...{ actHref: waits ? null : href, waiting: '等另一个人核对后确认' },
    };
  }
}
