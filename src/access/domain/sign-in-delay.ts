/**
 * Seconds until the next try, after so many in a row: three slips cost nothing, then the wait doubles up to a quarter
 * of an hour. Ten guesses in the first hour and four in each later one (quality.md G18), and never a lock: whoever
 * waits gets in, and a device that signed in before has a count of its own (T14).
 */
const WAITS_S = [0, 0, 0, 60, 120, 240, 480, 900] as const;

const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** `tries` counts the one being made. */
export function waitAfter(tries: number): number {
  if (tries < 1) return 0;
  return WAITS_S[Math.min(tries, WAITS_S.length) - 1] ?? 900;
}

export type Tries = { readonly tries: number; readonly lastAt: Date; readonly blockedUntil: Date };

export type Turn =
  | { readonly may: true; readonly tries: number; readonly blockedUntil: Date }
  | { readonly may: false; readonly waitSeconds: number };

/** Whether a password may be looked at now. A try is counted before it is looked at, so that a crowd gains nothing. */
export function turnAt(now: Date, before: Tries | null): Turn {
  if (before && before.blockedUntil > now)
    return { may: false, waitSeconds: Math.ceil((before.blockedUntil.getTime() - now.getTime()) / 1000) };
  const forgotten = !before || now.getTime() - before.lastAt.getTime() >= FORGOTTEN_AFTER_MS;
  const tries = forgotten ? 1 : before.tries + 1;
  return { may: true, tries, blockedUntil: new Date(now.getTime() + waitAfter(tries) * 1000) };
}
