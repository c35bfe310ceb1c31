const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const KEPT_MS = 30 * 24 * HOUR_MS;
const IDLE_MS = 12 * HOUR_MS;
const CONSOLE_MS = 12 * HOUR_MS;
const CONSOLE_IDLE_MS = 30 * MINUTE_MS;
const SEEN_EVERY_MS = 10 * MINUTE_MS;
const CONSOLE_SEEN_EVERY_MS = 5 * MINUTE_MS;
/** Of two machines one may be so far ahead, and no more. */
const AHEAD_MS = 5 * MINUTE_MS;

export type SessionLife = {
  /** The person said that the phone is their own. */
  readonly kept: boolean;
  /** Of staff, who see many societies: it ends sooner, on whatever device. */
  readonly isConsole: boolean;
  readonly startedAt: Date;
  readonly seenAt: Date;
};

/**
 * Thirty days on one's own phone; elsewhere until twelve hours have passed without use; for staff half an hour without
 * use, and twelve hours in all (quality.md T15). One that begins in the future was opened by a clock that ran ahead: it
 * would live for so much longer, and is over.
 */
export function isAlive({ kept, isConsole, startedAt, seenAt }: SessionLife, now: Date): boolean {
  const [age, idle] = [now.getTime() - startedAt.getTime(), now.getTime() - seenAt.getTime()];
  if (age < -AHEAD_MS) return false;
  if (isConsole) return age < CONSOLE_MS && idle < CONSOLE_IDLE_MS;
  return age < KEPT_MS && (kept || idle < IDLE_MS);
}

/** A use is written down now and then, not with every request. */
export function isToBeSeen({ isConsole, seenAt }: SessionLife, now: Date): boolean {
  return now.getTime() - seenAt.getTime() >= (isConsole ? CONSOLE_SEEN_EVERY_MS : SEEN_EVERY_MS);
}

/** What the browser is told; null: until it is closed. */
export function cookieSeconds(kept: boolean): number | null {
  return kept ? KEPT_MS / 1000 : null;
}
