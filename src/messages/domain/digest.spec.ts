import { digestDay, isOfToday, spanOf } from './digest.js';

it.each([
  ['duties', '07:59', '2026-03-05T23:59:59.000Z', null],
  ['duties', '08:00', '2026-03-06T00:00:00.000Z', '2026-03-06'],
  ['duties', '19:59', '2026-03-06T11:59:59.000Z', '2026-03-06'],
  ['duties', '20:00', '2026-03-06T12:00:00.000Z', null],
  ['gifts', '17:59', '2026-03-06T09:59:59.000Z', null],
  ['gifts', '18:00', '2026-03-06T10:00:00.000Z', '2026-03-06'],
  ['gifts', '21:30', '2026-03-06T13:30:00.000Z', null],
] as const)('%s at %s', (kind, _, at, day) => {
  expect(digestDay(kind, new Date(at))).toBe(day);
});

it('goes on where the last sum ended, and leaves the last minute to the next', () => {
  const now = new Date('2026-03-06T10:00:00.000Z');
  const first = spanOf(now, null);
  expect(first.untilAt.toISOString()).toBe('2026-03-06T09:59:00.000Z');
  expect(first.fromAt.toISOString()).toBe('2026-03-05T09:59:00.000Z');
  const next = spanOf(new Date('2026-03-07T10:00:00.000Z'), first.untilAt);
  expect(next.fromAt).toEqual(first.untilAt);
  expect(isOfToday(next)).toBe(true);
  expect(isOfToday(spanOf(new Date('2026-03-08T10:00:00.000Z'), first.untilAt))).toBe(false);
});
