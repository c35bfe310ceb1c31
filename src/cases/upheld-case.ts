import { Injectable } from '@nestjs/common';
import { BreachEnds } from '../breaches/index.js';
import { DutiesService } from '../duties/index.js';
import type { NoticeFacts, Upholding } from '../notices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { CasesStore } from './cases.store.js';
import { RevocationsStore } from './revocations.store.js';
import { afterUpheld, DECIDE_ANEW_WORKING_DAYS, NothingLeftToDecide } from './domain/upheld.js';

/** What an upheld objection makes of a case, inside the unit that upholds it. */
@Injectable()
export class UpheldCase {
  constructor(
    private readonly store: CasesStore,
    private readonly revocations: RevocationsStore,
    private readonly breaches: BreachEnds,
    private readonly duties: DutiesService,
  ) {}

  /**
   * What was paid stays paid until the board has said (domain.md 2.3); what was refused stays refused until the town has.
   * That a fast path was not stood by the town reviews anyway (D4-68): nobody is asked twice.
   */
  async decideAnew(tx: Tx, { kind, subjectId }: NoticeFacts, { at }: Upholding): Promise<void> {
    if (kind === 'RESOLUTION') return;
    const { id, societyId, state } = await this.store.getOwn(tx, subjectId);
    const then = afterUpheld(state);
    if (then === 'over') throw new NothingLeftToDecide(state);
    if (then === 'being-decided') return;
    for (const revocationId of await this.revocations.untrueOf(tx, id))
      await this.breaches.groundFell(tx, revocationId, at);
    const rule = { unit: 'working-days', count: DECIDE_ANEW_WORKING_DAYS, from: at } as const;
    const duty = { kind: 'DECIDE_ANEW', subjectId: id, rule } as const;
    if (await this.duties.restart(tx, duty)) return;
    const about = { societyId, subjectKind: 'case', threadId: id, ownerRole: 'secretary' } as const;
    await this.duties.open(tx, { ...duty, ...about });
  }
}
