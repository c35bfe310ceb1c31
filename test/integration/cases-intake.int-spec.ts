import { randomUUID } from 'node:crypto';
import { CasesQueries, IntakeService, LeadsService } from '../../src/cases/index.js';
import type { Intake } from '../../src/cases/index.js';
import { DraftsService } from '../../src/cases/drafts.service.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { fen } from '../../src/kernel/fen.js';
import { PeopleQueries, PeopleService } from '../../src/people/index.js';
import type { PersonDraft } from '../../src/people/index.js';
import { Files } from '../../src/platform/files/files.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const queries = () => house.get(CasesQueries);
  const applicant = (draft = {}) => personIn(house, village.societyId, { idNumber: idNumber(), ...draft });

  const intakeOf = async (change: Partial<Intake> = {}): Promise<Intake> => ({
    leadId: null,
    applicantId: change.applicantId ?? (await applicant()),
    cause: 'ILLNESS',
    amountFen: fen(100_000),
    story: null,
    method: 'CASH',
    payeeAccountId: null,
    consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
    pledged: true,
    visitors: [],
    photos: [],
    ...change,
  });
  const register = (intake: Intake, post: Post = 'clerk', key?: string) =>
    house.get(IntakeService).registerCase(as(village, post, key), intake);
  const dutiesOf = async (caseId: string) =>
    (await house.get(DutiesQueries).ofThread(caseId)).filter(({ settledAt }) => settledAt === null);
  const seen = async () => (await queries().page(village.societyId, { limit: 100 })).cases.length;

  it('accepts a case nobody has visited yet, and owes the visit within a day', async () => {
    const { caseId, verified } = await register(await intakeOf());
    expect(verified).toBe(false);
    expect(await queries().case(village.societyId, caseId)).toMatchObject({ state: 'ACCEPTED' });
    const [visit] = await dutiesOf(caseId);
    expect(visit).toMatchObject({ kind: 'VISIT', ownerRole: 'secretary' });
    expect(visit?.dueAt.getTime()).toBe(house.clock.now().getTime() + 24 * 3_600_000);
  });

  it('verifies it at once when two who are not kin have seen it', async () => {
    const { caseId, verified } = await register(await intakeOf({ visitors: village.visitors }));
    expect(verified).toBe(true);
    expect(await queries().case(village.societyId, caseId)).toMatchObject({ state: 'VERIFIED' });
    expect((await dutiesOf(caseId)).map(({ kind: duty }) => duty)).toEqual(['OPEN_ROUND']);
    expect(await queries().visits(caseId)).toHaveLength(2);
  });

  it('numbers ten that come at once from one to ten, without a gap', async () => {
    const other = await givenVillage(house);
    const intakes = await Promise.all(
      Array.from({ length: 10 }, async () =>
        intakeOf({ applicantId: await personIn(house, other.societyId, { idNumber: idNumber() }) }),
      ),
    );
    const answers = await Promise.all(
      intakes.map((intake) => house.get(IntakeService).registerCase(as(other, 'clerk'), intake)),
    );
    const numbers = answers.map(({ number }) => number).sort();
    expect(numbers).toEqual(Array.from({ length: 10 }, (_, i) => `2026-00${String(i + 1).padStart(2, '0')}`));
  });

  it('does one press of the button once: the same key gets the same case', async () => {
    const [intake, key] = [await intakeOf(), randomUUID()];
    const before = await seen();
    const answers = await Promise.all(Array.from({ length: 5 }, () => register(intake, 'clerk', key)));
    expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    expect(await seen()).toBe(before + 1);
  });

  it('D4-63 helps the same cause once a year, says which case it was, and stops ten who ask at once', async () => {
    const intake = await intakeOf({ cause: 'FIRE' });
    const before = await seen();
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => register(intake)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await seen()).toBe(before + 1);
    await expect(register(intake)).rejects.toMatchObject({
      code: 'SAME_CAUSE_THIS_YEAR',
      message: expect.stringMatching(/2026-\d{4} 号，火灾，1,000\.00 元/) as string,
    });
    const { applicantId } = intake;
    expect((await register(await intakeOf({ applicantId, cause: 'ACCIDENT' }))).number).toMatch(/^2026-/);
  });

  it.each`
    change                           | code                      | because
    ${{ amountFen: fen(300_001) }}   | ${'PER_CASE_LIMIT'}       | ${'one fen above the limit of a case'}
    ${{ consents: ['HEALTH_BANK'] }} | ${'CONSENT_REQUIRED'}     | ${'nothing may be written down'}
    ${{ pledged: false }}            | ${'CONSENT_REQUIRED'}     | ${'the pledge is missing'}
    ${{ method: 'CARD' }}            | ${'ACCOUNT_NOT_OF_PAYEE'} | ${'no card was named'}
    ${{ visitors: ['one'] }}         | ${'VISITORS_NOT_TWO'}     | ${'one alone has seen it'}
    ${{ visitors: ['one', 'one'] }}  | ${'VISITORS_NOT_TWO'}     | ${'the same one twice'}
    ${{ visitors: ['one', 'self'] }} | ${'VISITOR_IS_APPLICANT'} | ${'nobody verifies himself'}
    ${{ visitors: ['one', 'kin'] }}  | ${'VISITOR_IS_KIN'}       | ${'kin do not verify'}
  `(
    'refuses $code and leaves all as it was: $because',
    async ({ change, code }: { change: Partial<Intake>; code: string }) => {
      const applicantId = await applicant();
      const kin = await applicant();
      const declared = { personId: applicantId, relativeId: kin, relation: 'SPOUSE' } as const;
      await house.get(PeopleService).declareKin(as(village, 'clerk'), declared);
      const known: Record<string, string> = { one: village.visitors[0], self: applicantId, kin };
      const visitors = (change.visitors ?? []).map((who) => known[who] ?? '');
      const before = await seen();
      await expect(register(await intakeOf({ ...change, applicantId, visitors }))).rejects.toMatchObject({
        code,
      });
      expect(await seen()).toBe(before);
      expect((await house.get(PeopleQueries).consentsOf(village.societyId, applicantId)).process).toBeNull();
    },
  );

  it('keeps to the people that the charter names: registered here or living here', async () => {
    const applicantId = await applicant({ residence: 'OUTSIDER' });
    await expect(register(await intakeOf({ applicantId }))).rejects.toMatchObject({ code: 'OUT_OF_SCOPE' });
  });

  it('does not take the card of somebody else', async () => {
    const card = { personId: await applicant(), bankName: '农村信用社', cardNumber: '6228480123456789015' };
    const { payeeAccountId } = await house.get(PeopleService).addPayeeAccount(as(village, 'clerk'), card);
    await expect(register(await intakeOf({ method: 'CARD', payeeAccountId }))).rejects.toMatchObject({
      code: 'ACCOUNT_NOT_OF_PAYEE',
    });
  });

  it('D4-32 asks the guardian of a child, and nobody else', async () => {
    const born = '20150601';
    const alone = await applicant({ idNumber: idNumber(born) });
    await expect(register(await intakeOf({ applicantId: alone }))).rejects.toMatchObject({
      code: 'GUARDIAN_REQUIRED',
    });
    const guardianId = await applicant();
    const child = await applicant({ idNumber: idNumber(born), guardianId });
    expect((await register(await intakeOf({ applicantId: child }))).number).toMatch(/^2026-/);
  });

  it('D4-50 takes on somebody without an ID number, and finds the likeness by name, birth and place', async () => {
    const who = { name: '逄无名', group: '七组', bornOn: '1960-02-03', idNumber: null };
    const first = await register(await intakeOf({ applicantId: await applicant(who) }));
    const twin = await applicant(who);
    const same = await house.get(PeopleQueries).sameIdentity(village.societyId, twin);
    const mine = {
      caseId: null,
      applicantId: twin,
      householdId: randomUUID(),
      payeeAccountId: null,
    };
    const alike = same.map(({ personId }) => personId);
    const others = await queries().similar(village.societyId, 2026, mine, alike);
    expect(others.map(({ number }) => number)).toContain(first.number);
  });

  it('D4-69 knows no case of another society', async () => {
    const { caseId } = await register(await intakeOf());
    const other = await givenVillage(house);
    await expect(queries().case(other.societyId, caseId)).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
    const applicantId = await personIn(house, other.societyId);
    await expect(register(await intakeOf({ applicantId }))).rejects.toMatchObject({
      code: 'PERSON_NOT_FOUND',
    });
  });

  it('pages by number, the newest first', async () => {
    const first = await queries().page(village.societyId, { limit: 3 });
    expect(first.cases).toHaveLength(3);
    const before = first.next === null ? null : { year: 2026, number: Number(first.next.slice(5)) };
    const second = await queries().page(village.societyId, { limit: 3, before });
    const texts = [...first.cases, ...second.cases].map(({ text }) => text);
    expect(texts).toEqual([...texts].sort().reverse());
    expect(new Set(texts).size).toBe(6);
  });

  it('keeps the story sealed, and tells it to who asks by the front door', async () => {
    const { caseId } = await register(await intakeOf({ story: '夜里突然发病' }));
    const rows: { sealed: string }[] = await house.dataSource.query(
      `SELECT story_sealed AS "sealed" FROM cases WHERE id = '${caseId}'`,
    );
    expect(rows[0]?.sealed).not.toContain('发病');
    expect(await queries().story(village.societyId, caseId)).toBe('夜里突然发病');
  });

  describe('a lead', () => {
    const lead = () => ({
      source: 'VISIT' as const,
      place: '三组',
      contact: '老张家 0000-1',
      words: '腿摔断了',
    });

    it('is kept sealed, and becomes one case and no second', async () => {
      const { leadId } = await house.get(LeadsService).recordLead(as(village, 'informant'), lead());
      const rows: { contact: string; words: string }[] = await house.dataSource.query(
        `SELECT contact_sealed AS "contact", words_sealed AS "words" FROM leads WHERE id = '${leadId}'`,
      );
      expect(JSON.stringify(rows)).not.toMatch(/老张|摔断/);
      const { caseId } = await register(await intakeOf({ leadId }));
      expect(await queries().lead(village.societyId, leadId)).toMatchObject({ caseId, words: '腿摔断了' });
      await expect(register(await intakeOf({ leadId }))).rejects.toMatchObject({ code: 'LEAD_ALREADY_CASE' });
    });

    it('is not found by another society', async () => {
      const { leadId } = await house.get(LeadsService).recordLead(as(village, 'clerk'), lead());
      const other = await givenVillage(house);
      await expect(queries().lead(other.societyId, leadId)).rejects.toMatchObject({ code: 'LEAD_NOT_FOUND' });
    });
  });

  describe('a draft', () => {
    const need = async () => ({
      draftId: null,
      leadId: null,
      applicant: { personId: await applicant() },
      cause: 'SCHOOLING' as const,
      amountFen: fen(50_000),
      story: '学费还差一点',
    });
    const rest = {
      method: 'CASH',
      payeeAccountId: null,
      consents: ['PROCESS', 'HEALTH_BANK'],
      pledged: true,
      visitors: [],
    } as const;
    const save = async (post: Post = 'clerk') =>
      house.get(DraftsService).saveNeed(as(village, post), await need());
    const draftOf = (draftId: string, post: Post = 'clerk') =>
      queries().draft(village.at[post].accountId ?? '', draftId);

    it('is kept sealed, for its own account alone, for seven days', async () => {
      const { draftId } = await save();
      const rows: { sealed: string }[] = await house.dataSource.query(
        `SELECT content_sealed AS "sealed" FROM case_drafts WHERE id = '${draftId}'`,
      );
      expect(rows[0]?.sealed).not.toContain('学费');
      expect((await draftOf(draftId))?.content.need.story).toBe('学费还差一点');
      expect(await draftOf(draftId, 'secretary')).toBeNull();
      house.clock.advance({ days: 7 });
      expect(await draftOf(draftId)).toBeNull();
      await expect(
        house.get(DraftsService).saveRest(as(village, 'clerk'), { draftId, rest, photos: [] }),
      ).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    });

    it('is thrown away by the clock after its days, once by two programs, and no day earlier', async () => {
      const { draftId } = await save();
      const purge = () => house.get(DraftsService).purge(house.clock.now());
      const kept = () =>
        house.dataSource.query<object[]>(`SELECT id FROM case_drafts WHERE id = '${draftId}'`);
      house.clock.advance({ days: 6 });
      await purge(); // those of other tests may be due
      expect(await kept()).toHaveLength(1);
      house.clock.advance({ days: 1 });
      const removed = await Promise.all([purge(), purge()]);
      expect(removed.reduce((sum, each) => sum + each, 0)).toBe(1);
      expect(await kept()).toEqual([]);
      expect(await purge()).toBe(0);
    });

    it('takes its photos with it, when it is of somebody else and when it is thrown away', async () => {
      const drafts = house.get(DraftsService);
      const { draftId } = await save();
      const add = async () => {
        const photos = [{ kind: 'ID_CARD' as const, bytes: await photo() }];
        await drafts.saveRest(as(village, 'clerk'), { draftId, rest, photos });
        return (await draftOf(draftId))?.content.photos.at(-1)?.fileId ?? '';
      };
      const sheetOf = async (fileId: string) => (await house.get(Files).read(fileId))?.bytes;
      const first = await add();
      const before = await sheetOf(first);
      await drafts.saveNeed(as(village, 'clerk'), { ...(await need()), draftId });
      const empty = await sheetOf(first);
      expect(empty).not.toEqual(before);
      const second = await add();
      expect(await sheetOf(second)).not.toEqual(empty);
      house.clock.advance({ days: 7 });
      await drafts.purge(house.clock.now());
      expect(await sheetOf(second)).toEqual(empty);
    });

    it('D4-50 asks whether a new person is somebody known, and takes the answer', async () => {
      const known = { name: '逄某', group: '六组', bornOn: '1969-10-01', phone: '13900008888' };
      const knownId = await personIn(house, village.societyId, known);
      const person = { ...known, phone: null, residence: 'OUTSIDER' } as const;
      const saved = async (draft: PersonDraft, isAnother: boolean) => {
        const typed = { ...(await need()), applicant: { person: draft, isAnother } };
        return house.get(DraftsService).saveNeed(as(village, 'clerk'), typed);
      };
      const others = await house.get(PeopleQueries).search(village.societyId, '逄某');
      await expect(saved(person, false)).rejects.toMatchObject({
        code: 'PERSON_LOOKS_ALIKE',
        personIds: [knownId],
      });
      await expect(saved({ ...person, name: '逄兄', phone: known.phone }, false)).rejects.toMatchObject({
        personIds: [knownId],
      });
      expect(await house.get(PeopleQueries).search(village.societyId, '逄某')).toEqual(others);
      const { draftId } = await saved(person, true);
      expect((await draftOf(draftId))?.content.need.applicantId).not.toBe(knownId);
    });

    it('becomes one case with its photos, and twice pressed still one', async () => {
      const { draftId } = await save();
      const photos = [{ kind: 'ID_CARD' as const, bytes: await photo() }];
      await house.get(DraftsService).saveRest(as(village, 'clerk'), { draftId, rest, photos });
      const key = randomUUID();
      const press = () => house.get(IntakeService).registerDraft(as(village, 'clerk', key), draftId);
      const [first, second] = [await press(), await press()];
      expect(second).toEqual(first);
      expect(await queries().photos(first.caseId)).toHaveLength(1);
      expect(await queries().papers(first.caseId)).toMatchObject([{ kind: 'ID_CARD', state: 'PRESENT' }]);
      expect(await draftOf(draftId)).toBeNull();
      await expect(
        house.get(IntakeService).registerDraft(as(village, 'clerk'), draftId),
      ).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    });

    it('is no case while its second page is missing', async () => {
      const { draftId } = await save();
      await expect(
        house.get(IntakeService).registerDraft(as(village, 'clerk'), draftId),
      ).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    });
  });
});
