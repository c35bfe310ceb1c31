import { tidyName } from './person-draft.js';

/** Whose name is on the card: the person's, the guardian's, or somebody else's (domain.md 1.10: no holding for others). */
export type HolderMatch = 'PERSON' | 'GUARDIAN' | 'OTHER';

/** `OTHER` does not stop the card from being kept, it flags it: the eye decides about a slip of the pen. */
export function holderMatchOf(
  holderName: string,
  personName: string,
  guardianName: string | null,
): HolderMatch {
  const holder = tidyName(holderName);
  if (holder === personName) return 'PERSON';
  return guardianName !== null && holder === guardianName ? 'GUARDIAN' : 'OTHER';
}
