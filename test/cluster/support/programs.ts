import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiAnswer } from '../../support/clients.js';
import type { Office } from '../../faults/support/ground.js';
import { Load } from '../../faults/support/load.js';
import type { Command, Tokens } from '../../faults/support/load.js';
import { freePort, ServerChild } from '../../faults/support/server-child.js';
import type { Galera } from './galera.js';
import { DATABASE } from './houses.js';

const MOST_WAIT_MS = 60_000;
/** So often whoever shares the requests out looks. */
const LOOK_EVERY_MS = 500;
const WAIT_MS = 50;
const MOST_HELD_MS = 240_000;

/** What `/readyz` says; null where nobody answers. */
export type Readiness = { readonly status: number; readonly text: string } | null;

/** The built program, once for a node: they share nothing but the database and the folder of files. */
export class Programs {
  private constructor(readonly all: readonly ServerChild[]) {}

  static async start(galera: Galera, dataDir: string): Promise<Programs> {
    const all: ServerChild[] = [];
    for (const node of galera.nodes)
      all.push(await ServerChild.start({ url: node.url(DATABASE), dataDir, port: await freePort() }));
    return new Programs(all);
  }

  base(n: number): string {
    return this.all[n - 1]?.base ?? '';
  }

  async readiness(n: number, withinMs = 5000): Promise<Readiness> {
    try {
      const reply = await fetch(`${this.base(n)}/readyz`, { signal: AbortSignal.timeout(withinMs) });
      return { status: reply.status, text: await reply.text() };
    } catch {
      return null;
    }
  }

  /** Answers when it says so of itself; throws with what it said last when that takes too long. */
  async until(n: number, isSo: (said: NonNullable<Readiness>) => boolean): Promise<void> {
    const giveUpAt = performance.now() + MOST_WAIT_MS;
    let last: Readiness = null;
    while (performance.now() < giveUpAt) {
      last = await this.readiness(n);
      if (last && isSo(last)) return;
      await sleep(100);
    }
    throw new Error(`The program of node ${String(n)} says ${JSON.stringify(last).slice(0, 1000)}`);
  }

  async end(): Promise<void> {
    await Promise.all(this.all.map((program) => program.end()));
  }
}

const MOST_SEND_MS = 20_000;

/** How often somebody sent the same until it was answered, and how long he waited in all. */
type Given = { readonly tries: number; readonly waitedMs: number };

/**
 * Whoever shares the requests out asks each program every half second whether it is ready, and sends nobody to one that is
 * not, or that has just given no answer; while none is, the request waits. Who got no answer sends the same under its key, to
 * whichever program comes next.
 */
export class Shared {
  readonly load: Load;
  readonly given: Given[] = [];
  /** Refusals and faults: there are none, whatever happens to a node. */
  readonly faults: string[] = [];
  private readonly byNode: readonly Load[];
  private readonly ready = new Set<number>([1, 2, 3]);
  private isOver = false;
  private isLooking = false;
  private asked = 0;

  constructor(
    private readonly programs: Programs,
    office: Office,
    tokens: Tokens,
  ) {
    this.byNode = [1, 2, 3].map((n) => new Load(office, programs.base(n), tokens));
    this.load = new Load(office, programs.base(1), tokens);
  }

  /**
   * So many people at once while `act` does what it does, and until all of them are answered: how long anybody waited at the
   * worst, in milliseconds.
   */
  async during(people: number, act: () => Promise<void>): Promise<number> {
    this.isOver = false;
    this.isLooking = true;
    const before = this.given.length;
    const looking = [1, 2, 3].map((n) => this.look(n));
    const working = Array.from({ length: people }, () => this.work());
    try {
      await act();
    } finally {
      this.isOver = true;
      await Promise.all(working); // somebody has to see who is ready until the last of them is answered
      this.isLooking = false;
      await Promise.all(looking);
    }
    return Math.max(0, ...this.given.slice(before).map(({ waitedMs }) => waitedMs));
  }

  /** How many requests of a hundred got no answer and were sent again. */
  get errorPercent(): number {
    const sent = this.given.reduce((sum, { tries }) => sum + tries, 0);
    return (100 * (sent - this.given.length)) / Math.max(1, sent);
  }

  private async look(n: number): Promise<void> {
    while (this.isLooking) {
      if ((await this.programs.readiness(n, 1000))?.status === 200) this.ready.add(n);
      else this.ready.delete(n);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** The next in turn of those that are ready; while none is, the request waits, and not for ever. */
  private async next(): Promise<number> {
    const giveUpAt = performance.now() + MOST_HELD_MS;
    while (this.ready.size === 0) {
      if (performance.now() > giveUpAt) throw new Error('No program gets ready');
      await sleep(WAIT_MS);
    }
    const serving = [...this.ready];
    return serving[this.asked++ % serving.length] ?? 1;
  }

  private async work(): Promise<void> {
    while (!this.isOver) await this.give(this.load.next());
  }

  /** Until it is answered. */
  private async give(command: Command): Promise<void> {
    const began = performance.now();
    for (let tries = 1; ; tries++) {
      const n = await this.next();
      const answer = await this.send(command, n);
      if (answer === null || answer.status === 503) {
        this.ready.delete(n);
        await sleep(100);
        continue;
      }
      this.given.push({ tries, waitedMs: performance.now() - began });
      if (answer.status === 201) this.load.answers.set(command, answer);
      else this.faults.push(`${command.kind}: ${String(answer.status)} ${answer.code}${this.whyOf(answer)}`);
      return;
    }
  }

  /** What the log of the programs says of it, where it was a fault of theirs. */
  private whyOf({ status, body }: ApiAnswer): string {
    if (status < 500) return '';
    const lines = this.programs.all[0]?.lines ?? '';
    const at = lines.lastIndexOf(`Request ${String(body['requestId'])} failed`);
    return at < 0 ? '' : `\n${lines.slice(at, at + 1500)}`;
  }

  private send(command: Command, n: number): Promise<ApiAnswer | null> {
    const sent = this.byNode[n - 1]?.send(command).catch(() => null) ?? Promise.resolve(null);
    return Promise.race([sent, sleep(MOST_SEND_MS, null, { ref: false })]);
  }
}

/** The same again under another key: what the judge must see. */
export const doubled = (command: Command): Command => ({ ...command, key: randomUUID() });
