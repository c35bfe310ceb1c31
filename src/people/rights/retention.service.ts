import { Injectable } from '@nestjs/common';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { PERIODS, RETENTION_KINDS } from '../domain/retention.js';
import type { RetentionKind } from '../domain/retention.js';
import { RetentionTasks } from './retention-tasks.js';

export type RetentionCount = { readonly kind: RetentionKind; readonly what: string; readonly count: number };

/** Forgets what has been kept long enough (PIPL, art. 19 and 47). Papers of 30 years are left to the archive. */
@Injectable()
export class RetentionService {
  /** When this program last looked: a look is dear, and to look twice does no harm. */
  private lookedOn: Day | null = null;

  constructor(private readonly tasks: RetentionTasks) {}

  /** How many of each kind are due; changes nothing. */
  async dryRun(now: Date): Promise<RetentionCount[]> {
    const counts: RetentionCount[] = [];
    for (const { kind, due } of this.inOrder()) counts.push(countOf(kind, await due(now)));
    return counts;
  }

  async run(now: Date): Promise<RetentionCount[]> {
    const counts: RetentionCount[] = [];
    for (const { kind, forget } of this.inOrder()) counts.push(countOf(kind, await forget(now)));
    return counts;
  }

  /** For the clock: once a day. */
  async runDaily(now: Date): Promise<void> {
    const today = dayOf(now);
    if (this.lookedOn === today) return;
    await this.run(now);
    this.lookedOn = today;
  }

  private inOrder() {
    return RETENTION_KINDS.flatMap((kind) =>
      this.tasks
        .all()
        .filter((task) => task.kind === kind)
        .map((task) => ({
          kind,
          due: (now: Date) => task.due(now),
          forget: (now: Date) => task.forget(now),
        })),
    );
  }
}

const countOf = (kind: RetentionKind, count: number): RetentionCount => ({
  kind,
  what: PERIODS[kind].what,
  count,
});
