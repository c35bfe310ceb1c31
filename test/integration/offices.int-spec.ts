import { randomUUID } from 'node:crypto';
import { day } from '../../src/kernel/day.js';
import { OfficesQueries, OfficesService } from '../../src/offices/index.js';
import type { Office } from '../../src/offices/index.js';
import { PeopleService } from '../../src/people/index.js';
import { RoleSources } from '../../src/access/index.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
const TODAY = day('2026-03-02');

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let societyId: string;
  let offices: OfficesService;
  let queries: OfficesQueries;

  beforeAll(async () => {
    house = await givenHouse(kind);
    offices = house.get(OfficesService);
    queries = house.get(OfficesQueries);
    societyId = await givenSociety(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const person = async (more: { bornOn?: string } = {}) => {
    const draft = { name: '王大山', group: '三组', residence: 'HUKOU' as const, ...more };
    const caller = callerOf({ ...admin, societyId });
    return (await house.get(PeopleService).addPerson(caller, draft)).personId;
  };
  const appoint = (
    personId: string,
    office: Office,
    fromOn = '2026-01-01',
    untilOn = '2030-12-31',
    society = societyId,
  ) => {
    const term = { societyId: society, personId, office, fromOn: day(fromOn), untilOn: day(untilOn) };
    return offices.appoint(callerOf({ ...admin, societyId: society }), term);
  };
  const end = (termId: string, endedOn: string) =>
    offices.endTerm(callerOf({ ...admin, societyId }), { societyId, termId, endedOn: day(endedOn) });
  const held = (personId: string, on = TODAY as string) => queries.officesOf(personId, societyId, day(on));
  const rows = async (table: string, personId: string) => {
    const sql = `SELECT id FROM ${table} WHERE person_id = ?`;
    return (await house.dataSource.query<unknown[]>(sql, [personId])).length;
  };

  it('gives offices that go together, and knows who holds what on a day', async () => {
    const chair = await person();
    await appoint(chair, 'CHAIR');
    await appoint(chair, 'SECRETARY_GENERAL', '2026-03-02', '2026-03-02');
    expect(await held(chair)).toEqual(['CHAIR', 'SECRETARY_GENERAL']);
    expect(await held(chair, '2026-03-03')).toEqual(['CHAIR']);
    expect(await held(chair, '2025-12-31')).toEqual([]);
    expect(await house.get(RoleSources).rolesOf(chair, societyId, house.clock.now())).toEqual([
      'chair',
      'director',
      'secretary',
    ]);
  });

  it('lets a secretary-general vote only when elected a director besides', async () => {
    const [first, second] = [await person(), await person()];
    for (const each of [first, second]) await appoint(each, 'SECRETARY_GENERAL');
    await appoint(second, 'DIRECTOR');
    const voters = (await queries.directorsOn(societyId, TODAY)).map(({ personId }) => personId);
    expect([voters.includes(first), voters.includes(second)]).toEqual([false, true]);
  });

  it.each<[Office, Office]>([
    ['SUPERVISOR', 'DIRECTOR'],
    ['CLERK', 'SUPERVISOR'],
    ['SUPERVISOR', 'INFORMATION_OFFICER'],
    ['REVIEWER', 'SUPERVISOR'],
    ['CASHIER', 'ACCOUNTANT'],
    ['CHAIR', 'CASHIER'],
    ['CASHIER', 'DEPUTY'],
    ['SECRETARY_GENERAL', 'CASHIER'],
    ['REVIEWER', 'CASHIER'],
    ['ACCOUNTANT', 'REVIEWER'],
    ['REVIEWER', 'CLERK'],
  ])('refuses %s and then %s, names both, and changes nothing', async (first, second) => {
    const who = await person();
    await appoint(who, first);
    const before = [await rows('office_terms', who), await rows('office_slots', who)];
    await expect(appoint(who, second)).rejects.toMatchObject({
      code: 'INCOMPATIBLE_OFFICES',
      details: { held: first, wanted: second },
    });
    expect([await rows('office_terms', who), await rows('office_slots', who)]).toEqual(before);
    expect(await held(who)).toEqual([first]);
  });

  it('gives one of two incompatible offices when ten ask at once', async () => {
    const who = await person();
    const wanted = (i: number): Office => (i % 2 === 0 ? 'CASHIER' : 'ACCOUNTANT');
    const asked = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => appoint(who, wanted(i))));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = asked.flatMap((each) =>
      each.status === 'rejected' ? [(each.reason as { code?: string }).code] : [],
    );
    expect(codes.filter((code) => code === 'INCOMPATIBLE_OFFICES')).toHaveLength(5);
    expect(codes.filter((code) => code === 'OFFICE_ALREADY_HELD')).toHaveLength(4);
    expect(await held(who)).toHaveLength(1);
  });

  it('is held to that by the database itself', async () => {
    const who = await person();
    const { termId } = await appoint(who, 'CASHIER');
    const insert = `INSERT INTO office_slots (id, society_id, person_id, slot, term_id, held_until)
                    VALUES (?, ?, ?, ?, ?, '2030-12-31')`;
    const write = (slot: string, of = who) =>
      house.dataSource.transaction((manager) =>
        manager.query(insert, [randomUUID(), societyId, of, slot, termId]),
      );
    for (const slot of [
      'CASHIER+ACCOUNTANT',
      'CASHIER+CHAIR',
      'CASHIER+DEPUTY',
      'CASHIER+SECRETARY_GENERAL',
      'SUPERVISOR+CASHIER',
      'REVIEWER+CASHIER',
    ])
      await expect(write(slot)).rejects.toThrow(/office_slots/);
    await write('SUPERVISOR+CHAIR'); // control: a slot that is free is not refused
    await expect(write('CASHIER+CHAIR', randomUUID())).resolves.toBeDefined();
  });

  it('gives the other office from the day on which the first has ended', async () => {
    const who = await person();
    const { termId } = await appoint(who, 'CASHIER');
    await end(termId, '2026-03-02');
    expect(await held(who)).toEqual([]);
    expect(await held(who, '2026-03-01')).toEqual(['CASHIER']);
    await appoint(who, 'ACCOUNTANT', '2026-03-02');
    expect(await held(who)).toEqual(['ACCOUNTANT']);
  });

  it.each([
    ['twice', '2026-03-02', 'TERM_OVER'],
    ['before it began', '2025-12-31', 'TERM_OVER'],
    ['after its last day', '2031-01-01', 'TERM_OVER'],
  ])('does not end a term %s', async (because, endedOn, code) => {
    const { termId } = await appoint(await person(), 'CLERK');
    if (because === 'twice') await end(termId, '2026-03-02');
    await expect(end(termId, endedOn)).rejects.toMatchObject({ code });
  });

  it('refuses a term that ends before it begins, a child, and somebody of another society', async () => {
    const who = await person();
    await expect(appoint(who, 'CLERK', '2026-03-02', '2026-03-01')).rejects.toMatchObject({
      code: 'TERM_UPSIDE_DOWN',
    });
    const child = await person({ bornOn: '2012-06-01' });
    await expect(appoint(child, 'CLERK')).rejects.toMatchObject({ code: 'MINOR_IN_OFFICE' });
    const other = await givenSociety(house);
    await expect(appoint(who, 'CLERK', '2026-01-01', '2030-12-31', other)).rejects.toMatchObject({
      kind: 'not-found',
    });
    const { termId } = await appoint(who, 'CLERK');
    const foreign = { societyId: other, termId, endedOn: TODAY };
    await expect(offices.endTerm(callerOf({ ...admin, societyId: other }), foreign)).rejects.toMatchObject({
      code: 'TERM_NOT_FOUND',
    });
  });

  it('keeps the slot until a coming end has come, then gives it up by itself', async () => {
    const who = await person();
    const { termId } = await appoint(who, 'CASHIER');
    await end(termId, '2026-03-05');
    await expect(appoint(who, 'ACCOUNTANT', '2026-03-05')).rejects.toMatchObject({
      code: 'INCOMPATIBLE_OFFICES',
    });
    const short = await person();
    await appoint(short, 'SUPERVISOR', '2025-01-01', '2026-03-04');
    house.clock.moveTo('2026-03-05T01:00:00.000Z');
    await appoint(who, 'ACCOUNTANT', '2026-03-05');
    await appoint(short, 'DIRECTOR', '2026-03-05');
    expect([await held(who, '2026-03-05'), await held(short, '2026-03-05')]).toEqual([
      ['ACCOUNTANT'],
      ['DIRECTOR'],
    ]);
  });
});
