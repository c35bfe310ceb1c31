import { Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import { Account } from './account.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** Somebody signed in. The browser or program holds the secret, the row its hash: a stolen backup opens nothing. */
@Entity('sessions')
@Unique('uq_sessions_token', ['tokenHash'])
@Index('ix_sessions_account', ['accountId'])
export class Session {
  @KeyColumn('pk_sessions')
  readonly id!: string;

  @WordColumn('token_hash', 64)
  readonly tokenHash!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_sessions_account', ...NO_ACTION })
  readonly accountId!: string;

  /** The one society acted in; null until it is chosen. */
  @OptionalIdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_sessions_society', ...NO_ACTION })
  readonly societyId!: string | null;

  /** `web` by cookie, `api` by bearer: neither opens the other's door. */
  @WordColumn('origin', 10)
  readonly origin!: string;

  @FlagColumn('kept')
  readonly kept!: boolean;

  @InstantColumn('started_at')
  readonly startedAt!: Date;

  @InstantColumn('seen_at')
  readonly seenAt!: Date;

  /** When the person last proved who they are: by signing in, or again for an act with money (quality.md T5). */
  @InstantColumn('proved_at')
  readonly provedAt!: Date;

  /** Which known device it lies on; null for programs. */
  @OptionalWordColumn('device_hash', 64)
  readonly deviceHash!: string | null;

  /** What the device says it is, in a person's words. */
  @OptionalWordColumn('device_words', 60)
  readonly deviceWords!: string | null;

  /** The beginning of the address it was opened from. */
  @OptionalWordColumn('place', 40)
  readonly place!: string | null;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;
}

/**
 * A browser that signed in to the account before: strangers who guess elsewhere cannot slow it down. One browser may be
 * known to several accounts.
 */
@Entity('known_devices')
@Unique('uq_known_devices_token', ['tokenHash', 'accountId'])
export class KnownDevice {
  @KeyColumn('pk_known_devices')
  readonly id!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, { name: 'fk_known_devices_account', ...NO_ACTION })
  readonly accountId!: string;

  @WordColumn('token_hash', 64)
  readonly tokenHash!: string;

  @InstantColumn('created_at')
  readonly createdAt!: Date;

  /** When it last signed in: after a year without, it is a stranger again, as its cookie is gone. */
  @InstantColumn('seen_at')
  readonly seenAt!: Date;
}

/** Wrong tries, by login (its hash: people type passwords there), known device, network, code or phone. */
@Entity('sign_in_failures')
@Unique('uq_sign_in_failures_subject', ['subject'])
export class SignInFailure {
  @KeyColumn('pk_sign_in_failures')
  readonly id!: string;

  @WordColumn('subject', 80)
  readonly subject!: string;

  @CountColumn('tries')
  readonly tries!: number;

  @InstantColumn('last_at')
  readonly lastAt!: Date;

  @InstantColumn('blocked_until')
  readonly blockedUntil!: Date;
}
