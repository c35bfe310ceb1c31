import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import type { PledgeKind } from '../people/domain/pledge.js';
import {
  CountColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type {
  AppealState,
  AppealWay,
  BreachState,
  GroundKind,
  HeardWay,
  Side,
  ToldWay,
} from './domain/breach.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;
const CONFIRMED = `state IN ('STANDS', 'LIFTED', 'OVERTURNED')`;

/** That somebody broke a pledge: who says so, what the person says to it, who confirmed it, and until when it stands. */
@Entity('breach_flags')
@Unique('uq_breach_flags_open', ['openKey'])
@Index('ix_breach_flags_person', ['personId', 'state'])
@Index('ix_breach_flags_society', ['societyId', 'state', 'proposedAt'])
@Index('ix_breach_flags_over', ['overOn'])
@Check('ck_breach_flags_kind', `kind IN ('APPLICANT', 'OFFICER')`)
@Check('ck_breach_flags_ground', `ground_kind IN ('REVOCATION', 'PLEDGE')`)
@Check('ck_breach_flags_months', 'months BETWEEN 1 AND 24')
@Check('ck_breach_flags_state', `state IN ('HEARING', 'STANDS', 'DROPPED', 'LIFTED', 'OVERTURNED')`)
@Check('ck_breach_flags_as', `proposed_as IN ('CHAIR', 'SUPERVISOR', 'OFFICE')`)
@Check('ck_breach_flags_way', `heard_how IN ('IN_PERSON', 'PHONE', 'WRITTEN', 'PROXY', 'SILENT')`)
@Check('ck_breach_flags_told', `told_how IN ('TEXT', 'IN_PERSON', 'PHONE', 'PAPER')`)
@Check('ck_breach_flags_told_on', '(told_how IS NULL) = (told_on IS NULL)')
@Check('ck_breach_flags_silent', `(told_how IS NOT NULL) = (COALESCE(heard_how, '') = 'SILENT')`)
@Check('ck_breach_flags_heard', '(heard_how IS NULL) = (heard_at IS NULL)')
@Check('ck_breach_flags_said', `(statement_sealed IS NULL) = (heard_how IS NULL OR heard_how = 'SILENT')`)
@Check('ck_breach_flags_first', 'confirmed_at IS NULL OR heard_at IS NOT NULL')
@Check('ck_breach_flags_confirmed', `(confirmed_at IS NOT NULL) = (${CONFIRMED})`)
@Check('ck_breach_flags_until', '(confirmed_at IS NULL) = (until_on IS NULL)')
@Check('ck_breach_flags_two', 'confirmed_by IS NULL OR proposed_by IS NULL OR confirmed_by <> proposed_by')
@Check('ck_breach_flags_own', 'confirmed_by IS NULL OR confirmed_by <> person_id')
@Check('ck_breach_flags_ended', `(ended_at IS NULL) = (state IN ('HEARING', 'STANDS'))`)
@Check('ck_breach_flags_why', `(end_sealed IS NOT NULL) = (state IN ('DROPPED', 'LIFTED'))`)
@Check('ck_breach_flags_over', `(over_on IS NULL) = (state = 'HEARING')`)
@Check('ck_breach_flags_open', `state <> 'HEARING' OR open_key IS NOT NULL`)
@Check('ck_breach_flags_again', `state <> 'DROPPED' OR open_key IS NULL`)
export class BreachFlag {
  @KeyColumn('pk_breach_flags')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey('persons', { name: 'fk_breach_flags_person', ...NO_ACTION })
  readonly personId!: string;

  /** Whose promise it was. */
  @WordColumn('kind', 9)
  readonly kind!: PledgeKind;

  @WordColumn('ground_kind', 12)
  readonly groundKind!: GroundKind;

  @IdColumn('ground_id')
  readonly groundId!: string;

  @TextColumn('reason_sealed')
  readonly reasonSealed!: string;

  /** For how many months it is to stand once it is confirmed. */
  @CountColumn('months')
  readonly months!: number;

  @WordColumn('state', 10)
  readonly state!: BreachState;

  @WordColumn('proposed_as', 10)
  readonly proposedAs!: Side;

  @OptionalIdColumn('proposed_by')
  readonly proposedBy!: string | null;

  @OptionalIdColumn('proposed_by_account')
  readonly proposedByAccount!: string | null;

  @InstantColumn('proposed_at')
  readonly proposedAt!: Date;

  /** The last day on which the person may say something before silence counts. */
  @DayColumn('hear_by')
  readonly hearBy!: Day;

  /** Where silence counts: how the person was told that there is something to say. */
  @OptionalWordColumn('told_how', 10)
  readonly toldHow!: ToldWay | null;

  /** On which day; the time to say something runs from it. */
  @OptionalDayColumn('told_on')
  readonly toldOn!: Day | null;

  @OptionalWordColumn('heard_how', 10)
  readonly heardHow!: HeardWay | null;

  @OptionalIdColumn('heard_by')
  readonly heardBy!: string | null;

  @OptionalIdColumn('heard_by_account')
  readonly heardByAccount!: string | null;

  @OptionalInstantColumn('heard_at')
  readonly heardAt!: Date | null;

  /** What the person said to it. */
  @OptionalTextColumn('statement_sealed')
  readonly statementSealed!: string | null;

  @OptionalIdColumn('confirmed_by')
  readonly confirmedBy!: string | null;

  @OptionalIdColumn('confirmed_by_account')
  readonly confirmedByAccount!: string | null;

  @OptionalInstantColumn('confirmed_at')
  readonly confirmedAt!: Date | null;

  /** Its last day, as it was confirmed. */
  @OptionalDayColumn('until_on')
  readonly untilOn!: Day | null;

  @OptionalIdColumn('ended_by')
  readonly endedBy!: string | null;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** Why it was dropped, or lifted early. */
  @OptionalTextColumn('end_sealed')
  readonly endSealed!: string | null;

  /** The last day of all: the one confirmed, or the earlier one on which it was dropped, lifted or taken away. */
  @OptionalDayColumn('over_on')
  readonly overOn!: Day | null;

  /**
   * The ground, as long as nobody may be flagged by it again: a grant is taken back once, and whatever came of its flag but
   * a no is the last word. Of a pledge only while the flag is heard or stands, since a term goes on.
   */
  @OptionalWordColumn('open_key', 36)
  readonly openKey!: string | null;

  /** The one appeal against it: set in the same change that finds it standing, so that no lift passes it unseen. */
  @OptionalIdColumn('appeal_id')
  readonly appealId!: string | null;
}

/** That the person does not accept a flag, and what somebody without a part in it answered. */
@Entity('breach_appeals')
@Unique('uq_breach_appeals_flag', ['flagId'])
@Index('ix_breach_appeals_decider', ['deciderSocietyId', 'state', 'recordedAt'])
@Check('ck_breach_appeals_how', `how IN ('IN_PERSON', 'PHONE', 'WRITTEN', 'PROXY')`)
@Check('ck_breach_appeals_state', `state IN ('WAITING', 'UPHELD', 'REJECTED')`)
@Check('ck_breach_appeals_decided', `(state = 'WAITING') = (decided_at IS NULL)`)
@Check('ck_breach_appeals_answer', `(state = 'WAITING') = (answer_sealed IS NULL)`)
export class BreachAppeal {
  @KeyColumn('pk_breach_appeals')
  readonly id!: string;

  @IdColumn('flag_id')
  @ForeignKey(() => BreachFlag, { name: 'fk_breach_appeals_flag', ...NO_ACTION })
  readonly flagId!: string;

  /** Of the register in which the person stands. */
  @IdColumn('society_id')
  readonly societyId!: string;

  /** Who answers: the federation above, else whoever stands above, else the society itself. */
  @IdColumn('decider_society_id')
  readonly deciderSocietyId!: string;

  @WordColumn('how', 10)
  readonly how!: AppealWay;

  @DayColumn('made_on')
  readonly madeOn!: Day;

  @TextColumn('words_sealed')
  readonly wordsSealed!: string;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @OptionalIdColumn('recorded_by_account')
  readonly recordedByAccount!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  @WordColumn('state', 10)
  readonly state!: AppealState;

  @OptionalIdColumn('decided_by')
  readonly decidedBy!: string | null;

  @OptionalIdColumn('decided_by_account')
  readonly decidedByAccount!: string | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;

  @OptionalTextColumn('answer_sealed')
  readonly answerSealed!: string | null;
}
