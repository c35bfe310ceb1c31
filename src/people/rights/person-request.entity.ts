import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import {
  CountColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { RequestState, Right, WayAsked } from '../domain/person-right.js';
import { Person } from '../person.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** What somebody asked of the data held about them: who wrote it down, and who answered. */
@Entity('person_requests')
@Unique('uq_person_requests_open', ['openKey'])
@Index('ix_person_requests_person', ['personId', 'recordedAt'])
@Index('ix_person_requests_society', ['societyId', 'state', 'recordedAt'])
@Check('ck_person_requests_kind', `kind IN ('COPY', 'ERASE')`)
@Check('ck_person_requests_how', `how IN ('IN_PERSON', 'WRITTEN', 'PHONE')`)
@Check('ck_person_requests_state', `state IN ('WAITING', 'DONE', 'DECLINED')`)
@Check('ck_person_requests_open', `(state = 'WAITING') = (open_key IS NOT NULL)`)
@Check('ck_person_requests_decided', `(state = 'WAITING') = (decided_at IS NULL)`)
@Check('ck_person_requests_answer', `(state = 'DECLINED') = (answer_sealed IS NOT NULL)`)
@Check(
  'ck_person_requests_two',
  `kind <> 'ERASE' OR state <> 'DONE' OR decided_by IS NULL OR recorded_by IS NULL OR decided_by <> recorded_by`,
)
@Check('ck_person_requests_vouched', `vouched_at IS NULL OR kind = 'COPY'`)
@Check('ck_person_requests_voucher', `vouched_by IS NULL OR recorded_by IS NULL OR vouched_by <> recorded_by`)
export class PersonRequest {
  @KeyColumn('pk_person_requests')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey(() => Person, { name: 'fk_person_requests_person', ...NO_ACTION })
  readonly personId!: string;

  @WordColumn('kind', 5)
  readonly kind!: Right;

  @WordColumn('how', 10)
  readonly how!: WayAsked;

  @DayColumn('asked_on')
  readonly askedOn!: Day;

  @WordColumn('state', 10)
  readonly state!: RequestState;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @OptionalIdColumn('recorded_by_account')
  readonly recordedByAccount!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  /** Who asked the person whether the copy is really wanted: then whoever wrote it down may open it. */
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

  /** Why it was declined, which the person is owed (PIPL, art. 50). */
  @OptionalTextColumn('answer_sealed')
  readonly answerSealed!: string | null;

  /** The kind and whose it is, while it waits: one at a time. */
  @OptionalWordColumn('open_key', 50)
  readonly openKey!: string | null;
}

/** That contact and health of a person were erased. Append-only. */
@Entity('person_erasures')
@Unique('uq_person_erasures_cause', ['personId', 'cause'])
@Check('ck_person_erasures_fields', 'fields >= 0')
export class PersonErasure {
  @KeyColumn('pk_person_erasures')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey(() => Person, { name: 'fk_person_erasures_person', ...NO_ACTION })
  readonly personId!: string;

  /** `request:ID`, or `expired:DAY` of the last event: each cause erases once, whoever comes first. */
  @WordColumn('cause', 60)
  readonly cause!: string;

  @InstantColumn('erased_at')
  readonly erasedAt!: Date;

  /** How many values were emptied. */
  @CountColumn('fields')
  readonly fields!: number;
}
