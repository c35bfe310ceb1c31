import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { RoleSources } from '../access/index.js';
import type { RoleSource } from '../access/index.js';
import type { Role } from '../kernel/actor.js';
import { dayOf } from '../kernel/day.js';
import { rolesOf } from './domain/office.js';
import { OfficesQueries } from './offices.queries.js';

/** Tells access what part a person plays: what their offices of this day give them, and nothing else. */
@Injectable()
export class OfficeRoles implements RoleSource, OnModuleInit {
  constructor(
    private readonly sources: RoleSources,
    private readonly queries: OfficesQueries,
  ) {}

  onModuleInit(): void {
    this.sources.register(this);
  }

  async rolesOf(personId: string, societyId: string, at: Date): Promise<Role[]> {
    return rolesOf(await this.queries.officesOf(personId, societyId, dayOf(at)));
  }
}
