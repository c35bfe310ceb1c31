import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join('dist', 'src', 'main.js');

export type ChildWanted = {
  readonly url: string;
  readonly dataDir: string;
  /** The same in each life, as people know it. */
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the program was put, if not here. */
  readonly root?: string;
};

/** The program as it is installed: built, a process of its own, its lines in a file of its data directory. */
export class ServerChild {
  private constructor(
    private readonly process: ChildProcess,
    readonly base: string,
    private readonly log: string,
  ) {}

  /** Answers once it is ready; throws with its last lines when it ends before. */
  static async start(wanted: ChildWanted): Promise<ServerChild> {
    const server = ServerChild.begin(wanted);
    await server.ready();
    return server;
  }

  /** Answers at once, whatever will come of it. */
  static begin({ url, dataDir, port, environment = {}, root = process.cwd() }: ChildWanted): ServerChild {
    const main = join(root, MAIN);
    if (!existsSync(main)) throw new Error(`There is no ${main}: npm run build`);
    const log = join(dataDir, 'server.log');
    const lines = openSync(log, 'a');
    const child = spawn(process.execPath, [main], {
      cwd: dataDir, // where no .env lies
      stdio: ['ignore', lines, lines],
      env: {
        PATH: process.env['PATH'],
        TMPDIR: process.env['TMPDIR'],
        DATABASE_URL: url,
        HUZHU_DATA_DIR: dataDir,
        PORT: String(port),
        ...environment,
      },
    });
    closeSync(lines);
    return new ServerChild(child, `http://127.0.0.1:${String(port)}`, log);
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  get lines(): string {
    return readFileSync(this.log, 'utf8');
  }

  /** Nothing is waited for. */
  tell(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** The status that it ended with, once it has; null where a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.isAlive) await once(this.process, 'exit');
    return this.process.exitCode;
  }

  /** As a power cut ends it: nothing is said, nothing is finished. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await endOf(this.process, signal);
  }

  /** Ready is what `/readyz` says: the process answers, its database does, and there is room. */
  async ready(withinMs = 180_000): Promise<void> {
    const giveUpAt = performance.now() + withinMs;
    let last = 'no answer';
    while (performance.now() < giveUpAt) {
      if (!this.isAlive) throw new Error(`The program ended by itself:\n${this.lines.slice(-3000)}`);
      const reply = await fetch(`${this.base}/readyz`).catch(() => null);
      if (reply?.ok) return;
      if (reply) last = await reply.text();
      await sleep(20);
    }
    await this.kill();
    throw new Error(`The program does not get ready: ${last.slice(0, 1000)}`);
  }
}

/** Waits for the end of what has not ended yet; nothing that never began. */
export async function endOf(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (child?.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** A port that nobody uses just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
