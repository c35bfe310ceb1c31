import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { Choice } from './domain/board-vote.js';
import type { RecusalReason } from './domain/electorate.js';
import { RoundDirector } from './round-director.entity.js';

/**
 * What one director said in one round: a ballot, or a recusal. One row per director, append-only, so that a recused
 * director with a ballot cannot be written down, nor a second ballot.
 */
@Entity('round_stances')
@Unique('uq_round_stances_person', ['roundId', 'personId'])
@Check(
  'ck_round_stances_kind',
  `(kind = 'BALLOT' AND choice IN ('yes', 'no', 'abstain') AND reason IS NULL) OR (kind = 'RECUSAL' AND choice IS NULL AND reason IS NOT NULL)`,
)
@Check('ck_round_stances_hand', `how <> 'HAND' OR (kind = 'BALLOT' AND file_id IS NOT NULL)`)
@ForeignKey(() => RoundDirector, ['roundId', 'personId'], ['roundId', 'personId'], {
  name: 'fk_round_stances_director',
  onDelete: 'NO ACTION',
  onUpdate: 'NO ACTION',
})
export class RoundStance {
  @KeyColumn('pk_round_stances')
  readonly id!: string;

  @IdColumn('round_id')
  readonly roundId!: string;

  @IdColumn('person_id')
  readonly personId!: string;

  @WordColumn('kind', 10)
  readonly kind!: 'BALLOT' | 'RECUSAL';

  @OptionalWordColumn('choice', 10)
  readonly choice!: Choice | null;

  @OptionalWordColumn('reason', 20)
  readonly reason!: RecusalReason | null;

  /** A ballot by show of HAND; a recusal known at the OPENING, or DECLARED later. */
  @WordColumn('how', 10)
  readonly how!: 'HAND' | 'OPENING' | 'DECLARED';

  /** The photo of the sign-in sheet. */
  @OptionalIdColumn('file_id')
  readonly fileId!: string | null;

  /** The person who wrote it down. */
  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}
