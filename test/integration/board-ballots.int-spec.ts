import { AuditQueries, Commands } from '../../src/audit/index.js';
import { BallotLinksService, BallotsService, BoardQueries, RoundsService } from '../../src/board/index.js';
import type { RoundAnswer } from '../../src/board/index.js';
import {
  AlreadyRecused,
  BallotAfterRecusal,
  DeadlinePassed,
  LinkRevoked,
  LinkUnknown,
  NobodyToAsk,
  NotADirectorHere,
  NothingToTakeBack,
  NotYourBallot,
  NotYourRecusal,
  OwnBallotStands,
  RecorderRecused,
  RoundAlreadyClosed,
  RoundNotFound,
  TooEarlyToClose,
  WhyIsYourOwn,
} from '../../src/board/domain/board.errors.js';
import { MinutesService } from '../../src/board/minutes.service.js';
import type { Actor } from '../../src/kernel/actor.js';
import {
  asDirector,
  castByPhone,
  castOwn,
  givenBoard,
  givenRound,
  meetJointly,
  raiseHands,
  refuseOnce,
  registerSubject,
  SUBJECT,
  tieTo,
  timesTold,
  toldAbout,
} from '../support/board.js';
import type { Board } from '../support/board.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { often } from '../support/often.js';
import { staysSound } from '../support/sound.js';

const RACES = often('RACES', { short: 20, long: 200 });

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let board: Board;
  let rounds: RoundsService;
  let ballots: BallotsService;
  let links: BallotLinksService;
  let queries: BoardQueries;

  beforeAll(async () => {
    house = await givenHouse(kind);
    registerSubject(house);
    rounds = house.get(RoundsService);
    ballots = house.get(BallotsService);
    links = house.get(BallotLinksService);
    queries = house.get(BoardQueries);
  });
  beforeEach(async () => {
    board = await givenBoard(house);
  });
  staysSound(() => house);
  afterAll(() => house.close());

  const round = (roundId: string) => queries.round(board.societyId, roundId);
  const personOf = (director: number) => board.directors[director]?.personId ?? '';
  const own = (roundId: string, director: number, choice: 'yes' | 'no' | 'abstain') =>
    castOwn(house, board, roundId, director, choice);
  const phone = (roundId: string, director: number, choice: 'yes' | 'no' | 'abstain' | 'none') =>
    castByPhone(house, board, roundId, director, choice);
  const close = (roundId: string) => rounds.close(callerOf(board.secretary), { roundId });
  const recuse = (roundId: string, director: number, by: Partial<Actor> = board.secretary) =>
    rounds.recuse(callerOf(by), { roundId, directorId: personOf(director), reason: 'CREDITOR' });
  const toTheDeadline = () => {
    house.clock.advance({ hours: 24 });
  };
  const LETTERS = { Y: 'yes', N: 'no', '-': 'abstain' } as const;
  /** `YN-`: what the first directors say for themselves, one after the other. */
  const allOwn = async (roundId: string, letters: string): Promise<RoundAnswer | undefined> => {
    let last: RoundAnswer | undefined;
    for (const [i, letter] of Array.from(letters).entries())
      last = await own(roundId, i, LETTERS[letter as keyof typeof LETTERS]);
    return last;
  };

  describe('by link or account the arithmetic is the same', () => {
    it('D4-13 5 directors, 1 recused, 3 of 4 vote, 2 yes 1 no: approved, and nobody presided', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      expect((await allOwn(roundId, 'YYN'))?.outcome).toBeNull();
      toTheDeadline();
      expect((await close(roundId)).outcome).toBe('approved');
      expect(toldAbout(roundId)).toMatchObject({ electors: 4, present: 3, yes: 2, no: 1, approverId: null });
      expect(await round(roundId)).toMatchObject({ presiderId: null, sheetFileId: null, state: 'APPROVED' });
    });

    it('D4-14 the same, 1 yes 1 no 1 abstain: rejected, since an abstention counts as present', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await allOwn(roundId, 'YN-');
      expect((await close(roundId)).outcome).toBe('rejected');
    });

    it('D4-15 3 of 5 vote yes: no quorum, lapsed', async () => {
      const roundId = await givenRound(house, board);
      await allOwn(roundId, 'YYY');
      await expect(close(roundId)).rejects.toThrow(TooEarlyToClose);
      toTheDeadline();
      expect(await rounds.closeDue(house.clock.now())).toEqual({ closed: 1 });
      expect(await round(roundId)).toMatchObject({ state: 'LAPSED', closing: 'DEADLINE' });
    });

    it('D4-16 a third director stands aside for himself: escalated, and his ballot counts no more', async () => {
      const roundId = await givenRound(house, board, { recused: 2 });
      await own(roundId, 0, 'yes');
      const answer = await recuse(roundId, 0, asDirector(board, 0));
      expect(answer).toEqual({ roundId, outcome: 'escalated', decisionNumber: null });
      expect(toldAbout(roundId)).toMatchObject({ outcome: 'escalated', electors: 2, present: 0, recused: 3 });
      await expect(own(roundId, 1, 'yes')).rejects.toThrow(RoundAlreadyClosed);
    });

    it('D4-18 a director in office only since the opening has no ballot', async () => {
      const other = await givenBoard(house);
      const roundId = await givenRound(house, board);
      const newcomer = other.directors[0]?.personId ?? '';
      const by = { ...asDirector(board, 0), personId: newcomer };
      const ballot = { roundId, directorId: newcomer, choice: 'yes' as const, why: null };
      await expect(ballots.castBallot(callerOf(by), ballot)).rejects.toThrow(NotADirectorHere);
      await expect(ballots.castBallot(callerOf(board.secretary), ballot)).rejects.toThrow(NotADirectorHere);
      expect(await round(roundId)).toMatchObject({ electors: 5, counts: { yes: 0, no: 0, abstain: 0 } });
    });

    it('D4-73 the last ballot ends the round by itself, and everything commits together', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await allOwn(roundId, 'YNY');
      refuseOnce(roundId);
      await expect(own(roundId, 3, 'yes')).rejects.toThrow('cannot carry it out');
      expect((await round(roundId)).counts).toEqual({ yes: 2, no: 1, abstain: 0 });
      expect(await own(roundId, 3, 'yes')).toEqual({
        roundId,
        outcome: 'approved',
        decisionNumber: '柳溪决〔2026〕1号',
      });
      expect(await timesTold(house, roundId)).toBe(1);
      await expect(own(roundId, 0, 'no')).rejects.toThrow(RoundAlreadyClosed);
    });
  });

  describe('a ballot', () => {
    it('may be changed until the close: the last one counts, the earlier ones stay', async () => {
      const roundId = await givenRound(house, board);
      await own(roundId, 0, 'yes');
      await own(roundId, 0, 'no');
      await own(roundId, 0, 'abstain');
      const { counts, directors } = await round(roundId);
      expect(counts).toEqual({ yes: 0, no: 0, abstain: 1 });
      expect(directors[0]?.said.map(({ choice, how }) => [choice, how])).toEqual([
        ['yes', 'OWN'],
        ['no', 'OWN'],
        ['abstain', 'OWN'],
      ]);
      expect((await queries.roundsOf(SUBJECT, (await round(roundId)).subjectId))[0]).toMatchObject({
        present: 1,
        abstain: 1,
        electors: 5,
      });
    });

    it('told by phone counts, is marked, and is confirmed by the director in the same words or others', async () => {
      const roundId = await givenRound(house, board);
      await phone(roundId, 0, 'yes');
      await phone(roundId, 1, 'yes');
      const before = await round(roundId);
      expect(before.counts.yes).toBe(2);
      expect(before.directors.map(({ unconfirmed }) => unconfirmed)).toEqual([
        true,
        true,
        false,
        false,
        false,
      ]);
      expect(before.directors[0]?.said[0]).toMatchObject({ how: 'PHONE', recorderName: '周明' });

      await own(roundId, 0, 'yes');
      await own(roundId, 1, 'no');
      const after = await round(roundId);
      expect(after.counts).toEqual({ yes: 1, no: 1, abstain: 0 });
      expect(after.directors.some(({ unconfirmed }) => unconfirmed)).toBe(false);
    });

    it('of his own is never replaced by what the office records, and nothing changes', async () => {
      const roundId = await givenRound(house, board);
      await own(roundId, 0, 'no');
      const before = await round(roundId);
      await expect(phone(roundId, 0, 'yes')).rejects.toThrow(OwnBallotStands);
      await expect(phone(roundId, 0, 'none')).rejects.toThrow(OwnBallotStands);
      await expect(raiseHands(house, board, roundId, 'YYYYY')).rejects.toThrow(OwnBallotStands);
      await expect(meetJointly(house, board, roundId, [0, 1, 2, 3], 'approved')).rejects.toThrow(
        OwnBallotStands,
      );
      expect(await round(roundId)).toEqual(before);
    });

    it('that the office wrote down for the wrong director is taken back, and stays on record', async () => {
      const roundId = await givenRound(house, board);
      await phone(roundId, 0, 'yes');
      await phone(roundId, 0, 'none');
      const { counts, directors } = await round(roundId);
      expect([counts.yes, directors[0]?.choice, directors[0]?.said.length]).toEqual([0, null, 2]);
      await expect(phone(roundId, 0, 'none')).rejects.toThrow(NothingToTakeBack);
      await expect(phone(roundId, 1, 'none')).rejects.toThrow(NothingToTakeBack);
      await phone(roundId, 0, 'no');
      expect((await round(roundId)).counts.no).toBe(1);
    });

    it('is one’s own, or written down by the office; no director speaks for another', async () => {
      const roundId = await givenRound(house, board);
      const ballot = { roundId, directorId: personOf(1), choice: 'yes' as const, why: null };
      await expect(ballots.castBallot(callerOf(asDirector(board, 0)), ballot)).rejects.toThrow(NotYourBallot);
      const nobody = { ...board.secretary, personId: null };
      await ballots.castBallot(callerOf(nobody), ballot);
      expect((await round(roundId)).directors[1]?.said[0]).toMatchObject({
        how: 'PHONE',
        recorderName: null,
      });
    });

    it('of a secretary who is a director is his own', async () => {
      const roundId = await givenRound(house, board);
      const both = { ...asDirector(board, 0), roles: ['secretary', 'director'] as const };
      const ballot = { roundId, directorId: personOf(0), choice: 'yes' as const, why: null };
      await ballots.castBallot(callerOf(both), ballot);
      expect((await round(roundId)).directors[0]).toMatchObject({ how: 'OWN', unconfirmed: false });
    });

    it('is refused after a recusal, after the deadline, and in another society', async () => {
      const roundId = await givenRound(house, board);
      await recuse(roundId, 0);
      await expect(own(roundId, 0, 'yes')).rejects.toThrow(BallotAfterRecusal);
      await expect(phone(roundId, 0, 'yes')).rejects.toThrow(BallotAfterRecusal);
      await expect(recuse(roundId, 0, asDirector(board, 0))).rejects.toThrow(AlreadyRecused);
      const other = await givenBoard(house);
      await expect(castByPhone(house, board, roundId, 1, 'yes', other.secretary)).rejects.toThrow(
        RoundNotFound,
      );
      toTheDeadline();
      await expect(own(roundId, 1, 'yes')).rejects.toThrow(DeadlinePassed);
      await expect(phone(roundId, 1, 'yes')).rejects.toThrow(DeadlinePassed);
      expect((await round(roundId)).counts).toEqual({ yes: 0, no: 0, abstain: 0 });
    });

    it('leaves numbers in the trail, and no name', async () => {
      const roundId = await givenRound(house, board);
      const { threadId } = await round(roundId);
      await phone(roundId, 0, 'yes');
      await own(roundId, 0, 'no');
      const words = (await house.get(AuditQueries).thread(board.societyId, threadId)).map((act) => act.words);
      expect(words).toEqual(
        expect.arrayContaining([
          '记电话代录的票，待本人确认：到1人（1同意 0反对 0弃权）',
          '理事本人改票：到1人（0同意 1反对 0弃权）',
        ]),
      );
      for (const { name } of board.directors) expect(words.join()).not.toContain(name);
    });

    it('against may say why: sealed, for the office and the supervisor, and each look is kept', async () => {
      const roundId = await givenRound(house, board);
      const WHY = '去年已经救过一次';
      const ballot = { roundId, directorId: personOf(0), choice: 'no' as const, why: WHY };
      await ballots.castBallot(callerOf(asDirector(board, 0)), ballot);
      await expect(
        ballots.castBallot(callerOf(asDirector(board, 0)), { ...ballot, choice: 'yes' }),
      ).rejects.toThrow(WhyIsYourOwn);
      await expect(
        ballots.castBallot(callerOf(board.secretary), { ...ballot, directorId: personOf(1) }),
      ).rejects.toThrow(WhyIsYourOwn);

      expect(JSON.stringify(await round(roundId))).not.toContain(WHY);
      const rows: unknown[] = await house.dataSource.query('SELECT * FROM round_stances WHERE round_id = ?', [
        roundId,
      ]);
      expect(JSON.stringify(rows)).not.toContain(WHY);
      const { actor } = callerOf(board.secretary);
      const reasons = await house.get(MinutesService).reasons(actor, roundId);
      expect(reasons).toMatchObject([{ name: '王大山', why: WHY }]);
      const { threadId } = await round(roundId);
      const looks = await house.get(AuditQueries).thread(board.societyId, threadId);
      expect(looks.filter(({ subjectKind }) => subjectKind === 'ballot-reasons')).toHaveLength(1);
    });
  });

  describe('a show of hands after own ballots', () => {
    it('leaves those directors out, and their ballots stand beside the hands', async () => {
      const roundId = await givenRound(house, board);
      await own(roundId, 4, 'no');
      expect((await raiseHands(house, board, roundId, 'YYYY')).outcome).toBe('approved');
      expect(toldAbout(roundId)).toMatchObject({ present: 5, yes: 4, no: 1, approverId: personOf(0) });
    });

    it('may be presided over by who has voted by link, and so has no hand', async () => {
      const roundId = await givenRound(house, board);
      await own(roundId, 0, 'yes');
      expect((await raiseHands(house, board, roundId, '.YYYY', { presider: 0 })).outcome).toBe('approved');
      expect(toldAbout(roundId)?.approverId).toBe(personOf(0));
    });

    it('takes the place of what was told by phone', async () => {
      const roundId = await givenRound(house, board);
      await phone(roundId, 1, 'no');
      await phone(roundId, 4, 'yes');
      expect((await raiseHands(house, board, roundId, 'YYYY')).outcome).toBe('approved');
      const { directors, counts } = await round(roundId);
      expect(counts).toEqual({ yes: 5, no: 0, abstain: 0 });
      expect(directors.map(({ how }) => how)).toEqual(['HAND', 'HAND', 'HAND', 'HAND', 'PHONE']);
    });
  });

  describe('a joint meeting', () => {
    it.each([
      ['approved', 'approved', { yes: 4, no: 0, abstain: 0 }],
      ['rejected', 'rejected', { yes: 0, no: 4, abstain: 0 }],
    ] as const)('signed %s by 4 of 5 counts each of them so', async (signed, outcome, counts) => {
      const roundId = await givenRound(house, board);
      await meetJointly(house, board, roundId, [0, 1, 2, 3], signed);
      expect((await round(roundId)).counts).toEqual(counts);
      expect((await round(roundId)).directors[0]).toMatchObject({ how: 'MEETING', unconfirmed: false });
      expect((await close(roundId)).outcome).toBe(outcome);
      expect(toldAbout(roundId)?.approverId).toBe(signed === 'approved' ? personOf(0) : null);
    });

    it('D4-15 of 3 of 5 is no quorum, whatever they have signed', async () => {
      const roundId = await givenRound(house, board);
      expect((await meetJointly(house, board, roundId, [0, 1, 2], 'approved')).outcome).toBeNull();
      toTheDeadline();
      expect((await close(roundId)).outcome).toBe('lapsed');
    });

    it('is presided over by chair or deputy, and held by electors', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const refused = async (present: readonly number[], presider: number) =>
        meetJointly(house, board, roundId, present, 'approved', { presider }).catch(
          (error: unknown) => (error as { code: string }).code,
        );
      expect(await refused([0, 1, 2], 2)).toBe('PRESIDER_WITHOUT_OFFICE');
      expect(await refused([0, 1, 2], 1)).toBe('CHAIR_PRESIDES');
      expect(await refused([0, 1, 4], 0)).toBe('RECUSED_DIRECTOR_VOTES');
      expect(await refused([], 0)).toBe('NO_HANDS');
      expect((await round(roundId)).metAt).toBeNull();
    });
  });

  describe('whoever is tied to the subject', () => {
    it('records no ballots, makes no links and closes nothing; another clerk does', async () => {
      const subjectId = crypto.randomUUID();
      const roundId = await givenRound(house, board, { subjectId });
      tieTo(subjectId, [board.secretary.personId ?? '']);
      await own(roundId, 0, 'yes');
      const before = await round(roundId);
      const acts = [
        () => phone(roundId, 1, 'yes'),
        () => raiseHands(house, board, roundId, '.YYYY', { presider: 1 }),
        () => meetJointly(house, board, roundId, [1, 2, 3], 'approved', { presider: 1 }),
        () => links.makeLinks(callerOf(board.secretary), { roundId, directorIds: null }),
      ];
      for (const act of acts) await expect(act()).rejects.toThrow(RecorderRecused);
      toTheDeadline();
      await expect(close(roundId)).rejects.toThrow(RecorderRecused);
      expect(await round(roundId)).toEqual(before);
      const clerk = { ...board.secretary, personId: crypto.randomUUID(), roles: ['clerk'] as const };
      expect((await rounds.close(callerOf(clerk), { roundId })).outcome).toBe('lapsed');
    });
  });

  describe('a link', () => {
    const makeLinks = (roundId: string, directors: readonly number[] | null = null, key?: string) =>
      links.makeLinks(callerOf(board.secretary, key), {
        roundId,
        directorIds: directors === null ? null : directors.map(personOf),
      });
    const tokenOf = (url: string | null | undefined) => url?.split('/v/')[1] ?? '';
    const castBy = async (token: string, choice: 'yes' | 'no' = 'yes') => {
      const { link, caller } = await links.callerBy(token, crypto.randomUUID());
      const { roundId, directorId, id: linkId } = link;
      return ballots.castBallot(caller, { roundId, directorId, choice, why: null, linkId });
    };

    it('lets one director vote in one round, and is no account', async () => {
      const roundId = await givenRound(house, board);
      const [made] = await makeLinks(roundId, [2]);
      expect(made).toMatchObject({ directorId: personOf(2), name: '赵小龙' });
      const token = tokenOf(made?.url);
      expect(token).toMatch(/^[\w-]{43}$/);
      const { caller } = await links.callerBy(token, 'any key');
      expect(caller.actor).toEqual({
        accountId: null,
        personId: personOf(2),
        societyId: board.societyId,
        roles: ['director'],
        origin: 'link',
      });
      await castBy(token);
      expect((await round(roundId)).directors[2]?.said[0]).toMatchObject({ how: 'OWN', byLink: true });
      const other = { roundId, directorId: personOf(3), choice: 'yes' as const, why: null };
      await expect(ballots.castBallot(caller, other)).rejects.toThrow(NotYourBallot);
      const aside = { roundId, directorId: personOf(3), reason: 'OTHER' as const };
      await expect(rounds.recuse(caller, aside)).rejects.toThrow(NotYourRecusal);
    });

    it('is made for those who have not voted, unless somebody is named; for nobody it is refused', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await own(roundId, 0, 'yes');
      await phone(roundId, 1, 'yes');
      expect((await makeLinks(roundId)).map(({ directorId }) => directorId)).toEqual([
        personOf(2),
        personOf(3),
      ]);
      expect(await makeLinks(roundId, [0, 1])).toHaveLength(2); // to change it, and to confirm it
      await expect(makeLinks(roundId, [4])).rejects.toThrow(NotADirectorHere); // recused
      await expect(makeLinks(roundId, [])).rejects.toThrow(NobodyToAsk);
    });

    it('made anew opens, and the older one does not', async () => {
      const roundId = await givenRound(house, board);
      const [first] = await makeLinks(roundId, [0]);
      const old = await links.callerBy(tokenOf(first?.url), 'key-1');
      const [second] = await makeLinks(roundId, [0]);
      await expect(castBy(tokenOf(first?.url))).rejects.toThrow(LinkRevoked);
      const { roundId: of, directorId, id: linkId } = old.link; // looked up before it was revoked
      const ballot = { roundId: of, directorId, choice: 'yes' as const, why: null, linkId };
      await expect(ballots.castBallot(old.caller, ballot)).rejects.toThrow(LinkRevoked);
      expect((await round(roundId)).counts.yes).toBe(0);
      await castBy(tokenOf(second?.url));
      expect((await round(roundId)).counts.yes).toBe(1);
    });

    it('is shown once: the same press again shows none, and no row or trail holds it', async () => {
      const roundId = await givenRound(house, board);
      const key = `links-${roundId}`;
      const [made] = await makeLinks(roundId, [0], key);
      const [again] = await makeLinks(roundId, [0], key);
      expect([made?.url === null, again?.url]).toEqual([false, null]);
      const token = tokenOf(made?.url);
      await castBy(token);
      for (const table of ['ballot_links', 'commands', 'audit_acts', 'round_stances']) {
        const rows: unknown[] = await house.dataSource.query(`SELECT * FROM ${table}`);
        expect(rows.length).toBeGreaterThan(0);
        expect(JSON.stringify(rows)).not.toContain(token);
      }
    });

    it('that nobody made is unknown', async () => {
      for (const token of ['', 'x', 'x'.repeat(43), '../..'])
        await expect(links.find(token)).rejects.toThrow(LinkUnknown);
    });
  });

  describe('voided', () => {
    const voidRound = (subjectId: string) =>
      house
        .get(Commands)
        .run(callerOf(board.secretary), { act: 'withdraw', body: subjectId }, async (tx, trail) => {
          const asked = { subjectKind: SUBJECT, subjectId, why: '申请人撤回' };
          const at = house.clock.now();
          const roundId = await rounds.void(tx, trail, { ...asked, at, byPersonId: null });
          trail.on(SUBJECT, subjectId, { threadId: subjectId, words: '撤回' });
          return { roundId };
        });

    it('the open round ends with its ballots on record, no number, and its subject is not told', async () => {
      const subjectId = crypto.randomUUID();
      const roundId = await givenRound(house, board, { subjectId });
      await own(roundId, 0, 'yes');
      expect(await voidRound(subjectId)).toEqual({ roundId });
      expect(await round(roundId)).toMatchObject({
        state: 'VOIDED',
        closing: 'VOIDED',
        decisionNumber: null,
        counts: { yes: 1, no: 0, abstain: 0 },
      });
      expect(await timesTold(house, roundId)).toBe(0);
      await expect(own(roundId, 1, 'yes')).rejects.toThrow(RoundAlreadyClosed);
      expect(await voidRound(subjectId)).toEqual({ roundId: null });
      expect(await voidRound(crypto.randomUUID())).toEqual({ roundId: null });
    });

    it('and a last ballot at the same moment come in one lawful order', async () => {
      for (let i = 0; i < 10; i++) {
        const subjectId = crypto.randomUUID();
        const roundId = await givenRound(house, board, { subjectId, recused: 1 });
        await allOwn(roundId, 'YYY');
        const [voided, voted] = await Promise.allSettled([voidRound(subjectId), own(roundId, 3, 'yes')]);
        const { state } = await round(roundId);
        expect(voided.status).toBe('fulfilled');
        expect(state).toBe(voted.status === 'fulfilled' ? 'APPROVED' : 'VOIDED');
        expect(await timesTold(house, roundId)).toBe(state === 'APPROVED' ? 1 : 0);
      }
    });
  });

  describe('at the same moment', () => {
    it('ten ballots of one director are one after the other, and the last counts', async () => {
      const roundId = await givenRound(house, board);
      const choices = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'yes' : 'no'));
      await Promise.all(choices.map((choice) => own(roundId, 0, choice)));
      const { counts, directors } = await round(roundId);
      expect(counts.yes + counts.no).toBe(1);
      expect(directors[0]?.said).toHaveLength(10);
      expect(directors[0]?.choice).toBe(directors[0]?.said.at(-1)?.choice);
    });

    it('the last five ballots end the round once', async () => {
      const roundId = await givenRound(house, board);
      const answers = await Promise.all([0, 1, 2, 3, 4].map((director) => own(roundId, director, 'yes')));
      expect(answers.filter(({ outcome }) => outcome === 'approved')).toHaveLength(1);
      expect(await timesTold(house, roundId)).toBe(1);
    });

    it(`D4-73 closing against a late ballot, ${RACES} rounds: in each, one came first, and the outcome is its`, async () => {
      const seen = new Set<string>();
      for (let i = 0; i < RACES; i++) {
        const roundId = await givenRound(house, board, { recused: 1 });
        await allOwn(roundId, 'YYY'); // settled: a fourth no leaves 3 of 4
        const acts = [() => close(roundId), () => own(roundId, 3, 'no')];
        if (i % 2 === 1) acts.reverse();
        const answers = await Promise.allSettled(acts.map((act) => act()));
        const won = answers.filter(({ status }) => status === 'fulfilled');
        expect(won).toHaveLength(1);
        for (const answer of answers)
          if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(RoundAlreadyClosed);
        const { closing, counts, state } = await round(roundId);
        expect(state).toBe('APPROVED');
        expect(counts.no).toBe(closing === 'ALL_VOTED' ? 1 : 0);
        expect(['ALL_VOTED', 'SETTLED']).toContain(closing);
        expect(toldAbout(roundId)).toMatchObject({ yes: 3, no: counts.no });
        expect(await timesTold(house, roundId)).toBe(1);
        seen.add(closing ?? '');
      }
      expect([...seen].sort()).toEqual(['ALL_VOTED', 'SETTLED']); // both orders came, so that it was a race
    });

    it('D4-16 two recusals that each leave too few end the round once', async () => {
      const roundId = await givenRound(house, board, { recused: 2 });
      const answers = await Promise.allSettled([0, 1].map((director) => recuse(roundId, director)));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await timesTold(house, roundId)).toBe(1);
      expect(await round(roundId)).toMatchObject({ state: 'ESCALATED', electors: 2 });
    });

    it('ten clerks who make links leave one live link for each director', async () => {
      const roundId = await givenRound(house, board);
      const asked = { roundId, directorIds: [personOf(0)] };
      await Promise.all(Array.from({ length: 10 }, () => links.makeLinks(callerOf(board.secretary), asked)));
      const rows: { revoked: unknown }[] = await house.dataSource.query(
        'SELECT revoked_at AS "revoked" FROM ballot_links WHERE round_id = ?',
        [roundId],
      );
      expect(rows).toHaveLength(10);
      expect(rows.filter(({ revoked }) => revoked === null)).toHaveLength(1);
    });
  });
});
