import { Injectable } from '@nestjs/common';
import { CapsService } from '../funds/index.js';
import { DutiesService } from '../duties/index.js';
import { Clock } from '../kernel/clock.js';
import { fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { LedgerService } from '../ledger/index.js';
import type { NoticeFacts, Upholding } from '../notices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { heldClaimOf } from './domain/parts.js';
import { afterUpheld, DECIDE_ANEW_WORKING_DAYS, NothingLeftToDecide } from './domain/upheld.js';
import { ReliefMoney } from './relief-money.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefStore } from './relief.store.js';

/**
 * What objections to its notices do to a case, inside the units that register and decide them (domain.md 2.2): nothing is
 * approved or paid while one to the pre-notice is open. What was said, and by whom, stays with the objection.
 */
@Injectable()
export class ObjectedRelief {
  constructor(
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly papers: ReliefPapersMade,
    private readonly money: ReliefMoney,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A notice that another has replaced holds nothing up; and what was paid stays paid until somebody was right. */
  async hold(tx: Tx, { noticeId, subjectId, kind, superseded }: NoticeFacts): Promise<void> {
    if (superseded) return;
    const row = await this.store.getOwn(tx, subjectId);
    if (kind === 'RELIEF_RESULT' && row.state === 'PAID' && row.resultEndedAt !== null)
      await this.store.change(tx, row, { resultEndedAt: null });
    if (kind !== 'RELIEF_PRE' || row.state !== 'PRE_NOTICE') return;
    await this.holdFor(tx, row, noticeId, this.clock.now());
  }

  /** None was right: the notice goes on, and where it has ended meanwhile the chair is asked. */
  async dismiss(tx: Tx, { noticeId, subjectId, kind }: NoticeFacts): Promise<void> {
    if (kind !== 'RELIEF_PRE') return;
    const row = await this.store.getOwn(tx, subjectId);
    if (row.state !== 'OBJECTION_HOLD') return;
    const held = await this.store.openHold(tx, subjectId);
    if (held.noticeId !== noticeId) return;
    const at = this.clock.now();
    await this.store.decideHold(tx, held.id, { outcome: 'DISMISSED', at, by: null });
    const step = reliefStep('dismiss', row);
    const going = await this.store.step(tx, row, step);
    await this.steps.clocks(tx, going, step, { at, byPersonId: null });
    if (row.noticeEndedAt !== null && !(await this.papers.preNoticeRuns(tx, row.id)))
      await this.steps.oweApproval(tx, going, at);
  }

  /** Before the approval the vote counts no more; afterwards somebody has to say what is to come back. */
  async uphold(tx: Tx, { noticeId, subjectId }: NoticeFacts, by: Upholding): Promise<void> {
    const row = await this.store.getOwn(tx, subjectId);
    const then = afterUpheld(row.state);
    if (then === 'over') throw new NothingLeftToDecide(row.state);
    if (then === 'decide-anew') await this.oweDecision(tx, row, by.at);
    if (then === 'undo') {
      const held = row.state === 'PRE_NOTICE' ? await this.holdFor(tx, row, noticeId, by.at) : row;
      await this.undo(tx, held, by);
    }
  }

  private async holdFor(tx: Tx, row: ReliefRow, noticeId: string, at: Date): Promise<ReliefRow> {
    const step = reliefStep('hold', row);
    const undecided = { outcome: null, decidedAt: null, decidedBy: null };
    await this.store.insertHold(tx, {
      ...{ id: this.ids.next(), reliefId: row.id, noticeId, heldAt: at },
      ...undecided,
    });
    // Of an objection that was received in time and written down later the end is taken back (D4-40).
    const held = await this.store.step(tx, row, step, { noticeEndedAt: null });
    await this.steps.dropApproval(tx, row.id);
    await this.steps.clocks(tx, held, step, { at, byPersonId: null });
    return held;
  }

  /** Room and money are free again, and what nobody has signed is not published; what was advanced and paid stays so. */
  private async undo(tx: Tx, row: ReliefRow, { at, byPersonId }: Upholding): Promise<void> {
    const held = await this.store.openHold(tx, row.id);
    await this.store.decideHold(tx, held.id, { outcome: 'UPHELD', at, by: byPersonId });
    const step = reliefStep('uphold', row);
    const claim = heldClaimOf(row);
    if (claim !== null) {
      await this.caps.release(tx, claim);
      await this.ledger.release(tx, { purpose: claim });
    }
    const notPaid = await this.money.callOff(tx, row, '异议成立', at);
    await this.papers.discard(tx, row.id, 'RELIEF_PRE');
    const advancedFen = fen(row.advancedFen - notPaid);
    const undone = await this.store.step(tx, row, step, { claim: null, noticeEndedAt: null, advancedFen });
    await this.steps.clocks(tx, undone, step, { at, byPersonId });
  }

  /** Of what was paid the desk says how much comes back; who was refused hands in anew, with the society at home. */
  private async oweDecision(tx: Tx, row: ReliefRow, from: Date): Promise<void> {
    const rule = { unit: 'working-days', count: DECIDE_ANEW_WORKING_DAYS, from } as const;
    const duty = { kind: 'DECIDE_ANEW', subjectId: row.id, rule } as const;
    if (await this.duties.restart(tx, duty)) return;
    await this.duties.open(tx, {
      ...{ ...duty, subjectKind: 'relief', threadId: row.id, ownerRole: 'secretary' },
      societyId: row.state === 'REJECTED' ? row.homeSocietyId : row.societyId,
    });
  }
}
