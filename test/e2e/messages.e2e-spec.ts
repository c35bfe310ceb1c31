import { randomUUID } from 'node:crypto';
import { MessagesOutbox, MessagesSender } from '../../src/messages/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { api, signedIn } from '../support/clients.js';
import { kindsOverHttp } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenDonorAccount } from '../support/donor-accounts.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenAdmin } from '../support/officers.js';
import { mobile, says, TextOperator } from '../support/operator.js';
import { expectSound } from '../support/sound.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kindsOverHttp)('$name', (kind) => {
  let house: House;
  let village: Village;
  let operator: TextOperator;

  beforeAll(async () => {
    operator = await TextOperator.open();
    house = await givenHouse(kind, undefined, { settings: operator.settings });
    village = await givenVillage(house);
  });
  afterAll(() => expectSound(house));
  afterAll(async () => {
    await house.close();
    operator.close();
  });

  /** A text that the operator refused for good; says under which number. */
  async function givenFailed({ societyId }: Village): Promise<string> {
    const number = mobile();
    await house.get(Transactions).run((tx) =>
      house.get(MessagesOutbox).tell(
        tx,
        { societyId, id: randomUUID(), number },
        {
          ...{ event: 'case.accepted', subjectId: randomUUID(), cause: `case.accepted:${randomUUID()}` },
          ...{ template: 'application-accepted', parameters: { day: '3月2日' } },
          ...{ notBefore: null, expiresAt: null, needsConsent: false },
        },
      ),
    );
    operator.answer = says({ Code: 'isv.DENIED' });
    await house.get(MessagesSender).sendDue(house.clock.now());
    operator.answer = says({ Code: 'OK' });
    return number;
  }
  const send = () => house.get(MessagesSender).sendDue(house.clock.now());

  it('shows the office what did not go out, by the end of the number, and sends it again', async () => {
    const number = await givenFailed(village);
    const secretary = await signedIn(house, village.at.secretary.login);
    const { status, body } = await secretary.get('/s/messages');
    expect(status).toBe(200);
    for (const words of [
      '没发出去',
      `尾号 ${number.slice(-4)}`,
      '阿里云没有收下（isv.DENIED）',
      '再发一次',
      '申请受理',
    ])
      expect(body).toContain(words);
    expect(body).not.toContain(number);
    const retry = /action="(\/s\/messages\/[0-9a-f-]{36}\/retry)"/.exec(body)?.[1] ?? '';
    expect((await secretary.post(retry, {})).status).toBe(303);
    expect(await send()).toBe(1);
    expect((await secretary.get('/s/messages')).body).toContain('发出去了');
    const again = await secretary.post(retry, {});
    expect([again.status, again.body.includes('只有没发出去的能再发')]).toEqual([409, true]);
    await givenFailed(village);
    await secretary.get('/s/messages');
    expect((await secretary.post('/s/messages/failed/retry', {})).status).toBe(303);
    expect(await send()).toBe(1);
  });

  it('takes down who wants no texts, and says what is wrong with a number', async () => {
    const clerk = await signedIn(house, village.at.clerk.login);
    await clerk.get('/s/messages');
    for (const [typed, words] of [
      [{ number: '12345', choice: 'NO' }, '手机号码是 11 位数字'],
      [{ number: '', choice: 'NO' }, '请填写手机号码'],
      [{ number: mobile() }, '请选愿意收，还是不再收'],
    ] as const) {
      const refused = await clerk.post('/s/messages/choices', typed);
      expect([refused.status, refused.body.includes(words)]).toEqual([422, true]);
    }
    const number = mobile();
    expect((await clerk.post('/s/messages/choices', { number, choice: 'NO' })).status).toBe(303);
    const { body } = await clerk.get('/s/messages');
    expect(body).toContain(`尾号 ${number.slice(-4)}`);
    expect(body).toContain('不再收');
    expect(body).not.toContain(number);
    const cashier = await signedIn(house, village.at.cashier.login);
    expect((await cashier.get('/s/messages')).status).toBe(403);
  });

  it('does the same for a program, and D4-69 not for another society', async () => {
    const number = await givenFailed(village);
    const program = await api(house, village.at.secretary.login);
    const listed = await program.get('/messages');
    expect(listed.status).toBe(200);
    expect(listed.text).not.toContain(number);
    const [{ id, state }] = listed.body['items'] as [{ id: string; state: string }];
    expect(state).toBe('FAILED');
    expect(listed.body['counts']).toMatchObject({ FAILED: 1 });
    const stranger = await api(house, (await givenVillage(house)).at.secretary.login);
    expect((await stranger.get('/messages')).body['items']).toEqual([]);
    expect(await stranger.post(`/messages/${id}/retry`, {})).toMatchObject({
      status: 404,
      code: 'MESSAGE_NOT_FOUND',
    });
    expect((await stranger.post('/messages/failed/retry', {})).body).toEqual({ retried: 0 });
    const key = randomUUID();
    expect((await program.post(`/messages/${id}/retry`, {}, key)).status).toBe(200);
    expect((await program.post(`/messages/${id}/retry`, {}, key)).status).toBe(200);
    expect(await program.post(`/messages/${id}/retry`, {})).toMatchObject({ code: 'MESSAGE_NOT_FAILED' });
    expect(await send()).toBe(1);
    expect(await program.post('/messages/choices', { number: '1', choice: 'NO' })).toMatchObject({
      status: 422,
      code: 'NO_PHONE_NUMBER',
    });
    const said = await program.post('/messages/choices', { number, choice: 'YES' });
    expect(said.body).toEqual({ tail: number.slice(-4) });
  });

  it('shows whoever looks after the system all that failed, and no number', async () => {
    const number = await givenFailed(village);
    const login = await givenAdmin(house);
    const admin = await signedIn(house, login);
    const { body, status } = await admin.get('/admin/messages');
    expect(status).toBe(200);
    expect(body).toContain(`尾号 ${number.slice(-4)}`);
    expect(body).not.toContain(number);
    expect((await admin.get('/admin')).body).toContain('href="/admin/messages"');
    await admin.get('/admin/messages');
    expect((await admin.post('/admin/messages/failed/retry', {})).status).toBe(303);
    expect(await send()).toBe(1);
    await givenFailed(village);
    const program = await api(house, login);
    expect((await program.get('/all-messages')).body['counts']).toMatchObject({ FAILED: 1 });
    expect((await program.post('/all-messages/failed/retry', {})).body).toEqual({ retried: 1 });
    const secretary = await signedIn(house, village.at.secretary.login);
    expect((await secretary.get('/admin/messages')).status).toBe(403);
  });

  it('lets a donor say himself whether he wants to hear of his gifts', async () => {
    const phone = mobile();
    const donorId = await givenDonor(village, { name: '顾自选', phone });
    await give(village, 10_000, { donorId });
    const { login } = await givenDonorAccount(village, donorId);
    const donor = await signedIn(house, login);
    expect((await donor.get('/d')).body).toContain('href="/d/texts"');
    expect((await donor.get('/d/texts')).body).toContain('您还没有选过，现在不发');
    expect((await donor.post('/d/texts', {})).status).toBe(422);
    expect((await donor.post('/d/texts', { choice: 'YES' })).status).toBe(303);
    expect((await donor.get('/d/texts')).body).toContain('现在：愿意收');
    const program = await api(house, login);
    expect((await program.get('/my-gifts/texts')).body).toEqual({ choice: 'YES', hasNumber: true });
    expect((await program.post('/my-gifts/texts', { choice: 'NO' })).body).toEqual({ records: 1 });
    expect((await donor.get('/d/texts')).body).toContain('现在：不收');

    const silentId = await givenDonor(village, { name: '顾无号' });
    await give(village, 10_000, { donorId: silentId });
    const silent = await signedIn(house, (await givenDonorAccount(village, silentId)).login);
    await silent.get('/d/texts');
    const refused = await silent.post('/d/texts', { choice: 'YES' });
    expect([refused.status, refused.body.includes('没有手机号码')]).toEqual([422, true]);
  });
});
