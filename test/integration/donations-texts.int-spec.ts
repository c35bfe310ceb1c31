import { GiftTextsService } from '../../src/donations/index.js';
import { addDays, addHours, dayOf, startOfDay } from '../../src/kernel/day.js';
import { MessagesQueries, MessagesSender, MessagesService } from '../../src/messages/index.js';
import { BankAnswersService, PaymentsService } from '../../src/payments/index.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { mobile, TextOperator, withoutTexts } from '../support/operator.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, photo } from '../support/village.js';
import type { Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let operator: TextOperator;

  beforeAll(async () => {
    operator = await TextOperator.open();
    house = await givenHouse(kind, undefined, { settings: operator.settings });
  });
  beforeEach(async () => {
    at(1, 9);
    village = await givenVillage(house, { heldFen: 0 });
    await withoutTexts(house);
    operator.got.length = 0;
  });
  staysSound(() => house);
  afterAll(async () => {
    await house.close();
    operator.close();
  });

  /** So many days on, at an hour of China. */
  const at = (days: number, hour: number) => {
    house.clock.moveTo(addHours(startOfDay(addDays(dayOf(house.clock.now()), days)), hour));
  };
  const tell = () => house.get(GiftTextsService).tellUses(house.clock.now());
  const send = () => house.get(MessagesSender).sendDue(house.clock.now());
  const agree = (number: string, choice: 'YES' | 'NO' = 'YES') =>
    house.get(MessagesService).recordChoice(as(village, 'secretary'), village.societyId, { number, choice });
  const gifted = (text: string) => text.startsWith('您的捐赠');
  const textsTo = (phone: string) => operator.textsTo(phone).filter(gifted);

  it('tells a donor who agreed, in the evening, for how many households', async () => {
    const phone = mobile();
    await agree(phone);
    const donorId = await givenDonor(village, { name: '顾秘密', phone });
    await give(village, 300_000, { donorId });
    await givenCase(village, { at: 'PAID', amountFen: 100_000 });
    await givenCase(village, { at: 'PAID', amountFen: 100_000 });
    at(0, 17);
    expect(await tell()).toBe(false);
    at(0, 18);
    expect(await tell()).toBe(true);
    await send();
    expect(textsTo(phone)).toEqual([
      '您的捐赠今天用于2户。每一笔去向请看：http://localhost:3000/t。不想再收请告知互助社。',
    ]);
    expect(operator.got.filter(({ template }) => template === 'gift-used')).toHaveLength(1);
  });

  it('tells nobody who did not agree, or has no phone, or whose money was not used', async () => {
    const [silent, refusing, unused] = [mobile(), mobile(), mobile()];
    await agree(refusing, 'NO');
    await agree(unused);
    for (const phone of [silent, refusing, null])
      await give(village, 50_000, { donorId: await givenDonor(village, { phone }) });
    await givenCase(village, { at: 'PAID', amountFen: 150_000 });
    await give(village, 50_000, { donorId: await givenDonor(village, { phone: unused }) });
    at(0, 18);
    await tell();
    await send();
    expect(operator.got.map(({ text }) => text).filter(gifted)).toEqual([]);
  });

  it('tells once a day, however many programs wake and however many cases were paid', async () => {
    const phone = mobile();
    await agree(phone);
    const donorId = await givenDonor(village, { phone });
    for (const amount of [60_000, 60_000]) await give(village, amount, { donorId });
    await givenCase(village, { at: 'PAID', amountFen: 100_000 });
    at(0, 18);
    await Promise.all(Array.from({ length: 10 }, tell));
    await tell();
    await Promise.all(Array.from({ length: 10 }, send));
    expect(textsTo(phone)).toHaveLength(1);
    expect(textsTo(phone)[0]).toContain('用于1户'); // two gifts, one household
    await givenCase(village, { at: 'PAID', amountFen: 20_000 });
    await tell();
    await send();
    expect(textsTo(phone)).toHaveLength(1); // what was used after six belongs to tomorrow
    at(1, 18);
    await tell();
    await send();
    expect(textsTo(phone)).toHaveLength(2);
    at(1, 18);
    await tell();
    await send();
    expect(textsTo(phone)).toHaveLength(2);
  });

  it('makes up for days on which it did not run, and does not say “today” of them', async () => {
    const phone = mobile();
    await agree(phone);
    await give(village, 60_000, { donorId: await givenDonor(village, { phone }) });
    at(0, 18);
    await tell();
    house.clock.advance({ minutes: 10 });
    await givenCase(village, { at: 'PAID', amountFen: 60_000 });
    at(3, 18);
    await tell();
    await send();
    expect(textsTo(phone)).toEqual([expect.stringContaining('您的捐赠近日用于1户')]);
  });

  it('does not count what the bank sent back', async () => {
    const phone = mobile();
    await agree(phone);
    await give(village, 60_000, { donorId: await givenDonor(village, { phone }) });
    const { orderId } = await givenCase(village, { at: 'PAID', amountFen: 60_000 });
    house.clock.advance({ minutes: 5 });
    await house.get(BankAnswersService).recordReturnedPayment(as(village, 'cashier'), {
      orderId,
      reason: 'NAME_MISMATCH',
      photo: await photo(),
    });
    at(0, 18);
    await tell();
    await send();
    expect(textsTo(phone)).toEqual([]);
    await house.get(PaymentsService).recordPayment(as(village, 'cashier'), { orderId, photo: await photo() });
    at(1, 18);
    await tell();
    await send();
    expect(textsTo(phone)).toHaveLength(1);
  });

  it('writes no number down in the open, and tells nobody of another society', async () => {
    const phone = mobile();
    await agree(phone);
    await give(village, 60_000, { donorId: await givenDonor(village, { phone }) });
    await givenCase(village, { at: 'PAID', amountFen: 60_000 });
    const first = village;
    village = await givenVillage(house, { heldFen: 0 });
    await give(village, 60_000, { donorId: await givenDonor(village, { phone }) });
    await givenCase(village, { at: 'PAID', amountFen: 60_000 });
    at(0, 18);
    await tell();
    const dump = JSON.stringify(await house.dataSource.query('SELECT * FROM messages'));
    expect(dump).not.toContain(phone);
    const events = async (societyId: string) =>
      (await house.get(MessagesQueries).list(societyId, {})).filter(({ event }) => event === 'gift.used');
    expect(await events(first.societyId)).toHaveLength(1);
    expect(await events(village.societyId)).toEqual([]); // he agreed in the first one only
  });
});
