import { Check, Entity, Index, Unique } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalCountColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { Cause } from '../kernel/causes.js';
import type { CaseState } from './domain/emergency-procedure.js';
import type { EndReason } from './domain/endings.js';
import type { PayeeRelation } from './domain/payee.js';
import type { PayMethod } from './domain/revision.js';

const STATES =
  "'ACCEPTED', 'VERIFIED', 'SIGNING', 'VOTING', 'APPROVED', 'PAID', 'CLOSED', 'REJECTED', 'LAPSED', 'ESCALATED', 'REFERRED', 'WITHDRAWN', 'TERMINATED', 'REVOKED', 'RECOVERED', 'WRITTEN_OFF'";

/** One need of one person, on its way from the intake to the end of its three tracks. */
@Entity('cases')
@Unique('uq_cases_number', ['societyId', 'year', 'number'])
@Unique('uq_cases_cause', ['causeKey'])
@Index('ix_cases_state', ['societyId', 'state'])
@Index('ix_cases_applicant', ['societyId', 'applicantId', 'year'])
@Index('ix_cases_household', ['societyId', 'householdId', 'year'])
@Check('ck_cases_amount', 'amount_fen > 0')
@Check('ck_cases_state', `state IN (${STATES})`)
@Check('ck_cases_method', "(method = 'CARD') = (payee_account_id IS NOT NULL)")
@Check(
  'ck_cases_approved',
  "state NOT IN ('APPROVED', 'PAID', 'CLOSED', 'REVOKED', 'RECOVERED', 'WRITTEN_OFF') OR approved_at IS NOT NULL",
)
@Check(
  'ck_cases_paid',
  "(state IN ('PAID', 'CLOSED', 'REVOKED', 'RECOVERED', 'WRITTEN_OFF')) = (paid_at IS NOT NULL)",
)
@Check(
  'ck_cases_closed',
  "state <> 'CLOSED' OR (closed_at IS NOT NULL AND papers_done_at IS NOT NULL AND notice_ended_at IS NOT NULL)",
)
@Check(
  'ck_cases_ended',
  "(state IN ('ESCALATED', 'REFERRED', 'WITHDRAWN', 'TERMINATED')) = (ended_at IS NOT NULL AND end_reason IS NOT NULL)",
)
@Check('ck_cases_approved_via', '(approved_via IS NULL) = (approved_at IS NULL)')
@Check('ck_cases_recovered', 'recovered_fen >= 0 AND recovered_fen + kept_fen <= amount_fen')
@Check(
  'ck_cases_kept',
  "kept_fen >= 0 AND (kept_fen = 0 OR (state IN ('REVOKED', 'RECOVERED', 'WRITTEN_OFF') AND kept_fen < amount_fen))",
)
@Check('ck_cases_payee', "(payee_relation = 'SELF') = (payee_id = applicant_id)")
@Check(
  'ck_cases_payee_relation',
  "payee_relation IN ('SELF', 'GUARDIAN', 'HEIR', 'OTHER') AND (payee_relation <> 'OTHER' OR payee_reason_sealed IS NOT NULL)",
)
export class CaseRow {
  @KeyColumn('pk_cases')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** With `number` what people call it: 2026-0012. */
  @CountColumn('year')
  readonly year!: number;

  @CountColumn('number')
  readonly number!: number;

  @WordColumn('state', 12)
  readonly state!: CaseState;

  @IdColumn('applicant_id')
  readonly applicantId!: string;

  /** The household at the intake: splitting it later gives nobody a second allowance. */
  @IdColumn('household_id')
  readonly householdId!: string;

  @WordColumn('cause', 12)
  readonly cause!: Cause;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  /** What happened, in free words. Sealed, and never part of a notice, a log or a list. */
  @OptionalTextColumn('story_sealed')
  readonly storySealed!: string | null;

  @IdColumn('payee_id')
  readonly payeeId!: string;

  @WordColumn('payee_relation', 8)
  readonly payeeRelation!: PayeeRelation;

  /** Why somebody else takes the money. */
  @OptionalTextColumn('payee_reason_sealed')
  readonly payeeReasonSealed!: string | null;

  @WordColumn('method', 4)
  readonly method!: PayMethod;

  @OptionalIdColumn('payee_account_id')
  readonly payeeAccountId!: string | null;

  /** Person, cause and year while the case counts, null once it does not: the same cause is helped once a year. */
  @OptionalWordColumn('cause_key', 80)
  readonly causeKey!: string | null;

  /** The version of the charter that the case is judged by: fixed at the opening of a round (architecture.md 2). */
  @IdColumn('charter_id')
  readonly charterId!: string;

  @InstantColumn('accepted_at')
  readonly acceptedAt!: Date;

  @OptionalIdColumn('registered_by_account')
  readonly registeredByAccount!: string | null;

  @OptionalIdColumn('registered_by')
  readonly registeredBy!: string | null;

  @OptionalInstantColumn('verified_at')
  readonly verifiedAt!: Date | null;

  @CountColumn('rounds_opened')
  readonly roundsOpened!: number;

  /** Rounds to which too few came: after the second the town union decides. */
  @CountColumn('rounds_lapsed')
  readonly roundsLapsed!: number;

  /** Goes up with each paper, so that two who bring the last ones together see each other's. */
  @CountColumn('papers_version')
  readonly papersVersion!: number;

  /** Hash of what the round votes on. */
  @OptionalWordColumn('revision', 64)
  readonly revision!: string | null;

  /** What the round was opened on, sealed JSON: charter, printed name, consent. Later changes of those move nothing here. */
  @OptionalTextColumn('frozen_sealed')
  readonly frozenSealed!: string | null;

  /** The counts of the round that decided, as JSON: the notice quotes them. */
  @OptionalTextColumn('decision')
  readonly decision!: string | null;

  /** The year whose allowance of the household this case uses; null while it uses none. */
  @OptionalCountColumn('counted_year')
  readonly countedYear!: number | null;

  /** What came back of it after a revocation: so much of the year's allowance is free again. */
  @FenColumn('recovered_fen')
  readonly recoveredFen!: Fen;

  /** What the board left the family of a grant that it made smaller; nought where all of it is taken back, or none. */
  @FenColumn('kept_fen')
  readonly keptFen!: Fen;

  @OptionalInstantColumn('approved_at')
  readonly approvedAt!: Date | null;

  /** By a round of the board, or by the three of the fast path. */
  @OptionalWordColumn('approved_via', 5)
  readonly approvedVia!: 'ROUND' | 'FAST' | null;

  @OptionalInstantColumn('paid_at')
  readonly paidAt!: Date | null;

  @OptionalInstantColumn('papers_done_at')
  readonly papersDoneAt!: Date | null;

  @OptionalInstantColumn('notice_ended_at')
  readonly noticeEndedAt!: Date | null;

  @OptionalInstantColumn('closed_at')
  readonly closedAt!: Date | null;

  /** When and why the case left the road without a payment. */
  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  @OptionalWordColumn('end_reason', 20)
  readonly endReason!: EndReason | null;

  @OptionalTextColumn('end_note_sealed')
  readonly endNoteSealed!: string | null;
}
