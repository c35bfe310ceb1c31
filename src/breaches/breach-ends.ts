import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import { dayOf } from '../kernel/day.js';
import { matterOver, MessagesOutbox } from '../messages/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { BreachFlag } from './breach.entity.js';
import { BreachSeals } from './breach.seals.js';
import { BreachesStore } from './breaches.store.js';
import { isStanding } from './domain/breach.js';
import type { Hands } from './domain/breach.js';

type Ending = { readonly by: Hands; readonly at: Date; readonly words: string };

const NOBODY: Hands = { personId: null, accountId: null };
const FALLEN = '对撤销的异议成立，依据要重新决定';

/** Ends that burden nobody, inside the unit of whoever brings them. */
@Injectable()
export class BreachEnds {
  constructor(
    private readonly store: BreachesStore,
    private readonly seals: BreachSeals,
    private readonly duties: DutiesService,
    private readonly messages: MessagesOutbox,
  ) {}

  /** Not confirmed. Who was asked to come hears that it is over. */
  async drop(tx: Tx, { id, societyId, personId }: BreachFlag, { by, at, words }: Ending): Promise<void> {
    const endSealed = this.seals.seal('end', id, words);
    await this.store.drop(tx, id, { by, at, today: dayOf(at), endSealed });
    await this.duties.cancel(tx, { subjectId: id });
    const asked = await this.messages.sentOn(tx, {
      subjectId: id,
      recipientId: personId,
      event: 'hearing.asked',
    });
    await this.messages.callOff(tx, { subjectId: id });
    if (asked === null) return;
    await this.messages.tellPerson(tx, societyId, personId, matterOver({ subjectId: id, what: 'dropped' }));
  }

  /** Before its last day. An appeal that waits has reached what it asks for: whoever should answer it is spared. */
  async lift(tx: Tx, flag: BreachFlag, { by, at, words }: Ending): Promise<void> {
    const { id, societyId, personId, appealId } = flag;
    const waiting = await this.store.waitingAppeal(tx, id);
    if (waiting) {
      const answerSealed = this.seals.seal('answer', waiting.id, words);
      await this.store.decide(tx, waiting.id, { by, at, outcome: 'UPHELD', answerSealed });
      await this.duties.cancel(tx, { subjectId: waiting.id });
    }
    const endSealed = this.seals.seal('end', id, words);
    await this.store.lift(tx, id, { by, at, today: dayOf(at), endSealed, appealId });
    await this.messages.callOff(tx, { subjectId: id });
    await this.messages.tellPerson(tx, societyId, personId, matterOver({ subjectId: id, what: 'lifted' }));
  }

  /** What showed it may have been wrong: nobody stays flagged by it, whatever is decided anew. */
  async groundFell(tx: Tx, groundId: string, at: Date): Promise<void> {
    const flag = await this.store.openOf(tx, groundId);
    if (!flag) return;
    const ending = { by: NOBODY, at, words: FALLEN };
    if (flag.state === 'HEARING') await this.drop(tx, flag, ending);
    else if (isStanding(flag, dayOf(at))) await this.lift(tx, flag, ending);
  }
}
