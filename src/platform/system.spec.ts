import { HandClock } from './clocks.js';
import { SystemClock, SystemIds } from './system.js';

it('makes keys whose order is the order of their making, even ten thousand at one moment', () => {
  const ids = new SystemIds(new HandClock('2026-03-02T01:00:00Z'));
  const keys = Array.from({ length: 10_000 }, () => ids.next());
  expect([...keys].sort()).toEqual(keys);
  expect(new Set(keys).size).toBe(10_000);
});

it('keeps the order when the clock is set back', () => {
  const times = ['2026-03-02T01:00:01Z', '2026-03-02T01:00:00Z'];
  const ids = new SystemIds({ now: () => new Date(times.shift() ?? '2026-03-02T01:00:02Z') });
  const keys = [ids.next(), ids.next(), ids.next()];
  expect([...keys].sort()).toEqual(keys);
});

const HOUR_MS = 3_600_000;

it('G23 follows a clock that ran an hour ahead and was put right: keys are not counted up in its future', () => {
  const times = ['2026-03-02T02:00:00Z', '2026-03-02T01:00:00Z'];
  const ids = new SystemIds({ now: () => new Date(times.shift() ?? '2026-03-02T01:00:01Z') });
  const [ahead, right, next] = [ids.next(), ids.next(), ids.next()];
  expect(right < ahead).toBe(true);
  expect(right < next).toBe(true);
});

it.each([
  ['by a second', 1000, 0],
  ['by five minutes', 5 * 60_000, 0],
  ['by more, which nobody writes by', 5 * 60_000 + 1, -5 * 60_000 - 1],
  ['by a day', 24 * HOUR_MS, -24 * HOUR_MS],
])('G23 set back %s it stands still or follows', (_what, byMs, seenMs) => {
  const began = Date.parse('2026-03-02T01:00:00Z');
  let wall = began;
  const clock = new SystemClock(() => wall);
  expect(clock.now().getTime()).toBe(began);
  wall -= byMs;
  expect(clock.now().getTime() - began).toBe(seenMs);
  wall = began + 1000;
  expect(clock.now().getTime()).toBe(began + 1000);
});
