import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SchedulerRegistry } from '@nestjs/schedule';
import { createApp } from '../../src/app.js';
import { ClockLook } from '../../src/house/clock-look.js';
import { clockDoubts, confirmClock } from '../../src/platform/clock-note.js';
import { ClockWatch } from '../../src/platform/clock-watch.js';
import { Config } from '../../src/platform/config.js';
import { SystemClock, SystemIds } from '../../src/platform/system.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';

const DAY_MS = 24 * 3_600_000;

/** What the proxy before a single program asks, and what the image asks of itself. */
const askedIn = (file: string, address: RegExp): string =>
  address.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
const PROXY_ASKS = askedIn('deploy/Caddyfile', /health_uri (\S+)/);
const IMAGE_ASKS = askedIn('Dockerfile', /127\.0\.0\.1:3000(\/\w+)/);

/** As `compose.yaml` has it: one program answers people and does nothing by the clock (TIMERS=off). */
describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataDir: string;
  let app: NestFastifyApplication;
  let offMs = 0;
  const clock = new SystemClock(() => Date.now() + offMs);

  let isClosed = false;
  const close = async () => {
    if (!isClosed) await app.close();
    isClosed = true;
  };

  beforeAll(async () => {
    database = await kind.create();
    await (await migrated(database)).destroy();
    dataDir = mkdtempSync(join(tmpdir(), 'huzhu-look-'));
    const config = new Config({ DATABASE_URL: database.url, HUZHU_DATA_DIR: dataDir, TIMERS: 'off' });
    app = await createApp({ config, clock, ids: new SystemIds(clock), root: process.cwd() });
  });
  afterAll(async () => {
    await close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const look = () => app.get(ClockLook, { strict: false }).look();
  const statusOf = async (url: string) => (await app.inject(url)).statusCode;

  it('a process without timers looks at the clock by itself, and does nothing else', () => {
    expect(app.get(SchedulerRegistry, { strict: false }).getIntervals()).toEqual(['clockLook']);
  });

  it('a clock in doubt: not ready, but the one program there is is asked for all the same, and its pages are read; doctor hears of it from this process too', async () => {
    await look();
    expect(await statusOf('/readyz')).toBe(200);
    offMs = DAY_MS;
    await look();
    expect(clockDoubts(dataDir, clock.now())).toContainEqual({
      why: 'jumped',
      byMs: expect.any(Number) as number,
    });
    expect(await Promise.all(['/readyz', PROXY_ASKS, IMAGE_ASKS, '/sign-in'].map(statusOf))).toEqual([
      503, 200, 200, 200,
    ]);
  });

  it('goes on by the word of a person, save where the database says otherwise', async () => {
    confirmClock(dataDir, clock.now());
    await look();
    expect(app.get(ClockWatch).doubt()?.why).toBe(kind.name === 'sqlite' ? undefined : 'apart');
  });

  it('says no more of the clock once it has ended', async () => {
    offMs = 0;
    await look();
    expect(clockDoubts(dataDir, clock.now())).toMatchObject([{ why: 'jumped' }]);
    await close();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('clock-doubt-'))).toEqual([]);
  });
});
