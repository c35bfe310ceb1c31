import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { HandClock } from './clocks.js';
import { clockDoubts, clockNote, confirmClock, wordsOfDoubt } from './clock-note.js';
import { ClockInDoubt, ClockWatch } from './clock-watch.js';
import { SystemClock } from './system.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const BEGAN = Date.parse('2026-03-02T01:00:00Z');

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'huzhu-clock-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

/** A machine whose time passes, and whose clock is set; its database lies `databaseMs` ahead of the true time, where it has a clock. */
function given({ databaseMs = null as number | null } = {}) {
  const machine = { passedMs: 0, offMs: 0, databaseMs };
  const clock = new SystemClock(() => BEGAN + machine.passedMs + machine.offMs);
  const rows = {
    options: { type: databaseMs === null ? 'better-sqlite3' : 'mysql' },
    query: () => Promise.resolve([{ at: new Date(BEGAN + machine.passedMs + (machine.databaseMs ?? 0)) }]),
  } as unknown as DataSource;
  const start = () => new ClockWatch(clock, dataDir, rows, () => machine.passedMs);
  return { machine, clock, start, watch: start() };
}

it.each([
  ['time passes', 10 * DAY_MS, 0, null],
  ['the machine slept for a night: its own count goes on', 9 * HOUR_MS, 0, null],
  ['NTP sets it by a second', MINUTE_MS, 1000, null],
  ['it is set by five minutes', MINUTE_MS, 5 * MINUTE_MS, null],
  ['it is set ahead by an hour', MINUTE_MS, HOUR_MS, 'the clock jumped ahead by 60 minutes'],
  ['it is set ahead by a day', MINUTE_MS, DAY_MS, 'the clock jumped ahead by 24 hours'],
  ['it is set ahead by a year', MINUTE_MS, 365 * DAY_MS, 'the clock jumped ahead by 365 days'],
  ['it is set back by an hour', MINUTE_MS, -HOUR_MS, 'the clock jumped back by 60 minutes'],
  ['it is set back by a day', MINUTE_MS, -DAY_MS, 'the clock jumped back by 24 hours'],
])('G23 %s', (_what, passedMs, offMs, words) => {
  const { machine, watch } = given();
  expect(watch.doubt()).toBeNull();
  Object.assign(machine, { passedMs, offMs });
  const doubt = watch.doubt();
  expect(doubt && wordsOfDoubt(doubt)).toBe(words);
  if (words === null)
    expect(() => {
      watch.refuse();
    }).not.toThrow();
  else
    expect(() => {
      watch.refuse();
    }).toThrow(ClockInDoubt);
  expect(watch.now().getTime()).toBe(BEGAN + passedMs + (words === null ? offMs : 0));
  machine.offMs = 0;
  machine.passedMs += 2 * DAY_MS;
  expect(watch.doubt()).toBeNull(); // right again, it is believed by itself
});

it('stays in doubt however long a wrong clock goes on evenly', () => {
  const { machine, watch } = given();
  watch.refuse();
  machine.offMs = DAY_MS;
  for (let n = 0; n < 10; n++) {
    machine.passedMs += DAY_MS;
    expect(watch.doubt()).toMatchObject({ why: 'jumped', byMs: DAY_MS });
  }
});

it('a clock that is moved by hand is believed: of a test, of the demo', () => {
  const clock = new HandClock(new Date(BEGAN));
  const watch = new ClockWatch(clock, dataDir, {} as DataSource, () => 0);
  expect(watch.doubt()).toBeNull();
  clock.advance({ days: 400 });
  expect(watch.doubt()).toBeNull();
});

it.each([
  ['two seconds behind', -1999, null],
  ['two seconds ahead', 2000, 'the clocks of program and database are 2 s apart'],
  ['an hour behind', -HOUR_MS, 'the clocks of program and database are 60 minutes apart'],
])('a database that is %s', async (_what, databaseMs, words) => {
  const { machine, watch } = given({ databaseMs });
  const doubt = await watch.look();
  expect(doubt && wordsOfDoubt(doubt)).toBe(words);
  machine.databaseMs = 0;
  expect(await watch.look()).toBeNull();
});

it('a machine that begins in the past lets nobody write until its clock has been set', async () => {
  const first = given();
  await first.watch.look();
  const { machine, watch } = given();
  machine.offMs = -3650 * DAY_MS;
  expect(watch.doubt()).toMatchObject({ why: 'behind' });
  await watch.look();
  machine.offMs = 0;
  expect(await watch.look()).toBeNull();
  machine.offMs = DAY_MS;
  expect(watch.doubt()).toMatchObject({ why: 'jumped' });
});

it('says for doctor since when, and a person who has looked is believed, but not one who looked before', async () => {
  const { machine, clock, watch } = given();
  await watch.look();
  confirmClock(dataDir, new Date(BEGAN + DAY_MS));
  machine.offMs = DAY_MS;
  expect(await watch.look()).toMatchObject({ why: 'jumped' });
  expect(clockNote(dataDir)).toEqual({ at: new Date(BEGAN).toISOString() });
  expect(clockDoubts(dataDir, clock.now())).toEqual([{ why: 'jumped', byMs: DAY_MS }]);
  expect(await watch.look()).toMatchObject({ why: 'jumped' });
  confirmClock(dataDir, clock.now());
  expect(await watch.look()).toBeNull();
  expect(clockNote(dataDir)).toEqual({ at: clock.now().toISOString() });
  expect(clockDoubts(dataDir, clock.now())).toEqual([]);
});

it('a clock that was ahead at the last run, and is right now, waits for a person as well', async () => {
  const first = given();
  first.machine.offMs = 30 * DAY_MS;
  await first.watch.look();
  const { clock, watch } = given();
  expect(await watch.look()).toMatchObject({ why: 'behind' });
  confirmClock(dataDir, clock.now());
  expect(await watch.look()).toBeNull();
});

it('a person who has looked while no program ran is believed at the next start, however late that is', async () => {
  const first = given();
  first.machine.offMs = 30 * DAY_MS;
  await first.watch.look();
  const { machine, clock, start } = given();
  expect(clockDoubts(dataDir, clock.now())).toEqual([{ why: 'behind', byMs: -30 * DAY_MS }]);
  confirmClock(dataDir, clock.now());
  expect(clockDoubts(dataDir, clock.now())).toEqual([]);
  machine.passedMs = HOUR_MS;
  const watch = start();
  expect(await watch.look()).toBeNull();
  machine.offMs = -2 * HOUR_MS; // before what was confirmed and believed since
  expect(start().doubt()).toMatchObject({ why: 'behind', byMs: -2 * HOUR_MS });
});

it('of two processes with one data directory both hear the word of a person, and each has a doubt of its own', async () => {
  const { machine, clock, watch, start } = given();
  const other = start();
  expect([await watch.look(), await other.look()]).toEqual([null, null]);
  machine.offMs = DAY_MS;
  await watch.look();
  expect(clockDoubts(dataDir, clock.now())).toHaveLength(1);
  await other.look();
  expect(clockDoubts(dataDir, clock.now())).toHaveLength(2);
  confirmClock(dataDir, clock.now());
  expect(await watch.look()).toBeNull();
  machine.passedMs += MINUTE_MS;
  expect(await watch.look()).toBeNull(); // notes what it believes, and takes nothing from the other
  expect(clockDoubts(dataDir, clock.now())).toEqual([{ why: 'jumped', byMs: DAY_MS }]);
  expect(other.doubt()).toMatchObject({ why: 'jumped' });
  expect(await other.look()).toBeNull();
  expect(clockDoubts(dataDir, clock.now())).toEqual([]);
  machine.offMs = 0;
  expect([await watch.look(), await other.look()]).toMatchObject([{ why: 'jumped' }, { why: 'jumped' }]);
  watch.end();
  other.end();
  expect(readdirSync(dataDir).sort()).toEqual(['clock-confirmed.json', 'clock.json']);
});

it('what a killed process said of the clock is passed over after two minutes, by its own time and by the disk', async () => {
  const { machine, clock, watch } = given();
  await watch.look();
  machine.offMs = DAY_MS;
  await watch.look();
  const [said] = readdirSync(dataDir).filter((name) => name.startsWith('clock-doubt-'));
  const written = (at: Date) => {
    utimesSync(join(dataDir, said ?? ''), at, at);
  };
  const later = new Date(clock.now().getTime() + 3 * MINUTE_MS);
  written(later);
  expect(clockDoubts(dataDir, later)).toHaveLength(1);
  written(clock.now());
  expect(clockDoubts(dataDir, later)).toEqual([]);
  expect(clockDoubts(dataDir, clock.now())).toHaveLength(1);
});

it.each([
  ['both by a minute: it is nobody’s fault', -MINUTE_MS, -MINUTE_MS, null],
  ['its own by a minute', -MINUTE_MS, 0, 'the clocks of program and database are 60 s apart'],
  ['the database’s by a minute', 0, -MINUTE_MS, 'the clocks of program and database are 60 s apart'],
])('set back, %s', async (_what, offMs, databaseMs, words) => {
  const { machine, watch } = given({ databaseMs: 0 });
  expect(await watch.look()).toBeNull();
  Object.assign(machine, { passedMs: 10_000, offMs, databaseMs });
  const doubt = await watch.look();
  expect(doubt && wordsOfDoubt(doubt)).toBe(words);
});

it('where nothing can be noted it goes on all the same', async () => {
  const { machine, watch } = given();
  rmSync(dataDir, { recursive: true });
  writeFileSync(dataDir, 'a file where the folder was');
  expect(await watch.look()).toBeNull();
  machine.offMs = DAY_MS;
  expect(await watch.look()).toMatchObject({ why: 'jumped' });
});
