import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How much the disk of a folder still takes. */
export type Room = { readonly freeBytes: number; readonly totalBytes: number };

/** Below this nothing is promised any more: the program says that it is not ready. */
export const LEAST_ROOM_BYTES = 100_000_000;

/** Of the nearest folder that is there, since a new one lies on the same disk. */
export async function roomIn(folder: string): Promise<Room> {
  let there = folder;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  const { bavail, blocks, bsize } = await statfs(there);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
