import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { addDays, dayOf, startOfDay } from '../kernel/day.js';
import { RetentionTasks } from '../people/index.js';
import type { RetentionTask } from '../people/index.js';
import { Reads } from '../platform/database/reads.js';
import { FAILED_KEPT_DAYS } from './domain/delivery.js';
import { MessagesSender } from './messages-sender.service.js';

/** Numbers of texts that failed; the clock forgets them all day long. */
@Injectable()
export class RetentionOfMessages implements RetentionTask, OnModuleInit {
  readonly kind = 'MESSAGE';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly sender: MessagesSender,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    const failedBefore = startOfDay(addDays(dayOf(now), -FAILED_KEPT_DAYS));
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM messages
      WHERE state = 'FAILED' AND body_sealed IS NOT NULL AND next_at < ${failedBefore}`;
    return Number(row?.count ?? 0);
  }

  async forget(now: Date): Promise<number> {
    return this.sender.forget(now);
  }
}
