/** By so much at a time a clock may be set, forwards or backwards, and is still believed: NTP after a bad line, a short pause. */
export const BELIEVED_STEP_MS = 5 * 60_000;

/**
 * How far the clock of the program is ahead of the database's, in milliseconds; at least so far. How long the question
 * took is nobody's fault: what the database said lies between two looks at our own clock, or outside of them.
 */
export function apartMs(beforeMs: number, thereMs: number, afterMs: number): number {
  const [first, last] = [Math.min(beforeMs, afterMs), Math.max(beforeMs, afterMs)];
  return thereMs < first ? first - thereMs : Math.min(0, last - thereMs);
}
