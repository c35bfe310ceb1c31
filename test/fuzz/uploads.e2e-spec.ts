import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { Config } from '../../src/platform/config.js';
import { Files } from '../../src/platform/files/files.js';
import { api, listening, signedIn } from '../support/clients.js';
import type { ApiClient } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { multipart } from '../support/form-visitor.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { PASSWORD } from '../support/officers.js';
import { seedOf } from '../support/often.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';
import { hostileFiles, photoWithSecrets } from './hostile-files.js';
import { Random } from './random.js';

/** All of quality.md G14 on demand: UPLOADS=2000, of which a quarter is hostile. */
const HOSTILE = Math.ceil(Number(process.env['UPLOADS'] ?? 240) / 4);
const SEED = seedOf('FUZZ_SEED');

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let made: GivenCase;
  let cashier: ApiClient;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    made = await givenCase(village, { at: 'APPROVED' });
    cashier = await api(house, village.at.cashier.login);
  });
  afterAll(() => house.close());

  const kept = () =>
    readdirSync(join(house.get(Config).dataDir, 'files'), { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map(({ name }) => name)
      .sort();
  const fieldsOf = () => ({ witnessOne: village.visitors[0], witnessTwo: village.visitors[1] });
  const pay = (photo: Buffer) => cashier.upload(`/payments/${made.orderId}/transfer`, fieldsOf(), { photo });

  it(`refuses ${HOSTILE} hostile files and keeps nothing of them (FUZZ_SEED=${SEED})`, async () => {
    const random = new Random(SEED);
    const makers = await hostileFiles();
    const before = kept();
    for (let n = 0; n < HOSTILE; n += 1) {
      const { why, bytes } = (makers[n % makers.length] ?? hostileFiles)(random) as {
        why: string;
        bytes: Buffer;
      };
      const { status, code } = await pay(bytes);
      expect([why, status, code]).toEqual([why, 422, 'FILE_REFUSED']);
    }
    expect(kept()).toEqual(before);
    expect((await cashier.get(`/payments/${made.orderId}`)).body).toMatchObject({ state: 'TO_PAY' });
    await expectSound(house);
  });

  it('refuses forms that are too much, or that name what is not there, with 4xx', async () => {
    const before = kept();
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${String(i)}`, 'x']));
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`photo${String(i)}`, Buffer.from('x')]),
    );
    const path = `/payments/${made.orderId}/transfer`;
    const tries: [why: string, ask: () => ReturnType<ApiClient['upload']>][] = [
      ['10,000 fields', () => cashier.upload(path, many, {})],
      ['40 files', () => cashier.upload(path, {}, files)],
      ['a field of a megabyte', () => cashier.upload(path, { witnessOne: 'x'.repeat(1_000_000) }, {})],
      ['nine megabytes', () => cashier.upload(path, {}, { photo: Buffer.alloc(9_000_000, 0xff) })],
      ['a name that climbs', () => cashier.upload(path, {}, { '../../photo': Buffer.from('x') })],
      ['the prototype', () => cashier.upload(path, { __proto__x: 'y', constructor: 'z' }, {})],
      ['no photo', () => cashier.upload(path, {}, {})],
    ];
    for (const [why, ask] of tries) {
      const { status } = await ask();
      expect([why, status >= 400 && status < 500]).toEqual([why, true]);
    }
    expect(kept()).toEqual(before);
  });

  it('keeps nothing of an upload that breaks off half-way, and goes on', async () => {
    const before = kept();
    const { port } = new URL(await listening(house));
    const session = await house.app.inject({
      ...{ method: 'POST', url: '/api/v1/sessions' },
      payload: { login: village.at.cashier.login, password: PASSWORD },
    });
    const { token } = session.json<{ token: string }>();
    const { headers, payload } = multipart({}, { photo: await photoWithSecrets() });
    for (let part = 1; part <= 10; part += 1) {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', () => undefined);
      socket.write(
        `POST /api/v1/payments/${made.orderId}/transfer HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\nidempotency-key: ${randomUUID()}\r\ncontent-type: ${headers['content-type'] ?? ''}\r\ncontent-length: ${payload.length}\r\n\r\n`,
      );
      socket.write(payload.subarray(0, Math.floor((payload.length * part) / 12)));
      await sleep(5);
      socket.destroy();
    }
    await sleep(100);
    expect(kept()).toEqual(before);
    expect((await house.app.inject('/readyz')).statusCode).toBe(200);
  });

  it('writes an honest photo anew, without the place, without what hangs behind it; and hands it out as a file', async () => {
    const answer = await pay(await photoWithSecrets());
    expect([answer.status, answer.code]).toEqual([201, '']);
    const [file] = await house.dataSource.query<{ id: string }[]>(
      `SELECT id AS "id" FROM stored_files WHERE purpose = 'payment-proof' ORDER BY stored_at DESC LIMIT 1`,
    );
    const found = await house.get(Files).read(file?.id ?? '');
    const bytes = found?.bytes ?? Buffer.alloc(0);
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    for (const secret of ['SECRET', 'script', 'GPS', 'Exif']) expect(bytes.includes(secret)).toBe(false);
    const visitor = await signedIn(house, village.at.supervisor.login);
    const reply = await house.app.inject({
      url: `/s/files/${file?.id ?? ''}`,
      headers: { cookie: visitor.carried().cookie },
    });
    expect([
      reply.statusCode,
      reply.headers['content-disposition'],
      reply.headers['x-content-type-options'],
      reply.headers['content-security-policy'],
    ]).toEqual([200, 'attachment', 'nosniff', 'sandbox']);
    expect(reply.rawPayload.equals(bytes)).toBe(true);
  });
});

/** Without the one place that looks at files, the same files come through: the corpus is hostile indeed. */
it('control: a house that believes what it is sent would keep them', async () => {
  const random = new Random(SEED);
  const believed = (await hostileFiles()).map((make) => make(random)).filter(({ bytes }) => bytes.length > 0);
  expect(believed.length).toBe((await hostileFiles()).length);
  const photos = await Promise.all(
    believed.map(({ bytes }) =>
      sharp(bytes)
        .metadata()
        .then(
          () => true,
          () => false,
        ),
    ),
  );
  expect(photos.filter(Boolean).length).toBeLessThan(believed.length);
});
