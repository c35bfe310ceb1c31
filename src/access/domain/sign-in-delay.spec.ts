import { OF_A_NETWORK, OF_AN_ACCOUNT, OF_TEXTS, turnAt, waitAfter } from './sign-in-delay.js';
import type { DelayRule, Tries } from './sign-in-delay.js';

const start = new Date('2026-11-22T10:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);

it.each([
  [0, 0],
  [1, 0],
  [3, 0],
  [4, 60],
  [5, 120],
  [7, 480],
  [8, 900],
  [500, 900],
])('after try %i the wait is %i seconds', (tries, seconds) => {
  expect(waitAfter(tries)).toBe(seconds);
});

/** Somebody who guesses again the very second that it is possible. */
function guessesWithin(seconds: number, rule: DelayRule = OF_AN_ACCOUNT): number {
  let before: Tries | null = null;
  let guesses = 0;
  for (let at = 0; at < seconds; at++) {
    for (let turn = turnAt(after(at), before, rule); turn.may; turn = turnAt(after(at), before, rule)) {
      before = { tries: turn.tries, lastAt: after(at), blockedUntil: turn.blockedUntil };
      guesses++;
    }
  }
  return guesses;
}

it('looks at no more than ten guesses in the first hour, and at four in each later one', () => {
  expect(guessesWithin(3600)).toBe(10);
  expect(guessesWithin(2 * 3600)).toBe(14);
});

it('never locks: the wait ends, whatever came before', () => {
  const blocked = { tries: 10_000, lastAt: start, blockedUntil: after(900) };
  expect(turnAt(after(1), blocked)).toEqual({ may: false, waitSeconds: 899 });
  expect(turnAt(after(900), blocked)).toMatchObject({ may: true });
});

it('forgets after a day without tries', () => {
  const long = { tries: 9, lastAt: start, blockedUntil: after(900) };
  expect(turnAt(after(86_399), long)).toMatchObject({ may: true, tries: 10 });
  expect(turnAt(after(86_400), long)).toMatchObject({ may: true, tries: 1 });
});

it('looks at 60 wrong tries of one network at once, then at three a minute', () => {
  expect(guessesWithin(1, OF_A_NETWORK)).toBe(60);
  expect(guessesWithin(3600, OF_A_NETWORK)).toBe(60 + 179);
});

it('forgets a network after an hour', () => {
  const many = { tries: 500, lastAt: start, blockedUntil: after(20) };
  expect(turnAt(after(19), many, OF_A_NETWORK)).toEqual({ may: false, waitSeconds: 1 });
  expect(turnAt(after(3599), many, OF_A_NETWORK)).toMatchObject({ may: true, tries: 501 });
  expect(turnAt(after(3600), many, OF_A_NETWORK)).toMatchObject({ may: true, tries: 1 });
});

it('texts five codes to one phone in the first quarter of an hour, then one an hour', () => {
  expect(guessesWithin(15 * 60, OF_TEXTS)).toBe(5);
  expect(guessesWithin(2 * 3600, OF_TEXTS)).toBe(6);
});

it('G23 a wait that was set by a clock a day ahead binds nobody, and forgets no try', () => {
  const ahead = { tries: 10, lastAt: after(86_400), blockedUntil: after(86_400 + 900) };
  expect(turnAt(start, ahead)).toEqual({ may: true, tries: 11, blockedUntil: after(900) });
  const little = { tries: 10, lastAt: after(200), blockedUntil: after(1100) };
  expect(turnAt(start, little)).toEqual({ may: false, waitSeconds: 1100 });
});
