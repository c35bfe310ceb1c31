import { Entity, ForeignKey, Unique } from 'typeorm';
import { IdColumn, InstantColumn, KeyColumn, WordColumn } from '../platform/database/columns.js';
import { Account } from './account.entity.js';

/**
 * Who of the federation's identity provider signs in to an account. Only a keyed hash of issuer and subject is kept:
 * a stolen backup names nobody there.
 */
@Entity('account_identities')
@Unique('uq_account_identities_account', ['accountId'])
@Unique('uq_account_identities_identity', ['identityIndex'])
export class AccountIdentity {
  @KeyColumn('pk_account_identities')
  readonly id!: string;

  @IdColumn('account_id')
  @ForeignKey(() => Account, {
    name: 'fk_account_identities_account',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly accountId!: string;

  @WordColumn('identity_index', 64)
  readonly identityIndex!: string;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}
