import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Logger } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { BallotLinksService, RoundsService } from '../../src/board/index.js';
import { CasesService } from '../../src/cases/index.js';
import { addDays, addHours, dayOf, startOfDay } from '../../src/kernel/day.js';
import {
  MessagesOutbox,
  MessagesQueries,
  MessagesSender,
  MessagesService,
} from '../../src/messages/index.js';
import type { MessageDraft } from '../../src/messages/index.js';
import { PaymentsService } from '../../src/payments/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { mobile, phoneOf, says, TextOperator, withoutTexts } from '../support/operator.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, handsOf, personIn, photo } from '../support/village.js';
import type { Village } from '../support/village.js';
import { refusalsIn } from './books.given.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let operator: TextOperator;

  beforeAll(async () => {
    operator = await TextOperator.open();
    house = await givenHouse(kind, undefined, { settings: operator.settings });
  });
  beforeEach(async () => {
    // Nine in the morning of the next day: all of a day lies before each test.
    const tomorrow = startOfDay(addDays(dayOf(house.clock.now()), 1));
    house.clock.moveTo(addHours(tomorrow, 9));
    village = await givenVillage(house);
    await withoutTexts(house);
    operator.got.length = 0;
    operator.answer = says({ Code: 'OK', BizId: 'B1' });
  });
  staysSound(() => house);
  afterAll(async () => {
    await house.close();
    operator.close();
  });

  const send = () => house.get(MessagesSender).sendDue(house.clock.now());
  const later = (minutes: number) => {
    house.clock.advance({ minutes });
    return send();
  };
  const texts = () => house.get(MessagesQueries).list(village.societyId, {});
  const states = async () => (await texts()).map(({ state }) => state);
  /** Of all numbers, on whichever day. */
  const counted = async () => {
    const rows: { sent: number | string }[] = await house.dataSource.query('SELECT sent FROM message_days');
    return rows.reduce((sum, { sent }) => sum + Number(sent), 0);
  };
  const service = () => house.get(MessagesService);
  const choose = (number: string, choice: 'YES' | 'NO', key?: string) =>
    service().recordChoice(as(village, 'secretary', key), village.societyId, { number, choice });

  /** Writes down a text by itself, as a unit of the trade would. */
  const tell = (number: string, more: Partial<MessageDraft> = {}, id: string = randomUUID()) =>
    house.get(Transactions).run((tx) =>
      house.get(MessagesOutbox).tell(
        tx,
        { societyId: village.societyId, id, number },
        {
          event: 'case.accepted',
          subjectId: randomUUID(),
          cause: `case.accepted:${randomUUID()}`,
          template: 'application-accepted',
          parameters: { day: '3月6日' },
          notBefore: null,
          expiresAt: null,
          needsConsent: false,
          ...more,
        },
      ),
    );

  describe('a round', () => {
    it('asks those who vote, not who opened it, and nobody twice; neither name nor cause is said', async () => {
      const { chair, deputy, third, secretary } = village.at;
      const [one, two] = [await phoneOf(house, chair.personId), await phoneOf(house, deputy.personId)];
      await phoneOf(house, secretary.personId);
      await givenCase(village, { at: 'VOTING' });
      expect(third.personId).toBeDefined(); // has no phone, and is asked in the old way
      expect(await send()).toBe(0);
      expect(await later(6)).toBe(2);
      expect(await later(30)).toBe(0);
      expect(operator.got.map(({ to }) => to).sort()).toEqual([one, two].sort());
      for (const { text } of operator.got) {
        expect(text).toMatch(
          /^有一件事请您表决，\d+月\d+日\d\d:\d\d截止。请登录互助系统投票，或者联系秘书长。$/,
        );
        expect(text).not.toMatch(/范长河|疾病|王大山|1000/);
      }
    });

    it('sends the one-time link of a director instead, and a newer link instead of an older', async () => {
      const number = await phoneOf(house, village.at.chair.personId);
      const { roundId } = await givenCase(village, { at: 'VOTING' });
      const directorIds = [village.at.chair.personId];
      const make = (key?: string) =>
        house.get(BallotLinksService).makeLinks(as(village, 'secretary', key), { roundId, directorIds });
      await make();
      const [newer] = await make('links-key-1');
      expect(newer?.isTexted).toBe(true);
      await make('links-key-1'); // pressed twice: the same answer, and no second text
      await later(10);
      expect(operator.textsTo(number)).toEqual([
        expect.stringContaining(`打开链接投票：${newer?.url ?? ''}。`),
      ]);
      expect(await states()).toEqual(['SENT', 'DROPPED', 'DROPPED']);
    });

    it('that is over asks nobody any more', async () => {
      await phoneOf(house, village.at.chair.personId);
      const { roundId } = await givenCase(village, { at: 'VOTING' });
      await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
        ...{ roundId, presiderId: village.at.chair.personId, hands: handsOf(village, 'yes') },
        ...{ place: null, sheet: await photo() },
      });
      expect(await later(30)).toBe(0);
      expect(await texts()).toMatchObject([{ state: 'DROPPED', why: '事情已经办完', isKept: false }]);
    });

    it('asks nobody who has spoken already', async () => {
      const { chair, deputy } = village.at;
      const numbers = [await phoneOf(house, chair.personId), await phoneOf(house, deputy.personId)];
      const { roundId } = await givenCase(village, { at: 'VOTING' });
      await house.get(RoundsService).recuse(as(village, 'chair'), {
        ...{ roundId, directorId: chair.personId, reason: 'KIN' },
      } as never);
      expect(await later(10)).toBe(1);
      expect(numbers.map((number) => operator.textsTo(number).length)).toEqual([0, 1]);
    });

    it('that was refused asks nobody: both are one unit', async () => {
      await phoneOf(house, village.at.chair.personId);
      const { caseId } = await givenCase(village, { at: 'VOTING' });
      await expect(
        house.get(CasesService).openRound(as(village, 'secretary'), { caseId, recusals: [] }),
      ).rejects.toMatchObject({ kind: 'conflict' });
      expect(await texts()).toHaveLength(1);
    });
  });

  describe('an applicant', () => {
    it('is told that it was accepted, and what was paid to the end of the own card', async () => {
      const phone = mobile();
      await givenCase(village, { at: 'PAID', applicant: { phone } });
      expect(await send()).toBe(2);
      const said = operator.textsTo(phone).sort();
      expect(said[0]).toMatch(/^您的款项1000\.00元已于\d+月\d+日转出，收款账户尾号\d{4}。/);
      expect(said[1]).toMatch(/^您的申请已于\d+月\d+日登记受理/);
      expect(said.join()).not.toMatch(/范|疾病|救助/);
    });

    it('is told of cash as of cash', async () => {
      const phone = mobile();
      await givenCase(village, { at: 'PAID', method: 'CASH', applicant: { phone } });
      await send();
      expect(operator.textsTo(phone).join()).toContain('当面付清');
    });

    it('is told nothing of a payment that was refused', async () => {
      const { orderId } = await givenCase(village, { at: 'APPROVED', applicant: { phone: mobile() } });
      const pay = () =>
        house.get(PaymentsService).recordPayment(as(village, 'cashier'), { orderId, photo: null });
      await expect(pay()).rejects.toMatchObject({ code: 'PHOTO_NEEDED' });
      expect((await texts()).map(({ event }) => event)).toEqual(['case.accepted']);
    });

    it('is told once when ten press the button', async () => {
      const phone = mobile();
      const { orderId } = await givenCase(village, { at: 'APPROVED', applicant: { phone } });
      const proof = { orderId, photo: await photo() };
      await Promise.allSettled(
        Array.from({ length: 10 }, () =>
          house.get(PaymentsService).recordPayment(as(village, 'cashier'), proof),
        ),
      );
      await send();
      expect(operator.textsTo(phone).filter((text) => text.includes('款项'))).toHaveLength(1);
    });
  });

  it('reaches a child by the number of the guardian', async () => {
    const phone = mobile();
    const guardianId = await personIn(house, village.societyId, { name: '范长江', phone });
    const child = { name: '范小河', born: '2016-05-01', guardianId } as never;
    const personId = await personIn(house, village.societyId, child);
    const draft = { template: 'application-accepted', parameters: { day: '3月6日' } } as const;
    await house.get(Transactions).run((tx) =>
      house.get(MessagesOutbox).tellPerson(tx, village.societyId, personId, {
        ...{ event: 'case.accepted', subjectId: personId, cause: `case.accepted:${personId}`, ...draft },
        ...{ notBefore: null, expiresAt: null, needsConsent: false },
      }),
    );
    await send();
    expect(operator.textsTo(phone)).toHaveLength(1);
  });

  it('keeps the number sealed until it is sent, and then not at all', async () => {
    const number = mobile();
    await tell(number);
    const dump = async () => JSON.stringify(await house.dataSource.query('SELECT * FROM messages'));
    expect(await dump()).not.toContain(number);
    expect(await dump()).not.toContain('3月6日');
    expect(await dump()).toContain('body_sealed":"');
    await send();
    expect(await dump()).toContain('body_sealed":null');
    expect(await texts()).toMatchObject([{ state: 'SENT', tail: number.slice(-4), tries: 1 }]);
  });

  it('writes down nothing in a unit that is rolled back', async () => {
    const number = mobile();
    const broken = house.get(Transactions).run(async (tx) => {
      await house.get(MessagesOutbox).tell(
        tx,
        { societyId: village.societyId, id: randomUUID(), number },
        {
          ...{
            event: 'case.accepted',
            subjectId: 'x',
            cause: 'case.accepted:x',
            template: 'application-accepted',
          },
          ...{ parameters: { day: '3月6日' }, notBefore: null, expiresAt: null, needsConsent: false },
        },
      );
      throw new Error('afterwards');
    });
    await expect(broken).rejects.toThrow('afterwards');
    expect(await texts()).toEqual([]);
  });

  it('sends each text once, by however many programs at once', async () => {
    const numbers = Array.from({ length: 12 }, mobile);
    for (const number of numbers) await tell(number);
    const sent = await Promise.all(Array.from({ length: 10 }, send));
    expect(sent.reduce((sum, each) => sum + each, 0)).toBe(12);
    expect(operator.got.map(({ to }) => to).sort()).toEqual(numbers);
  });

  it('tells a reader of one event once, and two readers each', async () => {
    const [cause, id] = ['case.accepted:once', randomUUID()];
    const number = mobile();
    expect(await tell(number, { cause }, id)).toBe(true);
    expect(await tell(number, { cause }, id)).toBe(false);
    expect(await tell(number, { cause })).toBe(true);
    expect(await send()).toBe(2);
  });

  describe('what fails', () => {
    it('is tried again a while later each time, and then named as failed', async () => {
      await tell(mobile());
      operator.answer = says({ Code: 'ServiceUnavailable' }, 503);
      expect(await send()).toBe(0);
      expect(await texts()).toMatchObject([
        { state: 'WAITING', tries: 1, why: '阿里云没有收下（ServiceUnavailable）' },
      ]);
      expect(await send()).toBe(0);
      expect(operator.got).toHaveLength(1); // not yet again
      for (const minutes of [1, 5, 30, 120, 300]) await later(minutes);
      expect(operator.got).toHaveLength(6);
      expect(await texts()).toMatchObject([{ state: 'FAILED', tries: 6, isKept: true }]);
      await later(600);
      expect(operator.got).toHaveLength(6);
    });

    it('for good is not tried again, and goes by hand when its cause is mended', async () => {
      const number = mobile();
      await tell(number);
      operator.answer = says({ Code: 'isv.SMS_TEMPLATE_ILLEGAL' });
      await send();
      const [failed] = await texts();
      expect(failed).toMatchObject({ state: 'FAILED', tries: 1 });
      operator.answer = says({ Code: 'OK' });
      const messageId = failed?.id ?? '';
      const retry = (key?: string) =>
        service().retryMessage(as(village, 'secretary', key), village.societyId, { messageId });
      const other = await givenVillage(house);
      await expect(
        service().retryMessage(as(other, 'secretary'), other.societyId, { messageId }),
      ).rejects.toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
      const pressed = await Promise.allSettled(Array.from({ length: 10 }, () => retry()));
      expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const refused of refusalsIn(pressed))
        expect(refused).toMatchObject({ code: 'MESSAGE_NOT_FAILED' });
      expect(await send()).toBe(1);
      expect(operator.textsTo(number)).toHaveLength(2);
      await expect(retry()).rejects.toMatchObject({ code: 'MESSAGE_NOT_FAILED' });
    });

    it('is sent again all together by whoever looks after the system', async () => {
      await tell(mobile());
      await tell(mobile());
      operator.answer = says({ Code: 'isv.DENIED' });
      await send();
      const other = await givenVillage(house);
      const none = await service().retryFailed(as(other, 'secretary'), other.societyId);
      expect(none.retried).toBe(0);
      const admin = callerOf({ accountId: randomUUID(), societyId: null, roles: ['system-admin'] });
      expect((await service().retryFailed(admin, null)).retried).toBe(2);
      operator.answer = says({ Code: 'OK' });
      expect(await send()).toBe(2);
    });

    it('keeps number and words for a week', async () => {
      await tell(mobile());
      operator.answer = says({ Code: 'isv.DENIED' });
      await send();
      const sender = house.get(MessagesSender);
      house.clock.advance({ days: 7 });
      await sender.forget(house.clock.now());
      expect(await texts()).toMatchObject([{ isKept: true }]);
      house.clock.advance({ days: 1 });
      await sender.forget(house.clock.now());
      const [erased] = await texts();
      expect(erased).toMatchObject({ state: 'FAILED', isKept: false });
      await expect(
        service().retryMessage(as(village, 'chair'), village.societyId, { messageId: erased?.id ?? '' }),
      ).rejects.toMatchObject({ code: 'MESSAGE_ERASED' });
    });

    it('because its program died is sent by another when the lease is over', async () => {
      const number = mobile();
      await tell(number);
      let held: ServerResponse | undefined;
      operator.answer = (reply) => void (held = reply); // takes it, and does not answer yet
      const dying = send();
      while (!held) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await send()).toBe(0);
      operator.answer = says({ Code: 'OK', BizId: 'second' });
      house.clock.advance({ minutes: 3 });
      expect(await send()).toBe(1);
      says({ Code: 'isv.DENIED' })(held); // comes back at last, without its lease, and changes nothing
      await dying;
      expect(await states()).toEqual(['SENT']);
      expect(await send()).toBe(0);
      expect(await counted()).toBe(2); // that it was refused once says a program without a lease
    });

    it('G23 because its program took it by a clock that ran a day ahead is sent as soon as that clock is right', async () => {
      await tell(mobile());
      const ahead = new Date(house.clock.now().getTime() + 24 * 3_600_000);
      const lease = (until: Date) =>
        house
          .get(Transactions)
          .run(
            (tx) =>
              tx.change`UPDATE messages SET lease = 'x', leased_until = ${until} WHERE state = 'WAITING'`,
          );
      await lease(new Date(house.clock.now().getTime() + 120_000));
      expect(await send()).toBe(0);
      await lease(ahead);
      expect(await send()).toBe(1);
    });

    it('without anybody knowing how is not sent again by itself, and stays counted', async () => {
      const number = mobile();
      await tell(number);
      operator.answer = (reply) => void reply.destroy(); // the line is cut when it has the text
      expect(await send()).toBe(0);
      operator.answer = says({ Code: 'OK' });
      for (const minutes of [1, 5, 30, 120, 300]) expect(await later(minutes)).toBe(0);
      expect(operator.textsTo(number)).toHaveLength(1);
      const [failed] = await texts();
      expect(failed).toMatchObject({ state: 'FAILED', tries: 1, isKept: true });
      expect(failed?.why).toContain('不知道运营商收到没有');
      expect(await counted()).toBe(1);
      await service().retryFailed(as(village, 'secretary'), village.societyId);
      expect(await send()).toBe(1); // a person has asked, and decided
    });

    it.each([
      ['had done it', 'commitTransaction'],
      ['had not done it', 'rollbackTransaction'],
    ] as const)('is written down once where the database was lost and %s', async (_, how) => {
      const number = mobile();
      await tell(number);
      expect(await send()).toBe(1);
      await tell(number);
      const create = house.dataSource.createQueryRunner.bind(house.dataSource);
      const spy = jest.spyOn(house.dataSource, 'createQueryRunner');
      operator.answer = (reply) => {
        spy.mockImplementationOnce((...given) => {
          const runner = create(...given);
          const finish = runner[how].bind(runner);
          runner.commitTransaction = async () => {
            await finish();
            const driverError = Object.assign(new Error('lost'), { code: 'PROTOCOL_CONNECTION_LOST' });
            throw new QueryFailedError('COMMIT', [], driverError);
          };
          return runner;
        });
        says({ Code: 'isv.DENIED' })(reply);
      };
      expect(await send()).toBe(0);
      spy.mockRestore();
      expect((await states()).sort()).toEqual(['FAILED', 'SENT']);
      expect(await counted()).toBe(1);
    });

    it('since it does not open holds up no other, and is left to a person', async () => {
      await tell(mobile());
      const [broken] = await texts();
      await house
        .get(Transactions)
        .run((tx) => tx.change`UPDATE messages SET body_sealed = 'k1.AAAA' WHERE id = ${broken?.id ?? ''}`);
      const number = mobile();
      await tell(number);
      expect(await send()).toBe(1);
      expect(operator.got.map(({ to }) => to)).toEqual([number]);
      expect((await texts()).find(({ id }) => id === broken?.id)).toMatchObject({
        ...{ state: 'FAILED', why: '这条短信打不开', tries: 0 },
      });
      expect(await later(600)).toBe(0);
    });
  });

  describe('what is called off', () => {
    const end = (roundId: string) =>
      house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
        ...{ roundId, presiderId: village.at.chair.personId, hands: handsOf(village, 'yes') },
        ...{ place: null, sheet: photograph },
      });
    const retryAll = () => service().retryFailed(as(village, 'secretary'), village.societyId);
    let photograph: Buffer;
    beforeAll(async () => {
      photograph = await photo();
    });

    it('after it failed loses number and words, and nobody sends it again', async () => {
      await phoneOf(house, village.at.chair.personId);
      const { roundId } = await givenCase(village, { at: 'VOTING' });
      const directorIds = [village.at.chair.personId];
      await house.get(BallotLinksService).makeLinks(as(village, 'secretary'), { roundId, directorIds });
      operator.answer = says({ Code: 'isv.DENIED' });
      await later(10);
      expect(await states()).toContain('FAILED');
      await end(roundId);
      for (const text of await texts())
        expect(text).toMatchObject({ state: 'DROPPED', why: '事情已经办完', isKept: false });
      operator.answer = says({ Code: 'OK' });
      expect((await retryAll()).retried).toBe(0);
    });

    it.each([
      ['asks for another try', 'ServiceUnavailable', 503],
      ['refuses it for good', 'isv.DENIED', 400],
    ])('while it is sent has no other try, where the operator %s', async (_, code, status) => {
      await phoneOf(house, village.at.chair.personId);
      const { roundId } = await givenCase(village, { at: 'VOTING' });
      let held: ServerResponse | undefined;
      operator.answer = (reply) => void (held = reply);
      const sending = later(6);
      while (!held) await new Promise((resolve) => setTimeout(resolve, 20));
      await end(roundId);
      operator.answer = says({ Code: 'OK' });
      says({ Code: code }, status)(held);
      expect(await sending).toBe(0);
      await retryAll();
      expect(await later(30)).toBe(0);
      expect(await texts()).toMatchObject([{ state: 'DROPPED', why: '过了有效期', isKept: false }]);
      expect(operator.got).toHaveLength(1);
    });

    it('while it is sent was sent all the same, where the operator takes it', async () => {
      await phoneOf(house, village.at.chair.personId);
      const { roundId } = await givenCase(village, { at: 'VOTING' });
      let held: ServerResponse | undefined;
      operator.answer = (reply) => void (held = reply);
      const sending = later(6);
      while (!held) await new Promise((resolve) => setTimeout(resolve, 20));
      await end(roundId);
      says({ Code: 'OK' })(held);
      expect(await sending).toBe(1);
      expect(await states()).toEqual(['SENT']);
    });
  });

  it('takes a number that does not open for none: the round is opened, and nothing says the number', async () => {
    const { personId } = village.at.chair;
    const number = await phoneOf(house, personId);
    await house
      .get(Transactions)
      .run((tx) => tx.change`UPDATE persons SET phone_sealed = 'k1.AAAA' WHERE id = ${personId}`);
    const said: string[] = [];
    const spy = jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((...words: unknown[]) => void said.push(words.join()));
    await givenCase(village, { at: 'VOTING' });
    spy.mockRestore();
    expect(await texts()).toEqual([]);
    expect(said).toEqual([expect.stringContaining(personId)]);
    expect(said.join()).not.toContain(number.slice(-4));
    await phoneOf(house, personId, null);
  });

  it('waits at the end of the program for the answer of an operator', async () => {
    const [before, lived] = [house, village];
    house = await givenHouse(kind, before.clock.now().toISOString(), { settings: operator.settings });
    village = await givenVillage(house);
    try {
      await tell(mobile());
      let held: ServerResponse | undefined;
      operator.answer = (reply) => void (held = reply);
      const sending = send();
      while (!held) await new Promise((resolve) => setTimeout(resolve, 20));
      let isClosed = false;
      const closing = house.close().finally(() => (isClosed = true));
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(isClosed).toBe(false);
      says({ Code: 'OK' })(held);
      expect(await sending).toBe(1);
      await closing;
      expect(await send()).toBe(0); // and begins nothing more
    } finally {
      [house, village] = [before, lived];
    }
  });

  describe('a number', () => {
    it('that was told to leave alone gets nothing, from now on', async () => {
      const number = mobile();
      await tell(number);
      await choose(`+86 ${number}`, 'NO');
      expect(await tell(number)).toBe(false);
      expect(await send()).toBe(0);
      expect(await texts()).toMatchObject([{ state: 'DROPPED', why: '本人说不再收', isKept: false }]);
      await choose(number, 'YES');
      expect(await tell(number)).toBe(true);
      expect(await send()).toBe(1);
    });

    it('speaks to one society alone', async () => {
      const number = mobile();
      await choose(number, 'NO');
      village = await givenVillage(house);
      expect(await tell(number)).toBe(true);
    });

    it('keeps its last word, when ten are taken down at once too', async () => {
      const number = mobile();
      await Promise.all(Array.from({ length: 10 }, () => choose(number, 'NO')));
      const [said, ...more] = await house.get(MessagesQueries).choices(village.societyId);
      expect(more).toEqual([]);
      expect(said).toMatchObject({ tail: number.slice(-4), choice: 'NO' });
      const dump = JSON.stringify(await house.dataSource.query('SELECT * FROM message_choices'));
      expect(dump).not.toContain(number);
    });

    it('that is none is refused', async () => {
      for (const number of ['12345678901', '1391234567', '139123456789', '柳溪', ''])
        await expect(choose(number, 'NO')).rejects.toMatchObject({ code: 'NO_PHONE_NUMBER' });
      expect(await house.get(MessagesQueries).choices(village.societyId)).toEqual([]);
    });

    it('gets ten texts a day, the rest tomorrow, and what will be too late then not at all', async () => {
      const number = mobile();
      for (let i = 0; i < 12; i += 1) await tell(number);
      const expiresAt = addHours(house.clock.now(), 12);
      await tell(number, {
        expiresAt,
        cause: 'round.opened:tonight',
        notBefore: addHours(house.clock.now(), 1),
      });
      const sent = await Promise.all(Array.from({ length: 10 }, send));
      expect((await texts()).filter(({ why }) => why !== null)).toEqual([]);
      expect(sent.reduce((sum, each) => sum + each, 0)).toBe(10);
      await later(61);
      expect((await texts()).filter(({ why }) => why === '这个号码今天收得够多了')).toHaveLength(1);
      expect(operator.textsTo(number)).toHaveLength(10);
      house.clock.moveTo(addHours(startOfDay(addDays(dayOf(house.clock.now()), 1)), 7));
      expect(await send()).toBe(2);
    });

    it('is not charged with what an operator refused', async () => {
      const number = mobile();
      operator.answer = says({ Code: 'isv.DENIED' });
      for (let i = 0; i < 12; i += 1) await tell(number);
      await send();
      operator.answer = says({ Code: 'OK' });
      await tell(number);
      expect(await send()).toBe(1);
    });
  });

  it('leaves a landline alone', async () => {
    expect(await tell('0566-1234567')).toBe(false);
  });

  it('rings no phone at night', async () => {
    const number = mobile();
    await tell(number);
    house.clock.moveTo(addHours(startOfDay(dayOf(house.clock.now())), 22));
    expect(await send()).toBe(0);
    await tell(mobile());
    expect((await texts()).map(({ nextAt }) => nextAt.toISOString().slice(11, 16))).toContain('23:00');
    house.clock.advance({ hours: 8, minutes: 59 });
    expect(await send()).toBe(0);
    house.clock.advance({ minutes: 1 });
    expect(await send()).toBe(2);
  });

  it('tells nobody too late', async () => {
    await tell(mobile(), { expiresAt: addHours(house.clock.now(), 1) });
    house.clock.advance({ hours: 1 });
    expect(await send()).toBe(0);
    expect(await texts()).toMatchObject([{ state: 'DROPPED', why: '过了有效期', tries: 0 }]);
  });

  describe('duties', () => {
    const remind = () => house.get(MessagesService).remindOfDuties(house.clock.now());

    it('are summed up once in the morning for each who has to do them, however many programs wake', async () => {
      const { secretary, clerk, cashier } = village.at;
      const numbers = [await phoneOf(house, secretary.personId), await phoneOf(house, cashier.personId)];
      await phoneOf(house, clerk.personId, null);
      await givenCase(village, { at: 'ACCEPTED' });
      await givenCase(village, { at: 'VERIFIED' });
      house.clock.moveTo(addHours(startOfDay(addDays(dayOf(house.clock.now()), 1)), 7));
      expect(await remind()).toBe(false); // too early
      house.clock.advance({ hours: 1 });
      const done = await Promise.all(Array.from({ length: 10 }, remind));
      expect(done.some(Boolean)).toBe(true);
      expect(await remind()).toBe(true);
      await send();
      expect(operator.textsTo(numbers[0] ?? '')).toEqual([
        expect.stringMatching(/^您有\d件事(?:今明两天到期|已经过期)/),
      ]);
      expect(operator.textsTo(numbers[1] ?? '')).toEqual([]); // nothing to pay yet
    });

    it('come again the next morning, as overdue', async () => {
      const number = await phoneOf(house, village.at.secretary.personId);
      await givenCase(village, { at: 'VERIFIED' });
      house.clock.moveTo(addHours(startOfDay(addDays(dayOf(house.clock.now()), 3)), 8));
      await remind();
      await send();
      house.clock.moveTo(addHours(startOfDay(addDays(dayOf(house.clock.now()), 1)), 8));
      await remind();
      await send();
      const said = operator.textsTo(number);
      expect(said).toHaveLength(2);
      for (const text of said) expect(text).toMatch(/^您有\d件事已经过期/);
    });
  });
});
