import { randomUUID } from 'node:crypto';
import { uptime } from 'node:os';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import {
  clockConfirmation,
  clockFloorMs,
  forgetDoubts,
  noteClock,
  noteDoubts,
  wordsOfDoubt,
} from './clock-note.js';
import type { Doubt } from './clock-note.js';
import { apartMs, BELIEVED_STEP_MS } from './clock-step.js';
import { SystemClock } from './system.js';

/** Program and database may be so far apart (quality.md R11), at the start and at each look. */
export const MOST_APART_MS = 2_000;
const NOTED_EVERY_MS = 30_000;

/** Nothing was done: the clock by which it would have been written down is not believed. */
export class ClockInDoubt extends Error {
  constructor(doubt: Doubt) {
    super(wordsOfDoubt(doubt));
  }
}

/** Milliseconds since the machine was started, its sleep included: goes on evenly, whatever the clock is set to. */
export type SinceStart = () => number;
const sinceStart: SinceStart = () => uptime() * 1000;

type Moment = { readonly atMs: number; readonly upMs: number };

/**
 * Whether the clock of the machine is believed. It is not where it was set by more than five minutes at a time while the
 * program ran, where it is behind what this machine has seen before, and where the database's own clock says otherwise.
 * While it is in doubt nothing is written and no timer acts (ADR 32); as soon as it is right again all goes on by itself.
 * Several processes may share a data directory: each has a doubt of its own, and all hear the word of a person.
 */
export class ClockWatch {
  private readonly logger = new Logger(ClockWatch.name);
  private readonly id = randomUUID();
  private last: Moment | null = null;
  private apartMs = 0;
  private notedMs = -Infinity;
  /** The kinds of doubt that were told last. */
  private told = '';
  /** The word of a person that was there as our own doubt began, and is not about it; undefined while we have none. */
  private heard: string | null | undefined;
  private readonly floorMs: number;

  /** A clock that is not the machine's, of the demo or of a test, is believed: whoever moves it means it. */
  constructor(
    private readonly clock: Clock,
    private readonly dataDir: string,
    private readonly dataSource: DataSource,
    private readonly upMs: SinceStart = sinceStart,
  ) {
    this.floorMs = clockFloorMs(dataDir) ?? -Infinity;
  }

  /** Why nobody may write by the clock of this moment; null where it is believed. */
  doubt(): Doubt | null {
    return this.doubts()[0] ?? null;
  }

  /**
   * The time that it should be: what the clock says, or while it has jumped, what it would say. For whoever only reads: a
   * clock that is a day ahead for a moment signs nobody out.
   */
  now(): Date {
    if (this.doubt()?.why !== 'jumped' || this.last === null) return this.clock.now();
    return new Date(this.last.atMs + this.upMs() - this.last.upMs);
  }

  /** For every unit of work, as it begins and before it commits. */
  refuse(): void {
    const doubt = this.doubt();
    if (doubt) throw new ClockInDoubt(doubt);
  }

  /** The same, the database being asked for its time: before each beat, for `/readyz`, and every ten seconds. */
  async look(): Promise<Doubt | null> {
    if (!(this.clock instanceof SystemClock)) return null;
    await this.compare(this.clock);
    this.doubts(); // one that begins only now is not what a person spoke of
    this.takeAsConfirmed();
    const doubts = this.doubts();
    this.tell(doubts);
    return doubts[0] ?? null;
  }

  /** The process ends: it says nothing more of the clock. */
  end(): void {
    this.write(() => {
      forgetDoubts(this.dataDir, this.id);
    });
  }

  private here(): Moment {
    return { atMs: this.clock.now().getTime(), upMs: this.upMs() };
  }

  /** Our own first, which a person may lift; then that of the database. */
  private doubts(): Doubt[] {
    if (!(this.clock instanceof SystemClock)) return [];
    const here = this.here();
    const own = this.doubtAt(here);
    if (own === null) [this.last, this.heard] = [here, undefined];
    else if (this.heard === undefined) this.heard = clockConfirmation(this.dataDir)?.id ?? null;
    const apart =
      Math.abs(this.apartMs) >= MOST_APART_MS ? ({ why: 'apart', byMs: this.apartMs } as const) : null;
    return [own, apart].filter((doubt) => doubt !== null);
  }

  private doubtAt({ atMs, upMs }: Moment): Doubt | null {
    // A machine without a battery begins in 1970 and is put right soon: nothing was believed yet, any later time may be.
    if (this.last === null)
      return atMs < this.floorMs - BELIEVED_STEP_MS ? { why: 'behind', byMs: atMs - this.floorMs } : null;
    const byMs = atMs - this.last.atMs - (upMs - this.last.upMs);
    return Math.abs(byMs) > BELIEVED_STEP_MS ? { why: 'jumped', byMs } : null;
  }

  /** By what the machine says: after a small step back the program's own time stands still, as it should. */
  private async compare(clock: SystemClock): Promise<void> {
    if (this.dataSource.options.type === 'better-sqlite3') return;
    const before = clock.wall();
    const [row] = await this.dataSource.query<{ at: Date }[]>('SELECT NOW(3) AS "at"');
    this.apartMs = row ? apartMs(before, row.at.getTime(), clock.wall()) : 0;
  }

  /** Somebody has looked at the clock since our own doubt began. Only what was said just now counts. */
  private takeAsConfirmed(): void {
    if (this.heard === undefined) return;
    const said = clockConfirmation(this.dataDir);
    const here = this.here();
    if (!said || said.id === this.heard || Math.abs(here.atMs - Date.parse(said.at)) > BELIEVED_STEP_MS)
      return;
    this.last = here;
  }

  /** A line in the log as it begins and as it ends, and a note for `doctor` and for the next start. */
  private tell(doubts: readonly Doubt[]): void {
    const kinds = doubts.map(({ why }) => why).join();
    const isNew = kinds !== this.told;
    const [doubt] = doubts;
    if (isNew && doubt) this.logger.error(`Nothing is written: ${wordsOfDoubt(doubt)}`);
    if (isNew && !doubt) this.logger.warn('The clock is right again');
    this.told = kinds;
    if (!isNew && this.upMs() - this.notedMs < NOTED_EVERY_MS) return;
    this.notedMs = this.upMs();
    const at = this.clock.now().toISOString();
    this.write(() => {
      if (doubt) noteDoubts(this.dataDir, this.id, { at, doubts });
      else noteClock(this.dataDir, { at });
      if (isNew && !doubt) forgetDoubts(this.dataDir, this.id);
    });
  }

  /** A data directory that cannot be written is said by others; the watch goes on. */
  private write(work: () => void): void {
    try {
      work();
    } catch {
      return;
    }
  }
}
