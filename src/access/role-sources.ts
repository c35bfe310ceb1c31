import { Injectable } from '@nestjs/common';
import type { Role } from '../kernel/actor.js';

export type RoleSource = {
  rolesOf(personId: string, societyId: string, at: Date): Promise<readonly Role[]>;
};

/**
 * Contexts below say here what part a person plays in a society. It is asked at every request, so that an office which
 * ended has no power left in any open session.
 */
@Injectable()
export class RoleSources {
  private readonly sources: RoleSource[] = [];

  register(source: RoleSource): void {
    this.sources.push(source);
  }

  async rolesOf(personId: string, societyId: string, at: Date): Promise<Role[]> {
    const roles = await Promise.all(this.sources.map((source) => source.rolesOf(personId, societyId, at)));
    return [...new Set(roles.flat())];
  }
}
