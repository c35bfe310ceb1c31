import { Injectable } from '@nestjs/common';
import type { Role } from '../kernel/actor.js';

export type RoleSource = {
  rolesOf(personId: string, societyId: string, at: Date): Promise<readonly Role[]>;
};

/** Says what an account is by itself, outside any society: a donor looks at what he gave, wherever he gave it. */
export type AccountRoleSource = { rolesOfAccount(accountId: string): Promise<readonly Role[]> };

/**
 * Contexts below say here what part a person plays in a society. It is asked at every request, so that an office which
 * ended has no power left in any open session.
 */
@Injectable()
export class RoleSources {
  private readonly sources: RoleSource[] = [];
  private readonly accountSources: AccountRoleSource[] = [];

  register(source: RoleSource): void {
    this.sources.push(source);
  }

  registerForAccounts(source: AccountRoleSource): void {
    this.accountSources.push(source);
  }

  async rolesOfAccount(accountId: string): Promise<Role[]> {
    const roles = await Promise.all(this.accountSources.map((source) => source.rolesOfAccount(accountId)));
    return [...new Set(roles.flat())];
  }

  async rolesOf(personId: string, societyId: string, at: Date): Promise<Role[]> {
    const roles = await Promise.all(this.sources.map((source) => source.rolesOf(personId, societyId, at)));
    return [...new Set(roles.flat())];
  }
}
