/** How often a thing is done: shortly, or in the counts of quality.md by CLUSTER=long. */
export function times(short: number, long: number): number {
  return process.env['CLUSTER'] === 'long' ? long : short;
}
