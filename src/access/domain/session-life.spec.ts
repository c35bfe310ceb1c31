import { isAlive, isToBeSeen } from './session-life.js';

const startedAt = new Date('2026-11-01T00:00:00Z');
const after = (hours: number) => new Date(startedAt.getTime() + hours * 3_600_000);

it.each`
  kept     | seen   | now       | alive    | because
  ${true}  | ${0}   | ${719.99} | ${true}  | ${'one’s own phone is known for thirty days, used or not'}
  ${true}  | ${719} | ${720}    | ${false} | ${'and not for longer, however much it is used'}
  ${false} | ${0}   | ${11.99}  | ${true}  | ${'a shared computer waits twelve hours'}
  ${false} | ${0}   | ${12}     | ${false} | ${'and then asks again'}
  ${false} | ${11}  | ${22}     | ${true}  | ${'each use begins the twelve hours anew'}
  ${false} | ${719} | ${720}    | ${false} | ${'thirty days are the end of every session'}
`('$because', ({ kept, seen, now, alive }: { kept: boolean; seen: number; now: number; alive: boolean }) => {
  expect(isAlive({ kept, startedAt, seenAt: after(seen) }, after(now))).toBe(alive);
});

it('writes a use down every ten minutes', () => {
  const life = { kept: false, startedAt, seenAt: startedAt };
  expect([isToBeSeen(life, after(0.16)), isToBeSeen(life, after(0.17))]).toEqual([false, true]);
  expect(isToBeSeen({ ...life, kept: true }, after(100))).toBe(false);
});
