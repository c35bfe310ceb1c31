import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Cause } from '../kernel/causes.js';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  OptionalIdColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { Bracket, Rounding } from './domain/formula.js';
import type { FundLevel } from './domain/fund.js';
import type { NoticeDayKind } from '../societies/domain/charter.js';
import type { CapWindow, ReliefPaper } from './domain/rule.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** A fund of a federation, one of its projects, or a sub-project of one. */
@Entity('funds')
@Unique('uq_funds_name', ['federationId', 'name'])
@Check('ck_funds_level', `level IN ('FUND', 'PROJECT', 'SUB_PROJECT')`)
@Check('ck_funds_root', `(level = 'FUND') = (parent_id IS NULL)`)
@Index('ix_funds_parent', ['parentId'])
export class FundNode {
  @KeyColumn('pk_funds')
  readonly id!: string;

  @IdColumn('federation_id')
  @ForeignKey('organisations', { name: 'fk_funds_federation', ...NO_ACTION })
  readonly federationId!: string;

  @OptionalIdColumn('parent_id')
  @ForeignKey(() => FundNode, { name: 'fk_funds_parent', ...NO_ACTION })
  readonly parentId!: string | null;

  @WordColumn('level', 12)
  readonly level!: FundLevel;

  /** As the ledger calls it too. It never changes. */
  @WordColumn('name', 40)
  readonly name!: string;

  @WordColumn('purpose', 200)
  readonly purpose!: string;

  @DayColumn('opened_on')
  readonly openedOn!: Day;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/**
 * One version of a fund's rule, whole. Append-only: a changed rule is a new version from a later day, and a case keeps
 * the one of the day of its decision (domain.md 3, rule 10).
 */
@Entity('fund_rule_versions')
@Unique('uq_fund_rule_versions_version', ['fundId', 'version'])
@Unique('uq_fund_rule_versions_from', ['fundId', 'validFrom'])
@Check('ck_fund_rule_versions_cap', 'cap_fen > 0 AND cap_fen <= 50000000')
@Check('ck_fund_rule_versions_grain', 'grain_fen > 0')
@Check(
  'ck_fund_rule_versions_advance',
  'advance_numerator >= 0 AND advance_denominator > 0 AND advance_numerator * 2 <= advance_denominator',
)
@Check('ck_fund_rule_versions_notice', 'notice_days > 0 AND second_review_from_fen > 0')
export class FundRule {
  @KeyColumn('pk_fund_rule_versions')
  readonly id!: string;

  @IdColumn('fund_id')
  @ForeignKey(() => FundNode, { name: 'fk_fund_rule_versions_fund', ...NO_ACTION })
  readonly fundId!: string;

  @CountColumn('version')
  readonly version!: number;

  @DayColumn('valid_from')
  readonly validFrom!: Day;

  @WordColumn('document', 80)
  readonly document!: string;

  @JsonColumn('causes')
  readonly causes!: readonly Cause[];

  @JsonColumn('brackets')
  readonly brackets!: readonly Bracket[];

  @FenColumn('grain_fen')
  readonly grainFen!: Fen;

  @WordColumn('rounding', 10)
  readonly rounding!: Rounding;

  @FenColumn('cap_fen')
  readonly capFen!: Fen;

  @WordColumn('cap_window', 12)
  readonly capWindow!: CapWindow;

  @FlagColumn('deducts_crowdfunding')
  readonly deductsCrowdfunding!: boolean;

  @CountColumn('notice_days')
  readonly noticeDays!: number;

  @WordColumn('notice_day_kind', 10)
  readonly noticeDayKind!: NoticeDayKind;

  @CountColumn('advance_numerator')
  readonly advanceNumerator!: number;

  @CountColumn('advance_denominator')
  readonly advanceDenominator!: number;

  @FenColumn('second_review_from_fen')
  readonly secondReviewFromFen!: Fen;

  @JsonColumn('papers')
  readonly papers!: readonly ReliefPaper[];

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}
