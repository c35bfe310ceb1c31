import { BoardQueries, RoundsService } from '../../src/board/index.js';
import {
  AmendmentsService,
  CasesQueries,
  CasesService,
  EndingsService,
  HandoversService,
  LettersQueries,
} from '../../src/cases/index.js';
import type { AmendmentTyped } from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { NoticesQueries } from '../../src/notices/index.js';
import { PaymentsQueries, PaymentsService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import {
  as,
  cardNumber,
  givenCase,
  givenVillage,
  handsOf,
  idNumber,
  personIn,
  photo,
} from '../support/village.js';
import type { GivenCase, Stop, Village } from '../support/village.js';

const BEFORE_PAYMENT: readonly Stop[] = ['ACCEPTED', 'VERIFIED', 'VOTING', 'APPROVED'];

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const caseOf = ({ caseId }: GivenCase) => house.get(CasesQueries).case(village.societyId, caseId);
  const fund = () => house.get(LedgerQueries).fund(village.societyId);
  const openDuties = async (made: GivenCase) =>
    (await house.get(DutiesQueries).ofThread(made.caseId))
      .filter(({ settledAt }) => settledAt === null)
      .map(({ kind: each }) => each);
  const useOf = async (made: GivenCase) => {
    const { householdId } = await caseOf(made);
    return house.get(CasesQueries).useOf(village.societyId, householdId, 2026);
  };
  const asItIs = async (made: GivenCase): Promise<AmendmentTyped> => {
    const row = await caseOf(made);
    return {
      caseId: made.caseId,
      amountFen: row.amountFen,
      cause: row.cause,
      story: await house.get(CasesQueries).story(village.societyId, made.caseId),
      payee: { relation: row.payeeRelation, payeeId: row.payeeId, reason: null },
      method: row.method,
      payeeAccountId: row.payeeAccountId,
      reason: 'TYPO',
    };
  };
  const amend = async (made: GivenCase, change: Partial<AmendmentTyped>) =>
    house.get(AmendmentsService).amend(as(village, 'secretary'), { ...(await asItIs(made)), ...change });
  const withdraw = (made: GivenCase) =>
    house
      .get(EndingsService)
      .withdraw(as(village, 'clerk'), { caseId: made.caseId, reason: 'OWN_WISH', note: '家人说不用了' });

  describe('a case taken back', () => {
    it.each(BEFORE_PAYMENT)(
      'from %s leaves no money set aside, nothing owed and nothing used',
      async (at) => {
        const before = await fund();
        const made = await givenCase(village, { at, cause: 'OTHER' });
        await withdraw(made);
        expect(await caseOf(made)).toMatchObject({
          state: 'WITHDRAWN',
          endReason: 'OWN_WISH',
          countedYear: null,
          causeKey: null,
          approvedAt: null,
        });
        expect(await fund()).toEqual(before);
        expect(await openDuties(made)).toEqual([]);
        expect(await useOf(made)).toEqual({ usedFen: 0, usedCount: 0 });
        await expect(withdraw(made)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
      },
    );

    it('that is paid is refused, and nothing moves', async () => {
      const made = await givenCase(village, { at: 'PAID', cause: 'FIRE' });
      const before = await fund();
      await expect(withdraw(made)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
      expect(await fund()).toEqual(before);
      expect(await caseOf(made)).toMatchObject({ state: 'PAID' });
    });

    it('by the death of the applicant ends with its reason; the order is cancelled and cannot be paid', async () => {
      const made = await givenCase(village, { at: 'APPROVED', cause: 'ACCIDENT' });
      await house
        .get(EndingsService)
        .terminate(as(village, 'secretary'), { caseId: made.caseId, reason: 'DEATH', note: null });
      expect(await caseOf(made)).toMatchObject({ state: 'TERMINATED', endReason: 'DEATH' });
      const proof = { orderId: made.orderId, photo: await photo() };
      const paying = house.get(PaymentsService).recordPayment(as(village, 'cashier'), proof);
      await expect(paying).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('by a clerk who is kin of the applicant is refused', async () => {
      const made = await givenCase(village, { at: 'VERIFIED', cause: 'DISASTER' });
      await house.get(PeopleService).declareKin(as(village, 'secretary'), {
        personId: made.applicantId,
        relativeId: village.at.clerk.personId,
        relation: 'SPOUSE',
      });
      await expect(withdraw(made)).rejects.toMatchObject({ code: 'KIN_CANNOT_ACT' });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED' });
    });
  });

  describe('the papers of a case taken back or handed on', () => {
    const lettersOf = async (made: GivenCase) =>
      (await house.get(LettersQueries).ofCase(village.societyId, made.caseId)).map(({ kind: each }) => each);

    it('a withdrawal leaves the note to sign, a referral the letter to the office, with what is there', async () => {
      const gone = await givenCase(village, { at: 'VERIFIED', applicant: { group: '十三组' } });
      await withdraw(gone);
      expect(await lettersOf(gone)).toEqual(['ENDING']);

      const moved = await givenCase(village, { at: 'VERIFIED', applicant: { group: '十四组' } });
      const typed = { caseId: moved.caseId, office: 'HOUSING', note: null } as const;
      await house.get(HandoversService).refer(as(village, 'secretary'), typed);
      const [line] = await house.get(LettersQueries).ofCase(village.societyId, moved.caseId);
      const { content } = await house
        .get(LettersQueries)
        .letter(village.societyId, moved.caseId, line?.id ?? '');
      expect(content).toMatchObject({ kind: 'REFERRAL', to: '住建部门' });
    });

    it('two rounds that nobody came to leave the letter to the town union', async () => {
      const own = await givenVillage(house);
      const made = await givenCase(own, { at: 'VOTING' });
      house.clock.advance({ hours: 25 });
      await house.get(RoundsService).closeDue(house.clock.now());
      const opening = { caseId: made.caseId, recusals: [] };
      await house.get(CasesService).openRound(as(own, 'secretary'), opening);
      house.clock.advance({ hours: 25 });
      await house.get(RoundsService).closeDue(house.clock.now());
      expect(await house.get(CasesQueries).case(own.societyId, made.caseId)).toMatchObject({
        state: 'ESCALATED',
        endReason: 'LAPSED_TWICE',
      });
      const [line] = await house.get(LettersQueries).ofCase(own.societyId, made.caseId);
      expect(line).toMatchObject({ kind: 'REFERRAL' });
    });
  });

  describe('D4-33 a consent withdrawn after the payment', () => {
    const answer = async (made: GivenCase, PUBLISH: boolean) =>
      house.get(PeopleService).giveConsents(as(village, 'clerk'), {
        personId: made.applicantId,
        answers: { PUBLISH },
        how: 'PAPER',
      });
    const noticeOf = (made: GivenCase) => house.get(NoticesQueries).ofSubject('case', made.caseId);

    it('takes the name out of the notice that nobody has signed, and back in with the consent', async () => {
      const made = await givenCase(village, { at: 'PAID', applicant: { group: '十五组' } });
      const named = await noticeOf(made);
      expect(named?.words).toMatchObject({ publishMode: 'MASKED_NAME' });
      await answer(made, false);
      const numbered = await noticeOf(made);
      expect(numbered).toMatchObject({ id: named?.id, state: 'DRAFT' });
      expect(JSON.stringify(numbered?.words)).not.toContain('十五组');
      await answer(made, true);
      expect((await noticeOf(made))?.words).toEqual(named?.words);
    });
  });

  describe('an amendment', () => {
    it('of the words alone leaves the vote as it is', async () => {
      const made = await givenCase(village, { at: 'VOTING', cause: 'SCHOOLING', story: '学费没有着落' });
      expect(await amend(made, { story: '学费没有着落，父母在外' })).toMatchObject({ voided: false });
      expect(await caseOf(made)).toMatchObject({ state: 'VOTING' });
      const [round] = await house.get(BoardQueries).roundsOf('case', made.caseId);
      expect(round).toMatchObject({ state: 'OPEN' });
    });

    it('of the amount voids the open round, keeps it on record, and asks the board anew', async () => {
      const before = await fund();
      const made = await givenCase(village, {
        at: 'VOTING',
        amountFen: 100_000,
        applicant: { group: '九组' },
      });
      expect(await amend(made, { amountFen: fen(80_000), reason: 'NEED_CHANGED' })).toMatchObject({
        voided: true,
      });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED', amountFen: 80_000, countedYear: null });
      expect(await fund()).toEqual(before);
      expect(await openDuties(made)).toEqual(['OPEN_ROUND']);
      const [round] = await house.get(BoardQueries).roundsOf('case', made.caseId);
      expect(round).toMatchObject({ state: 'VOIDED', amountFen: 100_000, decisionNumber: null });

      const opening = { caseId: made.caseId, recusals: [] };
      const { roundId } = await house.get(CasesService).openRound(as(village, 'secretary'), opening);
      await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
        roundId,
        presiderId: village.at.chair.personId,
        hands: handsOf(village, 'yes'),
        place: null,
        sheet: await photo(),
      });
      expect(await caseOf(made)).toMatchObject({ state: 'APPROVED' });
      const order = await house.get(PaymentsQueries).ofSubject('case', made.caseId);
      expect(order).toMatchObject({ amountFen: 80_000, state: 'TO_PAY' });
    });

    it('of the account after the approval takes the approval back: order cancelled, debt reversed', async () => {
      const before = await fund();
      const made = await givenCase(village, { at: 'APPROVED', applicant: { group: '十组' } });
      const { payeeAccountId } = await house.get(PeopleService).addPayeeAccount(as(village, 'clerk'), {
        personId: made.applicantId,
        bankName: '邮储银行',
        cardNumber: cardNumber(),
      });
      await amend(made, { payeeAccountId, reason: 'ACCOUNT_WRONG' });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED', payeeAccountId, approvedAt: null });
      expect(await fund()).toEqual(before);
    });

    it('to an heir after a death goes to the board again, in the name of the heir', async () => {
      const made = await givenCase(village, {
        at: 'APPROVED',
        method: 'CASH',
        applicant: { group: '十一组' },
      });
      const heir = await personIn(house, village.societyId, { name: '范小河', idNumber: idNumber() });
      const payee = { relation: 'HEIR', payeeId: heir, reason: null } as const;
      expect(await amend(made, { payee, reason: 'DEATH' })).toMatchObject({ voided: true });
      expect(await caseOf(made)).toMatchObject({ state: 'VERIFIED', payeeId: heir, payeeRelation: 'HEIR' });
    });

    it.each`
      change                                                         | code                      | because
      ${{}}                                                          | ${'NOTHING_CHANGED'}      | ${'it reads as before'}
      ${{ amountFen: fen(300_001) }}                                 | ${'PER_CASE_LIMIT'}       | ${'one fen over the limit of a case'}
      ${{ payee: { relation: 'OTHER', payeeId: '', reason: null } }} | ${'PAYEE_WRONG'}          | ${'no reason is given'}
      ${{ payeeAccountId: '00000000-0000-7000-8000-000000000000' }}  | ${'ACCOUNT_NOT_OF_PAYEE'} | ${'a card of nobody here'}
    `(
      'is refused with nothing changed: $because',
      async ({ change, code }: { change: object; code: string }) => {
        const made = await givenCase(village, { at: 'VOTING', applicant: { group: '十二组' } });
        const before = [await caseOf(made), await fund()];
        await expect(amend(made, change)).rejects.toMatchObject({ code });
        expect([await caseOf(made), await fund()]).toEqual(before);
      },
    );
  });
});
