import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import {
  CountColumn,
  DayColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { DonorRight, DonorWay } from '../domain/donor-right.js';
import type { RequestState } from '../../people/domain/person-right.js';
import { Donor } from '../donors/donor.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** What a donor asked of the data held about him: he himself by his account, or written down by the office. */
@Entity('donor_requests')
@Unique('uq_donor_requests_open', ['openKey'])
@Index('ix_donor_requests_donor', ['donorId', 'recordedAt'])
@Index('ix_donor_requests_society', ['societyId', 'state', 'recordedAt'])
@Check('ck_donor_requests_kind', `kind IN ('COPY', 'CORRECT', 'ERASE')`)
@Check('ck_donor_requests_how', `how IN ('ACCOUNT', 'IN_PERSON', 'WRITTEN', 'PHONE')`)
@Check('ck_donor_requests_own', `how <> 'ACCOUNT' OR kind <> 'COPY'`)
@Check('ck_donor_requests_wish', `wish_sealed IS NULL OR kind = 'CORRECT'`)
@Check('ck_donor_requests_state', `state IN ('WAITING', 'DONE', 'DECLINED')`)
@Check('ck_donor_requests_open', `(state = 'WAITING') = (open_key IS NOT NULL)`)
@Check('ck_donor_requests_decided', `(state = 'WAITING') = (decided_at IS NULL)`)
@Check('ck_donor_requests_answer', `(state = 'DECLINED') = (answer_sealed IS NOT NULL)`)
@Check(
  'ck_donor_requests_two',
  `kind <> 'ERASE' OR state <> 'DONE' OR ((decided_by IS NULL OR recorded_by IS NULL OR decided_by <> recorded_by) AND (decided_by_account IS NULL OR recorded_by_account IS NULL OR decided_by_account <> recorded_by_account))`,
)
@Check('ck_donor_requests_vouched', `vouched_at IS NULL OR kind = 'COPY'`)
@Check('ck_donor_requests_voucher', `vouched_by IS NULL OR recorded_by IS NULL OR vouched_by <> recorded_by`)
export class DonorRequest {
  @KeyColumn('pk_donor_requests')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('donor_id')
  @ForeignKey(() => Donor, { name: 'fk_donor_requests_donor', ...NO_ACTION })
  readonly donorId!: string;

  @WordColumn('kind', 7)
  readonly kind!: DonorRight;

  @WordColumn('how', 10)
  readonly how!: DonorWay;

  @DayColumn('asked_on')
  readonly askedOn!: Day;

  /** What shall be put right, in the words of the donor: a name may stand there. Emptied when it is answered. */
  @OptionalTextColumn('wish_sealed')
  readonly wishSealed!: string | null;

  @WordColumn('state', 10)
  readonly state!: RequestState;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  /** The donor's own where he asked himself. */
  @OptionalIdColumn('recorded_by_account')
  readonly recordedByAccount!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  @OptionalIdColumn('vouched_by')
  readonly vouchedBy!: string | null;

  @OptionalIdColumn('vouched_by_account')
  readonly vouchedByAccount!: string | null;

  @OptionalInstantColumn('vouched_at')
  readonly vouchedAt!: Date | null;

  @OptionalIdColumn('decided_by')
  readonly decidedBy!: string | null;

  @OptionalIdColumn('decided_by_account')
  readonly decidedByAccount!: string | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;

  /** Why it was declined, which the donor is owed (PIPL, art. 50). */
  @OptionalTextColumn('answer_sealed')
  readonly answerSealed!: string | null;

  /** The kind and whose it is, while it waits: one at a time. */
  @OptionalWordColumn('open_key', 50)
  readonly openKey!: string | null;
}

/** That something of a donor was erased, a row for each record of his. Append-only. */
@Entity('donor_erasures')
@Unique('uq_donor_erasures_cause', ['donorId', 'cause'])
@Check('ck_donor_erasures_fields', 'fields >= 0')
export class DonorErasure {
  @KeyColumn('pk_donor_erasures')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('donor_id')
  @ForeignKey(() => Donor, { name: 'fk_donor_erasures_donor', ...NO_ACTION })
  readonly donorId!: string;

  /** `request:ID`, or `expired:` and when the clock did it: each cause erases a record once, whoever comes first. */
  @WordColumn('cause', 60)
  readonly cause!: string;

  @InstantColumn('erased_at')
  readonly erasedAt!: Date;

  /** How many values were emptied. */
  @CountColumn('fields')
  readonly fields!: number;

  /** Not even the name is left: nothing is written under this record any more. */
  @FlagColumn('name_gone')
  readonly nameGone!: boolean;
}
