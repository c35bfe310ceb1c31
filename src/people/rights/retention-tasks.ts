import { Injectable } from '@nestjs/common';
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
  /** The ids of the next that are due, some hundreds at most; none when all is done. */
  readonly next: () => Promise<readonly string[]>;
  /** Empties one, guarded by its own condition. How many rows it met. */
  readonly one: (tx: Tx, id: string) => Promise<number>;
};

/** Another program did all of this batch: the unit leaves no trail. */
class NothingLeft extends Error {}

/** Contexts below register here at start-up, so that no arrow points up. */
@Injectable()
export class RetentionTasks {
  private readonly tasks: RetentionTask[] = [];

  constructor(private readonly commands: Commands) {}

  register(task: RetentionTask): void {
    this.tasks.push(task);
  }

  all(): readonly RetentionTask[] {
    return this.tasks;
  }

  /** A unit for each batch, which says in the trail how many it was and nothing of whom. */
  async inBatches({ kind, next, one }: Batches): Promise<number> {
    let done = 0;
    for (let ids = await next(); ids.length > 0; ids = await next()) {
      const batch = ids;
      const met = await this.unit(kind, async (tx) => {
        let rows = 0;
        for (const id of batch) rows += await one(tx, id);
        return rows;
      });
      if (met === 0) return done; // another program is at it
      done += met;
    }
    return done;
  }

  private async unit(kind: RetentionKind, work: (tx: Tx) => Promise<number>): Promise<number> {
    try {
      return await this.commands.timer('forgetExpired', async (tx, trail) => {
        const rows = await work(tx);
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
