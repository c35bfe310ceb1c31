import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import type { Tx } from '../platform/database/transactions.js';

type Order = { readonly id: string; readonly societyId: string; readonly threadId: string };
type Settled = { readonly at: Date; readonly byPersonId: string | null };

/** What an order itself makes people owe; that it be paid is the duty of its subject. */
@Injectable()
export class PaymentDuties {
  constructor(private readonly duties: DutiesService) {}

  /** The chair or a deputy approves it within the hours in which it is to be paid. */
  async askApproval(tx: Tx, order: Order, hours: number, from: Date): Promise<void> {
    await this.duties.open(tx, {
      ...subjectOf(order),
      kind: 'APPROVE_PAYMENT',
      ownerRole: 'chair',
      rule: { unit: 'hours', count: hours, from },
    });
  }

  async approved(tx: Tx, { id }: Pick<Order, 'id'>, settled: Settled): Promise<void> {
    await this.duties.settle(tx, { kind: 'APPROVE_PAYMENT', subjectId: id, ...settled });
  }

  /** The bank said no: within one working day the account is put right (domain.md 2.1). A second no begins it anew. */
  async askFix(tx: Tx, order: Order, from: Date): Promise<void> {
    const rule = { unit: 'working-days', count: 1, from } as const;
    const running = await this.duties.restart(tx, { kind: 'FIX_PAYMENT', subjectId: order.id, rule });
    if (running) return;
    await this.duties.open(tx, { ...subjectOf(order), kind: 'FIX_PAYMENT', ownerRole: 'secretary', rule });
  }

  async fixed(tx: Tx, { id }: Pick<Order, 'id'>, settled: Settled): Promise<void> {
    await this.duties.settle(tx, { kind: 'FIX_PAYMENT', subjectId: id, ...settled });
  }

  /** Nobody owes an order anything that was called off. */
  async callOff(tx: Tx, { id }: Pick<Order, 'id'>): Promise<void> {
    await this.duties.cancel(tx, { subjectId: id });
  }
}

function subjectOf({ id, societyId, threadId }: Order) {
  return { societyId, threadId, subjectKind: 'payment', subjectId: id } as const;
}
