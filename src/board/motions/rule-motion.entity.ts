import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import {
  CountColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { RuleChange, RuleMotionState } from '../domain/rule-motion.js';

/**
 * That the board is asked for a new version of a rule of the house: the charter, or the rule of a fund. The terms are
 * whole, as they were put to the vote; the version itself is written by whoever keeps the rule, when the board has agreed.
 */
@Entity('rule_motions')
@Unique('uq_rule_motions_open', ['openKey'])
@Index('ix_rule_motions_target', ['targetId', 'openedAt'])
@Check('ck_rule_motions_state', `state IN ('VOTING', 'ADOPTED', 'REJECTED', 'LAPSED')`)
@Check('ck_rule_motions_open', `(state = 'VOTING') = (open_key IS NOT NULL)`)
@Check('ck_rule_motions_ended', `(state = 'VOTING') = (ended_at IS NULL)`)
@Check(
  'ck_rule_motions_adopted',
  `(state = 'ADOPTED') = (adopted_id IS NOT NULL) AND (adopted_id IS NULL) = (in_force_from IS NULL)`,
)
@Check('ck_rule_motions_version', 'version > 1')
export class RuleMotion {
  @KeyColumn('pk_rule_motions')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', {
    name: 'fk_rule_motions_society',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly societyId!: string;

  /** Under which the board knows it: charter, fund-rule. */
  @WordColumn('kind', 20)
  readonly kind!: string;

  /** Whose rule it is: the society, or the fund. */
  @IdColumn('target_id')
  readonly targetId!: string;

  /** What it is called in a notice: 章程, or the name of the fund. */
  @WordColumn('target_name', 60)
  readonly targetName!: string;

  /** The one that this would be: 第2版. */
  @CountColumn('version')
  readonly version!: number;

  @DayColumn('valid_from')
  readonly validFrom!: Day;

  /** Whole, as whoever keeps the rule reads them. */
  @JsonColumn('terms')
  readonly terms!: unknown;

  @JsonColumn('changes')
  readonly changes!: readonly RuleChange[];

  /** Why, for the directors. It reaches no notice. */
  @WordColumn('why', 200)
  readonly why!: string;

  /** Name and charter as they were when the board was asked: JSON, for the notice. */
  @TextColumn('issuer')
  readonly issuer!: string;

  @WordColumn('state', 10)
  readonly state!: RuleMotionState;

  @OptionalIdColumn('adopted_id')
  readonly adoptedId!: string | null;

  @OptionalDayColumn('in_force_from')
  readonly inForceFrom!: Day | null;

  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** Kind and target while the board votes: one question at a time. */
  @OptionalWordColumn('open_key', 60)
  readonly openKey!: string | null;
}
