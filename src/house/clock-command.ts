import { clockDoubts, confirmClock, wordsOfDoubt } from '../platform/clock-note.js';
import type { Doubt } from '../platform/clock-note.js';
import { Config } from '../platform/config.js';
import type { Environment } from '../platform/config.js';
import { SystemClock } from '../platform/system.js';
import { LOOK_EVERY_MS } from './clock-look.js';
import type { Add, Answer } from './command-answer.js';

const LOOK = `${String(LOOK_EVERY_MS / 1000)} seconds`;

/** For a clock that was wrong before, and is right now: nobody but a person can know that. */
export function addClock(add: Add, environment: Environment): void {
  add(
    'clock:confirm',
    'somebody has looked: the clock of this machine is right; the programs that doubt it go on',
    () => confirmed(new Config(environment).dataDir, new SystemClock().now()),
  );
}

/** It is noted only where there is something to lift, and where a word can lift it. */
export function confirmed(dataDir: string, now: Date): Answer {
  const at = now.toISOString();
  const doubts = clockDoubts(dataDir, now);
  const isApart = doubts.some(({ why }) => why === 'apart');
  const isNoted = doubts.length > 0 && !isApart;
  if (isNoted) confirmClock(dataDir, now);
  return {
    status: isApart ? 1 : 0,
    lines: [...wordsOf(doubts), ...adviceFor(isApart, isNoted, at)],
    json: { at, doubts, isNoted },
  };
}

/** Two processes on one machine have mostly the same to say. */
const wordsOf = (doubts: readonly Doubt[]): string[] => [
  ...new Set(doubts.map((doubt) => `in doubt: ${wordsOfDoubt(doubt)}`)),
];

function adviceFor(isApart: boolean, isNoted: boolean, at: string): string[] {
  if (isApart)
    return [
      `the clock says ${at}, and the database says otherwise: nobody's word lifts that`,
      'set both clocks right; what is in doubt then still may be confirmed',
    ];
  if (isNoted)
    return [
      `noted that the clock is right, which says ${at}: each program goes on at its next look, within ${LOOK}`,
    ];
  return [
    `no program has said that it doubts the clock, which says ${at}: nothing was noted`,
    `was it set just now? a program looks every ${LOOK}: ask again then`,
  ];
}
