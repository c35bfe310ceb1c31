import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { GiftsService, WebhookQueries, WebhookSender, WebhookService } from '../../src/donations/index.js';
import { isOpenAddress, WebhookPost } from '../../src/donations/webhooks/webhook-post.js';
import { fen } from '../../src/kernel/fen.js';
import { Config } from '../../src/platform/config.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

type Got = { readonly headers: IncomingHttpHeaders; readonly body: string };
type Answer = (reply: ServerResponse) => void;

const status =
  (code: number): Answer =>
  (reply) => {
    reply.writeHead(code).end();
  };

/** Another program, which keeps what it was told and answers as the test wants. */
class Receiver {
  readonly got: Got[] = [];
  answer: Answer = status(200);
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Receiver> {
    const server = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        receiver.got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
        receiver.answer(reply);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver: Receiver = new Receiver(server, `http://127.0.0.1:${port}/hooks`);
    return receiver;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let receiver: Receiver;

  beforeAll(async () => {
    house = await givenHouse(kind, undefined, { settings: { HUZHU_WEBHOOKS_TO_PRIVATE: 'yes' } });
  });
  beforeEach(async () => {
    village = await givenVillage(house, { heldFen: 0 });
    receiver = await Receiver.open();
  });
  afterEach(() => {
    receiver.close();
  });
  afterEach(() => expectSound(house));
  afterAll(() => house.close());

  const service = () => house.get(WebhookService);
  const sender = () => house.get(WebhookSender);
  const queries = () => house.get(WebhookQueries);
  const add = (events: ('gift.received' | 'gift.used')[] = ['gift.received', 'gift.used'], key?: string) =>
    service().addWebhook(as(village, 'chair', key), { url: receiver.url, events });
  const send = (patienceMs?: number) => sender().sendDue(house.clock.now(), patienceMs);
  const dataOf = ({ body }: Got) =>
    (JSON.parse(body) as { type: string; data: Record<string, unknown> }).data;
  const deliveriesOf = (endpointId: string) => queries().deliveries(endpointId, null);

  it('tells of a gift, signed, and of nothing personal', async () => {
    const { endpointId, secret } = await add();
    const donorId = await givenDonor(village, { name: '顾秘密', phone: '13987654321' });
    const giftId = await give(village, 50_000, { donorId, intentWords: '给老王家' });
    expect(await send()).toBe(1);
    const [got] = receiver.got;
    if (!got) throw new Error('Nothing came');
    expect(dataOf(got)).toEqual({
      ...{ giftId, form: 'MONEY', receiptState: 'DUE', amountFen: 50_000, day: '2026-03-02' },
      purse: { fund: '救急难池', restriction: null },
    });
    expect(got.body + JSON.stringify(got.headers)).not.toMatch(/顾|13987654321|老王/);
    const headers = got.headers as Record<string, string>;
    expect(Number(headers['webhook-timestamp'])).toBe(Math.floor(house.clock.now().getTime() / 1000));
    const [id, at] = [headers['webhook-id'] ?? '', new Date(Number(headers['webhook-timestamp']) * 1000)];
    expect(new Webhook(secret ?? '').sign(id, at, got.body)).toBe(headers['webhook-signature']);
    expect(await deliveriesOf(endpointId)).toMatchObject([{ id, state: 'SENT', tries: 1, lastStatus: 200 }]);
    expect(await send()).toBe(0);
  });

  it('shows the secret once, keeps it sealed, and keeps no answer with it', async () => {
    const { secret } = await add(['gift.received'], 'webhook-key-1');
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect((await add(['gift.received'], 'webhook-key-1')).secret).toBeNull();
    const rows = await Promise.all(
      ['webhook_endpoints', 'commands', 'audit_acts'].map((table) =>
        house.dataSource.query(`SELECT * FROM ${table}`),
      ),
    );
    expect(JSON.stringify(rows)).not.toContain(secret ?? '');
  });

  it('tells nothing of a gift that was refused: both are one unit', async () => {
    const { endpointId } = await add();
    await give(village, 1_000, { bankReference: 'SAME' });
    await expect(give(village, 1_000, { bankReference: 'SAME' })).rejects.toMatchObject({
      code: 'BANK_LINE_TAKEN',
    });
    await give(village, 2_000, { nature: 'FEE' });
    expect(await deliveriesOf(endpointId)).toHaveLength(1);
    const { giftId } = await house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
      ...{ amountFen: fen(3_000), receivedOn: '2026-03-01' as never, bankReference: 'U-1', note: '' },
    });
    expect(await deliveriesOf(endpointId)).toHaveLength(1); // nobody knows yet that it is a gift
    await house.get(GiftsService).identifyGift(as(village, 'accountant'), {
      ...{ giftId, donorId: null, nature: 'GIFT', intent: 'UNRESTRICTED', intentWords: '' },
      ...{ purseId: null, purpose: null },
    });
    expect(await deliveriesOf(endpointId)).toHaveLength(2);
  });

  it('tells of each use of a gift once, with what came back, however often the clock wakes', async () => {
    await give(village, 100_000);
    await add(['gift.used']);
    const giftId = await give(village, 80_000);
    await givenCase(village, { at: 'PAID', amountFen: 130_000 });
    expect(await sender().collectUses(house.clock.now())).toBe(2);
    await Promise.all([sender().collectUses(house.clock.now()), sender().collectUses(house.clock.now())]);
    house.clock.advance({ minutes: 20 });
    expect(await sender().collectUses(house.clock.now())).toBe(0);
    expect(await sender().collectUses(house.clock.now())).toBe(0);
    await send();
    // Several are on their way at once: they arrive in no order.
    const told = receiver.got.map(dataOf).sort((a, b) => Number(b['amountFen']) - Number(a['amountFen']));
    expect(told.map(({ amountFen, kind: how }) => [amountFen, how])).toEqual([
      [100_000, 'PAID'],
      [30_000, 'PAID'],
    ]);
    expect(told[1]).toMatchObject({ giftId });
    await givenCase(village, { at: 'PAID', amountFen: 20_000, applicant: { name: '蒋另一' } });
    expect(await sender().collectUses(house.clock.now())).toBe(1);
    expect(JSON.stringify(receiver.got)).not.toMatch(/2026-00\d\d|蒋|李建明/); // no case, nobody
  });

  it('tries again after 500, later each time, under the same id, and gives up in the end', async () => {
    const { endpointId } = await add(['gift.received']);
    await give(village, 1_000);
    receiver.answer = status(500);
    await send();
    expect(await deliveriesOf(endpointId)).toMatchObject([{ state: 'WAITING', tries: 1, lastStatus: 500 }]);
    expect(await send()).toBe(0);
    expect(receiver.got).toHaveLength(1); // not due yet
    house.clock.advance({ seconds: 5 });
    await send();
    expect(receiver.got).toHaveLength(2);
    house.clock.advance({ minutes: 5 });
    receiver.answer = status(204);
    expect(await send()).toBe(1);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await deliveriesOf(endpointId)).toMatchObject([{ state: 'SENT', tries: 3 }]);

    receiver.answer = status(500);
    await give(village, 2_000);
    for (let i = 0; i < 12; i++) {
      await send();
      house.clock.advance({ hours: 25 });
    }
    expect((await deliveriesOf(endpointId))[0]).toMatchObject({ state: 'GIVEN_UP', tries: 10 });
    expect(await queries().endpoint(village.societyId, endpointId)).toMatchObject({ givenUp: 1 });
    receiver.answer = status(200);
    expect(await service().replayFailed(as(village, 'secretary'), { endpointId })).toEqual({ replayed: 1 });
    expect(await send()).toBe(1);
  });

  it('waits at the end of the program for an answer, so that the row holds it', async () => {
    const [before, lived] = [house, village];
    house = await givenHouse(kind, undefined, { settings: { HUZHU_WEBHOOKS_TO_PRIVATE: 'yes' } });
    village = await givenVillage(house, { heldFen: 0 });
    try {
      await add(['gift.received']);
      await give(village, 1_000);
      let held: ServerResponse | undefined;
      receiver.answer = (reply) => void (held = reply);
      const sending = send();
      while (!held) await new Promise((resolve) => setTimeout(resolve, 20));
      let isClosed = false;
      const closing = house.close().finally(() => (isClosed = true));
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(isClosed).toBe(false);
      status(200)(held);
      expect(await sending).toBe(1);
      await closing;
    } finally {
      [house, village] = [before, lived];
    }
  });

  it('waits for no answer too long, follows no redirect, and stops where nobody is any more', async () => {
    const { endpointId } = await add(['gift.received']);
    await give(village, 1_000);
    receiver.answer = () => undefined;
    const started = performance.now();
    await send(150);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await deliveriesOf(endpointId)).toMatchObject([{ state: 'WAITING', lastWords: '没有及时回答' }]);
    receiver.answer = (reply) => reply.writeHead(302, { location: `${receiver.url}/elsewhere` }).end();
    house.clock.advance({ seconds: 5 });
    await send();
    expect(receiver.got).toHaveLength(2);
    expect(await deliveriesOf(endpointId)).toMatchObject([{ state: 'WAITING', lastStatus: 302 }]);
    receiver.answer = status(410);
    house.clock.advance({ minutes: 5 });
    await send();
    expect(await deliveriesOf(endpointId)).toMatchObject([{ state: 'GIVEN_UP', lastStatus: 410 }]);
    receiver.close();
    await service().replayFailed(as(village, 'secretary'), { endpointId });
    await send();
    expect(await deliveriesOf(endpointId)).toMatchObject([{ state: 'WAITING', lastWords: '连不上' }]);
  });

  it('is sent by one of ten that wake together, and by another when the first died with it', async () => {
    const { endpointId } = await add(['gift.received']);
    await give(village, 1_000);
    await Promise.all(Array.from({ length: 10 }, () => send()));
    expect(receiver.got).toHaveLength(1);

    await give(village, 2_000);
    const [waiting] = await deliveriesOf(endpointId);
    // Somebody took it and was never heard of again.
    await house.dataSource.transaction((rows) =>
      rows.query('UPDATE webhook_deliveries SET lease = ?, leased_until = ?, tries = 1 WHERE id = ?', [
        'dead',
        new Date(house.clock.now().getTime() + 60_000).toISOString().replace('T', ' ').replace('Z', ''),
        waiting?.id,
      ]),
    );
    expect(await send()).toBe(0);
    house.clock.advance({ seconds: 61 });
    expect(await send()).toBe(1);
    expect(receiver.got).toHaveLength(2);
  });

  it('is told again on asking, under the same id; and D4-69 not by another society', async () => {
    const { endpointId } = await add(['gift.received']);
    await give(village, 1_000);
    await send();
    const [{ id: deliveryId } = { id: '' }] = await deliveriesOf(endpointId);
    const other = await givenVillage(house, { heldFen: 0 });
    await expect(service().replayDelivery(as(other, 'chair'), { deliveryId })).rejects.toMatchObject({
      code: 'WEBHOOK_DELIVERY_NOT_FOUND',
    });
    await expect(service().endWebhook(as(other, 'chair'), { endpointId })).rejects.toMatchObject({
      code: 'WEBHOOK_NOT_FOUND',
    });
    await give(other, 5_000);
    expect(await send()).toBe(0);
    await service().replayDelivery(as(village, 'chair'), { deliveryId });
    expect(await send()).toBe(1);
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([deliveryId, deliveryId]);
    await service().endWebhook(as(village, 'chair'), { endpointId });
    await expect(service().replayDelivery(as(village, 'chair'), { deliveryId })).rejects.toMatchObject({
      code: 'WEBHOOK_DELIVERY_BUSY',
    });
    await give(village, 1_000);
    expect(await deliveriesOf(endpointId)).toHaveLength(1);
  });

  it('takes five addresses of a society, and no sixth', async () => {
    for (let i = 0; i < 5; i++) await add();
    await expect(add()).rejects.toMatchObject({ code: 'TOO_MANY_WEBHOOKS' });
  });

  it('takes five of ten that come at once, and another in the place of one that was ended', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => add()));
    const made = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(made).toHaveLength(5);
    expect(refusalsIn(tries)).toMatchObject(Array(5).fill({ code: 'TOO_MANY_WEBHOOKS' }));
    for (const { secret } of made) expect(secret).toMatch(/^whsec_/);
    await service().endWebhook(as(village, 'chair'), { endpointId: made[2]?.endpointId ?? '' });
    const again = await Promise.allSettled(Array.from({ length: 3 }, () => add()));
    expect(again.filter(({ status: of }) => of === 'fulfilled')).toHaveLength(1);
    const other = await givenVillage(house, { heldFen: 0 });
    await service().addWebhook(as(other, 'chair'), { url: receiver.url, events: ['gift.used'] });
  });

  it('opens no way into our own network', async () => {
    const strict = new WebhookPost(new Config({}));
    for (const url of [
      receiver.url.replace('http:', 'https:'),
      'https://localhost/hooks',
      'https://[::1]/hooks',
      'https://[::ffff:127.0.0.1]/hooks',
      'https://169.254.169.254/latest/meta-data',
      'https://2130706433/hooks', // 127.0.0.1 as one number
    ])
      expect(await strict.post(url, {}, '{}', 2_000)).toEqual({ status: null, words: '地址不在公网上' });
    expect(receiver.got).toEqual([]);
    // A name that nobody knows is a try that failed, and brings nothing down.
    expect(await strict.post('https://nobody.invalid/hooks', {}, '{}', 5_000)).toMatchObject({
      status: null,
    });
    expect(() => new Config({ NODE_ENV: 'production', HUZHU_WEBHOOKS_TO_PRIVATE: 'yes' })).toThrow(
      /HUZHU_WEBHOOKS_TO_PRIVATE/,
    );
  });
});

it.each`
  address              | open
  ${'8.8.8.8'}         | ${true}
  ${'10.1.2.3'}        | ${false}
  ${'172.16.0.1'}      | ${false}
  ${'172.32.0.1'}      | ${true}
  ${'192.168.1.1'}     | ${false}
  ${'100.64.0.1'}      | ${false}
  ${'127.0.0.1'}       | ${false}
  ${'0.0.0.0'}         | ${false}
  ${'224.0.0.1'}       | ${false}
  ${'2400:3200::1'}    | ${true}
  ${'::1'}             | ${false}
  ${'fd00::1'}         | ${false}
  ${'fe80::1'}         | ${false}
  ${'::ffff:10.0.0.1'} | ${false}
  ${'::ffff:8.8.8.8'}  | ${true}
  ${'::ffff:7f00:1'}   | ${false}
  ${'64:ff9b::7f00:1'} | ${false}
  ${'example.org'}     | ${false}
`('$address lies in the open: $open', ({ address, open }: { address: string; open: boolean }) => {
  expect(isOpenAddress(address)).toBe(open);
});
