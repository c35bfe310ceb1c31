import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Cause } from '../kernel/causes.js';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalCountColumn,
  OptionalFenColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { ReliefState } from './domain/relief-procedure.js';
import type { ReliefEnd, VerifyResult } from './domain/relief-words.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** A family that asks a charity fund for help, from the submission to the follow-up (domain.md 2.2). A case of the federation. */
@Entity('relief_cases')
@Unique('uq_relief_cases_number', ['societyId', 'year', 'number'])
@Index('ix_relief_cases_state', ['societyId', 'state', 'submittedAt'])
@Index('ix_relief_cases_home', ['homeSocietyId', 'submittedAt'])
@Index('ix_relief_cases_applicant', ['societyId', 'applicantId'])
@Check(
  'ck_relief_cases_state',
  "state IN ('SUBMITTED', 'POLICY_CHECKED', 'VERIFIED', 'ASSESSED', 'REVIEWED', 'RETURNED', 'PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED', 'REJECTED', 'LAPSED', 'WITHDRAWN', 'TERMINATED')",
)
@Check(
  'ck_relief_cases_amounts',
  'total_fen > 0 AND debts_fen >= 0 AND paid_fen >= 0 AND advanced_fen >= 0 AND demanded_fen >= 0 AND refunded_fen >= 0 AND refunded_fen <= demanded_fen',
)
@Check(
  'ck_relief_cases_grant',
  'grant_fen IS NULL OR (grant_fen > 0 AND grant_fen <= 50000000 AND (paid_fen <= grant_fen OR paid_fen <= advanced_fen))',
)
@Check('ck_relief_cases_returned', "(state = 'RETURNED') = (returned_from IS NOT NULL)")
@Check('ck_relief_cases_returns', 'returns >= 0 AND returns <= 2')
@Check(
  'ck_relief_cases_panel',
  "state NOT IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED') OR (grant_fen IS NOT NULL AND sheet IS NOT NULL AND rule_id IS NOT NULL AND frozen_sealed IS NOT NULL AND claim IS NOT NULL)",
)
@Check(
  'ck_relief_cases_approved',
  "(state NOT IN ('APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED') OR approved_at IS NOT NULL) AND (approved_at IS NULL) = (approved_by IS NULL)",
)
@Check('ck_relief_cases_notice', 'approved_at IS NULL OR notice_ended_at IS NOT NULL')
@Check(
  'ck_relief_cases_paid',
  "(state IN ('PAID', 'REFUND_DUE', 'CLOSED')) = (paid_at IS NOT NULL) AND (paid_at IS NULL OR paid_fen = grant_fen OR (paid_fen = advanced_fen AND paid_fen > grant_fen))",
)
@Check(
  'ck_relief_cases_ended',
  "(state IN ('REJECTED', 'LAPSED', 'WITHDRAWN', 'TERMINATED')) = (ended_at IS NOT NULL AND end_reason IS NOT NULL)",
)
@Check('ck_relief_cases_closed', "(state = 'CLOSED') = (closed_at IS NOT NULL)")
export class ReliefRow {
  @KeyColumn('pk_relief_cases')
  readonly id!: string;

  /** The federation: its desk, its board, its book. */
  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_relief_cases_society', ...NO_ACTION })
  readonly societyId!: string;

  @CountColumn('year')
  readonly year!: number;

  @CountColumn('number')
  readonly number!: number;

  @WordColumn('state', 16)
  readonly state!: ReliefState;

  /** Who answers for the family: the society that submitted, or the one the file was transferred to. */
  @IdColumn('home_society_id')
  @ForeignKey('organisations', { name: 'fk_relief_cases_home_society', ...NO_ACTION })
  readonly homeSocietyId!: string;

  @IdColumn('submitted_by_society_id')
  @ForeignKey('organisations', { name: 'fk_relief_cases_submitted_by_society', ...NO_ACTION })
  readonly submittedBySocietyId!: string;

  /** The applicant in the register of the home. */
  @IdColumn('origin_person_id')
  readonly originPersonId!: string;

  /** The applicant in the register of the federation, whom its board and cashier are compared with. */
  @IdColumn('applicant_id')
  readonly applicantId!: string;

  /** Whose rule holds, and whose cap. */
  @IdColumn('fund_id')
  @ForeignKey('funds', { name: 'fk_relief_cases_fund', ...NO_ACTION })
  readonly fundId!: string;

  /** Whose money it is: the fund itself or one of its projects. */
  @IdColumn('node_id')
  @ForeignKey('funds', { name: 'fk_relief_cases_node', ...NO_ACTION })
  readonly nodeId!: string;

  @WordColumn('cause', 12)
  readonly cause!: Cause;

  /** All invoices together. */
  @FenColumn('total_fen')
  readonly totalFen!: Fen;

  /** What the family owes for it, as it says. */
  @FenColumn('debts_fen')
  readonly debtsFen!: Fen;

  /** In free words. Sealed, and part of no notice, log or list. */
  @OptionalTextColumn('story_sealed')
  readonly storySealed!: string | null;

  /** The family's account in the register of the federation. */
  @OptionalIdColumn('account_id')
  readonly accountId!: string | null;

  @InstantColumn('submitted_at')
  readonly submittedAt!: Date;

  @OptionalIdColumn('submitted_by_account')
  readonly submittedByAccount!: string | null;

  @OptionalIdColumn('submitted_by')
  readonly submittedBy!: string | null;

  /** 1, and one more each time the policies are checked anew: checks, scores and reviews belong to a lap. */
  @CountColumn('lap')
  readonly lap!: number;

  @CountColumn('returns')
  readonly returns!: number;

  /** Where the desk was when it sent the file back. */
  @OptionalWordColumn('returned_from', 16)
  readonly returnedFrom!: ReliefState | null;

  /** Working days that the desk had left then: the clock stood still meanwhile. */
  @OptionalCountColumn('clock_left')
  readonly clockLeft!: number | null;

  @OptionalInstantColumn('verified_at')
  readonly verifiedAt!: Date | null;

  @OptionalWordColumn('verify_result', 8)
  readonly verifyResult!: VerifyResult | null;

  @OptionalTextColumn('verify_note_sealed')
  readonly verifyNoteSealed!: string | null;

  /** Persons who checked, verified or assessed, as JSON: none of them reviews it. */
  @TextColumn('handled_by')
  readonly handledBy!: string;

  @OptionalInstantColumn('reviewed_at')
  readonly reviewedAt!: Date | null;

  /** How often the board was asked. */
  @CountColumn('panels')
  readonly panels!: number;

  /** Under which the money is set aside and the cap is held: the round, or what was left of it after an advance. */
  @OptionalWordColumn('claim', 40)
  readonly claim!: string | null;

  /** The version of the rule that it is decided by: fixed as the panel opens. */
  @OptionalIdColumn('rule_id')
  @ForeignKey('fund_rule_versions', { name: 'fk_relief_cases_rule', ...NO_ACTION })
  readonly ruleId!: string | null;

  /** The worksheet as the panel had it, as JSON: the case, the notice and the letter read it and reckon nothing. */
  @OptionalTextColumn('sheet')
  readonly sheet!: string | null;

  @OptionalFenColumn('grant_fen')
  readonly grantFen!: Fen | null;

  /** Names, charter and consent as the panel opened, sealed JSON. */
  @OptionalTextColumn('frozen_sealed')
  readonly frozenSealed!: string | null;

  /** The counts of the round that carried it, as JSON. */
  @OptionalTextColumn('decision')
  readonly decision!: string | null;

  /** How it is to be paid, as JSON; without it everything goes to the family. */
  @OptionalTextColumn('plan')
  readonly plan!: string | null;

  /** When the pre-notice ran out. */
  @OptionalInstantColumn('notice_ended_at')
  readonly noticeEndedAt!: Date | null;

  /** Paid, or ordered to be, before the notice had ended. */
  @FenColumn('advanced_fen')
  readonly advancedFen!: Fen;

  @OptionalInstantColumn('approved_at')
  readonly approvedAt!: Date | null;

  @OptionalIdColumn('approved_by')
  readonly approvedBy!: string | null;

  @FenColumn('paid_fen')
  readonly paidFen!: Fen;

  @OptionalInstantColumn('paid_at')
  readonly paidAt!: Date | null;

  @OptionalInstantColumn('followed_up_at')
  readonly followedUpAt!: Date | null;

  /** When the notice of the result ran out. */
  @OptionalInstantColumn('result_ended_at')
  readonly resultEndedAt!: Date | null;

  /** What was demanded back. */
  @FenColumn('demanded_fen')
  readonly demandedFen!: Fen;

  /** What of it came back: so much of the cap is free again. */
  @FenColumn('refunded_fen')
  readonly refundedFen!: Fen;

  @OptionalInstantColumn('closed_at')
  readonly closedAt!: Date | null;

  /** When and why it left the road without a grant. */
  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  @OptionalWordColumn('end_reason', 20)
  readonly endReason!: ReliefEnd | null;

  @CountColumn('version')
  readonly version!: number;
}
