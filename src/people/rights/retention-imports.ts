import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Reads } from '../../platform/database/reads.js';
import { PeopleImports } from '../people-import.service.js';
import { RetentionTasks } from './retention-tasks.js';
import type { RetentionTask } from './retention-tasks.js';

/** Sheets that nobody confirmed. */
@Injectable()
export class RetentionOfImports implements RetentionTask, OnModuleInit {
  readonly kind = 'IMPORT';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly imports: PeopleImports,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM people_imports WHERE expires_at <= ${now}`;
    return Number(row?.count ?? 0);
  }

  async forget(now: Date): Promise<number> {
    return this.imports.purge(now);
  }
}
