import { Injectable } from '@nestjs/common';
import { PeopleQueries } from '../people/index.js';
import { shownName } from './domain/payee.js';
import type { PayeeKind } from './domain/payee.js';
import { payeeAccountOf } from './domain/payment-rules.js';
import { InstitutionsQueries } from './institutions.queries.js';
import type { PaymentOrder } from './payments.queries.js';

/** Where the money of an order goes: of the number its last four digits. */
export type PayeeAccount = {
  readonly holderName: string;
  readonly bankName: string;
  readonly tail: string;
  /** The holder is the payee, or the payee's guardian. */
  readonly matchesName: boolean;
  /** Since when nothing more is paid to it; null while it is in use, as the card of a person always is. */
  readonly endedAt: Date | null;
};

/** The one place that knows whether a payee stands in the register or among the institutions. */
@Injectable()
export class PayeesQueries {
  constructor(
    private readonly people: PeopleQueries,
    private readonly institutions: InstitutionsQueries,
  ) {}

  /** The account that the order names, if it is the payee's or the guardian's: else null, and nothing is paid to it. */
  async accountOf(order: PaymentOrder): Promise<PayeeAccount | null> {
    if (order.method === 'CASH') return null;
    return order.payeeKind === 'PERSON' ? this.cardOf(order) : this.accountAt(order);
  }

  /** As it may be shown to officers. */
  async nameOf(societyId: string, kind: PayeeKind, payeeId: string): Promise<string> {
    const { name } =
      kind === 'PERSON'
        ? await this.people.person(societyId, payeeId)
        : await this.institutions.institution(societyId, payeeId);
    return shownName(kind, name);
  }

  private async cardOf({ societyId, payeeId, payeeAccountId }: PaymentOrder): Promise<PayeeAccount | null> {
    const { guardianId } = await this.people.person(societyId, payeeId);
    const owners = guardianId === null ? [payeeId] : [payeeId, guardianId];
    const cards = await Promise.all(owners.map((id) => this.people.payeeAccounts(societyId, id)));
    const card = payeeAccountOf(payeeAccountId, cards.flat());
    if (!card) return null;
    const { holderName, bankName, cardTail, matchesName } = card;
    return { holderName, bankName, tail: cardTail, matchesName, endedAt: null };
  }

  private async accountAt({ societyId, payeeId }: PaymentOrder): Promise<PayeeAccount> {
    const { name, bankName, accountTail, endedAt } = await this.institutions.institution(societyId, payeeId);
    return { holderName: name, bankName, tail: accountTail, matchesName: true, endedAt };
  }
}
