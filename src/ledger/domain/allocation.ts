import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

/** What is left of one inflow. */
export type OpenLot = {
  readonly id: string;
  /** Given for the purpose of this payment, and so to be used before money that can do anything. */
  readonly earmarked: boolean;
  readonly receivedOn: Day;
  readonly leftFen: Fen;
};

export type Allocation = { readonly lotId: string; readonly amountFen: Fen };

/** Why a line stands in the trace of a lot: a payment took of it, what was taken came back, the inflow never was, it
 *  went back to its giver, to another purse, or into the running of the house. */
export const ALLOCATION_WORDS = {
  PAID: '付出',
  RETURNED: '银行退回',
  RECOVERED: '追回',
  REVERSED: '冲销',
  REFUNDED: '退还捐赠人',
  MOVED: '转出',
  MANAGED: '管理费用',
} as const;
export type AllocationKind = keyof typeof ALLOCATION_WORDS;

export type AllocationPlan =
  | { readonly outcome: 'covered'; readonly allocations: readonly Allocation[] }
  | { readonly outcome: 'short'; readonly missingFen: Fen };

/**
 * Whose money a payment uses: earmarked lots first, then the oldest first (architecture.md 3). The allocations sum to
 * the payment and take no more of a lot than is left of it, or there are none at all: a payment is never shrunk.
 */
export function allocationOf(amount: Fen, lots: readonly OpenLot[]): AllocationPlan {
  if (amount <= 0) throw new Error('Only a payment of something is allocated');
  const allocations: Allocation[] = [];
  let missing = amount;
  for (const lot of [...lots].sort(byTurn)) {
    if (missing === 0) break;
    const taken = fen(Math.min(missing, lot.leftFen));
    if (taken <= 0) continue;
    allocations.push({ lotId: lot.id, amountFen: taken });
    missing = fen(missing - taken);
  }
  return missing === 0 ? { outcome: 'covered', allocations } : { outcome: 'short', missingFen: missing };
}

/**
 * Whose money comes back: the lots that the order took from, the latest allocation first (D4-72), each no further than
 * is still taken of it. `trace` is all that the order took (positive) and gave back (negative), in the order of writing.
 */
export function restorationOf(amount: Fen, trace: readonly Allocation[]): readonly Allocation[] {
  if (amount <= 0) throw new Error('Only something comes back');
  const givenBack = new Map<string, number>();
  for (const { lotId, amountFen } of trace)
    if (amountFen < 0) givenBack.set(lotId, (givenBack.get(lotId) ?? 0) - amountFen);

  const back = new Map<string, Fen>();
  let missing = amount;
  for (const { lotId, amountFen } of trace.toReversed()) {
    if (amountFen < 0) continue;
    const before = Math.min(amountFen, givenBack.get(lotId) ?? 0);
    givenBack.set(lotId, (givenBack.get(lotId) ?? 0) - before);
    const now = Math.min(missing, amountFen - before);
    if (now > 0) back.set(lotId, fen((back.get(lotId) ?? 0) + now));
    missing = fen(missing - now);
  }
  if (missing > 0) throw new Error(`${missing} fen come back that the order never took`);
  return [...back].map(([lotId, amountFen]) => ({ lotId, amountFen }));
}

/** Lots of one day take their turn by id: ids are made in the order of time. */
function byTurn(a: OpenLot, b: OpenLot): number {
  if (a.earmarked !== b.earmarked) return a.earmarked ? -1 : 1;
  if (a.receivedOn !== b.receivedOn) return a.receivedOn < b.receivedOn ? -1 : 1;
  if (a.id === b.id) throw new Error('A lot stands in the list twice');
  return a.id < b.id ? -1 : 1;
}
