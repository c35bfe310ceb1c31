import { Entity, ForeignKey, Unique } from 'typeorm';
import { CountColumn, IdColumn, KeyColumn, WordColumn } from '../platform/database/columns.js';
import { Round } from './round.entity.js';

/** A director in office when the round opened. Append-only: who leaves the board later still counts here (D4-18). */
@Entity('round_directors')
@Unique('uq_round_directors_person', ['roundId', 'personId'])
export class RoundDirector {
  @KeyColumn('pk_round_directors')
  readonly id!: string;

  @IdColumn('round_id')
  @ForeignKey(() => Round, { name: 'fk_round_directors_round', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly roundId!: string;

  @IdColumn('person_id')
  readonly personId!: string;

  /** As written in the register that day. */
  @WordColumn('name', 80)
  readonly name!: string;

  /** The order in which the office lists them. */
  @CountColumn('place')
  readonly place!: number;
}
