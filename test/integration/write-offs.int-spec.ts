import { BoardQueries, RoundsService } from '../../src/board/index.js';
import type { Recusal } from '../../src/board/index.js';
import { CasesQueries, RevocationsService, WriteOffsService } from '../../src/cases/index.js';
import { TownDesk } from '../../src/cases/town-desk.reading.js';
import { homeDeskView } from '../../src/cases/town-desk.views.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import { RecoveriesQueries, RecoveriesService } from '../../src/payments/index.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, handsOf, photo } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

describe.each(kinds)('$name', (kind) => {
  describe('what a village cannot get back', () => {
    let house: House;
    let town: Village;
    let village: Village;

    beforeAll(async () => {
      house = await givenHouse(kind);
    });
    beforeEach(async () => {
      town = await givenTown(house);
      village = await givenVillage(house, { parentId: town.societyId });
    });
    staysSound(() => house);
    afterAll(() => house.close());

    const say = async (of: Village, roundId: string, choice: 'yes' | 'no', few?: number) =>
      house.get(RoundsService).recordShowOfHands(as(of, 'secretary'), {
        roundId,
        presiderId: of.at.chair.personId,
        hands: handsOf(of, choice, few),
        place: null,
        sheet: await photo(),
      });
    const revoked = async (): Promise<GivenCase & { readonly recoveryId: string }> => {
      const made = await givenCase(village, { at: 'PAID', amountFen: 100_000 });
      const { roundId } = await house.get(RevocationsService).askRevocation(as(village, 'secretary'), {
        ...{ caseId: made.caseId, reason: 'FALSE_FACTS', hearing: 'HEARD', findings: null },
        recusals: [],
      });
      await say(village, roundId, 'yes');
      const recovery = await house.get(RecoveriesQueries).ofSubject('case', made.caseId);
      return { ...made, recoveryId: recovery?.id ?? '' };
    };
    const instalment = async (recoveryId: string, amountFen: number) =>
      house.get(RecoveriesService).recordInstalment(as(village, 'cashier'), {
        recoveryId,
        amountFen: fen(amountFen),
        photo: await photo(),
      });
    const ask = (
      recoveryId: string,
      of = town,
      recusals: readonly Recusal[] = [],
      caller = as(of, 'secretary'),
    ) => house.get(WriteOffsService).ask(caller, { recoveryId, reason: 'NO_MEANS', recusals });
    const recoveryOf = ({ recoveryId }: { readonly recoveryId: string }) =>
      house.get(RecoveriesQueries).recovery(village.societyId, recoveryId);
    const caseOf = ({ caseId }: GivenCase) => house.get(CasesQueries).case(village.societyId, caseId);
    const fund = (of: Village) => house.get(LedgerQueries).fund(of.societyId);

    it('is given up by the board of the town: the rest only, in public, on the board of the town', async () => {
      const made = await revoked();
      await instalment(made.recoveryId, 30_000);
      const before = [await fund(village), await fund(town)];
      const { writeOffId, roundId } = await ask(made.recoveryId);
      await say(town, roundId, 'yes');

      expect(await recoveryOf(made)).toMatchObject({ state: 'WRITTEN_OFF', writtenOffFen: 70_000 });
      expect(await caseOf(made)).toMatchObject({ state: 'WRITTEN_OFF', recoveredFen: 30_000 });
      expect([await fund(village), await fund(town)]).toEqual(before);
      const open = await house.get(DutiesQueries).ofThread(made.caseId);
      expect(open.filter(({ kind: each, settledAt }) => each === 'RECOVER' && settledAt === null)).toEqual(
        [],
      );

      const notice = await house.get(NoticesQueries).ofSubject('write-off', writeOffId);
      expect(notice).toMatchObject({ kind: 'RESOLUTION', societyId: town.societyId, state: 'DRAFT' });
      expect(notice?.words).toMatchObject({
        resolution: {
          about: 'WRITE_OFF',
          societyName: (await house.get(SocietiesQueries).society(village.societyId)).name,
          caseNumber: made.number,
          recovered: { amount: '300.00' },
          writtenOff: { amount: '700.00' },
        },
      });
      const owed = await house.get(DutiesQueries).open(town.societyId);
      expect(
        owed
          .filter(({ subjectId }) => subjectId === notice?.id)
          .map((each) => each.kind)
          .sort(),
      ).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
      await house.get(NoticesService).sign(as(town, 'chair'), {
        noticeId: notice?.id ?? '',
        plannedPostingOn: dayOf(house.clock.now()),
      });
    });

    it('is on the home page of the union: the vote for its directors, the notice for its chair and its office', async () => {
      const cardsOf = async (post: Post) => {
        const { actor } = as(town, post);
        const desk = await house.get(TownDesk).home(actor);
        const { cards } = homeDeskView(desk, actor.roles, house.clock.now());
        return cards.map(({ title, actions }) => [title, ...actions.map(({ words }) => words)].join(' '));
      };
      const made = await revoked();
      const { writeOffId, roundId } = await ask(made.recoveryId);
      expect(await cardsOf('third')).toEqual([`核销 ${made.number}`]);
      expect(await cardsOf('secretary')).toEqual([`核销 ${made.number} 记表决结果`]);
      expect(await cardsOf('cashier')).toEqual([]);
      await say(town, roundId, 'yes');
      expect(await cardsOf('third')).toEqual([]);
      expect(await cardsOf('chair')).toEqual([`核销 ${made.number} 签公示`]);
      const notice = await house.get(NoticesQueries).ofSubject('write-off', writeOffId);
      const plannedPostingOn = dayOf(house.clock.now());
      await house
        .get(NoticesService)
        .sign(as(town, 'chair'), { noticeId: notice?.id ?? '', plannedPostingOn });
      expect(await cardsOf('secretary')).toEqual([`核销 ${made.number} 打印公示单`]);
      expect(await cardsOf('chair')).toEqual([]);
    });

    it('comes back after all: free for others, and the household has so much of its year again', async () => {
      const made = await revoked();
      await instalment(made.recoveryId, 30_000);
      const { roundId } = await ask(made.recoveryId);
      await say(town, roundId, 'yes');
      const before = await fund(village);
      await instalment(made.recoveryId, 50_000);
      expect((await fund(village)).freeFen).toBe(before.freeFen + 50_000);
      expect(await caseOf(made)).toMatchObject({ state: 'WRITTEN_OFF', recoveredFen: 80_000 });
      await instalment(made.recoveryId, 20_000);
      expect(await caseOf(made)).toMatchObject({ state: 'WRITTEN_OFF', recoveredFen: 100_000 });
      expect(await recoveryOf(made)).toMatchObject({ recoveredFen: 30_000, recoveredLateFen: 70_000 });
      await expect(instalment(made.recoveryId, 1)).rejects.toMatchObject({ code: 'RECOVERY_OVER' });
    });

    it('is not given up by a board that did not meet, and may be asked again', async () => {
      const made = await revoked();
      const before = [await recoveryOf(made), await caseOf(made), await fund(village)];
      const { writeOffId, roundId } = await ask(made.recoveryId);
      await say(town, roundId, 'yes', 2);
      house.clock.advance({ hours: 25 });
      await house.get(RoundsService).closeDue(house.clock.now());
      expect(await house.get(BoardQueries).round(town.societyId, roundId)).toMatchObject({ state: 'LAPSED' });
      expect([await recoveryOf(made), await caseOf(made), await fund(village)]).toEqual(before);
      expect(await house.get(NoticesQueries).ofSubject('write-off', writeOffId)).toBeNull();
      expect((await ask(made.recoveryId)).roundId).toBeDefined();
    });

    it('is not decided by fewer than three: the question goes back, and nothing is given up', async () => {
      const made = await revoked();
      const before = [await recoveryOf(made), await caseOf(made), await fund(village)];
      const { chair, deputy, third } = town.at;
      const recusals = [chair, deputy, third].map(({ personId }) => ({
        personId,
        reason: 'CREDITOR' as const,
      }));
      await ask(made.recoveryId, town, recusals);
      expect([await recoveryOf(made), await caseOf(made), await fund(village)]).toEqual(before);
    });

    it('stands where the board says no, and may be asked again', async () => {
      const made = await revoked();
      const before = [await recoveryOf(made), await caseOf(made), await fund(village)];
      const { roundId } = await ask(made.recoveryId);
      await say(town, roundId, 'no');
      expect([await recoveryOf(made), await caseOf(made), await fund(village)]).toEqual(before);
      expect((await ask(made.recoveryId)).roundId).toBeDefined();
    });

    it('is not given up where all of it came back while the board made up its mind', async () => {
      const made = await revoked();
      const secretary = as(town, 'secretary');
      const { roundId } = await ask(made.recoveryId, town, [], secretary);
      await instalment(made.recoveryId, 100_000);
      await say(town, roundId, 'yes');
      expect(await caseOf(made)).toMatchObject({ state: 'RECOVERED' });
      expect(await recoveryOf(made)).toMatchObject({ state: 'RECOVERED', writtenOffFen: 0 });
      await expect(ask(made.recoveryId)).rejects.toMatchObject({ code: 'NOTHING_TO_WRITE_OFF' });
      expect(await ask(made.recoveryId, town, [], secretary)).toMatchObject({ roundId });
    });

    it('is the business of the union directly above, and of nobody else', async () => {
      const made = await revoked();
      const stranger = await givenTown(house);
      for (const other of [stranger, village])
        await expect(ask(made.recoveryId, other)).rejects.toMatchObject({ code: 'RECOVERY_NOT_FOUND' });
      expect(await caseOf(made)).toMatchObject({ state: 'REVOKED' });
    });

    it('is asked of the board once, also by ten at the same moment', async () => {
      const made = await revoked();
      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => ask(made.recoveryId)));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('in the same moment as ten instalments: each is taken, before or after, and the rest is given up', async () => {
      for (let race = 0; race < 10; race++) {
        const made = await revoked();
        const { roundId } = await ask(made.recoveryId);
        await Promise.all([
          ...Array.from({ length: 10 }, () => instalment(made.recoveryId, 4_000)),
          say(town, roundId, 'yes'),
        ]);
        const recovery = await recoveryOf(made);
        expect(recovery).toMatchObject({
          state: 'WRITTEN_OFF',
          writtenOffFen: 100_000 - recovery.recoveredFen,
        });
        expect(recovery.recoveredFen + recovery.recoveredLateFen).toBe(40_000);
        expect(await caseOf(made)).toMatchObject({ state: 'WRITTEN_OFF', recoveredFen: 40_000 });
      }
    });
  });
});
