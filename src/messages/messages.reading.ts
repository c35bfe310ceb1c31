import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { MessagesQueries } from './messages.queries.js';
import type { MessagesShown } from './messages.views.js';

/** What a page of texts shows: of one society, or with null of the whole house. */
@Injectable()
export class MessagesReading {
  constructor(
    private readonly queries: MessagesQueries,
    private readonly clock: Clock,
  ) {}

  async shown(societyId: string | null, after: string | null): Promise<MessagesShown> {
    const [counts, failed, latest] = await Promise.all([
      this.queries.counts(societyId, this.clock.now()),
      after === null ? this.queries.list(societyId, { state: 'FAILED' }) : [],
      this.queries.list(societyId, { after }),
    ]);
    return { counts, failed, latest };
  }
}
