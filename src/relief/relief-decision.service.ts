import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import { windowKeyOf } from '../funds/domain/rule.js';
import { CapExhausted } from '../funds/domain/funds.errors.js';
import { CapsService, FundsQueries } from '../funds/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { LedgerService } from '../ledger/index.js';
import { InstitutionsQueries } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { checkPlan, excessAdvanceOf, toPayOf, usualPlan, wholeOf } from './domain/parts.js';
import type { PlannedPart } from './domain/parts.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { NoticeStillRuns, ReliefNotInState } from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefMoney } from './relief-money.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { purseOf } from './relief-purse.js';
import { ReliefSettlement } from './relief-settlement.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import type { ReliefFacts } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

export type PlanTyped = { readonly reliefId: string; readonly parts: readonly PlannedPart[] };

/** Between the vote and the money: how it is to be paid, and the approval (domain.md 2.2). */
@Injectable()
export class ReliefDecisionService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly ground: ReliefGround,
    private readonly papers: ReliefPapersMade,
    private readonly money: ReliefMoney,
    private readonly settlement: ReliefSettlement,
    private readonly seals: ReliefSeals,
    private readonly funds: FundsQueries,
    private readonly institutions: InstitutionsQueries,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
    private readonly clock: Clock,
  ) {}

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
    const from = { purse: await this.purse(known), identities: await this.ground.identitiesOf(known) };
    return this.commands.run(caller, { act: 'approveRelief', body: { reliefId } }, async (tx, trail) => {
      const found = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('approve', found);
      if (found.noticeEndedAt === null || (await this.papers.preNoticeRuns(tx, reliefId)))
        throw new NoticeStillRuns();
      const at = this.clock.now();
      const row = await this.insteadOfAdvance(tx, found, from, at);
      const [toPay, excessFen] = [toPayOf(row), excessAdvanceOf(row)];
      const plan = planOf(row, toPay);
      checkPlan(plan, toPay, row.accountId !== null);
      if (toPay > 0) await this.order(tx, row, plan, { purse: from.purse, approverId, at });
      const approved = await this.store.step(tx, row, step, { approvedAt: at, approvedBy: approverId });
      const moment = { at, byPersonId: approverId };
      await this.steps.clocks(tx, approved, step, moment);
      await this.papers.approved(tx, approved, this.seals.frozenOf(approved), at);
      // What was advanced is as much as the grant, or more: nothing is left that the cashier could pay.
      if (approved.paidFen === wholeOf(approved))
        await this.settlement.allPaid(tx, approved, approved.paidFen, moment);
      const excess = excessFen > 0 ? `，先行拨付多付的 ${yuanText(excessFen)} 元要求退回` : '';
      const words = `批准救助 ${yuanText(row.grantFen ?? fen(0))} 元，${plan.length} 笔${excess}`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { plan, toPay, excessFen }, words });
      return { reliefId };
    });
  }

  private async order(
    tx: Tx,
    row: ReliefRow,
    plan: readonly PlannedPart[],
    by: { readonly purse: Purse; readonly approverId: string; readonly at: Date },
  ): Promise<void> {
    const [claim, frozen] = [claimOf(row), this.seals.frozenOf(row)];
    await this.caps.spend(tx, claim, windowKeyOf(frozen.rule.capWindow, row.cause, dayOf(by.at)));
    await this.ledger.release(tx, { purpose: claim });
    await this.money.order(tx, row, frozen, plan, { ...by, kind: 'PART', claim });
  }

  /**
   * An advance that was to be all of the grant came back from the bank: it is called off, and the grant, which is no more
   * than that, is paid like any other.
   */
  private async insteadOfAdvance(
    tx: Tx,
    row: ReliefRow,
    { purse, identities }: { readonly purse: Purse; readonly identities: readonly string[] },
    at: Date,
  ): Promise<ReliefRow> {
    const { id: threadId, societyId, fundId, grantFen } = row;
    const advance = (await this.store.paymentsOf(tx, threadId)).find(({ state }) => state === 'ORDERED');
    if (!advance || grantFen === null || toPayOf(row) > 0) return row;
    await this.money.callOff(tx, row, '银行退回，改按批准的金额付', at);
    const { rule } = this.seals.frozenOf(row);
    const { groupId } = await this.caps.groupOf(tx, identities);
    const windowKey = windowKeyOf(rule.capWindow, row.cause, dayOf(at));
    const claim = `${advance.claim}i`;
    const asked = { fundId, groupId, windowKey, capFen: rule.capFen, askedFen: grantFen, purpose: claim };
    const { heldFen, takenFen } = await this.caps.hold(tx, asked);
    if (heldFen < grantFen) throw new CapExhausted(rule.capFen, takenFen);
    await this.ledger.reserve(tx, { societyId, purse, purpose: claim, amountFen: grantFen, threadId });
    return this.store.change(tx, row, { claim, advancedFen: fen(0), plan: null });
  }

  private async purse({ societyId, nodeId }: ReliefFacts) {
    return purseOf(await this.funds.fund(societyId, nodeId));
  }
}

type Purse = ReturnType<typeof purseOf>;

/** As somebody arranged it, or all to the family; nothing where nothing is left to be paid. */
function planOf({ plan }: Pick<ReliefRow, 'plan'>, toPay: Fen): PlannedPart[] {
  if (toPay === 0) return [];
  return plan === null ? usualPlan(toPay) : (JSON.parse(plan) as PlannedPart[]);
}

export function claimOf({ claim }: Pick<ReliefRow, 'claim'>): string {
  if (claim === null) throw new Error('Nothing is held for this case');
  return claim;
}

/** Whoever signs is a person of the federation. */
export function signerOf({ personId }: Actor): string {
  if (personId === null) throw new ReliefNotInState('只有本人的账号能签');
  return personId;
}
