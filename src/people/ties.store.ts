import { Injectable } from '@nestjs/common';
import type { CardRead } from '../kernel/chinese/card-number.js';
import { tailOf } from '../kernel/chinese/card-number.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { CONSENT_TEXT_VERSION, PLEDGE_TEXT_VERSION } from './domain/consent.js';
import type { ConsentWay, Purpose } from './domain/consent.js';
import { pairOf } from './domain/kin.js';
import type { Relation } from './domain/kin.js';
import { holderMatchOf } from './domain/payee.js';
import { KinAlreadyDeclared, PayeeAccountAlreadyKnown, PersonNotFound } from './domain/people.errors.js';
import { tidyName } from './domain/person-draft.js';
import type { Person } from './person.entity.js';
import { PeopleSeals } from './people.seals.js';
import { Consent, KinTie, PayeeAccount, Pledge } from './ties.entity.js';

const UNIQUE_CARD = {
  name: 'uq_payee_accounts_card',
  columns: 'payee_accounts.person_id, payee_accounts.card_index',
};
const UNIQUE_KIN = {
  name: 'uq_kin_ties_pair',
  columns: 'kin_ties.one_id, kin_ties.other_id, kin_ties.relation',
};

/** How and when something was signed, and who wrote it down. */
export type Signing = {
  readonly how: ConsentWay;
  readonly fileId: string | null;
  readonly at: Date;
  readonly byPersonId: string | null;
  /** What brought it from another society's register. */
  readonly sourceId?: string | null;
};

/** Cards, kin, consents and pledges of a person. */
@Injectable()
export class TiesStore {
  constructor(
    private readonly seals: PeopleSeals,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async insertPayeeAccount(
    tx: Tx,
    person: Person,
    guardian: Person | null,
    account: {
      readonly holderName: string;
      readonly bankName: string;
      readonly card: Extract<CardRead, { ok: true }>;
    },
  ): Promise<PayeeAccount> {
    const id = this.ids.next();
    const { number, luhn } = account.card;
    const row: PayeeAccount = {
      id,
      societyId: person.societyId,
      personId: person.id,
      holderName: tidyName(account.holderName),
      bankName: account.bankName,
      cardSealed: this.seals.seal('card', id, number),
      cardIndex: this.seals.index('card', person.societyId, number),
      cardTail: tailOf(number),
      luhn,
      holderMatch: holderMatchOf(account.holderName, person.name, guardian?.name ?? null),
      createdAt: this.clock.now(),
    };
    await unless(
      UNIQUE_CARD,
      () => new PayeeAccountAlreadyKnown(),
      () => tx.insert(PayeeAccount, row),
    );
    return row;
  }

  async insertKin(tx: Tx, societyId: string, a: string, b: string, relation: Relation): Promise<string> {
    const id = this.ids.next();
    const row = { id, societyId, ...pairOf(a, b), relation, declaredAt: this.clock.now() };
    await unless(
      UNIQUE_KIN,
      () => new KinAlreadyDeclared(),
      () => tx.insert(KinTie, row),
    );
    return id;
  }

  /**
   * One row per purpose. Their places come from the counter in the person's row, so that what was said last is certain
   * even within one millisecond.
   */
  consentsOf(tx: Tx, societyId: string, personId: string): Promise<Consent[]> {
    return tx.rows.findBy(Consent, { societyId, personId });
  }

  async insertConsents(
    tx: Tx,
    person: Person,
    answers: readonly { readonly purpose: Purpose; readonly given: boolean }[],
    signing: Signing,
  ): Promise<void> {
    await tx.changeOne(() => new PersonNotFound())`
      UPDATE persons SET consents_count = consents_count + ${answers.length}
      WHERE society_id = ${person.societyId} AND id = ${person.id}`;
    const [counted] = await tx.read<{ count: number }>`
      SELECT consents_count AS "count" FROM persons WHERE id = ${person.id}`;
    const first = Number(counted?.count) - answers.length + 1;
    const rows = answers.map((answer, i) => ({
      ...answer,
      ...this.signed(person, signing),
      position: first + i,
      textVersion: CONSENT_TEXT_VERSION,
    }));
    await tx.insert(Consent, rows);
  }

  async insertPledge(tx: Tx, person: Person, signing: Signing): Promise<string> {
    const row = { ...this.signed(person, signing), textVersion: PLEDGE_TEXT_VERSION };
    await tx.insert(Pledge, row);
    return row.id;
  }

  private signed(person: Person, signing: Signing) {
    return {
      id: this.ids.next(),
      societyId: person.societyId,
      personId: person.id,
      guardianId: signing.how === 'GUARDIAN' ? person.guardianId : null,
      ...signing,
      sourceId: signing.sourceId ?? null,
    };
  }
}

async function unless(
  constraint: { name: string; columns: string },
  refusal: () => Error,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw breaksUnique(error, constraint) ? refusal() : error;
  }
}
