import { BoardQueries } from '../../src/board/index.js';
import { CaseGround } from '../../src/cases/case-ground.js';
import { CaseSeals } from '../../src/cases/case.seals.js';
import { CasesStore } from '../../src/cases/cases.store.js';
import { CasesQueries, CasesService } from '../../src/cases/index.js';
import { CorrectionsService, NoticesQueries } from '../../src/notices/index.js';
import type { NoticeWords } from '../../src/notices/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { CorrectionsQueries, PeopleQueries, PersonCorrectionsService } from '../../src/people/index.js';
import type { CorrectedField } from '../../src/people/domain/person-correction.js';
import { PeopleService } from '../../src/people/index.js';
import { StaleSnapshot } from '../../src/platform/database/errors.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import * as road from '../support/relief.js';
import { staysSound } from '../support/sound.js';
import { as, cardNumber, givenCase, givenVillage, personIn } from '../support/village.js';
import type { Village } from '../support/village.js';

const REASON = '登记时写错了字';

/** 更正名册: one proposes, another confirms, and nothing that hangs is rewritten. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let personId: string;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house);
    personId = await personIn(house, village.societyId, { name: '范常河' });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const corrections = () => house.get(PersonCorrectionsService);
  const person = (id = personId) => house.get(PeopleQueries).person(village.societyId, id);
  const propose = (field: CorrectedField, after: string, id = personId) =>
    corrections().propose(as(village, 'secretary'), { personId: id, field, after, reason: REASON });
  const confirm = (correctionId: string, by: Parameters<typeof as>[1] = 'chair') =>
    corrections().confirm(as(village, by), { correctionId });
  const history = async (id = personId) => {
    const { householdId } = await person(id);
    return house.get(CorrectionsQueries).ofPerson(village.societyId, id, householdId);
  };
  const owed = async () =>
    (await house.get(DutiesQueries).open(village.societyId)).filter(
      (duty) => duty.kind === 'CONFIRM_CORRECTION',
    ).length;

  it('changes nothing until another person has confirmed it, and keeps what stood there', async () => {
    const { correctionId } = await propose('NAME', '范长河');
    expect([(await person()).name, await owed()]).toEqual(['范常河', 1]);
    await confirm(correctionId);
    expect([(await person()).name, await owed()]).toEqual(['范长河', 0]);
    expect(await history()).toEqual([
      expect.objectContaining({
        ...{ field: 'NAME', before: '范常河', after: '范长河', reason: REASON, state: 'CONFIRMED' },
        ...{ proposerName: '周明', deciderName: '王大山' },
      }),
    ]);
  });

  it('is found by the new name and its pinyin, and not by the old', async () => {
    const { correctionId } = await propose('NAME', '樊长河');
    await confirm(correctionId);
    const found = async (text: string) =>
      (await house.get(PeopleQueries).search(village.societyId, text)).some(({ id }) => id === personId);
    expect([await found('樊长'), await found('fch'), await found('范常')]).toEqual([true, true, false]);
  });

  it('says anew whether cards are in the person’s name, those of wards too', async () => {
    const people = house.get(PeopleService);
    const card = (id: string, holderName: string) =>
      people.addPayeeAccount(as(village, 'clerk'), {
        ...{ personId: id, bankName: '农村信用社', cardNumber: cardNumber(), holderName },
      });
    const wardId = await personIn(house, village.societyId, {
      ...{ name: '范小', bornOn: '2015-05-05', guardianId: personId },
    });
    await card(personId, '范长河');
    await card(wardId, '范长河');
    const matches = async () =>
      Promise.all(
        [personId, wardId].map(
          async (id) => (await house.get(PeopleQueries).payeeAccounts(village.societyId, id))[0]?.holderMatch,
        ),
      );
    expect(await matches()).toEqual(['OTHER', 'OTHER']);
    const { correctionId } = await propose('NAME', '范长河');
    await confirm(correctionId);
    expect(await matches()).toEqual(['PERSON', 'GUARDIAN']);
  });

  it('moves the whole household to its group', async () => {
    const { householdId } = await person();
    const relative = await personIn(house, village.societyId, { name: '范家人', householdId });
    const { correctionId } = await propose('GROUP', '四组');
    await confirm(correctionId);
    expect([(await person()).group, (await person(relative)).group]).toEqual(['四组', '四组']);
    expect(await history(relative)).toHaveLength(1);
  });

  it('is not confirmed by who proposed it', async () => {
    const { correctionId } = await propose('NAME', '范长河');
    await expect(confirm(correctionId, 'secretary')).rejects.toMatchObject({ code: 'NEEDS_SECOND_PERSON' });
    expect([(await person()).name, (await history())[0]?.state]).toEqual(['范常河', 'WAITING']);
  });

  it('is not confirmed by the proposer under another account, nor by whom it is about', async () => {
    const { correctionId } = await propose('NAME', '范长河');
    const { actor } = as(village, 'secretary');
    const other = callerOf({ ...actor, accountId: village.at.clerk.accountId });
    await expect(corrections().confirm(other, { correctionId })).rejects.toMatchObject({
      code: 'NEEDS_SECOND_PERSON',
    });
    const own = await propose('NAME', '王大三', village.at.chair.personId);
    await expect(confirm(own.correctionId)).rejects.toMatchObject({ code: 'CORRECTION_OF_ONESELF' });
  });

  it('stays as it was where it is declined, with the reason, and may be proposed again', async () => {
    const { correctionId } = await propose('NAME', '范长河');
    const words = '身份证上写的是常';
    await corrections().decline(as(village, 'chair'), { correctionId, words });
    expect([(await person()).name, await owed()]).toEqual(['范常河', 0]);
    expect((await history())[0]).toMatchObject({ state: 'DECLINED', answer: words });
    await expect(confirm(correctionId)).rejects.toMatchObject({ code: 'CORRECTION_DECIDED' });
    await propose('NAME', '范长河');
    expect(await owed()).toBe(1);
  });

  it('is proposed once and confirmed once of ten at a time', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => propose('NAME', '范长河')));
    const made = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(made).toHaveLength(1);
    for (const each of asked)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'CORRECTION_PENDING' });
    const [{ correctionId }] = made as [(typeof made)[number]];
    const pressed = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => confirm(correctionId, i % 2 === 0 ? 'chair' : 'clerk')),
    );
    expect(pressed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await history()).toHaveLength(1);
  });

  it.each([
    ['NAME', '范常河', 'NOTHING_CORRECTED'],
    ['NAME', '范3', 'CORRECTION_UNFIT'],
    ['GROUP', '  ', 'CORRECTION_UNFIT'],
  ] as const)('is not proposed: %s as “%s”, %s', async (field, after, code: string) => {
    await expect(propose(field, after)).rejects.toMatchObject({ code });
    expect([await history(), await owed()]).toEqual([[], 0]);
  });

  it('D4-69 is not found from another society', async () => {
    const { correctionId } = await propose('NAME', '范长河');
    const other = await givenVillage(house);
    const theirs = as(other, 'chair');
    await expect(corrections().confirm(theirs, { correctionId })).rejects.toMatchObject({
      code: 'CORRECTION_NOT_FOUND',
    });
    const asked = { personId, field: 'NAME', after: '范长河', reason: REASON } as const;
    await expect(corrections().propose(as(other, 'secretary'), asked)).rejects.toMatchObject({
      code: 'PERSON_NOT_FOUND',
    });
  });

  it('lies sealed: neither the old name nor the new, nor why', async () => {
    const { correctionId } = await propose('NAME', '范长河');
    const rows: unknown = await house.dataSource.query(
      `SELECT * FROM person_corrections WHERE id = '${correctionId}'`,
    );
    const trail: unknown = await house.dataSource.query(`SELECT * FROM audit_acts`);
    for (const words of ['范常河', '范长河', REASON]) {
      expect(JSON.stringify(rows)).not.toContain(words);
      expect(JSON.stringify(trail)).not.toContain(words);
    }
  });

  describe('and its notices', () => {
    const correct = async (id: string, field: CorrectedField, after: string) =>
      confirm((await propose(field, after, id)).correctionId);
    const grant = async (caseId: string) => {
      const notice = await house.get(NoticesQueries).ofSubject('case', caseId, 'GRANT_POST');
      if (!notice) throw new Error('No notice');
      return house.get(NoticesQueries).notice(village.societyId, notice.id);
    };

    it('leaves what hangs as it was signed, and offers to correct it', async () => {
      const made = await givenCase(village, { at: 'RUNNING', amountFen: 60_000 });
      const before = await grant(made.caseId);
      await correct(made.applicantId, 'NAME', '樊长河');
      await correct(made.applicantId, 'GROUP', '四组');
      const after = await grant(made.caseId);
      expect(after.issue).toEqual(before.issue);
      const { changes } = await house.get(CorrectionsService).textsToCorrect(after);
      expect(changes.map(({ was, now }) => [was, now])).toEqual(
        expect.arrayContaining([
          ['范*河', '樊*河'],
          [expect.stringContaining('三组'), expect.stringContaining('四组')],
        ]),
      );
      const { noticeId } = await house
        .get(CorrectionsService)
        .correct(as(village, 'secretary'), { noticeId: after.id });
      const drafted = await house.get(NoticesQueries).notice(village.societyId, noticeId);
      expect([drafted.kind, drafted.state]).toEqual(['CORRECTION', 'DRAFT']);
      expect(JSON.stringify(drafted.words)).not.toMatch(/范长河|樊长河/);
    });

    const frozenOf = async (caseId: string) =>
      house.get(CaseSeals).frozenOf(await house.get(CasesQueries).whole(village.societyId, caseId));

    it('finds a guardian who does not take the money, and leaves a namesake alone', async () => {
      const [guardianId, namesake] = [
        await personIn(house, village.societyId, { name: '范常山' }),
        await personIn(house, village.societyId, { name: '范常山' }),
      ];
      const applicant = { name: '范小', bornOn: '2015-05-05', guardianId, idNumber: null } as const;
      const made = await givenCase(village, { at: 'VOTING', amountFen: 60_000, applicant });
      const other = { ...applicant, name: '范大', guardianId: namesake };
      const others = await givenCase(village, { at: 'VOTING', amountFen: 60_000, applicant: other });
      expect((await frozenOf(made.caseId)).guardianName).toBe('范常山');
      await correct(guardianId, 'NAME', '范长山');
      const frozen = await frozenOf(made.caseId);
      expect([frozen.guardianName, frozen.payeeName]).toEqual(['范长山', '范小']);
      expect(frozen.names).toContain('范长山');
      expect((await frozenOf(others.caseId)).guardianName).toBe('范常山');
    });

    it('moves no 十三组 that ends like 三组', async () => {
      const made = await givenCase(village, { at: 'VOTING', amountFen: 60_000 });
      const frozen = await frozenOf(made.caseId);
      const group = frozen.group.replace('三组', '十三组');
      await house.get(Transactions).run(async (tx) => {
        const row = await house.get(CasesStore).get(tx, village.societyId, made.caseId);
        await house.get(CasesStore).reworded(tx, row, { ...frozen, group });
      });
      await correct(made.applicantId, 'GROUP', '四组');
      expect((await frozenOf(made.caseId)).group).toBe(group);
    });

    it('writes over no words that another correction has just written', async () => {
      const { caseId } = await givenCase(village, { at: 'VOTING', amountFen: 60_000 });
      const [store, seals] = [house.get(CasesStore), house.get(CaseSeals)];
      await house.get(Transactions).run(async (tx) => {
        const row = await store.get(tx, village.societyId, caseId);
        await store.reworded(tx, row, { ...seals.frozenOf(row), group: '一组' });
        const later = store.reworded(tx, row, { ...seals.frozenOf(row), applicantName: '樊长河' });
        await expect(later).rejects.toThrow(StaleSnapshot);
      });
      expect((await frozenOf(caseId)).group).toBe('一组');
    });

    it('opens no round on words that were corrected meanwhile: it reads them again', async () => {
      const made = await givenCase(village, { at: 'VERIFIED', amountFen: 60_000 });
      const ground = house.get(CaseGround);
      const read = ground.frozenOf.bind(ground);
      const reading = jest.spyOn(ground, 'frozenOf').mockImplementationOnce(async (...known) => {
        const frozen = await read(...known);
        await correct(made.applicantId, 'NAME', '樊长河');
        await correct(made.applicantId, 'GROUP', '四组');
        return frozen;
      });
      const asked = { caseId: made.caseId, recusals: [] };
      const { roundId } = await house.get(CasesService).openRound(as(village, 'secretary'), asked);
      expect(reading).toHaveBeenCalledTimes(2);
      reading.mockRestore();
      const frozen = await frozenOf(made.caseId);
      expect([frozen.applicantName, frozen.payeeName]).toEqual(['樊长河', '樊长河']);
      const { motion } = await house.get(BoardQueries).round(village.societyId, roundId);
      expect(motion).toMatch(/四组樊\*河/);
    });

    it('begins a unit anew that would freeze what is corrected at this moment', async () => {
      const made = await givenCase(village, { at: 'VERIFIED', amountFen: 60_000 });
      const versionOf = async () =>
        (await house.get(CasesQueries).whole(village.societyId, made.caseId)).papersVersion;
      const before = await versionOf();
      await correct(made.applicantId, 'NAME', '樊长河');
      expect(await versionOf()).toBe(before + 1);
    });

    it('says it as it is in what nobody has signed yet, and in what is still to come', async () => {
      const paid = await givenCase(village, { at: 'PAID', amountFen: 60_000 });
      await correct(paid.applicantId, 'NAME', '樊长河');
      const printed = (await grant(paid.caseId)).words as NoticeWords<'GRANT_POST'>;
      expect(JSON.stringify(printed)).toContain('樊*河');
      expect(JSON.stringify(printed)).not.toContain('范*河');
    });
  });

  describe('and relief by a federation', () => {
    let ground: road.ReliefGround;
    beforeAll(async () => {
      ground = await road.givenReliefGround(house);
    });

    const correctAtHome = async (made: road.GivenRelief, field: CorrectedField, after: string) => {
      const asked = { personId: made.personId, field, after, reason: REASON };
      const { correctionId } = await corrections().propose(road.by(made.home, 'secretary'), asked);
      await corrections().confirm(road.by(made.home, 'clerk'), { correctionId });
    };
    const known = async (made: road.GivenRelief) => {
      const { applicantId } = await road.relief(ground, made);
      return house.get(PeopleQueries).person(ground.federationId, applicantId);
    };

    it('puts the register of the federation right too, and offers to correct what hangs', async () => {
      const made = await road.givenRelief(ground, { at: 'RUNNING', applicant: { name: '范常河' } });
      const before = await road.noticeOf(ground, made, 'RELIEF_PRE');
      await correctAtHome(made, 'NAME', '樊长河');
      await correctAtHome(made, 'GROUP', '九组');
      const copy = await known(made);
      expect([copy.name, copy.group]).toEqual(['樊长河', expect.stringMatching(/.九组$/)]);
      const told = await house
        .get(CorrectionsQueries)
        .ofPerson(ground.federationId, copy.id, copy.householdId);
      expect(told.map(({ field, state }) => [field, state])).toEqual(
        expect.arrayContaining([
          ['NAME', 'CONFIRMED'],
          ['GROUP', 'CONFIRMED'],
        ]),
      );
      const notice = await road.noticeOf(ground, made, 'RELIEF_PRE');
      expect(notice.words).toEqual(before.words);
      const { changes } = await house.get(CorrectionsService).textsToCorrect(notice);
      expect(changes.map(({ was, now }) => [was, now])).toEqual(
        expect.arrayContaining([
          ['范*河', '樊*河'],
          [expect.stringContaining('三组'), expect.stringContaining('九组')],
        ]),
      );
    });

    it('moves a household once, however many cases it has', async () => {
      const made = await road.givenRelief(ground, { at: 'PRE_NOTICE', applicant: { name: '范常河' } });
      const { householdId } = await house.get(PeopleQueries).person(made.home.societyId, made.personId);
      const brother = { name: '范常江', householdId };
      const other = await road.givenRelief(ground, { at: 'SUBMITTED', home: made.home, applicant: brother });
      const before = (await known(made)).group;
      await correctAtHome(made, 'GROUP', '十三组');
      const moved = before.replace('三组', '十三组');
      expect([(await known(made)).group, (await known(other)).group]).toEqual([moved, moved]);
      const { words } = await road.noticeOf(ground, made, 'RELIEF_PRE');
      expect(JSON.stringify(words)).toContain(moved);
      expect(JSON.stringify(words)).not.toContain('十十三组');
    });

    it('follows a guardian, whose mask stands for the child', async () => {
      const home = ground.home;
      const guardianId = await personIn(house, home.societyId, { name: '范常山' });
      const child = { name: '范小', bornOn: '2015-05-05', guardianId, idNumber: null } as const;
      const made = await road.givenRelief(ground, { at: 'PRE_NOTICE', home, applicant: child });
      await correctAtHome({ ...made, personId: guardianId }, 'NAME', '樊常山');
      const copy = await house
        .get(PeopleQueries)
        .person(ground.federationId, (await known(made)).guardianId ?? '');
      expect(copy.name).toBe('樊常山');
      const { words } = await road.noticeOf(ground, made, 'RELIEF_PRE');
      expect(JSON.stringify(words)).toContain('樊*山');
      expect(JSON.stringify(words)).not.toContain('范*山');
    });

    it('says it as it is in the notice that nobody has signed yet', async () => {
      const made = await road.givenRelief(ground, { at: 'PRE_NOTICE', applicant: { name: '范常河' } });
      await correctAtHome(made, 'NAME', '樊长河');
      const { words } = await road.noticeOf(ground, made, 'RELIEF_PRE');
      expect(JSON.stringify(words)).toContain('樊*河');
      expect(JSON.stringify(words)).not.toContain('范*河');
    });

    it('leaves alone what the federation calls otherwise', async () => {
      const made = await road.givenRelief(ground, { at: 'SUBMITTED', applicant: { name: '范常河' } });
      const { applicantId } = await road.relief(ground, made);
      const asked = { personId: applicantId, field: 'NAME', after: '范昌河', reason: REASON } as const;
      const { correctionId } = await corrections().propose(road.by(ground, 'secretary'), asked);
      await corrections().confirm(road.by(ground, 'chair'), { correctionId });
      await correctAtHome(made, 'NAME', '樊长河');
      expect((await known(made)).name).toBe('范昌河');
    });
  });
});
