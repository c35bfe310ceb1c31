import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Connection from 'libsql';

const SOURCE = join(process.cwd(), 'test', 'faults', 'support', 'powercut.c');

/** What is loaded into a program to learn what a power cut would leave of its files; null without a compiler for C. */
export function builtPowercut(): string | null {
  const library = join(mkdtempSync(join(tmpdir(), 'huzhu-powercut-')), 'powercut.so');
  try {
    if (process.platform !== 'linux') throw new Error('LD_PRELOAD is of Linux');
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'], { stdio: 'ignore' });
    return library;
  } catch {
    if (process.env['REQUIRE_POWERCUT'] === '1')
      throw new Error('REQUIRE_POWERCUT=1, and there is no compiler for C (or no Linux)');
    return null;
  }
}

const PARTS = ['', '-wal'];

/**
 * A database that no program works on, as a file that this process has never opened, all of it on the disk. A connection
 * of this process is really closed when its memory is collected, at any time: if no program runs just then, it writes out
 * the log it remembers and removes the one that is there, which would be taken for a loss.
 */
export function fileOnDisk(database: string): string {
  const connection = new Connection(database);
  connection.pragma('wal_checkpoint(TRUNCATE)');
  connection.close();
  const file = join(mkdtempSync(join(tmpdir(), 'huzhu-power-')), 'huzhu.db');
  for (const copy of [file, `${file}.durable`]) copyFileSync(database, copy);
  return file;
}

/** The first value of the answer of a copy: to look at the file itself would change what is on the disk. */
export function answerOf(database: string, sql: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'huzhu-look-'));
  const copy = join(folder, 'copy.db');
  for (const part of PARTS) if (existsSync(database + part)) copyFileSync(database + part, copy + part);
  const connection = new Connection(copy);
  try {
    return Object.values((connection.prepare(sql).all() as object[])[0] ?? {})[0];
  } finally {
    connection.close();
    rmSync(folder, { recursive: true });
  }
}

/** The program has just been killed: what was not forced to the disk is gone, and the shared memory with it. */
export function cutPower(database: string): void {
  for (const part of PARTS) {
    const kept = `${database}${part}.durable`;
    if (existsSync(kept)) copyFileSync(kept, database + part);
    else rmSync(database + part, { force: true });
  }
  rmSync(`${database}-shm`, { force: true });
}
