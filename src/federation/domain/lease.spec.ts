import { isHeld, isHeldByAnother, leaseUntil, minutesLeft, wantsRenewal } from './lease.js';

const now = new Date('2026-03-02T01:00:00.000Z');
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const lease = { holderAccount: 'me', untilAt: leaseUntil(now) };

it.each`
  minutes | held     | words | because
  ${0}    | ${true}  | ${10} | ${'ten minutes from its first'}
  ${9.5}  | ${true}  | ${1}  | ${'half a minute is said as one'}
  ${10}   | ${false} | ${0}  | ${'at its last instant it is over'}
`(
  'after $minutes minutes: $held, $because',
  ({ minutes, held, words }: { minutes: number; held: boolean; words: number }) => {
    expect([isHeld(lease, after(minutes)), minutesLeft(lease, after(minutes))]).toEqual([held, words]);
  },
);

it('keeps others out, and only others, and only while it holds', () => {
  expect(isHeldByAnother(lease, 'you', now)).toBe(true);
  expect(isHeldByAnother(lease, 'me', now)).toBe(false);
  expect(isHeldByAnother(lease, 'you', after(10))).toBe(false);
  expect(isHeldByAnother(null, 'you', now)).toBe(false);
});

it('G23 one that was taken by a clock a day ahead keeps nobody out', () => {
  const ahead = { holderAccount: 'me', untilAt: after(24 * 60 + 10) };
  expect(isHeldByAnother(ahead, 'you', now)).toBe(false);
  expect(isHeldByAnother({ ...ahead, untilAt: after(20) }, 'you', now)).toBe(true);
});

it('is lengthened once a minute at most', () => {
  expect([
    wantsRenewal(lease, after(0.5)),
    wantsRenewal(lease, after(2)),
    wantsRenewal(lease, after(11)),
  ]).toEqual([false, true, false]);
});
