import type { Fen } from '../../kernel/fen.js';
import { SAME_WORDS } from '../../people/domain/same-identity.js';
import type { SameWhy } from '../../people/domain/same-identity.js';
import type { Cause } from '../../kernel/causes.js';

/** The same person himself, or a row of the register that may be the same one or of the same purse. */
export type DuplicateReason = 'PERSON' | SameWhy;
const ORDER: readonly DuplicateReason[] = ['PERSON', 'ID', 'NAME_BIRTH_PLACE', 'CARD', 'HOUSEHOLD', 'PHONE'];

export function duplicateWords(reason: DuplicateReason): string {
  return reason === 'PERSON' ? '同一个人' : SAME_WORDS[reason];
}

/** Another person of the register who may be the same one, and why the register thinks so. */
export type SameIdentity = { readonly personId: string; readonly why: SameWhy };

export type OtherCase = {
  readonly number: string;
  readonly applicantId: string;
  readonly householdId: string;
  readonly payeeAccountId: string | null;
  readonly cause: Cause;
  readonly amountFen: Fen;
};

export type Duplicate = {
  readonly number: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly reasons: readonly DuplicateReason[];
  readonly sameCause: boolean;
};

/**
 * Other cases of the year that may be about the same need (domain.md 2.1, D4-50: without an ID number by name, birth
 * and place). Shown with its reason to whoever decides, on the check page and on the case; it blocks nothing by
 * itself, since a household can be struck twice.
 */
export function duplicatesOf(
  mine: {
    readonly applicantId: string;
    readonly householdId: string;
    readonly payeeAccountId: string | null;
    readonly cause: Cause;
  },
  others: readonly OtherCase[],
  same: readonly SameIdentity[],
): Duplicate[] {
  return others.flatMap((other) => {
    const reasons = reasonsOf(mine, other, same);
    if (reasons.length === 0) return [];
    const { number, cause, amountFen } = other;
    return [{ number, cause, amountFen, reasons, sameCause: cause === mine.cause }];
  });
}

function reasonsOf(
  mine: Parameters<typeof duplicatesOf>[0],
  other: OtherCase,
  same: readonly SameIdentity[],
): DuplicateReason[] {
  if (other.applicantId === mine.applicantId) return ['PERSON'];
  const found = new Set<DuplicateReason>(
    same.filter(({ personId }) => personId === other.applicantId).map(({ why }) => why),
  );
  if (other.householdId === mine.householdId) found.add('HOUSEHOLD');
  if (mine.payeeAccountId !== null && other.payeeAccountId === mine.payeeAccountId) found.add('CARD');
  return ORDER.filter((reason) => found.has(reason));
}
