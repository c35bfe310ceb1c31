import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Disk = {
  readonly folder: string;
  readonly fill: () => void;
  readonly empty: () => void;
  readonly remove: () => void;
};

/** Whether this machine lets anybody mount a disk: one is tried, and is gone again. */
export function canMountDisks(): boolean {
  try {
    ownDisk(1).remove();
    return true;
  } catch {
    return false;
  }
}

/** A disk of its own of so many megabytes that can be really full. Whoever mounts it removes it. */
export function ownDisk(megabytes: number): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'huzhu-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      for (const bytes of [1_048_576, 4096]) fillBy(filler, bytes);
    },
    empty: () => {
      rmSync(filler, { force: true });
    },
    remove: () => {
      execFileSync('umount', ['--lazy', folder]); // SQLite lets go of its file a little later
      rmSync(folder, { recursive: true });
    },
  };
}

/** By so many at a time, until not that many are free. */
function fillBy(file: string, bytes: number): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(bytes));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
