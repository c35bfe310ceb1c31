import { CaseRow } from '../../src/cases/case.entity.js';
import {
  CasesQueries,
  CasesService,
  EndingsService,
  IntakeService,
  OverridesService,
} from '../../src/cases/index.js';
import type { Cause } from '../../src/cases/index.js';
import { OverridesQueries } from '../../src/cases/overrides.queries.js';
import { RoundsService } from '../../src/board/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { findAll } from '../../src/house/verify.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { isTransient } from '../../src/platform/database/errors.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import { often } from '../support/often.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenTown, givenVillage, idNumber, personIn, photo } from '../support/village.js';
import type { GivenCase, Post, Village } from '../support/village.js';

const RACES = often('RACES', { short: 20, long: 200 });

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let town: Village;
  let village: Village;
  let alone: Village;

  beforeAll(async () => {
    house = await givenHouse(kind);
    town = await givenTown(house);
    village = await givenVillage(house, { parentId: town.societyId, heldFen: 90_000_000 });
    alone = await givenVillage(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const service = () => house.get(OverridesService);
  const person = () => personIn(house, village.societyId, { idNumber: idNumber() });
  const register = (applicantId: string, cause: Cause = 'FIRE', of = village) =>
    house.get(IntakeService).registerCase(as(of, 'clerk'), {
      ...{ leadId: null, applicantId, cause, amountFen: fen(10_000), story: null, method: 'CASH' },
      ...{ payeeAccountId: null, pledged: true, visitors: [], photos: [] },
      consents: ['PROCESS', 'HEALTH_BANK'],
    });
  const ask = (personId: string, of = village, post: Post = 'secretary', caller = as(of, post)) =>
    service().ask(caller, { kind: 'SAME_CAUSE', personId, cause: 'FIRE', note: '又着了一次火' });
  const decide = (
    overrideId: string,
    reason: 'ANOTHER_EVENT' | 'SAME_EVENT',
    of = town,
    post: Post = 'chair',
  ) => service().decide(as(of, post), { overrideId, reason, words: '看过现场照片' });
  const granted = async () => {
    const applicantId = await person();
    await register(applicantId);
    const { overrideId } = await ask(applicantId);
    await decide(overrideId, 'ANOTHER_EVENT');
    return { applicantId, overrideId };
  };
  const stateOf = async (overrideId: string) => {
    const rows: { state: string }[] = await house.dataSource.query(
      `SELECT state AS "state" FROM case_overrides WHERE id = '${overrideId}'`,
    );
    return rows[0]?.state;
  };
  const casesOf = (applicantId: string) =>
    house.dataSource.manager.find(CaseRow, { where: { applicantId }, order: { number: 'ASC' } });

  describe('the same cause a second time', () => {
    it('D4-63 is blocked, until the town lets it through with a reason that is logged', async () => {
      const applicantId = await person();
      const first = await register(applicantId);
      await expect(register(applicantId)).rejects.toMatchObject({ code: 'SAME_CAUSE_THIS_YEAR' });
      const { overrideId } = await ask(applicantId);
      await expect(register(applicantId)).rejects.toMatchObject({ code: 'SAME_CAUSE_THIS_YEAR' });
      await decide(overrideId, 'ANOTHER_EVENT');

      const second = await register(applicantId);
      expect(await stateOf(overrideId)).toBe('USED');
      const keys = (await casesOf(applicantId)).map(({ causeKey }) => causeKey);
      expect(keys).toEqual([`${applicantId}:FIRE:2026`, `${applicantId}:FIRE:2026:2`]);
      expect(second.number > first.number).toBe(true);
      await expect(register(applicantId)).rejects.toMatchObject({ code: 'SAME_CAUSE_THIS_YEAR' });

      const acts: { act: string; words: string; society: string }[] = await house.dataSource.query(
        `SELECT act AS "act", words AS "words", society_id AS "society" FROM audit_acts
         WHERE subject_id = '${overrideId}' ORDER BY at, id`,
      );
      expect(acts).toEqual([
        { act: 'askOverride', words: '请镇里批准：同一原因今年第二次（火灾）', society: village.societyId },
        {
          act: 'decideOverride',
          words: '批准：同一原因今年第二次，是另外一次，不是同一件事',
          society: town.societyId,
        },
      ]);
      const rows: { note: string; words: string }[] = await house.dataSource.query(
        `SELECT asked_note_sealed AS "note", words_sealed AS "words" FROM case_overrides WHERE id = '${overrideId}'`,
      );
      expect(JSON.stringify(rows)).not.toMatch(/着了|现场/);
    });

    it('D4-63 lets a third through only by a third word', async () => {
      const { applicantId } = await granted();
      await register(applicantId);
      const { overrideId } = await ask(applicantId);
      await decide(overrideId, 'ANOTHER_EVENT');
      await register(applicantId);
      expect((await casesOf(applicantId)).map(({ causeKey }) => causeKey?.slice(37))).toEqual([
        'FIRE:2026',
        'FIRE:2026:2',
        'FIRE:2026:3',
      ]);
    });

    it('stays blocked after a no, and may be asked for again', async () => {
      const applicantId = await person();
      await register(applicantId);
      const { overrideId } = await ask(applicantId);
      await decide(overrideId, 'SAME_EVENT');
      expect(await stateOf(overrideId)).toBe('REFUSED');
      await expect(register(applicantId)).rejects.toMatchObject({ code: 'SAME_CAUSE_THIS_YEAR' });
      await expect(decide(overrideId, 'ANOTHER_EVENT')).rejects.toMatchObject({
        code: 'OVERRIDE_ALREADY_DECIDED',
      });
      expect((await ask(applicantId)).overrideId).not.toBe(overrideId);
    });

    it('is asked for only where something stands in the way, and only once at a time', async () => {
      const applicantId = await person();
      await expect(ask(applicantId)).rejects.toMatchObject({ code: 'NOTHING_TO_OVERRIDE' });
      await register(applicantId);
      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => ask(applicantId)));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const each of asked)
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'OVERRIDE_ALREADY_ASKED' });
    });

    it('is answered as before when it is asked again, although nothing stands in the way any more', async () => {
      const applicantId = await person();
      const { caseId } = await register(applicantId);
      const secretary = as(village, 'secretary');
      const first = await ask(applicantId, village, 'secretary', secretary);
      const ending = { caseId, reason: 'OWN_WISH', note: null } as const;
      await house.get(EndingsService).withdraw(as(village, 'clerk'), ending);
      expect(await ask(applicantId, village, 'secretary', secretary)).toEqual(first);
    });

    it('cannot be asked of nobody', async () => {
      const applicantId = await personIn(house, alone.societyId, { idNumber: idNumber() });
      await register(applicantId, 'FIRE', alone);
      await expect(ask(applicantId, alone)).rejects.toMatchObject({ code: 'NO_TOWN_ABOVE' });
    });

    it('D4-69 is decided by the town above and nobody else, and asked for persons of the own register', async () => {
      const applicantId = await person();
      await register(applicantId);
      const { overrideId } = await ask(applicantId);
      const other = await givenTown(house);
      for (const stranger of [other, village, alone])
        await expect(decide(overrideId, 'ANOTHER_EVENT', stranger)).rejects.toMatchObject({
          code: 'OVERRIDE_NOT_FOUND',
        });
      expect(await stateOf(overrideId)).toBe('ASKED');
      await expect(ask(applicantId, alone)).rejects.toMatchObject({ code: 'PERSON_NOT_FOUND' });
    });

    it('D4-63 lets one of two registrations through, in each of 50 races', async () => {
      for (let race = 0; race < 50; race++) {
        const { applicantId, overrideId } = await granted();
        const answers = await Promise.allSettled([register(applicantId), register(applicantId)]);
        const refused = answers.flatMap((each) =>
          each.status === 'rejected' ? [each.reason as unknown] : [],
        );
        expect(refused).toMatchObject([{ code: 'SAME_CAUSE_THIS_YEAR' }]);
        expect(await stateOf(overrideId)).toBe('USED');
        expect(await casesOf(applicantId)).toHaveLength(2);
      }
    });

    it(`D4-63 hears one of a yes and a no, in each of ${RACES} races`, async () => {
      for (let race = 0; race < RACES; race++) {
        const applicantId = await person();
        await register(applicantId);
        const { overrideId } = await ask(applicantId);
        const answers = await Promise.allSettled([
          decide(overrideId, 'ANOTHER_EVENT', town, 'chair'),
          decide(overrideId, 'SAME_EVENT', town, 'secretary'),
        ]);
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const [yes] = answers;
        expect(await stateOf(overrideId)).toBe(yes.status === 'fulfilled' ? 'GRANTED' : 'REFUSED');
      }
    });
  });

  describe('papers overdue', () => {
    /** Paid, and the papers not brought; then another need of the same household. */
    const owing = async () => {
      const earlier = await givenCase(village, { at: 'RUNNING', amountFen: 10_000 });
      const { householdId } = await house.get(CasesQueries).case(village.societyId, earlier.caseId);
      const next = await givenCase(village, {
        ...{ at: 'VERIFIED', cause: 'FIRE', amountFen: 10_000 },
        applicant: { name: '范同住', householdId },
      });
      const duties = await house.get(DutiesQueries).ofThread(earlier.caseId);
      const dueAt = duties.find(({ kind: each }) => each === 'PAPERS')?.dueAt ?? house.clock.now();
      return { earlier, next, dueAt };
    };
    const open = ({ caseId }: GivenCase) =>
      house.get(CasesService).openRound(as(village, 'secretary'), { caseId, recusals: [] });
    const wait = (until: Date, moreMs = 0) => {
      house.clock.moveTo(new Date(until.getTime() + moreMs));
    };
    const askFor = ({ applicantId }: GivenCase) =>
      service().ask(as(village, 'secretary'), {
        ...{ kind: 'PAPERS_OVERDUE', personId: applicantId, cause: null, note: '房子烧了，等不了' },
      });
    const grant = (overrideId: string) =>
      service().decide(as(town, 'secretary'), { overrideId, reason: 'IN_HARDSHIP', words: null });

    it('keep the next grant of the household from the board, from the instant after they are due', async () => {
      const { earlier, next, dueAt } = await owing();
      wait(dueAt);
      await expect(askFor(next)).rejects.toMatchObject({ code: 'NOTHING_TO_OVERRIDE' });
      wait(dueAt, 1);
      const before = await house.get(LedgerQueries).fund(village.societyId);
      await expect(open(next)).rejects.toMatchObject({
        code: 'PAPERS_OVERDUE',
        details: { caseNumber: earlier.number },
      });
      expect(await house.get(CasesQueries).case(village.societyId, next.caseId)).toMatchObject({
        state: 'VERIFIED',
      });
      expect(await house.get(LedgerQueries).fund(village.societyId)).toEqual(before);

      const { overrideId } = await askFor(next);
      await expect(open(next)).rejects.toMatchObject({ code: 'PAPERS_OVERDUE' });
      await grant(overrideId);
      await open(next);
      expect(await stateOf(overrideId)).toBe('USED');
      // Too few came: the same case is voted on again by the same word.
      house.clock.advance({ hours: 25 });
      await house.get(RoundsService).closeDue(house.clock.now());
      await open(next);
    });

    it('let one case through, and not the one after it', async () => {
      const { next, dueAt } = await owing();
      wait(dueAt, 1);
      const { householdId } = await house.get(CasesQueries).case(village.societyId, next.caseId);
      const after = await givenCase(village, {
        ...{ at: 'VERIFIED', cause: 'ACCIDENT', amountFen: 10_000 },
        applicant: { name: '范又一', householdId },
      });
      const { overrideId } = await askFor(next);
      await grant(overrideId);
      const asked = async (one: GivenCase): Promise<unknown> =>
        open(one).catch((error: unknown) =>
          isTransient(error) ? asked(one) : Promise.reject(error as Error),
        );
      const answers = await Promise.allSettled([asked(next), asked(after)]);
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [refused] = answers.filter((each) => each.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'PAPERS_OVERDUE' });
    });

    it('are in nobody’s way once they are brought', async () => {
      const { earlier, next, dueAt } = await owing();
      wait(dueAt, 1);
      const bytes = await photo();
      const all = ['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const;
      const papers = {
        caseId: earlier.caseId,
        photos: all.map((each) => ({ kind: each, bytes })),
        waivers: [],
      };
      await house.get(CasesService).completePapers(as(village, 'secretary'), papers);
      await open(next);
    });
  });

  it('shows the town what waits, oldest first, and nothing of another town', async () => {
    const applicantId = await person();
    await register(applicantId);
    const { overrideId } = await ask(applicantId);
    const waiting = await house.get(OverridesQueries).waitingFor(town.societyId);
    expect(waiting.at(-1)).toMatchObject({ id: overrideId, note: '又着了一次火', cause: 'FIRE' });
    expect(await house.get(OverridesQueries).waitingFor((await givenTown(house)).societyId)).toEqual([]);
  });

  it('is found out by the reconciler when another used it', async () => {
    const { applicantId, overrideId } = await granted();
    await register(applicantId);
    const other = await person();
    const intruder = await intruderIn(house.dataSource);
    await intruder.undoing(['case_overrides'], async () => {
      await intruder.run(`UPDATE case_overrides SET person_id = '${other}' WHERE id = '${overrideId}'`);
      const { findings } = await findAll(house.app);
      expect(findings.map(({ kind: each }) => each)).toEqual(['override']);
    });
    await intruder.close();
  });
});
