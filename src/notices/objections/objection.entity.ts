import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { HandingWay } from '../domain/reply-handing.js';
import type { LetterKind } from '../domain/objection-letters.js';
import type {
  ExtensionReason,
  FindingReason,
  Ground,
  ObjectionState,
  Outcome,
  Way,
} from '../domain/objection.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** Two people outside the case look into one objection, or into several to the same notice together. */
@Entity('objection_inquiries')
@Index('ix_objection_inquiries_notice', ['noticeId'])
@Index('ix_objection_inquiries_correction', ['correctionId'])
@Check('ck_objection_inquiries_two', 'one_id <> other_id')
@Check('ck_objection_inquiries_state', `state IN ('OPEN', 'DECIDED', 'DROPPED')`)
@Check('ck_objection_inquiries_ended', `(state = 'OPEN') = (ended_at IS NULL)`)
@Check('ck_objection_inquiries_extended', '(extended_for IS NULL) = (extended_at IS NULL)')
@Check('ck_objection_inquiries_taken_back', 'taken_back >= 0')
@Check('ck_objection_inquiries_correction', `correction_id IS NULL OR state = 'DECIDED'`)
export class ObjectionInquiry {
  @KeyColumn('pk_objection_inquiries')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_objection_inquiries_notice', ...NO_ACTION })
  readonly noticeId!: string;

  /** Of the society itself, or of the town union above it. */
  @IdColumn('one_society_id')
  readonly oneSocietyId!: string;

  @IdColumn('one_id')
  readonly oneId!: string;

  @IdColumn('other_society_id')
  readonly otherSocietyId!: string;

  @IdColumn('other_id')
  readonly otherId!: string;

  @IdColumn('assigned_by')
  readonly assignedBy!: string;

  @InstantColumn('assigned_at')
  readonly assignedAt!: Date;

  /** The moment from which the days of the answer are counted: when the first of its objections was taken down. */
  @InstantColumn('due_from')
  readonly dueFrom!: Date;

  /** How many of its objections were taken back: the last one ends it, whoever takes back another at the same moment. */
  @CountColumn('taken_back')
  readonly takenBack!: number;

  @OptionalWordColumn('extended_for', 12)
  readonly extendedFor!: ExtensionReason | null;

  @OptionalInstantColumn('extended_at')
  readonly extendedAt!: Date | null;

  @WordColumn('state', 10)
  readonly state!: 'OPEN' | 'DECIDED' | 'DROPPED';

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** The notice that publishes what was found wrong. */
  @OptionalIdColumn('correction_id')
  @ForeignKey('notices', { name: 'fk_objection_inquiries_correction', ...NO_ACTION })
  readonly correctionId!: string | null;
}

/** What one of the two proposes; it counts when the other confirms it. What was refused stays as it was said. */
@Entity('objection_findings')
@Unique('uq_objection_findings_open', ['openKey'])
@Index('ix_objection_findings_inquiry', ['inquiryId', 'proposedAt'])
@Check(
  'ck_objection_findings_outcome',
  `outcome IN ('REJECTED', 'UPHELD_TEXT', 'UPHELD_REDECIDE', 'NO_FACT')`,
)
@Check('ck_objection_findings_state', `state IN ('PROPOSED', 'CONFIRMED', 'REFUSED')`)
@Check(
  'ck_objection_findings_answered',
  `(state = 'PROPOSED') = (answered_at IS NULL) AND (answered_at IS NULL) = (answered_by IS NULL)`,
)
@Check('ck_objection_findings_two_hands', 'answered_by IS NULL OR answered_by <> proposed_by')
@Check('ck_objection_findings_refused', `(state = 'REFUSED') = (refusal_sealed IS NOT NULL)`)
@Check('ck_objection_findings_open', `(state = 'PROPOSED') = (open_key IS NOT NULL)`)
export class ObjectionFinding {
  @KeyColumn('pk_objection_findings')
  readonly id!: string;

  @IdColumn('inquiry_id')
  @ForeignKey('objection_inquiries', { name: 'fk_objection_findings_inquiry', ...NO_ACTION })
  readonly inquiryId!: string;

  @WordColumn('outcome', 16)
  readonly outcome!: Outcome;

  @WordColumn('reason', 20)
  readonly reason!: FindingReason;

  @TextColumn('note_sealed')
  readonly noteSealed!: string;

  @IdColumn('proposed_by')
  readonly proposedBy!: string;

  @InstantColumn('proposed_at')
  readonly proposedAt!: Date;

  @WordColumn('state', 10)
  readonly state!: 'PROPOSED' | 'CONFIRMED' | 'REFUSED';

  @OptionalIdColumn('answered_by')
  readonly answeredBy!: string | null;

  @OptionalInstantColumn('answered_at')
  readonly answeredAt!: Date | null;

  @OptionalTextColumn('refusal_sealed')
  readonly refusalSealed!: string | null;

  /** The inquiry while the proposal waits, null afterwards: unique, so that one waits at a time. */
  @OptionalIdColumn('open_key')
  readonly openKey!: string | null;
}

/** What somebody holds against a notice. What was said, and by whom, is sealed; who wrote it down is not who said it. */
@Entity('notice_objections')
@Unique('uq_notice_objections_serial', ['societyId', 'year', 'serial'])
@Unique('uq_notice_objections_code', ['codeHash'])
@Index('ix_notice_objections_society', ['societyId', 'state', 'registeredAt'])
@Index('ix_notice_objections_desk', ['deskSocietyId', 'state', 'registeredAt'])
@Index('ix_notice_objections_notice', ['noticeId', 'registeredAt'])
@Index('ix_notice_objections_inquiry', ['inquiryId'])
@Index('ix_notice_objections_letter', ['letterFileId'])
@Index('ix_notice_objections_withdrawal', ['withdrawalFileId'])
@Check('ck_notice_objections_serial', 'serial > 0')
@Check('ck_notice_objections_how', `how IN ('QR', 'PHONE', 'PAPER')`)
@Check('ck_notice_objections_ground', `ground IN ('UNTRUE', 'AMOUNT', 'KIN', 'REPEATED', 'OTHER')`)
@Check('ck_notice_objections_unseen', `how <> 'QR' OR (registered_by IS NULL AND letter_file_id IS NULL)`)
@Check('ck_notice_objections_received', 'received_at <= registered_at')
@Check('ck_notice_objections_state', `state IN ('OPEN', 'DECIDED', 'WITHDRAWN')`)
@Check('ck_notice_objections_ended', `(state = 'OPEN') = (ended_at IS NULL)`)
@Check(
  'ck_notice_objections_decided',
  `(state = 'DECIDED') = (outcome IS NOT NULL) AND (state <> 'DECIDED' OR inquiry_id IS NOT NULL)`,
)
@Check('ck_notice_objections_no_fact', `outcome IS NULL OR outcome <> 'NO_FACT' OR name_sealed IS NULL`)
@Check('ck_notice_objections_handed_in', '(withdrawal_file_id IS NULL) = (withdrawal_by IS NULL)')
@Check(
  'ck_notice_objections_withdrawn',
  `(withdrawn_by IS NULL OR state = 'WITHDRAWN') AND (state <> 'WITHDRAWN' OR how = 'QR' OR withdrawn_by IS NOT NULL)`,
)
@Check(
  'ck_notice_objections_two_hands',
  'withdrawn_by IS NULL OR (withdrawal_by IS NOT NULL AND withdrawn_by <> withdrawal_by)',
)
export class ObjectionRow {
  @KeyColumn('pk_notice_objections')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** Whoever names the two: the society itself, or the town union where nobody of the society is free to. */
  @IdColumn('desk_society_id')
  readonly deskSocietyId!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_objections_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @CountColumn('year')
  readonly year!: number;

  @CountColumn('serial')
  readonly serial!: number;

  /** Blind index of the code by which its author looks it up: the code itself is kept nowhere. */
  @WordColumn('code_hash', 64)
  readonly codeHash!: string;

  @WordColumn('how', 5)
  readonly how!: Way;

  @WordColumn('ground', 12)
  readonly ground!: Ground;

  /** False is a complaint: handled the same, and it holds nothing up (D4-40). */
  @FlagColumn('in_time')
  readonly inTime!: boolean;

  @TextColumn('words_sealed')
  readonly wordsSealed!: string;

  /** Null: without a name. */
  @OptionalTextColumn('name_sealed')
  readonly nameSealed!: string | null;

  @OptionalTextColumn('phone_sealed')
  readonly phoneSealed!: string | null;

  @OptionalIdColumn('letter_file_id')
  @ForeignKey('stored_files', { name: 'fk_notice_objections_letter', ...NO_ACTION })
  readonly letterFileId!: string | null;

  @InstantColumn('received_at')
  readonly receivedAt!: Date;

  @InstantColumn('registered_at')
  readonly registeredAt!: Date;

  @OptionalIdColumn('registered_by')
  readonly registeredBy!: string | null;

  @OptionalIdColumn('inquiry_id')
  @ForeignKey('objection_inquiries', { name: 'fk_notice_objections_inquiry', ...NO_ACTION })
  readonly inquiryId!: string | null;

  @WordColumn('state', 10)
  readonly state!: ObjectionState;

  @OptionalWordColumn('outcome', 16)
  readonly outcome!: Outcome | null;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  @OptionalIdColumn('withdrawal_file_id')
  @ForeignKey('stored_files', { name: 'fk_notice_objections_withdrawal', ...NO_ACTION })
  readonly withdrawalFileId!: string | null;

  /** Whoever took in the note, and whoever compared it: two hands. Nobody where it was taken back by the code. */
  @OptionalIdColumn('withdrawal_by')
  readonly withdrawalBy!: string | null;

  @OptionalIdColumn('withdrawn_by')
  readonly withdrawnBy!: string | null;
}

/** How many came by the code within the hour, by the line they came from: its keyed hash, no address, and no objection. */
@Entity('objection_lines')
@Unique('uq_objection_lines_line', ['lineHash'])
@Check('ck_objection_lines_sent', 'sent > 0')
export class ObjectionLine {
  @KeyColumn('pk_objection_lines')
  readonly id!: string;

  @WordColumn('line_hash', 64)
  readonly lineHash!: string;

  @CountColumn('sent')
  readonly sent!: number;

  @InstantColumn('since')
  readonly since!: Date;
}

/** The paper that says that it was taken down, and the one that answers it: frozen, sealed whole, never changed. */
@Entity('objection_letters')
@Unique('uq_objection_letters_one', ['objectionId', 'kind'])
@Check('ck_objection_letters_kind', `kind IN ('RECEIPT', 'REPLY')`)
export class ObjectionLetter {
  @KeyColumn('pk_objection_letters')
  readonly id!: string;

  @IdColumn('objection_id')
  @ForeignKey('notice_objections', { name: 'fk_objection_letters_objection', ...NO_ACTION })
  readonly objectionId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('kind', 10)
  readonly kind!: LetterKind;

  @TextColumn('content_sealed')
  readonly contentSealed!: string;

  @WordColumn('content_hash', 64)
  readonly contentHash!: string;

  @InstantColumn('made_at')
  readonly madeAt!: Date;

  @OptionalIdColumn('made_by')
  readonly madeBy!: string | null;
}

/** That the written answer is in the hands of whoever objected by name: when, how, and who says so. Never changed. */
@Entity('objection_handings')
@Unique('uq_objection_handings_one', ['objectionId'])
@Check('ck_objection_handings_how', `how IN ('IN_PERSON', 'POST', 'PHONE', 'SMS')`)
export class ObjectionHanding {
  @KeyColumn('pk_objection_handings')
  readonly id!: string;

  @IdColumn('objection_id')
  @ForeignKey('notice_objections', { name: 'fk_objection_handings_objection', ...NO_ACTION })
  readonly objectionId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('how', 10)
  readonly how!: HandingWay;

  @InstantColumn('handed_at')
  readonly handedAt!: Date;

  @IdColumn('recorded_by')
  readonly recordedBy!: string;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

export const objectionsEntities = [
  ObjectionInquiry,
  ObjectionFinding,
  ObjectionRow,
  ObjectionLetter,
  ObjectionHanding,
  ObjectionLine,
];
