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

const SECOND_FACTORS = ['mfa', 'otp', 'hwk'];
const LEVELS = ['mfa', 'https://refeds.org/profile/mfa'];

/** Whether a code was asked for there already: only when the provider says so itself, in `amr` or `acr`. */
export function countsAsSecondFactor({ methods, level }: Pick<IdentityClaims, 'methods' | 'level'>): boolean {
  return (
    methods.some((method) => SECOND_FACTORS.includes(method)) || (level !== null && LEVELS.includes(level))
  );
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
