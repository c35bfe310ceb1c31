import { Check, Entity, ForeignKey, Index } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { CaseRow } from './case.entity.js';
import type { LetterKind } from './domain/letters.js';

/** A private paper of a case as it was frozen, sealed: it holds the full name. Append-only; a better one is another. */
@Entity('case_letters')
@Index('ix_case_letters_case', ['caseId', 'madeAt'])
@Check('ck_case_letters_kind', "kind IN ('REJECTION', 'DEMAND', 'REFERRAL', 'ENDING')")
export class CaseLetter {
  @KeyColumn('pk_case_letters')
  readonly id!: string;

  @IdColumn('case_id')
  @ForeignKey(() => CaseRow, {
    name: 'fk_case_letters_case',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly caseId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @WordColumn('kind', 10)
  readonly kind!: LetterKind;

  @TextColumn('content_sealed')
  readonly contentSealed!: string;

  /** Of the open content: it is what the paper prints. */
  @WordColumn('content_hash', 64)
  readonly contentHash!: string;

  @InstantColumn('made_at')
  readonly madeAt!: Date;

  /** Null where a vote or the clock made it. */
  @OptionalIdColumn('made_by')
  readonly madeBy!: string | null;
}
