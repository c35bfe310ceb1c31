import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import { CapsService } from '../funds/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { LedgerService } from '../ledger/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { heldClaimOf } from './domain/parts.js';
import { OWN_WISHES, RELIEF_END_WORDS } from './domain/relief-words.js';
import type { ReliefEnding } from './domain/relief-words.js';
import { MoneyIsOut, ReliefNotInState } from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { RELIEF } from './relief-kind.js';
import { ReliefMoney } from './relief-money.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefQueries } from './relief.queries.js';
import { endOf, ReliefStore } from './relief.store.js';

export type EndingTyped = { readonly reliefId: string; readonly reason: ReliefEnding };

/** A case that ends before any money left: taken back, no more needed, or never completed (domain.md 2.2). */
@Injectable()
export class ReliefEndingService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly queries: ReliefQueries,
    private readonly steps: ReliefSteps,
    private readonly ground: ReliefGround,
    private readonly papers: ReliefPapersMade,
    private readonly money: ReliefMoney,
    private readonly rounds: RoundsService,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

  /** By the society that answers for the family, or by the desk. Round, room, money and invoices are free again. */
  async end(caller: Caller, typed: EndingTyped): Promise<{ reliefId: string }> {
    const { reliefId, reason } = typed;
    const { actor } = caller;
    const isDesk = actor.societyId === (await this.queries.relief(actor.societyId ?? '', reliefId)).societyId;
    const known = await (isDesk
      ? this.ground.atTheDesk(actor, reliefId)
      : this.ground.atHome(actor, reliefId));
    const letter = await this.ground.letterGroundOf(known);
    return this.commands.run(caller, { act: 'endRelief', body: typed }, async (tx, trail) => {
      const row = await this.store.getOwn(tx, reliefId);
      const step = reliefStep(OWN_WISHES.includes(reason) ? 'withdraw' : 'terminate', row);
      const at = this.clock.now();
      if ((await this.store.paymentsOf(tx, reliefId)).some(({ state }) => state === 'PAID'))
        throw new MoneyIsOut();
      await this.takeBack(tx, trail, row, { why: RELIEF_END_WORDS[reason], at, byPersonId: actor.personId });
      const ended = await this.store.step(tx, row, step, {
        ...endOf(reason, at),
        ...{ claim: null, returnedFrom: null, approvedAt: null, approvedBy: null },
      });
      await this.store.freeInvoices(tx, reliefId);
      await this.steps.clocks(tx, ended, step, { at, byPersonId: actor.personId });
      const paid = { advancedFen: row.paidFen, demandedFen: row.demandedFen };
      await this.papers.ended(tx, ended, letter, { reason, by: actor.personId, paid });
      trail.on('relief', reliefId, {
        threadId: reliefId,
        before: { state: row.state },
        after: { state: step.to, reason },
        words: RELIEF_END_WORDS[reason],
      });
      return { reliefId };
    });
  }

  /** Files that were sent back and never came again; the timer calls it. One that cannot end holds up no other. */
  async expireDue(now: Date): Promise<{ expired: number }> {
    const failures: unknown[] = [];
    let expired = 0;
    for (const { id, societyId } of await this.queries.overdueReturns(now)) {
      try {
        await this.expire(id, societyId, now);
        expired += 1;
      } catch (error) {
        // It came at the last moment, or another program was first.
        if (!(error instanceof ReliefNotInState)) failures.push(error);
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} files could not be ended`);
    return { expired };
  }

  private async expire(reliefId: string, societyId: string, at: Date): Promise<void> {
    const known = await this.queries.relief(societyId, reliefId);
    const letter = await this.ground.letterGroundOf(known);
    await this.commands.timer('expireRelief', async (tx, trail) => {
      const row = await this.store.getOwn(tx, reliefId);
      const step = reliefStep('expire', row);
      const ending = { ...endOf('NOT_COMPLETED', at), returnedFrom: null };
      const ended = await this.store.step(tx, row, step, ending);
      await this.store.freeInvoices(tx, reliefId);
      await this.steps.clocks(tx, ended, step, { at, byPersonId: null });
      const paid = await this.money.demandAdvance(tx, ended, at);
      await this.papers.ended(tx, ended, letter, { reason: 'NOT_COMPLETED', by: null, paid });
      await this.papers.advanceDemanded(tx, ended, letter, paid);
      trail.on('relief', reliefId, {
        threadId: reliefId,
        after: paid,
        words: RELIEF_END_WORDS.NOT_COMPLETED,
      });
    });
  }

  private async takeBack(
    tx: Tx,
    trail: Trail,
    row: ReliefRow,
    undoing: { readonly why: string; readonly at: Date; readonly byPersonId: string | null },
  ): Promise<void> {
    if (row.state === 'PANEL')
      await this.rounds.void(tx, trail, { subjectKind: RELIEF, subjectId: row.id, ...undoing });
    const held = row.state === 'APPROVED' ? null : heldClaimOf(row);
    if (held !== null) {
      await this.caps.release(tx, held);
      await this.ledger.release(tx, { purpose: held });
    }
    await this.money.callOff(tx, row, undoing.why, undoing.at);
    await this.papers.discard(tx, row.id, 'RELIEF_PRE');
  }
}
