import { DutiesQueries, lastDayOf } from '../../src/duties/index.js';
import { fen } from '../../src/kernel/fen.js';
import { ReliefDeskService, ReliefIntakeService, ReliefQueries } from '../../src/relief/index.js';
import type { VerificationTyped } from '../../src/relief/relief-desk.service.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  applicantIn,
  application,
  askSecondReview,
  assess,
  by,
  checkPolicies,
  complete,
  end,
  expireDue,
  givenFundWithMoney,
  givenGrown,
  givenHome,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  invoice,
  lettersOf,
  letTimePass,
  openPanel,
  owedOf,
  PAPERS,
  policies,
  refused,
  relief,
  review,
  reviewOnce,
  sendBack,
  stateOf,
  submit,
  verify,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

/** From the submission to the review: what the desk may do, and what it may not (domain.md 2.2). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const dutyOf = async ({ reliefId }: GivenRelief, wanted: string) => {
    const duties = await house.get(DutiesQueries).ofThread(reliefId);
    return duties.findLast((each) => each.kind === wanted);
  };

  describe('what is submitted', () => {
    const apply = async (change: object, personDraft = {}) => {
      const personId = await applicantIn(ground, ground.home, personDraft);
      const typed = await application(ground, { personId, payeeAccountId: null });
      return () =>
        house.get(ReliefIntakeService).applyForRelief(by(ground.home, 'clerk'), { ...typed, ...change });
    };

    it.each`
      code                   | change                                                            | because
      ${'CAUSE_NOT_IN_RULE'} | ${{ cause: 'FIRE' }}                                              | ${'the rule of the fund knows no such cause'}
      ${'NO_INVOICES'}       | ${{ invoices: [] }}                                               | ${'nothing is claimed'}
      ${'INVOICE_TWICE'}     | ${{ invoices: [invoice(5, 'A0000001'), invoice(7, 'A0000001')] }} | ${'one paper is claimed twice'}
      ${'CONSENT_REQUIRED'}  | ${{ consents: ['HEALTH_BANK'] }}                                  | ${'nobody agreed to the help itself'}
      ${'CONSENT_REQUIRED'}  | ${{ consents: ['PROCESS'] }}                                      | ${'health and bank data need their own yes'}
      ${'CONSENT_REQUIRED'}  | ${{ pledged: false }}                                             | ${'nobody pledged that it is true'}
      ${'FUND_NOT_FOUND'}    | ${{ fundId: '0192f000-0000-7000-8000-00000000dead' }}             | ${'there is no such fund'}
      ${'PERSON_NOT_FOUND'}  | ${{ personId: '0192f000-0000-7000-8000-00000000dead' }}           | ${'nobody knows the person'}
    `('is refused with $code where $because', async ({ code, change }: { code: string; change: object }) => {
      await refused(ground, code, await apply(change));
    });

    it('goes to the federation above, to its funds and to no other', async () => {
      const [elsewhere, alone] = [await givenReliefGround(house), await givenHome(house, null)];
      await expect(submit({ ...ground, fund: elsewhere.fund })).rejects.toMatchObject({
        code: 'FUND_NOT_FOUND',
      });
      await expect(submit(ground, { home: alone })).rejects.toMatchObject({ code: 'NOT_BELOW_FEDERATION' });
    });

    it('is numbered by the federation, without gaps, and kept with all that was brought', async () => {
      const own = await givenReliefGround(house);
      const bills = [invoice(1_000_000), invoice(2_500_000), invoice(1)];
      const [one, two] = [await givenRelief(own, { invoices: bills }), await givenRelief(own)];
      expect([one.number, two.number]).toEqual(['慈救2026-0001', '慈救2026-0002']);
      const known = await relief(own, one);
      expect(known).toMatchObject({ totalFen: 3_500_001, lap: 1, returns: 0, grantFen: null });
      const queries = house.get(ReliefQueries);
      expect(await queries.invoices(one.reliefId)).toEqual(bills);
      expect((await queries.papers(one.reliefId)).map((each) => each.kind).sort()).toEqual(
        [...PAPERS].sort(),
      );
      // In the register of the federation, with what was agreed to.
      expect(known.applicantId).not.toBe(one.personId);
      expect(known.originPersonId).toBe(one.personId);
    });

    it('keeps the story sealed: in no row in clear, and readable for the desk', async () => {
      const story = '孩子在市医院住院，欠了三家亲戚';
      const made = await givenRelief(ground, { story });
      const rows = await house.dataSource.query<unknown[]>('SELECT * FROM relief_cases WHERE id = ?', [
        made.reliefId,
      ]);
      expect(JSON.stringify(rows)).not.toContain('亲戚');
      expect(await house.get(ReliefQueries).story(made.reliefId)).toBe(story);
    });

    it('is submitted once, however often the button is pressed', async () => {
      const personId = await applicantIn(ground, ground.home);
      const typed = await application(ground, { personId, payeeAccountId: null });
      const intake = house.get(ReliefIntakeService);
      const presses = Array.from({ length: 10 }, () =>
        intake.applyForRelief(by(ground.home, 'clerk', 'one-and-the-same-key'), typed),
      );
      const answers = await Promise.all(presses);
      expect(new Set(answers.map(({ number }) => number)).size).toBe(1);
    });
  });

  describe('先政策后慈善', () => {
    const check = (made: GivenRelief, typed: ReturnType<typeof policies>) => () =>
      house
        .get(ReliefDeskService)
        .checkPolicies(by(ground, 'clerk'), { reliefId: made.reliefId, policies: typed });

    it.each`
      code                     | change                                                                     | because
      ${'POLICY_MISSING'}      | ${(all: unknown[]) => all.slice(1)}                                        | ${'basic insurance was not asked'}
      ${'POLICY_MISSING'}      | ${(all: unknown[]) => [...all, all[0]]}                                    | ${'one has two answers'}
      ${'POLICY_AMOUNT_WRONG'} | ${(all: object[]) => [{ ...all[0], amountFen: fen(0) }, ...all.slice(1)]}  | ${'applied, and nothing came'}
      ${'POLICY_AMOUNT_WRONG'} | ${(all: object[]) => [{ ...all[0], proof: null }, ...all.slice(1)]}        | ${'applied, and nothing proves it'}
      ${'POLICY_AMOUNT_WRONG'} | ${(all: object[]) => [{ ...all[0], outcome: 'REFUSED' }, ...all.slice(1)]} | ${'refused, and yet money'}
    `(
      'is refused with $code where $because',
      async ({
        code,
        change,
      }: {
        code: string;
        change: (all: readonly object[]) => ReturnType<typeof policies>;
      }) => {
        const made = await givenRelief(ground);
        await refused(ground, code, check(made, change(policies({ BASIC_INSURANCE: 100 }))));
      },
    );

    it('asks for what was raised on the net only where the rule takes it off', async () => {
      const made = await givenRelief(ground);
      await check(made, policies({}))();
      const fund = await givenFundWithMoney(house, ground.federationId, { deductsCrowdfunding: true });
      const other = await givenRelief({ ...ground, fund });
      await refused(ground, 'POLICY_MISSING', check(other, policies({})));
      const raised = { outcome: 'APPLIED', amountFen: fen(100_000), proof: '水滴筹 77' } as const;
      await check(other, [...policies({}), { deduction: 'CROWDFUNDING', ...raised }])();
      const { sheet } = await house.get(ReliefQueries).sum(await relief(ground, other), fen(0));
      expect(sheet.deductedFen).toBe(100_000);
    });
  });

  describe('逢进必核', () => {
    const asking =
      (made: GivenRelief, more: Partial<VerificationTyped> = {}) =>
      () =>
        house.get(ReliefDeskService).verify(by(ground, 'clerk'), {
          ...{ reliefId: made.reliefId, result: 'NORMAL', originalsStamped: true, note: null },
          ...more,
        });

    it.each(PAPERS)('lets no file pass that lacks %s', async (missing) => {
      const personId = await applicantIn(ground, ground.home);
      const typed = await application(ground, { personId, payeeAccountId: null });
      const papers = typed.papers.filter((each) => each.kind !== missing);
      const intake = house.get(ReliefIntakeService);
      const { reliefId } = await intake.applyForRelief(by(ground.home, 'clerk'), { ...typed, papers });
      const made = { reliefId, number: '', personId, home: ground.home };
      await checkPolicies(ground, made);
      await refused(ground, 'RELIEF_PAPERS_MISSING', asking(made));
    });

    it.each`
      code                       | more                                  | because
      ${'ORIGINALS_NOT_STAMPED'} | ${{ originalsStamped: false }}        | ${'the originals bear no stamp'}
      ${'ABNORMAL_NEEDS_NOTE'}   | ${{ result: 'ABNORMAL' }}             | ${'what is abnormal is written down'}
      ${'ABNORMAL_NEEDS_NOTE'}   | ${{ result: 'ABNORMAL', note: '  ' }} | ${'blanks say nothing'}
    `('is refused with $code: $because', async ({ code, more }: { code: string; more: object }) => {
      const made = await givenRelief(ground, { at: 'POLICY_CHECKED' });
      await refused(ground, code, asking(made, more));
    });

    it('rejects nobody because a result is abnormal, and keeps the note sealed', async () => {
      const made = await givenRelief(ground, { at: 'POLICY_CHECKED' });
      await asking(made, { result: 'ABNORMAL', note: '名下有一辆货车，是哥哥的' })();
      expect(await relief(ground, made)).toMatchObject({ state: 'VERIFIED', verifyResult: 'ABNORMAL' });
      expect(await house.get(ReliefQueries).verifyNote(made.reliefId)).toContain('货车');
    });
  });

  describe('综合研判', () => {
    it('takes three different people of the federation, none of them tied to the applicant', async () => {
      const { third, fourth, fifth, accountant } = ground.at;
      const made = await givenRelief(ground, { at: 'VERIFIED' });
      const scored =
        (...people: { personId: string }[]) =>
        () =>
          assess(
            ground,
            made,
            people.map(({ personId }) => personId),
          );
      await refused(ground, 'TOO_FEW_ASSESSORS', scored(third, fourth));
      await refused(ground, 'TOO_FEW_ASSESSORS', scored(third, fourth, fourth));
      await refused(ground, 'ASSESSOR_NOT_IN_OFFICE', scored(third, fourth, ground.home.at.clerk));
      const { applicantId } = await relief(ground, made);
      await refused(ground, 'ASSESSOR_NOT_IN_OFFICE', scored(third, fourth, { personId: applicantId }));
      await scored(third, fourth, fifth, accountant)();
      const known = await relief(ground, made);
      expect(await house.get(ReliefQueries).scores(known)).toHaveLength(4);
      expect(await house.get(ReliefQueries).opinion(known)).toBe('家庭困难，情况属实');
    });
  });

  describe('the review', () => {
    it('wants two different people from the threshold on, and one below it', async () => {
      const fund = await givenFundWithMoney(house, ground.federationId, { secondReviewFromFen: fen(60_000) });
      const of = { ...ground, fund };
      const at = { at: 'ASSESSED', reimbursed: {} } as const;
      const below = await givenRelief(of, { ...at, totalFen: 99_999 }); // 59,999 fen
      expect(await reviewOnce(of, below)).toMatchObject({ reviews: 1, needed: 1 });
      expect(await stateOf(of, below)).toBe('REVIEWED');

      const on = await givenRelief(of, { ...at, totalFen: 100_000 }); // 60,000 fen
      expect(await reviewOnce(of, on)).toMatchObject({ reviews: 1, needed: 2 });
      expect(await stateOf(of, on)).toBe('ASSESSED');
      expect(await owedOf(of, on)).toEqual(['REVIEW_RELIEF']);
      await refused(of, 'REVIEWER_TWICE', () => reviewOnce(of, on));
      expect(await reviewOnce(of, on, 'otherReviewer')).toMatchObject({ reviews: 2, needed: 2 });
      expect(await stateOf(of, on)).toBe('REVIEWED');
    });

    it('is asked of a second one where the sum has grown since to what two review, and no panel opens before', async () => {
      const made = await givenGrown(ground);
      expect(await relief(ground, made)).toMatchObject({ state: 'REVIEWED' });
      await refused(ground, 'SECOND_REVIEW_NEEDED', () => openPanel(ground, made));
      await askSecondReview(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'ASSESSED', reviewedAt: null });
      expect(await owedOf(ground, made)).toEqual(['REVIEW_RELIEF']);
      await refused(ground, 'REVIEWER_TWICE', () => reviewOnce(ground, made));
      const { otherReviewer } = ground.at;
      const queries = house.get(ReliefQueries);
      const waiting = async (reviewerId: string) =>
        (await queries.list(ground.federationId, { reviewerId })).items.map(({ id }) => id);
      expect(await waiting(otherReviewer.personId)).toContain(made.reliefId);
      expect(await waiting(ground.at.reviewer.personId)).not.toContain(made.reliefId);
      expect(await reviewOnce(ground, made, 'otherReviewer')).toMatchObject({ reviews: 2, needed: 2 });
      expect(await openPanel(ground, made)).toMatchObject({ grantFen: GRANT_FEN });
    });

    it('is not asked of a second one where one suffices, or two have seen it', async () => {
      const seen = await givenRelief(ground, { at: 'REVIEWED' });
      await refused(ground, 'REVIEWS_SUFFICE', () => askSecondReview(ground, seen));
      const small = await givenRelief(ground, { at: 'REVIEWED', totalFen: 1_000_000, reimbursed: {} });
      await refused(ground, 'REVIEWS_SUFFICE', () => askSecondReview(ground, small));
      await openPanel(ground, small);
    });

    it('that was asked for is enough, also where the sum has shrunk again meanwhile', async () => {
      const made = await givenGrown(ground);
      await askSecondReview(ground, made);
      const other = { totalFen: 80_000_000, reimbursed: {}, personId: made.personId } as const;
      await givenRelief(ground, { ...other, at: 'PANEL' });
      expect(await reviewOnce(ground, made, 'otherReviewer')).toMatchObject({ reviews: 2, needed: 1 });
      expect(await openPanel(ground, made)).toMatchObject({ grantFen: 2_000_000, capApplied: true });
    });

    it('is asked of a second one once, however often the secretary presses', async () => {
      const made = await givenGrown(ground);
      const presses = Array.from({ length: 10 }, () => askSecondReview(ground, made));
      const answers = await Promise.allSettled(presses);
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await owedOf(ground, made)).toEqual(['REVIEW_RELIEF']);
    });

    it('is not made by whoever had the file in hands or gave points', async () => {
      const made = await givenRelief(ground, { at: 'VERIFIED' });
      const { third, fourth, otherReviewer } = ground.at;
      await assess(
        ground,
        made,
        [third, fourth, otherReviewer].map(({ personId }) => personId),
      );
      await refused(ground, 'REVIEWER_HANDLED', () => reviewOnce(ground, made, 'otherReviewer'));
      await refused(ground, 'REVIEWER_HANDLED', () => reviewOnce(ground, made, 'clerk'));
      await reviewOnce(ground, made);
    });
  });

  describe('补正', () => {
    it('sends a file back twice and no more, each time with the list in a letter', async () => {
      const made = await givenRelief(ground);
      await refused(ground, 'NOTHING_ASKED', () => sendBack(ground, made, []));
      for (const times of [1, 2]) {
        await sendBack(ground, made, ['INVOICES', 'DIAGNOSIS', 'INVOICES']);
        expect(await relief(ground, made)).toMatchObject({ state: 'RETURNED', returns: times });
        await complete(ground, made, null, ['INVOICES', 'DIAGNOSIS']);
      }
      await refused(ground, 'RETURNED_TOO_OFTEN', () => sendBack(ground, made));
      const letters = await lettersOf(ground, made);
      expect(letters.map((letter) => letter.kind)).toEqual(['RETURN', 'RETURN']);
      expect(letters[0]?.paragraphs.join('')).toMatch(/发票原件.*诊断证明.*第二张发票看不清/);
      const returns = await house.get(ReliefQueries).returns(made.reliefId);
      expect(returns.map(({ number, items }) => ({ number, items }))).toEqual([
        { number: 1, items: ['INVOICES', 'DIAGNOSIS'] },
        { number: 2, items: ['INVOICES', 'DIAGNOSIS'] },
      ]);
      expect(returns.every(({ answeredAt }) => answeredAt !== null)).toBe(true);
    });

    it('goes on only with everything that was asked for', async () => {
      const made = await givenRelief(ground);
      await sendBack(ground, made, ['INVOICES', 'DIAGNOSIS']);
      await refused(ground, 'NOTHING_BROUGHT', () => complete(ground, made, null, ['INVOICES']));
      await complete(ground, made, null, ['DIAGNOSIS', 'INVOICES', 'DEBTS']);
      expect(await stateOf(ground, made)).toBe('SUBMITTED');
      expect(await house.get(ReliefQueries).papers(made.reliefId)).toHaveLength(PAPERS.length + 3);
    });

    it('stops the clock of the desk, and sets it going with the days that were left', async () => {
      const own = await givenHouse(kind, '2026-03-02T01:00:00.000Z'); // a Monday, no holiday near
      const there = await givenReliefGround(own);
      const made = await givenRelief(there, { at: 'POLICY_CHECKED' });
      const due = async (wanted: string) => {
        const duties = await own.get(DutiesQueries).ofThread(made.reliefId);
        const last = duties.findLast((each) => each.kind === wanted && each.settledAt === null);
        return last && [lastDayOf(last.dueAt), last.societyId === made.home.societyId];
      };
      expect(await due('VERIFY_RELIEF')).toEqual(['2026-03-16', false]); // ten working days
      own.clock.moveTo('2026-03-05T08:00:00.000Z'); // three of them are gone: seven are left
      await sendBack(there, made);
      expect(await relief(there, made)).toMatchObject({ clockLeft: 7 });
      expect(await due('VERIFY_RELIEF')).toBeUndefined();
      expect(await due('COMPLETE_RELIEF')).toEqual(['2026-03-26', true]); // fifteen, and the home's
      own.clock.moveTo('2026-03-23T01:00:00.000Z');
      await complete(there, made);
      expect(await due('VERIFY_RELIEF')).toEqual(['2026-04-01', false]);
      await verify(there, made);
      await sendBack(there, made); // on the very day: five are left of five
      expect(await relief(there, made)).toMatchObject({ clockLeft: 5 });
      await expectSound(own);
      await own.close();
    });

    it('gives nobody a file back that is late already', async () => {
      const made = await givenRelief(ground);
      house.clock.advance({ days: 20 });
      await sendBack(ground, made);
      expect(await relief(ground, made)).toMatchObject({ clockLeft: 1 });
    });

    it('checks everything anew where the invoices changed', async () => {
      const [kept, dropped, fresh] = [invoice(1_000_000), invoice(2_000_000), invoice(4_000_000)];
      const made = await givenRelief(ground, { at: 'REVIEWED', invoices: [kept, dropped], reimbursed: {} });
      await sendBack(ground, made);
      await complete(ground, made, [fresh, kept]);
      const known = await relief(ground, made);
      expect(known).toMatchObject({ state: 'SUBMITTED', lap: 2, totalFen: 5_000_000, handledBy: [] });
      expect(known).toMatchObject({ verifiedAt: null, verifyResult: null, reviewedAt: null });
      expect(await owedOf(ground, made)).toEqual(['CHECK_POLICIES']);
      expect(await house.get(ReliefQueries).policies(known)).toEqual([]);
      await submit(ground, { invoices: [dropped] }); // free for others
      await expect(submit(ground, { invoices: [kept] })).rejects.toMatchObject({ code: 'INVOICE_USED' });

      await checkPolicies(ground, made, { BASIC_INSURANCE: 1_000_000 });
      await verify(ground, made);
      await assess(ground, made);
      await review(ground, made); // the same reviewers: it is another lap
      const { sheet } = await house.get(ReliefQueries).sum(await relief(ground, made), fen(0));
      expect(sheet).toMatchObject({ totalFen: 5_000_000, baseFen: 4_000_000, grantFen: 2_400_000 });
    });

    it('takes no invoice on the second way that another case has used', async () => {
      const bill = invoice(1_000_000);
      await givenRelief(ground, { invoices: [bill] });
      const made = await givenRelief(ground, { at: 'RETURNED' });
      await refused(ground, 'INVOICE_USED', () => complete(ground, made, [bill]));
      await refused(ground, 'NO_INVOICES', () => complete(ground, made, []));
    });

    it('ends by the timer once fifteen working days are over, and not a moment before', async () => {
      const bill = invoice(1_000_000);
      const made = await givenRelief(ground, { invoices: [bill] });
      await sendBack(ground, made);
      const duty = await dutyOf(made, 'COMPLETE_RELIEF');
      house.clock.moveTo(new Date((duty?.dueAt.getTime() ?? 0) - 1));
      await expireDue(ground);
      expect(await stateOf(ground, made)).toBe('RETURNED');
      house.clock.moveTo(duty?.dueAt ?? '');
      await expireDue(ground);
      expect(await relief(ground, made)).toMatchObject({ state: 'LAPSED', endReason: 'NOT_COMPLETED' });
      expect(await owedOf(ground, made)).toEqual([]);
      expect((await lettersOf(ground, made)).map((letter) => letter.kind)).toEqual(['RETURN', 'ENDING']);
      await submit(ground, { invoices: [bill] });
      expect(await expireDue(ground)).toEqual({ expired: 0 });
    });

    it('does not end what came back in time', async () => {
      const made = await givenRelief(ground, { at: 'RETURNED' });
      await complete(ground, made);
      expect(await letTimePass(ground)).toEqual({ expired: 0 });
      expect(await stateOf(ground, made)).toBe('SUBMITTED');
    });

    it('ends once, when several programs look at the clock at the same moment', async () => {
      const made = await givenRelief(ground, { at: 'RETURNED' });
      house.clock.advance({ days: 30 });
      const answers = await Promise.all(Array.from({ length: 5 }, () => expireDue(ground)));
      expect(answers.reduce((sum, { expired }) => sum + expired, 0)).toBe(1);
      expect(await stateOf(ground, made)).toBe('LAPSED');
    });
  });

  it('frees the invoices when the family takes the application back', async () => {
    const bill = invoice(1_000_000);
    const made = await givenRelief(ground, { at: 'ASSESSED', invoices: [bill], reimbursed: {} });
    await end(ground, made, 'HELPED_ELSEWHERE');
    expect(await relief(ground, made)).toMatchObject({ state: 'WITHDRAWN', endReason: 'HELPED_ELSEWHERE' });
    expect((await lettersOf(ground, made)).map((letter) => letter.kind)).toEqual(['ENDING']);
    await submit(ground, { invoices: [bill] });
  });
});
