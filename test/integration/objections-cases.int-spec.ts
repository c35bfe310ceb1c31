import { RoundsService } from '../../src/board/index.js';
import {
  CasesQueries,
  CasesService,
  HandoversService,
  LettersQueries,
  RevocationsService,
  WriteOffsService,
} from '../../src/cases/index.js';
import { WriteOffsQueries } from '../../src/cases/write-offs.queries.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import {
  CorrectionsService,
  IncidentsService,
  NoticePapers,
  NoticesQueries,
  NoticesService,
  NoticeSubjects,
  ReissuesService,
  StandingService,
} from '../../src/notices/index.js';
import { RecoveriesQueries, RecoveriesService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { assign, confirm, CORRECTED, propose, raise, REDECIDED, REJECTED } from '../support/objections.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, handsOf, photo } from '../support/village.js';
import type { GivenCase, Post, Stop, Village } from '../support/village.js';

type Finding = typeof REJECTED;

/** What becomes of a case when somebody objects to what was published of it (domain.md 2.1, 2.3). */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let town: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId });
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const caseOf = ({ caseId }: GivenCase) => house.get(CasesQueries).case(village.societyId, caseId);
  const fund = () => house.get(LedgerQueries).fund(village.societyId);
  const useOf = async (made: GivenCase) => {
    const { householdId } = await caseOf(made);
    return house.get(CasesQueries).useOf(village.societyId, householdId, 2026);
  };
  const recoveryOf = async ({ caseId }: GivenCase) => {
    const found = await house.get(RecoveriesQueries).ofSubject('case', caseId);
    if (!found) throw new Error('Nothing is demanded back');
    return found;
  };
  const noticeOf = async (
    { caseId }: GivenCase,
    notice: 'GRANT_POST' | 'REJECTION' | 'CORRECTION' | 'REVOCATION',
  ) => {
    const found = await house.get(NoticesQueries).ofSubject('case', caseId, notice);
    if (!found) throw new Error(`No ${notice}`);
    return found;
  };
  const owed = async ({ caseId }: GivenCase) =>
    (await house.get(DutiesQueries).ofThread(caseId))
      .filter(({ settledAt }) => settledAt === null)
      .map((duty) => duty.kind)
      .sort();
  const outsiders = () => [village.at.accountant.personId, village.at.reviewer.personId];
  /** Somebody objects by the code on the paper, and two who took no part find out. */
  const objectTo = async (notice: Awaited<ReturnType<typeof noticeOf>>, finding: Finding) => {
    const raised = await raise(village, notice);
    await assign(village, raised, { inquirers: outsiders() });
    await propose(village, raised, finding, 'accountant');
    return confirm(village, raised, { post: 'reviewer' });
  };
  const ask = ({ caseId }: GivenCase, keptFen?: number) =>
    house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
      ...{ caseId, reason: 'SOCIETY_ERROR', hearing: 'HEARD', findings: '票据少算了一张', recusals: [] },
      keptFen: keptFen === undefined ? undefined : fen(keptFen),
    });
  const say = async (roundId: string, choice: 'yes' | 'no', few?: number) =>
    house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
      ...{ roundId, presiderId: village.at.chair.personId, hands: handsOf(village, choice, few) },
      ...{ place: null, sheet: await photo() },
    });
  const instalment = async (recoveryId: string, amountFen: number) =>
    house.get(RecoveriesService).recordInstalment(as(village, 'cashier'), {
      ...{ recoveryId, amountFen: fen(amountFen), photo: await photo() },
    });
  const sign = (noticeId: string) => {
    const plannedPostingOn = dayOf(house.clock.now());
    return house.get(NoticesService).sign(as(village, 'chair'), { noticeId, plannedPostingOn });
  };
  const post = async (noticeId: string) => {
    const posting = { noticeId, place: '村委会公示栏', postedAt: house.clock.now(), photo: await photo() };
    return house.get(NoticesService).recordPosting(as(village, 'secretary'), posting);
  };
  const endAll = async () => {
    house.clock.advance({ days: 12 });
    await house.get(NoticesService).endDue(house.clock.now());
  };

  describe('a grant that was paid', () => {
    it('D4-41 stays paid when an objection is upheld, until the board says: REVOKED, demanded back, told in public and in a letter', async () => {
      const made = await givenCase(village, { at: 'RUNNING', amountFen: 100_000 });
      const grant = await noticeOf(made, 'GRANT_POST');
      await objectTo(grant, REDECIDED);

      expect(await caseOf(made)).toMatchObject({ state: 'PAID', keptFen: 0 });
      const correction = await noticeOf(made, 'CORRECTION');
      expect(correction).toMatchObject({ state: 'DRAFT', words: { changes: [] } });
      expect(await owed(made)).toEqual(expect.arrayContaining(['DECIDE_ANEW', 'SIGN_NOTICE', 'POST_NOTICE']));

      await say((await ask(made)).roundId, 'yes');
      expect(await caseOf(made)).toMatchObject({ state: 'REVOKED', keptFen: 0 });
      const recovery = await recoveryOf(made);
      expect(recovery).toMatchObject({ demandedFen: 100_000, recoveredFen: 0 });
      const { lines } = await house.get(LedgerQueries).voucher(village.societyId, recovery.voucherId);
      expect(lines.map(({ account, amountFen }) => [account, amountFen]).sort()).toEqual([
        ['1122', 100_000],
        ['5101', -100_000],
      ]);
      const [letter] = await house.get(LettersQueries).ofCase(village.societyId, made.caseId);
      expect(letter).toMatchObject({ kind: 'DEMAND' });

      const revocation = await noticeOf(made, 'REVOCATION');
      expect(revocation.words).toMatchObject({ revokes: grant.issue?.number, kept: null });
      await sign(revocation.id);
      expect(await house.get(NoticesQueries).relationsOf(grant.id)).toMatchObject([
        { relation: 'REVOKES', isLater: true, noticeId: revocation.id },
      ]);
      // The correction is published in any case; nobody owes the decision any more.
      const left = (await house.get(DutiesQueries).ofThread(made.caseId)).filter((duty) => !duty.settledAt);
      expect(left.map((duty) => duty.kind)).not.toContain('DECIDE_ANEW');
      const ofCorrection = left.filter(({ subjectId }) => subjectId === correction.id);
      expect(ofCorrection.map((duty) => duty.kind).sort()).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
    });

    it('is not closed while an objection is open, and is when it comes to nothing', async () => {
      const made = await givenCase(village, { at: 'RUNNING' });
      const bytes = await photo();
      const photos = (['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const).map((paper) => ({
        ...{ kind: paper, bytes },
      }));
      const papers = { caseId: made.caseId, photos, waivers: [] };
      await house.get(CasesService).completePapers(as(village, 'secretary'), papers);
      const raised = await raise(village, await noticeOf(made, 'GRANT_POST'));
      await endAll();
      expect(await caseOf(made)).toMatchObject({ state: 'PAID', noticeEndedAt: null });
      await assign(village, raised, { inquirers: outsiders() });
      await propose(village, raised, REJECTED, 'accountant');
      await confirm(village, raised, { post: 'reviewer' });
      await house.get(NoticesService).endDue(house.clock.now());
      expect(await caseOf(made)).toMatchObject({ state: 'CLOSED' });
    });

    it('may be decided anew also after the end, since a complaint may be right', async () => {
      const made = await givenCase(village, { at: 'CLOSED' });
      await objectTo(await noticeOf(made, 'GRANT_POST'), REDECIDED);
      expect(await owed(made)).toContain('DECIDE_ANEW');
      await say((await ask(made, 40_000)).roundId, 'yes');
      expect(await caseOf(made)).toMatchObject({ state: 'REVOKED', keptFen: 40_000 });
      expect(await owed(made)).not.toContain('DECIDE_ANEW');
    });

    it.each`
      choice   | hands | owes     | because
      ${'no'}  | ${5}  | ${false} | ${'the board has said: the grant stands'}
      ${'yes'} | ${3}  | ${true}  | ${'too few came, and nobody has said'}
    `('is still to be decided: $owes, $because', async ({ choice, hands, owes }: Said) => {
      const made = await givenCase(village, { at: 'RUNNING' });
      await objectTo(await noticeOf(made, 'GRANT_POST'), REDECIDED);
      await say((await ask(made)).roundId, choice, hands);
      house.clock.advance({ days: 3 });
      await house.get(RoundsService).closeDue(house.clock.now());
      expect(await caseOf(made)).toMatchObject({ state: 'PAID' });
      expect((await owed(made)).includes('DECIDE_ANEW')).toBe(owes);
    });
    type Said = { readonly choice: 'yes' | 'no'; readonly hands: number; readonly owes: boolean };

    it('is corrected in its words alone where only those were wrong', async () => {
      const made = await givenCase(village, { at: 'RUNNING' });
      const { householdId } = await caseOf(made);
      await house
        .get(Transactions)
        .run((tx) => tx.change`UPDATE households SET group_name = ${'九组'} WHERE id = ${householdId}`);
      await objectTo(await noticeOf(made, 'GRANT_POST'), CORRECTED);
      const { words } = await noticeOf(made, 'CORRECTION');
      expect(words).toMatchObject({ changes: [{ now: expect.stringContaining('九组') as string }] });
      expect(await owed(made)).not.toContain('DECIDE_ANEW');
      expect(await caseOf(made)).toMatchObject({ state: 'PAID' });
    });
  });

  describe('a revocation', () => {
    it('to which an objection was upheld stays as it is when the supervisor says so, of ten at once one', async () => {
      const made = await givenCase(village, { at: 'RUNNING', amountFen: 100_000 });
      await say((await ask(made, 60_000)).roundId, 'yes');
      const { id } = await noticeOf(made, 'REVOCATION');
      await sign(id);
      await post(id);
      const { objectionId } = await objectTo(await noticeOf(made, 'REVOCATION'), REDECIDED);
      expect(await caseOf(made)).toMatchObject({ state: 'REVOKED' });
      expect(await owed(made)).toContain('DECIDE_ANEW');
      const letStand = (by: 'supervisor' | 'secretary') =>
        house.get(StandingService).letStand(as(village, by), { objectionId, reason: 'RESULT_RIGHT' });
      await expect(letStand('secretary')).rejects.toMatchObject({ code: 'NOT_THE_ASSIGNER' });
      expect(await owed(made)).toContain('DECIDE_ANEW');
      const said = await Promise.allSettled(Array.from({ length: 10 }, () => letStand('supervisor')));
      expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await owed(made)).not.toContain('DECIDE_ANEW');
    });
  });

  describe('a revocation that was wrong', () => {
    const revokedAndObjected = async () => {
      const made = await givenCase(village, { at: 'RUNNING', amountFen: 100_000 });
      await say((await ask(made)).roundId, 'yes');
      const { id } = await noticeOf(made, 'REVOCATION');
      await sign(id);
      await post(id);
      return { made, recovery: await recoveryOf(made), revocation: await noticeOf(made, 'REVOCATION') };
    };
    const askTown = (recoveryId: string, reason: 'UPHELD' | 'NO_MEANS' = 'UPHELD') =>
      house.get(WriteOffsService).ask(as(town, 'secretary'), { recoveryId, reason, recusals: [] });
    const sayInTown = async (roundId: string, choice: 'yes' | 'no') =>
      house.get(RoundsService).recordShowOfHands(as(town, 'secretary'), {
        ...{ roundId, presiderId: town.at.chair.personId, hands: handsOf(town, choice) },
        ...{ place: null, sheet: await photo() },
      });
    const listed = async () => (await house.get(WriteOffsQueries).openBelow(town.societyId))[0];

    it('ends its demand by the board of the town, which is told why; nobody owes a decision any more', async () => {
      const { made, recovery, revocation } = await revokedAndObjected();
      await expect(askTown(recovery.id)).rejects.toMatchObject({ code: 'NO_OBJECTION_UPHELD' });
      expect(await listed()).toMatchObject({ recoveryId: recovery.id, isObjected: false, roundId: null });
      await objectTo(revocation, REDECIDED);
      expect(await owed(made)).toContain('DECIDE_ANEW');
      expect(await listed()).toMatchObject({ recoveryId: recovery.id, isObjected: true });

      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => askTown(recovery.id)));
      const [opened, ...more] = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      if (!opened) throw new Error('Nobody asked');
      expect(more).toEqual([]);
      await sayInTown(opened.roundId, 'yes');
      expect(await caseOf(made)).toMatchObject({ state: 'WRITTEN_OFF' });
      expect(await recoveryOf(made)).toMatchObject({ state: 'WRITTEN_OFF', writtenOffFen: 100_000 });
      const left = await owed(made);
      for (const done of ['DECIDE_ANEW', 'RECOVER']) expect(left).not.toContain(done);
      const notice = await house.get(NoticesQueries).ofSubject('write-off', opened.writeOffId);
      expect(notice?.words).toMatchObject({ resolution: { about: 'WRITE_OFF', upheld: true } });
      const { noticeId } = { noticeId: notice?.id ?? '' };
      const plannedPostingOn = dayOf(house.clock.now());
      await house.get(NoticesService).sign(as(town, 'chair'), { noticeId, plannedPostingOn });
      const { issue } = await house.get(NoticesQueries).notice(town.societyId, noticeId);
      const paper = issue ? house.get(NoticePapers).html(issue.content) : '';
      expect(paper).toContain('对撤销的异议经查成立');
      expect(paper).not.toContain('多次催收');
    });

    it('stays where the town says no: the decision is owed still, until the supervisor lets it stand', async () => {
      const { made, recovery, revocation } = await revokedAndObjected();
      const { objectionId } = await objectTo(revocation, REDECIDED);
      await sayInTown((await askTown(recovery.id)).roundId, 'no');
      expect(await caseOf(made)).toMatchObject({ state: 'REVOKED' });
      expect(await owed(made)).toEqual(expect.arrayContaining(['DECIDE_ANEW', 'RECOVER']));
      const asked = { objectionId, reason: 'RESULT_RIGHT' } as const;
      await house.get(StandingService).letStand(as(village, 'supervisor'), asked);
      await expect(askTown(recovery.id)).rejects.toMatchObject({ code: 'NO_OBJECTION_UPHELD' });
      expect(await listed()).toMatchObject({ isObjected: false });
      expect(await owed(made)).toContain('RECOVER');
    });
  });

  describe('a new amount', () => {
    it('demands back what is too much, and no more: books, lots, household and notice say the same', async () => {
      const before = await fund();
      const made = await givenCase(village, { at: 'RUNNING', amountFen: 100_000 });
      await say((await ask(made, 60_000)).roundId, 'yes');
      const recovery = await recoveryOf(made);
      expect(recovery).toMatchObject({ demandedFen: 40_000, state: 'OPEN' });
      const { lines } = await house.get(LedgerQueries).voucher(village.societyId, recovery.voucherId);
      expect(lines.map(({ account, amountFen }) => [account, amountFen]).sort()).toEqual([
        ['1122', 40_000],
        ['5101', -40_000],
      ]);
      const { words } = await noticeOf(made, 'REVOCATION');
      expect(words).toMatchObject({
        ...{ granted: { amount: '1,000.00' }, demanded: { amount: '400.00' }, kept: { amount: '600.00' } },
        title: expect.arrayContaining(['关于变更急难救助金额']) as string[],
      });
      await instalment(recovery.id, 39_999);
      expect(await caseOf(made)).toMatchObject({ state: 'REVOKED', keptFen: 60_000 });
      await instalment(recovery.id, 1);
      expect(await caseOf(made)).toMatchObject({ state: 'RECOVERED', keptFen: 60_000, recoveredFen: 40_000 });
      expect(await useOf(made)).toEqual({ usedFen: 60_000, usedCount: 1 });
      expect((await fund()).freeFen).toBe(before.freeFen - 60_000);
      await expect(instalment(recovery.id, 1)).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('still helps this cause this year: another case of the same is refused, as after a grant that stands', async () => {
      const made = await givenCase(village, { at: 'RUNNING', amountFen: 50_000 });
      await say((await ask(made, 20_000)).roundId, 'yes');
      const again = { at: 'ACCEPTED', applicantId: made.applicantId } as const;
      await expect(givenCase(village, again)).rejects.toMatchObject({ code: 'SAME_CAUSE_THIS_YEAR' });
    });

    it.each`
      kept       | because
      ${100_000} | ${'nothing would come back'}
      ${100_001} | ${'a grant is not made larger by taking it back'}
    `(
      'of $kept fen for a grant of 100,000 is refused and changes nothing: $because',
      async ({ kept }: { kept: number }) => {
        const made = await givenCase(village, { at: 'PAID', amountFen: 100_000 });
        const before = [await caseOf(made), await fund(), await owed(made)];
        await expect(ask(made, kept)).rejects.toMatchObject({ code: 'KEPT_NOT_LESS' });
        expect([await caseOf(made), await fund(), await owed(made)]).toEqual(before);
      },
    );

    it('of every grant is what is kept and what is demanded: together what was given', async () => {
      for (const [granted, kept] of [
        [2, 1],
        [100_000, 99_999],
        [33_333, 11_111],
      ] as const) {
        const made = await givenCase(village, { at: 'PAID', amountFen: granted });
        await say((await ask(made, kept)).roundId, 'yes');
        expect((await recoveryOf(made)).demandedFen + (await caseOf(made)).keptFen).toBe(granted);
      }
    });

    it('is asked once and decided once, by ten at the same moment', async () => {
      const made = await givenCase(village, { at: 'PAID', amountFen: 100_000 });
      const asked = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => ask(made, 10_000 * i)));
      const [opened] = asked.filter((each) => each.status === 'fulfilled');
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const said = await Promise.allSettled(
        Array.from({ length: 10 }, () => say(opened?.value.roundId ?? '', 'yes')),
      );
      expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const { keptFen } = await caseOf(made);
      expect(await recoveryOf(made)).toMatchObject({ demandedFen: 100_000 - keptFen });
    });
  });

  describe('a refusal', () => {
    const refused = async () => {
      const made = await givenCase(village, { at: 'VOTING' });
      await say(made.roundId, 'no');
      const { id } = await noticeOf(made, 'REJECTION');
      await sign(id);
      await post(id);
      return made;
    };

    it('goes to the town once an objection to it is upheld, also when the thirty days are over', async () => {
      const made = await refused();
      await objectTo(await noticeOf(made, 'REJECTION'), REDECIDED);
      expect(await owed(made)).toContain('DECIDE_ANEW');
      house.clock.advance({ days: 60 });
      const typed = { caseId: made.caseId, note: null };
      await house.get(HandoversService).askReview(as(village, 'secretary'), typed);
      expect(await caseOf(made)).toMatchObject({ state: 'ESCALATED', endReason: 'OBJECTION' });
      expect(await owed(made)).not.toContain('DECIDE_ANEW');
    });

    it('is what it was where nobody was right: after thirty days it is too late to ask', async () => {
      const made = await refused();
      await objectTo(await noticeOf(made, 'REJECTION'), REJECTED);
      house.clock.advance({ days: 60 });
      const typed = { caseId: made.caseId, note: null };
      await expect(
        house.get(HandoversService).askReview(as(village, 'secretary'), typed),
      ).rejects.toMatchObject({ code: 'REVIEW_TOO_LATE' });
    });
  });

  it('is not upheld where nothing is left to decide: nobody would owe what nobody can do', async () => {
    const made = await givenCase(village, { at: 'RUNNING', amountFen: 50_000 });
    await say((await ask(made)).roundId, 'yes');
    await instalment((await recoveryOf(made)).id, 50_000);
    const raised = await raise(village, await noticeOf(made, 'GRANT_POST'));
    await assign(village, raised, { inquirers: outsiders() });
    await propose(village, raised, REDECIDED, 'accountant');
    const before = await house.get(NoticesQueries).allOfSubject('case', made.caseId);
    await expect(confirm(village, raised, { post: 'reviewer' })).rejects.toMatchObject({
      code: 'NOTHING_LEFT_TO_DECIDE',
    });
    expect(await house.get(NoticesQueries).allOfSubject('case', made.caseId)).toEqual(before);
  });

  it('is looked into by nobody who had a hand in the case', async () => {
    const made = await givenCase(village, { at: 'RUNNING' });
    const subject = house.get(NoticeSubjects).of('case');
    const faultOf = async (post: Post) =>
      subject.mayInquire?.(village.societyId, made.caseId, village.at[post].personId);
    for (const [post, fault] of [
      ['clerk', /登记/],
      ['secretary', /表决/],
      ['chair', /表决/],
      ['fifth', /表决/],
      ['cashier', /打款/],
    ] as const)
      expect([post, await faultOf(post)]).toEqual([post, expect.stringMatching(fault)]);
    for (const post of ['supervisor', 'accountant', 'otherCashier', 'reviewer'] as const)
      expect([post, await faultOf(post)]).toEqual([post, null]);
    const [visitor] = village.visitors;
    expect(await subject.mayInquire?.(village.societyId, made.caseId, visitor)).toMatch(/核实/);
    expect(await subject.mayInquire?.(village.societyId, made.caseId, made.applicantId)).toMatch(/本人/);
  });

  describe('what it would say today', () => {
    const wordsOf = async ({ caseId }: GivenCase, numberOnly: boolean) => {
      const subject = house.get(NoticeSubjects).of('case');
      const asked = { kind: 'GRANT_POST', numberOnly } as const;
      const worded = await subject.wordsNow?.(village.societyId, caseId, asked);
      if (worded?.kind !== 'GRANT_POST') throw new Error('No words');
      return worded.words;
    };

    it('D4-33 is by number alone once the consent was taken back, or where it is asked so', async () => {
      const made = await givenCase(village, { at: 'RUNNING' });
      expect(await wordsOf(made, false)).toMatchObject({ publishMode: 'MASKED_NAME' });
      const quiet = { publishMode: 'NUMBER_ONLY', items: [{ person: '', group: '' }] };
      expect(await wordsOf(made, true)).toMatchObject(quiet);
      await house.get(PeopleService).giveConsents(as(village, 'clerk'), {
        ...{ personId: made.applicantId, answers: { PUBLISH: false }, how: 'PAPER' },
      });
      expect(await wordsOf(made, false)).toMatchObject(quiet);
    });

    it('is word for word what was signed, where nothing has changed', async () => {
      const made = await givenCase(village, { at: 'RUNNING' });
      const { words } = await noticeOf(made, 'GRANT_POST');
      expect(await wordsOf(made, false)).toMatchObject(words);
    });
  });

  const takeDown = ({ id: noticeId }: { readonly id: string }) =>
    house.get(IncidentsService).suspend(as(village, 'secretary'), {
      ...{ noticeId, kind: 'ADDRESS', way: 'OWN_CHECK', noticedAt: house.clock.now() },
    });
  const reissue = (noticeId: string) =>
    house.get(ReissuesService).reissue(as(village, 'secretary'), { noticeId, numberOnly: true });
  const withdrawConsent = ({ applicantId: personId }: GivenCase) =>
    house.get(PeopleService).giveConsents(as(village, 'clerk'), {
      ...{ personId, answers: { PUBLISH: false }, how: 'PAPER' },
    });

  it('is not closed by the notice hung anew while an objection to the one taken down is open', async () => {
    const made = await givenCase(village, { at: 'RUNNING' });
    const bytes = await photo();
    const photos = (['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const).map((paper) => ({
      ...{ kind: paper, bytes },
    }));
    const papers = { caseId: made.caseId, photos, waivers: [] };
    await house.get(CasesService).completePapers(as(village, 'secretary'), papers);
    const old = await noticeOf(made, 'GRANT_POST');
    const raised = await raise(village, old);
    await takeDown(old);
    const { noticeId } = await reissue(old.id);
    await sign(noticeId);
    await post(noticeId);
    await endAll();
    expect(await caseOf(made)).toMatchObject({ state: 'PAID' });
    await assign(village, raised, { inquirers: outsiders() });
    await propose(village, raised, REJECTED, 'accountant');
    await confirm(village, raised, { post: 'reviewer' });
    expect(await caseOf(made)).toMatchObject({ state: 'CLOSED' });
  });

  it.each(['the board', 'the supervisor'] as const)(
    'goes on once %s has said that it stands, when the last of several objections comes to nothing',
    async (who) => {
      const made = await givenCase(village, { at: 'RUNNING' });
      const bytes = await photo();
      const photos = (['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const).map((paper) => ({
        ...{ kind: paper, bytes },
      }));
      const papers = { caseId: made.caseId, photos, waivers: [] };
      await house.get(CasesService).completePapers(as(village, 'secretary'), papers);
      const old = await noticeOf(made, 'GRANT_POST');
      const other = await raise(village, old);
      const { objectionId } = await objectTo(old, REDECIDED);
      await takeDown(old);
      const { noticeId } = await reissue(old.id);
      await sign(noticeId);
      await post(noticeId);
      await endAll();
      const answerOther = async () => {
        await assign(village, other, { inquirers: outsiders() });
        await propose(village, other, REJECTED, 'accountant');
        await confirm(village, other, { post: 'reviewer' });
      };
      const stand = async () => {
        if (who === 'the board') return say((await ask(made)).roundId, 'no');
        const asked = { objectionId, reason: 'RESULT_RIGHT' } as const;
        return house.get(StandingService).letStand(as(village, 'supervisor'), asked);
      };
      await stand();
      expect(await caseOf(made)).toMatchObject({ state: 'PAID' });
      await answerOther();
      expect(await caseOf(made)).toMatchObject({ state: 'CLOSED' });
    },
  );

  it('D4-33 stays by its number where it was asked so, though the consent is given again', async () => {
    const made = await givenCase(village, { at: 'RUNNING' });
    const old = await noticeOf(made, 'GRANT_POST');
    await takeDown(old);
    const { noticeId } = await reissue(old.id);
    await withdrawConsent(made);
    await house.get(PeopleService).giveConsents(as(village, 'clerk'), {
      ...{ personId: made.applicantId, answers: { PUBLISH: true }, how: 'PAPER' },
    });
    const quiet = { publishMode: 'NUMBER_ONLY', items: [{ person: '', group: '' }] };
    expect(await noticeOf(made, 'GRANT_POST')).toMatchObject({ id: noticeId, words: quiet });
    await sign(noticeId);
    const { issue } = await noticeOf(made, 'GRANT_POST');
    expect(JSON.stringify(issue?.content)).not.toMatch(/\*/);
  });

  it('is not published anew once it was taken back: the notice of that stands', async () => {
    const made = await givenCase(village, { at: 'RUNNING' });
    const old = await noticeOf(made, 'GRANT_POST');
    await takeDown(old);
    await say((await ask(made)).roundId, 'yes');
    const undone = { code: 'NOTICE_CANNOT_REISSUE', details: { why: 'undone' } };
    await expect(reissue(old.id)).rejects.toMatchObject(undone);
  });

  it.each(['before', 'after'] as const)(
    'D4-33 names nobody in what takes it back whose consent was taken back %s the vote, and so can be signed',
    async (when) => {
      const made = await givenCase(village, { at: 'RUNNING' });
      if (when === 'before') await withdrawConsent(made);
      await say((await ask(made)).roundId, 'yes');
      if (when === 'after') {
        expect((await noticeOf(made, 'REVOCATION')).words).toMatchObject({ publishMode: 'MASKED_NAME' });
        await withdrawConsent(made);
      }
      const revocation = await noticeOf(made, 'REVOCATION');
      expect(revocation.words).toMatchObject({ publishMode: 'NUMBER_ONLY', person: '', group: '' });
      await sign(revocation.id);
    },
  );

  it('taken down and hung anew, ends with the new period, and the case with it', async () => {
    const made = await givenCase(village, { at: 'RUNNING' });
    const old = await noticeOf(made, 'GRANT_POST');
    const asked = {
      noticeId: old.id,
      kind: 'ADDRESS',
      way: 'OWN_CHECK',
      noticedAt: house.clock.now(),
    } as const;
    await house.get(IncidentsService).suspend(as(village, 'secretary'), asked);
    await endAll();
    expect(await caseOf(made)).toMatchObject({ state: 'PAID', noticeEndedAt: null });
    const { noticeId } = await house
      .get(ReissuesService)
      .reissue(as(village, 'secretary'), { noticeId: old.id, numberOnly: true });
    await sign(noticeId);
    await post(noticeId);
    await endAll();
    expect(await caseOf(made)).toMatchObject({ state: 'PAID' });
    expect((await caseOf(made)).noticeEndedAt).not.toBeNull();
  });

  it.each(['ENDED', 'CLOSED'] as const satisfies readonly Stop[])(
    'taken down after its period had ended, leaves the case where it was: %s',
    async (at) => {
      const made = await givenCase(village, { at });
      const before = await caseOf(made);
      const { id: noticeId } = await noticeOf(made, 'GRANT_POST');
      const asked = { noticeId, kind: 'ADDRESS', way: 'OWN_CHECK', noticedAt: house.clock.now() } as const;
      await house.get(IncidentsService).suspend(as(village, 'secretary'), asked);
      await house.get(ReissuesService).reissue(as(village, 'secretary'), { noticeId, numberOnly: true });
      expect(await caseOf(made)).toEqual(before);
    },
  );

  it('has nothing to correct where the paper says what the register says', async () => {
    const made = await givenCase(village, { at: 'RUNNING' });
    const { id: noticeId } = await noticeOf(made, 'GRANT_POST');
    await expect(
      house.get(CorrectionsService).correct(as(village, 'secretary'), { noticeId }),
    ).rejects.toMatchObject({ code: 'NOTHING_TO_CORRECT' });
  });
});
