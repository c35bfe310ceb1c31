import { BallotsService, BoardQueries, RoundsService } from '../../src/board/index.js';
import { NoticesService } from '../../src/notices/index.js';
import { RELIEF, ReliefPanelService, ReliefQueries } from '../../src/relief/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  approve,
  booksOf,
  by,
  claimsOf,
  closeRound,
  decideObjection,
  endNotice,
  givenRelief,
  givenReliefGround,
  GRANT_FEN,
  hang,
  hold,
  lettersOf,
  noticeOf,
  openPanel,
  owedOf,
  purse,
  refused,
  relief,
  roundOf,
  sign,
  stateOf,
  tie,
  vote,
} from '../support/relief.js';
import type { GivenRelief, ReliefGround, Seat } from '../support/relief.js';
import { expectSound } from '../support/sound.js';

/** What the board of the federation does to a case, and what an objection does to what it did. */
describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;

  beforeAll(async () => {
    house = await givenHouse(kind);
  });
  beforeEach(async () => {
    ground = await givenReliefGround(house);
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
  });

  const aside = (...seats: Seat[]) =>
    seats.map((seat) => ({ personId: ground.at[seat].personId, reason: 'OTHER' as const }));
  const money = () => purse(ground, { fund: ground.fund.name, restriction: null });
  const lastRound = async ({ reliefId }: GivenRelief) => {
    const rounds = await house.get(BoardQueries).roundsOf(RELIEF, reliefId);
    return rounds.find(({ sequence }) => sequence === rounds.length);
  };
  /** Nothing is held for it any more. */
  const expectFree = async (made: GivenRelief, before: Awaited<ReturnType<typeof money>>) => {
    expect(await money()).toEqual(before);
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: 0 });
    expect((await relief(ground, made)).claim).toBeNull();
  };

  it('holds room and money while the board votes, and owes nothing yet', async () => {
    const before = await money();
    const made = await givenRelief(ground, { at: 'PANEL' });
    expect(await money()).toMatchObject({ balanceFen: before.balanceFen, reservedFen: GRANT_FEN });
    expect(await claimsOf(ground, made)).toEqual({ usedFen: 0, promisedFen: GRANT_FEN });
    expect(await booksOf(ground, made)).toEqual({});
    await vote(ground, made, 'YYYYY');
    expect(await money()).toMatchObject({ balanceFen: before.balanceFen, reservedFen: GRANT_FEN });
    expect(await booksOf(ground, made)).toEqual({});
  });

  it('D4-13 five directors, one aside, three of four come: two say yes and one no, and it is carried', async () => {
    const made = await givenRelief(ground, { at: 'PANEL', recusals: aside('fifth') });
    await vote(ground, made, 'YYN..');
    expect(await stateOf(ground, made)).toBe('PANEL');
    await closeRound(ground, made);
    expect(await stateOf(ground, made)).toBe('PRE_NOTICE');
    const { words } = await noticeOf(ground, made, 'RELIEF_PRE');
    expect(words.basis).toMatch(/理事5人，回避1人，应到4人，实到3人，同意2人，不同意1人/);
  });

  it('D4-14 as D4-13 with a yes, a no and an abstention: it is rejected, and everything is free', async () => {
    const before = await money();
    const made = await givenRelief(ground, { at: 'PANEL', recusals: aside('fifth') });
    await vote(ground, made, 'YN-..');
    await closeRound(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'REJECTED', endReason: 'REJECTED' });
    await expectFree(made, before);
    expect(await owedOf(ground, made)).toEqual(['POST_NOTICE', 'SIGN_NOTICE']);
    const { words } = await noticeOf(ground, made, 'REJECTION');
    expect(words).toMatchObject({ outcome: 'NOT_ENOUGH_YES', caseNumber: made.number });
    const [letter] = await lettersOf(ground, made);
    expect(letter?.kind).toBe('REJECTION');
    await hang(ground, made, 'REJECTION');
    expect(await stateOf(ground, made)).toBe('REJECTED');
  });

  it('D4-15 three of five are no quorum: back to where it was, everything is free, and the board is asked again', async () => {
    const before = await money();
    const made = await givenRelief(ground, { at: 'PANEL' });
    await vote(ground, made, 'YYY..');
    await closeRound(ground, made);
    expect(await relief(ground, made)).toMatchObject({ state: 'REVIEWED', panels: 1 });
    await expectFree(made, before);
    expect(await owedOf(ground, made)).toEqual(['OPEN_PANEL']);
    await openPanel(ground, made);
    await vote(ground, made, 'YYYYY');
    expect(await relief(ground, made)).toMatchObject({ state: 'PRE_NOTICE', panels: 2, grantFen: GRANT_FEN });
    expect(await lastRound(made)).toMatchObject({ sequence: 2, state: 'APPROVED' });
  });

  it('D4-16 three of five stand aside as it opens: nobody votes, and everything is free', async () => {
    const before = await money();
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    const opened = await openPanel(ground, made, aside('third', 'fourth', 'fifth'));
    expect(opened.outcome).toBe('escalated');
    expect(await stateOf(ground, made)).toBe('REVIEWED');
    await expectFree(made, before);
    expect(await owedOf(ground, made)).toEqual(['OPEN_PANEL']);
    expect(await lastRound(made)).toMatchObject({ state: 'ESCALATED', electors: 2 });
  });

  it('D4-16 a third stands aside while they vote: everything is free', async () => {
    const before = await money();
    const made = await givenRelief(ground, { at: 'PANEL', recusals: aside('fourth', 'fifth') });
    const third = { roundId: await roundOf(ground, made), directorId: ground.at.third.personId };
    const answer = await house
      .get(RoundsService)
      .recuse(by(ground, 'third'), { ...third, reason: 'CREDITOR' });
    expect(answer.outcome).toBe('escalated');
    expect(await stateOf(ground, made)).toBe('REVIEWED');
    await expectFree(made, before);
  });

  it('takes whom the register knows out of the board, beside those whom the secretary names', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    await tie(ground, made, 'third');
    await openPanel(ground, made, aside('third', 'fourth'));
    const round = await house.get(BoardQueries).round(ground.federationId, await roundOf(ground, made));
    expect(round).toMatchObject({ recused: 2, electors: 3 });
    expect(round.directors.find(({ personId }) => personId === ground.at.third.personId)?.reason).toBe(
      'LINEAL',
    );
  });

  it('lets no secretary who is tied to the applicant open the panel or write down its ballots', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    const panel = await givenRelief(ground, { at: 'REVIEWED' });
    await tie(ground, made, 'secretary');
    await refused(ground, 'RELIEF_TIED', () => openPanel(ground, made));
    await tie(ground, panel, 'clerk');
    await openPanel(ground, panel);
    const ballot = { roundId: await roundOf(ground, panel), directorId: ground.at.chair.personId };
    const cast = (seat: Seat) =>
      house.get(BallotsService).castBallot(by(ground, seat), { ...ballot, choice: 'yes', why: null });
    await expect(cast('clerk')).rejects.toMatchObject({ code: 'RECORDER_RECUSED' });
    await cast('secretary');
  });

  it('asks the board in one unit of work, or not at all: what was held is not held where the round cannot open', async () => {
    const made = await givenRelief(ground, { at: 'REVIEWED' });
    const byOneAside = () =>
      house
        .get(ReliefPanelService)
        .openPanel(by(ground, 'fifth'), { reliefId: made.reliefId, recusals: aside('fifth') });
    await refused(ground, 'RECORDER_RECUSED', byOneAside);
  });

  describe('an objection', () => {
    it('blocks the approval, and once dismissed lets the notice go on', async () => {
      const made = await givenRelief(ground, { at: 'RUNNING' });
      await hold(ground, made);
      await refused(ground, 'RELIEF_NOT_IN_STATE', () => approve(ground, made));
      await decideObjection(ground, made, 'DISMISSED');
      expect(await stateOf(ground, made)).toBe('PRE_NOTICE');
      await refused(ground, 'NOTICE_STILL_RUNS', () => approve(ground, made));
      expect(await owedOf(ground, made)).toEqual(['END_NOTICE']);
      await endNotice(ground, made, 'RELIEF_PRE');
      expect(await owedOf(ground, made)).toEqual(['APPROVE_RELIEF']);
      await approve(ground, made);
    });

    it('that is dismissed after the notice has ended asks the chair at once', async () => {
      const made = await givenRelief(ground, { at: 'RUNNING' });
      await hold(ground, made);
      await endNotice(ground, made, 'RELIEF_PRE');
      expect(await owedOf(ground, made)).toEqual([]);
      await decideObjection(ground, made, 'DISMISSED');
      expect(await owedOf(ground, made)).toEqual(['APPROVE_RELIEF']);
      await approve(ground, made);
    });

    it('that comes while the chair is asked already takes the question back, and asks it again', async () => {
      const made = await givenRelief(ground, { at: 'NOTICED' });
      expect(await owedOf(ground, made)).toEqual(['APPROVE_RELIEF']);
      await hold(ground, made);
      expect(await owedOf(ground, made)).toEqual(['END_NOTICE']); // received in time, and the notice is not over yet
      await refused(ground, 'RELIEF_NOT_IN_STATE', () => approve(ground, made));
      await decideObjection(ground, made, 'DISMISSED');
      await house.get(NoticesService).endDue(house.clock.now());
      expect(await owedOf(ground, made)).toEqual(['APPROVE_RELIEF']);
    });

    it('may come twice, and each time has its answer', async () => {
      const made = await givenRelief(ground, { at: 'RUNNING' });
      for (let times = 0; times < 2; times += 1) {
        await hold(ground, made);
        await decideObjection(ground, made, 'DISMISSED');
      }
      const holds = await house.get(ReliefQueries).holds(made.reliefId);
      expect(holds.map(({ outcome, decidedAt }) => [outcome, decidedAt !== null])).toEqual([
        ['DISMISSED', true],
        ['DISMISSED', true],
      ]);
    });

    it('that is upheld undoes vote and notice: everything is free, and the board is asked anew', async () => {
      const before = await money();
      const made = await givenRelief(ground, { at: 'RUNNING' });
      await hold(ground, made);
      await decideObjection(ground, made, 'UPHELD');
      expect(await stateOf(ground, made)).toBe('REVIEWED');
      await expectFree(made, before);
      expect(await owedOf(ground, made)).toEqual(['OPEN_PANEL']);

      await openPanel(ground, made);
      await vote(ground, made, 'YYYYY');
      await refused(ground, 'NOTICE_STILL_RUNS', () => approve(ground, made));
      expect(await noticeOf(ground, made, 'RELIEF_PRE')).toMatchObject({ version: 2, state: 'DRAFT' });
      await hang(ground, made, 'RELIEF_PRE');
      await approve(ground, made);
      expect(await relief(ground, made)).toMatchObject({ state: 'APPROVED', panels: 2 });
    });

    it('that is upheld before anybody has signed leaves no draft to be signed', async () => {
      const made = await givenRelief(ground, { at: 'OBJECTION_HOLD' });
      await decideObjection(ground, made, 'UPHELD');
      await expect(sign(ground, made, 'RELIEF_PRE')).rejects.toThrow(/No RELIEF_PRE/);
    });

    it('counts the old notice for nothing, also when it ends after the new one was drafted', async () => {
      const made = await givenRelief(ground, { at: 'RUNNING' });
      const { endsAt } = await noticeOf(ground, made, 'RELIEF_PRE');
      await hold(ground, made);
      await decideObjection(ground, made, 'UPHELD');
      await openPanel(ground, made);
      await vote(ground, made, 'YYYYY');
      house.clock.moveTo(endsAt ?? '');
      await house.get(NoticesService).endDue(house.clock.now());
      expect((await relief(ground, made)).noticeEndedAt).toBeNull();
      await refused(ground, 'NOTICE_STILL_RUNS', () => approve(ground, made));
    });
  });
});
