import type { DataSource, QueryRunner } from 'typeorm';
import { nothingMore } from './scheduler.js';
import type { Scheduler, Task } from './scheduler.js';

/** What becomes of a statement: `before` and `after` lose the connection on either side of it, `busy` is a deadlock. */
export type Fate = 'done' | 'before' | 'after' | 'busy';

/** Where a request stands before the database does something for it. */
export type Gate = 'read' | 'begin' | 'step' | 'commit' | 'committed';

/** Whoever decides at a gate: whether the task stays there for a while, and what becomes of what it asks. */
export type Keeper = {
  parks(gate: Gate): boolean;
  fate(gate: Gate, sql: string): Fate;
  /** Told of what was not simply done. */
  tell(words: string): void;
  /** Other words for a statement, or the same: a control takes a guard out of one. */
  readonly reworded?: Rewording | undefined;
};
type Said = { readonly sql: string; readonly values: unknown[] };
export type Rewording = (task: Task, said: Said) => Promise<Said>;

const CONTROL = /^(begin|start transaction|commit|rollback|set|savepoint|release)\b/i;
/** So long an answer of MariaDB may take before somebody else is taken to hold its row. */
const ROW_HELD_MS = 60;

/**
 * Stands between the program and its database: each statement of a task passes a gate, where the scheduler may hold it,
 * where the connection may be lost before or after it, and where the process may die. Nothing of the program knows of it.
 * A statement that belongs to no task passes unseen.
 */
export class Gates {
  commits = 0;
  private readonly turns: Turns;

  constructor(
    dataSource: DataSource,
    readonly scheduler: Scheduler,
    private readonly keeper: Keeper,
  ) {
    this.turns = new Turns(scheduler);
    const isSqlite = dataSource.options.type === 'better-sqlite3';
    const make = Object.getPrototypeOf(dataSource) as DataSource;
    dataSource.createQueryRunner = (mode) =>
      this.guard(make.createQueryRunner.call(dataSource, mode), isSqlite);
  }

  private guard(runner: QueryRunner, isSqlite: boolean): QueryRunner {
    const own = new Line(runner, isSqlite, this.turns);
    const query = runner.query.bind(runner) as Ask;
    const begin = runner.startTransaction.bind(runner);
    const commit = runner.commitTransaction.bind(runner);
    const guarded = {
      query: async (sql: string, values: unknown[] = [], structured = false): Promise<unknown> => {
        if (CONTROL.test(sql)) return query(sql, values, structured);
        const task = await this.alive();
        if (!task) return query(sql, values, structured);
        const asked = { sql, values };
        const said = (await this.scheduler.aside(() => this.keeper.reworded?.(task, asked))) ?? asked;
        const gate = runner.isTransactionActive ? 'step' : 'read';
        return this.pass(task, own, gate, said.sql, () => query(said.sql, said.values, structured));
      },
      startTransaction: async (): Promise<void> => {
        const task = await this.alive();
        if (task) await this.pass(task, own, 'begin', 'BEGIN', () => own.begin(task, begin));
        else await own.begin(undefined, begin);
      },
      commitTransaction: async (): Promise<void> => {
        const task = await this.alive();
        const work = async () => {
          await commit();
          own.ended(); // whoever is next may write, while this one is held
        };
        if (!task) return work();
        await this.pass(task, own, 'commit', 'COMMIT', async () => {
          await work();
          this.commits += 1;
        });
        if (this.keeper.parks('committed')) await this.scheduler.park(task, 'answer');
      },
      rollbackTransaction: () => own.rollBack(),
      release: async () => {
        await own.release();
        this.scheduler.current()?.ends.delete(own.end);
      },
    };
    return Object.assign(runner, guarded as unknown as Partial<QueryRunner>);
  }

  /** Whoever asks, as long as he is under way; what a dead process had still begun elsewhere comes no further than here. */
  private async alive(): Promise<Task | null> {
    const task = this.scheduler.current();
    if (task?.course === 'dead') return nothingMore();
    return task?.isUnderWay ? task : null;
  }

  private pass<Result>(
    task: Task,
    line: Line,
    gate: Gate,
    sql: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return task.inTurn(() => this.passAlone(task, line, gate, sql, work));
  }

  private async passAlone<Result>(
    task: Task,
    line: Line,
    gate: Gate,
    sql: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const words = shortened(sql);
    if (this.keeper.parks(gate)) await this.scheduler.park(task, words);
    const fate = this.keeper.fate(gate, sql);
    if (fate !== 'done') this.keeper.tell(`${task.name}: ${fate} ${words}`);
    task.ends.add(line.end);
    if (fate === 'before') return line.lose();
    if (fate === 'busy') return line.deadlock();
    const result = await this.watched(task, line, work);
    return fate === 'after' ? line.lose() : result;
  }

  /** Whoever waits for a row of another is not waited for; whose process has died learns no more. */
  private async watched<Result>(task: Task, line: Line, work: () => Promise<Result>): Promise<Result> {
    const timer = line.isSqlite
      ? undefined
      : setTimeout(() => {
          if (task.course === 'running') this.scheduler.move(task, 'waiting');
        }, ROW_HELD_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      if (!task.isUnderWay) {
        await line.end();
        await nothingMore();
      }
      if (task.course === 'waiting') this.scheduler.move(task, 'running');
    }
  }
}

type Ask = (sql: string, values: unknown[], structured: boolean) => Promise<unknown>;

/** Who holds the one turn to write on SQLite, and who waits for it: a picture of the program's own queue. */
class Turns {
  private holder: Line | null = null;
  private readonly queue: { readonly line: Line; readonly task: Task | undefined }[] = [];

  constructor(readonly scheduler: Scheduler) {}

  /** Whether it has to wait. */
  ask(line: Line, task: Task | undefined): boolean {
    const waits = this.holder !== null;
    if (!waits) this.holder = line;
    else {
      this.queue.push({ line, task });
      if (task) this.scheduler.move(task, 'waiting');
    }
    return waits;
  }

  end(line: Line): void {
    if (this.holder !== line) return;
    const next = this.queue.shift();
    this.holder = next?.line ?? null;
    if (next?.task?.course === 'waiting') this.scheduler.move(next.task, 'running');
  }
}

/** One connection of the program, as long as a query runner has it. */
class Line {
  private readonly real: Pick<QueryRunner, 'rollbackTransaction' | 'release' | 'query'>;

  constructor(
    private readonly runner: QueryRunner,
    readonly isSqlite: boolean,
    private readonly turns: Turns,
  ) {
    this.real = {
      rollbackTransaction: runner.rollbackTransaction.bind(runner),
      release: runner.release.bind(runner),
      query: runner.query.bind(runner),
    };
  }

  async begin(task: Task | undefined, begin: () => Promise<void>): Promise<void> {
    const waits = this.isSqlite && this.turns.ask(this, task);
    await begin();
    // Whoever gave the turn to it still runs: it comes to rest, so that the two do not draw their lots in the order of chance.
    if (waits && task?.isUnderWay) await this.turns.scheduler.park(task, 'its turn');
  }

  ended(): void {
    this.turns.end(this);
  }

  async rollBack(): Promise<void> {
    try {
      await this.real.rollbackTransaction();
    } finally {
      this.ended();
    }
  }

  async release(): Promise<void> {
    await this.real.release();
    this.ended();
  }

  /** What the database does with the connection of a process that is gone. */
  readonly end = async (): Promise<void> => {
    if (!this.isSqlite) await this.cut();
    else if (this.runner.isTransactionActive && !this.runner.isReleased) await this.release();
  };

  async lose(): Promise<never> {
    if (!this.isSqlite) await this.cut();
    throw Object.assign(new Error('The connection was lost'), { code: 'PROTOCOL_CONNECTION_LOST' });
  }

  /** The server has undone the unit before it says so. SQLite says only that it is busy. */
  async deadlock(): Promise<never> {
    if (this.isSqlite) throw Object.assign(new Error('Busy'), { code: 'SQLITE_BUSY' });
    await this.real.query('ROLLBACK');
    throw Object.assign(new Error('Deadlock'), { errno: 1213 });
  }

  private async cut(): Promise<void> {
    if (this.runner.isReleased) return;
    ((await this.runner.connect()) as { destroy(): void }).destroy();
  }
}

/** The first words of a statement, without values: none of them is in a statement of ours. */
const shortened = (sql: string): string => sql.replace(/\s+/g, ' ').trim().slice(0, 60);
