import type { Day } from '../../kernel/day.js';
import { fen, negated, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import type { AllocationKind } from '../../ledger/domain/allocation.js';
import type { Purse } from '../../ledger/domain/funds.js';

/** A lot of a gift: the first, and one more for each change of use. */
export type TracedLot = Purse & {
  readonly giftId: string;
  readonly lotId: string;
  /** The voucher that opened it: of a lot that was moved here, the same that drained the one before. */
  readonly voucherId: string;
  readonly bookedOn: Day;
  readonly amountFen: Fen;
  readonly leftFen: Fen;
  readonly frozenFen: Fen;
};

/** A line of what became of a lot; below zero where something came back. */
export type TracedLine = {
  readonly giftId: string;
  readonly lotId: string;
  readonly kind: AllocationKind;
  readonly amountFen: Fen;
  /** The case it was paid to, or came back from; null for what no case had. */
  readonly threadId: string | null;
  readonly voucherId: string;
  readonly day: Day;
};

/** All that one case had of one gift, what the bank sent back and what was recovered included. */
export type Use = {
  readonly threadId: string;
  readonly purse: Purse;
  readonly paidFen: Fen;
  readonly returnedFen: Fen;
  readonly recoveredFen: Fen;
  /** What it has of the gift now. */
  readonly usedFen: Fen;
  /** The last time that it was paid: an attempt that came back is none. */
  readonly paidOn: Day;
};

/** Part of it serves another purpose from then on, with the word of its giver, of the board, or of a plan filed anew. */
export type Move = {
  readonly day: Day;
  readonly amountFen: Fen;
  readonly from: Purse;
  readonly to: Purse | null;
};

/** What became of one gift. Received = used + managed + refunded + unspent, in fen, at any time. */
export type GiftTrace = {
  readonly giftId: string;
  readonly receivedFen: Fen;
  readonly usedFen: Fen;
  readonly returnedFen: Fen;
  readonly recoveredFen: Fen;
  readonly refundedFen: Fen;
  /** For the running of the house, as its giver agreed. */
  readonly managedFen: Fen;
  readonly movedFen: Fen;
  readonly unspentFen: Fen;
  /** So much of what is unspent waits for its giver's answer about another use. */
  readonly frozenFen: Fen;
  readonly uses: readonly Use[];
  readonly refunds: readonly { readonly day: Day; readonly amountFen: Fen }[];
  readonly managed: readonly { readonly day: Day; readonly amountFen: Fen }[];
  readonly moves: readonly Move[];
  /** What is left, purse by purse: money that was given for one purpose is not money for another. */
  readonly left: readonly (Purse & { readonly amountFen: Fen })[];
  readonly lines: readonly TracedLine[];
};

const NOTHING = fen(0);
const amountOf = ({ amountFen }: { readonly amountFen: Fen }): Fen => amountFen;

/** Money that was moved stands in two lots and is counted once; a gift that was taken back as mistyped never was. */
export function traceOf(giftId: string, lots: readonly TracedLot[], lines: readonly TracedLine[]): GiftTrace {
  const of = (...kinds: readonly AllocationKind[]) => lines.filter(({ kind }) => kinds.includes(kind));
  const sum = (...kinds: readonly AllocationKind[]) => sumOf(of(...kinds).map(amountOf));
  const movedFen = sum('MOVED');
  return {
    giftId,
    receivedFen: fen(sumOf(lots.map(amountOf)) - movedFen - sum('REVERSED')),
    usedFen: sum('PAID', 'RETURNED', 'RECOVERED'),
    returnedFen: negated(sum('RETURNED')),
    recoveredFen: negated(sum('RECOVERED')),
    refundedFen: sum('REFUNDED'),
    managedFen: sum('MANAGED'),
    movedFen,
    unspentFen: sumOf(lots.map(({ leftFen }) => leftFen)),
    frozenFen: sumOf(lots.map(({ frozenFen }) => frozenFen)),
    uses: usesOf(lots, of('PAID', 'RETURNED', 'RECOVERED')),
    refunds: of('REFUNDED').map(({ day, amountFen }) => ({ day, amountFen })),
    managed: of('MANAGED').map(({ day, amountFen }) => ({ day, amountFen })),
    moves: of('MOVED').map((line) => moveOf(lots, line)),
    left: leftOf(lots),
    lines,
  };
}

/** What must always be true, in words; null where it is. */
export function traceFault(trace: GiftTrace): string | null {
  const { giftId, receivedFen, usedFen, managedFen, unspentFen, refundedFen, frozenFen, uses } = trace;
  if (usedFen + managedFen + unspentFen + refundedFen !== receivedFen)
    return `gift ${giftId}: ${usedFen} used + ${managedFen} for the house + ${unspentFen} unspent + ${refundedFen} refunded is not the ${receivedFen} received`;
  if (sumOf(uses.map((use) => use.usedFen)) !== usedFen)
    return `gift ${giftId}: its cases do not add up to the ${usedFen} used`;
  if (frozenFen > unspentFen) return `gift ${giftId}: more is frozen than is left`;
  return null;
}

function usesOf(lots: readonly TracedLot[], lines: readonly TracedLine[]): Use[] {
  const byThread = groupedBy(lines, ({ threadId }) => threadId ?? '');
  return [...byThread].map(([threadId, ofThread]) => {
    const [first] = ofThread;
    const kept = (kind: AllocationKind) => ofThread.filter((line) => line.kind === kind);
    const paid = kept('PAID');
    return {
      threadId,
      purse: purseOf(lots, first?.lotId ?? ''),
      paidFen: sumOf(paid.map(amountOf)),
      returnedFen: negated(sumOf(kept('RETURNED').map(amountOf))),
      recoveredFen: negated(sumOf(kept('RECOVERED').map(amountOf))),
      usedFen: sumOf(ofThread.map(amountOf)),
      paidOn: lastDayOf(paid.length > 0 ? paid : ofThread),
    };
  });
}

function lastDayOf(lines: readonly TracedLine[]): Day {
  const [first, ...rest] = lines.map(({ day }) => day);
  if (first === undefined) throw new Error('A use without a line');
  return rest.reduce((last, day) => (day > last ? day : last), first);
}

function purseOf(lots: readonly TracedLot[], lotId: string): Purse {
  const lot = lots.find((each) => each.lotId === lotId);
  if (!lot) throw new Error('A line of a lot that the gift does not have');
  return { fund: lot.fund, restriction: lot.restriction };
}

/** The lot that the same voucher opened is where it went. */
function moveOf(lots: readonly TracedLot[], { lotId, voucherId, day, amountFen }: TracedLine): Move {
  const target = lots.find((lot) => lot.voucherId === voucherId && lot.lotId !== lotId);
  const to = target ? { fund: target.fund, restriction: target.restriction } : null;
  return { day, amountFen, from: purseOf(lots, lotId), to };
}

function leftOf(lots: readonly TracedLot[]): (Purse & { readonly amountFen: Fen })[] {
  const byPurse = groupedBy(
    lots.filter(({ leftFen }) => leftFen > 0),
    ({ fund, restriction }) => `${fund}\n${restriction}`,
  );
  return [...byPurse.values()].flatMap((ofPurse) => {
    const [first] = ofPurse;
    if (!first) return [];
    const { fund, restriction } = first;
    return [{ fund, restriction, amountFen: sumOf(ofPurse.map(({ leftFen }) => leftFen)) }];
  });
}

/** Several gifts together. */
export function totalsOf(traces: readonly GiftTrace[]) {
  const sum = (pick: (trace: GiftTrace) => Fen): Fen =>
    traces.reduce((so, each) => fen(so + pick(each)), NOTHING);
  return {
    receivedFen: sum((trace) => trace.receivedFen),
    usedFen: sum((trace) => trace.usedFen),
    refundedFen: sum((trace) => trace.refundedFen),
    managedFen: sum((trace) => trace.managedFen),
    unspentFen: sum((trace) => trace.unspentFen),
    frozenFen: sum((trace) => trace.frozenFen),
  };
}
