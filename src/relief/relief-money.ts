import { Injectable } from '@nestjs/common';
import { CapsService } from '../funds/index.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { LedgerService } from '../ledger/index.js';
import { PaymentsService, RecoveriesService } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { PlannedPart } from './domain/parts.js';
import type { PaidBefore } from './domain/relief-letters.js';
import { reliefNumberText } from './domain/relief-words.js';
import { RELIEF_PAYMENT } from './relief-kind.js';
import type { ReliefPayment } from './relief-parts.entity.js';
import { ReliefSteps } from './relief-steps.js';
import type { Moment } from './relief-steps.js';
import type { ReliefRow } from './relief.entity.js';
import type { ReliefFrozen } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';

export type Ordering = {
  readonly kind: ReliefPayment['kind'];
  /** Of the fund or project, as the ledger calls it. */
  readonly purse: { readonly fund: string; readonly restriction: string };
  /** The hold on the cap that the payments spend. */
  readonly claim: string;
  readonly approverId: string;
  readonly at: Date;
};

/** The money of a case: owed and ordered part by part, called off before it left, demanded back after it had. */
@Injectable()
export class ReliefMoney {
  constructor(
    private readonly store: ReliefStore,
    private readonly steps: ReliefSteps,
    private readonly caps: CapsService,
    private readonly ledger: LedgerService,
    private readonly payments: PaymentsService,
    private readonly recoveries: RecoveriesService,
    private readonly ids: Ids,
  ) {}

  /** Each part is set aside, owed and ordered by itself: one that comes back from the bank moves no other. */
  async order(
    tx: Tx,
    row: ReliefRow,
    frozen: ReliefFrozen,
    plan: readonly PlannedPart[],
    { kind, purse, claim, approverId, at }: Ordering,
  ): Promise<void> {
    const { id: threadId, societyId, applicantId, accountId } = row;
    const caseNumber = reliefNumberText(row);
    for (const { amountFen, institutionId } of plan) {
      const id = this.ids.next();
      await this.store.insertPayment(tx, { id, reliefId: row.id, kind, amountFen, institutionId, claim });
      await this.ledger.reserve(tx, { societyId, purse, purpose: id, amountFen, threadId });
      const summary = `${kind === 'ADVANCE' ? '先行拨付' : '批准救助'} ${caseNumber}`;
      const cause = accrualOf(id);
      await this.ledger.accrue(tx, { societyId, threadId, purpose: id, cause, amountFen, at, summary });
      const payee =
        institutionId === null
          ? ({ payeeKind: 'PERSON', payeeId: applicantId, payeeAccountId: accountId } as const)
          : ({ payeeKind: 'INSTITUTION', payeeId: institutionId, payeeAccountId: institutionId } as const);
      await this.payments.order(tx, {
        ...{ societyId, subjectKind: RELIEF_PAYMENT, subjectId: id, threadId, purpose: id },
        ...{ caseNumber, amountFen, ...payee, payeeName: frozen.applicantName, method: 'CARD' },
        ...{ approverId, orderedAt: at },
      });
      if (kind === 'ADVANCE') await this.steps.oweAdvance(tx, row, id, at);
    }
  }

  /**
   * What is ordered and not yet paid is called off, owed no more, and free in its purse; of the cap that much too. Says
   * how much of an advance went with it.
   */
  async callOff(tx: Tx, row: ReliefRow, why: string, at: Date): Promise<Fen> {
    const { societyId, id: threadId } = row;
    let advanced = fen(0);
    for (const { id, state, kind, claim, amountFen } of await this.store.paymentsOf(tx, row.id)) {
      if (state !== 'ORDERED') continue;
      await this.payments.cancel(tx, { subjectKind: RELIEF_PAYMENT, subjectId: id, at, reason: why });
      const summary = '撤回救助批准';
      await this.ledger.revokeAccrual(tx, { societyId, threadId, cause: accrualOf(id), at, summary });
      await this.ledger.release(tx, { purpose: id });
      await this.caps.restore(tx, claim, amountFen);
      await this.store.callOff(tx, id);
      await this.steps.dropPayment(tx, id);
      if (kind === 'ADVANCE') advanced = fen(advanced + amountFen);
    }
    return advanced;
  }

  /**
   * Demands so much of what was paid, the latest payment first; says how much that came to. A payment is demanded back
   * once: what an earlier demand has taken from stands aside.
   */
  async demandBack(tx: Tx, row: ReliefRow, amountFen: Fen, at: Date): Promise<Fen> {
    let left = amountFen;
    const payments = await this.store.paymentsOf(tx, row.id);
    const paid = payments.filter(({ state, refundedFen }) => state === 'PAID' && refundedFen === 0);
    for (const payment of paid.reverse()) {
      const part = fen(Math.min(left, payment.amountFen));
      if (part <= 0) break;
      const subject = { subjectKind: RELIEF_PAYMENT, subjectId: payment.id };
      await this.recoveries.demand(tx, { ...subject, payerId: row.applicantId, amountFen: part, at });
      left = fen(left - part);
    }
    return fen(amountFen - left);
  }

  /**
   * No grant comes of the case: what was paid of it beforehand is demanded back, and what the bank had sent back is not
   * paid again. Says how much was paid and how much of it is demanded.
   */
  async demandAdvance(tx: Tx, row: ReliefRow, at: Date): Promise<PaidBefore> {
    const notPaid = await this.callOff(tx, row, '没有获得救助', at);
    const advancedFen = fen(row.advancedFen - notPaid);
    const demandedFen = await this.demandBack(tx, row, advancedFen, at);
    if (notPaid + demandedFen > 0) await this.store.change(tx, row, { advancedFen, demandedFen });
    if (demandedFen > 0) await this.keepDemand(tx, row, 'NOT_CARRIED', demandedFen, { at, byPersonId: null });
    return { advancedFen, demandedFen };
  }

  /** Why it was demanded, and how much: what nobody typed is kept as what somebody did. */
  async keepDemand(
    tx: Tx,
    { id: reliefId }: Pick<ReliefRow, 'id'>,
    reason: 'NOT_CARRIED' | 'LESS_GRANTED',
    excessFen: Fen,
    { at: demandedAt, byPersonId: demandedBy }: Moment,
  ): Promise<void> {
    const made = { reliefId, reason, laterFen: fen(0), excessFen, proof: null, demandedAt, demandedBy };
    await this.store.insertRefund(tx, { id: this.ids.next(), ...made });
  }
}

const accrualOf = (paymentId: string): string => `accrual:${paymentId}`;
