import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import {
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { RevocationReason } from '../notices/domain/notice-reasons.js';
import type { Hearing } from './domain/revocation.js';

/** That the board was asked to take a paid grant back, or a part of it, and what it said. */
@Entity('case_revocations')
@Unique('uq_case_revocations_open', ['openKey'])
@Index('ix_case_revocations_case', ['caseId'])
@Check('ck_case_revocations_state', "state IN ('OPEN', 'REVOKED', 'KEPT')")
@Check('ck_case_revocations_open', "(state = 'OPEN') = (open_key IS NOT NULL)")
@Check('ck_case_revocations_kept', 'kept_fen >= 0')
@Check('ck_case_revocations_ended', "(state = 'OPEN') = (ended_at IS NULL)")
export class CaseRevocation {
  @KeyColumn('pk_case_revocations')
  readonly id!: string;

  @IdColumn('case_id')
  @ForeignKey(() => CaseRow, {
    name: 'fk_case_revocations_case',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly caseId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('reason', 20)
  readonly reason!: RevocationReason;

  @WordColumn('hearing', 12)
  readonly hearing!: Hearing;

  /** What the family is to keep: the new amount. Nought where the whole grant is taken back. */
  @FenColumn('kept_fen')
  readonly keptFen!: Fen;

  /** What was found and what the applicant said, for the file. */
  @OptionalTextColumn('findings_sealed')
  readonly findingsSealed!: string | null;

  @WordColumn('state', 8)
  readonly state!: 'OPEN' | 'REVOKED' | 'KEPT';

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** The case while the board has not said: one revocation at a time. */
  @OptionalWordColumn('open_key', 36)
  readonly openKey!: string | null;
}
