import { RoundsService } from '../../src/board/index.js';
import { CasesQueries, CasesService, LettersQueries, RevocationsService } from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { NoticesQueries } from '../../src/notices/index.js';
import { RecoveriesQueries, RecoveriesService } from '../../src/payments/index.js';
import { PeopleService } from '../../src/people/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage, handsOf, photo } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  describe('a grant taken back', () => {
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
    const fund = () => house.get(LedgerQueries).fund(village.societyId);
    const recoveryOf = ({ caseId }: GivenCase) => house.get(RecoveriesQueries).ofSubject('case', caseId);
    const useOf = async (made: GivenCase) => {
      const { householdId } = await caseOf(made);
      return house.get(CasesQueries).useOf(village.societyId, householdId, 2026);
    };
    const ask = ({ caseId }: GivenCase) =>
      house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
        ...{ caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: '保险已经全部赔付' },
        recusals: [],
      });
    const say = async (roundId: string, choice: 'yes' | 'no') =>
      house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
        roundId,
        presiderId: village.at.chair.personId,
        hands: handsOf(village, choice),
        place: null,
        sheet: await photo(),
      });
    const revoked = async (made: GivenCase) => say((await ask(made)).roundId, 'yes');
    const instalment = async (recoveryId: string, amountFen: number) =>
      house.get(RecoveriesService).recordInstalment(as(village, 'cashier'), {
        recoveryId,
        amountFen: fen(amountFen),
        photo: await photo(),
      });

    it('D4-41 is demanded back in the same step, in public and in a letter; its unsigned notice is taken back', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      const granted = await house.get(NoticesQueries).ofSubject('case', made.caseId, 'GRANT_POST');
      await revoked(made);
      expect(await caseOf(made)).toMatchObject({ state: 'REVOKED' });
      expect(await recoveryOf(made)).toMatchObject({ demandedFen: 100_000, recoveredFen: 0 });
      const [letter] = await house.get(LettersQueries).ofCase(village.societyId, made.caseId);
      expect(letter).toMatchObject({ kind: 'DEMAND' });

      const notices = await house.get(NoticesQueries).allOfSubject('case', made.caseId);
      expect(notices.find(({ id }) => id === granted?.id)).toMatchObject({ state: 'DISCARDED' });
      const [revocation] = notices;
      expect(revocation).toMatchObject({ kind: 'REVOCATION', state: 'DRAFT' });
      const owed = (await house.get(DutiesQueries).ofThread(made.caseId)).filter(
        ({ settledAt }) => settledAt === null,
      );
      const ofNotice = owed.filter(({ subjectId }) => subjectId === revocation?.id);
      expect(ofNotice.map((each) => each.kind).sort()).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      expect(owed.map((each) => each.kind)).toContain('RECOVER');
    });

    it('D4-41 by instalments gives the pool and the household back what came, to the fen, and ends with the last', async () => {
      const before = await fund();
      const made = await givenCase(village, { at: 'PAID', amountFen: 100_000 });
      await revoked(made);
      const { id } = (await recoveryOf(made)) ?? { id: '' };
      await instalment(id, 33_333);
      expect(await useOf(made)).toMatchObject({ usedFen: 66_667 });
      expect((await fund()).freeFen).toBe(before.freeFen - 66_667);
      await instalment(id, 66_667);
      expect(await caseOf(made)).toMatchObject({ state: 'RECOVERED' });
      expect(await useOf(made)).toEqual({ usedFen: 0, usedCount: 0 });
      expect((await fund()).freeFen).toBe(before.freeFen);
      await expect(instalment(id, 1)).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('takes no more papers', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      await revoked(made);
      const papers = {
        caseId: made.caseId,
        photos: [{ kind: 'ID_CARD', bytes: await photo() }],
        waivers: [],
      } as const;
      await expect(
        house.get(CasesService).completePapers(as(village, 'secretary'), papers),
      ).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
    });

    it('stands where the board says no, and may be asked again', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      const before = [await caseOf(made), await fund()];
      await say((await ask(made)).roundId, 'no');
      expect([await caseOf(made), await fund()]).toEqual(before);
      expect(await recoveryOf(made)).toBeNull();
      expect((await ask(made)).roundId).toBeDefined();
    });

    it.each(['VERIFIED', 'VOTING', 'APPROVED'] as const)(
      'is refused from %s: nothing was paid',
      async (at) => {
        const made = await givenCase(village, { at });
        const before = [await caseOf(made), await fund()];
        await expect(ask(made)).rejects.toMatchObject({ code: 'CASE_NOT_IN_STATE' });
        expect([await caseOf(made), await fund()]).toEqual(before);
      },
    );

    it('is not asked for by kin of the applicant', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      await house.get(PeopleService).declareKin(as(village, 'clerk'), {
        personId: made.applicantId,
        relativeId: village.at.secretary.personId,
        relation: 'SPOUSE',
      });
      await expect(ask(made)).rejects.toMatchObject({ code: 'KIN_CANNOT_ACT' });
      expect(await caseOf(made)).toMatchObject({ state: 'PAID' });
    });

    it('is asked of the board once, also by ten at the same moment', async () => {
      const made = await givenCase(village, { at: 'PAID' });
      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => ask(made)));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
});
