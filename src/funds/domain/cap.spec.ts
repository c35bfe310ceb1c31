import { fen } from '../../kernel/fen.js';
import { afterMoves, held, merged, NOTHING_USED, released, restored, roomUnder, spent } from './cap.js';
import type { CapCounter } from './cap.js';

const CAP = fen(50_000_000);
const counter = (used: number, reserved = 0): CapCounter => ({
  usedFen: fen(used),
  reservedFen: fen(reserved),
});

it('D4-6 promises what is left: of two panels of 300,000 the second opens with 200,000', () => {
  const first = held(NOTHING_USED, fen(30_000_000));
  expect(roomUnder(CAP, first)).toBe(20_000_000);
});

it('D4-7 has room for what came back, and for no more than that', () => {
  expect(roomUnder(CAP, restored(counter(50_000_000), fen(5_000_000)))).toBe(5_000_000);
});

it('gives the room back where a panel rejected, and keeps it where it approved', () => {
  const open = held(counter(10_000_000), fen(5_000_000));
  expect(released(open, fen(5_000_000))).toEqual(counter(10_000_000));
  expect(spent(CAP, open, fen(5_000_000))).toEqual(counter(15_000_000));
});

it.each([
  [counter(30_000_000, 10_000_000), counter(20_000_000, 5_000_000), counter(30_000_000, 15_000_000)],
  [counter(0), counter(20_000_000), counter(20_000_000)],
])('D4-6 a marriage counts the larger of what was used, and all that is promised', (one, other, both) => {
  expect(merged(one, other)).toEqual(both);
  expect(merged(other, one)).toEqual(both);
});

it('grants no more than the cap where two groups had promised the same room before they married', () => {
  const both = merged(held(NOTHING_USED, fen(30_000_000)), held(NOTHING_USED, fen(30_000_000)));
  expect(roomUnder(CAP, both)).toBe(0);
  const once = spent(CAP, both, fen(30_000_000));
  expect(once).toEqual(counter(30_000_000, 30_000_000));
  expect(once && spent(CAP, once, fen(30_000_000))).toBeNull();
});

it('never falls below nothing when more comes back than is counted after a merger', () => {
  const both = merged(counter(10_000_000), counter(30_000_000));
  expect(restored(restored(both, fen(30_000_000)), fen(10_000_000))).toEqual(NOTHING_USED);
});

it('is told by its moves', () => {
  const moves = [
    { kind: 'HELD', amountFen: fen(300) },
    { kind: 'HELD', amountFen: fen(200) },
    { kind: 'RELEASED', amountFen: fen(200) },
    { kind: 'SPENT', amountFen: fen(300) },
    { kind: 'MERGED', other: counter(500, 40) },
    { kind: 'RESTORED', amountFen: fen(100) },
  ] as const;
  expect(afterMoves(moves)).toEqual(counter(400, 40));
});
