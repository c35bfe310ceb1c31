import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { RetentionTasks } from '../people/index.js';
import type { RetentionTask } from '../people/index.js';
import { Reads } from '../platform/database/reads.js';
import { DraftsService } from './drafts.service.js';

/** Forms that nobody came back for; the clock throws them away all day long. */
@Injectable()
export class RetentionOfDrafts implements RetentionTask, OnModuleInit {
  readonly kind = 'DRAFT';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly drafts: DraftsService,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM case_drafts WHERE expires_at <= ${now}`;
    return Number(row?.count ?? 0);
  }

  async forget(now: Date): Promise<number> {
    return this.drafts.purge(now);
  }
}
