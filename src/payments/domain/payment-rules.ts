/** Offices as the register of offices names them; only a few matter to a payment. */
type OfficeName = string;

type Order = { readonly approverId: string | null; readonly payeeId: string };
type Officer = { readonly personId: string | null; readonly offices: readonly OfficeName[] };

/** Who may pay, and else why not. */
export type PayerDecision = 'may-pay' | 'approver' | 'payee' | 'accountant' | 'not-cashier';

/**
 * 会计法 25 and 35 keep approver, cashier and bookkeeper apart; Charity Law 14 keeps insiders out of their own dealings.
 * The cashier pays: not whoever approved (D4-20), not the accountant, and nobody pays himself (D4-19). The reason that
 * says most is given first.
 */
export function payerDecision({ personId, offices }: Officer, order: Order): PayerDecision {
  if (personId !== null && personId === order.approverId) return 'approver';
  if (personId !== null && personId === order.payeeId) return 'payee';
  if (offices.includes('ACCOUNTANT')) return 'accountant';
  if (personId === null || !offices.includes('CASHIER')) return 'not-cashier';
  return 'may-pay';
}

/** Who may approve, and else why not. */
export type ApproverDecision = 'may-approve' | 'payee' | 'cashier' | 'not-chair';

/** A payment is approved by the chair or a deputy (domain.md 1.8): never by who pays it, nor by who is paid (D4-19, D4-20). */
export function approverDecision({ personId, offices }: Officer, order: Order): ApproverDecision {
  if (personId !== null && personId === order.payeeId) return 'payee';
  if (offices.includes('CASHIER')) return 'cashier';
  if (personId === null || !offices.some((office) => office === 'CHAIR' || office === 'DEPUTY'))
    return 'not-chair';
  return 'may-approve';
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

export type MomentFault = 'future' | 'too-early';

const minuteOf = (instant: Date): number => Math.floor(instant.getTime() / MINUTE_MS);

/** When something was done: not before what it follows, and not after now. A person types minutes, so that seconds do not count. */
export function momentFault(at: Date, notBefore: Date, now: Date): MomentFault | null {
  if (at.getTime() > now.getTime()) return 'future';
  return minuteOf(at) < minuteOf(notBefore) ? 'too-early' : null;
}

/**
 * Whether two wrote down one refusal of the bank, each on a phone of their own: both type the minute of the same slip, and
 * no transfer is refused twice in a minute.
 */
export function isSameRefusal(at: Date, known: readonly Date[]): boolean {
  return known.some((each) => minuteOf(each) === minuteOf(at));
}

type Account = { readonly id: string };

/** The account that the order names, if it belongs to the payee or the payee's guardian: cards are not lent (domain.md 1.10). */
export function payeeAccountOf<Of extends Account>(
  accountId: string | null,
  accounts: readonly Of[],
): Of | null {
  return accounts.find(({ id }) => id === accountId) ?? null;
}
