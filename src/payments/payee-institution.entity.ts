import { Check, Entity, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';

/**
 * An institution that money is paid to in place of a person, such as a hospital, with the one account that it has under
 * its own name. The number is sealed; pages show its last four digits. What was entered wrongly is ended and entered
 * anew: nothing of it is changed, so that each order goes where it was meant to go.
 */
@Entity('payee_institutions')
@Unique('uq_payee_institutions_account', ['societyId', 'accountIndex'])
@Check('ck_payee_institutions_in_use', '(ended_at IS NULL) = (account_index IS NOT NULL)')
@Check('ck_payee_institutions_ended', 'ended_at >= created_at')
export class PayeeInstitution {
  @KeyColumn('pk_payee_institutions')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** Its full name, which is also that of the holder of the account. */
  @WordColumn('name', 100)
  readonly name!: string;

  @WordColumn('bank_name', 60)
  readonly bankName!: string;

  @TextColumn('account_sealed')
  readonly accountSealed!: string;

  /** Finds the number without opening it; null once it has ended, so that the number may be entered anew. */
  @OptionalWordColumn('account_index', 64)
  readonly accountIndex!: string | null;

  @WordColumn('account_tail', 4)
  readonly accountTail!: string;

  /** Counted on by every unit that relies on its being in use: whoever ends it meanwhile waits. */
  @CountColumn('version')
  readonly version!: number;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @OptionalIdColumn('created_by')
  readonly createdBy!: string | null;

  /** From then on nothing more is paid to it. */
  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;
}
