import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { DonorLookReason } from '../domain/donor-look.js';
import { Donor } from './donor.entity.js';

/** One look at a donor's name and phone in full, with its reason and without the values. Append-only. */
@Entity('donor_looks')
@Unique('uq_donor_looks_sequence', ['accountId', 'sequence'])
@Index('ix_donor_looks_donor', ['donorId', 'at'])
@Check('ck_donor_looks_reason', `reason IN ('CONTACT', 'VERIFY_TRANSFER', 'RECEIPT', 'CORRECTION')`)
@Check('ck_donor_looks_sequence', 'sequence > 0')
export class DonorLook {
  @KeyColumn('pk_donor_looks')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('account_id')
  readonly accountId!: string;

  /** The how-manieth of this account, from its first day on. */
  @CountColumn('sequence')
  readonly sequence!: number;

  @OptionalIdColumn('looker_id')
  readonly lookerId!: string | null;

  @IdColumn('donor_id')
  @ForeignKey(() => Donor, { name: 'fk_donor_looks_donor', onDelete: 'NO ACTION', onUpdate: 'NO ACTION' })
  readonly donorId!: string;

  @WordColumn('reason', 15)
  readonly reason!: DonorLookReason;

  @InstantColumn('at')
  readonly at!: Date;
}
