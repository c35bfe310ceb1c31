import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { WriteOffReason, WriteOffState } from './domain/write-off.js';

/** That the board of a town union was asked to give up what a village below it can't get back, and what it said. */
@Entity('case_write_offs')
@Unique('uq_case_write_offs_open', ['openKey'])
@Index('ix_case_write_offs_case', ['caseId'])
@Check('ck_case_write_offs_state', "state IN ('OPEN', 'WRITTEN_OFF', 'KEPT')")
@Check('ck_case_write_offs_open', "(state = 'OPEN') = (open_key IS NOT NULL)")
@Check('ck_case_write_offs_ended', "(state = 'OPEN') = (ended_at IS NULL)")
export class CaseWriteOff {
  @KeyColumn('pk_case_write_offs')
  readonly id!: string;

  @IdColumn('case_id')
  @ForeignKey(() => CaseRow, {
    name: 'fk_case_write_offs_case',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly caseId!: string;

  @IdColumn('recovery_id')
  readonly recoveryId!: string;

  /** Whose money it is. */
  @IdColumn('society_id')
  readonly societyId!: string;

  /** Whose board decides. */
  @IdColumn('union_id')
  readonly unionId!: string;

  @WordColumn('reason', 12)
  readonly reason!: WriteOffReason;

  /** Names of the union and of the village, and the union's charter, as they were put to the vote: JSON, for the notice. */
  @TextColumn('issuer')
  readonly issuer!: string;

  @WordColumn('state', 12)
  readonly state!: WriteOffState;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  /** The recovery while the board has not said: it is asked once at a time. */
  @OptionalWordColumn('open_key', 36)
  readonly openKey!: string | null;
}
