import { Clock } from '../kernel/clock.js';

/** Stands still until it is moved: for tests, the demo, and HUZHU_NOW. */
export class HandClock extends Clock {
  private at: Date;

  constructor(at: Date | string) {
    super();
    this.at = new Date(at);
  }

  override now(): Date {
    return new Date(this.at);
  }

  /** Forwards only: time that goes back would put an act before its cause. */
  moveTo(at: Date | string): void {
    const next = new Date(at);
    if (next < this.at) throw new Error(`The clock would go back, to ${next.toISOString()}`);
    this.at = next;
  }

  advance(by: {
    readonly days?: number;
    readonly hours?: number;
    readonly minutes?: number;
    seconds?: number;
  }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = by;
    this.at = new Date(this.at.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }
}

/** Runs on from a given moment, at the pace of the real one: the demo, served. */
export class RunningClock extends Clock {
  private readonly aheadMs: number;

  constructor(from: Date) {
    super();
    this.aheadMs = from.getTime() - Date.now();
  }

  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}
