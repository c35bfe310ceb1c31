import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { RoundDirector } from './round-director.entity.js';

/** A link by which one director votes in one round without an account. Only the hash of its secret is kept. */
@Entity('ballot_links')
@Unique('uq_ballot_links_token', ['tokenHash'])
@Check('ck_ballot_links_revoked', 'revoked_at IS NULL OR revoked_at >= made_at')
@ForeignKey(() => RoundDirector, ['roundId', 'personId'], ['roundId', 'personId'], {
  name: 'fk_ballot_links_director',
  onDelete: 'NO ACTION',
  onUpdate: 'NO ACTION',
})
export class BallotLink {
  @KeyColumn('pk_ballot_links')
  readonly id!: string;

  @IdColumn('round_id')
  readonly roundId!: string;

  /** The director who may vote by it. */
  @IdColumn('person_id')
  readonly personId!: string;

  @WordColumn('token_hash', 64)
  readonly tokenHash!: string;

  @InstantColumn('made_at')
  readonly madeAt!: Date;

  @OptionalIdColumn('made_by')
  readonly madeBy!: string | null;

  /** Set when a newer link was made for the same director. */
  @OptionalInstantColumn('revoked_at')
  readonly revokedAt!: Date | null;
}
