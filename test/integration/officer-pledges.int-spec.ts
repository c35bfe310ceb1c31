import { randomUUID } from 'node:crypto';
import { DutyThreads } from '../../src/duties/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { OfficerPledgesQueries, OfficerPledgesService, OfficesService } from '../../src/offices/index.js';
import { PeopleQueries } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { as, givenVillage, personIn, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const today = () => dayOf(house.clock.now());
  /** Somebody who took an office today and has signed nothing. */
  const unsigned = async (pledged = false) => {
    const { societyId } = village;
    const personId = await personIn(house, societyId, { name: '孔新任' });
    const term = { societyId, personId, fromOn: today(), untilOn: addDays(today(), 100), pledged };
    const admin = callerOf({ societyId, accountId: societyId, roles: ['system-admin'] });
    const { termId } = await house.get(OfficesService).appoint(admin, { ...term, office: 'DIRECTOR' });
    return { termId, personId };
  };
  const sign = (termId: string, by: Post, how: 'PAPER' | 'ON_SCREEN' = 'PAPER', bytes?: Buffer) =>
    house.get(OfficerPledgesService).sign(as(village, by), { termId, how, photo: bytes ?? null });
  const owing = async () =>
    (await house.get(OfficerPledgesQueries).owing(village.societyId, today())).map(({ id }) => id);
  const owedOn = async (actor: Parameters<DutyThreads['beyond']>[0]) =>
    (await house.get(DutyThreads).beyond(actor))
      .filter((duty) => duty.kind === 'SIGN_PLEDGE')
      .map(({ subjectId }) => subjectId);

  it('is owed until it is signed, by whoever took the office, and seen by the supervisor', async () => {
    expect(await owing()).toEqual([]); // the whole village signed as it took office
    const { termId, personId } = await unsigned();
    expect(await owing()).toEqual([termId]);
    const actors = [as(village, 'supervisor').actor, { ...as(village, 'third').actor, personId }];
    for (const actor of actors) expect(await owedOn(actor)).toEqual([termId]);
    expect(await owedOn(as(village, 'cashier').actor)).toEqual([]); // what another owes
    const { pledgeId } = await sign(termId, 'secretary', 'PAPER', await photo());
    expect(pledgeId).not.toBe('');
    expect(await owing()).toEqual([]);
    for (const actor of actors) expect(await owedOn(actor)).toEqual([]);
    const { pledge } = await house.get(OfficerPledgesQueries).term(village.societyId, termId);
    expect(pledge).toMatchObject({
      how: 'PAPER',
      textVersion: '2026-1',
      fileId: expect.any(String) as string,
    });
    expect(await house.get(PeopleQueries).hasPledged(village.societyId, personId)).toBe(false); // as an applicant
  });

  it('is nobody else’s to confirm on the screen, and a stranger’s not at all', async () => {
    const { termId } = await unsigned();
    await expect(sign(termId, 'secretary', 'ON_SCREEN')).rejects.toMatchObject({ code: 'PLEDGE_OF_ANOTHER' });
    await expect(sign(termId, 'cashier')).rejects.toMatchObject({ code: 'PLEDGE_NOT_YOURS' });
    expect(await owing()).toEqual([termId]);
    const other = await givenVillage(house, { heldFen: 0 });
    const signing = house.get(OfficerPledgesService).sign(as(other, 'secretary'), { termId, how: 'PAPER' });
    await expect(signing).rejects.toMatchObject({ code: 'TERM_NOT_FOUND' });
    await sign(termId, 'chair');
  });

  it('is not there for whoever only reads the books, by its address either', async () => {
    const { societyId } = village;
    const personId = await personIn(house, societyId, { name: '孔查账' });
    const term = { societyId, personId, fromOn: today(), untilOn: addDays(today(), 100) };
    const admin = callerOf({ societyId, accountId: societyId, roles: ['system-admin'] });
    const { termId } = await house.get(OfficesService).appoint(admin, { ...term, office: 'AUDITOR' });
    await expect(sign(termId, 'secretary')).rejects.toMatchObject({ code: 'TERM_NOT_FOUND' });
    await expect(house.get(OfficerPledgesQueries).term(societyId, termId)).rejects.toMatchObject({
      code: 'TERM_NOT_FOUND',
    });
    expect(await house.get(PeopleQueries).pledgesOfTerms([termId])).toEqual([]);
  });

  it('is signed once of ten at a time', async () => {
    const { termId, personId } = await unsigned();
    const presses = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => sign(termId, i % 2 === 0 ? 'secretary' : 'chair')),
    );
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const rows: object[] = await house.dataSource.query('SELECT id FROM pledges WHERE person_id = ?', [
      personId,
    ]);
    expect(rows).toHaveLength(1);
    await expect(sign(termId, 'chair')).rejects.toMatchObject({ code: 'PLEDGE_ALREADY_SIGNED' });
  });

  it('is recorded with the office where the sheet lies on the table, and owed no more when the term is over', async () => {
    const signed = await unsigned(true);
    expect(await owing()).toEqual([]);
    await expect(sign(signed.termId, 'chair')).rejects.toMatchObject({ code: 'PLEDGE_ALREADY_SIGNED' });
    const { termId } = await unsigned();
    const { societyId } = village;
    const endedOn = today();
    await house.get(OfficesService).endTerm(as(village, 'chair'), { societyId, termId, endedOn });
    expect(await owing()).toEqual([]);
    await expect(sign(termId, 'chair')).rejects.toMatchObject({ code: 'TERM_OVER' });
  });

  it('refuses a row that the rule would never write', async () => {
    const insert = (kindOf: string, termId: string | null) =>
      house.dataSource.transaction((manager) =>
        manager.query(
          `INSERT INTO pledges (id, society_id, person_id, kind, term_id, text_version, how, at)
           VALUES (?, ?, ?, ?, ?, '2026-1', 'PAPER', '2026-03-02 00:00:00.000')`,
          [randomUUID(), village.societyId, village.visitors[0], kindOf, termId],
        ),
      );
    await expect(insert('OFFICER', null)).rejects.toThrow(/ck_pledges_term/);
    await expect(insert('APPLICANT', randomUUID())).rejects.toThrow(/ck_pledges_term/);
    await insert('APPLICANT', null); // the control
  });
});
