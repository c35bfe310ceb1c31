import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalTextColumn,
  TextColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { Account } from './account.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/**
 * The phone that an account signs in with by a texted code. Apart from the register: whoever may change a number there
 * must not be able to let themselves in.
 */
@Entity('account_phones')
@Unique('uq_account_phones_account', ['accountId'])
@Unique('uq_account_phones_phone', ['phoneIndex'])
export class AccountPhone {
  @KeyColumn('pk_account_phones')
  readonly id!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_account_phones_account', ...NO_ACTION })
  readonly accountId!: string;

  @WordColumn('phone_index', 64)
  readonly phoneIndex!: string;

  @TextColumn('phone_sealed')
  readonly phoneSealed!: string;

  @WordColumn('phone_tail', 4)
  readonly phoneTail!: string;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/** `SIGN_IN`: to sign in. `PROOF`: to prove it again before an act with money. `PHONE`: to bind a phone. */
export type CodePurpose = 'SIGN_IN' | 'PROOF' | 'PHONE';

/** One texted code. A number that belongs to nobody has its row too, whose code nobody knows: so none can be told apart. */
@Entity('sign_in_codes')
@Unique('uq_sign_in_codes_token', ['tokenHash'])
@Check('ck_sign_in_codes_purpose', "purpose IN ('SIGN_IN', 'PROOF', 'PHONE')")
@Check('ck_sign_in_codes_tries', 'tries >= 0 AND tries <= 5')
export class SignInCode {
  @KeyColumn('pk_sign_in_codes')
  readonly id!: string;

  /** Of the secret that the browser holds which asked: the code is worth nothing anywhere else. */
  @WordColumn('token_hash', 64)
  readonly tokenHash!: string;

  @WordColumn('purpose', 10)
  readonly purpose!: CodePurpose;

  @OptionalIdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_sign_in_codes_account', ...NO_ACTION })
  readonly accountId!: string | null;

  @WordColumn('phone_index', 64)
  readonly phoneIndex!: string;

  /** To be bound when the code is right; null for the other purposes. */
  @OptionalTextColumn('phone_sealed')
  readonly phoneSealed!: string | null;

  /** Keyed: six digits could be tried through. */
  @WordColumn('code_hash', 64)
  readonly codeHash!: string;

  @FlagColumn('kept')
  readonly kept!: boolean;

  @CountColumn('tries')
  readonly tries!: number;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @InstantColumn('expires_at')
  readonly expiresAt!: Date;

  @OptionalInstantColumn('spent_at')
  readonly spentAt!: Date | null;
}
