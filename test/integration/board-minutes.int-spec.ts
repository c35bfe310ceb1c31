import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { AuditQueries, Commands } from '../../src/audit/index.js';
import { BoardQueries, BoardVerifier, RoundsService } from '../../src/board/index.js';
import { RoundNotFound, RoundStillOpen } from '../../src/board/domain/board.errors.js';
import { MinutesService } from '../../src/board/minutes.service.js';
import { VoteSheets } from '../../src/board/vote-sheets.service.js';
import type { Actor } from '../../src/kernel/actor.js';
import {
  castByPhone,
  castOwn,
  givenBoard,
  givenRound,
  raiseHands,
  registerSubject,
  SUBJECT,
} from '../support/board.js';
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

    it('show the way of each ballot, what waits to be confirmed, and what was changed', async () => {
      const roundId = await givenRound(house, board);
      await castByPhone(house, board, roundId, 0, 'yes');
      await castOwn(house, board, roundId, 1, 'no');
      await castByPhone(house, board, roundId, 2, 'yes');
      await castOwn(house, board, roundId, 2, 'yes');
      await castOwn(house, board, roundId, 4, 'yes');
      const recusal = {
        roundId,
        directorId: board.directors[4]?.personId ?? '',
        reason: 'CREDITOR' as const,
      };
      await house.get(RoundsService).recuse(callerOf(board.secretary), recusal);
      await castByPhone(house, board, roundId, 3, 'yes');
      const text = textOf((await print(roundId)).pdf);
      if (text === null) return; // no pdftotext on this machine
      for (const words of [
        '同意（电话·由秘书长代录·待本人确认，记录人', // the end of its cell stands on a second line
        '电话周明）',
        '本人登录',
        '赵小龙：先是同意（电话），后改为同意（本人登录）。',
        '孙建国：先是同意（本人登录），后回避，先前的票不计。',
        '理事5人，回避1人，应到4人',
      ])
        expect(text).toContain(words);
    });

    it.each([
      ['escalated', '回避后只剩2位理事，不足3位，转镇联合社'],
      ['voided', '本轮表决终止：申请人撤回'],
    ])('of a round that was %s say why, and have no number', async (end, words) => {
      const subjectId = randomUUID();
      const recused = end === 'escalated' ? 3 : 0;
      const roundId = await givenRound(house, board, { subjectId, recused });
      if (end === 'voided') await voidRound(subjectId);
      const text = textOf((await print(roundId)).pdf);
      if (text === null) return; // no pdftotext on this machine
      expect(text).toContain(words);
      expect(text).toContain('第1轮，未形成决定');
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

  describe('the sheet to sign', () => {
    const printSheet = async (roundId: string) =>
      house.get(VoteSheets).print(await house.get(BoardQueries).round(board.societyId, roundId));

    it('has the directors, the motion, the fractions and the way back; the same round the same bytes', async () => {
      const roundId = await givenRound(house, board, { recused: 1 });
      const first = await printSheet(roundId);
      house.clock.advance({ hours: 1 });
      expect((await printSheet(roundId)).pdf.equals(first.pdf)).toBe(true);
      const text = textOf(first.pdf);
      if (text === null) return; // no pdftotext on this machine
      for (const words of [
        '签到表决表',
        '王大山',
        '孙建国',
        '已回避',
        '到会签字',
        '给予张*三（三组，突发疾病）急难救助1,000.00元',
        '需3人到会，到会的2/3同意才通过',
        '主持签字',
        '记录签字',
      ])
        expect(text).toContain(words);
      expect(first.html).toContain(`/s/rounds/${roundId}`);
      expect(first.pages).toBe(1); // one photo holds all signatures
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

    it('finds nothing in rounds that were escalated or voided', async () => {
      await givenRound(house, board, { recused: 3 });
      const subjectId = randomUUID();
      const roundId = await givenRound(house, board, { subjectId });
      await castByPhone(house, board, roundId, 0, 'no');
      await voidRound(subjectId);
      expect(await house.get(BoardVerifier).check()).toEqual([]);
      await change(`UPDATE rounds SET no_count = 0, present = 0 WHERE id = '${roundId}'`);
      expect((await found('tally', `rounds/${roundId}`))[0]?.words).toContain('重算是 VOIDED 5/0/5/1/0/1/0');
      await change(`UPDATE rounds SET no_count = 1, present = 1 WHERE id = '${roundId}'`);
    });

    it.each([
      ['a ballot after a recusal', 4, '有理事回避以后又记了票'],
      ['a record over a director’s own ballot', 0, '理事本人投的票被代录的票改了'],
    ])('names %s, in a round that is still open too', async (_what, director, words) => {
      const roundId = await givenRound(house, board, { recused: 1 });
      await castOwn(house, board, roundId, 0, 'yes');
      const id = randomUUID();
      const personId = board.directors[director]?.personId ?? '';
      await change(`INSERT INTO round_stances VALUES ('${id}', '${roundId}', '${personId}', 2, 'BALLOT', 'no', NULL,
        'PHONE', NULL, NULL, NULL, NULL, NULL, '2026-03-02 00:00:00.000')`);
      expect(await found('ballot order', `rounds/${roundId}`)).toMatchObject([{ words }]);
      const again = await withoutTriggers('round_stances');
      await change(`DELETE FROM round_stances WHERE id = '${id}'`);
      for (const sql of again) await change(sql);
      expect(await found('ballot order', `rounds/${roundId}`)).toEqual([]);
    });

    it('names a gap in the decision numbers', async () => {
      await decided();
      const second = await decided();
      await change(`UPDATE rounds SET decision_serial = 3 WHERE id = '${second}'`);
      const [finding] = await found('decision number gap', `organisations/${board.societyId}`);
      expect(finding?.words).toBe('2026 年决定发号到 2，编号 1—3，共有 2 个');
      await change(`UPDATE rounds SET decision_serial = 2 WHERE id = '${second}'`);
    });

    it('names minutes whose hash is not that of their content, and decided rounds without any', async () => {
      const roundId = await decided();
      const triggers = await withoutTriggers('round_minutes');
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

  /** Takes the triggers of a table away, as only an intruder can, and says how to make them again. */
  async function withoutTriggers(table: string): Promise<string[]> {
    const acts = ['update', 'delete'];
    for (const act of acts) await change(`DROP TRIGGER "tr_${table}_no_${act}"`);
    return acts.map((act) =>
      kind.name === 'sqlite'
        ? `CREATE TRIGGER "tr_${table}_no_${act}" BEFORE ${act.toUpperCase()} ON "${table}"
           BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END`
        : `CREATE TRIGGER "tr_${table}_no_${act}" BEFORE ${act.toUpperCase()} ON "${table}"
           FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${table} is append-only'`,
    );
  }

  /** As the subject does when it is withdrawn. */
  const voidRound = (subjectId: string) =>
    house.get(Commands).run(callerOf(board.secretary), { act: 'withdraw', body: subjectId }, (tx, trail) =>
      house.get(RoundsService).void(tx, trail, {
        subjectKind: SUBJECT,
        subjectId,
        why: '申请人撤回',
        at: house.clock.now(),
        byPersonId: board.secretary.personId ?? null,
      }),
    );

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
