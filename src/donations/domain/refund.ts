import { fen, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { GiftForm, GiftState, ReceiptState } from './gift.js';
import {
  AgreementNeeded,
  NothingToRefund,
  ReceiptStillOut,
  RefundLineDiffers,
  RefundLineUnsaid,
  RefundOverUnspent,
  RefundsOfSeveral,
} from './refund.errors.js';

/** Why a gift may go back (domain.md 2.4): a closed list. */
export const REFUND_REASONS = ['WRONG_TRANSFER', 'ILLEGAL_CONDITION', 'PURPOSE_FAILED'] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

export const REFUND_REASON_WORDS: Readonly<Record<RefundReason, string>> = {
  WRONG_TRANSFER: '转错了',
  ILLEGAL_CONDITION: '附了不能接受的条件',
  PURPOSE_FAILED: '指定的用途办不成，捐赠人同意退',
};

export const REFUND_STATES = ['ASKED', 'APPROVED', 'PAID', 'REFUSED', 'CALLED_OFF'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export const REFUND_STATE_WORDS: Readonly<Record<RefundState, string>> = {
  ASKED: '等理事长同意',
  APPROVED: '已同意，等出纳退',
  PAID: '已退还',
  REFUSED: '没有同意',
  CALLED_OFF: '已撤回',
};

export const REFUND_ACTS = ['approve', 'refuse', 'pay', 'callOff'] as const;
export type RefundAct = (typeof REFUND_ACTS)[number];

/** The table of its life; a spec checks it. What is not in it is not done. */
export const REFUND_ROAD: Readonly<Record<RefundState, Readonly<Partial<Record<RefundAct, RefundState>>>>> = {
  ASKED: { approve: 'APPROVED', refuse: 'REFUSED', callOff: 'CALLED_OFF' },
  APPROVED: { pay: 'PAID', callOff: 'CALLED_OFF' },
  PAID: {},
  REFUSED: {},
  CALLED_OFF: {},
};

/** The states from which an act may be done. */
export const statesBefore = (act: RefundAct): readonly RefundState[] =>
  REFUND_STATES.filter((state) => REFUND_ROAD[state][act] !== undefined);

/** What is left of one lot, and what of its purse is promised to nobody. */
export type LeftLot = {
  readonly lotId: string;
  readonly balanceId: string;
  /** Not used, not gone, not held back. */
  readonly leftFen: Fen;
  readonly purseFreeFen: Fen;
};

export type FreePart = { readonly lotId: string; readonly amountFen: Fen };

/** How much of each lot can go: lots of one purse share what is free of it, the first of them first. */
export function freePartsOf(lots: readonly LeftLot[]): FreePart[] {
  const taken = new Map<string, number>();
  return lots.map(({ lotId, balanceId, leftFen, purseFreeFen }) => {
    const before = taken.get(balanceId) ?? 0;
    const amount = Math.max(0, Math.min(leftFen, purseFreeFen - before));
    taken.set(balanceId, before + amount);
    return { lotId, amountFen: fen(amount) };
  });
}

/** So much of the free parts as is asked for, the first first; null where they are fewer. */
export function partsOf(askedFen: Fen, free: readonly FreePart[]): FreePart[] | null {
  const parts: FreePart[] = [];
  let missing: number = askedFen;
  for (const { lotId, amountFen } of free) {
    const amount = Math.min(missing, amountFen);
    if (amount > 0) parts.push({ lotId, amountFen: fen(amount) });
    missing -= amount;
  }
  return missing === 0 ? parts : null;
}

type Given = {
  readonly nature: 'GIFT' | 'FEE';
  readonly form: GiftForm;
  readonly state: GiftState;
  readonly receiptState: ReceiptState;
  readonly amountFen: Fen;
};

/** Refuses what cannot go back at all, and what was receipted while the receipt is out. */
export function refuseUnrefundable({ nature, form, state, receiptState }: Given): void {
  if (nature === 'FEE') throw new NothingToRefund('FEE');
  if (form === 'GOODS') throw new NothingToRefund('GOODS');
  if (state !== 'RECEIVED') throw new NothingToRefund(state);
  if (receiptState === 'ISSUED') throw new ReceiptStillOut();
}

/**
 * From which lots so much of a gift goes back: never what is used (D4-71), nor what is promised to a case. `unspentFen`
 * is all that is left, held back or not, for the words of a refusal.
 */
export function refundPartsOf(
  { amountFen }: Pick<Given, 'amountFen'>,
  askedFen: Fen,
  { lots, unspentFen }: { readonly lots: readonly LeftLot[]; readonly unspentFen: Fen },
): FreePart[] {
  const free = freePartsOf(lots);
  const parts = partsOf(askedFen, free);
  if (parts === null)
    throw new RefundOverUnspent({
      amountFen,
      unspentFen,
      freeFen: sumOf(free.map((part) => part.amountFen)),
    });
  return parts;
}

/**
 * What one transfer at the bank comes to that pays these refunds. Several may share one where all are of one giver who is
 * known, and then the bank's own figure says that none is missing and none too many.
 */
export function lineAmountOf(
  refunds: readonly { readonly amountFen: Fen; readonly donorId: string | null }[],
  saidFen: Fen | null,
): Fen {
  const sum = sumOf(refunds.map(({ amountFen }) => amountFen));
  if (refunds.length > 1) {
    const givers = new Set(refunds.map(({ donorId }) => donorId));
    if (givers.size > 1 || givers.has(null)) throw new RefundsOfSeveral();
    if (saidFen === null) throw new RefundLineUnsaid(sum);
  }
  if (saidFen !== null && saidFen !== sum) throw new RefundLineDiffers(saidFen, sum);
  return sum;
}

/** 指定的用途办不成: only with the giver's own word. */
export function refuseWithoutPaper(reason: RefundReason, hasPaper: boolean): void {
  if (reason === 'PURPOSE_FAILED' && !hasPaper) throw new AgreementNeeded();
}
