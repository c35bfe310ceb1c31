import { Entity, ForeignKey, Unique } from 'typeorm';
import { IdColumn, InstantColumn, KeyColumn, TextColumn, WordColumn } from '../platform/database/columns.js';
import { Round } from './round.entity.js';

/** The minutes as frozen at the decision. A private paper: it holds the names and how each voted, so it is sealed. */
@Entity('round_minutes')
@Unique('uq_round_minutes_round', ['roundId'])
export class RoundMinutes {
  @KeyColumn('pk_round_minutes')
  readonly id!: string;

  @IdColumn('round_id')
  @ForeignKey(() => Round, { name: 'fk_round_minutes_round', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly roundId!: string;

  @TextColumn('content_sealed')
  readonly contentSealed!: string;

  /** Of the open content: it is what the paper prints. */
  @WordColumn('content_hash', 64)
  readonly contentHash!: string;

  @InstantColumn('frozen_at')
  readonly frozenAt!: Date;
}
