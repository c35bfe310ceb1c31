import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayOf } from '../kernel/day.js';
import { lastExpired, RetentionTasks } from '../people/index.js';
import type { RetentionTask } from '../people/index.js';
import { Reads } from '../platform/database/reads.js';
import { BreachesStore } from './breaches.store.js';

const BATCH = 200;

/** Flags that are over: the whole row goes with its appeal, so that nobody is known as flagged for ever. */
@Injectable()
export class RetentionOfBreaches implements RetentionTask, OnModuleInit {
  readonly kind = 'BREACH';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly store: BreachesStore,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM breach_flags f
      WHERE f.over_on <= ${lastExpired(this.kind, dayOf(now))}
        AND NOT EXISTS (SELECT 1 FROM breach_appeals a WHERE a.flag_id = f.id AND a.state = 'WAITING')`;
    return Number(row?.count ?? 0);
  }

  async forget(now: Date): Promise<number> {
    const last = lastExpired(this.kind, dayOf(now));
    return this.tasks.inBatches({
      kind: this.kind,
      next: async (after) =>
        (
          await this.reads.all<{ id: string }>`
            SELECT f.id AS "id" FROM breach_flags f
            WHERE f.id > ${after} AND f.over_on <= ${last}
              AND NOT EXISTS (SELECT 1 FROM breach_appeals a WHERE a.flag_id = f.id AND a.state = 'WAITING')
            ORDER BY f.id LIMIT ${BATCH}`
        ).map(({ id }) => id),
      one: (tx, id) => this.store.forget(tx, id, last),
    });
  }
}
