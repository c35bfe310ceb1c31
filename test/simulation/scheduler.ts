import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a task stands: `waiting` is for something that another task holds, `parked` for the scheduler alone. */
type Course = 'running' | 'parked' | 'waiting' | 'over' | 'dead';

/** One request under way in the house. */
export class Task {
  course: Course = 'running';
  /** What it would do next, were it let on. */
  next = '';
  /** Ends, by the means of the database, what the task has begun there. */
  readonly ends = new Set<() => Promise<void>>();
  letOn: () => void = () => undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly name: string) {}

  get isUnderWay(): boolean {
    return this.course !== 'over' && this.course !== 'dead';
  }

  /** A task that asks for several things at once gets them one after the other. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}

/** What is awaited here is never said: the process that waited for it is gone. */
export const nothingMore = (): Promise<never> => new Promise<never>(() => undefined);

/**
 * Lets one task on at a time, from one gate to the next, so that the order of everything is the order in which it is
 * told. Work between two gates takes as long as it takes: the scheduler waits until nobody runs.
 */
export class Scheduler {
  private readonly own = new AsyncLocalStorage<Task>();
  private underWay: Task[] = [];
  private wake: () => void = () => undefined;

  /** Of whoever asks; undefined for the test itself. */
  current(): Task | undefined {
    return this.own.getStore();
  }

  /** The test looks at what a task has come to: nothing of that passes a gate. */
  aside<Result>(look: () => Result): Result {
    return this.own.exit(look);
  }

  get tasks(): readonly Task[] {
    return this.underWay;
  }

  /** The work may fail in its own way: what came of it is the business of whoever gave it. */
  async start(name: string, work: () => Promise<void>): Promise<void> {
    const task = new Task(name);
    this.underWay.push(task);
    void this.own.run(task, async () => {
      await work();
      if (task.isUnderWay) this.move(task, 'over');
    });
    await this.settled();
  }

  async park(task: Task, next: string): Promise<void> {
    task.next = next;
    await new Promise<void>((resolve) => {
      task.letOn = resolve;
      this.move(task, 'parked');
    });
    if (task.course === 'dead') await nothingMore();
  }

  async resume(task: Task): Promise<void> {
    this.move(task, 'running');
    task.letOn();
    await this.settled();
  }

  move(task: Task, course: Course): void {
    if (task.course !== 'dead') task.course = course;
    if (course === 'over' || course === 'dead') this.underWay = this.underWay.filter((each) => each !== task);
    this.wake();
  }

  /** Nobody runs: each is parked, or waits for one who is. */
  async settled(): Promise<void> {
    while (this.underWay.some(({ course }) => course === 'running'))
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
  }

  /** The process dies: nobody goes on, and the database ends what they had begun. Gives those who were under way. */
  async die(): Promise<readonly Task[]> {
    const gone = this.underWay;
    for (const task of gone) this.move(task, 'dead');
    for (const task of gone) for (const end of [...task.ends]) await end();
    return gone;
  }
}
