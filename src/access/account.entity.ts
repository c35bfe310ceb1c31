import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** Whoever can sign in: a person of societies, a donor, or a system administrator, who is never any of the others. */
@Entity('accounts')
@Unique('uq_accounts_login', ['login'])
@Check('ck_accounts_ready', '(login IS NULL) = (password_hash IS NULL)')
export class Account {
  @KeyColumn('pk_accounts')
  readonly id!: string;

  /** Null until the one-time link was used. */
  @OptionalWordColumn('login', 40)
  readonly login!: string | null;

  /** argon2id, with its salt and cost in it. */
  @OptionalWordColumn('password_hash', 200)
  readonly passwordHash!: string | null;

  @FlagColumn('is_admin')
  readonly isAdmin!: boolean;

  @OptionalInstantColumn('disabled_at')
  readonly disabledAt!: Date | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/** Which person of which society signs in with the account. */
@Entity('account_persons')
@Unique('uq_account_persons_society', ['accountId', 'societyId'])
@Unique('uq_account_persons_person', ['societyId', 'personId'])
export class AccountPerson {
  @KeyColumn('pk_account_persons')
  readonly id!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_account_persons_account', ...NO_ACTION })
  readonly accountId!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_account_persons_society', ...NO_ACTION })
  readonly societyId!: string;

  @IdColumn('person_id')
  @ForeignKey('persons', { name: 'fk_account_persons_person', ...NO_ACTION })
  readonly personId!: string;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/** A link to set login and password, good once. Only the hash of its secret is kept. */
@Entity('one_time_links')
@Unique('uq_one_time_links_token', ['tokenHash'])
export class OneTimeLink {
  @KeyColumn('pk_one_time_links')
  readonly id!: string;

  @WordColumn('token_hash', 64)
  readonly tokenHash!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_one_time_links_account', ...NO_ACTION })
  readonly accountId!: string;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  @InstantColumn('expires_at')
  readonly expiresAt!: Date;

  /** Used, or replaced by a later link. */
  @OptionalInstantColumn('spent_at')
  readonly spentAt!: Date | null;
}
