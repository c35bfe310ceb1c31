import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { KeyUsedOtherwise } from '../../src/audit/domain/audit.errors.js';
import { PersonListeners } from '../../src/people/index.js';
import type { IdNumberSupplied, PersonDraft } from '../../src/people/index.js';
import {
  CardInvalid,
  GuardianConsentNeeded,
  GuardianNotAdult,
  HouseholdNotFound,
  IdNumberAlreadyKnown,
  KinAlreadyDeclared,
  NoGuardianRegistered,
  PayeeAccountAlreadyKnown,
  PersonAlreadyRegistered,
  PersonNotFound,
} from '../../src/people/domain/people.errors.js';
import { Person } from '../../src/people/person.entity.js';
import { Sealing } from '../../src/platform/crypto/sealing.js';
import { kinds } from '../support/databases.js';
import { givenPerson, givenRegister, secretaryOf } from '../support/people.js';
import type { Register } from '../support/people.js';

const CHILD_ID = '371602201206012340';
const CARD = '6217001234567890122';
const OLD_PASSBOOK = '6217001234567890123';
const AT = new Date('2026-03-02T02:00:00.000Z');

describe.each(kinds)('$name', (kind) => {
  let house: Register;
  let society: string;

  beforeAll(async () => {
    house = await givenRegister(kind);
  });
  afterAll(async () => house.close());
  beforeEach(() => (society = randomUUID()));

  const given = (draft: Partial<PersonDraft> = {}) => givenPerson(house, society, draft);
  const person = (id: string) => house.queries.person(society, id);
  const count = () => house.queries.count(society);

  describe('registering', () => {
    it('keeps a person with a household, and shows no number', async () => {
      const address = { community: '柳溪社区', grid: '2网格', building: '3号楼', home: '301' };
      const id = await given({
        idNumber: '341702198503140010',
        phone: '139 0000 5341',
        address,
        tags: ['TENANT'],
      });
      const found = await person(id);
      expect(found).toMatchObject({
        societyId: society,
        name: '李建明',
        maskedName: '李*明',
        group: '三组',
        bornOn: '1985-03-14',
        sex: 'male',
        isMinor: false,
        idState: 'KNOWN',
        phoneTail: '5341',
        guardianId: null,
      });
      expect(JSON.stringify(found)).not.toMatch(/341702198503140010|13900005341/);
      expect(await house.queries.household(society, found.householdId)).toMatchObject({
        address: '三组 · 柳溪社区 · 2网格 · 3号楼 · 301',
        members: [{ id }],
      });
      expect(await house.queries.maskedIdNumber(society, id)).toBe('3417**********0010');
      expect(await house.queries.tagsOf(society, id)).toEqual(['TENANT']);
    });

    it('D4-52 takes ID 11010519491231002x and stores it sealed, with the upper-case X', async () => {
      const id = await given({ idNumber: '11010519491231002x' });
      const row = await house.dataSource.manager.findOneByOrFail(Person, { id });
      const sealed = row.idNumberSealed ?? '';
      expect(house.get(Sealing).open(sealed, `persons/id_number/${id}`)).toBe('11010519491231002X');
      expect(() => house.get(Sealing).open(sealed, `persons/id_number/${randomUUID()}`)).toThrow();
    });

    it('D4-50 takes a person without ID and finds the same name, birthday and place again', async () => {
      const who = { name: '逄某', bornOn: '1969-10-01', origin: '大箐山县' } as const;
      const first = await given(who);
      expect(await person(first)).toMatchObject({ idState: 'PENDING', bornOn: '1969-10-01' });
      const asked = { name: '逄某', group: '五组', bornOn: (await person(first)).bornOn, origin: '大箐山县' };
      expect(await house.queries.lookAlikes(society, asked)).toEqual([
        { personId: first, why: 'NAME_BIRTH_PLACE' },
      ]);
      const second = await given({ ...who, group: '五组' });
      expect(await house.queries.sameIdentity(society, second)).toEqual([
        { personId: first, why: 'NAME_BIRTH_PLACE' },
      ]);
      await given({ ...who, bornOn: '1969-10-02' });
      expect(await house.queries.sameIdentity(society, second)).toHaveLength(1);
    });

    it('D4-50 takes the number later, once, and tells whoever waits for it', async () => {
      const heard: IdNumberSupplied[] = [];
      house.get(PersonListeners).register({
        supplied: (_tx, event) => Promise.resolve(void heard.push(event)),
        answered: () => Promise.resolve(),
      });
      const id = await given({ name: '逄某' });
      const supply = (idNumber: string) =>
        house.people.supplyIdNumber(secretaryOf(society), { personId: id, idNumber });
      await supply('341702198503140010');
      expect(await person(id)).toMatchObject({ idState: 'KNOWN', bornOn: '1985-03-14', sex: 'male' });
      await expect(supply('341702198503140029')).rejects.toThrow(IdNumberAlreadyKnown);
      expect(heard.filter(({ personId }) => personId === id)).toHaveLength(1);
      const other = await given({ name: '王芳' });
      const same = { personId: other, idNumber: '341702198503140010' };
      await expect(house.people.supplyIdNumber(secretaryOf(society), same)).rejects.toThrow(
        PersonAlreadyRegistered,
      );
    });

    it('registers one ID number once, when ten clerks enter it together', async () => {
      const draft = {
        name: '李建明',
        group: '三组',
        residence: 'HUKOU',
        idNumber: '341702198503140010',
      } as const;
      const entered = await Promise.allSettled(
        Array.from({ length: 10 }, () => house.people.addPerson(secretaryOf(society), draft)),
      );
      expect(entered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refusals = entered.flatMap((each) =>
        each.status === 'rejected' ? [each.reason as unknown] : [],
      );
      expect(refusals.every((refusal) => refusal instanceof PersonAlreadyRegistered)).toBe(true);
      expect(await count()).toBe(1);
    });

    it('answers the same key with the same person, and refuses it for another', async () => {
      const draft = { name: '李建明', group: '三组', residence: 'HUKOU' } as const;
      const caller = secretaryOf(society);
      const [first, again] = [
        await house.people.addPerson(caller, draft),
        await house.people.addPerson(caller, draft),
      ];
      expect(again).toEqual(first);
      await expect(house.people.addPerson(caller, { ...draft, name: '王芳' })).rejects.toThrow(
        KeyUsedOtherwise,
      );
      expect(await count()).toBe(1);
    });

    it('puts into one household who gives the same number, ten at once too', async () => {
      const ids = await Promise.all(
        Array.from({ length: 10 }, (_each, i) =>
          given({ name: `李${'一二三四五六七八九十'.charAt(i)}`, householdNumber: '12' }),
        ),
      );
      const households = new Set(
        (await house.queries.persons(society, ids)).map(({ householdId }) => householdId),
      );
      expect(households.size).toBe(1);
    });

    it('joins a household by its id, of the own society only', async () => {
      const { householdId } = await person(await given());
      const joined = await given({ name: '王芳', group: '', householdId });
      expect(await person(joined)).toMatchObject({ householdId, group: '三组' });
      const elsewhere = givenPerson(house, randomUUID(), { householdId });
      await expect(elsewhere).rejects.toThrow(HouseholdNotFound);
    });
  });

  describe('finding', () => {
    beforeEach(async () => {
      await given({ name: '李建明', phone: '13900005341' });
      await given({ name: '刘佳敏', group: '五组' });
      await given({ name: '单雄信', phone: '13900000012' });
      await given({ name: '李建', phone: '13800005341' });
    });
    const names = async (text: string, limit?: number) =>
      (await house.queries.search(society, text, limit)).map(({ name }) => name);

    it.each`
      typed            | found                           | because
      ${'ljm'}         | ${['李建明', '刘佳敏']}         | ${'both have these initials'}
      ${'LJ'}          | ${['李建', '李建明', '刘佳敏']} | ${'a beginning, in capitals'}
      ${'sx'}          | ${['单雄信']}                   | ${'单 as a surname is shan'}
      ${'dx'}          | ${[]}                           | ${'and not dan'}
      ${'李建'}        | ${['李建', '李建明']}           | ${'the whole name comes first'}
      ${'建明'}        | ${[]}                           | ${'a name is looked up from its beginning'}
      ${' ５３４１ '}  | ${['李建', '李建明']}           | ${'the last four of the phone, full-width too'}
      ${'13900005341'} | ${[]}                           | ${'a whole number asks nothing out of the register'}
      ${'%'}           | ${[]}                           | ${'a sign of the search language is a sign'}
      ${'_建'}         | ${[]}                           | ${'so is this'}
      ${''}            | ${[]}                           | ${'nothing was asked'}
    `('by $typed gives $found: $because', async ({ typed, found }: { typed: string; found: string[] }) => {
      expect((await names(typed)).sort()).toEqual([...found].sort());
    });

    it('shows the exact name first, and no more than was asked for', async () => {
      expect(await names('李建')).toEqual(['李建', '李建明']);
      expect(await names('l', 2)).toHaveLength(2);
    });

    it('lists by keyset, each once', async () => {
      const first = await house.queries.list(society, null, 3);
      const second = await house.queries.list(society, first.next, 3);
      expect([first.people.length, second.people.length, second.next]).toEqual([3, 1, null]);
      expect(new Set([...first.people, ...second.people].map(({ id }) => id)).size).toBe(4);
    });
  });

  describe('D4-69 another society', () => {
    it('finds nothing and changes nothing', async () => {
      const id = await given({ idNumber: '341702198503140010', phone: '13900005341' });
      const stranger = randomUUID();
      const { queries, people } = house;
      const { householdId } = await person(id);
      for (const ask of [
        () => queries.person(stranger, id),
        () => queries.persons(stranger, [id]),
        () => queries.maskedIdNumber(stranger, id),
        () => queries.sameIdentity(stranger, id),
        () => queries.related(stranger, id, id),
        () =>
          people.addPayeeAccount(secretaryOf(stranger), {
            personId: id,
            bankName: '农商行',
            cardNumber: CARD,
          }),
        () =>
          people.giveConsents(secretaryOf(stranger), {
            personId: id,
            answers: { PROCESS: true },
            how: 'PAPER',
          }),
        () => people.supplyIdNumber(secretaryOf(stranger), { personId: id, idNumber: '341702198503140029' }),
      ])
        await expect(ask()).rejects.toMatchObject({ kind: 'not-found', code: 'PERSON_NOT_FOUND' });
      await expect(queries.household(stranger, householdId)).rejects.toThrow(HouseholdNotFound);
      expect(await queries.search(stranger, 'ljm')).toEqual([]);
      expect((await queries.list(stranger, null)).people).toEqual([]);
      expect(await queries.payeeAccounts(stranger, id)).toEqual([]);
      expect(await queries.kinOf(stranger, id)).toEqual([]);
      expect(await queries.consentsOf(stranger, id)).toMatchObject({ process: null });
      expect(await queries.tagsOf(stranger, id)).toEqual([]);
    });

    it('may register the same person for itself, and its indexes match nothing of ours', async () => {
      const draft = { idNumber: '341702198503140010', phone: '13900005341' };
      const ids = [await given(draft), await givenPerson(house, randomUUID(), draft)];
      const rows = await Promise.all(
        ids.map((id) => house.dataSource.manager.findOneByOrFail(Person, { id })),
      );
      expect(new Set(rows.map(({ idNumberIndex }) => idNumberIndex)).size).toBe(2);
      expect(new Set(rows.map(({ phoneIndex }) => phoneIndex)).size).toBe(2);
    });
  });

  describe('payee accounts', () => {
    const add = (personId: string, cardNumber: string, holderName: string | null = null) =>
      house.people.addPayeeAccount(secretaryOf(society), {
        personId,
        bankName: '农商行',
        cardNumber,
        holderName,
      });

    it('takes a card, shows its tail, and opens it only with a look in the trail', async () => {
      const id = await given();
      const { payeeAccountId, ...added } = await add(id, '6217 0012 3456 7890 122');
      expect(added).toEqual({ luhn: true, matchesName: true });
      expect(await house.queries.payeeAccounts(society, id)).toEqual([
        {
          id: payeeAccountId,
          personId: id,
          holderName: '李建明',
          bankName: '农商行',
          cardTail: '0122',
          luhn: true,
          matchesName: true,
          holderMatch: 'PERSON',
        },
      ]);
      const look = { reason: '打款', threadId: randomUUID() };
      expect(await house.people.revealCard(secretaryOf(society).actor, payeeAccountId, look)).toBe(CARD);
      const acts: { words: string }[] = await house.dataSource.query(
        `SELECT words AS "words" FROM audit_acts WHERE subject_id = ?`,
        [payeeAccountId],
      );
      expect(acts).toEqual([{ words: '查看完整卡号：打款' }]);
      await expect(
        house.people.revealCard(secretaryOf(randomUUID()).actor, payeeAccountId, look),
      ).rejects.toMatchObject({ code: 'PAYEE_ACCOUNT_NOT_FOUND' });
    });

    it('warns of a number that fails Luhn, and takes it: old passbooks do', async () => {
      const id = await given();
      expect(await add(id, OLD_PASSBOOK)).toMatchObject({ luhn: false, matchesName: true });
    });

    it('flags a holder who is neither the person nor the guardian', async () => {
      const guardianId = await given({ name: '张桂芳', bornOn: '1980-01-01' });
      const child = await given({ name: '李小明', idNumber: CHILD_ID, guardianId });
      expect(await add(child, CARD, '王五')).toMatchObject({ matchesName: false });
      expect(await add(child, OLD_PASSBOOK, '张桂芳')).toMatchObject({ matchesName: true });
    });

    it('refuses what is no card, and the same card twice', async () => {
      const id = await given();
      await expect(add(id, '1234')).rejects.toThrow(CardInvalid);
      await add(id, CARD);
      await expect(add(id, CARD)).rejects.toThrow(PayeeAccountAlreadyKnown);
      expect(await house.queries.payeeAccounts(society, id)).toHaveLength(1);
    });
  });

  describe('ties', () => {
    it('hold from both sides, declared once', async () => {
      const [a, b] = [await given(), await given({ name: '王芳' })];
      const declare = (personId: string, relativeId: string) =>
        house.people.declareKin(secretaryOf(society), { personId, relativeId, relation: 'SPOUSE' });
      await declare(b, a);
      await expect(declare(a, b)).rejects.toThrow(KinAlreadyDeclared);
      expect(await house.queries.kinOf(society, a)).toEqual([{ personId: b, relation: 'SPOUSE' }]);
      expect(await house.queries.kinOf(society, b)).toEqual([{ personId: a, relation: 'SPOUSE' }]);
      expect(await house.queries.related(society, a, b)).toEqual(['SPOUSE']);
      expect(await house.queries.related(society, b, a)).toEqual(['SPOUSE']);
    });

    it('are seen in what two persons share, by phone, card, home and household', async () => {
      const address = { community: '柳溪', building: '3号楼', home: '301' };
      const a = await given({ phone: '13900005341', address });
      const b = await given({ name: '王芳', phone: '13900005341', address });
      for (const personId of [a, b])
        await house.people.addPayeeAccount(secretaryOf(society), {
          personId,
          bankName: '农商行',
          cardNumber: CARD,
        });
      const c = await given({ name: '赵六', group: '', householdId: (await person(b)).householdId });
      expect(await house.queries.related(society, a, b)).toEqual(['PHONE', 'CARD', 'ADDRESS']);
      expect(await house.queries.relatedAmong(society, c, [a, b, c])).toEqual([
        { personId: a, reasons: ['ADDRESS'] },
        { personId: b, reasons: ['HOUSEHOLD', 'ADDRESS'] },
        { personId: c, reasons: ['SELF'] },
      ]);
      const same = await house.queries.sameIdentity(society, b);
      expect(new Set(same.map(({ personId, why }) => `${personId} ${why}`))).toEqual(
        new Set([`${a} PHONE`, `${a} CARD`, `${c} HOUSEHOLD`]),
      );
    });

    it('do not arise from two unknowns', async () => {
      const [a, b] = [await given(), await given({ name: '王芳' })];
      expect(await house.queries.related(society, a, b)).toEqual([]);
      expect(await house.queries.sameIdentity(society, a)).toEqual([]);
    });

    it.each`
      name                 | masked          | because
      ${'张伟'}            | ${'张*'}        | ${'one character is left to hide'}
      ${'欧阳娜娜'}        | ${'欧阳*娜'}    | ${'the surname has two characters'}
      ${'阿卜杜拉·买买提'} | ${'阿***·**提'} | ${'a star for each hidden character, the dot stays'}
    `('D4-30 shows $name as $masked: $because', async ({ name, masked }: Record<string, string>) => {
      expect(await house.queries.person(society, await given({ name: name ?? '' }))).toMatchObject({
        maskedName: masked,
      });
    });

    it('D4-32 name a guardian, who is of age and under nobody’s care', async () => {
      const child = await given({ name: '李小明', idNumber: CHILD_ID });
      const [mother, sister] = [
        await given({ name: '张桂芳', bornOn: '1980-01-01' }),
        await given({ name: '李小红', bornOn: '2009-01-01' }),
      ];
      const guard = (personId: string, relativeId: string) =>
        house.people.declareKin(secretaryOf(society), {
          personId,
          relativeId,
          relation: 'LINEAL',
          isGuardian: true,
        });
      await expect(guard(child, sister)).rejects.toThrow(GuardianNotAdult);
      expect(await house.queries.kinOf(society, child)).toEqual([]);
      await guard(child, mother);
      expect(await person(child)).toMatchObject({ isMinor: true, guardianId: mother });
      expect(await house.queries.related(society, child, mother)).toEqual(['LINEAL', 'GUARDIAN']);
      const ward = { name: '王小', guardianId: child, group: '三组', residence: 'HUKOU' } as const;
      await expect(house.people.addPerson(secretaryOf(society), ward)).rejects.toThrow(GuardianNotAdult);
    });
  });

  describe('consents', () => {
    const consents = (id: string) => house.queries.consentsOf(society, id);

    it('are four, each by itself, and the last word stands, within one millisecond too', async () => {
      const id = await given();
      expect(await consents(id)).toEqual({ process: null, healthBank: null, verify: null, publish: null });
      const answers = { PROCESS: true, HEALTH_BANK: true, VERIFY: true, PUBLISH: true };
      await house.people.giveConsents(secretaryOf(society), { personId: id, answers, how: 'PAPER' });
      for (const given of [false, true, false])
        await house.people.giveConsents(secretaryOf(society), {
          personId: id,
          answers: { PUBLISH: given },
          how: 'ON_SCREEN',
        });
      expect(await consents(id)).toEqual({ process: true, healthBank: true, verify: true, publish: false });
    });

    it('keep the photo of the sheet, the wording and who wrote it down', async () => {
      const [id, clerk] = [await given(), randomUUID()];
      const photo = await sharp({ create: { width: 40, height: 60, channels: 3, background: '#fff' } })
        .png()
        .toBuffer();
      const draft = { personId: id, answers: { PROCESS: true }, how: 'PAPER', photo } as const;
      await house.people.giveConsents(secretaryOf(society, { personId: clerk }), draft);
      const rows: object[] = await house.dataSource.query(
        `SELECT c.text_version AS "version", c.by_person_id AS "byPersonId", f.mime AS "mime", f.society_id AS "societyId"
         FROM consents c JOIN stored_files f ON f.id = c.file_id WHERE c.person_id = ?`,
        [id],
      );
      expect(rows).toEqual([
        { version: '2026-1', byPersonId: clerk, mime: 'image/jpeg', societyId: society },
      ]);
    });

    it('D4-32 of a child are the guardian’s', async () => {
      const guardianId = await given({ name: '张桂芳', bornOn: '1980-01-01' });
      const [child, orphan] = [
        await given({ name: '李小明', idNumber: CHILD_ID, guardianId }),
        await given({ name: '李小红', category: 'MINOR' }),
      ];
      const step = {
        societyId: society,
        purposes: ['PROCESS', 'PUBLISH'],
        given: true,
        fileId: null,
        at: AT,
        byPersonId: null,
      } as const;
      const give = (personId: string, how: 'PAPER' | 'GUARDIAN') =>
        house.transactions.run((tx) => house.people.consent(tx, { ...step, personId, how }));
      await expect(give(child, 'PAPER')).rejects.toThrow(GuardianConsentNeeded);
      await expect(give(orphan, 'GUARDIAN')).rejects.toThrow(NoGuardianRegistered);
      expect(await consents(child)).toMatchObject({ process: null });
      await give(child, 'GUARDIAN');
      expect(await consents(child)).toMatchObject({ process: true, publish: true });
      const rows: object[] = await house.dataSource.query(
        `SELECT DISTINCT guardian_id AS "guardianId" FROM consents WHERE person_id = ?`,
        [child],
      );
      expect(rows).toEqual([{ guardianId }]);
    });

    it('take their places when ten are written at once', async () => {
      const id = await given();
      const draft = { personId: id, answers: { PROCESS: true, VERIFY: false }, how: 'PAPER' } as const;
      await Promise.all(
        Array.from({ length: 10 }, () => house.people.giveConsents(secretaryOf(society), draft)),
      );
      const rows: { position: number }[] = await house.dataSource.query(
        `SELECT position AS "position" FROM consents WHERE person_id = ? ORDER BY position`,
        [id],
      );
      expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_each, i) => i + 1));
    });

    it.each(['consents', 'pledges'])('cannot be changed or deleted afterwards: %s', async (table) => {
      const id = await given();
      const signing = {
        societyId: society,
        personId: id,
        how: 'PAPER',
        fileId: null,
        at: AT,
        byPersonId: null,
      } as const;
      await house.transactions.run(async (tx) => {
        await house.people.consent(tx, { ...signing, purposes: ['PROCESS'], given: true });
        await house.people.pledge(tx, signing);
      });
      for (const sql of [`UPDATE ${table} SET how = 'X'`, `DELETE FROM ${table}`])
        await expect(house.dataSource.transaction((manager) => manager.query(sql))).rejects.toThrow(
          /append-only/,
        );
      expect(await house.queries.hasPledged(society, id)).toBe(true);
    });
  });

  it('adds as a step of another’s unit, and leaves nothing when that unit fails', async () => {
    const draft = { name: '逄某', group: '三组', residence: 'OUTSIDER' } as const;
    const failing = house.transactions.run(async (tx) => {
      await house.people.add(tx, society, draft);
      throw new Error('the case was refused');
    });
    await expect(failing).rejects.toThrow('the case was refused');
    expect(await count()).toBe(0);
    const { personId } = await house.transactions.run((tx) => house.people.add(tx, society, draft));
    expect(await person(personId)).toMatchObject({ residence: 'OUTSIDER', idState: 'PENDING' });
  });

  it('does not know a person who is nowhere', async () => {
    await expect(person(randomUUID())).rejects.toThrow(PersonNotFound);
  });
});
