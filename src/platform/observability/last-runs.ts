import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What runs beside the server, and how it ended the last time on this machine. Numbers only. */
export type LastRun = { readonly at: string; readonly findings: number };
export type RunKind = 'backup' | 'verify';

const pathOf = (dataDir: string, kind: RunKind): string => join(dataDir, `last-${kind}.json`);

/** A note for `doctor` and `/metrics`, in a file of its own: no row of the books, and in no backup. */
export async function noteRun(dataDir: string, kind: RunKind, run: LastRun): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const path = pathOf(dataDir, kind);
  await writeFile(`${path}.new`, `${JSON.stringify(run)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

/** Null where none is known on this machine, or its note cannot be read: nothing else hangs on it. */
export async function lastRun(dataDir: string, kind: RunKind): Promise<LastRun | null> {
  try {
    return JSON.parse(await readFile(pathOf(dataDir, kind), 'utf8')) as LastRun;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
