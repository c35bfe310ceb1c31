const HOUR_MS = 3_600_000;
const KEPT_MS = 30 * 24 * HOUR_MS;
const IDLE_MS = 12 * HOUR_MS;
const SEEN_EVERY_MS = 10 * 60_000;

export type SessionLife = {
  /** The person said that the phone is their own. */
  readonly kept: boolean;
  readonly startedAt: Date;
  readonly seenAt: Date;
};

/** Thirty days on one's own phone; elsewhere until twelve hours have passed without use (quality.md T15). */
export function isAlive({ kept, startedAt, seenAt }: SessionLife, now: Date): boolean {
  const age = now.getTime() - startedAt.getTime();
  return age < KEPT_MS && (kept || now.getTime() - seenAt.getTime() < IDLE_MS);
}

/** A use is written down now and then, not with every request. */
export function isToBeSeen({ kept, seenAt }: SessionLife, now: Date): boolean {
  return !kept && now.getTime() - seenAt.getTime() >= SEEN_EVERY_MS;
}

/** What the browser is told; null: until it is closed. */
export function cookieSeconds(kept: boolean): number | null {
  return kept ? KEPT_MS / 1000 : null;
}
