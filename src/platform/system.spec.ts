import { HandClock } from './clocks.js';
import { SystemIds } from './system.js';

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
