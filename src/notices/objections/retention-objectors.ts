import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayOf, endOfDay } from '../../kernel/day.js';
import { lastExpired, RetentionTasks } from '../../people/index.js';
import type { RetentionTask } from '../../people/index.js';
import { Reads } from '../../platform/database/reads.js';

const BATCH = 200;

/** Who objected, and how they were reached; what was objected and decided stays. */
@Injectable()
export class RetentionOfObjectors implements RetentionTask, OnModuleInit {
  readonly kind = 'OBJECTOR';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM notice_objections
      WHERE ended_at < ${this.before(now)} AND (name_sealed IS NOT NULL OR phone_sealed IS NOT NULL)`;
    return Number(row?.count ?? 0);
  }

  async forget(now: Date): Promise<number> {
    const before = this.before(now);
    return this.tasks.inBatches({
      kind: this.kind,
      next: async (after) =>
        (
          await this.reads.all<{ id: string }>`
            SELECT id AS "id" FROM notice_objections
            WHERE id > ${after} AND ended_at < ${before} AND (name_sealed IS NOT NULL OR phone_sealed IS NOT NULL)
            ORDER BY id LIMIT ${BATCH}`
        ).map(({ id }) => id),
      one: (tx, id) => tx.change`
        UPDATE notice_objections SET name_sealed = NULL, phone_sealed = NULL
        WHERE id = ${id} AND ended_at < ${before} AND (name_sealed IS NOT NULL OR phone_sealed IS NOT NULL)`,
    });
  }

  private before(now: Date): Date {
    return endOfDay(lastExpired(this.kind, dayOf(now)));
  }
}
