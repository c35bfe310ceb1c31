import { Injectable } from '@nestjs/common';
import { CaseStopped, END_STOPPED } from '../cases/domain/consent-rule.js';
import { DutiesService, lastDayOf } from '../duties/index.js';
import type { Day } from '../kernel/day.js';
import { NoticesService } from '../notices/index.js';
import { PeopleService } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import {
  APPROVE,
  DESK_DUTIES,
  GOES_ON,
  LOOK_AT_MERGER,
  reliefStepOf,
  STOPPABLE_RELIEF,
} from './domain/relief-procedure.js';
import type {
  ReliefAct,
  ReliefDuty,
  ReliefOwed,
  ReliefState,
  ReliefStep,
} from './domain/relief-procedure.js';
import { ReliefNotInState } from './domain/relief.errors.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { RELIEF, RELIEF_PAYMENT } from './relief-kind.js';
import type { ReliefRow } from './relief.entity.js';

export type Moment = { readonly at: Date; readonly byPersonId: string | null };

/** The row of the procedure, or the refusal that says where the case is. */
export function reliefStep(
  act: ReliefAct,
  { state }: { readonly state: ReliefState },
  to: ReliefState | null = null,
): ReliefStep {
  const step = reliefStepOf(act, state, to);
  if (!step) throw new ReliefNotInState(RELIEF_STATE_WORDS[state]);
  return step;
}

/** The dated obligations of the procedure, kept as its table says. */
@Injectable()
export class ReliefSteps {
  constructor(
    private readonly duties: DutiesService,
    private readonly notices: NoticesService,
    private readonly register: PeopleService,
  ) {}

  /**
   * Settles what the step settles, ends what it ends but for a correction, which is published in any case, and opens what
   * it owes: by when, for a letter that says so. Throws where the step goes on with what the family has stopped.
   */
  async clocks(
    tx: Tx,
    row: ReliefRow,
    step: ReliefStep,
    { at, byPersonId }: Moment,
  ): Promise<ReadonlyMap<ReliefDuty, Day>> {
    if (GOES_ON.includes(step.act)) await this.refuseStopped(tx, row, at);
    for (const kind of step.settles)
      await this.duties.settle(tx, { kind, subjectId: row.id, at, byPersonId });
    if (step.endsDuties) {
      const corrections = { kind: 'CORRECTION', subjectKind: RELIEF, subjectId: row.id } as const;
      await this.duties.cancel(tx, { threadId: row.id, spare: await this.notices.idsOf(tx, corrections) });
    }
    const due = new Map<ReliefDuty, Day>();
    for (const owed of step.owes) due.set(owed.duty, await this.owe(tx, row, owed, at));
    return due;
  }

  /** Throws where the family took back what the case needs before that moment, by the register of the federation. */
  async refuseStopped(
    tx: Tx,
    { societyId, applicantId }: Pick<ReliefRow, 'societyId' | 'applicantId'>,
    at: Date,
  ): Promise<void> {
    const since = await this.register.stoppedSince(tx, societyId, applicantId);
    if (since !== null && at.getTime() > since.getTime()) throw new CaseStopped();
  }

  /**
   * What the family has stopped is to be ended; not where they agree again, or nothing is left of it to be ended. Where an
   * advance is out it is not ended (`MoneyIsOut`): it stands still, and nobody owes what nobody can do.
   */
  async heedStop(tx: Tx, row: ReliefRow, at: Date): Promise<void> {
    const about = { kind: 'END_STOPPED', subjectId: row.id } as const;
    const { societyId, applicantId, state, paidFen } = row;
    const goesOn = await this.register.agreesToProcessing(tx, societyId, applicantId);
    if (goesOn || paidFen > 0 || !STOPPABLE_RELIEF.includes(state)) {
      await this.duties.cancel(tx, about);
      return;
    }
    const rule = { ...END_STOPPED, from: at };
    if (await this.duties.restart(tx, { ...about, rule })) return;
    await this.duties.open(tx, {
      ...{ ...about, societyId, subjectKind: RELIEF, threadId: row.id, ownerRole: 'secretary', rule },
    });
  }

  /** A file that came back owes what had been left of its step. */
  async resumeClock(tx: Tx, row: ReliefRow, state: ReliefState, left: number, at: Date): Promise<void> {
    const owed = DESK_DUTIES[state];
    if (owed) await this.owe(tx, row, { ...owed, count: left }, at);
  }

  /** The notice has run out and nobody is right to object: the chair is asked (domain.md 2.2). */
  async oweApproval(tx: Tx, row: ReliefRow, at: Date): Promise<void> {
    await this.owe(tx, row, APPROVE, at);
  }

  /** Somebody objects while the chair is asked: asked again once it is decided. */
  async dropApproval(tx: Tx, reliefId: string): Promise<void> {
    await this.duties.cancel(tx, { kind: APPROVE.duty, subjectId: reliefId });
  }

  /** What is paid beforehand is paid within a day, since lives hang on it (domain.md 2.2). */
  async oweAdvance(tx: Tx, row: ReliefRow, paymentId: string, at: Date): Promise<void> {
    await this.duties.open(tx, {
      ...{ societyId: row.societyId, kind: 'PAY', subjectKind: RELIEF_PAYMENT, subjectId: paymentId },
      ...{ threadId: row.id, ownerRole: 'cashier', rule: { unit: 'hours', count: 24, from: at } },
    });
  }

  /** It is not to be paid any more. */
  async dropPayment(tx: Tx, paymentId: string): Promise<void> {
    await this.duties.cancel(tx, { kind: 'PAY', subjectId: paymentId });
  }

  /** What the payment had begun, nobody owes any more: the next one begins it anew. */
  async undoPayment(tx: Tx, reliefId: string): Promise<void> {
    for (const { duty: kind } of reliefStep('pay', { state: 'APPROVED' }).owes)
      await this.duties.cancel(tx, { kind, subjectId: reliefId });
  }

  /** An objection to a refusal was upheld, and here the family asks again. */
  async handedInAnew(tx: Tx, refused: readonly ReliefRow[], moment: Moment): Promise<void> {
    for (const { id: subjectId } of refused)
      await this.duties.settle(tx, { kind: 'DECIDE_ANEW', subjectId, ...moment });
  }

  async oweLookAtMerger(tx: Tx, row: ReliefRow, at: Date): Promise<void> {
    await this.owe(tx, row, LOOK_AT_MERGER, at);
  }

  /** What the home has to bring is the home's; all else is the desk's. */
  async owe(tx: Tx, row: ReliefRow, { duty, owner, unit, count }: ReliefOwed, at: Date): Promise<Day> {
    const { dueAt } = await this.duties.open(tx, {
      societyId: duty === 'COMPLETE_RELIEF' ? row.homeSocietyId : row.societyId,
      kind: duty,
      subjectKind: 'relief',
      subjectId: row.id,
      threadId: row.id,
      ownerRole: owner,
      rule: { unit, count, from: at },
    });
    return lastDayOf(dueAt);
  }
}
