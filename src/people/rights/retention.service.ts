import { Injectable } from '@nestjs/common';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { PERIODS, RETENTION_KINDS } from '../domain/retention.js';
import type { RetentionKind } from '../domain/retention.js';
import { RetentionTasks } from './retention-tasks.js';
import type { RetentionTask } from './retention-tasks.js';

export type RetentionCount = { readonly kind: RetentionKind; readonly what: string; readonly count: number };

/** Forgets what has been kept long enough (PIPL, art. 19 and 47). Papers of 30 years are left to the archive. */
@Injectable()
export class RetentionService {
  /** When this program last looked: a look is dear, and to look twice does no harm. */
  private lookedOn: Day | null = null;
  private isRunning = false;

  constructor(private readonly tasks: RetentionTasks) {}

  /** How many of each kind are due; changes nothing. */
  async dryRun(now: Date): Promise<RetentionCount[]> {
    const counts: RetentionCount[] = [];
    for (const task of this.inOrder()) counts.push(countOf(task.kind, await task.due(now)));
    return counts;
  }

  /** A kind that cannot go on holds up no other, and is named at the end; the words of its error may hold a value. */
  async run(now: Date): Promise<RetentionCount[]> {
    const failed: string[] = [];
    const counts: RetentionCount[] = [];
    for (const task of this.inOrder())
      try {
        counts.push(countOf(task.kind, await task.forget(now)));
      } catch (error) {
        failed.push(`${task.kind} (${error instanceof Error ? error.name : 'unknown'})`);
      }
    if (failed.length > 0) throw new Error(`Not forgotten: ${failed.join(', ')}`);
    return counts;
  }

  /** For the clock: once a day, and not beside a run that lasts longer than the clock's beat. */
  async runDaily(now: Date): Promise<void> {
    const today = dayOf(now);
    if (this.lookedOn === today || this.isRunning) return;
    this.isRunning = true;
    try {
      await this.run(now);
    } finally {
      this.lookedOn = today;
      this.isRunning = false;
    }
  }

  private inOrder(): RetentionTask[] {
    return RETENTION_KINDS.flatMap((kind) => this.tasks.all().filter((task) => task.kind === kind));
  }
}

const countOf = (kind: RetentionKind, count: number): RetentionCount => ({
  kind,
  what: PERIODS[kind].what,
  count,
});
