import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { ConsentWay, PledgeWay, Purpose } from './domain/consent.js';
import type { Relation } from './domain/kin.js';
import type { HolderMatch } from './domain/payee.js';
import type { PledgeKind } from './domain/pledge.js';
import { Person } from './person.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** A card or passbook that money for a person goes to. The number is sealed; pages show its last four digits. */
@Entity('payee_accounts')
@Unique('uq_payee_accounts_card', ['personId', 'cardIndex'])
@Index('ix_payee_accounts_card', ['societyId', 'cardIndex'])
export class PayeeAccount {
  @KeyColumn('pk_payee_accounts')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey(() => Person, { name: 'fk_payee_accounts_person', ...NO_ACTION })
  readonly personId!: string;

  @WordColumn('holder_name', 100)
  readonly holderName!: string;

  @WordColumn('bank_name', 60)
  readonly bankName!: string;

  @TextColumn('card_sealed')
  readonly cardSealed!: string;

  @WordColumn('card_index', 64)
  readonly cardIndex!: string;

  @WordColumn('card_tail', 4)
  readonly cardTail!: string;

  /** False is a warning only: the numbers of old passbooks do not pass (domain.md 1.10). */
  @FlagColumn('luhn')
  readonly luhn!: boolean;

  @WordColumn('holder_match', 10)
  readonly holderMatch!: HolderMatch;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/** A declared tie of two persons; the lower id is `oneId`, so that a pair has one row for each relation. */
@Entity('kin_ties')
@Unique('uq_kin_ties_pair', ['oneId', 'otherId', 'relation'])
@Check('ck_kin_ties_order', 'one_id < other_id')
@Index('ix_kin_ties_other', ['otherId'])
export class KinTie {
  @KeyColumn('pk_kin_ties')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('one_id')
  @ForeignKey(() => Person, { name: 'fk_kin_ties_one', ...NO_ACTION })
  readonly oneId!: string;

  @IdColumn('other_id')
  @ForeignKey(() => Person, { name: 'fk_kin_ties_other', ...NO_ACTION })
  readonly otherId!: string;

  @WordColumn('relation', 20)
  readonly relation!: Relation;

  @InstantColumn('declared_at')
  readonly declaredAt!: Date;
}

/** One purpose, given or withdrawn. Append-only: a withdrawal is a later row (PIPL, art. 15). */
@Entity('consents')
@Unique('uq_consents_position', ['personId', 'position'])
@Check('ck_consents_how', `how IN ('PAPER', 'ON_SCREEN', 'GUARDIAN', 'PROXY', 'SPOKEN', 'PHONE')`)
@Check(
  'ck_consents_other',
  `source_id IS NOT NULL OR (how IN ('PROXY', 'SPOKEN', 'PHONE')) = (other_id IS NOT NULL)`,
)
@Check(
  'ck_consents_oneself',
  'other_id IS NULL OR (other_id <> person_id AND (by_person_id IS NULL OR other_id <> by_person_id))',
)
@Check('ck_consents_relation', `source_id IS NOT NULL OR (how = 'PROXY') = (relation IS NOT NULL)`)
@Check('ck_consents_phone', `how <> 'PHONE' OR given = 0 OR purpose NOT IN ('HEALTH_BANK', 'PUBLISH')`)
export class Consent {
  @KeyColumn('pk_consents')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey(() => Person, { name: 'fk_consents_person', ...NO_ACTION })
  readonly personId!: string;

  @CountColumn('position')
  readonly position!: number;

  @WordColumn('purpose', 20)
  readonly purpose!: Purpose;

  @FlagColumn('given')
  readonly given!: boolean;

  /** Which wording was signed. */
  @WordColumn('text_version', 20)
  readonly textVersion!: string;

  @WordColumn('how', 10)
  readonly how!: ConsentWay;

  /** The guardian who signed for a minor. */
  @OptionalIdColumn('guardian_id')
  readonly guardianId!: string | null;

  /** Who signed in the person's place, or heard what was said. */
  @OptionalIdColumn('other_id')
  readonly otherId!: string | null;

  /** What the one who signed instead is to the person. */
  @OptionalWordColumn('relation', 20)
  readonly relation!: Relation | null;

  /** The photo of the signed sheet. */
  @OptionalIdColumn('file_id')
  readonly fileId!: string | null;

  @InstantColumn('at')
  readonly at!: Date;

  /** Who wrote it down. */
  @OptionalIdColumn('by_person_id')
  readonly byPersonId!: string | null;

  /** What brought it here from the register of another society; null where it was signed here. */
  @OptionalIdColumn('source_id')
  readonly sourceId!: string | null;
}

/**
 * A signed pledge: of an applicant that what was told is true, of an officer to serve honestly (seed rows 17 and 40). One
 * for each term of an office. Append-only.
 */
@Entity('pledges')
@Unique('uq_pledges_term', ['termId'])
@Check('ck_pledges_kind', `kind IN ('APPLICANT', 'OFFICER')`)
@Check('ck_pledges_term', `(kind = 'OFFICER') = (term_id IS NOT NULL)`)
@Check('ck_pledges_how', `how IN ('PAPER', 'ON_SCREEN', 'GUARDIAN')`)
@Index('ix_pledges_person', ['personId', 'at'])
export class Pledge {
  @KeyColumn('pk_pledges')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey(() => Person, { name: 'fk_pledges_person', ...NO_ACTION })
  readonly personId!: string;

  @WordColumn('kind', 10)
  readonly kind!: PledgeKind;

  /** For which term of an office it was signed. */
  @OptionalIdColumn('term_id')
  readonly termId!: string | null;

  @WordColumn('text_version', 20)
  readonly textVersion!: string;

  @WordColumn('how', 10)
  readonly how!: PledgeWay;

  @OptionalIdColumn('guardian_id')
  readonly guardianId!: string | null;

  @OptionalIdColumn('file_id')
  readonly fileId!: string | null;

  @InstantColumn('at')
  readonly at!: Date;

  @OptionalIdColumn('by_person_id')
  readonly byPersonId!: string | null;

  @OptionalIdColumn('source_id')
  readonly sourceId!: string | null;
}
