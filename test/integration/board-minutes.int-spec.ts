import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { AuditQueries } from '../../src/audit/index.js';
import { BoardVerifier, RoundsService } from '../../src/board/index.js';
import { RoundNotFound, RoundStillOpen } from '../../src/board/domain/board.errors.js';
import { MinutesService } from '../../src/board/minutes.service.js';
import type { Actor } from '../../src/kernel/actor.js';
import { givenBoard, givenRound, raiseHands, registerSubject } from '../support/board.js';
import type { Board } from '../support/board.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let board: Board;

  beforeAll(async () => {
    house = await givenHouse(kind);
    registerSubject(house);
  });
  beforeEach(async () => {
    board = await givenBoard(house);
  });
  afterAll(() => house.close());

  const secretary = (): Actor => callerOf(board.secretary).actor;
  const print = (roundId: string, by = secretary()) => house.get(MinutesService).print(by, roundId);
  const decided = async (letters = 'YYYY') => {
    const roundId = await givenRound(house, board, { recused: 1 });
    await raiseHands(house, board, roundId, letters);
    return roundId;
  };

  describe('minutes', () => {
    it('are printed once the round is decided, the same bytes each time, and every look is in the trail', async () => {
      const roundId = await givenRound(house, board, { recused: 1, threadId: randomUUID() });
      await expect(print(roundId)).rejects.toThrow(RoundStillOpen);
      await raiseHands(house, board, roundId, 'YYYY');

      const first = await print(roundId);
      expect(first.pdf.subarray(0, 5).toString()).toBe('%PDF-');
      house.clock.advance({ days: 1 });
      expect((await print(roundId)).pdf.equals(first.pdf)).toBe(true);

      const [{ hash, thread } = { hash: '', thread: '' }] = await rowsOf<{ hash: string; thread: string }>(
        `SELECT m.content_hash AS "hash", r.thread_id AS "thread" FROM round_minutes m
         JOIN rounds r ON r.id = m.round_id WHERE r.id = '${roundId}'`,
      );
      expect(first.contentHash).toBe(hash);
      const looks = await house.get(AuditQueries).thread(board.societyId, thread);
      expect(looks.filter(({ subjectKind }) => subjectKind === 'minutes')).toHaveLength(2);
    });

    it('name who came, who stood aside and why, each hand, the sum and who signs', async () => {
      const roundId = await decided('YYN-');
      await house
        .get(RoundsService)
        .close(callerOf(board.secretary), { roundId })
        .catch(() => undefined);
      const text = textOf((await print(roundId)).pdf);
      if (text === null) return; // no pdftotext on this machine
      for (const words of [
        '柳溪村“救急难”互助社',
        '理事会会议记录',
        '柳溪决〔2026〕1号',
        '王大山',
        '弃权',
        '三代以内旁系亲属',
        '理事5人，回避1人，应到4人',
        '人民币壹仟元整（¥1,000.00）',
        '核对签字',
        '周明',
      ])
        expect(text).toContain(words);
    });

    it('are sealed in the rows: no name stands there in the open', async () => {
      const roundId = await decided();
      const [{ sealed } = { sealed: '' }] = await rowsOf<{ sealed: string }>(
        `SELECT content_sealed AS "sealed" FROM round_minutes WHERE round_id = '${roundId}'`,
      );
      expect(sealed).not.toBe('');
      for (const name of ['王大山', '同意', 'ROUND_MINUTES']) expect(sealed).not.toContain(name);
    });

    it('are frozen, and of another society not there', async () => {
      const roundId = await decided();
      for (const sql of ['UPDATE round_minutes SET content_hash = content_hash', 'DELETE FROM round_minutes'])
        await expect(change(sql)).rejects.toThrow(/append-only/);
      const other = await givenBoard(house);
      await expect(print(roundId, callerOf(other.secretary).actor)).rejects.toThrow(RoundNotFound);
    });
  });

  describe('the verifier', () => {
    const found = async (kindOf: string, subject: string) =>
      (await house.get(BoardVerifier).check()).filter(
        (finding) => finding.kind === kindOf && finding.subject === subject,
      );

    it('finds nothing in what the board did', async () => {
      await decided();
      await decided('NNNN');
      expect(await house.get(BoardVerifier).check()).toEqual([]);
    });

    it.each([
      ['a yes that nobody gave', `yes_count = yes_count - 1, no_count = no_count + 1`],
      ['a ballot less than were cast', `present = present - 1, abstain_count = abstain_count - 1`],
      ['an outcome turned round', `state = 'REJECTED'`],
    ])('names a tally with %s', async (_what, corruption) => {
      const roundId = await decided('YYY-');
      await change(`UPDATE rounds SET ${corruption} WHERE id = '${roundId}'`);
      const [finding] = await found('tally', `rounds/${roundId}`);
      expect(finding?.words).toContain('重算是 APPROVED 5/1/4/4/3/0/1');
      await undo(roundId);
      expect(await found('tally', `rounds/${roundId}`)).toEqual([]);
    });

    it('names a gap in the decision numbers', async () => {
      await decided();
      const second = await decided();
      await change(`UPDATE rounds SET decision_serial = 3 WHERE id = '${second}'`);
      const [finding] = await found('decision number gap', `organisations/${board.societyId}`);
      expect(finding?.words).toBe('2026 年决定发号到 2，编到 3 号，共有 2 项');
      await change(`UPDATE rounds SET decision_serial = 2 WHERE id = '${second}'`);
    });

    it('names minutes whose hash is not that of their content, and decided rounds without any', async () => {
      const roundId = await decided();
      const triggers = await withoutTriggers();
      await change(
        `UPDATE round_minutes SET content_hash = '${'0'.repeat(64)}' WHERE round_id = '${roundId}'`,
      );
      expect(await found('minutes hash', `rounds/${roundId}`)).toHaveLength(1);
      await change(`DELETE FROM round_minutes WHERE round_id = '${roundId}'`);
      expect(await found('minutes', `rounds/${roundId}`)).toHaveLength(1);
      for (const sql of triggers) await change(sql);
    });

    /** As an intruder in the database would. */
    const undo = (roundId: string) =>
      change(`UPDATE rounds SET present = 4, yes_count = 3, no_count = 0, abstain_count = 1,
              state = 'APPROVED' WHERE id = '${roundId}'`);
  });

  /** Takes the triggers of the minutes away, as only an intruder can, and says how to make them again. */
  async function withoutTriggers(): Promise<string[]> {
    const acts = ['update', 'delete'];
    for (const act of acts) await change(`DROP TRIGGER "tr_round_minutes_no_${act}"`);
    return acts.map((act) =>
      kind.name === 'sqlite'
        ? `CREATE TRIGGER "tr_round_minutes_no_${act}" BEFORE ${act.toUpperCase()} ON "round_minutes"
           BEGIN SELECT RAISE(ABORT, 'round_minutes is append-only'); END`
        : `CREATE TRIGGER "tr_round_minutes_no_${act}" BEFORE ${act.toUpperCase()} ON "round_minutes"
           FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'round_minutes is append-only'`,
    );
  }

  const change = (sql: string) => house.dataSource.transaction((manager) => manager.query(sql));
  const rowsOf = async <Row>(sql: string): Promise<Row[]> => house.dataSource.query(sql);
});

/** What a reader of the paper can copy from it; null where the machine has no pdftotext. */
function textOf(pdf: Buffer): string | null {
  try {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf })
      .toString()
      .replace(/[ \n\f]/g, '');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}
