import fc from 'fast-check';
import { addDays, day } from '../../kernel/day.js';
import { fen, negated, sumOf } from '../../kernel/fen.js';
import { allocationOf, restorationOf } from './allocation.js';
import type { Allocation, OpenLot } from './allocation.js';

const lot = (id: string, leftFen: number, receivedOn = '2026-01-05', earmarked = false): OpenLot => ({
  id,
  earmarked,
  receivedOn: day(receivedOn),
  leftFen: fen(leftFen),
});

it.each`
  because                                       | amount | lots                                                                | taken
  ${'the oldest is used first'}                 | ${500} | ${[lot('b', 900, '2026-02-01'), lot('a', 300, '2026-01-01')]}       | ${'a300 b200'}
  ${'earmarked money comes before older money'} | ${500} | ${[lot('a', 900, '2026-01-01'), lot('b', 300, '2026-02-01', true)]} | ${'b300 a200'}
  ${'lots of one day take turns by id'}         | ${500} | ${[lot('b', 400), lot('a', 400)]}                                   | ${'a400 b100'}
  ${'an empty lot is passed over'}              | ${100} | ${[lot('a', 0), lot('b', 100)]}                                     | ${'b100'}
  ${'exactly what there is is enough'}          | ${700} | ${[lot('a', 300), lot('b', 400)]}                                   | ${'a300 b400'}
`('takes $taken: $because', ({ amount, lots, taken }: { amount: number; lots: OpenLot[]; taken: string }) => {
  const plan = allocationOf(fen(amount), lots);
  if (plan.outcome !== 'covered') throw new Error('The lots cover it');
  expect(plan.allocations.map(({ lotId, amountFen }) => lotId + String(amountFen)).join(' ')).toBe(taken);
});

it('takes nothing at all when one fen is missing: a payment is never shrunk', () => {
  expect(allocationOf(fen(701), [lot('a', 300), lot('b', 400)])).toEqual({ outcome: 'short', missingFen: 1 });
});

it.each([0, -1])('allocates no payment of %d fen', (amount) => {
  expect(() => allocationOf(fen(amount), [lot('a', 10)])).toThrow(/payment/);
});

const lots = fc
  .array(fc.record({ days: fc.nat(60), leftFen: fc.nat(100_000), earmarked: fc.boolean() }), {
    maxLength: 12,
  })
  .map((drafts) =>
    drafts.map(({ days, leftFen, earmarked }, i) =>
      lot(`lot-${String(i).padStart(2, '0')}`, leftFen, addDays(day('2026-01-01'), days), earmarked),
    ),
  );
const amount = fc.integer({ min: 1, max: 400_000 }).map(fen);

it('sums to the payment, takes no more than is left, and says exactly what is missing', () => {
  fc.assert(
    fc.property(amount, lots, (needed, there) => {
      const held = sumOf(there.map(({ leftFen }) => leftFen));
      const plan = allocationOf(needed, there);
      if (plan.outcome === 'short') return plan.missingFen === needed - held && held < needed;
      const leftOf = new Map(there.map(({ id, leftFen }) => [id, leftFen]));
      return (
        sumOf(plan.allocations.map(({ amountFen }) => amountFen)) === needed &&
        new Set(plan.allocations.map(({ lotId }) => lotId)).size === plan.allocations.length &&
        plan.allocations.every(
          ({ lotId, amountFen }) => amountFen > 0 && amountFen <= (leftOf.get(lotId) ?? 0),
        )
      );
    }),
  );
});

it('leaves a lot over only when no lot before its turn has anything left', () => {
  fc.assert(
    fc.property(amount, lots, (needed, there) => {
      const plan = allocationOf(needed, there);
      if (plan.outcome === 'short') return true;
      const used = new Map(plan.allocations.map(({ lotId, amountFen }) => [lotId, amountFen]));
      const turn = ({ earmarked, receivedOn, id }: OpenLot) => `${earmarked ? 0 : 1} ${receivedOn} ${id}`;
      const inTurn = there.filter(({ leftFen }) => leftFen > 0).sort((a, b) => (turn(a) < turn(b) ? -1 : 1));
      const firstNotEmptied = inTurn.findIndex(({ id, leftFen }) => used.get(id) !== leftFen);
      return firstNotEmptied === -1 || inTurn.slice(firstNotEmptied + 1).every(({ id }) => !used.has(id));
    }),
  );
});

it('does not ask in which order the lots were read', () => {
  fc.assert(
    fc.property(amount, lots, (needed, there) => {
      expect(allocationOf(needed, [...there].reverse())).toEqual(allocationOf(needed, there));
    }),
  );
});

/** `a300 b200 b-50`: what an order took of lots, and gave back. */
const traceOf = (text: string): Allocation[] =>
  text.split(' ').map((line) => ({ lotId: line.charAt(0), amountFen: fen(Number(line.slice(1))) }));
const textOf = (trace: readonly Allocation[]) =>
  trace.map(({ lotId, amountFen }) => lotId + String(amountFen)).join(' ');

it.each`
  because                                               | trace                 | amount   | back
  ${'D4-72 the latest allocation gets its money first'} | ${'a600 b400'}        | ${400}   | ${'b400'}
  ${'then the one before it'}                           | ${'a600 b400'}        | ${500}   | ${'b400 a100'}
  ${'all of it goes back where it came from'}           | ${'a600 b400'}        | ${1_000} | ${'b400 a600'}
  ${'what was given back is not given back again'}      | ${'a600 b400 b-400'}  | ${100}   | ${'a100'}
  ${'a part of a lot may be back already'}              | ${'a600 b400 b-150'}  | ${300}   | ${'b250 a50'}
  ${'a payment that came back took nothing in the end'} | ${'a9 a-9 b600 c400'} | ${1_000} | ${'c400 b600'}
  ${'the same lot may be used by a second try'}         | ${'a9 a-9 a5 b4'}     | ${6}     | ${'b4 a2'}
`('of $trace $amount goes back as $back: $because', ({ trace, amount, back }: Restoring) => {
  expect(textOf(restorationOf(fen(amount), traceOf(trace)))).toBe(back);
});
type Restoring = { trace: string; amount: number; back: string };

it('gives back no more than was taken, and never nothing', () => {
  expect(() => restorationOf(fen(1_001), traceOf('a600 b400'))).toThrow(/never took/);
  expect(() => restorationOf(fen(1), traceOf('a600 a-600'))).toThrow(/never took/);
  expect(() => restorationOf(fen(0), traceOf('a600'))).toThrow(/comes back/);
});

it('in parts or at once, every lot ends where it began, and none is ever given more than it gave', () => {
  fc.assert(
    fc.property(
      amount,
      lots,
      fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 8 }),
      (needed, there, parts) => {
        const plan = allocationOf(needed, there);
        if (plan.outcome === 'short') return true;
        const trace = [...plan.allocations];
        let out = Number(needed);
        for (const part of [...parts, Number.MAX_SAFE_INTEGER]) {
          if (out === 0) break;
          const back = restorationOf(fen(Math.min(part, out)), trace);
          trace.push(...back.map(({ lotId, amountFen }) => ({ lotId, amountFen: negated(amountFen) })));
          out -= sumOf(back.map(({ amountFen }) => amountFen));
          for (const { lotId } of plan.allocations) if (netOf(trace, lotId) < 0) return false;
        }
        return out === 0 && plan.allocations.every(({ lotId }) => netOf(trace, lotId) === 0);
      },
    ),
  );
});

function netOf(trace: readonly Allocation[], lotId: string): number {
  return sumOf(trace.filter((line) => line.lotId === lotId).map(({ amountFen }) => amountFen));
}
