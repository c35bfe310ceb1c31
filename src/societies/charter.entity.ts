import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { CharterScope, Custody, NoticeDayKind } from './domain/charter.js';
import { Organisation } from './organisation.entity.js';

/**
 * One version of a society's charter, whole. Append-only: a changed rule is a new version from a later day, and a
 * case keeps the version under which its round was opened.
 */
@Entity('charter_versions')
@Unique('uq_charter_versions_version', ['societyId', 'version'])
@Unique('uq_charter_versions_from', ['societyId', 'validFrom'])
@Check(
  'ck_charter_versions_money',
  'per_case_limit_fen > 0 AND fast_path_limit_fen >= 0 AND min_balance_fen >= 0',
)
@Check(
  'ck_charter_versions_household',
  'household_year_limit_fen >= per_case_limit_fen AND household_year_limit_count > 0',
)
@Check('ck_charter_versions_fast_path', 'fast_path_limit_fen <= per_case_limit_fen')
@Check('ck_charter_versions_quorum', 'quorum_numerator > 0 AND quorum_numerator <= quorum_denominator')
@Check(
  'ck_charter_versions_majority',
  'majority_numerator > 0 AND majority_numerator <= majority_denominator',
)
@Check(
  'ck_charter_versions_clocks',
  'notice_days > 0 AND vote_hours > 0 AND pay_hours > 0 AND post_working_days > 0 AND paper_working_days > 0',
)
export class CharterVersion {
  @KeyColumn('pk_charter_versions')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey(() => Organisation, {
    name: 'fk_charter_versions_society',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly societyId!: string;

  @CountColumn('version')
  readonly version!: number;

  @DayColumn('valid_from')
  readonly validFrom!: Day;

  /** What notices and minutes quote: 章程第十四条. */
  @WordColumn('article', 40)
  readonly article!: string;

  @FenColumn('per_case_limit_fen')
  readonly perCaseLimitFen!: Fen;

  @FenColumn('household_year_limit_fen')
  readonly householdYearLimitFen!: Fen;

  @CountColumn('household_year_limit_count')
  readonly householdYearLimitCount!: number;

  @CountColumn('quorum_numerator')
  readonly quorumNumerator!: number;

  @CountColumn('quorum_denominator')
  readonly quorumDenominator!: number;

  @CountColumn('majority_numerator')
  readonly majorityNumerator!: number;

  @CountColumn('majority_denominator')
  readonly majorityDenominator!: number;

  @CountColumn('notice_days')
  readonly noticeDays!: number;

  @WordColumn('notice_day_kind', 10)
  readonly noticeDayKind!: NoticeDayKind;

  @WordColumn('scope', 10)
  readonly scope!: CharterScope;

  @FenColumn('fast_path_limit_fen')
  readonly fastPathLimitFen!: Fen;

  @CountColumn('vote_hours')
  readonly voteHours!: number;

  @CountColumn('pay_hours')
  readonly payHours!: number;

  @CountColumn('post_working_days')
  readonly postWorkingDays!: number;

  @CountColumn('paper_working_days')
  readonly paperWorkingDays!: number;

  @WordColumn('custody', 20)
  readonly custody!: Custody;

  /** The word before 救公 or 字 in a notice's number: 柳溪. */
  @WordColumn('number_prefix', 20)
  readonly numberPrefix!: string;

  @WordColumn('public_contact_office', 40)
  readonly publicContactOffice!: string;

  /** The one phone that a notice may hold (domain.md 1.6): an office's, never a person's. */
  @WordColumn('public_contact_phone', 30)
  readonly publicContactPhone!: string;

  @WordColumn('public_contact_address', 100)
  readonly publicContactAddress!: string;

  @FenColumn('min_balance_fen')
  readonly minBalanceFen!: Fen;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}
