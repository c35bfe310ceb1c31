import {
  LEASE_MS,
  MOST_TRIES,
  nextTryAt,
  RETRY_AFTER_MS,
  sendableFrom,
  tomorrowMorning,
} from './delivery.js';

it.each([
  ['21:59, the last minute', '2026-03-06T13:59:59.999Z', '2026-03-06T13:59:59.999Z'],
  ['22:00, the first of the night', '2026-03-06T14:00:00.000Z', '2026-03-06T23:00:00.000Z'],
  ['midnight: the morning of the day that begins', '2026-03-06T16:00:00.000Z', '2026-03-06T23:00:00.000Z'],
  ['6:59, the last of the night', '2026-03-06T22:59:59.999Z', '2026-03-06T23:00:00.000Z'],
  ['7:00, the first minute', '2026-03-06T23:00:00.000Z', '2026-03-06T23:00:00.000Z'],
  ['the last night of a year', '2026-12-31T15:30:00.000Z', '2026-12-31T23:00:00.000Z'],
])('%s', (_, at, sendable) => {
  expect(sendableFrom(new Date(at)).toISOString()).toBe(sendable);
});

it('tries a while later each time, never at night, and then gives up', () => {
  const failedAt = new Date('2026-03-06T13:58:30.000Z');
  expect(nextTryAt(1, failedAt)?.toISOString()).toBe('2026-03-06T13:59:30.000Z');
  expect(nextTryAt(2, failedAt)?.toISOString()).toBe('2026-03-06T23:00:00.000Z');
  expect(nextTryAt(MOST_TRIES - 1, failedAt)).not.toBeNull();
  expect(nextTryAt(MOST_TRIES, failedAt)).toBeNull();
  expect([...RETRY_AFTER_MS].sort((a, b) => a - b)).toEqual(RETRY_AFTER_MS);
});

it('keeps a lease longer than an operator may take', () => {
  expect(LEASE_MS).toBeGreaterThan(2 * 10_000);
});

it('means seven in the morning by tomorrow', () => {
  expect(tomorrowMorning(new Date('2026-03-06T15:59:00.000Z')).toISOString()).toBe(
    '2026-03-06T23:00:00.000Z',
  );
  expect(tomorrowMorning(new Date('2026-03-06T16:00:00.000Z')).toISOString()).toBe(
    '2026-03-07T23:00:00.000Z',
  );
});
