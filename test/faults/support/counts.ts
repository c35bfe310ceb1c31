import { randomInt } from 'node:crypto';

/** How often a fault strikes: shortly with every run of the suite, long (quality.md 4) by `npm run test:faults`. */
export const isLong = process.env['FAULTS'] === 'long';

export function times(short: number, long: number): number {
  return isLong ? long : short;
}

/** Whether each start and each jump is tried on each database: with `LONG=1` too, where a run takes the time it takes. */
export const isEverywhere = isLong || process.env['LONG'] === '1';

/** Begins what comes at random moments: the same in the short form, by chance in the long; FAULTS_SEED: the one that failed. */
export const SEED = Number(process.env['FAULTS_SEED'] ?? (isLong ? randomInt(2 ** 31) : 20_261_127));

/** What was seen, for docs/reliability.md: one line each. */
export function report(figure: string, seen: Readonly<Record<string, string | number>>): void {
  const words = Object.entries(seen).map(([name, value]) => `${name} ${String(value)}`);
  process.stdout.write(`${figure}: ${words.join(', ')}\n`);
}

/** The middle and the worst, in milliseconds. */
export function spread(all: readonly number[]): string {
  const sorted = [...all].sort((a, b) => a - b);
  const [middle = 0, worst = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return `${String(Math.round(middle))}/${String(Math.round(worst))} ms`;
}
