import { BoardQueries, RoundsService } from '../../src/board/index.js';
import {
  AlreadyRecused,
  ChairPresides,
  DeadlinePassed,
  NotADirectorHere,
  NotYourRecusal,
  PresiderRecused,
  PresiderWithoutOffice,
  RecorderRecused,
  RecusedDirectorVotes,
  RoundAlreadyClosed,
  RoundAlreadyOpen,
  RoundNotFound,
  TooEarlyToClose,
} from '../../src/board/domain/board.errors.js';
import { DutiesQueries } from '../../src/duties/index.js';
import { addDays, dayOf } from '../../src/kernel/day.js';
import { OfficesQueries, OfficesService } from '../../src/offices/index.js';
import {
  aPhoto,
  givenBoard,
  givenRound,
  handsOf,
  raiseHands,
  refuseOnce,
  registerSubject,
  timesTold,
  toldAbout,
} from '../support/board.js';
import type { Board } from '../support/board.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { adoptCharter } from '../support/rules.js';

const HOUR_MS = 3_600_000;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let board: Board;
  let rounds: RoundsService;
  let queries: BoardQueries;

  beforeAll(async () => {
    house = await givenHouse(kind);
    registerSubject(house);
    rounds = house.get(RoundsService);
    queries = house.get(BoardQueries);
  });
  beforeEach(async () => {
    board = await givenBoard(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const close = (roundId: string) => rounds.close(callerOf(board.secretary), { roundId });
  const recuse = (roundId: string, director: number, by = board.secretary) =>
    rounds.recuse(callerOf(by), {
      roundId,
      directorId: board.directors[director]?.personId ?? '',
      reason: 'CREDITOR',
    });
  const round = (roundId: string) => queries.round(board.societyId, roundId);
  const toTheDeadline = () => {
    house.clock.moveTo(new Date(house.clock.now().getTime() + 24 * HOUR_MS));
  };

  describe('the vote', () => {
    it('5 directors, 1 recused, 4 of 4 say yes: closes by itself, and everything commits together', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const answer = await raiseHands(house, board, roundId, 'YYYY');

      expect(answer).toEqual({ roundId, outcome: 'approved', decisionNumber: '柳溪决〔2026〕1号' });
      expect(toldAbout(roundId)).toMatchObject({
        outcome: 'approved',
        directors: 5,
        recused: 1,
        electors: 4,
        present: 4,
        yes: 4,
        no: 0,
        abstain: 0,
        decisionNumber: '柳溪决〔2026〕1号',
        approverId: board.directors[0]?.personId,
        amountFen: 100_000,
      });
      expect(await round(roundId)).toMatchObject({
        state: 'APPROVED',
        closing: 'ALL_VOTED',
        recorderName: '周明',
      });
      expect(await timesTold(house, roundId)).toBe(1);
      expect(await openDuties(roundId)).toEqual([]);
    });

    it('D4-13 5 directors, 1 recused, 3 of 4 present, 2 yes 1 no: approved', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const { outcome } = await raiseHands(house, board, roundId, 'YYN');
      expect(outcome).toBeNull(); // the fourth could still turn it: 2 of 4 are no two thirds
      await expect(close(roundId)).rejects.toThrow(TooEarlyToClose);

      toTheDeadline();
      expect((await close(roundId)).outcome).toBe('approved');
      expect(toldAbout(roundId)).toMatchObject({ electors: 4, present: 3, yes: 2, no: 1 });
    });

    it('D4-14 the same, 1 yes 1 no 1 abstain: rejected, since an abstention counts as present', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await raiseHands(house, board, roundId, 'YN-');
      expect(await close(roundId)).toEqual({
        roundId,
        outcome: 'rejected',
        decisionNumber: '柳溪决〔2026〕1号',
      });
      expect(toldAbout(roundId)).toMatchObject({ present: 3, yes: 1, no: 1, abstain: 1 });
      expect((await round(roundId)).closing).toBe('SETTLED');
    });

    it('D4-15 5 directors, 3 present: no quorum, lapsed', async () => {
      const roundId = await givenRound(house, board);
      await raiseHands(house, board, roundId, 'YYY');
      await expect(close(roundId)).rejects.toThrow(TooEarlyToClose);

      toTheDeadline();
      expect(await rounds.closeDue(house.clock.now())).toEqual({ closed: 1 });
      expect(await round(roundId)).toMatchObject({
        state: 'LAPSED',
        decisionNumber: null,
        closing: 'DEADLINE',
      });
      expect(toldAbout(roundId)).toMatchObject({ outcome: 'lapsed', present: 3, decisionNumber: null });
    });

    it('D4-16 3 kin of 5 recused: 2 electors are too few, and the round ends as it opens', async () => {
      const roundId = await givenRound(house, board, { recused: 3 });
      expect(await round(roundId)).toMatchObject({
        state: 'ESCALATED',
        closing: 'TOO_FEW',
        decisionNumber: null,
        electors: 2,
      });
      expect(toldAbout(roundId)).toMatchObject({
        outcome: 'escalated',
        directors: 5,
        recused: 3,
        electors: 2,
        present: 0,
        decisionNumber: null,
        approverId: null,
      });
      expect(await timesTold(house, roundId)).toBe(1);
      expect(await openDuties(roundId)).toEqual([]);
      await expect(raiseHands(house, board, roundId, 'YY')).rejects.toThrow(RoundAlreadyClosed);
    });

    it('D4-16 a recusal that leaves 2 electors ends the round at once, with the ballots on record', async () => {
      const roundId = await givenRound(house, board, { recused: 2 });
      await raiseHands(house, board, roundId, 'YY');
      expect(await recuse(roundId, 2)).toEqual({ roundId, outcome: 'escalated', decisionNumber: null });
      expect(await round(roundId)).toMatchObject({
        state: 'ESCALATED',
        closing: 'TOO_FEW',
        electors: 2,
        counts: { yes: 2, no: 0, abstain: 0 },
      });
      expect(await timesTold(house, roundId)).toBe(1);
    });

    it('D4-16 is as before where its subject cannot take it: no round is opened, none is ended', async () => {
      const roundId = crypto.randomUUID();
      refuseOnce(roundId);
      await expect(givenRound(house, board, { recused: 3, roundId })).rejects.toThrow('cannot carry it out');
      await expect(round(roundId)).rejects.toThrow(RoundNotFound);
    });

    it('D4-18 a director removed mid-vote: the snapshot of electors is unchanged', async () => {
      const roundId = await givenRound(house, board);
      await endOffice(2);
      expect(await round(roundId)).toMatchObject({ electors: 5 });
      await raiseHands(house, board, roundId, 'YYYYY');
      expect(toldAbout(roundId)).toMatchObject({
        directors: 5,
        electors: 5,
        present: 5,
        outcome: 'approved',
      });
    });

    it('D4-18 a director who joins mid-vote has no ballot in it', async () => {
      const other = await givenBoard(house);
      const roundId = await givenRound(house, board);
      const [newcomer] = other.directors;
      const electors = board.directors.map(({ personId }) => ({
        directorId: personId,
        choice: 'yes' as const,
      }));
      const sheet = {
        roundId,
        presiderId: board.directors[0]?.personId ?? '',
        hands: [...electors, { directorId: newcomer?.personId ?? '', choice: 'yes' as const }],
        place: null,
        sheet: await aPhoto(),
      };
      await expect(rounds.recordShowOfHands(callerOf(board.secretary), sheet)).rejects.toMatchObject({
        code: 'HAND_OF_A_STRANGER',
      });
      expect((await round(roundId)).metAt).toBeNull();
    });

    it('D4-19 the chair is recused: cannot preside; the deputy acts, and approves the payment', async () => {
      const roundId = await givenRound(house, board);
      await recuse(roundId, 0);
      await expect(raiseHands(house, board, roundId, '.YYYY')).rejects.toThrow(PresiderRecused);
      await expect(raiseHands(house, board, roundId, 'YYYYY', { presider: 1 })).rejects.toThrow(
        RecusedDirectorVotes,
      );
      const by = { ...board.secretary, personId: board.directors[0]?.personId ?? '' };
      await expect(raiseHands(house, board, roundId, '.YYYY', { presider: 1, by })).rejects.toThrow(
        RecorderRecused,
      );

      await raiseHands(house, board, roundId, '.YYYY', { presider: 1 });
      expect(toldAbout(roundId)).toMatchObject({
        outcome: 'approved',
        recused: 1,
        approverId: board.directors[1]?.personId,
      });
    });

    it('D4-73 closes by itself when every elector has voted, and nobody can close it earlier', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await expect(close(roundId)).rejects.toThrow(TooEarlyToClose);
      expect((await raiseHands(house, board, roundId, 'YNYN')).outcome).toBe('rejected');
      await expect(close(roundId)).rejects.toThrow(RoundAlreadyClosed);
    });

    it('D4-73 may be closed early where the missing ballot changes nothing', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      expect((await raiseHands(house, board, roundId, 'YYY')).outcome).toBeNull();
      expect((await close(roundId)).outcome).toBe('approved');
    });
  });

  describe('recusal', () => {
    it('counts quorum and majority on the rest', async () => {
      const roundId = await givenRound(house, board);
      await recuse(roundId, 4);
      expect((await raiseHands(house, board, roundId, 'YYNY')).outcome).toBe('approved'); // 3 of 4
      expect(toldAbout(roundId)).toMatchObject({ recused: 1, electors: 4, present: 4, yes: 3, no: 1 });
    });

    it('after a ballot supersedes it: the ballot stays on record and counts no more', async () => {
      const roundId = await givenRound(house, board);
      await raiseHands(house, board, roundId, 'YNY');
      await recuse(roundId, 1);
      const { counts, electors, directors } = await round(roundId);
      expect([counts, electors]).toEqual([{ yes: 2, no: 0, abstain: 0 }, 4]);
      expect(directors[1]).toMatchObject({ choice: null, reason: 'CREDITOR' });
      expect(directors[1]?.said.map(({ kind, choice }) => [kind, choice])).toEqual([
        ['BALLOT', 'no'],
        ['RECUSAL', null],
      ]);
      await expect(raiseHands(house, board, roundId, 'YYY')).rejects.toThrow(RecusedDirectorVotes);
    });

    it('after the hands counts the quorum anew: 3 of 4 are one where 3 of 5 were none', async () => {
      const roundId = await givenRound(house, board);
      expect((await raiseHands(house, board, roundId, 'YYY')).outcome).toBeNull();
      await recuse(roundId, 4);
      expect((await close(roundId)).outcome).toBe('approved');
      expect(toldAbout(roundId)).toMatchObject({ recused: 1, electors: 4, present: 3 });
    });

    it('D4-73 of the last one who has not voted ends the round', async () => {
      const roundId = await givenRound(house, board);
      await raiseHands(house, board, roundId, 'YYNY');
      expect((await recuse(roundId, 4)).outcome).toBe('approved');
      expect((await round(roundId)).closing).toBe('ALL_VOTED');
    });

    it('of who presided takes the approval with it: nobody approves the payment', async () => {
      const roundId = await givenRound(house, board);
      await raiseHands(house, board, roundId, 'YYYY');
      await recuse(roundId, 0);
      expect((await close(roundId)).outcome).toBe('approved');
      expect(toldAbout(roundId)).toMatchObject({ outcome: 'approved', approverId: null });
    });

    it('is declared once, of a director of the round, by the director or the office', async () => {
      const roundId = await givenRound(house, board);
      const self = {
        ...board.secretary,
        roles: ['director'] as const,
        personId: board.directors[3]?.personId ?? '',
      };
      await expect(recuse(roundId, 4, self)).rejects.toThrow(NotYourRecusal);
      await recuse(roundId, 3, self);
      await expect(recuse(roundId, 3)).rejects.toThrow(AlreadyRecused);
      const stranger = { roundId, directorId: board.societyId, reason: 'CREDITOR' as const };
      await expect(rounds.recuse(callerOf(board.secretary), stranger)).rejects.toThrow(NotADirectorHere);
    });

    it('and ballots are rows that nobody changes, each in its place, of directors alone', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await raiseHands(house, board, roundId, 'YYY');
      type Row = readonly [
        person: number | null,
        sequence: number,
        kind: string,
        choice: string | null,
        how: string,
      ];
      const add = ([person, sequence, kindOf, choice, how]: Row, by: string | null = null) =>
        house.dataSource.transaction((manager) =>
          manager.query(
            `INSERT INTO round_stances VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?, NULL, ?)`,
            [
              crypto.randomUUID(),
              roundId,
              person === null ? crypto.randomUUID() : (board.directors[person]?.personId ?? ''),
              sequence,
              kindOf,
              choice,
              kindOf === 'RECUSAL' ? 'CREDITOR' : null,
              how,
              by,
              '2026-03-02 00:00:00.000',
            ],
          ),
        );
      await expect(add([0, 1, 'BALLOT', 'yes', 'PHONE'])).rejects.toThrow(); // the place is taken
      await expect(add([0, 0, 'BALLOT', 'yes', 'PHONE'])).rejects.toThrow(); // no such place
      await expect(add([0, 2, 'BALLOT', null, 'PHONE'])).rejects.toThrow(); // a ballot says something
      await expect(add([0, 2, 'RECUSAL', null, 'PHONE'])).rejects.toThrow(); // no way to stand aside
      await expect(add([0, 2, 'BALLOT', 'yes', 'LINK'])).rejects.toThrow(); // no way to vote
      await expect(add([0, 2, 'BALLOT', 'yes', 'HAND'])).rejects.toThrow(); // a hand without a sheet
      await expect(add([0, 2, 'BALLOT', 'yes', 'OWN'])).rejects.toThrow(); // an own ballot of nobody
      await expect(add([0, 2, 'BALLOT', 'yes', 'OWN'], board.directors[1]?.personId)).rejects.toThrow();
      await expect(add([null, 1, 'BALLOT', 'yes', 'PHONE'])).rejects.toThrow(); // no director of this round
      for (const sql of ['UPDATE round_stances SET choice = choice', 'DELETE FROM round_stances'])
        await expect(house.dataSource.transaction((manager) => manager.query(sql))).rejects.toThrow(
          /append-only/,
        );
    });
  });

  describe('the sheet', () => {
    it('is signed by who holds the office today', async () => {
      const roundId = await givenRound(house, board);
      await expect(raiseHands(house, board, roundId, 'YYYYY', { presider: 2 })).rejects.toThrow(
        PresiderWithoutOffice,
      );
      await expect(raiseHands(house, board, roundId, 'YYYYY', { presider: 1 })).rejects.toThrow(
        ChairPresides,
      );
      await endOffice(0);
      await expect(raiseHands(house, board, roundId, 'YYYYY')).rejects.toThrow(PresiderWithoutOffice);
      expect((await round(roundId)).metAt).toBeNull();
      await raiseHands(house, board, roundId, 'YYYYY', { presider: 1 });
      expect(toldAbout(roundId)?.approverId).toBe(board.directors[1]?.personId);
    });

    it('that ends the round gives the same answer to the same press, and takes no other', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const first = await raiseHands(house, board, roundId, 'YYYY', { key: `sheet-${roundId}` });
      expect(await raiseHands(house, board, roundId, 'YYYY', { key: `sheet-${roundId}` })).toEqual(first);
      await expect(raiseHands(house, board, roundId, 'YYYY')).rejects.toThrow(RoundAlreadyClosed);
      expect(await timesTold(house, roundId)).toBe(1);
    });

    it('is put right by another one: who is not on it was not there', async () => {
      const roundId = await givenRound(house, board);
      await raiseHands(house, board, roundId, 'YYY');
      await raiseHands(house, board, roundId, 'YN.');
      const { counts, directors } = await round(roundId);
      expect(counts).toEqual({ yes: 1, no: 1, abstain: 0 });
      expect(directors[2]).toMatchObject({ choice: null, how: 'HAND' });
      expect(directors[2]?.said.map(({ kind }) => kind)).toEqual(['BALLOT', 'RETRACTED']);
    });

    it('comes too late at the deadline, and so does a recusal', async () => {
      const roundId = await givenRound(house, board);
      toTheDeadline();
      await expect(raiseHands(house, board, roundId, 'YYYYY')).rejects.toThrow(DeadlinePassed);
      await expect(recuse(roundId, 4)).rejects.toThrow(DeadlinePassed);
      expect((await close(roundId)).outcome).toBe('lapsed');
    });

    it('that is no photo changes nothing', async () => {
      const roundId = await givenRound(house, board);
      const sheet = {
        roundId,
        presiderId: board.directors[0]?.personId ?? '',
        hands: handsOf(board, 'YYYYY'),
        place: null,
        sheet: Buffer.from('no photo'),
      };
      await expect(rounds.recordShowOfHands(callerOf(board.secretary), sheet)).rejects.toMatchObject({
        code: 'FILE_REFUSED',
      });
      expect((await round(roundId)).counts).toEqual({ yes: 0, no: 0, abstain: 0 });
    });
  });

  describe('the round', () => {
    it('is opened once at a time, and again after it lapsed', async () => {
      const subjectId = crypto.randomUUID();
      const roundId = await givenRound(house, board, { subjectId });
      await expect(givenRound(house, board, { subjectId })).rejects.toThrow(RoundAlreadyOpen);
      toTheDeadline();
      await close(roundId);
      const second = await givenRound(house, board, { subjectId });
      expect((await round(second)).sequence).toBe(2);
      expect((await queries.roundsOf('test-motion', subjectId)).map(({ state }) => state)).toEqual([
        'OPEN',
        'LAPSED',
      ]);
    });

    it('keeps the rule of its opening when the charter changes', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const all = { numerator: 1, denominator: 1 };
      const validFrom = addDays(dayOf(house.clock.now()), 0);
      const changed = { ...board.charter, validFrom, quorum: all, majority: all };
      await adoptCharter(house, board.societyId, changed);
      expect((await raiseHands(house, board, roundId, 'YYYN')).outcome).toBe('approved');
    });

    it('owes its end to the secretary until it is closed', async () => {
      const roundId = await givenRound(house, board);
      const [duty] = await openDuties(roundId);
      const { deadlineAt } = await round(roundId);
      expect(duty).toMatchObject({ kind: 'CLOSE_ROUND', ownerRole: 'secretary', dueAt: deadlineAt });
      toTheDeadline();
      await close(roundId);
      expect(await openDuties(roundId)).toEqual([]);
    });

    it('of another society is not there', async () => {
      const other = await givenBoard(house);
      const roundId = await givenRound(house, board);
      const foreign = callerOf(other.secretary);
      await expect(rounds.close(foreign, { roundId })).rejects.toThrow(RoundNotFound);
      await expect(
        rounds.recuse(foreign, {
          roundId,
          directorId: board.directors[0]?.personId ?? '',
          reason: 'CREDITOR',
        }),
      ).rejects.toThrow(RoundNotFound);
      await expect(raiseHands(house, board, roundId, 'YYYYY', { by: other.secretary })).rejects.toThrow(
        RoundNotFound,
      );
      await expect(queries.round(other.societyId, roundId)).rejects.toThrow(RoundNotFound);
    });

    it('is as before where its subject cannot carry the decision out', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const before = await round(roundId);
      refuseOnce(roundId);
      await expect(raiseHands(house, board, roundId, 'YYYY')).rejects.toThrow('cannot carry it out');
      expect(await round(roundId)).toEqual(before);
      const answer = await raiseHands(house, board, roundId, 'YYYY');
      expect(answer.decisionNumber).toBe('柳溪决〔2026〕1号'); // the number of the failed try was not used up
    });

    it('numbers approvals and rejections in one series without gaps, and no lapse', async () => {
      const numbers: (string | null)[] = [];
      for (const [letters, recused] of [
        ['YYYY', 1],
        ['', 0],
        ['NNNN', 1],
        ['YYYYY', 0],
      ] as const) {
        const roundId = await givenRound(house, board, { recused });
        if (letters === '') toTheDeadline();
        const answer =
          letters === '' ? await close(roundId) : await raiseHands(house, board, roundId, letters);
        numbers.push(answer.decisionNumber);
      }
      expect(numbers).toEqual(['柳溪决〔2026〕1号', null, '柳溪决〔2026〕2号', '柳溪决〔2026〕3号']);
    });
  });

  describe('ten at once', () => {
    it('closings decide once', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await raiseHands(house, board, roundId, 'YYY');
      const answers = await Promise.allSettled(Array.from({ length: 10 }, () => close(roundId)));
      expect(done(answers)).toHaveLength(1);
      expect(refusals(answers).every((refusal) => refusal instanceof RoundAlreadyClosed)).toBe(true);
      expect(await timesTold(house, roundId)).toBe(1);
      expect((await round(roundId)).decisionNumber).toBe('柳溪决〔2026〕1号');
    });

    it('closings and the timer decide once', async () => {
      const roundId = await givenRound(house, board);
      toTheDeadline();
      const now = house.clock.now();
      const answers = await Promise.allSettled([
        ...Array.from({ length: 5 }, () => close(roundId)),
        ...Array.from({ length: 5 }, () => rounds.closeDue(now)),
      ]);
      expect(refusals(answers).every((refusal) => refusal instanceof RoundAlreadyClosed)).toBe(true);
      expect(await timesTold(house, roundId)).toBe(1);
    });

    it('sheets with keys of their own are recorded once', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const answers = await Promise.allSettled(
        Array.from({ length: 10 }, () => raiseHands(house, board, roundId, 'YYYY')),
      );
      expect(done(answers)).toHaveLength(1);
      const codes = refusals(answers).map((refusal) => (refusal as { code?: string }).code);
      expect(codes).toEqual(Array.from({ length: 9 }, () => 'ROUND_ALREADY_CLOSED'));
      expect((await round(roundId)).counts).toEqual({ yes: 4, no: 0, abstain: 0 });
      expect(await timesTold(house, roundId)).toBe(1);
    });

    it('presses of one sheet are one', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          raiseHands(house, board, roundId, 'YYYY', { key: `ten-${roundId}` }),
        ),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await timesTold(house, roundId)).toBe(1);
    });

    it('sheet and recusals of the same directors come one after the other, and the tally is right', async () => {
      const roundId = await givenRound(house, board);
      const answers = await Promise.allSettled([
        raiseHands(house, board, roundId, 'YYYYY'),
        recuse(roundId, 3),
        raiseHands(house, board, roundId, 'YYYYY'),
        recuse(roundId, 4),
        recuse(roundId, 3),
        recuse(roundId, 2),
      ]);
      const { recused, electors, counts, state } = await round(roundId);
      const present = counts.yes + counts.no + counts.abstain;
      expect(electors).toBe(5 - recused);
      expect([0, 5]).toContain(present); // a sheet with a recused hand is refused whole, a whole one ends the round
      expect(present === 5 ? state : 'ESCALATED').toBe(state);
      expect(await timesTold(house, roundId)).toBe(1);
      expect(done(answers).length).toBeGreaterThan(0);
    });

    it('decisions of ten rounds are numbered one to ten', async () => {
      const opened = [];
      for (let i = 0; i < 10; i++) opened.push(await givenRound(house, board, { recused: 1 }));
      const answers = await Promise.all(opened.map((roundId) => raiseHands(house, board, roundId, 'YYYY')));
      const numbers = answers.map(({ decisionNumber }) =>
        Number(/〕(\d+)号/.exec(decisionNumber ?? '')?.[1]),
      );
      expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });
  });

  const openDuties = async (roundId: string) =>
    (await house.get(DutiesQueries).open(board.societyId)).filter(({ subjectId }) => subjectId === roundId);

  /** Ends every office of this director today. */
  async function endOffice(director: number): Promise<void> {
    const personId = board.directors[director]?.personId ?? '';
    const rows: { id: string }[] = await house.dataSource.query(
      'SELECT id FROM office_terms WHERE society_id = ? AND person_id = ?',
      [board.societyId, personId],
    );
    const today = dayOf(house.clock.now());
    for (const { id } of rows)
      await house.get(OfficesService).endTerm(callerOf({ roles: ['chair'], societyId: board.societyId }), {
        societyId: board.societyId,
        termId: id,
        endedOn: today,
      });
    expect(await house.get(OfficesQueries).officesOf(personId, board.societyId, today)).toEqual([]);
  }
});

function done(answers: readonly PromiseSettledResult<unknown>[]) {
  return answers.filter(({ status }) => status === 'fulfilled');
}

function refusals(answers: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
}
