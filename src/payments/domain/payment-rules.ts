/** Offices as the register of offices names them; only these two matter to a payment. */
type OfficeName = string;

type Order = { readonly approverId: string; readonly payeeId: string };
type Payer = { readonly personId: string | null; readonly offices: readonly OfficeName[] };

/** Who may pay, and else why not. */
export type PayerDecision = 'may-pay' | 'approver' | 'payee' | 'accountant' | 'not-cashier';

/**
 * 会计法 25 and 35 keep approver, cashier and bookkeeper apart; Charity Law 14 keeps insiders out of their own dealings.
 * The cashier pays: not whoever approved (D4-20), not the accountant, and nobody pays himself (D4-19). The reason that
 * says most is given first.
 */
export function payerDecision(payer: Payer, order: Order): PayerDecision {
  if (payer.personId === order.approverId) return 'approver';
  if (payer.personId === order.payeeId) return 'payee';
  if (payer.offices.includes('ACCOUNTANT')) return 'accountant';
  if (payer.personId === null || !payer.offices.includes('CASHIER')) return 'not-cashier';
  return 'may-pay';
}

export type WitnessFault = 'two-needed' | 'same' | 'cashier' | 'payee';

/** Cash is seen by two who are neither of the two between whom it changes hands (D4-48). Null when they may witness. */
export function witnessFault(
  witnesses: readonly (string | null | undefined)[],
  hands: { readonly cashierId: string | null; readonly payeeId: string },
): WitnessFault | null {
  const named = witnesses.filter((id): id is string => typeof id === 'string' && id !== '');
  if (named.length !== 2) return 'two-needed';
  if (named[0] === named[1]) return 'same';
  if (hands.cashierId !== null && named.includes(hands.cashierId)) return 'cashier';
  if (named.includes(hands.payeeId)) return 'payee';
  return null;
}

const MINUTE_MS = 60_000;

export type PaidAtFault = 'future' | 'before-approval';

/** When the money left: after the approval and not after now. A person types minutes, so that seconds do not count. */
export function paidAtFault(paidAt: Date, orderedAt: Date, now: Date): PaidAtFault | null {
  if (paidAt.getTime() > now.getTime()) return 'future';
  const minuteOf = (at: Date) => Math.floor(at.getTime() / MINUTE_MS);
  return minuteOf(paidAt) < minuteOf(orderedAt) ? 'before-approval' : null;
}

type Account = { readonly id: string };

/** The account that the order names, if it belongs to the payee or the payee's guardian: cards are not lent (domain.md 1.10). */
export function payeeAccountOf<Of extends Account>(
  accountId: string | null,
  accounts: readonly Of[],
): Of | null {
  return accounts.find(({ id }) => id === accountId) ?? null;
}
