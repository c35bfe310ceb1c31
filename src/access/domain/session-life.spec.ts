import { isAlive, isToBeSeen } from './session-life.js';

const startedAt = new Date('2026-11-01T00:00:00Z');
const after = (hours: number) => new Date(startedAt.getTime() + hours * 3_600_000);

it.each`
  kept     | isConsole | seen     | now       | alive    | because
  ${true}  | ${false}  | ${0}     | ${719.99} | ${true}  | ${'one’s own phone is known for thirty days, used or not'}
  ${true}  | ${false}  | ${719}   | ${720}    | ${false} | ${'and not for longer, however much it is used'}
  ${false} | ${false}  | ${0}     | ${11.99}  | ${true}  | ${'a shared computer waits twelve hours'}
  ${false} | ${false}  | ${0}     | ${12}     | ${false} | ${'and then asks again'}
  ${false} | ${false}  | ${11}    | ${22}     | ${true}  | ${'each use begins the twelve hours anew'}
  ${false} | ${false}  | ${719}   | ${720}    | ${false} | ${'thirty days are the end of every session'}
  ${true}  | ${true}   | ${1}     | ${1.49}   | ${true}  | ${'staff may go away for less than half an hour'}
  ${true}  | ${true}   | ${1}     | ${1.5}    | ${false} | ${'and not for longer, kept or not'}
  ${false} | ${true}   | ${11.9}  | ${11.99}  | ${true}  | ${'staff work up to twelve hours on end'}
  ${false} | ${true}   | ${11.99} | ${12}     | ${false} | ${'and then sign in again, however busy'}
  ${true}  | ${false}  | ${0}     | ${-0.08}  | ${true}  | ${'another machine may be a little ahead'}
  ${true}  | ${false}  | ${0}     | ${-24}    | ${false} | ${'G23 what a clock opened that ran a day ahead would live a day longer'}
  ${false} | ${false}  | ${24}    | ${12}     | ${true}  | ${'G23 a use that was written down ahead ends nobody’s session'}
`(
  '$because',
  ({
    kept,
    isConsole,
    seen,
    now,
    alive,
  }: Record<'kept' | 'isConsole' | 'alive', boolean> & Record<'seen' | 'now', number>) => {
    expect(isAlive({ kept, isConsole, startedAt, seenAt: after(seen) }, after(now))).toBe(alive);
  },
);

it.each([
  [false, 0.16, false],
  [false, 0.17, true],
  [true, 0.08, false],
  [true, 0.09, true],
])('writes a use down every ten minutes, of staff (%s) every five', (isConsole, hours, toBeSeen) => {
  for (const kept of [true, false])
    expect(isToBeSeen({ kept, isConsole, startedAt, seenAt: startedAt }, after(hours))).toBe(toBeSeen);
});
