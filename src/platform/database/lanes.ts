/** So long does a newcomer wait behind those who met; then it tries beside them, since it may want other rows. */
export const BEHIND_MS = 1_000;

/**
 * Those who met each other go one after another: whoever has failed by a deadlock or a newer row takes a place in the lane of
 * its society until it is done, and whoever comes meanwhile goes behind it. Without that, thirty who want the same row spoil
 * each other's work again and again. Only within one process, and only for order: what guards a row is still the database.
 */
export class Lanes {
  private readonly ends = new Map<string, Promise<void>>();

  /** A place that is not taken yet; in no lane where none is named. `giveUpAt` by `performance.now()`. */
  placeIn(lane: string | undefined, giveUpAt: number): Place {
    return new Place(this.ends, lane, giveUpAt);
  }

  /** How many lanes somebody is in. */
  get size(): number {
    return this.ends.size;
  }
}

class Place {
  private exit: (() => void) | null = null;

  constructor(
    private readonly ends: Map<string, Promise<void>>,
    private readonly lane: string | undefined,
    private readonly giveUpAt: number,
  ) {}

  /** Goes behind those who wait, for a while; where nobody does, everybody may try. */
  async behindOthers(): Promise<void> {
    if (this.lane !== undefined && this.ends.has(this.lane)) await this.wait(performance.now() + BEHIND_MS);
  }

  /** Waits for its turn; nothing where it has it. False where it is in no lane, or there was no turn in time. */
  async take(): Promise<boolean> {
    if (this.lane === undefined) return false;
    return this.exit !== null || (await this.wait(this.giveUpAt));
  }

  leave(): void {
    this.exit?.();
    this.exit = null;
  }

  private async wait(untilAt: number): Promise<boolean> {
    const { ends, lane = '' } = this;
    const before = ends.get(lane);
    const left = new Promise<void>((resolve) => {
      this.exit = resolve;
    });
    const end: Promise<void> = Promise.all([before, left]).then(() => {
      if (ends.get(lane) === end) ends.delete(lane);
    });
    ends.set(lane, end);
    if (!before || (await within(before, untilAt - performance.now()))) return true;
    this.leave();
    return false;
  }
}

async function within(turn: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, ms);
  });
  try {
    return await Promise.race([turn.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
