import { BoardQueries, RoundsService } from '../../src/board/index.js';
import { CasesQueries, CasesService, CasesVerifier } from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import { BankAnswersService, PaymentsQueries, PaymentsService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { isTransient } from '../../src/platform/database/errors.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, handsOf, idNumber, personIn, photo } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

const ALL_PAPERS = ['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const stateOf = async ({ caseId }: GivenCase, of = village) =>
    (await house.get(CasesQueries).case(of.societyId, caseId)).state;
  const fundOf = (of = village) => house.get(LedgerQueries).fund(of.societyId);
  const duty = async (caseId: string, wanted: string) =>
    (await house.get(DutiesQueries).ofThread(caseId)).find(({ kind: each }) => each === wanted);
  const openRound = (made: GivenCase, post: Post = 'secretary', of = village, recusals: never[] = []) =>
    house.get(CasesService).openRound(as(of, post), { caseId: made.caseId, recusals });
  const raiseHands = async (roundId: string, choice: 'yes' | 'no', of = village) =>
    house.get(RoundsService).recordShowOfHands(as(of, 'secretary'), {
      roundId,
      presiderId: of.at.chair.personId,
      hands: handsOf(of, choice),
      place: null,
      sheet: await photo(),
    });
  const papers = async (
    made: GivenCase,
    kinds_: readonly (typeof ALL_PAPERS)[number][],
    waived: string[] = [],
  ) => {
    const bytes = await photo();
    return house.get(CasesService).completePapers(as(village, 'secretary'), {
      caseId: made.caseId,
      photos: kinds_.map((each) => ({ kind: each, bytes })),
      waivers: waived.map((each) => ({ kind: each as 'RECEIPT', reason: '人在外地，电话确认收到' })),
    });
  };

  it('goes the whole road, and closes by itself when money, papers and notice are done', async () => {
    const made = await givenCase(village, { at: 'ENDED' });
    expect(await stateOf(made)).toBe('PAID');
    expect(await papers(made, ['ID_CARD', 'CAUSE_PROOF'])).toEqual({
      done: false,
      missing: ['CONSENT', 'RECEIPT'],
      unconfirmed: [],
    });
    expect(await papers(made, ['CONSENT', 'RECEIPT'])).toEqual({ done: true, missing: [], unconfirmed: [] });
    expect(await stateOf(made)).toBe('CLOSED');
    expect(await house.get(DutiesQueries).open(village.societyId)).toEqual([]);
  });

  it('closes with the notice when the papers came first', async () => {
    const made = await givenCase(village, { at: 'RUNNING' });
    await papers(made, ALL_PAPERS);
    expect(await stateOf(made)).toBe('PAID');
    house.clock.advance({ days: 10 });
    await house.get(NoticesService).endDue(house.clock.now());
    expect(await stateOf(made)).toBe('CLOSED');
  });

  it('D4-44 that closed and then comes back from the bank owes notice and receipt anew with the next payment', async () => {
    const made = await givenCase(village, { at: 'CLOSED' });
    const bank = { orderId: made.orderId, reason: 'BANK_REFUSED', photo: await photo() } as const;
    await house.get(BankAnswersService).recordReturnedPayment(as(village, 'cashier'), bank);
    expect(await stateOf(made)).toBe('APPROVED');
    await expect(papers(made, ['RECEIPT'])).rejects.toMatchObject({ code: 'PAPER_BEFORE_PAYMENT' });
    const { orderId } = made;
    await house
      .get(PaymentsService)
      .recordPayment(as(village, 'cashier'), { orderId, photo: await photo(), witnesses: village.visitors });
    const open = (await house.get(DutiesQueries).ofThread(made.caseId)).filter((each) => !each.settledAt);
    expect(open.map((each) => each.kind).sort()).toEqual(['PAPERS', 'POST_NOTICE', 'SIGN_NOTICE']);
    // What was there is there still; only the receipt was for money that did not come.
    expect(await papers(made, ['RECEIPT'])).toEqual({ done: true, missing: [], unconfirmed: [] });
  });

  it('D4-44 lets a waived receipt be confirmed by nobody after the money came back', async () => {
    const made = await givenCase(village, { at: 'PAID' });
    await papers(made, [], ['RECEIPT']);
    expect(await duty(made.caseId, 'CONFIRM_WAIVER')).toMatchObject({ settledAt: null });
    const bank = { orderId: made.orderId, reason: 'BANK_REFUSED', photo: await photo() } as const;
    await house.get(BankAnswersService).recordReturnedPayment(as(village, 'cashier'), bank);
    expect(await duty(made.caseId, 'CONFIRM_WAIVER')).toBeUndefined();
    const confirming = house
      .get(CasesService)
      .confirmWaiver(as(village, 'supervisor'), { caseId: made.caseId, kind: 'RECEIPT' });
    await expect(confirming).rejects.toMatchObject({ code: 'NO_WAIVER_TO_CONFIRM' });
  });

  it('verifies once, by two who are no kin', async () => {
    const made = await givenCase(village, { at: 'ACCEPTED' });
    const visit = (visitors: readonly string[]) =>
      house.get(CasesService).verifyCase(as(village, 'clerk'), {
        caseId: made.caseId,
        visitors,
        visitedOn: dayOf(house.clock.now()),
        note: '家中无人照看',
      });
    await expect(visit([village.visitors[0], made.applicantId])).rejects.toMatchObject({
      code: 'VISITOR_IS_APPLICANT',
    });
    expect(await stateOf(made)).toBe('ACCEPTED');
    await visit(village.visitors);
    expect(await stateOf(made)).toBe('VERIFIED');
    await expect(visit(village.visitors)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
    expect((await duty(made.caseId, 'VISIT'))?.settledAt).not.toBeNull();
    await house.get(CasesService).openRound(as(village, 'secretary'), { caseId: made.caseId, recusals: [] });
  });

  it('opens no round before two have seen it', async () => {
    const made = await givenCase(village, { at: 'ACCEPTED' });
    const before = await fundOf();
    await expect(openRound(made)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
    expect(await fundOf()).toEqual(before);
  });

  it('D4-21 approved at 17:00 on a Friday before a holiday: due 24 hours later by the clock', async () => {
    const own = await givenHouse(kind, '2026-02-13T09:00:00.000Z');
    const there = await givenVillage(own);
    const { caseId } = await givenCase(there, { at: 'APPROVED' });
    const duties = await own.get(DutiesQueries).ofThread(caseId);
    const due = (wanted: string) => duties.find(({ kind: each }) => each === wanted)?.dueAt.toISOString();
    expect(due('PAY')).toBe('2026-02-14T09:00:00.000Z');
    // Papers in ten working days: the 14th and 28th are make-up days, the 15th to the 23rd a holiday.
    expect(due('PAPERS')).toBe('2026-03-05T16:00:00.000Z');
    await own.close();
  });

  it('D4-58 holds 1,200: of two cases of 1,000 put to the vote the second is refused, with all as it was', async () => {
    const poor = await givenVillage(house, { heldFen: 120_000 });
    await givenCase(poor, { at: 'VOTING', amountFen: 100_000 });
    const second = await givenCase(poor, { at: 'VERIFIED', amountFen: 100_000 });
    const before = await fundOf(poor);
    await expect(openRound(second, 'secretary', poor)).rejects.toMatchObject({ code: 'FUND_CANNOT_COVER' });
    expect(await stateOf(second, poor)).toBe('VERIFIED');
    expect(await fundOf(poor)).toEqual(before);
    expect(await house.get(BoardQueries).roundsOf('case', second.caseId)).toEqual([]);
  });

  it('D4-58 lets ten of fifty that are put to the vote at once take the money for ten', async () => {
    const poor = await givenVillage(house, { heldFen: 1_000_000 });
    const made: GivenCase[] = [];
    for (let i = 0; i < 50; i++) made.push(await givenCase(poor, { at: 'VERIFIED', amountFen: 100_000 }));
    // On a slow machine a unit may lose patience among fifty: nothing of it is left, and it is asked again.
    const asked = async (one: GivenCase): Promise<unknown> =>
      openRound(one, 'secretary', poor).catch((error: unknown) =>
        isTransient(error) ? asked(one) : Promise.reject(error as Error),
      );
    const answers = await Promise.allSettled(made.map(asked));
    const refusals = answers
      .filter((answer) => answer.status === 'rejected')
      .map(({ reason }) => reason as unknown);
    expect(refusals).toHaveLength(40);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'FUND_CANNOT_COVER' });
    expect(await fundOf(poor)).toMatchObject({ freeFen: 0, reservedFen: 1_000_000 });
  });

  it('lets two rounds at once not both take the last of the allowance of a household', async () => {
    const first = await givenCase(village, { at: 'VERIFIED', amountFen: 300_000, cause: 'FIRE' });
    const { householdId } = await house.get(CasesQueries).case(village.societyId, first.caseId);
    const second = await givenCase(village, {
      at: 'VERIFIED',
      amountFen: 300_000,
      cause: 'DISASTER',
      applicant: { householdId },
    });
    const answers = await Promise.allSettled([first, second].map((one) => openRound(one)));
    const [refused] = answers.filter((answer) => answer.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      code: 'HOUSEHOLD_YEAR_LIMIT',
      details: { usedFen: 300_000, askedFen: 300_000, limitFen: 500_000 },
    });
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes kin out of the electorate without being asked', async () => {
    const made = await givenCase(village, { at: 'VERIFIED' });
    const kin = {
      personId: made.applicantId,
      relativeId: village.at.fifth.personId,
      relation: 'IN_LAW',
    } as const;
    await house.get(PeopleService).declareKin(as(village, 'clerk'), kin);
    const { roundId } = await openRound(made);
    const round = await house.get(BoardQueries).round(village.societyId, roundId);
    expect(round).toMatchObject({ recused: 1, electors: 4 });
    expect(round.directors.find(({ personId }) => personId === kin.relativeId)?.reason).toBe('IN_LAW');
  });

  it('D4-19 the chair who is the applicant opens no round, casts no ballot, signs nothing and pays nothing', async () => {
    const own = await givenVillage(house);
    const chairId = own.at.chair.personId;
    const register = await givenCase(own, { at: 'ACCEPTED' });
    // The case is the chair's own: everything else stays as given.
    const intruder = await intruderIn(house.dataSource);
    await intruder.run(`UPDATE cases SET applicant_id = '${chairId}', payee_id = '${chairId}',
      method = 'CASH', payee_account_id = NULL WHERE id = '${register.caseId}'`);
    await intruder.close();
    const visitedOn = dayOf(house.clock.now());
    const visit = { caseId: register.caseId, visitors: own.visitors, visitedOn, note: null };
    await house.get(CasesService).verifyCase(as(own, 'clerk'), visit);

    const chairAsClerk = callerOf({ ...as(own, 'chair').actor, roles: ['chair', 'clerk'] });
    const opening = { caseId: register.caseId, recusals: [] };
    await expect(house.get(CasesService).openRound(chairAsClerk, opening)).rejects.toMatchObject({
      code: 'APPLICANT_CANNOT_ACT',
    });
    const { roundId } = await openRound(register, 'secretary', own);
    const round = await house.get(BoardQueries).round(own.societyId, roundId);
    expect(round.directors.find(({ personId }) => personId === chairId)?.reason).toBe('SELF');

    await house.get(RoundsService).recordShowOfHands(as(own, 'secretary'), {
      roundId,
      presiderId: own.at.deputy.personId,
      hands: handsOf(own, 'yes').slice(1),
      place: null,
      sheet: await photo(),
    });
    const order = await house.get(PaymentsQueries).ofSubject('case', register.caseId);
    const proof = { orderId: order?.id ?? '', photo: await photo(), witnesses: own.visitors };
    await expect(house.get(PaymentsService).recordPayment(as(own, 'chair'), proof)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await house.get(PaymentsService).recordPayment(as(own, 'cashier'), proof);
    const notice = await house.get(NoticesQueries).ofSubject('case', register.caseId);
    const signature = { noticeId: notice?.id ?? '', plannedPostingOn: dayOf(house.clock.now()) };
    await expect(house.get(NoticesService).sign(as(own, 'chair'), signature)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await house.get(NoticesService).sign(as(own, 'deputy'), signature);
  });

  it('is not paid out by a cashier who is kin, although nobody of the board is', async () => {
    const made = await givenCase(village, { at: 'VERIFIED' });
    const kin = {
      personId: made.applicantId,
      relativeId: village.at.cashier.personId,
      relation: 'LINEAL',
    } as const;
    await house.get(PeopleService).declareKin(as(village, 'clerk'), kin);
    const { roundId } = await openRound(made);
    await raiseHands(roundId, 'yes');
    const order = await house.get(PaymentsQueries).ofSubject('case', made.caseId);
    const proof = { orderId: order?.id ?? '', photo: await photo() };
    const before = await fundOf();
    await expect(
      house.get(PaymentsService).recordPayment(as(village, 'cashier'), proof),
    ).rejects.toMatchObject({ code: 'MAY_NOT_PAY' });
    expect(await fundOf()).toEqual(before);
    await house.get(PaymentsService).recordPayment(as(village, 'otherCashier'), proof);
    expect(await stateOf(made)).toBe('PAID');
  });

  it('frees money and allowance when the board says no, and lets the cause be asked again', async () => {
    const before = await fundOf();
    const made = await givenCase(village, { at: 'VOTING', cause: 'OTHER' });
    await raiseHands(made.roundId, 'no');
    expect(await stateOf(made)).toBe('REJECTED');
    expect(await fundOf()).toEqual(before);
    const row = await house.get(CasesQueries).case(village.societyId, made.caseId);
    expect(await house.get(CasesQueries).useOf(village.societyId, row.householdId, 2026)).toEqual({
      usedFen: 0,
      usedCount: 0,
    });
    expect(row.causeKey).toBeNull();
  });

  it('may be voted on once more when the board did not meet, and then goes to the town union', async () => {
    const own = await givenVillage(house);
    const before = await fundOf(own);
    const made = await givenCase(own, { at: 'VOTING' });
    const nobodyComes = async () => {
      house.clock.advance({ hours: 25 });
      await house.get(RoundsService).closeDue(house.clock.now());
    };
    await nobodyComes();
    expect(await stateOf(made, own)).toBe('LAPSED');
    expect(await fundOf(own)).toEqual(before);
    expect((await duty(made.caseId, 'OPEN_ROUND'))?.settledAt).not.toBeNull();
    await openRound(made, 'secretary', own);
    await nobodyComes();
    expect(await stateOf(made, own)).toBe('ESCALATED');
    await expect(openRound(made, 'secretary', own)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
    expect(await house.get(CasesQueries).case(own.societyId, made.caseId)).toMatchObject({
      endReason: 'LAPSED_TWICE',
      countedYear: null,
    });
    expect(await fundOf(own)).toEqual(before);
    expect(await house.get(DutiesQueries).open(own.societyId)).toEqual([]);
  });

  it('owes money, papers and notice from the approval, and papers and notice anew from the payment', async () => {
    const made = await givenCase(village, { at: 'APPROVED' });
    const approvedAt = house.clock.now();
    const rule = async (wanted: string) => (await duty(made.caseId, wanted))?.rule.from.getTime();
    expect(await rule('PAPERS')).toBe(approvedAt.getTime());
    expect(await duty(made.caseId, 'SIGN_NOTICE')).toBeUndefined();
    house.clock.advance({ hours: 5 });
    const paidAt = house.clock.now();
    await house.get(PaymentsService).recordPayment(as(village, 'cashier'), {
      orderId: made.orderId,
      photo: await photo(),
    });
    for (const wanted of ['PAPERS', 'POST_NOTICE', 'SIGN_NOTICE'])
      expect(await rule(wanted)).toBe(paidAt.getTime());
    expect((await duty(made.caseId, 'PAY'))?.settledAt).toEqual(paidAt);
  });

  it('takes no receipt before the money has left, and no paper twice over', async () => {
    const made = await givenCase(village, { at: 'APPROVED' });
    await expect(papers(made, ['RECEIPT'])).rejects.toMatchObject({ code: 'PAPER_BEFORE_PAYMENT' });
    expect(await papers(made, ['ID_CARD'])).toMatchObject({ done: false });
    expect(await house.get(CasesQueries).papers(made.caseId)).toHaveLength(1);
  });

  it('a photo stands in the place of a waiver, and a waiver takes no photo away', async () => {
    const made = await givenCase(village, { at: 'PAID' });
    await papers(made, [], ['ID_CARD']);
    await papers(made, ['ID_CARD']);
    await papers(made, [], ['ID_CARD']);
    expect(await house.get(CasesQueries).papers(made.caseId)).toMatchObject([
      { kind: 'ID_CARD', state: 'PRESENT', waiver: null },
    ]);
  });

  describe('a waiver', () => {
    const confirm = (made: GivenCase, kind_: (typeof ALL_PAPERS)[number], of = village) =>
      house.get(CasesService).confirmWaiver(as(of, 'supervisor'), { caseId: made.caseId, kind: kind_ });
    const waiversOf = async (made: GivenCase) =>
      (await house.get(CasesQueries).papers(made.caseId)).filter(({ state }) => state === 'WAIVED');

    it('ends the papers only when the supervisor has confirmed each of them, within three working days', async () => {
      const made = await givenCase(village, { at: 'ENDED' });
      const asked = await papers(made, ['ID_CARD', 'CONSENT'], ['CAUSE_PROOF', 'RECEIPT']);
      expect(asked).toEqual({ done: false, missing: [], unconfirmed: ['CAUSE_PROOF', 'RECEIPT'] });
      expect(await stateOf(made)).toBe('PAID');
      const owed = await duty(made.caseId, 'CONFIRM_WAIVER');
      expect(owed).toMatchObject({ ownerRole: 'supervisor', settledAt: null });
      expect(owed?.rule).toMatchObject({ unit: 'working-days', count: 3 });

      expect(await confirm(made, 'RECEIPT')).toEqual({
        done: false,
        missing: [],
        unconfirmed: ['CAUSE_PROOF'],
      });
      expect((await duty(made.caseId, 'CONFIRM_WAIVER'))?.settledAt).toBeNull();
      expect(await confirm(made, 'CAUSE_PROOF')).toEqual({ done: true, missing: [], unconfirmed: [] });
      expect((await duty(made.caseId, 'CONFIRM_WAIVER'))?.settledByPersonId).toBe(
        village.at.supervisor.personId,
      );
      expect(await stateOf(made)).toBe('CLOSED');
    });

    it('is confirmed once by ten at once, and what is not waived not at all', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      await papers(made, ['CONSENT'], ['RECEIPT']);
      const answers = await Promise.allSettled(Array.from({ length: 10 }, () => confirm(made, 'RECEIPT')));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const none of ['CONSENT', 'ID_CARD'] as const)
        await expect(confirm(made, none)).rejects.toMatchObject({ code: 'NO_WAIVER_TO_CONFIRM' });
      expect(await waiversOf(made)).toHaveLength(1);
    });

    it('needs no answer once the paper comes after all', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      await papers(made, [], ['RECEIPT']);
      await papers(made, ['RECEIPT']);
      expect((await duty(made.caseId, 'CONFIRM_WAIVER'))?.settledAt).not.toBeNull();
      await expect(confirm(made, 'RECEIPT')).rejects.toMatchObject({ code: 'NO_WAIVER_TO_CONFIRM' });
    });

    it('is asked about again when its reason is another', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      await papers(made, [], ['RECEIPT']);
      await confirm(made, 'RECEIPT');
      expect((await papers(made, [], ['RECEIPT'])).unconfirmed).toEqual(['RECEIPT']);
      expect(await waiversOf(made)).toMatchObject([{ confirmedAt: null }]);
      expect((await confirm(made, 'RECEIPT')).unconfirmed).toEqual([]);
    });

    it('is not confirmed by kin of the applicant, nor by the supervisor of another society', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      await papers(made, [], ['RECEIPT']);
      const other = await givenVillage(house);
      await expect(confirm(made, 'RECEIPT', other)).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
      const kin = {
        personId: made.applicantId,
        relativeId: village.at.supervisor.personId,
        relation: 'COLLATERAL_3',
      } as const;
      await house.get(PeopleService).declareKin(as(village, 'clerk'), kin);
      await expect(confirm(made, 'RECEIPT')).rejects.toMatchObject({ code: 'KIN_CANNOT_ACT' });
      expect(await waiversOf(made)).toMatchObject([{ confirmedAt: null }]);
    });

    it('is owed to nobody after the case was rejected', async () => {
      const own = await givenVillage(house);
      const made = await givenCase(own, { at: 'VOTING' });
      const waivers = [{ kind: 'ID_CARD' as const, reason: '证件补办中' }];
      const typed = { caseId: made.caseId, photos: [], waivers };
      await house.get(CasesService).completePapers(as(own, 'secretary'), typed);
      await raiseHands(made.roundId, 'no', own);
      const owed = await house.get(DutiesQueries).open(own.societyId);
      expect(owed.map(({ kind: each }) => each).sort()).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      await expect(confirm(made, 'ID_CARD', own)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
    });
  });

  it('D4-50 owes the missing ID number with the papers, and is complete when it comes', async () => {
    const made = await givenCase(village, {
      at: 'ENDED',
      applicant: { idNumber: null, bornOn: '1960-02-03' },
    });
    expect((await duty(made.caseId, 'ID_NUMBER'))?.settledAt).toBeNull();
    expect(await papers(made, ALL_PAPERS)).toMatchObject({ done: false, missing: [] });
    expect(await stateOf(made)).toBe('PAID');
    const number = { personId: made.applicantId, idNumber: idNumber('19600203') };
    await house.get(PeopleService).supplyIdNumber(as(village, 'clerk'), number);
    expect((await duty(made.caseId, 'ID_NUMBER'))?.settledAt).not.toBeNull();
    expect(await stateOf(made)).toBe('CLOSED');
  });

  it.each`
    row        | wanted                                                | because
    ${'D4-33'} | ${{ consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY'] }} | ${'publication was refused'}
    ${'D4-32'} | ${{ applicant: { idNumber: 'child' } }}               | ${'the applicant is a child'}
  `(
    '$row gives the aid and publishes the number of the case alone: $because',
    async ({ wanted }: { wanted: object }) => {
      const child = 'applicant' in wanted;
      const guardianId = await personIn(house, village.societyId, { name: '范母', idNumber: idNumber() });
      const applicant = { name: '范小河', guardianId, ...(child ? { idNumber: idNumber('20150601') } : {}) };
      const made = await givenCase(village, { at: 'SIGNED', ...wanted, applicant });
      const notice = await house.get(NoticesQueries).ofSubject('case', made.caseId);
      const printed = JSON.stringify(notice?.issue?.content);
      expect(printed).toContain(`案号${made.number}`);
      expect(printed).not.toMatch(/范|三组/);
    },
  );

  it('drafts the notice with the words of the decision, and without a name in full', async () => {
    const made = await givenCase(village, { at: 'PAID', applicant: { name: '欧阳长河' } });
    const { words } = (await house.get(NoticesQueries).ofSubject('case', made.caseId)) ?? {};
    const day = dayOf(house.clock.now()).replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');
    expect(words?.basis).toContain(`经${day}理事会表决（理事5人，应到5人，实到5人，同意5人）`);
    expect(words).toMatchObject({
      items: [
        { person: '欧阳*河', cause: '突发疾病', amountInWords: '壹仟元整', amount: '1,000.00', paidOn: day },
      ],
    });
    expect(JSON.stringify(words)).not.toContain('欧阳长河');
  });

  it('D4-69 moves no case of another society', async () => {
    const made = await givenCase(village, { at: 'VERIFIED' });
    const other = await givenVillage(house);
    await expect(openRound(made, 'secretary', other)).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' });
    const visit = {
      caseId: made.caseId,
      visitors: other.visitors,
      visitedOn: dayOf(house.clock.now()),
      note: null,
    };
    await expect(house.get(CasesService).verifyCase(as(other, 'clerk'), visit)).rejects.toMatchObject({
      code: 'CASE_NOT_FOUND',
    });
    const none = { caseId: made.caseId, photos: [], waivers: [] };
    await expect(house.get(CasesService).completePapers(as(other, 'secretary'), none)).rejects.toMatchObject({
      code: 'CASE_NOT_FOUND',
    });
  });

  it.each`
    tables        | sql                                                                                        | found                     | because
    ${['cases']}  | ${"UPDATE cases SET state = 'VERIFIED' WHERE id = ?"}                                      | ${'case state'}           | ${'a round is held on it'}
    ${['cases']}  | ${"UPDATE cases SET revision = 'other' WHERE id = ?"}                                      | ${'case state'}           | ${'the board voted on something else'}
    ${['cases']}  | ${'UPDATE cases SET amount_fen = amount_fen + 1 WHERE id = ?'}                             | ${'household allowance'}  | ${'more than was taken'}
    ${['cases']}  | ${'UPDATE cases SET counted_year = NULL WHERE id = ?'}                                     | ${'household allowance'}  | ${'it is counted and says not'}
    ${['duties']} | ${"UPDATE duties SET subject_id = 'nobody' WHERE subject_kind = 'case' AND thread_id = ?"} | ${'duty without subject'} | ${'nobody can do it'}
  `(
    'the reconciler names $found: $because',
    async ({ tables, sql, found }: { tables: string[]; sql: string; found: string }) => {
      const own = await givenVillage(house);
      const { caseId } = await givenCase(own, { at: 'VOTING' });
      const intruder = await intruderIn(house.dataSource);
      await intruder.undoing(tables, async () => {
        await intruder.run(sql.replace('?', `'${caseId}'`));
        const findings = await house.get(CasesVerifier).check();
        expect(findings.map((finding) => finding.kind)).toContain(found);
      });
      await intruder.close();
    },
  );

  it('the reconciler finds a case that is over and still owes, and one whose order or notice is another', async () => {
    const own = await givenVillage(house);
    const { caseId } = await givenCase(own, { at: 'PAID' });
    const intruder = await intruderIn(house.dataSource);
    for (const [table, sql, found] of [
      [
        'payment_orders',
        `UPDATE payment_orders SET state = 'TO_PAY' WHERE subject_id = '${caseId}'`,
        '付款单',
      ],
      ['notices', `UPDATE notices SET state = 'ENDED' WHERE subject_id = '${caseId}'`, '公示'],
      ['cases', `UPDATE cases SET state = 'REJECTED' WHERE id = '${caseId}'`, '还开着'],
    ] as const)
      await intruder.undoing([table], async () => {
        await intruder.run(sql);
        const findings = await house.get(CasesVerifier).check();
        expect(findings.map(({ words }) => words).join()).toContain(found);
      });
    await intruder.close();
  });
});
