import {
  AppealsService,
  BreachGrounds,
  BreachesQueries,
  BreachesService,
  BreachesVerifier,
} from '../../src/breaches/index.js';
import { AppealsReading } from '../../src/breaches/appeals.reading.js';
import { UpheldCase } from '../../src/cases/upheld-case.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { addDays, day, dayOf, startOfDay } from '../../src/kernel/day.js';
import type { Day } from '../../src/kernel/day.js';
import { MessagesSender } from '../../src/messages/index.js';
import type { NoticeFacts, Upholding } from '../../src/notices/index.js';
import { lastDayKept, PeopleService, PersonHoldings, RetentionService } from '../../src/people/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { givenBreach, givenUntrue, hear, propose, REASON, STATEMENT, termOf } from '../support/breaches.js';
import { kinds } from '../support/databases.js';
import { by, givenDesk } from '../support/desk.js';
import { openFast } from '../support/fast-path.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Post, Village } from '../support/village.js';

/** 失信标记: nobody is flagged by one person alone, unheard, for ever, or without an appeal. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const breaches = () => house.get(BreachesService);
  const appeals = () => house.get(AppealsService);
  const today = () => dayOf(house.clock.now());
  const confirm = (breachId: string, post: Post = 'chair') =>
    breaches().confirm(as(village, post), { breachId });
  const lift = (breachId: string, post: Post = 'supervisor') =>
    breaches().lift(as(village, post), { breachId, words: '已经改正，退了钱' });
  const appeal = (breachId: string, of = village) =>
    appeals().appeal(as(of, 'clerk'), { breachId, how: 'WRITTEN', madeOn: today(), words: '我说过的' });
  const flag = (breachId: string, of = village) => house.get(BreachesQueries).breach(of.societyId, breachId);
  const standing = (personId: string) =>
    house.get(BreachesQueries).standingOf(village.societyId, [personId], today());
  const owed = async (thread: string, societyId = village.societyId) =>
    (await house.get(DutiesQueries).open(societyId))
      .filter(({ threadId }) => threadId === thread)
      .map(({ kind: of, ownerRole }) => `${of} ${ownerRole}`);
  const next = (applicantId: string) =>
    givenCase(village, { at: 'VERIFIED', applicantId, cause: 'ACCIDENT', amountFen: 50_000 });

  it('stands once the person was heard and another confirmed it, and takes the fast path alone away', async () => {
    const { applicantId, groundId } = await givenUntrue(village, { applicant: { phone: '19912345678' } });
    const { breachId } = await propose(village, groundId);
    expect([await standing(applicantId), await owed(breachId)]).toEqual([[], ['HEAR_BREACH secretary']]);
    const texts = await house.dataSource.query<{ template: string }[]>(
      `SELECT template AS "template" FROM messages WHERE subject_id = ?`,
      [breachId],
    );
    expect(texts).toEqual([{ template: 'please-be-heard' }]);
    await expect(confirm(breachId)).rejects.toMatchObject({ code: 'BREACH_NOT_HEARD' });
    await hear(village, breachId);
    expect(await owed(breachId)).toEqual(['CONFIRM_BREACH chair']);
    const made = await next(applicantId);
    await confirm(breachId);
    expect(await owed(breachId)).toEqual([]);
    expect(await standing(applicantId)).toEqual([
      expect.objectContaining({ kind: 'APPLICANT', untilOn: '2027-03-02', appealed: false }),
    ]);
    expect(await flag(breachId)).toMatchObject({ reason: REASON, statement: STATEMENT, months: 12 });
    await expect(openFast(village, made)).rejects.toMatchObject({ code: 'FAST_PATH_FLAGGED' });
    // Help itself is refused to nobody: another case of the same person goes its ordinary way.
    await givenCase(village, { at: 'VOTING', applicantId, cause: 'FIRE', amountFen: 30_000 });
  });

  it('is refused to the wrong hands, and nothing is changed', async () => {
    const { applicantId, groundId } = await givenUntrue(village);
    const { breachId } = await propose(village, groundId, 'chair');
    const silent = breaches().hear(as(village, 'clerk'), {
      breachId,
      how: 'SILENT',
      statement: null,
      told: null,
    });
    await expect(silent).rejects.toMatchObject({ code: 'BREACH_NOT_TOLD' });
    await hear(village, breachId);
    const before = await flag(breachId);
    await house.get(PeopleService).declareKin(as(village, 'clerk'), {
      ...{ personId: applicantId, relativeId: village.at.deputy.personId, relation: 'COLLATERAL_3' },
    });
    const other = await givenVillage(house, { heldFen: 0 });
    const [third, chair] = [await termOf(village, 'third'), await termOf(village, 'chair')];
    const refused = [
      [() => confirm(breachId, 'chair'), 'BREACH_NEEDS_SECOND_PERSON'],
      [() => confirm(breachId, 'secretary'), 'BREACH_NEEDS_SECOND_PERSON'],
      [() => confirm(breachId, 'deputy'), 'BREACH_TIED'],
      [() => breaches().confirm(as(other, 'supervisor'), { breachId }), 'BREACH_NOT_FOUND'],
      [() => hear(village, breachId), 'BREACH_HEARD_ALREADY'],
      [() => hear(village, breachId, 'deputy'), 'BREACH_TIED'],
      [() => lift(breachId), 'BREACH_OVER'],
      [() => appeal(breachId), 'BREACH_OVER'],
      [() => propose(village, groundId), 'BREACH_ALREADY_FLAGGED'],
      [() => propose(other, groundId), 'BREACH_GROUND_NOT_FOUND'],
      [() => propose(village, third, 'secretary'), 'BREACH_NOT_YOURS'],
      [() => propose(village, chair, 'chair'), 'BREACH_OF_ONESELF'],
    ] as const;
    for (const [act, code] of refused) await expect(act()).rejects.toMatchObject({ code });
    expect(await flag(breachId)).toEqual(before);
  });

  it('is not recorded where the second person says no, and may be proposed again', async () => {
    const { applicantId, groundId } = await givenUntrue(village);
    const offered = async (on: Day) =>
      (await house.get(BreachGrounds).offered(village.societyId, on)).some(({ id }) => id === groundId);
    expect([await offered(addDays(today(), 365)), await offered(addDays(today(), 366))]).toEqual([
      true,
      false,
    ]);
    const { breachId } = await propose(village, groundId);
    await breaches().drop(as(village, 'supervisor'), { breachId, words: '不是故意的' });
    expect([await owed(breachId), await standing(applicantId)]).toEqual([[], []]);
    expect(await flag(breachId)).toMatchObject({ state: 'DROPPED', endWords: '不是故意的', untilOn: null });
    await expect(confirm(breachId)).rejects.toMatchObject({ kind: 'conflict' });
    await propose(village, groundId);
  });

  it('is proposed, confirmed, appealed against and answered once of ten at a time', async () => {
    const { groundId } = await givenUntrue(village);
    const once = async <Made>(act: (i: number) => Promise<Made>): Promise<Made> => {
      const done = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => act(i)));
      const made = done.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(made).toHaveLength(1);
      for (const each of done)
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ kind: 'conflict' });
      return made[0] as Made;
    };
    const { breachId } = await once(() => propose(village, groundId));
    await once(() => hear(village, breachId));
    await once((i) => confirm(breachId, i % 2 === 0 ? 'chair' : 'supervisor'));
    const { appealId } = await once(() => appeal(breachId));
    await once(() =>
      appeals().answer(as(village, 'deputy'), { appealId, outcome: 'REJECTED', words: '查过了，属实' }),
    );
    expect(await flag(breachId)).toMatchObject({ state: 'STANDS', appealed: false });
  });

  it('takes silence five working days after the person was told, by whom it was not proposed, and words even then', async () => {
    const { groundId } = await givenUntrue(village);
    const { breachId } = await propose(village, groundId);
    const said = { breachId, how: 'SILENT', statement: null } as const;
    const silent = (toldOn: Day | null, post: Post = 'clerk') =>
      breaches().hear(as(village, post), { ...said, told: toldOn && { toldHow: 'PHONE', toldOn } });
    const proposedOn = today();
    house.clock.advance({ days: 10 });
    const refused = [
      [null, 'clerk', 'BREACH_NOT_TOLD'],
      [addDays(proposedOn, -1), 'clerk', 'BREACH_NOT_TOLD'],
      [addDays(today(), -1), 'clerk', 'BREACH_HEARING_RUNS'],
      [proposedOn, 'secretary', 'BREACH_SILENCE_BY_PROPOSER'],
    ] as const;
    for (const [on, post, code] of refused) await expect(silent(on, post)).rejects.toMatchObject({ code });
    await silent(proposedOn);
    expect(await flag(breachId)).toMatchObject({ heardHow: 'SILENT', toldHow: 'PHONE', toldOn: proposedOn });
    await expect(silent(proposedOn)).rejects.toMatchObject({ code: 'BREACH_HEARD_ALREADY' });
    await hear(village, breachId);
    expect(await flag(breachId)).toMatchObject({ heardHow: 'IN_PERSON', statement: STATEMENT, toldOn: null });
    expect(await owed(breachId)).toEqual(['CONFIRM_BREACH chair']);
    await breaches().drop(as(village, 'secretary'), { breachId, words: '弄错了，收回' });
    expect(await flag(breachId)).toMatchObject({ state: 'DROPPED', endWords: '弄错了，收回' });
  });

  it('counts the text that went out as the telling, and tells whoever came for it that it is over', async () => {
    const { groundId } = await givenUntrue(village, { applicant: { phone: '19912345679' } });
    const { breachId } = await propose(village, groundId);
    await house.get(MessagesSender).sendDue(house.clock.now());
    house.clock.advance({ days: 12 });
    await breaches().hear(as(village, 'clerk'), { breachId, how: 'SILENT', statement: null, told: null });
    expect(await flag(breachId)).toMatchObject({ heardHow: 'SILENT', toldHow: 'TEXT' });
    await breaches().drop(as(village, 'supervisor'), { breachId, words: '不是故意的' });
    const texts = await house.dataSource.query<{ template: string }[]>(
      `SELECT template AS "template" FROM messages WHERE subject_id = ? ORDER BY created_at, template`,
      [breachId],
    );
    expect(texts.map(({ template }) => template)).toEqual(['please-be-heard', 'matter-over']);
  });

  it('lifted and appealed against at once ends without an appeal that waits, of two and of ten', async () => {
    for (const count of [2, 10]) {
      const { breachId } = await givenBreach(village);
      const acts = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? lift(breachId) : appeal(breachId)));
      for (const each of await Promise.allSettled<unknown>(acts))
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ kind: 'conflict' });
      expect(await flag(breachId)).toMatchObject({ state: 'LIFTED', appealed: false });
      expect(await owed(breachId)).toEqual([]);
    }
  });

  it('by a grant whose revocation was found wrong ends with that, and is proposed no more', async () => {
    const standingOne = await givenBreach(village);
    const other = await givenUntrue(village);
    const { breachId: heard } = await propose(village, other.groundId);
    const uphold = ({ caseId }: { readonly caseId: string }) =>
      house.get(Transactions).run(async (tx) => {
        const notice = { kind: 'REVOCATION', subjectId: caseId } as NoticeFacts;
        await house.get(UpheldCase).decideAnew(tx, notice, { at: house.clock.now() } as Upholding);
      });
    for (const made of [standingOne, other]) await uphold(made);
    expect(await flag(standingOne.breachId)).toMatchObject({ state: 'LIFTED' });
    expect(await flag(heard)).toMatchObject({ state: 'DROPPED' });
    const again = propose(village, other.groundId);
    await expect(again).rejects.toMatchObject({ code: 'BREACH_GROUND_NOT_FOUND' });
  });

  it('says that an appeal runs, is answered by a lift too, and is judged by whoever had no part in it', async () => {
    const { breachId, applicantId, groundId } = await givenBreach(village);
    const { appealId } = await appeal(breachId);
    expect(await standing(applicantId)).toEqual([expect.objectContaining({ appealed: true })]);
    expect(await owed(breachId)).toEqual(['ANSWER_APPEAL supervisor']);
    const answer = (post: Post) =>
      appeals().answer(as(village, post), { appealId, outcome: 'UPHELD', words: '登记表上写着' });
    for (const post of ['chair', 'clerk'] as const)
      await expect(answer(post)).rejects.toMatchObject({ code: 'BREACH_HAD_PART' });
    await answer('supervisor');
    expect([await standing(applicantId), await owed(breachId)]).toEqual([[], []]);
    expect(await flag(breachId)).toMatchObject({ state: 'OVERTURNED', appeal: { answer: '登记表上写着' } });
    await expect(propose(village, groundId)).rejects.toMatchObject({ code: 'BREACH_ALREADY_FLAGGED' });
  });

  it('is lifted early with a reason, once, and an appeal that waits with it', async () => {
    const { breachId, applicantId } = await givenBreach(village);
    await appeal(breachId);
    await lift(breachId);
    expect(await owed(breachId)).toEqual([]);
    const { appeal: answered } = await flag(breachId);
    expect(answered).toMatchObject({ state: 'UPHELD', answer: '已经改正，退了钱' });
    expect(await standing(applicantId)).toEqual([]);
    expect(await flag(breachId)).toMatchObject({ state: 'LIFTED', endWords: '已经改正，退了钱' });
    await expect(lift(breachId)).rejects.toMatchObject({ code: 'BREACH_OVER' });
    await expect(appeal(breachId)).rejects.toMatchObject({ code: 'BREACH_OVER' });
  });

  it('of a village below a federation is judged there, and by nobody in the village', async () => {
    const desk = await givenDesk(house);
    const { breachId, applicantId } = await givenBreach(desk.far);
    const { appealId } = await appeal(breachId, desk.far);
    expect(await owed(breachId, desk.federationId)).toEqual(['ANSWER_APPEAL reviewer']);
    const said = { appealId, outcome: 'UPHELD', words: '没有隐瞒' } as const;
    for (const caller of [as(desk.far, 'supervisor'), as(desk.town, 'reviewer')])
      await expect(appeals().answer(caller, said)).rejects.toMatchObject({ code: 'BREACH_APPEAL_NOT_FOUND' });
    const looks = () =>
      house.dataSource.query(`SELECT id FROM audit_acts WHERE subject_kind = 'breach-appeal'`);
    await house.get(AppealsReading).waiting(by(desk, 'reviewer').actor);
    expect(await looks()).toHaveLength(0);
    await house.get(AppealsReading).one(by(desk, 'reviewer').actor, appealId);
    expect(await looks()).toHaveLength(1);
    await appeals().answer(by(desk, 'reviewer'), said);
    expect(await flag(breachId, desk.far)).toMatchObject({ state: 'OVERTURNED', personId: applicantId });
  });

  it('of an officer needs chair and supervisor together, and keeps the officer from signing fast paths', async () => {
    const { breachId } = await propose(village, await termOf(village, 'fifth'), 'chair');
    await hear(village, breachId);
    await expect(confirm(breachId, 'deputy')).rejects.toMatchObject({ code: 'BREACH_NEEDS_OTHER_SIDE' });
    await confirm(breachId, 'supervisor');
    expect(await flag(breachId)).toMatchObject({ kind: 'OFFICER', state: 'STANDS' });
    // Of the supervisor it is the deputy who stands beside the chair.
    const watched = await propose(village, await termOf(village, 'supervisor'), 'chair');
    await hear(village, watched.breachId);
    expect(await owed(watched.breachId)).toEqual(['CONFIRM_BREACH deputy']);
    await expect(confirm(watched.breachId, 'supervisor')).rejects.toMatchObject({
      code: 'BREACH_OF_ONESELF',
    });
    await confirm(watched.breachId, 'deputy');
    const made = await givenCase(village, { at: 'VERIFIED', amountFen: 50_000 });
    await expect(openFast(village, made)).rejects.toMatchObject({ code: 'FAST_PATH_SIGNER_FLAGGED' });
    await lift(watched.breachId, 'deputy');
    await openFast(village, made);
  });

  it('is over by itself, stands in the copy of the person, and is forgotten a year later', async () => {
    const { breachId, applicantId } = await givenBreach(village, { months: 1 });
    const { societyId } = village;
    const whom = { societyId, personId: applicantId };
    const copied = async () => {
      const sections = await house.get(PersonHoldings).copyOf(whom);
      return JSON.stringify(sections.find(({ section }) => section === '失信标记') ?? null);
    };
    for (const words of [REASON, STATEMENT, '有效']) expect(await copied()).toContain(words);
    const until = (await flag(breachId)).untilOn ?? day('2026-01-01');
    const listed = async (on = today()) =>
      (await house.get(BreachesQueries).open(societyId, on)).some(({ id }) => id === breachId);
    expect([await listed(until), await listed(addDays(until, 1))]).toEqual([true, false]);
    house.clock.advance({ days: 40 });
    expect([await standing(applicantId), (await copied()).includes('已到期')]).toEqual([[], true]);
    await expect(lift(breachId)).rejects.toMatchObject({ code: 'BREACH_OVER' });
    const retention = house.get(RetentionService);
    const due = async (now: Date) =>
      (await retention.dryRun(now)).find(({ kind: of }) => of === 'BREACH')?.count ?? 0;
    const last = startOfDay(lastDayKept('BREACH', until));
    const [kept, over] = [await due(last), await due(startOfDay(addDays(lastDayKept('BREACH', until), 1)))];
    expect(over - kept).toBe(1);
    await retention.run(startOfDay(addDays(lastDayKept('BREACH', until), 1)));
    await expect(flag(breachId)).rejects.toMatchObject({ code: 'BREACH_NOT_FOUND' });
  });

  it('control: the verifier names a flag that one person made alone, and one that ends too late', async () => {
    const { breachId } = await givenBreach(village);
    const intruder = await intruderIn(house.dataSource);
    const found = async () => (await house.get(BreachesVerifier).check()).map(({ subject }) => subject);
    for (const change of [
      'confirmed_by_account = proposed_by_account',
      `until_on = '2031-01-01'`,
      `state = 'OVERTURNED', ended_at = confirmed_at`,
    ])
      await intruder.undoing(['breach_flags'], async () => {
        await intruder.run(`UPDATE breach_flags SET ${change} WHERE id = '${breachId}'`);
        expect(await found()).toContain(`breach_flags/${breachId}`);
      });
    await intruder.close();
    expect(await found()).toEqual([]);
  });
});
