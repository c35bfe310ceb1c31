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
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { Closing } from './domain/closing.js';
import type { RoundState } from './domain/round-state.js';

/**
 * One round of the board on one subject. The rule of the charter and the revision of the subject are copied in at the
 * opening, so that old minutes never change when a rule does. Changed only by guarded updates of state and version.
 */
@Entity('rounds')
@Unique('uq_rounds_open', ['openKey'])
@Unique('uq_rounds_sequence', ['subjectKind', 'subjectId', 'sequence'])
@Unique('uq_rounds_decision', ['societyId', 'decisionYear', 'decisionSerial'])
@Check('ck_rounds_state', `state IN ('OPEN', 'APPROVED', 'REJECTED', 'LAPSED', 'ESCALATED', 'VOIDED')`)
@Check('ck_rounds_open', `(state = 'OPEN') = (open_key IS NOT NULL)`)
@Check('ck_rounds_decided', `(state = 'OPEN') = (decided_at IS NULL)`)
@Check(
  'ck_rounds_tallied',
  `state = 'OPEN' OR (electors = directors - recused AND present = yes_count + no_count + abstain_count AND present <= electors AND closing IS NOT NULL)`,
)
@Check('ck_rounds_numbered', `(state IN ('APPROVED', 'REJECTED')) = (decision_number IS NOT NULL)`)
@Check('ck_rounds_too_few', `(state = 'ESCALATED') = (COALESCE(closing, 'NONE') = 'TOO_FEW')`)
@Check('ck_rounds_voided', `(state = 'VOIDED') = (COALESCE(closing, 'NONE') = 'VOIDED')`)
@Check('ck_rounds_sheet', '(presider_id IS NULL) = (sheet_file_id IS NULL)')
@Check(
  'ck_rounds_rule',
  'quorum_numerator > 0 AND quorum_denominator >= quorum_numerator AND majority_numerator > 0 AND majority_denominator >= majority_numerator',
)
@Check('ck_rounds_amount', 'amount_fen >= 0')
@Index('ix_rounds_due', ['state', 'deadlineAt'])
@Index('ix_rounds_thread', ['threadId'])
@Index('ix_rounds_decided', ['decidedAt'])
export class Round {
  @KeyColumn('pk_rounds')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** As written that day, for the minutes. */
  @WordColumn('society_name', 60)
  readonly societyName!: string;

  @WordColumn('subject_kind', 40)
  readonly subjectKind!: string;

  @IdColumn('subject_id')
  readonly subjectId!: string;

  @IdColumn('thread_id')
  readonly threadId!: string;

  /** 第几轮: a lapsed round may be held again. */
  @CountColumn('sequence')
  readonly sequence!: number;

  /** Hash of the subject as it stood: a ballot belongs to this revision and to no other. */
  @WordColumn('revision', 64)
  readonly revision!: string;

  @TextColumn('motion')
  readonly motion!: string;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @IdColumn('charter_id')
  readonly charterId!: string;

  @WordColumn('charter_article', 80)
  readonly charterArticle!: string;

  @WordColumn('number_prefix', 40)
  readonly numberPrefix!: string;

  @CountColumn('quorum_numerator')
  readonly quorumNumerator!: number;

  @CountColumn('quorum_denominator')
  readonly quorumDenominator!: number;

  @CountColumn('majority_numerator')
  readonly majorityNumerator!: number;

  @CountColumn('majority_denominator')
  readonly majorityDenominator!: number;

  /** How many stand in the snapshot, the recused among them. */
  @CountColumn('directors')
  readonly directors!: number;

  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @InstantColumn('deadline_at')
  readonly deadlineAt!: Date;

  @WordColumn('state', 10)
  readonly state!: RoundState;

  /** One more at each write: who read an older one does the whole unit again. */
  @CountColumn('version')
  readonly version!: number;

  /** Subject kind and id while the round is open, else null: one open round per subject. */
  @OptionalWordColumn('open_key', 80)
  readonly openKey!: string | null;

  /** The chair or deputy who signed the last sheet, of hands or of a joint meeting: the approver of the payment. */
  @OptionalIdColumn('presider_id')
  readonly presiderId!: string | null;

  @OptionalIdColumn('recorder_id')
  readonly recorderId!: string | null;

  /** As written in the register that day, for the minutes. */
  @OptionalWordColumn('recorder_name', 80)
  readonly recorderName!: string | null;

  @OptionalIdColumn('sheet_file_id')
  readonly sheetFileId!: string | null;

  @OptionalWordColumn('place', 80)
  readonly place!: string | null;

  @OptionalInstantColumn('met_at')
  readonly metAt!: Date | null;

  @OptionalCountColumn('recused')
  readonly recused!: number | null;

  @OptionalCountColumn('electors')
  readonly electors!: number | null;

  @OptionalCountColumn('present')
  readonly present!: number | null;

  @OptionalCountColumn('yes_count')
  readonly yesCount!: number | null;

  @OptionalCountColumn('no_count')
  readonly noCount!: number | null;

  @OptionalCountColumn('abstain_count')
  readonly abstainCount!: number | null;

  @OptionalWordColumn('closing', 10)
  readonly closing!: Closing | null;

  @OptionalCountColumn('decision_year')
  readonly decisionYear!: number | null;

  @OptionalCountColumn('decision_serial')
  readonly decisionSerial!: number | null;

  @OptionalWordColumn('decision_number', 60)
  readonly decisionNumber!: string | null;

  @OptionalInstantColumn('decided_at')
  readonly decidedAt!: Date | null;
}
