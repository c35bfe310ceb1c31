import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { Answer, FastPathState, LiftReason, Risk, Trio } from './domain/fast-path.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;
const ALL_YES =
  "COALESCE(chair_said, '') = 'yes' AND COALESCE(secretary_said, '') = 'yes' AND COALESCE(supervisor_said, '') = 'yes'";
const SOME_NO =
  "COALESCE(chair_said, '') = 'no' OR COALESCE(secretary_said, '') = 'no' OR COALESCE(supervisor_said, '') = 'no'";

/** One attempt to help at once: who must sign, what they said, and what the board said of it afterwards. */
@Entity('fast_paths')
@Unique('uq_fast_paths_open', ['openKey'])
@Unique('uq_fast_paths_sequence', ['caseId', 'sequence'])
@Index('ix_fast_paths_due', ['state', 'dueAt'])
@Check(
  'ck_fast_paths_state',
  "state IN ('OPEN', 'APPROVED', 'STOPPED', 'EXPIRED', 'CANCELLED', 'RATIFIED', 'NOT_RATIFIED')",
)
@Check('ck_fast_paths_risk', "risk IN ('LIFE', 'SHELTER')")
@Check('ck_fast_paths_chair', "chair_office IN ('CHAIR', 'DEPUTY')")
@Check(
  'ck_fast_paths_three',
  'chair_id <> secretary_id AND chair_id <> supervisor_id AND secretary_id <> supervisor_id',
)
@Check(
  'ck_fast_paths_answers',
  "COALESCE(chair_said, 'yes') IN ('yes', 'no') AND COALESCE(secretary_said, 'yes') IN ('yes', 'no') AND COALESCE(supervisor_said, 'yes') IN ('yes', 'no')",
)
@Check(
  'ck_fast_paths_signed',
  '(chair_said IS NULL) = (chair_at IS NULL) AND (secretary_said IS NULL) = (secretary_at IS NULL) AND (supervisor_said IS NULL) = (supervisor_at IS NULL)',
)
@Check('ck_fast_paths_open', "(state = 'OPEN') = (open_key IS NOT NULL)")
@Check('ck_fast_paths_ended', "(state = 'OPEN') = (ended_at IS NULL)")
@Check('ck_fast_paths_approved', `state NOT IN ('APPROVED', 'RATIFIED', 'NOT_RATIFIED') OR (${ALL_YES})`)
@Check('ck_fast_paths_stopped', `(state = 'STOPPED') = (${SOME_NO})`)
@Check('ck_fast_paths_ratified', "(state = 'RATIFIED') = (ratified_at IS NOT NULL)")
@Check('ck_fast_paths_review', "(state = 'NOT_RATIFIED') = (review_wanted_at IS NOT NULL)")
@Check(
  'ck_fast_paths_asked',
  "state NOT IN ('RATIFIED', 'NOT_RATIFIED') OR ratification_round_id IS NOT NULL",
)
export class FastPath {
  @KeyColumn('pk_fast_paths')
  readonly id!: string;

  @IdColumn('case_id')
  @ForeignKey(() => CaseRow, { name: 'fk_fast_paths_case', ...NO_ACTION })
  readonly caseId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** The attempts of one case, counted. */
  @CountColumn('sequence')
  readonly sequence!: number;

  @WordColumn('risk', 8)
  readonly risk!: Risk;

  @WordColumn('state', 12)
  readonly state!: FastPathState;

  /** Goes up with each signature: two who sign together see each other's. */
  @CountColumn('version')
  readonly version!: number;

  /** The case while this is open, null afterwards: a case has one at a time. */
  @OptionalIdColumn('open_key')
  readonly openKey!: string | null;

  /** Whoever signs for the chair: the chair, or the deputy standing in. */
  @IdColumn('chair_id')
  readonly chairId!: string;

  @WordColumn('chair_office', 6)
  readonly chairOffice!: Trio['chairOffice'];

  @IdColumn('secretary_id')
  readonly secretaryId!: string;

  @IdColumn('supervisor_id')
  readonly supervisorId!: string;

  @OptionalWordColumn('chair_said', 3)
  readonly chairSaid!: Answer | null;

  @OptionalInstantColumn('chair_at')
  readonly chairAt!: Date | null;

  @OptionalWordColumn('secretary_said', 3)
  readonly secretarySaid!: Answer | null;

  @OptionalInstantColumn('secretary_at')
  readonly secretaryAt!: Date | null;

  @OptionalWordColumn('supervisor_said', 3)
  readonly supervisorSaid!: Answer | null;

  @OptionalInstantColumn('supervisor_at')
  readonly supervisorAt!: Date | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @InstantColumn('due_at')
  readonly dueAt!: Date;

  /** Approved, stopped, expired or cancelled: nobody can sign any more. */
  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** The one round in which the board says whether it stands by it. */
  @OptionalIdColumn('ratification_round_id')
  readonly ratificationRoundId!: string | null;

  @OptionalInstantColumn('ratified_at')
  readonly ratifiedAt!: Date | null;

  /** D4-68: since when the town union owes a review. */
  @OptionalInstantColumn('review_wanted_at')
  readonly reviewWantedAt!: Date | null;
}

/** Who may sign no fast path in this society, since the board did not stand by one, until the town union lifts it. */
@Entity('fast_path_suspensions')
@Unique('uq_fast_path_suspensions_person', ['fastPathId', 'personId'])
@Index('ix_fast_path_suspensions_person', ['societyId', 'personId'])
@Check('ck_fast_path_suspensions_lifted', '(lifted_at IS NULL) = (lift_reason IS NULL)')
@Check('ck_fast_path_suspensions_by', 'lifted_by IS NULL OR lifted_at IS NOT NULL')
@Check('ck_fast_path_suspensions_reason', "lift_reason IS NULL OR lift_reason IN ('IN_ORDER', 'CORRECTED')")
export class FastPathSuspension {
  @KeyColumn('pk_fast_path_suspensions')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('person_id')
  readonly personId!: string;

  @IdColumn('fast_path_id')
  @ForeignKey(() => FastPath, { name: 'fk_fast_path_suspensions_path', ...NO_ACTION })
  readonly fastPathId!: string;

  @InstantColumn('since')
  readonly since!: Date;

  @OptionalInstantColumn('lifted_at')
  readonly liftedAt!: Date | null;

  /** The person of the town union who lifted it. */
  @OptionalIdColumn('lifted_by')
  readonly liftedBy!: string | null;

  @OptionalWordColumn('lift_reason', 10)
  readonly liftReason!: LiftReason | null;
}
