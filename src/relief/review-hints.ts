import { Injectable } from '@nestjs/common';
import { BreachesQueries, standingWords } from '../breaches/index.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { ReliefFacts } from './relief.queries.js';

type Asking = Pick<ReliefFacts, 'societyId' | 'applicantId' | 'homeSocietyId' | 'originPersonId'>;

/** What whoever judges a file shall know beside it: never a silent block (peers.md 1, point 7). */
@Injectable()
export class ReviewHints {
  constructor(
    private readonly breaches: BreachesQueries,
    private readonly clock: Clock,
  ) {}

  /** Broken pledges that stand, by the register of the home and by that of the desk; their words stay where they are. */
  async of({ societyId, applicantId, homeSocietyId, originPersonId }: Asking): Promise<string[]> {
    const today = dayOf(this.clock.now());
    const standing = await this.breaches.standingOf(homeSocietyId, [originPersonId], today);
    if (societyId !== homeSocietyId)
      standing.push(...(await this.breaches.standingOf(societyId, [applicantId], today)));
    return standing.map((breach) => `${standingWords(breach)}照样审核，不因此退件，也不因此减少金额。`);
  }
}
