import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { BallotLink } from './ballot-link.entity.js';
import type { Stance } from './domain/ballot-box.js';
import { RoundDirector } from './round-director.entity.js';

/**
 * What one director said in one round, in the order of saying: ballots, a recusal. Append-only: the last row of a
 * director counts, the earlier ones stay. Rows are written only by a unit that has claimed the round.
 */
@Entity('round_stances')
@Unique('uq_round_stances_sequence', ['roundId', 'personId', 'sequence'])
@Check(
  'ck_round_stances_kind',
  `(kind = 'BALLOT' AND choice IS NOT NULL AND choice IN ('yes', 'no', 'abstain') AND reason IS NULL AND how IN ('HAND', 'PHONE', 'OWN', 'MEETING')) OR (kind = 'RECUSAL' AND choice IS NULL AND reason IS NOT NULL AND how IN ('OPENING', 'DECLARED')) OR (kind = 'RETRACTED' AND choice IS NULL AND reason IS NULL AND how IN ('HAND', 'PHONE', 'MEETING'))`,
)
@Check('ck_round_stances_sequence', 'sequence > 0')
@Check('ck_round_stances_sheet', `(how IN ('HAND', 'MEETING')) = (file_id IS NOT NULL)`)
@Check('ck_round_stances_own', `how <> 'OWN' OR COALESCE(recorded_by, '') = person_id`)
@Check('ck_round_stances_link', `link_id IS NULL OR how IN ('OWN', 'DECLARED')`)
@Check('ck_round_stances_why', `why_sealed IS NULL OR (how = 'OWN' AND choice = 'no')`)
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

  /** 1, 2, … for one director in one round. */
  @CountColumn('sequence')
  readonly sequence!: number;

  @WordColumn('kind', 10)
  readonly kind!: Stance['kind'];

  @OptionalWordColumn('choice', 10)
  readonly choice!: Stance['choice'];

  @OptionalWordColumn('reason', 20)
  readonly reason!: Stance['reason'];

  @WordColumn('how', 10)
  readonly how!: Stance['how'];

  /** The photo of the signed sheet or minutes. */
  @OptionalIdColumn('file_id')
  readonly fileId!: string | null;

  /** The one-time link by which the director said it; null for an account of his own. */
  @OptionalIdColumn('link_id')
  @ForeignKey(() => BallotLink, {
    name: 'fk_round_stances_link',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly linkId!: string | null;

  /** Why a director said no, in own words: sealed to this row, for the office and the supervisor. */
  @OptionalTextColumn('why_sealed')
  readonly whySealed!: string | null;

  /** The person who wrote it down: the director himself where it is his own. */
  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  /** As written in the register that day, for the minutes; null where the director gave it himself. */
  @OptionalWordColumn('recorder_name', 80)
  readonly recorderName!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}
