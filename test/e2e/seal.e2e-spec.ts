import { setTimeout as sleep } from 'node:timers/promises';
import { SealQueries, TrailSealer } from '../../src/audit/index.js';
import { SealCheck } from '../../src/audit/seal/seal-file.js';
import { ApiClient, listening, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { FormVisitor } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin } from '../support/officers.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let admin: FormVisitor;

  const stranger = () => new FormVisitor(house.app);
  const printed = async () => (await house.get(SealQueries).printedHead()) ?? '';

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    admin = await signedIn(house, await givenAdmin(house));
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  it('says that nothing is sealed where nothing is', async () => {
    const page = await stranger().get('/seal');
    expect([page.status, page.body.includes('还没有封存过')]).toEqual([200, true]);
    expect((await stranger().get('/verify')).body).not.toContain('封存号');
    const client = new ApiClient(await listening(house), null);
    expect((await client.get('/seal')).body).toEqual({ last: null });
    const file = await stranger().get('/seal/heads.jsonl');
    expect([file.status, file.body.split('\n').length]).toEqual([200, 2]);
  });

  it('warns the administrator while much waits, and says when all is sealed', async () => {
    await givenCase(village, { at: 'SIGNED' });
    house.clock.advance({ minutes: 2 });
    const waiting = await admin.get('/admin/seal');
    expect(waiting.body).toContain('封存没有跟上');
    expect(waiting.body).toContain('seal:export');
    await house.get(TrailSealer).sealDue();
    const sealed = await admin.get('/admin/seal');
    expect(sealed.body).not.toContain('封存没有跟上');
    expect(sealed.body).toContain('没有，都封存好了');
    expect(sealed.body).toContain(await printed());
  });

  it('shows the last head to everybody, on its page and where a notice is verified', async () => {
    for (const path of ['/seal', '/verify'])
      expect((await stranger().get(path)).body).toContain(await printed());
    expect((await stranger().get('/seal')).body).toContain('完整的封存号');
  });

  it('is nothing of the administrator for others', async () => {
    const secretary = await signedIn(house, village.at.secretary.login);
    expect((await secretary.get('/admin/seal')).status).toBe(403);
    expect((await stranger().get('/admin/seal')).status).toBe(303);
  });

  it('prints the head on a notice that is signed now, on its public page too', async () => {
    const { code } = await givenCase(village, { at: 'SIGNED' });
    const page = await stranger().get(`/n/${code}`);
    expect(page.body).toContain(`<dt>封存号</dt><dd>${await printed()}</dd>`);
  });

  it('turns its pages, and takes what is no number for the first page', async () => {
    for (let i = 0; i < 22; i++) {
      await givenAdmin(house);
      await house.get(TrailSealer).sealDue();
    }
    const first = await stranger().get('/seal');
    const [, before] = /href="\/seal\?before(?:=|&#x3D;)(\d+)"/.exec(first.body) ?? [];
    const second = await stranger().get(`/seal?before=${before ?? ''}`);
    expect(second.body).toContain(`第${Number(before) - 1}批`);
    expect(second.body).not.toContain(`第${Number(before) + 1}批`);
    expect(second.body).not.toContain('更早的');
    for (const strange of ['abc', '-1', '99999999999', '%00', '1&before=2'])
      expect((await stranger().get(`/seal?before=${strange}`)).status).toBe(200);
  });

  it('hands out the heads alone, which are a whole chain and name nothing', async () => {
    const file = await stranger().get('/seal/heads.jsonl');
    const check = new SealCheck(null);
    for (const line of file.body.trimEnd().split('\n')) check.take(line);
    const last = await house.get(SealQueries).last();
    expect(check.end()).toMatchObject({ findings: [], batches: last?.number, head: last?.head });
    expect(file.body).not.toMatch(/audit_acts|leaves|text/);
  });

  it('gives programs the last head and every one before it, a page at a time', async () => {
    const client = new ApiClient(await listening(house), null);
    const last = await house.get(SealQueries).last();
    expect((await client.get('/seal')).body).toMatchObject({
      last: { number: last?.number, head: last?.head },
    });
    const { body } = await client.get('/seal/batches?before=5');
    expect((body['batches'] as { number: number }[]).map(({ number }) => number)).toEqual([4, 3, 2, 1]);
    expect(body['next']).toBeNull();
  });

  it('seals by itself within five seconds', async () => {
    const other = await givenHouse(kind, undefined, { seals: true });
    try {
      await givenAdmin(other);
      const committed = performance.now();
      const waits = async () => (await other.get(SealQueries).lag()).rows > 0;
      while ((await waits()) && performance.now() - committed < 20_000) await sleep(100);
      expect(performance.now() - committed).toBeLessThan(5000);
      expect((await other.get(SealQueries).last())?.lastRow).toBeGreaterThan(0);
    } finally {
      await other.close();
    }
  });
});
