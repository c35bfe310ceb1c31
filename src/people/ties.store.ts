import { Injectable } from '@nestjs/common';
import type { CardRead } from '../kernel/chinese/card-number.js';
import { tailOf } from '../kernel/chinese/card-number.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { CONSENT_TEXT_VERSION, PLEDGE_TEXT_VERSION } from './domain/consent.js';
import type { ConsentWay, PledgeWay, Purpose } from './domain/consent.js';
import { pairOf } from './domain/kin.js';
import type { Relation } from './domain/kin.js';
import { holderMatchOf } from './domain/payee.js';
import { KinAlreadyDeclared, PayeeAccountAlreadyKnown, PersonNotFound } from './domain/people.errors.js';
import { OFFICER_PLEDGE_VERSION, PledgeAlreadySigned } from './domain/pledge.js';
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

const UNIQUE_TERM = { name: 'uq_pledges_term', columns: 'pledges.term_id' };

/** How and when something was signed, and who wrote it down. */
export type Signing<Way extends ConsentWay = ConsentWay> = {
  readonly how: Way;
  readonly fileId: string | null;
  readonly at: Date;
  readonly byPersonId: string | null;
  /** What brought it from another society's register. */
  readonly sourceId?: string | null;
};

/** What was said to one purpose. One that comes from another register says how and when, and on which words it was signed. */
export type ToldAnswer = {
  readonly purpose: Purpose;
  readonly given: boolean;
  readonly how?: ConsentWay;
  readonly textVersion?: string;
  readonly at?: Date;
};

/** Who signed in the person's place, or heard it; nobody where the person or the guardian signed. */
export type Another = { readonly otherId?: string | null; readonly relation?: Relation | null };

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

  consentsOf(tx: Tx, societyId: string, personId: string): Promise<Consent[]> {
    return tx.rows.findBy(Consent, { societyId, personId });
  }

  /**
   * One row per purpose, on the words of today unless an answer was given on others. Their places come from the counter in the person's row, so that what was said last is certain
   * even within one millisecond.
   */
  async insertConsents(
    tx: Tx,
    person: Person,
    answers: readonly ToldAnswer[],
    { otherId = null, relation = null, ...signing }: Signing & Another,
  ): Promise<void> {
    await tx.changeOne(() => new PersonNotFound())`
      UPDATE persons SET consents_count = consents_count + ${answers.length}
      WHERE society_id = ${person.societyId} AND id = ${person.id}`;
    const [counted] = await tx.read<{ count: number }>`
      SELECT consents_count AS "count" FROM persons WHERE id = ${person.id}`;
    const first = Number(counted?.count) - answers.length + 1;
    const rows = answers.map(
      ({ purpose, given, how = signing.how, textVersion = CONSENT_TEXT_VERSION, at = signing.at }, i) => ({
        ...this.signed(person, { ...signing, how, at }),
        ...{ purpose, given, textVersion, otherId, relation },
        position: first + i,
      }),
    );
    await tx.insert(Consent, rows);
  }

  /** Of an applicant, or, with a term, of the officer who holds it: that one is signed once. */
  async insertPledge(
    tx: Tx,
    person: Person,
    { termId = null, ...signing }: Signing<PledgeWay> & { readonly termId?: string | null },
  ): Promise<string> {
    const isOfficer = termId !== null;
    const row: Pledge = {
      ...this.signed(person, signing),
      ...{ kind: isOfficer ? 'OFFICER' : 'APPLICANT', termId },
      textVersion: isOfficer ? OFFICER_PLEDGE_VERSION : PLEDGE_TEXT_VERSION,
    };
    await unless(
      UNIQUE_TERM,
      () => new PledgeAlreadySigned(),
      () => tx.insert(Pledge, row),
    );
    return row.id;
  }

  private signed<Way extends ConsentWay>(person: Person, signing: Signing<Way>) {
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
