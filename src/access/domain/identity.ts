import { isStaff } from './proof.js';
import type { Somebody } from './proof.js';

/** What the provider says of a sign-in there, once its token has been found good (OpenID Connect Core 1.0, section 2). */
export type IdentityClaims = {
  readonly issuer: string;
  /** Who it is, for this provider alone; no name. */
  readonly subject: string;
  /** By what the person showed who they are (RFC 8176). */
  readonly methods: readonly string[];
  readonly level: string | null;
  /** In seconds by the provider's clock: when the token was made, and when the person signed in there. */
  readonly issuedAtS: number;
  readonly signedInAtS: number | null;
};

/** From our door to the provider's and back: long enough to find the phone. */
export const FLOW_MINUTES = 10;

const DAY_MS = 24 * 3_600_000;
/** As long as staff may be idle here. */
const OLDEST_FACTOR_MS = 30 * 60_000;
/** Instants there are whole seconds, and we are told after a moment on the line. */
const LEEWAY_MS = 10_000;

/** What somebody has, and what they know or are (RFC 8176, section 2): one of each makes two factors. */
const HAD = ['otp', 'hwk', 'swk', 'sc'];
const KNOWN_OR_BORN = ['pwd', 'pin', 'fpt', 'face', 'iris', 'retina', 'vbm'];
const LEVELS = ['mfa', 'https://refeds.org/profile/mfa'];

/**
 * Whether two factors were asked for there already, and lately: only when the provider says so itself, in `amr` or `acr`,
 * and when in `auth_time`. A code or a key alone is one.
 */
export function countsAsSecondFactor(
  claims: Pick<IdentityClaims, 'methods' | 'level' | 'issuedAtS' | 'signedInAtS'>,
): boolean {
  const { methods, level } = claims;
  if (proofAgeMs(claims) > OLDEST_FACTOR_MS) return false;
  const isAmong = (kind: readonly string[]): boolean => methods.some((method) => kind.includes(method));
  return (
    isAmong(['mfa']) || (isAmong(HAD) && isAmong(KNOWN_OR_BORN)) || (level !== null && LEVELS.includes(level))
  );
}

/** Whether the person signed in there on this very way, which took `tripMs` milliseconds by our own clock. */
export function signedInOnTheWay(
  claims: Pick<IdentityClaims, 'issuedAtS' | 'signedInAtS'>,
  tripMs: number,
): boolean {
  return proofAgeMs(claims) <= tripMs + LEEWAY_MS;
}

/**
 * How old the proof is that the provider passes on, in milliseconds, both times by its own clock. Whoever signed in there
 * in the morning has shown nothing now, and is asked again before an act with money (quality.md T5). A provider that does
 * not say when is taken to speak of yesterday.
 */
export function proofAgeMs({
  issuedAtS,
  signedInAtS,
}: Pick<IdentityClaims, 'issuedAtS' | 'signedInAtS'>): number {
  if (signedInAtS === null) return DAY_MS;
  return Math.min(Math.max((issuedAtS - signedInAtS) * 1000, 0), DAY_MS);
}

/** What an account is in each society that it acts in. */
export type Part = Pick<Somebody, 'societyKind' | 'roles'>;

/** The staff of a federation and administrators: the provider knows them, and nobody of a village. */
export function mayUseIdentity(isAdmin: boolean, parts: readonly Part[]): boolean {
  return isAdmin || parts.some((part) => isStaff({ isAdmin, ...part }));
}

export type Arrival = {
  readonly isDisabled: boolean;
  readonly mayUse: boolean;
  /** Whether the account has a code of its own here. */
  readonly hasFactor: boolean;
  readonly wasAskedThere: boolean;
};

/** `code`: asked for the account's own code, as after a password. */
export type Welcome = 'open' | 'code' | 'disabled' | 'not-staff';

/** What becomes of somebody whose identity is bound to an account. */
export function welcomeOf({ isDisabled, mayUse, hasFactor, wasAskedThere }: Arrival): Welcome {
  if (isDisabled) return 'disabled';
  if (!mayUse) return 'not-staff';
  return hasFactor && !wasAskedThere ? 'code' : 'open';
}
