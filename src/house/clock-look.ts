import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { ClockWatch } from '../platform/clock-watch.js';

/** So long at most until a doubt is seen, and until the word of a person is heard. */
export const LOOK_EVERY_MS = 10_000;

/**
 * Each process that serves looks at the clock by itself. The timers look before each of their beats; one that has none
 * (`TIMERS=off`), and that nobody asks whether it is ready, would write by a clock that is not the database's.
 */
@Injectable()
export class ClockLook implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly watch: ClockWatch,
    private readonly registry: SchedulerRegistry,
  ) {}

  /** Among the timers, where a command of the command line takes it away, and the end of the program too. */
  onApplicationBootstrap(): void {
    this.registry.addInterval('clockLook', setInterval(() => void this.look(), LOOK_EVERY_MS).unref());
  }

  onApplicationShutdown(): void {
    this.watch.end();
  }

  /** A database that does not answer says nothing of the time: that is said by others. */
  async look(): Promise<void> {
    await this.watch.look().catch(() => null);
  }
}
