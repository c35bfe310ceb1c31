import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dayOf } from '../../src/kernel/day.js';
import { kinds } from '../support/databases.js';
import { isEverywhere } from './support/counts.js';
import { Endings } from './support/endings.js';
import { audited, endGround, givenGround } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import { freePort, ServerChild } from './support/server-child.js';

const ZONES = [
  'UTC',
  'America/New_York',
  'Asia/Shanghai',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Antarctica/Troll',
];

/** China's day and clock of an instant, wherever the machine believes to be, and in the summers that had a time of their own. */
const INSTANTS: readonly [why: string, instant: string, day: string, time: string][] = [
  ['an hour that New York skips', '2026-03-08T07:30:00Z', '2026-03-08', '15:30'],
  ['an hour that New York has twice, the first', '2026-11-01T05:30:00Z', '2026-11-01', '13:30'],
  ['and the second', '2026-11-01T06:30:00Z', '2026-11-01', '14:30'],
  ['midnight in China on that day', '2026-11-01T16:00:00Z', '2026-11-02', '00:00'],
  ['China’s first summer time began: a day is a day', '1986-05-03T18:30:00Z', '1986-05-04', '02:30'],
  ['23:30 by the sun, 0:30 by the clocks of that summer', '1988-07-01T15:30:00Z', '1988-07-01', '23:30'],
  ['its last summer time ended', '1991-09-14T17:30:00Z', '1991-09-15', '01:30'],
  ['the day that Samoa left out', '2011-12-30T12:00:00Z', '2011-12-30', '20:00'],
  ['the second before the last leap second', '2016-12-31T23:59:59Z', '2017-01-01', '07:59'],
  ['and the one after it', '2017-01-01T00:00:00Z', '2017-01-01', '08:00'],
];

const SCRIPT = `
  const { dayOf, timeOf, startOfDay, endOfDay, addDays, daysBetween, weekdayOf } = await import(process.argv[1]);
  const instants = JSON.parse(process.argv[2]);
  const rows = instants.map((text) => {
    const at = new Date(text);
    const of = dayOf(at);
    return [of, timeOf(at), startOfDay(of).toISOString(), endOfDay(of) - startOfDay(of), addDays(of, 1), weekdayOf(of)];
  });
  console.log(JSON.stringify([rows, daysBetween('1986-01-01', '1992-01-01'), new Date(0).getTimezoneOffset()]));`;

type Told = [rows: [string, string, string, number, string, number][], days: number, offset: number];

function toldIn(zone: string): Told {
  const kernel = pathToFileURL(join(process.cwd(), 'dist', 'src', 'kernel', 'day.js')).href;
  const args = [
    '--input-type=module',
    '-e',
    SCRIPT,
    kernel,
    JSON.stringify(INSTANTS.map(([, instant]) => instant)),
  ];
  const env = { PATH: process.env['PATH'], TZ: zone };
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' })) as Told;
}

it('days and clock times are China’s in every zone a machine may be set to', () => {
  const offsets = new Set<number>();
  for (const zone of ZONES) {
    const [rows, days, offset] = toldIn(zone);
    offsets.add(offset);
    expect({ zone, told: rows.map(([of, time]) => [of, time]) }).toEqual({
      zone,
      told: INSTANTS.map(([, , of, time]) => [of, time]),
    });
    expect(rows.every(([, , , length]) => length === 24 * 3_600_000)).toBe(true);
    expect(days).toBe(2191);
  }
  expect(offsets.size).toBeGreaterThan(3); // the zones were really set
});

/** What asks the machine for its zone. */
const LOCAL =
  /\.(get(Hours|Minutes|Date|Day|Month|FullYear|TimezoneOffset)|set(Hours|Minutes|Date|Month|FullYear)|toLocale\w*)\(|Intl\.DateTimeFormat|new Date\([^()]*,/;

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts'))
    .map((file) => join(folder, file));

it('no line of the program asks the machine for its zone', () => {
  const found = sources(join(process.cwd(), 'src')).flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => LOCAL.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
  for (const control of ['at.getHours()', 'new Date(2026, 2, 8)', 'at.toLocaleString()'])
    expect(LOCAL.test(control)).toBe(true);
});

const BELIEVED = ['America/New_York', 'Pacific/Apia'];

describe.each(kinds)('$name', (kind) => {
  const only = kind.name === 'sqlite' ? 0 : 1;
  const zones = BELIEVED.filter((_, n) => n === only || isEverywhere);
  const endings = new Endings();
  afterEach(() => endings.run());

  it(`a program whose machine believes to be in ${zones.join(', and then in ')} writes the same rows as one elsewhere`, async () => {
    const earliest = dayOf(new Date());
    const ground = await givenGround(kind);
    endings.add(() => endGround(ground));
    expect([earliest, dayOf(new Date())]).toContain(ground.today); // it may be midnight in China meanwhile
    const port = await freePort();
    let load: Load | undefined;
    for (const TZ of zones) {
      const { database, dataDir } = ground;
      const server = await ServerChild.start({ url: database.url, dataDir, port, environment: { TZ } });
      endings.add(() => server.end());
      load ??= new Load(ground, server.base, await signIn(server.base, ground));
      for (let n = 0; n < 4; n++) await load.give(load.next());
      expect([load.faults, load.unknown.size]).toEqual([[], 0]);
      expect(await load.differing()).toBe(0);
      await server.end();
    }
    if (load) expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
  });
});
