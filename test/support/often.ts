import { randomInt } from 'node:crypto';

/** With `LONG=1` everything is done everywhere. */
export const isLong = process.env['LONG'] === '1';

/**
 * How many times a test does a thing: fewer with every run of the tests, as many as were promised with `LONG=1`, or as many
 * as a variable of its own says (`HOUSE_LIVES=5000`).
 */
export function often(name: string, { short, long }: { short: number; long: number }): number {
  return Number(process.env[name] ?? (isLong ? long : short));
}

/** Of what is done to each of many things, every so many-th, in turn; every one with `LONG=1`. */
export function everyNth(each: number): () => boolean {
  let asked = 0;
  return () => asked++ % each === 0 || isLong;
}

/**
 * What a random walk begins with: the same with every run, so that a change fails for what it changed and for nothing else;
 * another each time with `LONG=1`; and the one that stands in the title of a walk that failed, in its own variable.
 */
export function seedOf(name: string): number {
  const given = process.env[name];
  if (given !== undefined) return Number(given);
  return isLong ? randomInt(2 ** 31) : 20_261_127;
}
