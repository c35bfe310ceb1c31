import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { societyOf } from '../../platform/web/caller.js';
import { mayKeepGifts } from '../donations.permissions.js';
import { GiftsQueries } from '../gifts/gifts.queries.js';
import { mayAgreeToCosts } from './management.permissions.js';
import { ManagementQueries } from './management.queries.js';
import type { ManagementFacts } from './management.views.js';

/** What page and program show of the running of the house and one gift. */
@Injectable()
export class ManagementReading {
  constructor(
    private readonly gifts: GiftsQueries,
    private readonly queries: ManagementQueries,
    private readonly clock: Clock,
  ) {}

  /** Another society's gift is not found (D4-69). */
  async of(actor: Actor, giftId: string): Promise<Omit<ManagementFacts, 'typed' | 'errors'>> {
    const gift = await this.gifts.gift(societyOf(actor), giftId);
    const terms = await this.queries.termsOf(giftId);
    const [newest] = terms;
    const wroteIt =
      newest !== undefined && newest.recordedBy !== null && newest.recordedBy === actor.personId;
    return {
      ...{ gift, terms, draws: await this.queries.drawsOf(giftId) },
      mayKeep: mayKeepGifts(actor),
      // Nobody agrees to what he wrote down himself.
      mayAgree: mayAgreeToCosts(actor) && !wroteIt,
      now: this.clock.now(),
    };
  }
}
