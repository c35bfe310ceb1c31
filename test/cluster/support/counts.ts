export const isLong = process.env['CLUSTER'] === 'long';

/** How often a thing is done: shortly, or in the counts of quality.md by CLUSTER=long. */
export function times(short: number, long: number): number {
  return isLong ? long : short;
}
