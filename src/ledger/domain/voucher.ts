import type { Day } from '../../kernel/day.js';
import { negated, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { Account } from './accounts.js';

/** What a line belongs to, beside its account (domain.md 3, rule 3). */
export type Dimensions = {
  readonly societyId: string;
  readonly fund: string;
  readonly restriction: string;
  /** The case that the line is about, where it is about one. */
  readonly threadId: string | null;
};

/** Debits are positive, credits negative. */
export type DraftLine = Dimensions & { readonly account: Account; readonly amountFen: Fen };

export type DraftVoucher = {
  /** The event, by a name of its own: an event is booked once. */
  readonly cause: string;
  readonly day: Day;
  /** A short sentence for the books. It names a case by its number and nobody by name. */
  readonly summary: string;
  readonly reversalOf: string | null;
  readonly lines: readonly DraftLine[];
};

/** A voucher that is in the books, under its number. */
export type Booked = { readonly voucherId: string; readonly voucherNumber: number };

/** Double entry: two lines or more, each moves money, and together they sum to nothing. */
export function balanced(voucher: DraftVoucher): DraftVoucher {
  if (voucher.lines.length < 2) throw new Error('A voucher has two lines or more');
  if (voucher.lines.some((line) => line.amountFen === 0)) throw new Error('A line of a voucher moves money');
  if (sumOf(voucher.lines.map((line) => line.amountFen)) !== 0) throw new Error('A voucher sums to nothing');
  return voucher;
}

type Wrong = { readonly id: string; readonly lines: readonly DraftLine[] };

/** The line without what its row has besides: a voucher of the books may be handed in as it is. */
function mirrored({ account, amountFen, societyId, fund, restriction, threadId }: DraftLine): DraftLine {
  return { account, amountFen: negated(amountFen), societyId, fund, restriction, threadId };
}

/** The mirror of a voucher: what is wrong is taken back by another voucher, and never edited (domain.md 3, rule 2). */
export function reversalOf(wrong: Wrong, day: Day, summary: string): DraftVoucher {
  return balanced({
    cause: `reversal:${wrong.id}`,
    day,
    summary,
    reversalOf: wrong.id,
    lines: wrong.lines.map(mirrored),
  });
}

/** Booked at the ledger's own door. Gifts, and what moves between purses, are taken back where they were recorded. */
export function isInflow({ cause }: { readonly cause: string }): boolean {
  return cause.startsWith('inflow:');
}

/** A voucher by the name that people use: 记-0031. */
export function voucherName(number: number): string {
  return `记-${String(number).padStart(4, '0')}`;
}
