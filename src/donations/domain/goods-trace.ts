import type { Day } from '../../kernel/day.js';
import { fen, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import { lintText } from '../../notices/domain/privacy-lint.js';
import type { GoodsMoveKind } from './goods.js';
import { worthOf } from './goods.js';

/** One kind of goods of a gift, as it was taken into the stock. */
export type TracedItem = {
  readonly giftId: string;
  readonly itemId: string;
  readonly name: string;
  readonly unit: string;
  readonly accepted: number;
  readonly inStock: number;
  readonly unitValueFen: Fen;
};

export type TracedMove = {
  readonly itemId: string;
  readonly kind: GoodsMoveKind;
  readonly quantity: number;
  readonly amountFen: Fen;
  readonly day: Day;
  /** The case that it went to; null for what came and what was disposed of. */
  readonly threadId: string | null;
};

export type ItemTrace = {
  readonly name: string;
  readonly unit: string;
  readonly received: number;
  readonly issued: number;
  readonly disposed: number;
  readonly inStock: number;
};

/** All that one case had of one kind of goods. */
export type GoodsIssue = {
  readonly threadId: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly valueFen: Fen;
  /** The last time. */
  readonly on: Day;
};

/** What became of a gift of goods. Received = issued + disposed of + on the shelf, piece by piece, and so in value. */
export type GoodsTrace = {
  readonly items: readonly ItemTrace[];
  readonly issues: readonly GoodsIssue[];
  readonly stockedOn: Day | null;
  readonly disposals: readonly {
    readonly day: Day;
    readonly name: string;
    readonly unit: string;
    readonly quantity: number;
  }[];
  readonly receivedFen: Fen;
  readonly issuedFen: Fen;
  readonly disposedFen: Fen;
  readonly stockFen: Fen;
};

export function goodsTraceOf(items: readonly TracedItem[], moves: readonly TracedMove[]): GoodsTrace {
  const byItem = groupedBy(moves, ({ itemId }) => itemId);
  const known = new Map(items.map((item) => [item.itemId, item]));
  const of = (kind: GoodsMoveKind) => moves.filter((move) => move.kind === kind);
  const sum = (kind: GoodsMoveKind) => sumOf(of(kind).map(({ amountFen }) => amountFen));
  return {
    items: items.map((item) => itemTraceOf(item, byItem.get(item.itemId) ?? [])),
    issues: issuesOf(of('ISSUED'), known),
    stockedOn: of('STOCKED')[0]?.day ?? null,
    disposals: of('DISPOSED').map(({ day, quantity, itemId }) => ({
      day,
      quantity,
      ...shownOf(known.get(itemId)),
    })),
    receivedFen: sum('STOCKED'),
    issuedFen: sum('ISSUED'),
    disposedFen: sum('DISPOSED'),
    stockFen: sumOf(items.map(({ inStock, unitValueFen }) => worthOf(inStock, unitValueFen))),
  };
}

function itemTraceOf(item: TracedItem, moves: readonly TracedMove[]): ItemTrace {
  const pieces = (kind: GoodsMoveKind) =>
    moves.filter((move) => move.kind === kind).reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    ...shownOf(item),
    received: pieces('STOCKED'),
    issued: pieces('ISSUED'),
    disposed: pieces('DISPOSED'),
    inStock: item.inStock,
  };
}

function issuesOf(moves: readonly TracedMove[], known: ReadonlyMap<string, TracedItem>): GoodsIssue[] {
  const byCase = groupedBy(moves, ({ threadId, itemId }) => `${threadId ?? ''}\n${itemId}`);
  return [...byCase.values()].flatMap((ofCase) => {
    const [first] = ofCase;
    if (first?.threadId == null) return [];
    return [
      {
        threadId: first.threadId,
        ...shownOf(known.get(first.itemId)),
        quantity: ofCase.reduce((sum, { quantity }) => sum + quantity, 0),
        valueFen: sumOf(ofCase.map(({ amountFen }) => amountFen)),
        on: ofCase.reduce((last, { day }) => (day > last ? day : last), first.day),
      },
    ];
  });
}

const NAMELESS = { name: '物资', unit: '件' } as const;

/** Names of goods were typed by somebody: one that could be about a person stands nowhere where others read it. */
function shownOf(item: TracedItem | undefined): { readonly name: string; readonly unit: string } {
  if (!item) return NAMELESS;
  const { name, unit } = item;
  const hits = lintText({ field: '物资', text: `${name} ${unit}` }, { contactPhone: '', forbidden: [] });
  return hits.length > 0 ? NAMELESS : { name, unit };
}

/** What must always be true, in words; null where it is. */
export function goodsFault(trace: GoodsTrace): string | null {
  const odd = trace.items.find(
    ({ received, issued, disposed, inStock }) => received !== issued + disposed + inStock,
  );
  if (odd)
    return `${odd.received} came, and ${odd.issued} issued + ${odd.disposed} gone + ${odd.inStock} there is another number`;
  const { receivedFen, issuedFen, disposedFen, stockFen } = trace;
  const found = fen(issuedFen + disposedFen + stockFen);
  return found === receivedFen ? null : `worth ${receivedFen} came, and ${found} is accounted for`;
}

/** 大米 3 袋 */
export const piecesWords = (
  quantity: number,
  { name, unit }: { readonly name: string; readonly unit: string },
): string => `${name} ${quantity} ${unit}`;
