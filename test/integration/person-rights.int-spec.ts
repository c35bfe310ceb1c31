import { DraftsService } from '../../src/cases/drafts.service.js';
import { CasesService, EndingsService, LeadsService, RevocationsService } from '../../src/cases/index.js';
import { addDays, day, dayOf, startOfDay } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { DutiesQueries } from '../../src/duties/index.js';
import {
  lastDayKept,
  PeopleQueries,
  PeopleService,
  PersonHoldings,
  PersonRightsService,
  RetentionService,
} from '../../src/people/index.js';
import { LooksQueries } from '../../src/people/looks/looks.queries.js';
import type { PersonCopy } from '../../src/people/rights/rights.service.js';
import { placeIn } from '../../src/platform/crypto/sealed-column.js';
import { Sealing } from '../../src/platform/crypto/sealing.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { Files } from '../../src/platform/files/files.js';
import { sealedColumns } from '../../src/sealed.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { by, end, givenRelief, givenReliefGround, submit } from '../support/relief.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { GivenCase, Post, Stop, Village } from '../support/village.js';

/** No two have the same: a shared phone is a tie. */
const PHONES = '1991234';
let phones = 5000;
const phone = () => `${PHONES}${++phones}`;
const STORY = '暮色综合征住院';
const NOTE = '走访看到暮色药盒';
const ORIGIN = '暮色县来的人';
const HOME = '暮色楼501';
/** What is erased; each can only come from the field it was typed into. */
const MARKERS = [PHONES, STORY, NOTE, ORIGIN, HOME];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 9_000_000 });
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const rights = () => house.get(PersonRightsService);
  const record = (personId: string, right: 'COPY' | 'ERASE', by: Post = 'secretary') =>
    rights().record(as(village, by), {
      ...{ personId, kind: right, how: 'IN_PERSON', askedOn: dayOf(house.clock.now()) },
    });
  const today = () => dayOf(house.clock.now());
  const erase = (requestId: string, by: Post = 'chair') => rights().erase(as(village, by), { requestId });
  const marked = (at: Stop): Promise<GivenCase> =>
    givenCase(village, {
      ...{ at, amountFen: 10_000, story: STORY, note: NOTE },
      applicant: { phone: phone(), origin: ORIGIN, residence: 'RESIDENT', address: { building: HOME } },
    });

  const query = (sql: string) => house.dataSource.query<Record<string, unknown>[]>(sql);
  const tables = async (): Promise<string[]> => {
    const sql =
      kind.name === 'sqlite'
        ? `SELECT name AS "name" FROM sqlite_master WHERE type = 'table'`
        : `SELECT TABLE_NAME AS "name" FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()`;
    return (await query(sql)).map(({ name }) => String(name));
  };
  /** Every value of every row, and what every seal holds, with the column in front. */
  const held = async (): Promise<string[]> => {
    const lines: string[] = [];
    for (const name of await tables())
      for (const row of await query(`SELECT * FROM "${name}"`)) lines.push(`${name}: ${JSON.stringify(row)}`);
    for (const column of sealedColumns)
      for (const row of await query(`SELECT * FROM "${column.table}"`)) {
        const sealed = row[column.column];
        if (typeof sealed !== 'string') continue;
        const words = house.get(Sealing).open(sealed, placeIn(column, row));
        lines.push(`${column.table}.${column.column}: ${words}`);
      }
    return lines;
  };
  const placesOf = async (markers: readonly string[]) => {
    const lines = await held();
    const found = lines.filter((line) => markers.some((marker) => line.includes(marker)));
    return [...new Set(found.map((line) => line.slice(0, line.indexOf(':'))))].sort();
  };
  const owed = async () =>
    (await house.get(DutiesQueries).open(village.societyId)).filter((duty) => duty.kind === 'ANSWER_PERSON')
      .length;
  const text = (copy: PersonCopy) => JSON.stringify(copy.sections);

  it('erases what was told of contact and health everywhere, and says what stays', async () => {
    const made = await marked('CLOSED');
    const { caseId, applicantId } = made;
    const before = await placesOf(MARKERS);
    expect(before).toEqual(
      expect.arrayContaining([
        ...['case_visits.note_sealed', 'cases.story_sealed', 'households', 'persons', 'persons.phone_sealed'],
      ]),
    );
    const { requestId } = await record(applicantId, 'ERASE');
    expect(await owed()).toBe(1);
    await expect(erase(requestId, 'secretary')).rejects.toMatchObject({
      code: 'ERASURE_NEEDS_SECOND_PERSON',
    });
    expect(await placesOf(MARKERS)).toEqual(before);

    await erase(requestId);
    expect(await placesOf(MARKERS)).toEqual([]);
    expect(await owed()).toBe(0);
    const kept = await rights().keptOf({ societyId: village.societyId, personId: applicantId });
    expect(kept.map(({ what, until }) => [what.replace(/^\S+ /, ''), until])).toEqual(
      expect.arrayContaining([['名册登记的姓名和身份证号', '2056-12-31']]),
    );
    expect(kept.every(({ law }) => law.startsWith('《'))).toBe(true);
    expect((await house.get(PeopleQueries).person(village.societyId, applicantId)).name).toBe('范长河');
    const [card] = await house.get(PeopleQueries).payeeAccounts(village.societyId, applicantId);
    expect(card?.cardTail).toMatch(/^\d{4}$/); // it stands on a voucher
    expect(caseId).not.toBe('');
    await expect(erase(requestId)).rejects.toMatchObject({ code: 'REQUEST_ANSWERED' });
  });

  it.each<[Stop, RegExp]>([
    ['ACCEPTED', /还没有办完/],
    ['APPROVED', /的钱还没有付/],
    ['RUNNING', /公示还没有结束/],
  ])('erases nothing while a case is %s, and says why', async (stop, why) => {
    const { applicantId } = await marked(stop);
    const { requestId } = await record(applicantId, 'ERASE');
    const before = await held();
    const refused = erase(requestId);
    await expect(refused).rejects.toMatchObject({ code: 'ERASURE_HINDERED' });
    await expect(refused).rejects.toThrow(why);
    expect(await held()).toEqual(before);
    await rights().decline(as(village, 'chair'), { requestId, words: '申请还在办' });
  });

  it('erases nothing while a grant may be taken back, or while a form is being written', async () => {
    const { caseId, applicantId } = await marked('CLOSED');
    await house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
      ...{ caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: '还在核对', recusals: [] },
    });
    const written = await personIn(house, village.societyId, { phone: phone() });
    await house.get(DraftsService).saveNeed(as(village, 'clerk'), {
      ...{ draftId: null, leadId: null, applicant: { personId: written }, cause: 'SCHOOLING' },
      ...{ amountFen: fen(50_000), story: null },
    });
    for (const [personId, why] of [
      [applicantId, /还在请理事会决定要不要撤销/],
      [written, /还有一份没交的登记草稿/],
    ] as const) {
      const { requestId } = await record(personId, 'ERASE');
      await expect(erase(requestId)).rejects.toThrow(why);
      await rights().decline(as(village, 'chair'), { requestId, words: '还在办' });
    }
  });

  it('does not erase whoever holds an office or an account', async () => {
    const { requestId } = await record(village.at.third.personId, 'ERASE');
    await expect(erase(requestId)).rejects.toThrow(/登录账号还没有停用.*还担任|还担任.*登录账号还没有停用/);
    await rights().decline(as(village, 'chair'), { requestId, words: '还在任上' });
    const own = await record(village.at.chair.personId, 'ERASE');
    await expect(erase(own.requestId)).rejects.toMatchObject({ code: 'ERASURE_OF_ONESELF' });
    await rights().decline(as(village, 'deputy'), { ...own, words: '还在任上' });
  });

  it('leaves not even the name of whoever was never decided on', async () => {
    const name = '欧阳暮秋';
    const number = idNumber();
    const personId = await personIn(house, village.societyId, { name, idNumber: number, phone: phone() });
    const { requestId } = await record(personId, 'ERASE');
    await erase(requestId);
    expect(await placesOf([name, number])).toEqual([]);
    expect((await house.get(PeopleQueries).person(village.societyId, personId)).name).toBe('（已删除）');
  });

  it('takes photos away of what was never paid, and leaves those that a voucher rests on', async () => {
    const [paid, unpaid] = [await marked('CLOSED'), await marked('ACCEPTED')];
    const bytes = await photo();
    await house.get(CasesService).completePapers(as(village, 'secretary'), {
      ...{ caseId: unpaid.caseId, photos: [{ kind: 'CAUSE_PROOF', bytes }], waivers: [] },
    });
    await house.get(EndingsService).withdraw(as(village, 'clerk'), {
      ...{ caseId: unpaid.caseId, reason: 'OWN_WISH', note: STORY },
    });
    const sizes = async ({ caseId }: GivenCase) => {
      const files = await query(`SELECT file_id AS "id" FROM case_files WHERE case_id = '${caseId}'`);
      return Promise.all(
        files.map(async ({ id }) => (await house.get(Files).read(String(id)))?.bytes.length),
      );
    };
    const [paidBefore, unpaidBefore] = [await sizes(paid), await sizes(unpaid)];
    for (const { applicantId } of [paid, unpaid]) await erase((await record(applicantId, 'ERASE')).requestId);
    expect(await sizes(paid)).toEqual(paidBefore);
    expect(await sizes(unpaid)).not.toEqual(unpaidBefore);
    const people = house.get(PeopleQueries);
    expect(await people.payeeAccounts(village.societyId, unpaid.applicantId)).toEqual([]);
    const [emptied] = await people.keptAccounts(village.societyId, unpaid.applicantId);
    expect(emptied).toMatchObject({ id: unpaid.payeeAccountId, cardTail: '****' });
  });

  it('is asked for once and carried out once of ten at a time', async () => {
    const personId = await personIn(house, village.societyId, { phone: phone() });
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => record(personId, 'ERASE')));
    const made = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(made).toHaveLength(1);
    const [{ requestId }] = made as [(typeof made)[number]];
    const pressed = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => erase(requestId, i % 2 === 0 ? 'chair' : 'clerk')),
    );
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await query(`SELECT id FROM person_erasures WHERE person_id = '${personId}'`)).toHaveLength(1);
  });

  it('lets an office of one answer: the chair asks the person, the secretary opens and hands over', async () => {
    const personId = await personIn(house, village.societyId, { phone: phone() });
    const { requestId } = await record(personId, 'COPY');
    const secretary = as(village, 'secretary');
    const open = () => rights().copy(secretary.actor, requestId);
    const vouch = (by: Post) => rights().vouch(as(village, by), { requestId });
    const needsAnother = { code: 'COPY_NEEDS_SECOND_PERSON' };
    await expect(open()).rejects.toMatchObject(needsAnother);
    await expect(rights().handOver(secretary, { requestId })).rejects.toMatchObject(needsAnother);
    await expect(vouch('secretary')).rejects.toMatchObject({ code: 'COPY_VOUCHED_BY_WRITER' });

    const presses = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => vouch(i % 2 === 0 ? 'chair' : 'deputy')),
    );
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(vouch('chair')).rejects.toMatchObject({ code: 'REQUEST_VOUCHED' });
    expect(text(await open())).toContain(PHONES);
    await rights().handOver(as(village, 'secretary'), { requestId });
    await expect(open()).rejects.toMatchObject({ code: 'REQUEST_ANSWERED' });
    await expect(vouch('chair')).rejects.toMatchObject({ code: 'REQUEST_ANSWERED' });
    const erasure = await record(personId, 'ERASE');
    await expect(rights().vouch(as(village, 'chair'), erasure)).rejects.toMatchObject({
      code: 'REQUEST_OF_ANOTHER_KIND',
    });
    await rights().decline(as(village, 'chair'), { ...erasure, words: '只要一份副本' });
  });

  it('copies the own data in full and other people’s names masked, while the request waits', async () => {
    const { applicantId } = await marked('VERIFIED');
    const relativeId = await personIn(house, village.societyId, { name: '南宫晓童' });
    const tie = { personId: applicantId, relativeId, relation: 'LINEAL', isGuardian: false } as const;
    await house.get(PeopleService).declareKin(as(village, 'clerk'), tie);
    const { requestId } = await record(applicantId, 'COPY');
    const before = await query('SELECT id FROM person_requests');
    await expect(rights().copy(as(village, 'secretary').actor, requestId)).rejects.toMatchObject({
      code: 'COPY_NEEDS_SECOND_PERSON',
    });
    const copy = await rights().copy(as(village, 'clerk').actor, requestId);
    for (const words of ['范长河', PHONES, STORY, NOTE, ORIGIN, HOME, '南宫*童'])
      expect(text(copy)).toContain(words);
    expect(text(copy)).not.toContain('南宫晓童');
    expect(await query('SELECT id FROM person_requests')).toEqual(before);
    const looks = await query(
      `SELECT words AS "words" FROM audit_acts WHERE act = 'read' AND subject_id = '${applicantId}'`,
    );
    expect(looks).toHaveLength(1);
    const { looks: listed } = await house.get(LooksQueries).within(village.societyId, null);
    expect(listed[0]).toMatchObject({ kind: 'person', person: '范*河' });
    await rights().handOver(as(village, 'clerk'), { requestId });
    await expect(rights().copy(as(village, 'clerk').actor, requestId)).rejects.toMatchObject({
      code: 'REQUEST_ANSWERED',
    });
    await expect(erase(requestId)).rejects.toMatchObject({ code: 'REQUEST_OF_ANOTHER_KIND' });
  });

  it.each([
    ['SELF', true],
    ['NEIGHBOUR', false],
  ] as const)('copies what came of a lead from %s: the contact in it %s', async (source, isTold) => {
    const contact = '邻居老钱 0000-1';
    const told = { source, place: '村口', contact, words: '说了几句' };
    const { leadId } = await house.get(LeadsService).recordLead(as(village, 'clerk'), told);
    const { applicantId } = await givenCase(village, { at: 'ACCEPTED', amountFen: 10_000, leadId });
    const { requestId } = await record(applicantId, 'COPY');
    const copied = text(await rights().copy(as(village, 'clerk').actor, requestId));
    expect([contact, '说了几句'].map((words) => copied.includes(words))).toEqual([isTold, isTold]);
    expect(copied.includes('别人代报，联系方式不公开')).toBe(!isTold);
  });

  it('erases the words of relief by a fund once it is over, at its home', async () => {
    const ground = await givenReliefGround(house);
    const { home } = ground;
    const words = '暮雪综合征的全部经过';
    const made = await submit(ground, { story: words });
    const hand = (seat: 'clerk' | 'secretary') => by(home, seat);
    const asked = { personId: made.personId, kind: 'ERASE', how: 'WRITTEN', askedOn: today() } as const;
    const { requestId } = await rights().record(hand('clerk'), asked);
    await expect(rights().erase(hand('secretary'), { requestId })).rejects.toThrow(/专项救助 .* 还没有办完/);
    expect(await placesOf([words])).toEqual(['relief_cases.story_sealed']);
    await end(ground, made, 'OWN_WISH');
    await rights().erase(hand('secretary'), { requestId });
    expect(await placesOf([words])).toEqual([]);
  });

  it('copies an opinion on relief where it was written, and not at the home of the family', async () => {
    const ground = await givenReliefGround(house);
    const { reliefId, personId, home } = await givenRelief(ground, { at: 'ASSESSED' });
    const [row] = await query(
      `SELECT applicant_id AS "applicantId" FROM relief_cases WHERE id = '${reliefId}'`,
    );
    const has = async (societyId: string, of: string) => {
      const copied = JSON.stringify(await house.get(PersonHoldings).copyOf({ societyId, personId: of }));
      return ['专项救助', '家庭困难，情况属实'].map((words) => copied.includes(words));
    };
    expect(await has(ground.federationId, String(row?.['applicantId']))).toEqual([true, true]);
    expect(await has(home.societyId, personId)).toEqual([true, false]);
  });

  it('keeps another society from all of it', async () => {
    const other = await givenVillage(house);
    const personId = await personIn(house, village.societyId);
    const { requestId } = await record(personId, 'COPY');
    const { actor } = as(other, 'secretary');
    await expect(rights().copy(actor, requestId)).rejects.toMatchObject({ code: 'PERSON_REQUEST_NOT_FOUND' });
    await expect(rights().erase(as(other, 'chair'), { requestId })).rejects.toMatchObject({
      code: 'PERSON_REQUEST_NOT_FOUND',
    });
    await rights().decline(as(village, 'chair'), { requestId, words: '本人撤回' });
  });

  it('lets words of a visit be emptied by nobody into other words, and no other column change', async () => {
    const { caseId } = await marked('VERIFIED');
    const change = (set: string) =>
      house.get(Transactions).run(async (tx) => {
        const text = Object.assign([`UPDATE case_visits SET ${set} WHERE case_id = `, ''], { raw: [] });
        await tx.change(text, caseId);
      });
    await expect(change(`note_sealed = 'k9.other'`)).rejects.toThrow(/append-only/);
    await expect(change(`note_sealed = NULL, visited_on = '2020-01-01'`)).rejects.toThrow(/append-only/);
    await change('note_sealed = NULL'); // the control
    await expect(change(`note_sealed = 'k1.again'`)).rejects.toThrow(/append-only/);
  });

  it('forgets by itself what is kept long enough, from the day after the last on', async () => {
    const { applicantId } = await marked('CLOSED');
    await house.get(LeadsService).recordLead(as(village, 'clerk'), {
      ...{ source: 'NEIGHBOUR', place: '村口', contact: phone(), words: STORY },
    });
    const donorId = await givenDonor(village, { phone: phone() });
    await give(village, 1_000, { donorId });
    const last = lastDayKept('PERSON', dayOf(house.clock.now()));
    const retention = house.get(RetentionService);
    const count = (counts: Awaited<ReturnType<RetentionService['run']>>, of: string) =>
      counts.find((each) => each.kind === of)?.count;

    const before = await held();
    expect(count(await retention.dryRun(startOfDay(last)), 'DONOR')).toBe(0);
    const due = await retention.dryRun(startOfDay(addDays(last, 1)));
    expect([count(due, 'DONOR'), count(due, 'LEAD')]).toEqual([1, 1]);
    expect(count(due, 'PERSON')).toBeGreaterThan(0);
    expect(await held()).toEqual(before); // a dry run changes nothing

    const after = startOfDay(addDays(last, 1));
    const [one, two] = await Promise.all([retention.run(after), retention.run(after)]);
    for (const kindOf of ['LEAD', 'DONOR'])
      expect([kindOf, (count(one, kindOf) ?? 0) + (count(two, kindOf) ?? 0)]).toEqual([kindOf, 1]);
    const again = await retention.run(after);
    for (const kindOf of ['PERSON', 'LEAD', 'DONOR'])
      expect([kindOf, count(again, kindOf)]).toEqual([kindOf, 0]);
    const erased = await query(
      `SELECT cause AS "cause" FROM person_erasures WHERE person_id = '${applicantId}'`,
    );
    expect(erased).toEqual([{ cause: expect.stringMatching(/^expired:\d{4}-\d\d-\d\d$/) as unknown }]);
    expect(day(String(erased[0]?.['cause']).slice(8)) <= last).toBe(true);
    expect((await placesOf([PHONES])).filter((place) => /^(leads|donors)/.test(place))).toEqual([]);
  });
});
