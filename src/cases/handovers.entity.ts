import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalFenColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { HandoverAnswer, HandoverKind, HandoverReason, HandoverState } from './domain/handover.js';

const OF_CASE = (name: string): PropertyDecorator =>
  ForeignKey(() => CaseRow, { name, onDelete: 'NO ACTION', onUpdate: 'NO ACTION' });

/** A case that was handed to the town union or to another office, and what came of it. A case leaves the road once. */
@Entity('case_handovers')
@Unique('uq_case_handovers_case', ['caseId'])
@Unique('uq_case_handovers_taken', ['takenCaseId'])
@Index('ix_case_handovers_to', ['toSocietyId', 'state'])
@Check('ck_case_handovers_kind', "kind = 'TOWN' OR (kind = 'OFFICE' AND to_society_id IS NULL)")
@Check('ck_case_handovers_state', "state IN ('OPEN', 'TAKEN', 'ANSWERED')")
@Check(
  'ck_case_handovers_taken',
  "(state <> 'OPEN' OR taken_case_id IS NULL) AND (state <> 'TAKEN' OR taken_case_id IS NOT NULL)",
)
@Check(
  'ck_case_handovers_answered',
  "(state = 'ANSWERED') = (answer IS NOT NULL) AND (state = 'ANSWERED') = (answered_at IS NOT NULL)",
)
@Check(
  'ck_case_handovers_money',
  "COALESCE(asked_fen, 1) > 0 AND COALESCE(answered_fen, 1) > 0 AND (answered_fen IS NULL OR COALESCE(answer, '') = 'HELPED')",
)
export class HandoverRow {
  @KeyColumn('pk_case_handovers')
  readonly id!: string;

  @IdColumn('case_id')
  @OF_CASE('fk_case_handovers_case')
  readonly caseId!: string;

  /** The society that handed it over. */
  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('kind', 8)
  readonly kind!: HandoverKind;

  @WordColumn('reason', 20)
  readonly reason!: HandoverReason;

  /** Who stands above; null for an office, and where nobody does: then the letter goes on paper. */
  @OptionalIdColumn('to_society_id')
  readonly toSocietyId!: string | null;

  /** What is needed, where that is more than the case asked of the society. */
  @OptionalFenColumn('asked_fen')
  readonly askedFen!: Fen | null;

  @OptionalTextColumn('note_sealed')
  readonly noteSealed!: string | null;

  @WordColumn('state', 8)
  readonly state!: HandoverState;

  /** The town union's own case. */
  @OptionalIdColumn('taken_case_id')
  @OF_CASE('fk_case_handovers_taken')
  readonly takenCaseId!: string | null;

  @OptionalWordColumn('answer', 12)
  readonly answer!: HandoverAnswer | null;

  @OptionalTextColumn('answer_note_sealed')
  readonly answerNoteSealed!: string | null;

  @OptionalFenColumn('answered_fen')
  readonly answeredFen!: Fen | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  /** Null where the board's outcome handed it over. */
  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @OptionalInstantColumn('answered_at')
  readonly answeredAt!: Date | null;

  /** Of the register of whoever answered; null where the town's case answered by itself. */
  @OptionalIdColumn('answered_by')
  readonly answeredBy!: string | null;
}
