import { fen, negated } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { ACCOUNT } from '../../ledger/domain/accounts.js';
import { UNNAMED_DONOR } from './donor.js';
import type { Year } from './open-books.js';

/*
 * What the public reads of goods: lines of the account 存货, at the value at which they came. No money moves with them, so
 * they stand beside the figures of the money and in none of them.
 */

export const GOODS_LINE_KINDS = ['RECEIVED', 'ISSUED', 'DISPOSED'] as const;
export type GoodsLineKind = (typeof GOODS_LINE_KINDS)[number];

const KIND_OF_OTHER: Readonly<Record<string, GoodsLineKind | undefined>> = {
  [ACCOUNT.gifts]: 'RECEIVED',
  [ACCOUNT.grants]: 'ISSUED',
  [ACCOUNT.otherCosts]: 'DISPOSED',
};

/** By the account on the other side of the voucher; null where the rows do not say. */
export const goodsKindOf = (otherAccount: string): GoodsLineKind | null =>
  KIND_OF_OTHER[otherAccount] ?? null;

export type GoodsLine = {
  readonly kind: GoodsLineKind;
  /** 2026-03-05 */
  readonly day: string;
  /** Above zero for what came to the shelf. */
  readonly amountFen: Fen;
  readonly threadId: string | null;
};

/** opening + received − issued − disposed = stock, for a year and for all years. */
export type GoodsFigures = {
  readonly openingFen: Fen;
  readonly receivedFen: Fen;
  readonly issuedFen: Fen;
  readonly disposedFen: Fen;
  readonly stockFen: Fen;
  /** To how many cases pieces went. */
  readonly cases: number;
};

const yearOf = ({ day }: GoodsLine): number => Number(day.slice(0, 4));

export function goodsFiguresOf(lines: readonly GoodsLine[], year: Year): GoodsFigures {
  const sum = (of: readonly GoodsLine[]): Fen =>
    fen(of.reduce((total, { amountFen }) => total + amountFen, 0));
  const inside = lines.filter((line) => year === null || yearOf(line) === year);
  const openingFen = sum(lines.filter((line) => year !== null && yearOf(line) < year));
  const of = (kind: GoodsLineKind) => inside.filter((line) => line.kind === kind);
  return {
    openingFen,
    receivedFen: sum(of('RECEIVED')),
    issuedFen: negated(sum(of('ISSUED'))),
    disposedFen: negated(sum(of('DISPOSED'))),
    stockFen: fen(openingFen + sum(inside)),
    cases: new Set(of('ISSUED').map(({ threadId }) => threadId)).size,
  };
}

/** What a line was, for everybody: a giver who agreed by his name, a case by its class of cause. */
export function goodsWords(
  { kind }: Pick<GoodsLine, 'kind'>,
  { donorName, cause }: { readonly donorName: string | null; readonly cause: string | null },
): string {
  switch (kind) {
    case 'RECEIVED':
      return `${donorName ?? UNNAMED_DONOR} 捐物资`;
    case 'ISSUED':
      return cause === null ? '发放物资' : `发放物资 · ${cause}`;
    case 'DISPOSED':
      return '处置物资：过期或者损坏';
  }
}
