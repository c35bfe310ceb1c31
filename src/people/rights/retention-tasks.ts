import { Injectable, Logger } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { PERIODS } from '../domain/retention.js';
import type { RetentionKind } from '../domain/retention.js';

/** What one context forgets when its period is over. */
export type RetentionTask = {
  readonly kind: RetentionKind;
  /** How many are due now; changes nothing. */
  due(now: Date): Promise<number>;
  /** Forgets them, so that two programs at once do it once. How many this one did. */
  forget(now: Date): Promise<number>;
};

type Batches = {
  readonly kind: RetentionKind;
  /** The ids of the next that are due after this one, in their order, some hundreds at most; none when all is done. */
  readonly next: (after: string) => Promise<readonly string[]>;
  /** Empties one, guarded by its own condition. How many rows it met. */
  readonly one: (tx: Tx, id: string) => Promise<number>;
};

/** So many one after another are no bad rows: the database is away, or the program is wrong. */
const MOST_FAILED = 20;

/** What is kept too long by a fault of the row; whose it is stands in the log. */
export class RowsNotForgotten extends Error {
  constructor(kind: RetentionKind, count: number) {
    super(`Not forgotten: ${count} of ${kind}`);
    this.name = 'RowsNotForgotten';
  }
}

/** Another program did all of this batch: the unit leaves no trail. */
class NothingLeft extends Error {}

type Met = { readonly done: number; readonly failed: number; readonly isHopeless: boolean };

/** Contexts below register here at start-up, so that no arrow points up. */
@Injectable()
export class RetentionTasks {
  private readonly logger = new Logger(RetentionTasks.name);
  private readonly tasks: RetentionTask[] = [];

  constructor(private readonly commands: Commands) {}

  register(task: RetentionTask): void {
    this.tasks.push(task);
  }

  all(): readonly RetentionTask[] {
    return this.tasks;
  }

  /**
   * A unit for each batch, which says in the trail how many it was and nothing of whom. Where a row fails, each of its batch
   * has a unit of its own, so that none is kept too long for the sake of another; those that failed are told at the end.
   */
  async inBatches(batches: Batches): Promise<number> {
    let [done, failed] = [0, 0];
    for (let ids = await batches.next(''), last = ids.at(-1); last !== undefined; last = ids.at(-1)) {
      const met = await this.batch(batches, ids);
      done += met.done;
      failed += met.failed;
      if (met.isHopeless) break;
      ids = await batches.next(last);
    }
    if (failed > 0) throw new RowsNotForgotten(batches.kind, failed);
    return done;
  }

  private async batch(batches: Batches, ids: readonly string[]): Promise<Met> {
    try {
      return { done: await this.unit(batches, ids), failed: 0, isHopeless: false };
    } catch {
      return this.oneByOne(batches, ids);
    }
  }

  private async oneByOne(batches: Batches, ids: readonly string[]): Promise<Met> {
    let [done, failed, inARow] = [0, 0, 0];
    for (const id of ids) {
      try {
        done += await this.unit(batches, [id]);
        inARow = 0;
      } catch (error) {
        failed += 1;
        inARow += 1;
        // Whose it is stands under this key; the words of the error may hold a value.
        const name = error instanceof Error ? error.name : 'unknown';
        this.logger.error(`Forgetting failed: ${batches.kind} ${id}, ${name}`);
      }
      if (inARow === MOST_FAILED) return { done, failed, isHopeless: true };
    }
    return { done, failed, isHopeless: false };
  }

  private async unit({ kind, one }: Batches, ids: readonly string[]): Promise<number> {
    try {
      return await this.commands.timer('forgetExpired', async (tx, trail) => {
        let rows = 0;
        for (const id of ids) rows += await one(tx, id);
        if (rows === 0) throw new NothingLeft();
        trail.on('retention', kind, { words: `${PERIODS[kind].what}：到期删除 ${rows} 条` });
        return rows;
      });
    } catch (error) {
      if (error instanceof NothingLeft) return 0;
      throw error;
    }
  }
}
