import { BreachGrounds } from '../../src/breaches/index.js';
import { EndingsService, HandoversService, OverridesService } from '../../src/cases/index.js';
import { addDays, dayOf, startOfDay } from '../../src/kernel/day.js';
import { BankAnswersService } from '../../src/payments/index.js';
import { lastDayKept, PeopleQueries, PersonRightsService, RetentionService } from '../../src/people/index.js';
import { RightsStore } from '../../src/people/rights/rights.store.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Files } from '../../src/platform/files/files.js';
import { givenUntrue } from '../support/breaches.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { askRefund, decideRefund, payRefund } from '../support/gift-refunds.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { by, end, givenReliefGround, homeIn, newCard, submit } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, idNumber, personIn } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

let phones = 6000;
const phone = () => `1991234${++phones}`;

/** What holds an erasure up, or is left by it: the guards that no other test would miss. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId, heldFen: 9_000_000 });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const rights = () => house.get(PersonRightsService);
  const query = (sql: string) => house.dataSource.query<Record<string, unknown>[]>(sql);
  /** Behind the program's back: what no service does, or nobody waits for. */
  const change = (sql: string) =>
    house.get(Transactions).run((tx) => tx.change(Object.assign([sql], { raw: [sql] })));
  const asked = async (personId: string): Promise<string> => {
    const typed = { personId, kind: 'ERASE', how: 'IN_PERSON', askedOn: dayOf(house.clock.now()) } as const;
    return (await rights().record(as(village, 'secretary'), typed)).requestId;
  };
  const carryOut = (requestId: string) => rights().erase(as(village, 'chair'), { requestId });
  const erase = async (personId: string) => carryOut(await asked(personId));
  const declined = (requestId: string) =>
    rights().decline(as(village, 'chair'), { requestId, words: '还在办' });
  const withdraw = ({ caseId }: GivenCase) =>
    house
      .get(EndingsService)
      .withdraw(as(village, 'clerk'), { ...{ caseId, reason: 'OWN_WISH', note: null } });
  const person = (draft: Parameters<typeof personIn>[2] = {}) =>
    personIn(house, village.societyId, { phone: phone(), ...draft });

  describe('a card', () => {
    const tailsOf = async (personId: string) =>
      (await house.get(PeopleQueries).keptAccounts(village.societyId, personId)).map(
        ({ cardTail }) => cardTail,
      );

    it('to which a payment was tried stays, and so does any other card of that payee: which it was nobody knows', async () => {
      const made = await givenCase(village, { at: 'APPROVED', amountFen: 10_000 });
      await house.get(BankAnswersService).recordFailedPayment(as(village, 'cashier'), {
        ...{ orderId: made.orderId, reason: 'BANK_REFUSED' },
      });
      await newCard({ house }, homeIn(village), made.applicantId);
      const before = await tailsOf(made.applicantId);
      await withdraw(made);
      await erase(made.applicantId);
      expect(before).toHaveLength(2);
      expect(await tailsOf(made.applicantId)).toEqual(before);
    });

    it('control: goes where nothing was tried', async () => {
      const made = await givenCase(village, { at: 'APPROVED', amountFen: 10_000 });
      await withdraw(made);
      await erase(made.applicantId);
      expect(await tailsOf(made.applicantId)).toEqual(['****']);
    });
  });

  describe('the address of a household', () => {
    const addressOf = async (personId: string) => {
      const { householdId } = await house.get(PeopleQueries).person(village.societyId, personId);
      return (await house.get(PeopleQueries).household(village.societyId, householdId)).address;
    };
    const two = async () => {
      const one = await person({ address: { building: '暮色楼', home: String(++phones) } });
      const { householdId } = await house.get(PeopleQueries).person(village.societyId, one);
      return [one, await person({ householdId })] as const;
    };

    it('stays while somebody else lives there, and goes with the last', async () => {
      const [one, other] = await two();
      await erase(one);
      expect(await addressOf(other)).toContain('暮色楼');
      await erase(other);
      expect(await addressOf(other)).not.toContain('暮色楼');
    });

    it('stays where whoever was erased before can be called again', async () => {
      const [one, other] = await two();
      await erase(one);
      await change(`UPDATE persons SET phone_sealed = 'k1.called-again' WHERE id = '${one}'`);
      await erase(other);
      expect(await addressOf(other)).toContain('暮色楼');
      await change(`UPDATE persons SET phone_sealed = NULL WHERE id = '${one}'`);
    });
  });

  it('the signed consent of relief that was never paid stays, and every other photo of it goes', async () => {
    const ground = await givenReliefGround(house);
    const made = await submit(ground);
    await end(ground, made, 'OWN_WISH');
    const files = await query(
      `SELECT kind AS "kind", file_id AS "id" FROM relief_papers WHERE relief_id = '${made.reliefId}' ORDER BY kind`,
    );
    const bytesOf = async () =>
      new Map(
        await Promise.all(
          files.map(
            async ({ kind: of, id }) =>
              [String(of), (await house.get(Files).read(String(id)))?.bytes.toString('base64')] as const,
          ),
        ),
      );
    const before = await bytesOf();
    const typed = { personId: made.personId, kind: 'ERASE', how: 'WRITTEN' } as const;
    const askedOn = dayOf(house.clock.now());
    const { requestId } = await rights().record(by(made.home, 'clerk'), { ...typed, askedOn });
    await rights().erase(by(made.home, 'secretary'), { requestId });
    const after = await bytesOf();
    const same = [...before].filter(([of, bytes]) => after.get(of) === bytes).map(([of]) => of);
    expect(before.size).toBeGreaterThan(2);
    expect(same).toEqual(['CONSENT']);
  });

  describe('what is open about a case that is done', () => {
    it('holds it up: something is owed, as a notice that nobody signed', async () => {
      const made = await givenCase(village, { at: 'CLOSED', amountFen: 10_000 });
      await change(`UPDATE duties SET settled_at = NULL, settled_by = NULL, open_key = 'PAPERS:${made.caseId}'
         WHERE kind = 'PAPERS' AND subject_id = '${made.caseId}'`);
      const requestId = await asked(made.applicantId);
      await expect(carryOut(requestId)).rejects.toThrow(/还有事没办：补材料/);
      await change(
        `UPDATE duties SET settled_at = opened_at, open_key = NULL WHERE open_key = 'PAPERS:${made.caseId}'`,
      );
      await carryOut(requestId); // the control
    });

    it('holds it up: the town has not answered yet', async () => {
      const made = await givenCase(village, { at: 'VERIFIED', amountFen: 10_000 });
      const up = { caseId: made.caseId, reason: 'NO_BOARD', askedFen: null, note: null } as const;
      await house.get(HandoversService).escalate(as(village, 'secretary'), up);
      const requestId = await asked(made.applicantId);
      await expect(carryOut(requestId)).rejects.toThrow(/还在等转办的答复/);
      await declined(requestId);
    });
  });

  it('a rule that the town lifted for this year holds it up, and one of a year that is over does not', async () => {
    const made = await givenCase(village, { at: 'CLOSED', amountFen: 10_000, cause: 'FIRE' });
    const overrides = house.get(OverridesService);
    const note = '又着了一次火';
    const { overrideId } = await overrides.ask(as(village, 'secretary'), {
      ...{ kind: 'SAME_CAUSE', personId: made.applicantId, cause: 'FIRE', note },
    });
    const requestId = await asked(made.applicantId);
    await expect(carryOut(requestId)).rejects.toThrow(/请镇里批准的事还没有了结/);
    await overrides.decide(as(town, 'chair'), { overrideId, reason: 'ANOTHER_EVENT', words: '看过现场' });
    await expect(carryOut(requestId)).rejects.toThrow(/请镇里批准的事还没有了结/);
    const before = await query(
      `SELECT asked_note_sealed AS "note" FROM case_overrides WHERE id = '${overrideId}'`,
    );
    await change(`UPDATE case_overrides SET year = year - 1 WHERE id = '${overrideId}'`);
    await carryOut(requestId);
    const after = await query(
      `SELECT asked_note_sealed AS "note" FROM case_overrides WHERE id = '${overrideId}'`,
    );
    expect(after).not.toEqual(before);
  });

  describe('what is forgotten by itself', () => {
    const afterAllIsOver = () => startOfDay(addDays(lastDayKept('PERSON', dayOf(house.clock.now())), 1));

    it('one person who cannot be erased does not keep the others', async () => {
      const [first, second] = [
        await givenCase(village, { at: 'CLOSED', amountFen: 10_000, applicant: { phone: phone() } }),
        await givenCase(village, { at: 'CLOSED', amountFen: 10_000, applicant: { phone: phone() } }),
      ];
      const service = rights();
      const whole = service.eraseOf.bind(service);
      const failing = jest.spyOn(service, 'eraseOf').mockImplementation((tx, whom, cause) => {
        if (whom.personId === first.applicantId) throw new Error('a seal that nobody can open');
        return whole(tx, whom, cause);
      });
      const erasures = async ({ applicantId }: GivenCase) =>
        (await query(`SELECT id FROM person_erasures WHERE person_id = '${applicantId}'`)).length;
      try {
        await house.get(RetentionService).run(afterAllIsOver());
        expect([await erasures(first), await erasures(second)]).toEqual([0, 1]);
      } finally {
        failing.mockRestore();
      }
      await house.get(RetentionService).run(afterAllIsOver());
      expect([await erasures(first), await erasures(second)]).toEqual([1, 1]);
    });

    it('a donor to whom money is going back can be called until it is there', async () => {
      const phoneOf = async (donorId: string) =>
        (await query(`SELECT phone_sealed AS "phone" FROM donors WHERE id = '${donorId}'`))[0]?.['phone'] ??
        null;
      const [waits, control] = [
        await givenDonor(village, { phone: phone() }),
        await givenDonor(village, { phone: phone() }),
      ];
      const refundId = await askRefund(village, await give(village, 50_000, { donorId: waits }), 10_000);
      await give(village, 50_000, { donorId: control });
      await house.get(RetentionService).run(afterAllIsOver());
      expect([(await phoneOf(waits)) === null, await phoneOf(control)]).toEqual([false, null]);
      await decideRefund(village, refundId);
      await house.get(RetentionService).run(afterAllIsOver());
      expect(await phoneOf(waits)).not.toBeNull();
      await payRefund(village, refundId);
      await house.get(RetentionService).run(afterAllIsOver());
      expect(await phoneOf(waits)).toBeNull();
    });
  });

  describe('a grant taken back as untrue', () => {
    const groundOf = async (groundId: string) =>
      (await house.get(BreachGrounds).in(village.societyId)).find(({ id }) => id === groundId);

    it('is no ground against a child for whom the guardian promised', async () => {
      const guardianId = await person({ name: '范守望', idNumber: idNumber() });
      const child = { name: '范小河', idNumber: idNumber('20150615'), guardianId };
      const ofAChild = await givenUntrue(village, { amountFen: 10_000, method: 'CASH', applicant: child });
      expect(await groundOf(ofAChild.groundId)).toBeUndefined();
      const control = await givenUntrue(village, { amountFen: 10_000 });
      expect(await groundOf(control.groundId)).toMatchObject({ isFallen: false });
    });

    it('is none any more against somebody who was erased since, and still is against one erased before', async () => {
      const made = await givenUntrue(village, { amountFen: 10_000 });
      const { societyId } = village;
      const erased = (id: string, cause: string, erasedAt: Date) =>
        house.get(Transactions).run((tx) =>
          house.get(RightsStore).erased(tx, {
            ...{ id, societyId, personId: made.applicantId, cause, erasedAt, fields: 0 },
          }),
        );
      await erased('0192f000-0000-7000-8000-00000000aaaa', 'earlier', new Date('2020-01-01T00:00:00.000Z'));
      expect(await groundOf(made.groundId)).toMatchObject({ isFallen: false });
      await erased('0192f000-0000-7000-8000-00000000bbbb', 'since', house.clock.now());
      expect(await groundOf(made.groundId)).toMatchObject({ isFallen: true });
    });
  });
});
