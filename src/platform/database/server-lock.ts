import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * One server per SQLite file: each keeps the queue of its writers in its own memory. The command line may write beside
 * it, by BEGIN IMMEDIATE. The lock of a process that has died does not count.
 */
export function lockServer(databaseUrl: string): () => void {
  const [, path] = /^sqlite:(.+)$/.exec(databaseUrl) ?? [];
  if (path === undefined) return () => undefined;
  const lock = `${path}.server`;
  const holder = holderOf(lock);
  if (holder !== null && holder !== process.pid && isAlive(holder))
    throw new Error(`Another server (process ${holder}) works on ${path}; stop it first`);
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, String(process.pid));
  return () => {
    rmSync(lock, { force: true });
  };
}

function holderOf(lock: string): number | null {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
