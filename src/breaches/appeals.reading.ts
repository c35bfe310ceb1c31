import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { PeopleQueries } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { BreachesQueries } from './breaches.queries.js';
import type { AppealFacts, AppealLine, BreachFacts } from './breaches.queries.js';
import { hadPart } from './domain/breach.js';

/** An appeal in a list: no word of it is opened. */
export type AppealListed = {
  readonly appeal: AppealLine;
  readonly maskedName: string;
  readonly societyName: string;
};

/** What whoever answers an appeal reads of it. */
export type AppealReading = {
  readonly appeal: AppealFacts;
  readonly flag: BreachFacts;
  readonly maskedName: string;
  readonly societyName: string;
  /** It waits, and whoever looks is neither its person nor had a part in it; of kin the act asks. */
  readonly mayAnswer: boolean;
};

/** Gathers appeals for the society that answers them; for any other they are not there. */
@Injectable()
export class AppealsReading {
  constructor(
    private readonly commands: Commands,
    private readonly queries: BreachesQueries,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
  ) {}

  async waiting(actor: Actor): Promise<AppealListed[]> {
    const appeals = await this.queries.appealsAt(societyOf(actor));
    return Promise.all(
      appeals.map(async (appeal) => {
        const { personId } = await this.queries.line(appeal.societyId, appeal.flagId);
        return { appeal, ...(await this.named(appeal.societyId, personId)) };
      }),
    );
  }

  /** What is said in another register may name somebody: every look from outside is kept in the trail. */
  async one(actor: Actor, appealId: string): Promise<AppealReading> {
    const own = societyOf(actor);
    const appeal = await this.queries.appeal(own, appealId);
    const { societyId, flagId: threadId } = appeal;
    const flag = await this.queries.breach(societyId, threadId);
    if (societyId !== own)
      await this.commands.recordRead(actor, 'breach-appeal', appealId, {
        threadId,
        words: '看失信标记的申诉',
      });
    const mayAnswer = appeal.state === 'WAITING' && !hadPart(flag, appeal, actor);
    return { appeal, flag, ...(await this.named(societyId, flag.personId)), mayAnswer };
  }

  private async named(
    societyId: string,
    personId: string,
  ): Promise<Pick<AppealListed, 'maskedName' | 'societyName'>> {
    const { maskedName } = await this.people.person(societyId, personId);
    const { name: societyName } = await this.societies.society(societyId);
    return { maskedName, societyName };
  }
}
