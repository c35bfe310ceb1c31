import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { DonorGroup, DonorKind } from '../domain/donor.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/**
 * Somebody who gives to a society or a federation. Name and phone are sealed: lists of the society show a company by
 * its name and a person masked; in public nobody is named without consent.
 */
@Entity('donors')
@Unique('uq_donors_uscc', ['societyId', 'usccKey'])
@Unique('uq_donors_account', ['accountId', 'societyId'])
@Index('ix_donors_name', ['societyId', 'nameIndex'])
@Index('ix_donors_offered', ['offeredAccountId'])
@Check('ck_donors_kind', `kind IN ('PERSON', 'COMPANY')`)
@Check(
  'ck_donors_group',
  `category IN ('ENTERPRISE', 'CARING', 'RETIRED_CADRE', 'OUTSIDE_ENTREPRENEUR', 'MEMBER')`,
)
@Check('ck_donors_uscc', `(kind = 'COMPANY') = (uscc IS NOT NULL)`)
@Check('ck_donors_merged', '(merged_into_id IS NULL) = (merged_at IS NULL)')
export class Donor {
  @KeyColumn('pk_donors')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_donors_society', ...NO_ACTION })
  readonly societyId!: string;

  @WordColumn('kind', 10)
  readonly kind!: DonorKind;

  @WordColumn('category', 24)
  readonly group!: DonorGroup;

  @TextColumn('name_sealed')
  readonly nameSealed!: string;

  @WordColumn('name_index', 64)
  readonly nameIndex!: string;

  /** A company by its name, a person masked. */
  @WordColumn('shown_name', 100)
  readonly shownName!: string;

  @OptionalWordColumn('uscc', 18)
  readonly uscc!: string | null;

  /** The same as long as the record counts; null once it was merged, so that the number may stand in the other. */
  @OptionalWordColumn('uscc_key', 18)
  readonly usccKey!: string | null;

  @OptionalTextColumn('phone_sealed')
  readonly phoneSealed!: string | null;

  @OptionalWordColumn('phone_index', 64)
  readonly phoneIndex!: string | null;

  @OptionalWordColumn('home_place', 40)
  readonly homePlace!: string | null;

  @FlagColumn('publishes_name')
  readonly publishesName!: boolean;

  /** When the donor was last asked whether the name may be public. */
  @InstantColumn('asked_at')
  readonly askedAt!: Date;

  /** The account with which the donor looks at “我的捐赠”; null without one. */
  @OptionalIdColumn('account_id')
  @ForeignKey('accounts', { name: 'fk_donors_account', ...NO_ACTION })
  readonly accountId!: string | null;

  /** The account whose owner was asked whether he is this donor, and has not said yet. A new record has none. */
  @OptionalIdColumn('offered_account_id')
  @ForeignKey('accounts', { name: 'fk_donors_offered', ...NO_ACTION })
  readonly offeredAccountId!: string | null;

  @OptionalIdColumn('merged_into_id')
  @ForeignKey('donors', { name: 'fk_donors_merged', ...NO_ACTION })
  readonly mergedIntoId!: string | null;

  @OptionalInstantColumn('merged_at')
  readonly mergedAt!: Date | null;

  @CountColumn('version')
  readonly version!: number;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}
