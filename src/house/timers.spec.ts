import { Timers } from './timers.js';

/** Strokes that last until they are let go: nothing else of the house is there. */
class SlowTimers extends Timers {
  strokes = 0;
  private readonly waiting: (() => void)[] = [];

  constructor() {
    super(...([] as unknown as ConstructorParameters<typeof Timers>));
  }

  override runDue(): Promise<void> {
    this.strokes += 1;
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  letGo(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

it('begins no second stroke beside one that lasts, and the next one after it', async () => {
  const timers = new SlowTimers();
  const first = timers.beat();
  await timers.beat();
  expect(timers.strokes).toBe(1);
  timers.letGo();
  await first;
  const next = timers.beat();
  expect(timers.strokes).toBe(2);
  timers.letGo();
  await next;
});
