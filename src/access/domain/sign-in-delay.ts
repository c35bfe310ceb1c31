/**
 * Seconds until the next try, after so many in a row: three slips cost nothing, then the wait doubles up to a quarter
 * of an hour. Ten guesses in the first hour and four in each later one (quality.md G18), and never a lock: whoever
 * waits gets in, and a device that signed in before has a count of its own (T14).
 */
const WAITS_S = [0, 0, 0, 60, 120, 240, 480, 900] as const;

const HOUR_MS = 3_600_000;
/** Of two machines one may be so far ahead, and no more. */
const AHEAD_MS = 5 * 60_000;

/** Slips of a whole town behind one address of its operator are many; whoever goes through accounts is slowed down. */
const FREE_OF_A_NETWORK = 60;
const NETWORK_WAIT_S = 20;

/** How a count of tries slows down: the wait in seconds after `tries`, the one being made included. */
export type DelayRule = { readonly waitAfter: (tries: number) => number; readonly forgottenAfterMs: number };

/** `tries` counts the one being made. */
export function waitAfter(tries: number): number {
  if (tries < 1) return 0;
  return WAITS_S[Math.min(tries, WAITS_S.length) - 1] ?? 900;
}

/** For one account, one known device of it, one phone. */
export const OF_AN_ACCOUNT: DelayRule = { waitAfter, forgottenAfterMs: 24 * HOUR_MS };

/** For one network, over however many accounts: sixty wrong tries, then three a minute (quality.md G18). */
export const OF_A_NETWORK: DelayRule = {
  waitAfter: (tries) => (tries < FREE_OF_A_NETWORK ? 0 : NETWORK_WAIT_S),
  forgottenAfterMs: HOUR_MS,
};

/** Seconds until the next text to the same phone: texts cost money, and nobody's phone is to ring all day. */
const TEXT_WAITS_S = [60, 60, 120, 600, 3600] as const;

/** For codes texted to one phone: five in the first quarter of an hour, then one an hour. */
export const OF_TEXTS: DelayRule = {
  waitAfter: (tries) => TEXT_WAITS_S[Math.min(Math.max(tries, 1), TEXT_WAITS_S.length) - 1] ?? 3600,
  forgottenAfterMs: 24 * HOUR_MS,
};

const BINDINGS_A_DAY = 5;

/** For the numbers that one account wants to sign in with: whoever types strangers' numbers texts five of them a day. */
export const OF_BINDINGS: DelayRule = {
  waitAfter: (tries) => (tries < BINDINGS_A_DAY ? 0 : 24 * 3600),
  forgottenAfterMs: 24 * HOUR_MS,
};

export type Tries = { readonly tries: number; readonly lastAt: Date; readonly blockedUntil: Date };

export type Turn =
  | { readonly may: true; readonly tries: number; readonly blockedUntil: Date }
  | { readonly may: false; readonly waitSeconds: number };

/**
 * Whether a password may be looked at now. A try is counted before it is looked at, so that a crowd gains nothing. A wait
 * that a clock set which ran ahead binds nobody, else it would last until that day; the try is counted all the same.
 */
export function turnAt(now: Date, before: Tries | null, rule: DelayRule = OF_AN_ACCOUNT): Turn {
  const isAhead = before !== null && before.lastAt.getTime() - now.getTime() > AHEAD_MS;
  if (before && !isAhead && before.blockedUntil > now)
    return { may: false, waitSeconds: Math.ceil((before.blockedUntil.getTime() - now.getTime()) / 1000) };
  const forgotten = !before || now.getTime() - before.lastAt.getTime() >= rule.forgottenAfterMs;
  const tries = forgotten ? 1 : before.tries + 1;
  return { may: true, tries, blockedUntil: new Date(now.getTime() + rule.waitAfter(tries) * 1000) };
}
