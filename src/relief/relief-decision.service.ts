import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { windowKeyOf } from '../funds/domain/rule.js';
import { CapsService, FundsQueries } from '../funds/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { LedgerService } from '../ledger/index.js';
import { InstitutionsQueries } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { checkPlan, usualPlan } from './domain/parts.js';
import type { PlannedPart } from './domain/parts.js';
import type { ReliefStep } from './domain/relief-procedure.js';
import { OBJECTION_WORDS, RELIEF_STATE_WORDS } from './domain/relief-words.js';
import type { ObjectionReason } from './domain/relief-words.js';
import { NoticeStillRuns, ReliefNotInState } from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefMoney } from './relief-money.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { purseOf } from './relief-purse.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import type { ReliefFacts } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

export type ObjectionTyped = {
  readonly reliefId: string;
  readonly reason: ObjectionReason;
  readonly note: string;
};
export type FindingTyped = {
  readonly reliefId: string;
  readonly outcome: 'DISMISSED' | 'UPHELD';
  readonly note: string;
};
export type PlanTyped = { readonly reliefId: string; readonly parts: readonly PlannedPart[] };

/** Between the vote and the money: objections, how it is to be paid, and the approval (domain.md 2.2). */
@Injectable()
export class ReliefDecisionService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly ground: ReliefGround,
    private readonly papers: ReliefPapersMade,
    private readonly money: ReliefMoney,
    private readonly seals: ReliefSeals,
    private readonly funds: FundsQueries,
    private readonly institutions: InstitutionsQueries,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Somebody objects: nothing is approved or paid until it has been looked into. */
  async hold(caller: Caller, typed: ObjectionTyped): Promise<{ reliefId: string }> {
    const { reliefId, reason, note } = typed;
    const { personId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const body = { ...typed, note: 'sealed' };
    return this.commands.run(caller, { act: 'holdRelief', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('hold', row);
      const at = this.clock.now();
      const id = this.ids.next();
      await this.store.insertHold(tx, {
        ...{ id, reliefId, reason, heldAt: at, heldBy: personId },
        ...{ outcome: null, outcomeNoteSealed: null, decidedAt: null, decidedBy: null },
        noteSealed: this.seals.seal('hold_note', id, note) ?? '',
      });
      await this.store.step(tx, row, step);
      await this.steps.dropApproval(tx, reliefId);
      await this.steps.clocks(tx, row, step, { at, byPersonId: personId });
      const words = `收到异议，暂缓：${OBJECTION_WORDS[reason]}`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { reason }, words });
      return { reliefId };
    });
  }

  /** What was found. Upheld: the vote and its notice count no more, and the panel is asked anew. */
  async decideObjection(caller: Caller, typed: FindingTyped): Promise<{ reliefId: string }> {
    const { reliefId, outcome, note } = typed;
    const { personId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const body = { ...typed, note: 'sealed' };
    return this.commands.run(caller, { act: 'decideReliefObjection', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep(outcome === 'UPHELD' ? 'uphold' : 'dismiss', row);
      const at = this.clock.now();
      const hold = await this.store.openHold(tx, reliefId);
      const noteSealed = this.seals.seal('hold_outcome', hold.id, note);
      await this.store.decideHold(tx, hold.id, { outcome, noteSealed, by: personId });
      const moved =
        outcome === 'UPHELD' ? await this.takeBack(tx, row, step, at) : await this.store.step(tx, row, step);
      await this.steps.clocks(tx, moved, step, { at, byPersonId: personId });
      if (outcome === 'DISMISSED' && row.noticeEndedAt !== null) await this.steps.oweApproval(tx, moved, at);
      const words = outcome === 'UPHELD' ? '异议成立，重新评审' : '异议不成立，接着公示';
      trail.on('relief', reliefId, { threadId: reliefId, after: { outcome }, words });
      return { reliefId };
    });
  }

  /** In how many payments, and to whom: the family, the hospital, or both. Until it is approved it may be changed. */
  async planPayments(caller: Caller, typed: PlanTyped): Promise<{ reliefId: string }> {
    const { reliefId, parts } = typed;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    for (const { institutionId } of parts)
      if (institutionId !== null) await this.institutions.institution(known.societyId, institutionId);
    return this.commands.run(caller, { act: 'planReliefPayments', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      if (row.state !== 'PRE_NOTICE' && row.state !== 'OBJECTION_HOLD')
        throw new ReliefNotInState(RELIEF_STATE_WORDS[row.state]);
      checkPlan(parts, toPayOf(row), row.accountId !== null);
      await this.store.change(tx, row, { plan: JSON.stringify(parts) });
      const words = `付款安排：${parts.length} 笔`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { parts }, words });
      return { reliefId };
    });
  }

  /** The notice has hung, nobody was right to object: the chair approves, and what is left is owed and ordered. */
  async approve(caller: Caller, { reliefId }: { readonly reliefId: string }): Promise<{ reliefId: string }> {
    const approverId = signerOf(caller.actor);
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const purse = await this.purse(known);
    return this.commands.run(caller, { act: 'approveRelief', body: { reliefId } }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('approve', row);
      if (row.noticeEndedAt === null) throw new NoticeStillRuns();
      const at = this.clock.now();
      const frozen = this.seals.frozenOf(row);
      const toPay = toPayOf(row);
      const plan = row.plan === null ? usualPlan(toPay) : (JSON.parse(row.plan) as PlannedPart[]);
      checkPlan(plan, toPay, row.accountId !== null);
      const claim = claimOf(row);
      await this.caps.spend(tx, claim, windowKeyOf(frozen.rule.capWindow, row.cause, dayOf(at)));
      await this.ledger.release(tx, { purpose: claim });
      await this.money.order(tx, row, frozen, plan, { kind: 'PART', purse, claim, approverId, at });
      const approved = await this.store.step(tx, row, step, { approvedAt: at, approvedBy: approverId });
      await this.steps.clocks(tx, approved, step, { at, byPersonId: approverId });
      await this.papers.approved(tx, approved, frozen, at);
      const words = `批准救助 ${yuanText(row.grantFen ?? fen(0))} 元，${plan.length} 笔`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { plan, toPay }, words });
      return { reliefId };
    });
  }

  /** Room and money are free again, and what nobody has signed is not published; what was advanced and paid stays so. */
  private async takeBack(tx: Tx, row: ReliefRow, step: ReliefStep, at: Date): Promise<ReliefRow> {
    const claim = claimOf(row);
    await this.caps.release(tx, claim);
    await this.ledger.release(tx, { purpose: claim });
    const notPaid = await this.money.callOff(tx, row, '异议成立', at);
    await this.papers.discard(tx, row.id, 'RELIEF_PRE');
    const advancedFen = fen(row.advancedFen - notPaid);
    return this.store.step(tx, row, step, { claim: null, noticeEndedAt: null, advancedFen });
  }

  private async purse({ societyId, nodeId }: ReliefFacts) {
    return purseOf(await this.funds.fund(societyId, nodeId));
  }
}

/** What of the grant has not been advanced. */
export const toPayOf = ({ grantFen, advancedFen }: Pick<ReliefRow, 'grantFen' | 'advancedFen'>): Fen =>
  fen((grantFen ?? 0) - advancedFen);

export function claimOf({ claim }: Pick<ReliefRow, 'claim'>): string {
  if (claim === null) throw new Error('Nothing is held for this case');
  return claim;
}

/** Whoever signs is a person of the federation. */
export function signerOf({ personId }: Actor): string {
  if (personId === null) throw new ReliefNotInState('只有本人的账号能签');
  return personId;
}
