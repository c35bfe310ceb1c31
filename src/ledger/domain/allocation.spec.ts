import fc from 'fast-check';
import { addDays, day } from '../../kernel/day.js';
import { fen, sumOf } from '../../kernel/fen.js';
import { allocationOf } from './allocation.js';
import type { OpenLot } from './allocation.js';

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
