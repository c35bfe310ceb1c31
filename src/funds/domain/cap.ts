import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

/**
 * What one cap group has had of one fund in one window, and what is promised to it while panels decide. Pure: the store
 * does each of these as one guarded statement, and the reconciler walks the moves through them again.
 */
export type CapCounter = { readonly usedFen: Fen; readonly reservedFen: Fen };

export const NOTHING_USED: CapCounter = { usedFen: fen(0), reservedFen: fen(0) };

/** What a panel that opens now may still promise. Two merged groups may have promised more than there is: then nothing. */
export function roomUnder(cap: Fen, { usedFen, reservedFen }: CapCounter): Fen {
  return fen(Math.max(cap - usedFen - reservedFen, 0));
}

/** A panel opens: what is asked, or what is left of the cap (D4-6). */
export function held(counter: CapCounter, amount: Fen): CapCounter {
  return { ...counter, reservedFen: fen(counter.reservedFen + amount) };
}

/** It was rejected, withdrawn, or lapsed. */
export function released(counter: CapCounter, amount: Fen): CapCounter {
  return { ...counter, reservedFen: fen(counter.reservedFen - amount) };
}

/** It was approved. Null when two groups promised the same room before they were merged, and it is gone by now. */
export function spent(cap: Fen, { usedFen, reservedFen }: CapCounter, amount: Fen): CapCounter | null {
  if (usedFen + amount > cap) return null;
  return { usedFen: fen(usedFen + amount), reservedFen: fen(reservedFen - amount) };
}

/** So much came back, received and not demanded (D4-7). After a merger more may come back than is counted. */
export function restored(counter: CapCounter, amount: Fen): CapCounter {
  return { ...counter, usedFen: fen(Math.max(counter.usedFen - amount, 0)) };
}

/** A marriage: the larger of what was used, all that is promised (domain.md 3, rule 9). */
export function merged(one: CapCounter, other: CapCounter): CapCounter {
  return {
    usedFen: fen(Math.max(one.usedFen, other.usedFen)),
    reservedFen: fen(one.reservedFen + other.reservedFen),
  };
}

export const MOVE_KINDS = ['HELD', 'RELEASED', 'SPENT', 'RESTORED', 'MERGED'] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

/** One line of what became of a counter. Of a merger: what the other counter held. */
export type CapMove =
  | { readonly kind: Exclude<MoveKind, 'MERGED'>; readonly amountFen: Fen }
  | { readonly kind: 'MERGED'; readonly other: CapCounter };

/** Where the moves lead, from nothing. The cap is not asked again: a rule may have changed since. */
export function afterMoves(moves: readonly CapMove[]): CapCounter {
  return moves.reduce<CapCounter>((counter, move) => {
    switch (move.kind) {
      case 'HELD':
        return held(counter, move.amountFen);
      case 'RELEASED':
        return released(counter, move.amountFen);
      case 'SPENT':
        return {
          usedFen: fen(counter.usedFen + move.amountFen),
          reservedFen: fen(counter.reservedFen - move.amountFen),
        };
      case 'RESTORED':
        return restored(counter, move.amountFen);
      case 'MERGED':
        return merged(counter, move.other);
    }
  }, NOTHING_USED);
}
