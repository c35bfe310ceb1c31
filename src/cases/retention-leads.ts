import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayOf, endOfDay } from '../kernel/day.js';
import { ERASED, lastExpired, RetentionTasks } from '../people/index.js';
import type { RetentionTask } from '../people/index.js';
import { Reads } from '../platform/database/reads.js';
import { HeldCaseStore } from './held-case.store.js';

const BATCH = 200;

/** Leads of which nobody made a case: who called, and what they said. */
@Injectable()
export class RetentionOfLeads implements RetentionTask, OnModuleInit {
  readonly kind = 'LEAD';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly store: HeldCaseStore,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM leads
      WHERE case_id IS NULL AND received_at < ${this.before(now)} AND place <> ${ERASED}`;
    return Number(row?.count ?? 0);
  }

  async forget(now: Date): Promise<number> {
    return this.tasks.inBatches({
      kind: this.kind,
      next: async (after) =>
        (
          await this.reads.all<{ id: string }>`
            SELECT id AS "id" FROM leads
            WHERE id > ${after} AND case_id IS NULL AND received_at < ${this.before(now)} AND place <> ${ERASED}
            ORDER BY id LIMIT ${BATCH}`
        ).map(({ id }) => id),
      one: (tx, id) => this.store.eraseLead(tx, id),
    });
  }

  private before(now: Date): Date {
    return endOfDay(lastExpired(this.kind, dayOf(now)));
  }
}
