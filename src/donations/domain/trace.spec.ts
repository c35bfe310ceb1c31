import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { AllocationKind } from '../../ledger/domain/allocation.js';
import { traceFault, traceOf, totalsOf } from './trace.js';
import type { TracedLine, TracedLot } from './trace.js';

const POOL = { fund: '救急难池', restriction: 'none' };
const lot = (lotId: string, amount: number, left: number, more: Partial<TracedLot> = {}): TracedLot => ({
  ...{ giftId: 'g', lotId, voucherId: `v-${lotId}`, bookedOn: day('2026-10-02'), ...POOL },
  ...{ amountFen: fen(amount), leftFen: fen(left), frozenFen: fen(0) },
  ...more,
});
const line = (kind: AllocationKind, amount: number, more: Partial<TracedLine> = {}): TracedLine => ({
  ...{ giftId: 'g', lotId: 'a', kind, amountFen: fen(amount), threadId: null, voucherId: 'v' },
  day: day('2026-11-22'),
  ...more,
});

it('leads 500.00 to two cases and to what is left', () => {
  const trace = traceOf(
    'g',
    [lot('a', 50_000, 25_000)],
    [line('PAID', 4_320, { threadId: 'one' }), line('PAID', 20_680, { threadId: 'two' })],
  );
  expect(trace).toMatchObject({ receivedFen: 50_000, usedFen: 25_000, unspentFen: 25_000, refundedFen: 0 });
  expect(trace.uses.map(({ threadId, usedFen }) => [threadId, Number(usedFen)])).toEqual([
    ['one', 4_320],
    ['two', 20_680],
  ]);
  expect(trace.left).toEqual([{ ...POOL, amountFen: 25_000 }]);
  expect(traceFault(trace)).toBeNull();
});

it('D4-71 shows 300 used, 200 refunded and nothing left', () => {
  const trace = traceOf(
    'g',
    [lot('a', 50_000, 0)],
    [line('PAID', 30_000, { threadId: 'one' }), line('REFUNDED', 20_000)],
  );
  expect(trace).toMatchObject({ usedFen: 30_000, refundedFen: 20_000, unspentFen: 0 });
  expect(traceFault(trace)).toBeNull();
});

it('D4-72 shows both lines of a case that was paid and gave part of it back', () => {
  const trace = traceOf(
    'g',
    [lot('a', 100_000, 40_000)],
    [
      line('PAID', 100_000, { threadId: 'one' }),
      line('RECOVERED', -40_000, { threadId: 'one', day: day('2026-12-01') }),
    ],
  );
  expect(trace.uses).toMatchObject([
    { paidFen: 100_000, recoveredFen: 40_000, usedFen: 60_000, paidOn: '2026-11-22' },
  ]);
  expect(trace).toMatchObject({ usedFen: 60_000, recoveredFen: 40_000, unspentFen: 40_000 });
});

it('a transfer that the bank sent back and that was made anew is one use', () => {
  const trace = traceOf(
    'g',
    [lot('a', 10_000, 0)],
    [
      line('PAID', 10_000, { threadId: 'one', day: day('2026-11-20') }),
      line('RETURNED', -10_000, { threadId: 'one', day: day('2026-11-21') }),
      line('PAID', 10_000, { threadId: 'one', day: day('2026-11-22') }),
    ],
  );
  expect(trace.uses).toMatchObject([{ usedFen: 10_000, returnedFen: 10_000, paidOn: '2026-11-22' }]);
});

it('counts money once that was moved to another purse, and says whereto', () => {
  const school = { fund: '救急难池', restriction: '助学' };
  const trace = traceOf(
    'g',
    [lot('a', 50_000, 20_000), lot('b', 30_000, 30_000, { ...school, voucherId: 'moved' })],
    [line('MOVED', 30_000, { voucherId: 'moved' })],
  );
  expect(trace).toMatchObject({ receivedFen: 50_000, movedFen: 30_000, unspentFen: 50_000 });
  expect(trace.moves).toEqual([{ day: '2026-11-22', amountFen: 30_000, from: POOL, to: school }]);
  expect(trace.left).toHaveLength(2);
  expect(traceFault(trace)).toBeNull();
});

it('of a gift that was mistyped nothing was received', () => {
  const trace = traceOf('g', [lot('a', 50_000, 0)], [line('REVERSED', 50_000)]);
  expect(trace).toMatchObject({ receivedFen: 0, usedFen: 0, unspentFen: 0 });
  expect(traceFault(trace)).toBeNull();
});

it('counts what paid for the house apart from what families had', () => {
  const trace = traceOf(
    'g',
    [lot('a', 50_000, 15_000)],
    [line('PAID', 30_000, { threadId: 'one' }), line('MANAGED', 5_000, { voucherId: 'house' })],
  );
  expect(trace).toMatchObject({
    receivedFen: 50_000,
    usedFen: 30_000,
    managedFen: 5_000,
    unspentFen: 15_000,
  });
  expect([trace.uses.length, trace.managed]).toEqual([1, [{ day: '2026-11-22', amountFen: 5_000 }]]);
  expect(traceFault(trace)).toBeNull();
  expect(totalsOf([trace, trace]).managedFen).toBe(10_000);
});

it('finds a fen that is missing', () => {
  expect(traceFault(traceOf('g', [lot('a', 50_000, 49_999)], []))).toContain('is not the 50000 received');
});

it('adds gifts up', () => {
  const one = traceOf('g', [lot('a', 50_000, 50_000)], []);
  expect(totalsOf([one, one])).toMatchObject({ receivedFen: 100_000, unspentFen: 100_000, usedFen: 0 });
});
