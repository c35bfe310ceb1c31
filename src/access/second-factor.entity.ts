import { Entity, ForeignKey, Unique } from 'typeorm';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalInstantColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { Account } from './account.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** The secret that an authenticator app and the house share (RFC 6238). */
@Entity('second_factors')
@Unique('uq_second_factors_account', ['accountId'])
export class SecondFactor {
  @KeyColumn('pk_second_factors')
  readonly id!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_second_factors_account', ...NO_ACTION })
  readonly accountId!: string;

  @TextColumn('secret_sealed')
  readonly secretSealed!: string;

  /** The latest step whose code was taken: that code, and every earlier one, is good no more. */
  @CountColumn('last_step')
  readonly lastStep!: number;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  /** Null until a first code showed that the app has the secret. */
  @OptionalInstantColumn('confirmed_at')
  readonly confirmedAt!: Date | null;
}

/** For whoever lost the phone: good once. Kept as a keyed hash, since forty bits could be tried through. */
@Entity('recovery_codes')
@Unique('uq_recovery_codes_code', ['accountId', 'codeHash'])
export class RecoveryCode {
  @KeyColumn('pk_recovery_codes')
  readonly id!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_recovery_codes_account', ...NO_ACTION })
  readonly accountId!: string;

  @WordColumn('code_hash', 64)
  readonly codeHash!: string;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @OptionalInstantColumn('spent_at')
  readonly spentAt!: Date | null;
}

/** Somebody whose password was right, and who is asked for the code now. It opens nothing by itself. */
@Entity('sign_in_steps')
@Unique('uq_sign_in_steps_token', ['tokenHash'])
export class SignInStep {
  @KeyColumn('pk_sign_in_steps')
  readonly id!: string;

  @WordColumn('token_hash', 64)
  readonly tokenHash!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_sign_in_steps_account', ...NO_ACTION })
  readonly accountId!: string;

  @FlagColumn('kept')
  readonly kept!: boolean;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @InstantColumn('expires_at')
  readonly expiresAt!: Date;

  @OptionalInstantColumn('spent_at')
  readonly spentAt!: Date | null;
}
