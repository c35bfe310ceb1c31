import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityTarget, ObjectLiteral, QueryRunner } from 'typeorm';
import { PATIENCE_MS } from './data-source.js';
import { haveMet, isInDoubt, isTransient } from './errors.js';
import { Lanes } from './lanes.js';
import { insertsOf, rowsOn } from './row-statements.js';
import type { Rows } from './row-statements.js';

const MOST_TRIES = 40;

export type Value = string | number | boolean | Date | null;
type Sql<Result> = (text: TemplateStringsArray, ...values: Value[]) => Promise<Result>;

/**
 * One unit of work. It is the required first argument of every write, and only `Transactions.run` makes one, so that
 * a write outside a unit does not compile. In its tagged templates every `${value}` is bound, never pasted.
 */
export type Tx = {
  /** Reads inside the unit, its own writes included. */
  readonly rows: Rows;

  /** Rows by SQL inside the unit: `tx.read<{ id: string }>\`SELECT …\``. Values come as the driver gives them. */
  read<Row extends object>(text: TemplateStringsArray, ...values: Value[]): Promise<Row[]>;

  insert<Row extends ObjectLiteral>(entity: EntityTarget<Row>, rows: Row | Row[]): Promise<void>;

  /** Changes rows and says how many. Give it the condition and the change in one statement; never read, then write. */
  readonly change: Sql<number>;

  /** Changes exactly one row, the guard being its WHERE, or throws what `refusal` makes. */
  changeOne(refusal: () => Error): Sql<void>;
};

/** The connection broke between COMMIT and its answer, or the node left its cluster there: nobody knows whether the unit is in the books. */
export class CommitInDoubt extends Error {
  constructor(cause: unknown) {
    super('The database was lost while it committed; the unit may or may not be done', { cause });
  }
}

export type RunOptions = {
  /** Units that name the same lane wait for each other once they have met: the society, whose rows they want. */
  readonly lane?: string;
  /** `repeat` is for a unit that claims its own unique key: done twice, it finds itself. */
  readonly onLostCommit?: 'throw' | 'repeat';
};

/**
 * Whose units of work are under way here: of one house, or of several, one inside the other. One for the process: each
 * store of this kind, once used, is carried along by every promise until the process ends.
 */
const inside = new AsyncLocalStorage<ReadonlySet<DataSource>>();

/** The one door for writes. */
@Injectable()
export class Transactions {
  private readonly lanes = new Lanes();
  /** So long may a unit be begun anew. */
  patienceMs = PATIENCE_MS;

  /** `clock` is asked as a unit begins and before it commits: by one that is not believed nothing is written. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: { refuse(): void } = { refuse: () => undefined },
  ) {}

  /**
   * Commits all that `work` did, or nothing. A deadlock, a lost connection and their like are cured by doing the whole
   * unit again, outside BEGIN: InnoDB has by then rolled back more than TypeORM knows. So `work` may run many times,
   * and does nothing that a rollback cannot undo.
   */
  async run<Result>(work: (tx: Tx) => Promise<Result>, options: RunOptions = {}): Promise<Result> {
    if (inside.getStore()?.has(this.dataSource))
      throw new Error('A unit of work inside a unit of work: hand the tx on instead');
    const giveUpAt = performance.now() + this.patienceMs;
    const place = this.lanes.placeIn(options.lane, giveUpAt);
    try {
      await place.behindOthers();
      for (let tries = 1; ; tries++) {
        try {
          return await this.attempt(work);
        } catch (error) {
          const repeatable =
            error instanceof CommitInDoubt ? options.onLostCommit === 'repeat' : isTransient(error);
          if (!repeatable || tries === MOST_TRIES || performance.now() > giveUpAt) throw error;
          const isInLane = haveMet(error) && (await place.take());
          await sleep(Math.random() * Math.min(10 * 2 ** tries, isInLane ? 50 : 1000));
        }
      }
    } finally {
      place.leave();
    }
  }

  private async attempt<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    const within = new Set([...(inside.getStore() ?? []), this.dataSource]);
    try {
      this.clock.refuse();
      await runner.startTransaction();
      const result = await inside.run(within, () => work(txOn(runner)));
      this.clock.refuse();
      await this.commit(runner);
      return result;
    } catch (error) {
      await rollBack(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async commit(runner: QueryRunner): Promise<void> {
    try {
      await runner.commitTransaction();
    } catch (error) {
      throw isInDoubt(error) ? new CommitInDoubt(error) : error;
    }
  }
}

function txOn(runner: QueryRunner): Tx {
  const change: Sql<number> = async (text, ...values) => {
    const { affected } = await runner.query(text.join('?'), values.map(bindable), true);
    return affected ?? 0;
  };
  return {
    rows: rowsOn(runner),
    read: async <Row extends object>(text: TemplateStringsArray, ...values: Value[]) =>
      (await runner.query(text.join('?'), values.map(bindable))) as Row[],
    change,
    changeOne:
      (refusal) =>
      async (text, ...values) => {
        const changed = await change(text, ...values);
        if (changed > 1) throw new Error(`A change meant for one row met ${changed}: ${text.join('?')}`);
        if (changed === 0) throw refusal();
      },
    insert: async (entity, rows) => {
      for (const { sql, values } of insertsOf(runner.dataSource, entity, Array.isArray(rows) ? rows : [rows]))
        await runner.query(sql, [...values]);
    },
  };
}

/** SQLite binds no Date; both databases read this form. */
export function bindable(value: Value): Value {
  return value instanceof Date ? value.toISOString().replace('T', ' ').replace('Z', '') : value;
}

async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive) return;
  try {
    await runner.rollbackTransaction();
  } catch {
    // The connection is gone, or never came, and the unit with it. It must not go back to the pool.
    const connection = (await runner.connect().catch(() => null)) as { destroy?: () => void } | null;
    connection?.destroy?.();
  }
}
