import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../config.js';
import { listOf, Reads } from '../database/reads.js';

/** So long may bytes wait for the unit of work that names them; each time they come they are touched, and wait anew. */
const WAIT_MS = 24 * 3_600_000;
/** Whoever began to sweep so long ago does not any more. */
const SWEEP_MS = 3_600_000;
/** Names asked about at once: neither a store nor a table of millions of files fits into memory. */
const BATCH = 500;
/** What is just being looked at once more, before it goes. */
export const LEAVING = '.leaving';

export type Swept = {
  /** Bytes that no record names: of photos that were erased, of units that did not commit. */
  readonly unnamed: number;
  /** What a crash left half written. */
  readonly unfinished: number;
};

/**
 * Bytes that no record names any more go once a day, and not when the record is emptied: the same photo may be coming in
 * from somebody else at that moment, and a crash after the commit would leave them for good. One at a time, also where
 * several machines have one store: of two, the second would put back what the first has set aside.
 */
@Injectable()
export class FileSweep {
  private lastAt: Date | null = null;

  constructor(
    private readonly config: Config,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  /** By the clock of the house: at the start, and a day after each time. */
  async runDaily(now: Date): Promise<void> {
    if (this.lastAt !== null && now.getTime() - this.lastAt.getTime() < WAIT_MS) return;
    this.lastAt = now;
    await this.run();
  }

  /** Nothing where somebody else is at it. */
  async run(): Promise<Swept> {
    const turn = join(this.config.dataDir, 'files.sweeping');
    if (!(await this.take(turn))) return { unnamed: 0, unfinished: 0 };
    try {
      return await this.sweep(join(this.config.dataDir, 'files'));
    } finally {
      await rm(turn, { force: true });
    }
  }

  /** A file that only one can make. One that a crash left behind is moved away first, which only one can do either. */
  private async take(turn: string): Promise<boolean> {
    if (await this.isOld(turn, SWEEP_MS)) {
      const over = `${turn}.${randomUUID()}`;
      if (!(await moved(turn, over))) return false;
      await rm(over, { force: true });
    }
    try {
      await writeFile(turn, '', { flag: 'wx' });
    } catch (error) {
      if (isGone(error) || isThere(error)) return false; // there is no store yet, or it is swept
      throw error;
    }
    const now = this.clock.now();
    await utimes(turn, now, now);
    return true;
  }

  private async sweep(root: string): Promise<Swept> {
    let [unnamed, unfinished] = [0, 0];
    for (const folder of await namesIn(root)) {
      const at = (name: string) => join(root, folder, name);
      for (const name of await namesIn(at(''))) await this.putBack(at(name));
      const names = await namesIn(at(''));
      for (let from = 0; from < names.length; from += BATCH) {
        const some = names.slice(from, from + BATCH);
        const named = await this.namedOf(some);
        for (const name of some) {
          if (named.has(name) || !(await this.isOld(at(name)))) continue;
          if (!/^[\da-f]{64}$/.test(name)) {
            await rm(at(name), { force: true });
            unfinished += 1;
          } else if (await this.remove(at(name), name)) unnamed += 1;
        }
      }
    }
    return { unnamed, unfinished };
  }

  /**
   * Out of the way first, and looked at again: whoever brought the same bytes before that has touched them, and gets them
   * back; whoever comes after finds none, and writes them anew.
   */
  private async remove(path: string, sha256: string): Promise<boolean> {
    if (!(await moved(path, `${path}${LEAVING}`))) return false;
    if ((await this.isOld(`${path}${LEAVING}`)) && !(await this.isNamed(sha256))) {
      await rm(`${path}${LEAVING}`, { force: true });
      return true;
    }
    await moved(`${path}${LEAVING}`, path);
    return false;
  }

  /** A sweep that was broken off left them aside. */
  private async putBack(path: string): Promise<void> {
    if (path.endsWith(LEAVING)) await moved(path, path.slice(0, -LEAVING.length));
  }

  private async isOld(path: string, ms = WAIT_MS): Promise<boolean> {
    const found = await stat(path).catch(() => null);
    return found !== null && this.clock.now().getTime() - found.mtimeMs > ms;
  }

  private async isNamed(sha256: string): Promise<boolean> {
    const row = await this.reads.one<{ id: string }>`
      SELECT id AS "id" FROM stored_files WHERE sha256 = ${sha256} LIMIT 1`;
    return row !== null;
  }

  /** Which of them a record names, by the index: whatever else is in the store is not asked about. */
  private async namedOf(names: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.reads.among<{ sha256: string }>`
      SELECT DISTINCT sha256 AS "sha256" FROM stored_files WHERE sha256 IN ${listOf(names)}`;
    return new Set(rows.map(({ sha256 }) => sha256));
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isGone(error)) return [];
    throw error;
  });
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

const isThere = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

export const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
