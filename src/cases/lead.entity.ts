import { Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalTextColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { LeadSource } from './domain/case-words.js';

/** Word of a need, before anybody has looked: whoever hears it first owns it until it is a case (首接负责). */
@Entity('leads')
@Unique('uq_leads_case', ['caseId'])
@Index('ix_leads_society', ['societyId', 'receivedAt'])
export class LeadRow {
  @KeyColumn('pk_leads')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('source', 24)
  readonly source!: LeadSource;

  @WordColumn('place', 120)
  readonly place!: string;

  /** How to reach them. Sealed, like the words: both name people and their troubles. */
  @TextColumn('contact_sealed')
  readonly contactSealed!: string;

  @OptionalTextColumn('words_sealed')
  readonly wordsSealed!: string | null;

  @InstantColumn('received_at')
  readonly receivedAt!: Date;

  @OptionalIdColumn('received_by')
  readonly receivedBy!: string | null;

  /** The case that it became, at most one. */
  @OptionalIdColumn('case_id')
  @ForeignKey(() => CaseRow, { name: 'fk_leads_case', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly caseId!: string | null;
}
