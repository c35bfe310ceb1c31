import { Commands } from '../../src/audit/index.js';
import { BoardQueries, CHARTER, CharterMotionService, RoundsService } from '../../src/board/index.js';
import { RuleMotionsQueries } from '../../src/board/index.js';
import type { CharterProposal } from '../../src/board/index.js';
import { CasesService } from '../../src/cases/index.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { FUND_RULE, FundRuleMotionService, FundsQueries } from '../../src/funds/index.js';
import type { RuleTerms } from '../../src/funds/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { NoticesQueries, NoticesService, NoticeSubjects } from '../../src/notices/index.js';
import type { NoticeWords } from '../../src/notices/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import type { CharterTerms } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { givenFund, ofFederation } from '../support/federation.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import * as road from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { adoptCharter, adoptRule, raiseHands } from '../support/rules.js';
import { staysSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

const WHY = '去年有几户不够用';

/** domain.md 1.6: charter and rule version are decisions of the board; nobody changes either alone. */
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

  const today = () => dayOf(house.clock.now());
  const charters = (societyId = village.societyId) => house.get(SocietiesQueries).charters(societyId);
  const proposal = async (change: Partial<CharterTerms> = {}): Promise<CharterProposal> => {
    const [last] = await charters();
    if (!last) throw new Error('A society without a charter');
    const usual = { validFrom: addDays(today(), 5), perCaseLimitFen: fen(400_000) };
    return { terms: { ...last, ...usual, ...change }, why: WHY };
  };
  const propose = async (change: Partial<CharterTerms> = {}, key?: string) =>
    house.get(CharterMotionService).propose(as(village, 'secretary', key), await proposal(change));
  const motions = () => house.get(RuleMotionsQueries).ofTarget(village.societyId, CHARTER, village.societyId);
  const notices = async (subjectKind: string, motionId: string) =>
    house.get(NoticesQueries).allOfSubject(subjectKind, motionId);
  const rows = async () => ({
    versions: (await charters()).length,
    motions: (await motions()).length,
    rounds: Number((await house.dataSource.query<{ n: number }[]>(`SELECT COUNT(*) AS n FROM rounds`))[0]?.n),
    duties: (await house.get(DutiesQueries).open(village.societyId)).length,
  });

  describe('the charter', () => {
    it('is asked of the board, and stays as it is until the board has agreed and the day has come', async () => {
      const { motionId, roundId } = await propose();
      expect(await charters()).toHaveLength(1);
      const round = await house.get(BoardQueries).round(village.societyId, roundId);
      expect(round.motion).toContain('通过本社章程第2版');
      expect(round.motion).toContain('单笔最多由“3,000 元”改为“4,000 元”');
      expect(round.motion).not.toContain(WHY);

      await raiseHands(village, roundId, 'yes');
      expect((await charters()).map(({ version }) => version)).toEqual([2, 1]);
      const limitOn = async (on: string) =>
        (await house.get(SocietiesQueries).charterOn(village.societyId, on as never)).perCaseLimitFen;
      expect([await limitOn(addDays(today(), 4)), await limitOn(addDays(today(), 5))]).toEqual([
        300_000, 400_000,
      ]);
      const [second] = await charters();
      expect(await motions()).toEqual([
        expect.objectContaining({ id: motionId, state: 'ADOPTED', inForceFrom: second?.validFrom, roundId }),
      ]);
    });

    it('drafts one notice in figures, with the votes, and says today what it said then', async () => {
      const { motionId, roundId } = await propose();
      expect(await notices(CHARTER, motionId)).toEqual([]);
      await raiseHands(village, roundId, 'yes');
      const [notice, ...more] = await notices(CHARTER, motionId);
      expect([notice?.kind, notice?.state, more]).toEqual(['RESOLUTION', 'DRAFT', []]);
      const words = notice?.words as NoticeWords<'RESOLUTION'>;
      expect(words.title.join('')).toContain('关于修订章程的公示');
      expect(words.basis).toContain('理事5人，应到5人，实到5人，同意5人');
      expect(words.resolution).toMatchObject({ about: 'CHARTER', charterVersion: 2 });
      const owed = await house.get(DutiesQueries).open(village.societyId);
      expect(owed.map((duty) => duty.kind)).toEqual(expect.arrayContaining(['SIGN_NOTICE', 'POST_NOTICE']));
      const now = await house
        .get(NoticeSubjects)
        .of(CHARTER)
        .wordsNow?.(village.societyId, motionId, { kind: 'RESOLUTION', numberOnly: false });
      expect(now?.words).toMatchObject({ basis: words.basis, resolution: words.resolution });
    });

    it('is signed and numbered by the chair, who did not ask for it', async () => {
      const { motionId, roundId } = await propose();
      await raiseHands(village, roundId, 'yes');
      const [notice] = await notices(CHARTER, motionId);
      const signing = {
        noticeId: notice?.id ?? '',
        plannedPostingOn: today(),
        wording: notice?.wording ?? 1,
      };
      const signed = await house.get(NoticesService).sign(as(village, 'chair'), signing);
      expect(signed.number).toMatch(/〔\d{4}〕/);
    });

    it.each([
      ['refused', 'no', undefined, 'REJECTED'],
      ['too few came', 'yes', 3, 'LAPSED'],
    ] as const)('stays as it is where it was %s, and may be asked again', async (_, choice, few, state) => {
      const { motionId, roundId } = await propose();
      await raiseHands(village, roundId, choice, few);
      house.clock.advance({ days: 2 });
      await house.get(RoundsService).closeDue(house.clock.now());
      expect(await charters()).toHaveLength(1);
      expect(await notices(CHARTER, motionId)).toEqual([]);
      expect(await motions()).toEqual([expect.objectContaining({ state, inForceFrom: null })]);
      const again = await propose();
      await raiseHands(village, again.roundId, 'yes');
      expect(await charters()).toHaveLength(2);
    });

    it('is asked once when ten press the button, and decided once when ten write the sheet', async () => {
      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => propose()));
      const made = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(made).toHaveLength(1);
      for (const each of asked)
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'RULE_MOTION_PENDING' });
      const [{ motionId, roundId }] = made as [(typeof made)[number]];
      await Promise.allSettled(Array.from({ length: 10 }, () => raiseHands(village, roundId, 'yes')));
      expect(await charters()).toHaveLength(2);
      expect(await notices(CHARTER, motionId)).toHaveLength(1);
    });

    it('answers a form that came twice with the same round', async () => {
      const key = 'twice-the-same-form';
      const first = await propose({}, key);
      expect(await propose({}, key)).toEqual(first);
      expect(await motions()).toHaveLength(1);
    });

    it.each([
      ['a day before the vote is over', { validFrom: 1 }, 'RULE_TOO_SOON'],
      ['a day of a version that is there', { validFrom: -400 }, 'CHARTER_BACKDATED'],
      ['nothing that changes', { perCaseLimitFen: fen(300_000) }, 'NOTHING_CHANGES'],
      ['what contradicts itself', { perCaseLimitFen: fen(900_000) }, 'CHARTER_NOT_ACCEPTABLE'],
      ['other hands for the money', { custody: 'HELD_BY_FEDERATION' as const }, 'CUSTODY_STAYS'],
    ])('is not asked for %s, and nothing is left of it', async (_because, asked, code) => {
      const { validFrom, ...more } = { validFrom: 5, ...asked };
      const before = await rows();
      const change = { ...more, validFrom: addDays(today(), validFrom) };
      await expect(propose(change)).rejects.toMatchObject({ code });
      expect(await rows()).toEqual(before);
    });

    it('asks two thirds even where the charter lets a grant pass by half', async () => {
      const half = { numerator: 1, denominator: 2 };
      const [last] = await charters();
      const easy = { ...last, quorum: half, majority: half, validFrom: today() } as CharterTerms;
      await adoptCharter(house, village.societyId, easy);
      const { roundId } = await propose();
      await raiseHands(village, roundId, 'yes', 3); // 3 of 5: a half, and no two thirds
      house.clock.advance({ days: 2 });
      await house.get(RoundsService).closeDue(house.clock.now());
      expect(await charters()).toHaveLength(2);
      expect((await motions())[0]).toMatchObject({ state: 'LAPSED' });
    });

    it('lets a running round go on by the charter under which it was opened', async () => {
      const made = await givenCase(village, { at: 'VOTING', amountFen: 60_000 });
      const { roundId } = await propose({ majority: { numerator: 3, denominator: 4 } });
      await raiseHands(village, roundId, 'yes');
      const ruleOf = async (id: string) =>
        (await house.get(BoardQueries).round(village.societyId, id)).rule.majority;
      expect(await ruleOf(made.roundId)).toEqual({ numerator: 2, denominator: 3 });
      house.clock.advance({ days: 6 });
      const later = await givenCase(village, { at: 'VERIFIED', amountFen: 60_000 });
      const opened = await house
        .get(CasesService)
        .openRound(as(village, 'secretary'), { caseId: later.caseId, recusals: [] });
      expect(await ruleOf(opened.roundId)).toEqual({ numerator: 3, denominator: 4 });
    });

    it('never holds from a day that was over when the board decided late', async () => {
      const { roundId } = await propose({ validFrom: addDays(today(), 2) });
      await raiseHands(village, roundId, 'yes', 4);
      house.clock.advance({ days: 9 });
      await house.get(RoundsService).closeDue(house.clock.now());
      const [second] = await charters();
      expect([second?.version, second?.validFrom]).toEqual([2, addDays(today(), 1)]);
    });

    it('owes a new question after an upheld objection, until the board has spoken again', async () => {
      const { motionId, roundId } = await propose();
      await raiseHands(village, roundId, 'yes');
      const [notice] = await notices(CHARTER, motionId);
      const by = { at: house.clock.now(), byPersonId: null };
      await house.get(Transactions).run(async (tx) => {
        const facts = { ...notice, societyId: village.societyId, subjectId: motionId };
        await house
          .get(NoticeSubjects)
          .of(CHARTER)
          .upheld?.(tx, facts as never, by);
      });
      const owes = async () =>
        (await house.get(DutiesQueries).open(village.societyId)).some((duty) => duty.kind === 'DECIDE_ANEW');
      expect(await owes()).toBe(true);
      const again = await propose({ validFrom: addDays(today(), 9), perCaseLimitFen: fen(350_000) });
      await raiseHands(village, again.roundId, 'no');
      expect(await owes()).toBe(false);
    });

    it('is adopted only as it was put to the vote', async () => {
      const { motionId, roundId } = await propose();
      const [{ terms }] = await house.dataSource.query<[{ terms: string }]>(
        `SELECT terms FROM rule_motions WHERE id = '${motionId}'`,
      );
      const put = (words: string) =>
        house
          .get(Transactions)
          .run((tx) => tx.change`UPDATE rule_motions SET terms = ${words} WHERE id = ${motionId}`);
      await put(JSON.stringify({ ...(JSON.parse(terms) as CharterTerms), perCaseLimitFen: 490_000 }));
      await expect(raiseHands(village, roundId, 'yes')).rejects.toMatchObject({
        code: 'RULE_MOTION_ALTERED',
      });
      expect([(await charters()).length, await notices(CHARTER, motionId)]).toEqual([1, []]);
      await put(terms);
      await raiseHands(village, roundId, 'yes');
      expect((await charters())[0]?.perCaseLimitFen).toBe(400_000);
    });

    it('says what changes against the version of the unit, not one that was read before', async () => {
      const asked = await proposal();
      const commands = house.get(Commands);
      const run = commands.run.bind(commands);
      const between = { ...asked.terms, validFrom: addDays(today(), 2) };
      const running = jest.spyOn(commands, 'run').mockImplementationOnce(async (...args) => {
        await adoptCharter(house, village.societyId, between);
        return run(...args);
      });
      const proposing = house.get(CharterMotionService).propose(as(village, 'secretary'), asked);
      await expect(proposing).rejects.toMatchObject({ code: 'NOTHING_CHANGES' });
      running.mockRestore();
    });

    it('D4-69 finds no motion of another society', async () => {
      const { motionId } = await propose();
      const other = await givenVillage(house);
      await expect(house.get(RuleMotionsQueries).motion(other.societyId, motionId)).rejects.toMatchObject({
        code: 'RULE_MOTION_NOT_FOUND',
      });
    });
  });

  describe('the rule of a fund', () => {
    let ground: ReliefGround;
    let fundId: string;
    beforeAll(async () => {
      ground = await road.givenReliefGround(house);
    });
    beforeEach(async () => {
      ({ fundId } = await givenFund(house, ground.federationId));
    });

    const rules = () => house.get(FundsQueries).rules(fundId);
    const terms = async (change: Partial<RuleTerms> = {}): Promise<RuleTerms> => {
      const [last] = await rules();
      if (!last) throw new Error('A fund without a rule');
      return { ...last, validFrom: addDays(today(), 5), capFen: fen(40_000_000), ...change };
    };
    const ask = async (change: Partial<RuleTerms> = {}, id = fundId) =>
      house
        .get(FundRuleMotionService)
        .propose(road.by(ground, 'secretary'), { fundId: id, terms: await terms(change), why: WHY });

    it('is there when the board has agreed, from its day, with one notice that names the fund', async () => {
      const { motionId, roundId } = await ask();
      expect(await rules()).toHaveLength(1);
      await road.voteOn(ground, roundId, 'YYYYN');
      expect((await rules()).map(({ version, capFen }) => [version, capFen])).toEqual([
        [2, 40_000_000],
        [1, 50_000_000],
      ]);
      const held = await house.get(FundsQueries).ruleOn(fundId, today());
      expect(held.version).toBe(1);
      const [notice, ...more] = await notices(FUND_RULE, motionId);
      expect([notice?.kind, more]).toEqual(['RESOLUTION', []]);
      const words = notice?.words as NoticeWords<'RESOLUTION'>;
      expect(words.basis).toContain('同意4人，不同意1人');
      expect(words.resolution).toMatchObject({ about: 'FUND_RULE', ruleVersion: 2 });
      expect(JSON.stringify(words)).not.toContain(WHY);
    });

    it('says what changes against the rule of the unit', async () => {
      const asked = { fundId, terms: await terms(), why: WHY };
      const commands = house.get(Commands);
      const run = commands.run.bind(commands);
      const between = { ...asked.terms, validFrom: addDays(today(), 2) };
      const running = jest.spyOn(commands, 'run').mockImplementationOnce(async (...args) => {
        await adoptRule(house, { federationId: ground.federationId, fundId }, between);
        return run(...args);
      });
      const proposing = house.get(FundRuleMotionService).propose(road.by(ground, 'secretary'), asked);
      await expect(proposing).rejects.toMatchObject({ code: 'NOTHING_CHANGES' });
      running.mockRestore();
    });

    it('stays as it is where the board refuses', async () => {
      const { motionId, roundId } = await ask();
      await road.voteOn(ground, roundId, 'NNNNN');
      expect(await rules()).toHaveLength(1);
      expect(await notices(FUND_RULE, motionId)).toEqual([]);
    });

    it('is asked once of ten, and adopted once', async () => {
      const asked = await Promise.allSettled(Array.from({ length: 10 }, () => ask()));
      const made = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(made).toHaveLength(1);
      const [{ roundId }] = made as [(typeof made)[number]];
      await Promise.allSettled(Array.from({ length: 10 }, () => road.voteOn(ground, roundId, 'YYYYY')));
      expect(await rules()).toHaveLength(2);
    });

    it.each([
      ['a day before the vote is over', { validFrom: 1 }, 'RULE_TOO_SOON'],
      ['a day of the version before', { validFrom: -10 }, 'RULE_BACKDATED'],
      ['nothing that changes', { capFen: fen(50_000_000) }, 'NOTHING_CHANGES'],
      ['more than the ceiling', { capFen: fen(50_000_001) }, 'RULE_NOT_ACCEPTABLE'],
    ])('is not asked for %s', async (_because, asked, code) => {
      const { validFrom, ...more } = { validFrom: 5, ...asked };
      const before = await rows();
      const change = { ...more, validFrom: addDays(today(), validFrom) };
      await expect(ask(change)).rejects.toMatchObject({ code });
      expect(await rows()).toEqual(before);
    });

    it('is not asked by a village, nor of another federation', async () => {
      const typed = { fundId, terms: await terms(), why: WHY };
      const rulesOf = house.get(FundRuleMotionService);
      await expect(rulesOf.propose(as(village, 'secretary'), typed)).rejects.toMatchObject({
        code: 'NOT_A_FEDERATION',
      });
      const other = await road.givenReliefGround(house);
      await expect(
        rulesOf.propose(ofFederation(other.federationId, 'secretary'), typed),
      ).rejects.toMatchObject({ code: 'FUND_NOT_FOUND' });
    });
  });
});
