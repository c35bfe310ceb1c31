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

/** Lots of one day take their turn by id: ids are made in the order of time. */
function byTurn(a: OpenLot, b: OpenLot): number {
  if (a.earmarked !== b.earmarked) return a.earmarked ? -1 : 1;
  if (a.receivedOn !== b.receivedOn) return a.receivedOn < b.receivedOn ? -1 : 1;
  if (a.id === b.id) throw new Error('A lot stands in the list twice');
  return a.id < b.id ? -1 : 1;
}
