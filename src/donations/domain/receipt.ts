import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { fen } from '../../kernel/fen.js';
import { FeeIsNoGift, GiftMovedOn } from './donations.errors.js';
import { GIFT_STATE_WORDS, RECEIPT_STATE_WORDS } from './gift.js';
import type { GiftState, ReceiptState } from './gift.js';
import {
  FederationNeedsRight,
  FederationOfItself,
  NothingLeftToReceipt,
  ReceiptAlreadyIssued,
  ReceiptNotDue,
  ReceiverReviews,
  RightBeforeLast,
  TicketCodeInvalid,
} from './receipt.errors.js';

/** Whose receipt it is: in the society's own right, its federation's, or an internal one that no tax office takes. */
export const RECEIPT_MODES = ['FISCAL', 'FEDERATION', 'INTERNAL'] as const;
export type ReceiptMode = (typeof RECEIPT_MODES)[number];

export const RECEIPT_MODE_WORDS: Readonly<Record<ReceiptMode, string>> = {
  FISCAL: '自己开公益事业捐赠票据',
  FEDERATION: '由慈善总会代开',
  INTERNAL: '内部收据（非税前扣除凭证）',
};

export type ReceiptKind = 'BLUE' | 'RED';

/** Reversed is whatever a red one names; the red one itself says so too when it is looked up. */
export type ReceiptStanding = 'VALID' | 'REVERSED' | 'RED';

export const RECEIPT_STANDING_WORDS: Readonly<Record<ReceiptStanding, string>> = {
  VALID: '有效',
  REVERSED: '已红冲',
  RED: '红字票据',
};

export const REVERSAL_CAUSES = ['ERROR', 'REFUND'] as const;
export type ReversalCause = (typeof REVERSAL_CAUSES)[number];

export const REVERSAL_CAUSE_WORDS: Readonly<Record<ReversalCause, string>> = {
  ERROR: '开错了，要重开',
  REFUND: '捐款退回了',
};

/** How the receipt that is reversed came back (财综〔2024〕1号): the paper in hand, or an e-receipt ticked as reversed. */
export const RETURNED_AS = ['PAPER', 'ERECEIPT'] as const;
export type ReturnedAs = (typeof RETURNED_AS)[number];

export const RETURNED_AS_WORDS: Readonly<Record<ReturnedAs, string>> = {
  PAPER: '纸质原票已经收回',
  ERECEIPT: '是电子票，已经冲红',
};

/** One series for every issuing organisation and year; red ones take their numbers from the same. */
export const RECEIPT_SERIES = 'donation-receipt';

/** How long a receipt may take (domain.md 2.4). */
export const RECEIPT_WORKING_DAYS = 5;

/** 2026000123: the year, and the running number in six digits or more. */
export function receiptNumberOf(year: number, serial: number): string {
  if (!Number.isInteger(serial) || serial < 1) throw new RangeError(`Not a number of a receipt: ${serial}`);
  return `${year}${String(serial).padStart(6, '0')}`;
}

export function receiptStanding(of: {
  readonly kind: ReceiptKind;
  readonly isReversed: boolean;
}): ReceiptStanding {
  if (of.kind === 'RED') return 'RED';
  return of.isReversed ? 'REVERSED' : 'VALID';
}

export type GiftToReceipt = {
  readonly nature: 'GIFT' | 'FEE';
  readonly state: GiftState;
  readonly receiptState: ReceiptState;
  readonly amountFen: Fen;
  readonly refundedFen: Fen;
};

/**
 * What a receipt for this gift says: what came in and was kept (财综〔2024〕1号: on actual receipt, in the actual amount).
 * A fee is no gift (D4-56). Whoever wanted none may have one later.
 */
export function receiptAmountOf(gift: GiftToReceipt): Fen {
  refuseUnreceived(gift);
  if (gift.receiptState === 'ISSUED') throw new ReceiptAlreadyIssued();
  const keptFen = fen(gift.amountFen - gift.refundedFen);
  if (keptFen === 0) throw new NothingLeftToReceipt();
  if (gift.receiptState === 'NONE') throw new ReceiptNotDue(RECEIPT_STATE_WORDS.NONE);
  return keptFen;
}

/** A donor may do without while the receipt is not written. */
export function refuseWaiver(gift: GiftToReceipt): void {
  refuseUnreceived(gift);
  if (gift.receiptState === 'ISSUED') throw new ReceiptAlreadyIssued();
  if (gift.receiptState !== 'DUE') throw new ReceiptNotDue(RECEIPT_STATE_WORDS[gift.receiptState]);
}

function refuseUnreceived({ nature, state }: GiftToReceipt): void {
  if (nature === 'FEE') throw new FeeIsNoGift();
  if (state !== 'RECEIVED') throw new GiftMovedOn(GIFT_STATE_WORDS[state]);
}

/** After a red one: due again for what was kept, and nothing where all of it went back. */
export function receiptStateAfterRed({
  amountFen,
  refundedFen,
}: Pick<GiftToReceipt, 'amountFen' | 'refundedFen'>) {
  return amountFen === refundedFen ? 'NONE' : 'DUE';
}

export type Organisation = { readonly id: string; readonly name: string };
export type Right = { readonly mode: ReceiptMode; readonly ticketCode: string | null };
export type DatedRight = Right & { readonly validFrom: Day };

/** Who stands as 收款单位, in whose series the number is, and what the paper is worth. */
export type Issuing = {
  readonly mode: ReceiptMode;
  readonly issuer: Organisation;
  readonly ticketCode: string | null;
};

/** The version that holds on a day; nothing written down means no right. */
export function rightOn(versions: readonly DatedRight[], on: Day): Right | null {
  return [...versions].reverse().find(({ validFrom }) => validFrom <= on) ?? null;
}

/**
 * A federation that lost its own right issues for nobody: its societies are back at internal receipts, whatever is
 * written down for them.
 */
export function issuingOf(
  society: Organisation,
  right: Right | null,
  above: { readonly federation: Organisation; readonly right: Right | null } | null,
): Issuing {
  if (right?.mode === 'FISCAL') return { mode: 'FISCAL', issuer: society, ticketCode: right.ticketCode };
  if (right?.mode === 'FEDERATION' && above?.right?.mode === 'FISCAL')
    return { mode: 'FEDERATION', issuer: above.federation, ticketCode: above.right.ticketCode };
  return { mode: 'INTERNAL', issuer: society, ticketCode: null };
}

export type RightAsked = DatedRight & { readonly isFederation: boolean };

/** What may be written down for an organisation, after what was written before it. Read as it is kept. */
export function rightOf(
  asked: RightAsked,
  before: readonly DatedRight[],
  federation: readonly DatedRight[],
): DatedRight {
  const { mode, validFrom, isFederation } = asked;
  const last = before.at(-1);
  if (last && validFrom < last.validFrom) throw new RightBeforeLast(last.validFrom);
  if (mode === 'FISCAL') return { mode, ticketCode: ticketCodeOf(asked.ticketCode), validFrom };
  if (mode === 'FEDERATION') {
    if (isFederation) throw new FederationOfItself();
    if (rightOn(federation, validFrom)?.mode !== 'FISCAL') throw new FederationNeedsRight();
  }
  return { mode, ticketCode: null, validFrom };
}

function ticketCodeOf(typed: string | null): string {
  const code = (typed ?? '').normalize('NFKC').replace(/\s+/gu, '');
  if (!/^\d{6,12}$/.test(code)) throw new TicketCodeInvalid();
  return code;
}

export type ReceiptHands = {
  /** The accountant who issues it: 复核人. Null where nobody of the register acts. */
  readonly issuerId: string | null;
  /** Who took it in, as the gift says. */
  readonly receivedBy: string | null;
  readonly method: 'BANK' | 'CASH' | null;
  readonly accountants: readonly string[];
  readonly cashiers: readonly string[];
};

/**
 * 复核人 is the accountant who issues, 收款人 whoever took the gift in, and they are two persons where the offices allow
 * (会计法, art. 37). What came by the bank is in the account that the cashier keeps, whoever wrote it down: he stands as
 * 收款人 where the accountant recorded it. Cash and goods were in somebody's hands: where those were the accountant's own,
 * another accountant issues, if there is one.
 */
export function handsOf(of: ReceiptHands): {
  readonly reviewerId: string | null;
  readonly receiverId: string | null;
} {
  const { issuerId, method, accountants, cashiers } = of;
  const receivedBy = of.receivedBy ?? issuerId;
  if (receivedBy !== issuerId || issuerId === null) return { reviewerId: issuerId, receiverId: receivedBy };
  const other = (ids: readonly string[]) => ids.find((id) => id !== issuerId) ?? null;
  if (method === 'BANK') return { reviewerId: issuerId, receiverId: other(cashiers) ?? issuerId };
  if (other(accountants) !== null) throw new ReceiverReviews();
  return { reviewerId: issuerId, receiverId: issuerId };
}
