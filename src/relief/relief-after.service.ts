import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { addDays, dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen, sumOf, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { Worksheet } from '../funds/domain/worksheet.js';
import { Ids } from '../kernel/ids.js';
import { AlreadyDemanded } from '../payments/domain/recovery.errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { DutiesService } from '../duties/index.js';
import { excessOf } from './domain/parts.js';
import { DAYS_TO_PAY_BACK, refundLetter } from './domain/relief-letters.js';
import { REFUND_WORDS, RELIEF_STATE_WORDS } from './domain/relief-words.js';
import type { RefundReason } from './domain/relief-words.js';
import { NothingToRefund, ReliefNotInState } from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefLetters } from './relief-letters.js';
import { ReliefMoney } from './relief-money.js';
import { reliefStep, ReliefSteps } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

export type FollowUpTyped = {
  readonly reliefId: string;
  readonly seenOn: Day;
  readonly usedAsMeant: boolean;
  readonly note: string | null;
};
export type RefundTyped = {
  readonly reliefId: string;
  readonly reason: RefundReason;
  /** What an insurer paid later; where it is another reason, what is to come back is said in `amountFen`. */
  readonly laterFen: Fen;
  readonly amountFen: Fen | null;
  readonly proof: string | null;
};
export type Refunding = { readonly reliefId: string; readonly excessFen: Fen };

/** After the money: a visit, and what is to come back when an insurer pays later (domain.md 2.2). */
@Injectable()
export class ReliefAfterService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly ground: ReliefGround,
    private readonly letters: ReliefLetters,
    private readonly money: ReliefMoney,
    private readonly seals: ReliefSeals,
    private readonly duties: DutiesService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Somebody has seen the family: with it and the end of the last notice the case is closed. */
  async followUp(caller: Caller, typed: FollowUpTyped): Promise<{ reliefId: string }> {
    const { reliefId, seenOn, usedAsMeant, note } = typed;
    const { personId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const body = { ...typed, note: note === null ? null : 'sealed' };
    return this.commands.run(caller, { act: 'followUpRelief', body }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      if (row.paidAt === null) throw new ReliefNotInState(RELIEF_STATE_WORDS[row.state]);
      const at = this.clock.now();
      const id = this.ids.next();
      const noteSealed = this.seals.seal('follow_up_note', id, note);
      const recorded = { recordedAt: at, recordedBy: personId };
      await this.store.insertFollowUp(tx, { id, reliefId, seenOn, usedAsMeant, noteSealed, ...recorded });
      const seen = await this.store.change(tx, row, { followedUpAt: row.followedUpAt ?? at });
      await this.duties.settle(tx, { kind: 'FOLLOW_UP', subjectId: reliefId, at, byPersonId: personId });
      await this.closeWhenDone(tx, seen, at);
      const words = `回访：${usedAsMeant ? '钱用在了正处' : '钱没有用在正处'}`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { seenOn, usedAsMeant }, words });
      return { reliefId };
    });
  }

  /** Paid − f(new base) is demanded back (domain.md 2.2); the cap is restored by what is received, not by this. */
  async demandRefund(caller: Caller, typed: RefundTyped): Promise<Refunding> {
    const { reliefId, reason, laterFen, proof } = typed;
    const { personId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    const ground = await this.ground.letterGroundOf(known);
    return this.commands.run(caller, { act: 'demandReliefRefund', body: typed }, async (tx, trail) => {
      const row = await this.store.get(tx, known.societyId, reliefId);
      const step = reliefStep('demand', row);
      const at = this.clock.now();
      const asked = await this.excess(tx, row, typed);
      if (asked === 0) throw new NothingToRefund();
      const demanded = await this.money.demandBack(tx, row, asked, at);
      if (demanded < asked) throw new AlreadyDemanded();
      const demandedFen = fen(row.demandedFen + demanded);
      const due = await this.store.step(tx, row, step, { demandedFen, closedAt: null });
      const made = { demandedAt: at, demandedBy: personId };
      const refund = { id: this.ids.next(), reliefId, reason, laterFen, excessFen: demanded, proof, ...made };
      await this.store.insertRefund(tx, refund);
      await this.steps.clocks(tx, due, step, { at, byPersonId: personId });
      const payBy = addDays(dayOf(at), DAYS_TO_PAY_BACK);
      const letter = { reason, paidFen: row.paidFen, laterFen, excessFen: demanded, payBy };
      await this.letters.write(tx, due, refundLetter(ground, letter), personId);
      const words = `要求退回 ${yuanText(demanded)} 元：${REFUND_WORDS[reason]}`;
      trail.on('relief', reliefId, { threadId: reliefId, after: { reason, laterFen, demanded }, words });
      return { reliefId, excessFen: demanded };
    });
  }

  /** A step of whatever ends the second of the two tracks. */
  async closeWhenDone(tx: Tx, row: ReliefRow, at: Date): Promise<void> {
    if (row.state !== 'PAID' || row.followedUpAt === null || row.resultEndedAt === null) return;
    const step = reliefStep('close', row);
    await this.store.step(tx, row, step, { closedAt: at });
    await this.steps.clocks(tx, row, step, { at, byPersonId: null });
  }

  /** All that insurers have paid later, taken off the base that the panel had; for other reasons what was typed. */
  private async excess(tx: Tx, row: ReliefRow, { laterFen, amountFen }: RefundTyped): Promise<Fen> {
    const kept = fen(row.paidFen - row.demandedFen);
    if (amountFen !== null) return fen(Math.min(amountFen, kept));
    const { baseFen, roomFen } = JSON.parse(row.sheet ?? '') as Worksheet;
    const before = sumOf((await this.store.refundsOf(tx, row.id)).map((refund) => refund.laterFen));
    const later = fen(before + laterFen);
    const { rule } = this.seals.frozenOf(row);
    return excessOf(rule, { baseFen, roomFen, laterFen: later, paidFen: kept });
  }
}
