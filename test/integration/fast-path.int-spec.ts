import { AuditQueries, Commands } from '../../src/audit/index.js';
import { BoardQueries, RoundsService } from '../../src/board/index.js';
import { CasesQueries, CasesService, CasesVerifier, FastPathService } from '../../src/cases/index.js';
import { FastPathQueries } from '../../src/cases/fast-path.queries.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { Timers } from '../../src/house/timers.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import { OfficesQueries, OfficesService } from '../../src/offices/index.js';
import { PaymentsQueries, PaymentsService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import {
  askRatification,
  boardSays,
  givenApproved,
  givenFastPath,
  openFast,
  signFast,
} from '../support/fast-path.js';
import type { Signer } from '../support/fast-path.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    village = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const caseOf = ({ caseId }: GivenCase) => house.get(CasesQueries).case(village.societyId, caseId);
  const stateOf = async (made: GivenCase) => (await caseOf(made)).state;
  const pathOf = ({ caseId }: GivenCase) => house.get(FastPathQueries).latest(caseId);
  const fund = () => house.get(LedgerQueries).fund(village.societyId);
  const use = async (made: GivenCase) => {
    const { householdId } = await caseOf(made);
    return house.get(CasesQueries).useOf(village.societyId, householdId, 2026);
  };
  const owed = async ({ caseId }: GivenCase) =>
    (await house.get(DutiesQueries).ofThread(caseId))
      .filter(({ settledAt }) => settledAt === null)
      .map(({ kind: duty }) => duty)
      .sort();
  const orderOf = ({ caseId }: GivenCase) => house.get(PaymentsQueries).ofSubject('case', caseId);
  const pay = async (made: GivenCase, post: Post = 'cashier') => {
    const order = await orderOf(made);
    const proof = { orderId: order?.id ?? '', photo: await photo(), witnesses: village.visitors };
    return house.get(PaymentsService).recordPayment(as(village, post), proof);
  };
  const kinOf = (made: GivenCase, post: Post) =>
    house.get(PeopleService).declareKin(as(village, 'clerk'), {
      personId: made.applicantId,
      relativeId: village.at[post].personId,
      relation: 'COLLATERAL_3',
    });
  /** All that a refused act must leave as it was. */
  const everything = async (made: GivenCase) => ({
    row: await caseOf(made),
    path: await pathOf(made),
    fund: await fund(),
    use: await use(made),
    owed: await owed(made),
    order: await orderOf(made),
  });

  describe('opening', () => {
    it('sets money and allowance aside, asks two within two hours, and is the secretary-general’s own yes', async () => {
      const before = await fund();
      const made = await givenFastPath(village);
      expect(await stateOf(made)).toBe('SIGNING');
      expect(await fund()).toMatchObject({
        freeFen: before.freeFen - 100_000,
        reservedFen: before.reservedFen + 100_000,
      });
      expect(await use(made)).toEqual({ usedFen: 100_000, usedCount: 1 });
      expect(await owed(made)).toEqual(['SIGN_FAST']);
      expect(await pathOf(made)).toMatchObject({
        state: 'OPEN',
        sequence: 1,
        risk: 'LIFE',
        chairId: village.at.chair.personId,
        secretarySaid: 'yes',
        chairSaid: null,
        supervisorSaid: null,
        dueAt: new Date(house.clock.now().getTime() + 2 * 3_600_000),
      });
    });

    it('is refused before two have seen the case, and while it is signed already', async () => {
      const accepted = await givenCase(village, { at: 'ACCEPTED' });
      const before = await everything(accepted);
      await expect(openFast(village, accepted)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
      expect(await everything(accepted)).toEqual(before);
      const made = await givenFastPath(village);
      await expect(openFast(village, made)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
    });

    it('is refused one fen above the limit of the charter, and nothing is changed', async () => {
      const made = await givenCase(village, { at: 'VERIFIED', amountFen: 100_001 });
      const before = await everything(made);
      await expect(openFast(village, made)).rejects.toMatchObject({
        code: 'FAST_PATH_LIMIT',
        details: { limitFen: 100_000, askedFen: 100_001 },
      });
      expect(await everything(made)).toEqual(before);
    });

    it('is the secretary-general’s alone', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      const clerk = callerOf({ ...as(village, 'clerk').actor, roles: ['secretary'] });
      await expect(
        house.get(FastPathService).open(clerk, { caseId: made.caseId, risk: 'SHELTER' }),
      ).rejects.toMatchObject({ code: 'ONLY_SECRETARY_OPENS', kind: 'forbidden' });
    });

    it('is refused where the pool does not hold it, and leaves case, allowance and clocks as they were', async () => {
      village = await givenVillage(house, { heldFen: 50_000 });
      const made = await givenCase(village, { at: 'VERIFIED' });
      const before = await everything(made);
      await expect(openFast(village, made)).rejects.toMatchObject({ code: 'FUND_CANNOT_COVER' });
      expect(await everything(made)).toEqual(before);
    });

    it('D4-19 lets the deputy sign for a chair who is tied, approve the payment, and stand on the notice', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      await kinOf(made, 'chair');
      const path = { ...made, ...(await openFast(village, made)) };
      expect(await pathOf(made)).toMatchObject({
        chairId: village.at.deputy.personId,
        chairOffice: 'DEPUTY',
      });
      await expect(signFast(village, path, 'chair')).rejects.toMatchObject({ code: 'NOT_YOUR_SIGNATURE' });
      await signFast(village, path, 'deputy');
      await signFast(village, path, 'supervisor');
      expect((await orderOf(made))?.approverId).toBe(village.at.deputy.personId);
      await pay(made);
      const notice = await house.get(NoticesQueries).ofSubject('case', made.caseId);
      expect(notice?.words.basis).toContain('副理事长、秘书长批准，监事会签');
    });

    it('D4-19 is opened, signed and approved by nobody who is the applicant: the chair’s own case', async () => {
      const made = await givenCase(village, { at: 'VERIFIED', method: 'CASH' });
      const chairId = village.at.chair.personId;
      const intruder = await intruderIn(house.dataSource);
      await intruder.run(
        `UPDATE cases SET applicant_id = '${chairId}', payee_id = '${chairId}' WHERE id = '${made.caseId}'`,
      );
      await intruder.close();
      const path = { ...made, ...(await openFast(village, made)) };
      await expect(signFast(village, path, 'chair')).rejects.toMatchObject({ code: 'NOT_YOUR_SIGNATURE' });
      await signFast(village, path, 'supervisor');
      expect(await signFast(village, path, 'deputy')).toMatchObject({ state: 'APPROVED' });
    });

    it.each(['secretary', 'supervisor'] as const)(
      'names the ordinary way where the %s is tied, for whom nobody stands in',
      async (tied) => {
        const made = await givenCase(village, { at: 'VERIFIED' });
        await kinOf(made, tied);
        const before = await everything(made);
        await expect(openFast(village, made)).rejects.toMatchObject({
          code: 'NO_UNTIED_TRIO',
          advice: expect.stringContaining('请大家表决') as string,
        });
        expect(await everything(made)).toEqual(before);
      },
    );

    it('is taken away by papers that are overdue, named by their cases, until they are complete', async () => {
      const late = await givenCase(village, { at: 'PAID' });
      const pending = await givenCase(village, {
        at: 'PAID',
        applicant: { idNumber: null, bornOn: '1961-02-03' },
      });
      const made = await givenCase(village, { at: 'VERIFIED' });
      house.clock.advance({ days: 20 });
      await expect(openFast(village, made)).rejects.toMatchObject({
        code: 'PAPERS_OVERDUE',
        details: { count: 2, cases: [late.number, pending.number].sort().join(' ') },
      });
      await completePapers(late);
      await completePapers(pending);
      // The papers are there; the number of the identity card is not.
      await expect(openFast(village, made)).rejects.toMatchObject({ details: { count: 1 } });
      const number = { personId: pending.applicantId, idNumber: idNumber('19610203') };
      await house.get(PeopleService).supplyIdNumber(as(village, 'clerk'), number);
      expect(await openFast(village, made)).toMatchObject({ fastPathId: expect.any(String) as string });
    });

    const completePapers = async ({ caseId }: GivenCase) => {
      const bytes = await photo();
      const photos = (['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const).map((each) => ({
        kind: each,
        bytes,
      }));
      await house.get(CasesService).completePapers(as(village, 'secretary'), { caseId, photos, waivers: [] });
    };

    it('is no way for a household whose allowance is used up', async () => {
      const first = await givenCase(village, { at: 'VERIFIED', amountFen: 300_000 });
      const { householdId } = await caseOf(first);
      const of = (cause: 'FIRE' | 'ACCIDENT', amountFen: number) =>
        givenCase(village, { at: 'VERIFIED', cause, amountFen, applicant: { householdId } });
      const [second, made] = [await of('FIRE', 150_000), await of('ACCIDENT', 100_000)];
      for (const { caseId } of [first, second])
        await house.get(CasesService).openRound(as(village, 'secretary'), { caseId, recusals: [] });
      const before = await everything(made);
      await expect(openFast(village, made)).rejects.toMatchObject({ code: 'HOUSEHOLD_YEAR_LIMIT' });
      expect(await everything(made)).toEqual(before);
    });

    it('D4-69 another society neither opens nor signs it', async () => {
      const made = await givenFastPath(village);
      const verified = await givenCase(village, { at: 'VERIFIED' });
      const other = await givenVillage(house);
      await expect(openFast(other, verified)).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
      await expect(signFast(other, made, 'chair')).rejects.toMatchObject({ code: 'FAST_PATH_NOT_FOUND' });
      await expect(askRatification(other, made)).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
    });

    it('is done once when ten presses come together', async () => {
      const made = await givenCase(village, { at: 'VERIFIED' });
      const answers = await Promise.allSettled(Array.from({ length: 10 }, () => openFast(village, made)));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const answer of answers)
        if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'CASE_NOT_IN_STATE' });
      expect(await use(made)).toEqual({ usedFen: 100_000, usedCount: 1 });
    });
  });

  describe('signing', () => {
    it('approves with the third yes: owed, ordered, and four clocks in one unit; the chair is the approver', async () => {
      const made = await givenFastPath(village);
      expect(await signFast(village, made, 'chair')).toMatchObject({ state: 'OPEN' });
      expect(await stateOf(made)).toBe('SIGNING');
      expect(await orderOf(made)).toBeNull();
      expect(await signFast(village, made, 'supervisor')).toMatchObject({ state: 'APPROVED' });
      expect(await caseOf(made)).toMatchObject({
        state: 'APPROVED',
        approvedVia: 'FAST',
        approvedAt: house.clock.now(),
        roundsOpened: 0,
      });
      expect(await orderOf(made)).toMatchObject({
        state: 'TO_PAY',
        approverId: village.at.chair.personId,
        amountFen: 100_000,
      });
      expect(await owed(made)).toEqual(['PAPERS', 'PAY', 'POST_NOTICE', 'RATIFY']);
      const duties = await house.get(DutiesQueries).ofThread(made.caseId);
      const ratify = duties.find(({ kind: each }) => each === 'RATIFY');
      expect(ratify?.rule).toMatchObject({ unit: 'working-days', count: 5 });
    });

    it('goes on as any other case: paid, noticed with the words of the fast path, closed', async () => {
      const made = await givenApproved(village);
      await pay(made);
      const notice = await house.get(NoticesQueries).ofSubject('case', made.caseId);
      const day = dayOf(house.clock.now()).replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');
      expect(notice?.words.basis).toBe(
        `依据章程第十四条，经${day}理事长、秘书长批准，监事会签，按紧急快办对下列对象先行给予救助，` +
          '并将在5个工作日内提请理事会追认，现予公示：',
      );
      const noticeId = notice?.id ?? '';
      const plannedPostingOn = dayOf(house.clock.now());
      await house.get(NoticesService).sign(as(village, 'chair'), { noticeId, plannedPostingOn });
      await house.get(NoticesService).recordPosting(as(village, 'secretary'), {
        noticeId,
        place: '村委会公示栏',
        postedAt: house.clock.now(),
        photo: await photo(),
      });
      house.clock.advance({ days: 10 });
      await house.get(NoticesService).endDue(house.clock.now());
      const bytes = await photo();
      const photos = (['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const).map((each) => ({
        kind: each,
        bytes,
      }));
      const papers = { caseId: made.caseId, photos, waivers: [] };
      await house.get(CasesService).completePapers(as(village, 'secretary'), papers);
      // Closed by its three tracks, and the board is owed its word all the same.
      expect(await stateOf(made)).toBe('CLOSED');
      expect(await owed(made)).toEqual(['RATIFY']);
      await boardSays(village, made, 'yes');
      expect(await owed(made)).toEqual([]);
    });

    it('D4-20 is not paid by whoever approved it', async () => {
      const made = await givenApproved(village);
      const before = await everything(made);
      await expect(pay(made, 'chair')).rejects.toMatchObject({ kind: 'forbidden' });
      expect(await everything(made)).toEqual(before);
    });

    it('is done by each of the three, once, and by nobody for another', async () => {
      const made = await givenFastPath(village);
      await expect(signFast(village, made, 'deputy')).rejects.toMatchObject({ code: 'NOT_YOUR_SIGNATURE' });
      await expect(signFast(village, made, 'secretary')).rejects.toMatchObject({ code: 'ALREADY_SIGNED' });
      await signFast(village, made, 'chair');
      await expect(signFast(village, made, 'chair', 'no')).rejects.toMatchObject({ code: 'ALREADY_SIGNED' });
      expect(await stateOf(made)).toBe('SIGNING');
    });

    it('is refused to whoever turned out to be kin after the opening', async () => {
      const made = await givenFastPath(village);
      await kinOf(made, 'chair');
      const before = await everything(made);
      await expect(signFast(village, made, 'chair')).rejects.toMatchObject({ code: 'KIN_CANNOT_ACT' });
      expect(await everything(made)).toEqual(before);
    });

    it('D4-74 the supervisor stops what two agreed on: no grant, and the board is to be asked', async () => {
      const before = await fund();
      const made = await givenFastPath(village);
      await signFast(village, made, 'chair');
      expect(await signFast(village, made, 'supervisor', 'no')).toMatchObject({ state: 'STOPPED' });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED', approvedAt: null, countedYear: null });
      expect(await fund()).toEqual(before);
      expect(await use(made)).toEqual({ usedFen: 0, usedCount: 0 });
      expect(await orderOf(made)).toBeNull();
      expect(await owed(made)).toEqual(['OPEN_ROUND']);
      await expect(signFast(village, made, 'secretary')).rejects.toMatchObject({ code: 'FAST_PATH_OVER' });
      await expect(openFast(village, made)).rejects.toMatchObject({ code: 'FAST_PATH_STOPPED' });
      const opening = { caseId: made.caseId, recusals: [] };
      await house.get(CasesService).openRound(as(village, 'secretary'), opening);
      expect(await stateOf(made)).toBe('VOTING');
    });

    it('ends by itself when two hours are over: the money is free, and it may be tried again', async () => {
      const before = await fund();
      const made = await givenFastPath(village);
      await signFast(village, made, 'chair');
      house.clock.advance({ hours: 2 });
      await expect(signFast(village, made, 'supervisor')).rejects.toMatchObject({
        code: 'SIGNING_TIME_OVER',
      });
      await house.get(Timers).runDue();
      expect(await pathOf(made)).toMatchObject({ state: 'EXPIRED', endedAt: house.clock.now() });
      expect(await stateOf(made)).toBe('VERIFIED');
      expect(await fund()).toEqual(before);
      expect(await owed(made)).toEqual(['OPEN_ROUND']);
      expect(await house.get(FastPathService).expireDue(house.clock.now())).toEqual({ expired: 0 });
      const again = { ...made, ...(await openFast(village, made)) };
      expect(await pathOf(made)).toMatchObject({ sequence: 2, state: 'OPEN' });
      await signFast(village, again, 'chair');
      await signFast(village, again, 'supervisor');
      expect(await stateOf(made)).toBe('APPROVED');
    });

    it('a minute before the end is in time, and is ended by no timer', async () => {
      const made = await givenFastPath(village);
      house.clock.advance({ minutes: 119 });
      expect(await house.get(FastPathService).expireDue(house.clock.now())).toEqual({ expired: 0 });
      expect(await signFast(village, made, 'chair')).toMatchObject({ state: 'OPEN' });
    });

    it('tells the whole of it on the timeline of the case, without a name', async () => {
      const made = await givenApproved(village);
      await boardSays(village, made, 'no');
      const trail = await house.get(AuditQueries).thread(village.societyId, made.caseId);
      const words = trail.map((act) => act.words ?? '').join('\n');
      for (const part of [
        '发起紧急快办：危及生命，秘书长同意，留出 1,000.00 元',
        '紧急快办：理事长同意',
        '紧急快办：监事会签，三人都签了，可以打款',
        '请理事追认紧急快办：理事 5 人，回避 0 人',
        '理事会没有追认紧急快办：钱不追回，请镇联合社复核',
      ])
        expect(words).toContain(part);
      expect(words).not.toMatch(/王大山|褚正|周明|范长河/);
    });
  });

  describe('at once', () => {
    /** The two who are missing press at the same moment, fifty times over: each case ends in one lawful way. */
    const race = async (answers: readonly (readonly [Signer, 'yes' | 'no'])[]) => {
      village = await givenVillage(house, { heldFen: 6_000_000 });
      const ends: string[] = [];
      for (let i = 0; i < 50; i++) {
        const made = await givenFastPath(village);
        const outcomes = await Promise.allSettled(
          answers.map(([signer, answer]) => signFast(village, made, signer, answer)),
        );
        for (const outcome of outcomes)
          if (outcome.status === 'rejected')
            expect(outcome.reason).toMatchObject({
              code: expect.stringMatching(/^(FAST_PATH_OVER|ALREADY_SIGNED)$/) as string,
            });
        const [path, row, order] = [await pathOf(made), await caseOf(made), await orderOf(made)];
        expect([row.state, order !== null]).toEqual(
          path?.state === 'APPROVED' ? ['APPROVED', true] : ['VERIFIED', false],
        );
        ends.push(path?.state ?? '');
      }
      return ends;
    };

    it('two who sign together approve, whoever is first', async () => {
      const ends = await race([
        ['chair', 'yes'],
        ['supervisor', 'yes'],
      ]);
      expect(new Set(ends)).toEqual(new Set(['APPROVED']));
      expect(await fund()).toMatchObject({ freeFen: 1_000_000, reservedFen: 5_000_000 });
    });

    it('a yes and a stop together never approve', async () => {
      const ends = await race([
        ['chair', 'yes'],
        ['supervisor', 'no'],
      ]);
      expect(new Set(ends)).toEqual(new Set(['STOPPED']));
      expect(await fund()).toMatchObject({ freeFen: 6_000_000, reservedFen: 0 });
    });

    it('one who presses yes and no together has said one of them', async () => {
      village = await givenVillage(house);
      const made = await givenFastPath(village);
      await signFast(village, made, 'chair');
      const outcomes = await Promise.allSettled(
        (['yes', 'no', 'yes', 'no'] as const).map((answer) => signFast(village, made, 'supervisor', answer)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const path = await pathOf(made);
      expect(['APPROVED', 'STOPPED']).toContain(path?.state);
      expect(await stateOf(made)).toBe(path?.state === 'APPROVED' ? 'APPROVED' : 'VERIFIED');
    });

    it('the last signature and the timer agree on one end', async () => {
      const made = await givenFastPath(village);
      await signFast(village, made, 'chair');
      const now = new Date(house.clock.now().getTime() + 3 * 3_600_000);
      await Promise.allSettled([
        signFast(village, made, 'supervisor'),
        house.get(FastPathService).expireDue(now),
        house.get(FastPathService).expireDue(now),
      ]);
      const path = await pathOf(made);
      expect(await stateOf(made)).toBe(path?.state === 'APPROVED' ? 'APPROVED' : 'VERIFIED');
    });
  });

  describe('the board’s word', () => {
    it('is asked once, moves no money, and settles the clock', async () => {
      const made = await givenApproved(village);
      const before = await fund();
      const roundId = await boardSays(village, made, 'yes');
      expect(await pathOf(made)).toMatchObject({
        state: 'RATIFIED',
        ratifiedAt: house.clock.now(),
        ratificationRoundId: roundId,
      });
      expect(await fund()).toEqual(before);
      expect(await owed(made)).toEqual(['PAPERS', 'PAY', 'POST_NOTICE']);
      const round = await house.get(BoardQueries).round(village.societyId, roundId);
      expect(round).toMatchObject({ state: 'APPROVED', amountFen: 0, subjectKind: 'ratification' });
      expect(round.motion).toMatch(/^追认紧急快办：\d+月\d+日由三人签批，先行发给.*急难救助金 1,000\.00 元$/);
      expect(round.motion).not.toContain('范长河');
      await expect(askRatification(village, made)).rejects.toMatchObject({ code: 'NOTHING_TO_RATIFY' });
      expect(await house.get(FastPathQueries).suspendedIn(village.societyId)).toEqual([]);
    });

    it('is asked of nobody who is tied, and only once at a time', async () => {
      const made = await givenApproved(village);
      await kinOf(made, 'fifth');
      const { roundId } = await askRatification(village, made);
      expect(await house.get(BoardQueries).round(village.societyId, roundId)).toMatchObject({
        recused: 1,
        electors: 4,
      });
      await expect(askRatification(village, made)).rejects.toMatchObject({
        code: 'RATIFICATION_ALREADY_ASKED',
      });
    });

    it('is not asked before three have signed', async () => {
      const made = await givenFastPath(village);
      const before = await everything(made);
      await expect(askRatification(village, made)).rejects.toMatchObject({ code: 'NOTHING_TO_RATIFY' });
      expect(await everything(made)).toEqual(before);
    });

    it('D4-68 not ratified: the money stays, a review is owed, and those three sign none until it is lifted', async () => {
      const made = await givenApproved(village);
      await pay(made);
      const before = await fund();
      await boardSays(village, made, 'no');
      expect(await pathOf(made)).toMatchObject({
        state: 'NOT_RATIFIED',
        reviewWantedAt: house.clock.now(),
        ratifiedAt: null,
      });
      expect(await stateOf(made)).toBe('PAID');
      expect(await fund()).toEqual(before);
      expect(await owed(made)).not.toContain('RATIFY');
      const published = await house.get(NoticesQueries).ofSubject('case', made.caseId, 'RESOLUTION');
      expect(published?.words).toMatchObject({ resolution: { about: 'FAST_PATH_NOT_RATIFIED' } });
      const sign = await house.get(DutiesQueries).ofThread(made.caseId);
      expect(sign.find(({ subjectId }) => subjectId === published?.id)).toMatchObject({
        kind: 'SIGN_NOTICE',
      });

      const next = await givenCase(village, { at: 'VERIFIED' });
      const then = await everything(next);
      await expect(openFast(village, next)).rejects.toMatchObject({
        code: 'FAST_PATH_SUSPENDED',
        message: expect.stringContaining('现任理事长') as string,
        advice: expect.stringContaining('请镇联合社复核') as string,
      });
      expect(await everything(next)).toEqual(then);

      for (const post of ['chair', 'supervisor'] as const) expect(await lift(post)).toBe(true);
      await expect(openFast(village, next)).rejects.toMatchObject({
        message: expect.stringContaining('现任秘书长') as string,
      });
      expect(await lift('secretary')).toBe(true);
      expect(await lift('secretary')).toBe(false);
      await openFast(village, next);
    });

    /** As the review of the town union does it, in a unit of its own. */
    const lift = (post: Post) =>
      house
        .get(Commands)
        .run(callerOf({ roles: ['system-admin'] }), { act: 'review', body: post }, (tx, trail) => {
          const { societyId } = village;
          trail.on('society', societyId);
          const { personId } = village.at[post];
          return house
            .get(FastPathService)
            .lift(tx, trail, { societyId, personId, reason: 'IN_ORDER', by: null });
        });

    it('D4-68 a board that did not meet has not ratified either', async () => {
      const made = await givenApproved(village);
      await askRatification(village, made);
      house.clock.advance({ hours: 25 });
      await house.get(RoundsService).closeDue(house.clock.now());
      expect(await pathOf(made)).toMatchObject({ state: 'NOT_RATIFIED' });
      expect(await house.get(NoticesQueries).ofSubject('case', made.caseId, 'RESOLUTION')).toBeNull();
      expect(await house.get(FastPathQueries).suspendedIn(village.societyId)).toHaveLength(3);
    });

    it('holds off the three by name of person, not of office: a new supervisor signs', async () => {
      const made = await givenApproved(village);
      await boardSays(village, made, 'no');
      for (const post of ['chair', 'secretary'] as const) await lift(post);
      const next = await givenCase(village, { at: 'VERIFIED' });
      await expect(openFast(village, next)).rejects.toMatchObject({
        message: expect.stringContaining('现任监事') as string,
      });
      const { societyId } = village;
      const admin = () => callerOf({ societyId, roles: ['system-admin'] });
      const terms = await house.get(OfficesQueries).terms(societyId);
      const termId = terms.find(({ office }) => office === 'SUPERVISOR')?.id ?? '';
      const today = dayOf(house.clock.now());
      await house.get(OfficesService).endTerm(admin(), { societyId, termId, endedOn: today });
      const personId = await personIn(house, societyId, { name: '韩新' });
      const term = {
        societyId,
        personId,
        office: 'SUPERVISOR',
        fromOn: today,
        untilOn: addDays(today, 900),
      } as const;
      await house.get(OfficesService).appoint(admin(), term);
      await openFast(village, next);
      expect(await pathOf(next)).toMatchObject({ supervisorId: personId });
    });

    it('not asked within five working days is overdue, and takes the fast path away', async () => {
      const made = await givenApproved(village);
      const next = await givenCase(village, { at: 'VERIFIED' });
      house.clock.advance({ days: 9 });
      await expect(openFast(village, next)).rejects.toMatchObject({
        code: 'RATIFICATION_OVERDUE',
        details: { count: 1, cases: made.number },
      });
      await boardSays(village, made, 'yes');
      await openFast(village, next);
    });
  });

  it('is void when its case goes another way before the payment, and its money free', async () => {
    const made = await givenFastPath(village);
    const before = await fund();
    const intruder = await intruderIn(house.dataSource);
    await intruder.undoing(
      ['cases', 'duties', 'household_years', 'fast_paths', 'fund_balances', 'reservations'],
      async () => {
        const cancel = () =>
          house.get(Transactions).run((tx) => house.get(FastPathService).cancel(tx, made.caseId));
        expect(await cancel()).toEqual({ fastPathId: made.fastPathId });
        expect(await pathOf(made)).toMatchObject({ state: 'CANCELLED', endedAt: house.clock.now() });
        expect((await fund()).freeFen).toBe(before.freeFen + 100_000);
        expect(await cancel()).toBeNull();
      },
    );
    await intruder.close();
  });

  it.each`
    tables                               | sql                                                                                                                         | found                     | because
    ${['fast_paths']}                    | ${"UPDATE fast_paths SET supervisor_said = 'no' WHERE id = ?"}                                                              | ${'fast path signatures'} | ${'two said yes'}
    ${['fast_paths']}                    | ${'UPDATE fast_paths SET supervisor_said = NULL WHERE id = ?'}                                                              | ${'fast path signatures'} | ${'one has not spoken'}
    ${['fast_paths']}                    | ${'UPDATE fast_paths SET chair_id = secretary_id WHERE id = ?'}                                                             | ${'fast path signatures'} | ${'one person signed twice'}
    ${['fast_paths']}                    | ${"UPDATE fast_paths SET state = 'STOPPED' WHERE id = ?"}                                                                   | ${'fast path signatures'} | ${'it was stopped, and the case approved'}
    ${['cases']}                         | ${"UPDATE cases SET approved_via = 'ROUND' WHERE id = (SELECT case_id FROM fast_paths WHERE id = ?)"}                       | ${'fast path'}            | ${'the case says that the board approved it'}
    ${['reservations', 'fund_balances']} | ${"UPDATE reservations SET state = 'RELEASED' WHERE purpose = ?"}                                                           | ${'fast path'}            | ${'the money was freed though it is owed'}
    ${['reservations']}                  | ${'UPDATE reservations SET amount_fen = amount_fen - 1 WHERE purpose = ?'}                                                  | ${'fast path'}            | ${'less is set aside than was approved'}
    ${['duties']}                        | ${"UPDATE duties SET open_key = NULL WHERE kind = 'RATIFY' AND subject_id = (SELECT case_id FROM fast_paths WHERE id = ?)"} | ${'fast path'}            | ${'nobody owes the board’s word'}
    ${['fast_paths']}                    | ${"UPDATE fast_paths SET state = 'RATIFIED' WHERE id = ?"}                                                                  | ${'fast path'}            | ${'the board has said nothing'}
    ${['fast_paths']}                    | ${"UPDATE fast_paths SET state = 'NOT_RATIFIED' WHERE id = ?"}                                                              | ${'fast path'}            | ${'nobody is held off'}
  `(
    'the reconciler names $found: $because',
    async ({ tables, sql, found }: { tables: string[]; sql: string; found: string }) => {
      const { fastPathId } = await givenApproved(village);
      const intruder = await intruderIn(house.dataSource);
      await intruder.undoing(tables, async () => {
        await intruder.run(sql.replace('?', `'${fastPathId}'`));
        const findings = await house.get(CasesVerifier).check();
        expect(findings.map((finding) => finding.kind)).toContain(found);
      });
      await intruder.close();
    },
  );

  it('the reconciler finds a case that waits for signatures nobody is asked for', async () => {
    const { fastPathId } = await givenFastPath(village);
    const intruder = await intruderIn(house.dataSource);
    await intruder.undoing(['fast_paths'], async () => {
      await intruder.run(`UPDATE fast_paths SET state = 'CANCELLED' WHERE id = '${fastPathId}'`);
      const words = (await house.get(CasesVerifier).check()).map((finding) => finding.words);
      expect(words).toContain('紧急快办是 没有，案件是 SIGNING，对不上');
    });
    await intruder.close();
  });
});
