import { closeSync, fstatSync, openSync, readSync, readFileSync } from 'node:fs';

/** Fonts that threads read together: some 60 MB that stand in memory once, and not once for each thread. */
export type SharedFonts = Readonly<Record<string, SharedArrayBuffer>>;

let shared: SharedFonts = {};

export function sharedFontsOf(paths: readonly string[]): SharedFonts {
  return Object.fromEntries([...new Set(paths)].map((path) => [path, sharedBytesIn(path)]));
}

/** Called by a thread before it opens its first font. */
export function shareFonts(fonts: SharedFonts): void {
  shared = fonts;
}

export function fontBytesIn(path: string): Buffer {
  const known = shared[path];
  return known ? Buffer.from(known) : readFileSync(path);
}

function sharedBytesIn(path: string): SharedArrayBuffer {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = new SharedArrayBuffer(size);
    for (let done = 0; done < size;) done += readSync(file, Buffer.from(bytes), done, size - done, done);
    return bytes;
  } finally {
    closeSync(file);
  }
}
