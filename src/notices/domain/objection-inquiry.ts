import type { Role } from '../../kernel/actor.js';

/** Somebody who holds an office of the society, or of the town union above it. */
export type OfficeHolder = {
  readonly societyId: string;
  readonly personId: string;
  readonly roles: readonly Role[];
  /** Why this person may not move the matter at all, in one sentence: the applicant, kin, whoever stood aside. */
  readonly veto: string | null;
};

export type Assigners = {
  /** Whose business it is now. */
  readonly societyId: string;
  readonly role: Role;
  /** Nobody where neither the society nor the union above it has anybody who is free. */
  readonly personIds: readonly string[];
};

/** In this order: the supervisor, and where none is free the chair, then the deputy. */
const ORDER = ['supervisor', 'chair', 'deputy'] as const satisfies readonly Role[];

/**
 * Who names the two (domain.md 2.3): a supervisor who is not tied to the matter, else the chair, else the deputy; where
 * nobody of the society is free, the same of the union above it. Where nobody is free there either, the duty stays with
 * the society, runs out, and is seen above.
 */
export function assignersOf(
  societyId: string,
  own: readonly OfficeHolder[],
  above: readonly OfficeHolder[],
): Assigners {
  for (const holders of [own, above])
    for (const role of ORDER) {
      const free = holders.filter(({ roles, veto }) => veto === null && roles.includes(role));
      const [first] = free;
      if (first) return { societyId: first.societyId, role, personIds: free.map(({ personId }) => personId) };
    }
  return { societyId, role: 'supervisor', personIds: [] };
}

export type Candidate = {
  readonly societyId: string;
  readonly personId: string;
  readonly name: string;
  /** Of the subject: outside the case or not. */
  readonly veto: string | null;
};

export type Matter = {
  readonly authorPersonId: string | null;
  readonly signedBy: string;
  /** As whoever objects wrote it; null without a name. Compared here, shown to nobody. */
  readonly objectors: readonly string[];
};

export type InquirerFault = 'author' | 'signer' | 'objector' | { readonly words: string };

/** Why somebody cannot look into an objection: nobody inquires into what he wrote, signed, decided, or brought up himself. */
export function inquirerFault(candidate: Candidate, matter: Matter): InquirerFault | null {
  const { personId, name, veto } = candidate;
  if (personId === matter.authorPersonId) return 'author';
  if (personId === matter.signedBy) return 'signer';
  if (matter.objectors.some((objector) => tidy(objector) === tidy(name))) return 'objector';
  return veto === null ? null : { words: veto };
}

/** A name as it is compared: width and blanks do not make another person. */
const tidy = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '');

export type PairFault = 'not-two' | 'unknown' | 'not-free' | 'one-household';

/** Two, different, both free, and not of one household or kin. */
export function pairFault(
  chosen: readonly string[],
  candidates: readonly { readonly personId: string; readonly fault: InquirerFault | null }[],
  areTied: boolean,
): PairFault | null {
  if (chosen.length !== 2 || new Set(chosen).size !== 2) return 'not-two';
  const found = candidates.filter(({ personId }) => chosen.includes(personId));
  if (found.length !== 2) return 'unknown';
  if (found.some(({ fault }) => fault !== null)) return 'not-free';
  return areTied ? 'one-household' : null;
}
