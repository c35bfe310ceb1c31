import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { DomainError } from '../kernel/domain-error.js';
import { OfficesQueries } from '../offices/index.js';
import { MayNotApprove, MayNotPay, TiedToSubject } from './domain/payment.errors.js';
import { approverDecision, payerDecision } from './domain/payment-rules.js';
import { MayNotReceive } from './domain/recovery.errors.js';
import { receiverDecision } from './domain/recovery-rules.js';
import { PaymentSubjects } from './payment-subjects.js';

type Order = {
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly approverId: string | null;
  readonly payeeId: string;
};

/** A yes with its person, or the refusal. */
export type Right =
  { readonly may: true; readonly personId: string } | { readonly may: false; readonly why: DomainError };

/**
 * Who may do what to a payment: by the offices of today, and by what the subject says of ties as the register knows them
 * now. Both are asked anew before each act, outside its unit of work.
 */
@Injectable()
export class PaymentRights {
  constructor(
    private readonly offices: OfficesQueries,
    private readonly subjects: PaymentSubjects,
    private readonly clock: Clock,
  ) {}

  async toPay(actor: Actor, order: Order): Promise<Right> {
    const officer = await this.officerOf(actor, order.societyId);
    const decision = payerDecision(officer, order);
    if (decision !== 'may-pay') return no(new MayNotPay(decision));
    if (officer.personId === null) return no(new MayNotPay('not-cashier'));
    const { subjectKind, subjectId, societyId } = order;
    const tie = await this.subjects.of(subjectKind).mayPay(societyId, subjectId, officer.personId);
    return tie === null ? yes(officer.personId) : no(new TiedToSubject('pay', tie));
  }

  async toApprove(actor: Actor, order: Order): Promise<Right> {
    const officer = await this.officerOf(actor, order.societyId);
    const decision = approverDecision(officer, order);
    if (decision !== 'may-approve') return no(new MayNotApprove(decision));
    if (officer.personId === null) return no(new MayNotApprove('not-chair'));
    const { subjectKind, subjectId, societyId } = order;
    const tie = await this.subjects.of(subjectKind).mayApprove(societyId, subjectId, officer.personId);
    return tie === null ? yes(officer.personId) : no(new TiedToSubject('approve', tie));
  }

  /** What comes back is taken by a cashier too, and never by whoever owes it. */
  async toReceive(
    actor: Actor,
    debt: { readonly societyId: string; readonly payerId: string },
  ): Promise<Right> {
    const officer = await this.officerOf(actor, debt.societyId);
    const decision = receiverDecision(officer, debt.payerId);
    if (decision !== 'may-receive') return no(new MayNotReceive(decision));
    return officer.personId === null ? no(new MayNotReceive('not-cashier')) : yes(officer.personId);
  }

  private async officerOf({ personId }: Actor, societyId: string) {
    const today = dayOf(this.clock.now());
    const offices = personId ? await this.offices.officesOf(personId, societyId, today) : [];
    return { personId, offices };
  }
}

const yes = (personId: string): Right => ({ may: true, personId });
const no = (why: DomainError): Right => ({ may: false, why });

/** Whoever may, by name; else the refusal. */
export function personOf(right: Right): string {
  if (!right.may) throw right.why;
  return right.personId;
}
