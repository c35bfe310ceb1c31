/** A proof holds for ten minutes: long enough to record what was just looked at, too short for a phone left lying about. */
const FRESH_MS = 10 * 60_000;
/** A form that was opened on a fresh proof may be filled in for twenty more: nobody loses what they typed, and the photo. */
const TO_FILL_IN_MS = 20 * 60_000;

/** Whether the last proof is still good for acts with money, payees, exports and offices (quality.md T5). */
export function isFresh(provedAt: Date, now: Date, isFormSent = false): boolean {
  return now.getTime() - provedAt.getTime() <= FRESH_MS + (isFormSent ? TO_FILL_IN_MS : 0);
}

/** What of somebody decides whether they are staff. */
export type Somebody = {
  readonly isAdmin: boolean;
  /** Of the society acted in; null outside any. */
  readonly societyKind: string | null;
  readonly roles: readonly string[];
};

/** The system administrator, and whoever has a part in a federation: they see many societies, and need a code (T5). */
export function isStaff({ isAdmin, societyKind, roles }: Somebody): boolean {
  if (isAdmin) return true;
  return societyKind === 'FEDERATION' && roles.some((role) => role !== 'signed-in' && role !== 'donor');
}
