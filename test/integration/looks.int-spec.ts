import { FileThreads } from '../../src/audit/index.js';
import { CaseLooks } from '../../src/cases/case-looks.js';
import { CaseReading } from '../../src/cases/case-reading.js';
import { dayOf, endOfDay } from '../../src/kernel/day.js';
import { LooksService, PeopleService } from '../../src/people/index.js';
import type { LookAsked, LookGround } from '../../src/people/index.js';
import { LooksQueries } from '../../src/people/looks/looks.queries.js';
import { looksView } from '../../src/people/looks/looks.views.js';
import { ReliefLooks } from '../../src/relief/relief-looks.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { by, givenRelief, givenReliefGround } from '../support/relief.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, idNumber, personIn } from '../support/village.js';
import type { GivenCase, Post, Stop, Village } from '../support/village.js';

const PHONE = '13900005341';
const CARD = '6217000010001234567';
const STORY = '夜里突然发病，欠了两家亲戚';
const ASKED: LookAsked = { field: 'ID_NUMBER', reason: 'VERIFY_IDENTITY', note: null };

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house);
  });
  beforeEach(async () => {
    village = await givenVillage(house, { parentId: town.societyId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const given = (at: Stop, number = idNumber()) => {
    const applicant = { name: '范长河', idNumber: number, phone: PHONE };
    return givenCase(village, { at, applicant, cardNumber: CARD, story: STORY });
  };
  const wait = (ms: number) => {
    house.clock.moveTo(new Date(house.clock.now().getTime() + ms));
  };
  const look = ({ caseId }: Pick<GivenCase, 'caseId'>, post: Post, asked = ASKED, key?: string) =>
    house.get(CaseLooks).look(as(village, post, key), caseId, asked);
  const kept = async (): Promise<object[]> =>
    house.dataSource.query(
      `SELECT field AS "field", reason AS "reason", subject_number AS "case" FROM looks
       WHERE society_id = '${village.societyId}' ORDER BY id`,
    );

  it('shows each field in full, and keeps who looked at what and why, and nowhere the value', async () => {
    const id = idNumber();
    const made = await given('VERIFIED', id);
    const values: [LookAsked['field'], string][] = [
      ['ID_NUMBER', id],
      ['PHONE', PHONE],
      ['CARD', CARD],
    ];
    for (const [field, value] of values)
      expect(await look(made, 'secretary', { ...ASKED, field, note: '银行退回' })).toEqual({ field, value });
    const looks = await kept();
    expect(looks).toMatchObject(values.map(([field]) => ({ field, reason: 'VERIFY_IDENTITY' })));
    const held = JSON.stringify([
      await house.dataSource.query(`SELECT * FROM looks`),
      await house.dataSource.query(`SELECT * FROM audit_acts WHERE act = 'unmask'`),
      await house.dataSource.query(`SELECT answer FROM commands WHERE act = 'unmask'`),
    ]);
    expect([id, PHONE, CARD, '银行退回'].filter((secret) => held.includes(secret))).toEqual([]);
    expect(held).toContain(made.caseId); // the control: what is kept is found by the same means
  });

  it('stands in the timeline of the case: who, in which part, why, what', async () => {
    const made = await given('ACCEPTED');
    await look(made, 'secretary');
    const { trail } = await house.get(CaseReading).page(as(village, 'supervisor').actor, made.number);
    expect(trail[0]).toMatchObject({ words: '秘书长因“核对身份”查看了身份证号', who: '周*' });
  });

  it('has the looks at photos of its papers in its timeline, and leaves other files alone', async () => {
    const { caseId } = await given('CLOSED');
    const files: { id: string; kind: string }[] = await house.dataSource.query(
      `SELECT f.file_id AS "id", f.kind AS "kind" FROM case_files f WHERE f.case_id = '${caseId}'`,
    );
    expect(files.length).toBeGreaterThan(0);
    const threads = house.get(FileThreads);
    for (const { id, kind: paper } of files) {
      const purpose = `case-${paper.toLowerCase()}`;
      const found = { threadId: caseId, words: expect.stringMatching(/^查看了.+的照片$/) as string };
      expect(await threads.of({ purpose }, id)).toEqual(found);
      expect(await threads.of({ purpose: 'payment-proof' }, id)).toBeNull();
    }
  });

  it('is one look however often its form is sent, and shows nothing two minutes later', async () => {
    const made = await given('ACCEPTED');
    const key = 'look-once-0001';
    const first = await look(made, 'secretary', ASKED, key);
    expect(await look(made, 'secretary', ASKED, key)).toEqual(first);
    const other = { ...ASKED, field: 'PHONE' } as const;
    await expect(look(made, 'secretary', other, key)).rejects.toMatchObject({ code: 'KEY_USED_OTHERWISE' });
    wait(120_001);
    await expect(look(made, 'secretary', ASKED, key)).rejects.toMatchObject({ code: 'LOOK_OVER' });
    expect(await kept()).toHaveLength(1);
  });

  it.each<[Post, Stop, Partial<LookAsked>, string]>([
    ['supervisor', 'ACCEPTED', {}, 'LOOK_REASON_UNFIT'],
    ['secretary', 'ACCEPTED', { reason: 'OVERSIGHT' }, 'LOOK_REASON_UNFIT'],
    ['reviewer', 'CLOSED', {}, 'LOOK_CASE_OVER'],
    ['secretary', 'CLOSED', {}, 'LOOK_CASE_OVER'],
    ['chair', 'VOTING', {}, 'LOOK_NOT_YOURS'],
    ['cashier', 'APPROVED', { field: 'CARD', reason: 'VERIFY_ACCOUNT' }, 'LOOK_NOT_YOURS'],
    ['secretary', 'ACCEPTED', { field: 'STORY' }, 'NOTHING_TO_LOOK_AT'],
    ['secretary', 'ACCEPTED', { field: 'PAYEE_PHONE' }, 'NOTHING_TO_LOOK_AT'],
  ])('is refused to the %s at %s for %j: %s, and nothing is kept', async (post, at, asked, code) => {
    const made = await given(at);
    await expect(look(made, post, { ...ASKED, ...asked })).rejects.toMatchObject({ code });
    expect(await kept()).toEqual([]);
  });

  it('lets the office put right what is over, and the supervisor read what was said', async () => {
    const made = await given('CLOSED');
    await look(made, 'clerk', { ...ASKED, reason: 'CORRECTION' });
    const story = { field: 'STORY', reason: 'OVERSIGHT', note: null } as const;
    expect(await look(made, 'supervisor', story)).toEqual({ field: 'STORY', value: STORY });
    for (const post of ['secretary', 'third', 'supervisor'] as const)
      expect((await house.get(CaseReading).page(as(village, post).actor, made.number)).story).toBeNull();
  });

  it('is not for kin of the supervisor', async () => {
    const made = await given('ACCEPTED');
    const tie = { relativeId: made.applicantId, relation: 'LINEAL' } as const;
    const { personId } = village.at.supervisor;
    await house.get(PeopleService).declareKin(as(village, 'clerk'), { personId, ...tie });
    await expect(look(made, 'supervisor', { ...ASKED, reason: 'OVERSIGHT' })).rejects.toMatchObject({
      code: 'LOOK_OF_KIN',
    });
  });

  it('is not for kin of the supervisor where it is about the payee', async () => {
    const { caseId, applicantId, payeeAccountId } = await given('ACCEPTED');
    const { personId } = village.at.supervisor;
    const payeeId = await personIn(house, village.societyId, { phone: '13900005342' });
    const tie = { relativeId: payeeId, relation: 'LINEAL' } as const;
    await house.get(PeopleService).declareKin(as(village, 'clerk'), { personId, ...tie });
    const ground: LookGround = {
      ...{ subjectKind: 'case', subjectId: caseId, number: '2026-0001', societyId: village.societyId },
      ...{ applicantId, payeeId, payeeAccountId, isOver: false, story: null },
    };
    const looks = house.get(LooksService);
    const { actor } = as(village, 'supervisor');
    expect((await looks.offered(actor, ground)).map(({ field }) => field)).toEqual(['ID_NUMBER', 'PHONE']);
    await expect(looks.asked(actor, ground, 'PAYEE_PHONE')).rejects.toMatchObject({ code: 'LOOK_OF_KIN' });
    const { actor: secretary } = as(village, 'secretary'); // the control: whoever may be tied is offered it
    expect((await looks.offered(secretary, ground)).map(({ field }) => field)).toContain('PAYEE_PHONE');
  });

  it('another society’s case is not found (D4-69)', async () => {
    const made = await given('ACCEPTED');
    const stranger = as(await givenVillage(house), 'secretary');
    await expect(house.get(CaseLooks).look(stranger, made.caseId, ASKED)).rejects.toMatchObject({
      code: 'CASE_NOT_FOUND',
    });
  });

  it('is limited: five of ten at once, and twenty in a day', async () => {
    const made = await given('ACCEPTED');
    const ten = async () => {
      const asked = Array.from({ length: 10 }, () => look(made, 'secretary'));
      return (await Promise.allSettled(asked)).map((each) =>
        each.status === 'fulfilled' ? 'shown' : (each.reason as { code?: string }).code,
      );
    };
    const counted = async () => (await ten()).filter((each) => each === 'shown').length;
    const first = await ten();
    expect(new Set(first)).toEqual(new Set(['shown', 'LOOK_LIMIT_REACHED']));
    expect(first.filter((each) => each === 'shown')).toHaveLength(5);
    await look(made, 'clerk'); // an account of its own has looks of its own
    wait(599_999);
    expect(await counted()).toBe(0);
    wait(1);
    for (let i = 0; i < 3; i += 1) {
      expect(await counted()).toBe(5);
      wait(600_000);
    }
    await expect(look(made, 'secretary')).rejects.toMatchObject({ code: 'LOOK_LIMIT_REACHED' });
    house.clock.moveTo(endOfDay(dayOf(house.clock.now())));
    await look(made, 'secretary');
    expect(await kept()).toHaveLength(22);
  });

  it('is listed to the supervisor, and above without what was typed', async () => {
    const made = await given('ACCEPTED');
    await look(made, 'secretary', { ...ASKED, note: '村里说错了' });
    const queries = house.get(LooksQueries);
    const lineIn = async (societyId: string) =>
      (await queries.within(societyId, null)).looks.find((each) => each.caseId === made.caseId);
    expect(await lineIn(village.societyId)).toMatchObject({
      ...{ looker: '周*', person: '范*河', caseNumber: made.number, note: '村里说错了' },
    });
    expect(await lineIn(town.societyId)).toMatchObject({ societyId: village.societyId });
    expect(await lineIn((await givenVillage(house)).societyId)).toBeUndefined();
    const seen = async (societyId: string | null) => {
      const page =
        societyId === null ? await queries.everywhere(null) : await queries.within(societyId, null);
      return JSON.stringify(looksView(page, { societyId, path: '/' }));
    };
    const words = ['村里说错了', '范*河', made.number];
    const shown = async (societyId: string | null) => {
      const text = await seen(societyId);
      return words.filter((each) => text.includes(each));
    };
    expect(await shown(village.societyId)).toEqual(words);
    expect(await shown(town.societyId)).toEqual(words.slice(1));
    expect(await shown(null)).toEqual([]);
  });

  it('turns its pages by keyset', async () => {
    const made = await given('ACCEPTED');
    for (let i = 0; i < 3; i += 1) await look(made, 'secretary', { ...ASKED, note: String(i) });
    const { looks } = await house.get(LooksQueries).within(village.societyId, null);
    const [newest] = looks;
    const older = await house.get(LooksQueries).within(village.societyId, newest?.id ?? '');
    expect([looks.map(({ note }) => note), older.looks.map(({ note }) => note)]).toEqual([
      ['2', '1', '0'],
      ['1', '0'],
    ]);
  });

  it('takes no change of what was looked at', async () => {
    await look(await given('ACCEPTED'), 'secretary');
    for (const change of [`UPDATE looks SET reason = 'CONTACT'`, 'DELETE FROM looks'])
      await expect(house.dataSource.query(change)).rejects.toThrow();
    expect(await kept()).toMatchObject([{ reason: 'VERIFY_IDENTITY' }]);
  });

  it('is the reviewer’s in a case of relief, by the register of the federation, and the home’s by its own', async () => {
    const ground = await givenReliefGround(house);
    const number = idNumber();
    const { reliefId } = await givenRelief(ground, { applicant: { idNumber: number } });
    const looks = house.get(ReliefLooks);
    const shown = { field: 'ID_NUMBER', value: number };
    expect(await looks.look(by(ground, 'reviewer'), reliefId, ASKED)).toEqual(shown);
    expect(await looks.look(by(ground.home, 'secretary'), reliefId, ASKED)).toEqual(shown);
    await expect(looks.look(by(ground, 'chair'), reliefId, ASKED)).rejects.toMatchObject({
      code: 'LOOK_NOT_YOURS',
    });
  });
});
