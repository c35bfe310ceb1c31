import { fen, negated, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { ACCOUNT, MONEY_ACCOUNTS } from './accounts.js';
import type { Account } from './accounts.js';
import type { DraftLine, DraftVoucher } from './voucher.js';

/**
 * What one voucher adds to the month of its society, as the open books count it: income less what was refunded or mistyped,
 * spending less what came back (domain.md 1.9). All of it is money: goods are counted in pieces, and elsewhere.
 */
export type MonthMove = {
  /** In fen. */
  readonly inFen: Fen;
  /** In fen. */
  readonly outFen: Fen;
  /** Payments of grants that stand: one that the bank sent back is taken off again. */
  readonly grants: number;
};

const INCOME: readonly Account[] = [ACCOUNT.gifts, ACCOUNT.fees, ACCOUNT.subsidies, ACCOUNT.otherIncome];

/** Read from the lines alone, so that whoever has the books can reckon it anew. */
export function monthMoveOf({ lines, reversalOf }: Pick<DraftVoucher, 'lines' | 'reversalOf'>): MonthMove {
  if (!lines.some(isMoney)) return { inFen: fen(0), outFen: fen(0), grants: 0 };
  const income = totalOf(lines, ({ account }) => INCOME.includes(account));
  const paid = totalOf(lines, ({ account, threadId }) => account === ACCOUNT.payable && threadId !== null);
  return {
    inFen: fen(negated(income) - refundedOfEarlierYears({ lines, reversalOf })),
    outFen: totalOf(lines, isSpending),
    grants: Math.sign(paid),
  };
}

/** What a case was paid or gave back, and the running of the house. */
const isSpending = (line: DraftLine): boolean =>
  !isMoney(line) && (line.threadId !== null || line.account === ACCOUNT.administration);

/**
 * The income of an earlier year is closed into net assets, and a refund of it comes from there. An opening balance comes to
 * the same account from the other side, and is no income of any month; nor is it one when it is taken back.
 */
function refundedOfEarlierYears({ lines, reversalOf }: Pick<DraftVoucher, 'lines' | 'reversalOf'>): number {
  if (reversalOf !== null) return 0;
  const closed = totalOf(
    lines,
    ({ account, threadId }) => account === ACCOUNT.netAssets && threadId === null,
  );
  return Math.max(closed, 0);
}

const isMoney = ({ account }: DraftLine): boolean => MONEY_ACCOUNTS.includes(account);

const totalOf = (lines: readonly DraftLine[], isOf: (line: DraftLine) => boolean): Fen =>
  sumOf(lines.filter(isOf).map(({ amountFen }) => amountFen));

export const isNothing = ({ inFen, outFen, grants }: MonthMove): boolean =>
  inFen === 0 && outFen === 0 && grants === 0;
