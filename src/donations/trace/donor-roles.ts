import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { RoleSources } from '../../access/index.js';
import type { AccountRoleSource } from '../../access/index.js';
import type { Role } from '../../kernel/actor.js';
import { Reads } from '../../platform/database/reads.js';

/** Tells access who is a donor: whoever's account a record of a society names or is offered to. Asked at every request. */
@Injectable()
export class DonorRoles implements AccountRoleSource, OnModuleInit {
  constructor(
    private readonly sources: RoleSources,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.sources.registerForAccounts(this);
  }

  async rolesOfAccount(accountId: string): Promise<readonly Role[]> {
    const row = await this.reads.one<object>`
      SELECT id FROM donors
      WHERE account_id = ${accountId}
         OR (offered_account_id = ${accountId} AND account_id IS NULL AND merged_into_id IS NULL)
      LIMIT 1`;
    return row ? ['donor'] : [];
  }
}
