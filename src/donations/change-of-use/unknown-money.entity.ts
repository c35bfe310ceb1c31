import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import { Gift } from '../gifts/gift.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** TAKEN: it serves everybody from now on. KEPT: the board said no, or its giver was found meanwhile. */
export type UnclaimedState = 'VOTING' | 'TAKEN' | 'KEPT';

/** That the board was asked to take money for which nobody came, and what it said. */
@Entity('unclaimed_motions')
@Unique('uq_unclaimed_motions_open', ['openKey'])
@Check('ck_unclaimed_motions_state', `state IN ('VOTING', 'TAKEN', 'KEPT')`)
@Check('ck_unclaimed_motions_open', `(state = 'VOTING') = (open_key IS NOT NULL)`)
@Check('ck_unclaimed_motions_ended', `(state = 'VOTING') = (ended_at IS NULL)`)
export class UnclaimedMotion {
  @KeyColumn('pk_unclaimed_motions')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_unclaimed_motions_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_unclaimed_motions_gift', ...NO_ACTION })
  readonly giftId!: string;

  /** Name and charter as they were put to the vote: JSON, for the notice. */
  @TextColumn('issuer')
  readonly issuer!: string;

  @WordColumn('state', 10)
  readonly state!: UnclaimedState;

  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;

  @OptionalWordColumn('open_key', 36)
  readonly openKey!: string | null;
}
