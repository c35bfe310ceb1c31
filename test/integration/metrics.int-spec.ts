import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Transactions } from '../../src/platform/database/transactions.js';
import { RequestWatch } from '../../src/platform/observability/request-watch.js';
import { noteRun } from '../../src/platform/observability/last-runs.js';
import { Config } from '../../src/platform/config.js';
import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse, MONDAY } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { MARKERS, markersIn } from '../support/markers.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';

const TOKEN = 'a-token-of-the-tests-alone';
/** A password takes longer to compare than anything else at the door. */
const NOBODY = { login: 'nobody', password: 'not-the-password' };
const ANOTHER = { login: 'another', password: 'not-the-password' };
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7/;

describe.each(kinds)('$name', (kind) => {
  let house: House;

  beforeAll(async () => {
    house = await givenHouse(kind);
    const village = await givenVillage(house);
    await givenCase(village, { at: 'VOTING', applicant: { name: MARKERS.name, idNumber: MARKERS.id } });
    house.clock.advance({ days: 20 });
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const read = async (of: House, headers: Record<string, string> = {}) =>
    of.app.inject({ url: '/metrics', headers });
  const valueIn = (text: string, line: string): number => {
    const found = text.split('\n').find((each) => each.startsWith(`${line} `));
    if (found === undefined) throw new Error(`There is no ${line}`);
    return Number(found.split(' ').at(-1));
  };

  it('counts requests by the template of their route and by status, and holds no id and nobody', async () => {
    await house.app.inject('/n/K7M4Q2XD');
    await house.app.inject('/n/ZZZZ9999');
    await noteRun(house.get(Config).dataDir, 'verify', { at: '2026-03-02T01:00:00.000Z', findings: 3 });
    const { statusCode, body, headers } = await read(house);
    expect([statusCode, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(valueIn(body, 'huzhu_request_seconds_count{method="GET",route="/n/:code",status="404"}')).toBe(2);
    expect(body).not.toContain('ZZZZ9999');
    expect([markersIn(body), UUID.test(body)]).toEqual([[], false]);
    expect(valueIn(body, 'huzhu_overdue_duties{kind="CLOSE_ROUND"}')).toBe(1);
    expect(valueIn(body, 'huzhu_last_verify_findings')).toBe(3);
    expect(valueIn(body, 'huzhu_last_verify_timestamp_seconds')).toBe(
      Date.parse('2026-03-02T01:00:00Z') / 1000,
    );
    expect(body).not.toMatch(/^huzhu_last_backup_findings /m);
    for (const name of ['messages', 'webhooks', 'seal'])
      expect(valueIn(body, `huzhu_${name}_waiting`)).toBeGreaterThanOrEqual(0);
    expect(valueIn(body, 'huzhu_seal_waiting')).toBeGreaterThan(0);
    expect(valueIn(body, 'huzhu_disk_free_bytes')).toBeGreaterThan(0);
    expect(body).toContain('nodejs_eventloop_lag_seconds');
    if (kind.name === 'mariadb') expect(valueIn(body, 'huzhu_pool_connections')).toBeGreaterThan(0);
  });

  it('is there for this machine alone, or for whoever has the token', async () => {
    expect((await read(house, { 'x-forwarded-for': '203.0.113.9' })).statusCode).toBe(404);
    expect((await house.app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(404);
    const locked = await givenHouse(kind, undefined, { settings: { METRICS_TOKEN: TOKEN } });
    expect((await read(locked)).statusCode).toBe(404);
    expect((await read(locked, { authorization: `Bearer ${TOKEN}x` })).statusCode).toBe(404);
    expect((await read(locked, { authorization: `Bearer ${TOKEN}` })).statusCode).toBe(200);
    await locked.close();
  });

  it('is ready, and says how far the outbox is behind', async () => {
    const answer = await house.app.inject('/readyz');
    const { info } = answer.json<{ info: Record<string, { status: string }> }>();
    expect(answer.statusCode).toBe(200);
    expect(Object.keys(info).sort()).toEqual([
      'clock',
      'database',
      'disk',
      'migrations',
      'outbox',
      'serving',
    ]);
  });

  it('is not ready where a migration is not run, and names no cause beyond that; control: put back, it is', async () => {
    const intruder = await intruderIn(house.dataSource);
    await intruder.undoing(['migrations'], async () => {
      await intruder.run(`DELETE FROM migrations WHERE name LIKE 'CreateSeal%'`);
      const answer = await house.app.inject('/readyz');
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
      expect(answer.json()).toMatchObject({ error: { migrations: { status: 'down', pending: 1 } } });
    });
    await intruder.close();
    expect((await house.app.inject('/readyz')).statusCode).toBe(200);
  });

  it('is asked as often as anybody likes; control: a page is not', async () => {
    const narrow = await givenHouse(kind, MONDAY, { requestsPerMinute: 3 });
    const statusesOf = async (path: string): Promise<number[]> => {
      const statuses: number[] = [];
      for (let n = 0; n < 5; n += 1) statuses.push((await narrow.app.inject(path)).statusCode);
      return statuses;
    };
    expect(await statusesOf('/readyz')).toEqual([200, 200, 200, 200, 200]);
    expect(await statusesOf('/healthz')).toEqual([200, 200, 200, 200, 200]);
    expect(await statusesOf('/help')).toEqual([200, 200, 200, 429, 429]);
    await narrow.close();
  });

  it('forgets whoever hangs up before the answer, in the midst of the request or after it', async () => {
    const { hostname, port } = new URL(await listening(house));
    const hungUp = async (sent: string): Promise<void> => {
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      socket.write(sent);
      await sleep(30); // a password takes longer to compare
      socket.destroy();
    };
    const body = JSON.stringify(NOBODY);
    const head = `POST /api/v1/sessions HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\n`;
    for (let n = 0; n < 5; n += 1) {
      await hungUp(`${head}Content-Length: ${body.length}\r\n\r\n${body}`);
      await hungUp(`${head}Content-Length: 1000\r\n\r\n${body}`);
      await hungUp('GET /help HTTP/1.1\r\nHost: x\r\n\r\n');
    }
    let left = Number.POSITIVE_INFINITY;
    for (let n = 0; n < 100 && left > 1; n += 1) {
      await sleep(50);
      left = valueIn((await read(house)).body, 'huzhu_requests_under_way');
    }
    expect(left).toBe(1); // the one that asks
  });

  it('turns away what is too much with a 503 that says when to come again, and looks after itself all the same', async () => {
    const watch = house.get(RequestWatch);
    const usual = watch.mostAtOnce;
    watch.mostAtOnce = 0;
    const [page, api] = [await house.app.inject('/help'), await house.app.inject('/api/v1/seal/head')];
    expect([page.statusCode, page.headers['retry-after']]).toEqual([503, '2']);
    expect(page.body).toContain('请过几秒原样再交一次');
    expect(api.headers['content-type']).toContain('application/problem+json');
    expect(api.json()).toMatchObject({ status: 503, code: 'TRY_AGAIN' });
    expect((await house.app.inject('/healthz')).statusCode).toBe(200);
    watch.mostAtOnce = usual;
    expect((await house.app.inject('/help')).statusCode).toBe(200);
    expect(valueIn((await read(house)).body, 'huzhu_requests_turned_away_total')).toBe(2);
    expect(valueIn((await read(house)).body, 'huzhu_requests_under_way')).toBe(1); // this one
  });

  it('answers whoever waits too long with a 503, and goes on when the answer comes after all; control: in time, the page', async () => {
    const watch = house.get(RequestWatch);
    const usual = watch.longestMs;
    watch.longestMs = 1;
    const answered = new AbortController();
    // The embedded database lets one unit write at a time; a server is a line away.
    const holding = house.get(Transactions).run(async () => {
      if (!answered.signal.aborted) await once(answered.signal, 'abort');
    });
    const late = await house.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: ANOTHER });
    expect([late.statusCode, late.headers['retry-after']]).toEqual([503, '2']);
    expect(late.json()).toMatchObject({ status: 503, code: 'TRY_AGAIN' });
    answered.abort();
    await holding;
    watch.longestMs = usual;
    const again = await house.app.inject({ method: 'POST', url: '/api/v1/sessions', payload: ANOTHER });
    expect(again.statusCode).toBe(422); // there is nobody of that name
    expect(valueIn((await read(house)).body, 'huzhu_requests_under_way')).toBe(1); // this one
  });

  it('closes when what is under way has its answer, and is not ready from the signal on', async () => {
    const ending = await givenHouse(kind);
    const watch = ending.get(RequestWatch);
    const steps: string[] = [];
    const ended = ending.app
      .inject('/verify')
      .then(({ statusCode }) => steps.push(`answered ${String(statusCode)}`));
    await new Promise(setImmediate);
    const waited = watch.beforeApplicationShutdown('SIGTERM').then(() => steps.push('may close'));
    expect(watch.isDraining).toBe(true);
    const { statusCode, body } = await ending.app.inject('/readyz');
    expect([statusCode, body.includes('draining')]).toEqual([503, true]);
    await Promise.all([ended, waited]);
    expect(steps).toEqual(['answered 200', 'may close']);
    await ending.close();
  });
});
