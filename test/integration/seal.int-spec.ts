import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditAct } from '../../src/audit/audit.entity.js';
import { SEALED_TABLES } from '../../src/audit/domain/sealed-tables.js';
import {
  checkSealFile,
  knownHeadIn,
  SealExport,
  SealQueries,
  SealVerifier,
  TrailSealer,
} from '../../src/audit/index.js';
import type { KnownHead, SealReport } from '../../src/audit/index.js';
import { SealCheck } from '../../src/audit/seal/seal-file.js';
import { ReceiptsQueries, ReceiptsService } from '../../src/donations/index.js';
import { ReceiptPapers } from '../../src/donations/receipts/receipt-papers.js';
import { runCommandLine } from '../../src/house/command-line.js';
import type { ExitStatus } from '../../src/house/command-line.js';
import { findAll } from '../../src/house/verify.js';
import { uuidv7 } from '../../src/kernel/ids.js';
import { NoticePapers, NoticesQueries } from '../../src/notices/index.js';
import { Config } from '../../src/platform/config.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { intruderIn } from '../support/intruder.js';
import type { Intruder } from '../support/intruder.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { Dice } from '../support/sealed-history.js';
import { expectSound } from '../support/sound.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';

type SealedRow = {
  readonly source: string;
  readonly id: string;
  readonly batch: number;
  readonly position: number;
};

describe.each(kinds)('$name', (kind) => {
  /** The server is asked over a line, the file is not. */
  const TIMES = kind.name === 'sqlite' ? 100 : 10;
  let house: House;
  let village: Village;
  let directory: string;
  let unsealed: GivenCase;
  let signed: GivenCase;

  const seal = () => house.get(TrailSealer).sealDue();
  const later = (minutes: number) => {
    house.clock.advance({ minutes });
  };
  const ask = <Row extends object>(sql: string): Promise<Row[]> => house.dataSource.query(sql);
  const countIn = async (table: string, where = ''): Promise<number> => {
    const [row] = await ask<{ count: number | string }>(`SELECT COUNT(*) AS "count" FROM ${table} ${where}`);
    return Number(row?.count);
  };
  const lastHead = async (): Promise<KnownHead> => {
    const last = await house.get(SealQueries).last();
    return { batch: last?.number ?? 0, hash: last?.head ?? '' };
  };
  const reported = async (known: KnownHead | null): Promise<SealReport> => {
    const check = new SealCheck(known);
    for await (const line of house.get(SealExport).lines({ withRows: true })) check.take(line);
    return check.end();
  };

  const act = (minutesAgo: number): AuditAct => {
    const at = new Date(house.clock.now().getTime() - minutesAgo * 60_000);
    const chance = Uint8Array.from({ length: 10 }, () => Math.floor(Math.random() * 256));
    const nobody = { societyId: null, accountId: null, personId: null, threadId: null };
    const nothing = { words: null, beforeHash: null, afterHash: null, roles: '', origin: 'test' };
    const of = { act: 'test', subjectKind: 'test', subjectId: 'test', commandId: uuidv7(at, chance) };
    return { id: uuidv7(at, chance), at, ...of, ...nobody, ...nothing };
  };
  const insert = (row: AuditAct) =>
    house.get(Transactions).run(async (tx) => {
      await tx.insert(AuditAct, row);
    });

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house);
    directory = mkdtempSync(join(tmpdir(), 'huzhu-seal-'));
    unsealed = await givenCase(village, { at: 'SIGNED' });
    await seal();
    for (const stop of ['RUNNING', 'VOTING', 'PAID', 'APPROVED'] as const) {
      later(15);
      await givenCase(village, { at: stop });
      await seal();
    }
    later(15);
    signed = await givenCase(village, { at: 'SIGNED' });
    later(15);
    await seal();
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
    rmSync(directory, { recursive: true, force: true });
  });

  describe('the sealer', () => {
    it.each(SEALED_TABLES)('knows every column of $name', ({ name, columns, leftOut }) => {
      const entity = house.dataSource.entityMetadatas.find(({ tableName }) => tableName === name);
      const known = [...columns.map(([column]) => column), ...Object.keys(leftOut)];
      expect(known.sort()).toEqual(entity?.columns.map(({ databaseName }) => databaseName).sort());
    });

    it('seals what is committed, each row once, and a round when it is decided', async () => {
      expect(await seal()).toEqual({ batches: 0, rows: 0 });
      for (const { name, finalAt } of SEALED_TABLES) {
        const final = await countIn(name, finalAt === null ? '' : `WHERE ${finalAt} IS NOT NULL`);
        expect([name, await countIn('seal_rows', `WHERE source = '${name}'`)]).toEqual([name, final]);
      }
      expect(await countIn('rounds')).toBeGreaterThan(await countIn('rounds', `WHERE state <> 'OPEN'`));
      expect(await countIn('seal_rows')).toBeGreaterThan(150);
      expect(await reported(await lastHead())).toMatchObject({ findings: [], since: 0 });
    });

    it('tells how much waits, and since when', async () => {
      expect(await house.get(SealQueries).lag()).toEqual({ rows: 0, isMore: false, oldestMs: 0 });
      await givenCase(village, { at: 'ACCEPTED' });
      house.clock.advance({ seconds: 3 });
      const lag = await house.get(SealQueries).lag();
      expect(lag.rows).toBeGreaterThan(0);
      expect([lag.oldestMs >= 3000, lag.oldestMs < 60_000]).toEqual([true, true]);
      await seal();
      expect((await house.get(SealQueries).lag()).rows).toBe(0);
    });

    it('lets one through where ten wake at the same moment, and loses no row', async () => {
      for (let round = 0; round < 3; round++) {
        later(1);
        await givenCase(village, { at: 'VOTING' });
        const before = await countIn('seal_batches');
        const sums = await Promise.all(Array.from({ length: 10 }, seal));
        expect(sums.reduce((sum, { batches }) => sum + batches, before)).toBe(await countIn('seal_batches'));
        await seal();
        expect((await house.get(SealQueries).lag()).rows).toBe(0);
      }
      expect((await reported(await lastHead())).findings).toEqual([]);
    });

    it('leaves the trail as it is: sealing is no act', async () => {
      later(1);
      const before = await countIn('audit_acts');
      await seal();
      expect(await countIn('audit_acts')).toBe(before);
    });

    it('finds a row that was made before the last one sealed, and committed after it', async () => {
      later(30);
      await insert(act(0));
      await seal();
      const late = act(9);
      await insert(late);
      expect(await seal()).toEqual({ batches: 1, rows: 1 });
      expect(await countIn('seal_rows', `WHERE row_id = '${late.id}'`)).toBe(1);
      expect((await reported(await lastHead())).findings).toEqual([]);
    });

    it('keeps a row from the books as long as its unit is open, and not longer', async () => {
      if (kind.name === 'sqlite') return; // there units come one after the other
      const [open, done] = [act(0), act(0)];
      let finish = (): void => undefined;
      const finished = new Promise<void>((resolve) => (finish = resolve));
      const unit = house.get(Transactions).run(async (tx) => {
        await tx.insert(AuditAct, open);
        await finished;
      });
      await insert(done);
      await seal();
      expect(await countIn('seal_rows', `WHERE row_id IN ('${open.id}', '${done.id}')`)).toBe(1);
      finish();
      await unit;
      await seal();
      expect(await countIn('seal_rows', `WHERE row_id IN ('${open.id}', '${done.id}')`)).toBe(2);
      expect((await reported(await lastHead())).findings).toEqual([]);
    });
  });

  describe('on paper', () => {
    const contentOf = async ({ code }: GivenCase) => {
      const notice = await house.get(NoticesQueries).findByCode(code);
      if (!notice?.issue) throw new Error('It was not signed');
      return notice.issue;
    };

    it('stands the last head before the signature, on page and PDF alike, and none before the first', async () => {
      const { content } = await contentOf(unsealed);
      expect(content.seal).toBeUndefined();
      const issue = await contentOf(signed);
      const { seal: printed = '' } = issue.content;
      expect(printed).toMatch(/^第\d+批 [0-9a-f]{4}( [0-9a-f]{4}){3}$/);
      expect(await house.get(SealQueries).holds(printed)).toBe(true);
      const papers = house.get(NoticePapers);
      expect(papers.html(issue.content)).toContain(`<dt>封存号</dt><dd>${printed}</dd>`);
      expect(papers.html(content)).not.toContain('封存号');
      const known = knownHeadIn(printed);
      const report = await reported(known);
      expect(report.findings).toEqual([]);
      expect(report.since).toBe(((await lastHead()).batch ?? 0) - (known?.batch ?? 0));
      if (!canReadPapers) return;
      const words = wordsOfPaper(await papers.getPdf(issue));
      expect(words).toContain(`封存号${printed.replaceAll(' ', '')}`);
    });

    it('stands on a receipt and on the red one that takes it back', async () => {
      const giftId = await give(village, 50_000, { donorId: await givenDonor(village) });
      const receipts = house.get(ReceiptsService);
      const first = (await house.get(SealQueries).printedHead()) ?? '';
      const { receiptId } = await receipts.issueReceipt(as(village, 'accountant'), { giftId });
      later(1);
      await seal();
      const second = (await house.get(SealQueries).printedHead()) ?? '';
      const red = await receipts.reverseReceipt(as(village, 'accountant'), {
        ...{ receiptId, cause: 'ERROR', reason: '名称少了两个字', returned: 'PAPER' },
      });
      await seal();
      expect(first).not.toBe(second);
      if (!canReadPapers) return;
      const wordsOf = async (id: string) =>
        wordsOfPaper(await house.get(ReceiptPapers).receipt(village.at.accountant, id));
      expect(await wordsOf(receiptId)).toContain(`封存号${first.replaceAll(' ', '')}`);
      expect(await wordsOf(red.receiptId)).toContain(`封存号${second.replaceAll(' ', '')}`);
      expect(await house.get(ReceiptsQueries).receipt(village.societyId, receiptId)).toBeDefined();
    });
  });

  describe('an export', () => {
    type Run = { readonly status: ExitStatus; readonly out: string };
    const huzhu = async (environment: Record<string, string>, ...words: string[]): Promise<Run> => {
      const out: string[] = [];
      const keep = (line: unknown) => out.push(String(line)) > 0;
      const spies = [
        jest.spyOn(console, 'log').mockImplementation(keep),
        jest.spyOn(console, 'error').mockImplementation(keep),
        jest.spyOn(process.stderr, 'write').mockImplementation(keep),
      ];
      try {
        return { status: await runCommandLine(words, environment), out: out.join('\n') };
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    };
    const inHouse = (...words: string[]) => {
      const { databaseUrl, dataDir } = house.get(Config);
      const now = house.clock.now().toISOString();
      return huzhu({ DATABASE_URL: databaseUrl, HUZHU_DATA_DIR: dataDir, HUZHU_NOW: now }, ...words);
    };
    /** No database, no key, no folder of the house. */
    const outside = (...words: string[]) =>
      huzhu({ DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none' }, ...words);
    let file: string;
    let head: string;

    beforeAll(async () => {
      file = join(directory, 'seal.jsonl');
      expect((await inHouse('seal:export', file)).status).toBe(0);
      const said = await inHouse('seal:head');
      head = /^\d+:[0-9a-f]{64}$/m.exec(said.out)?.[0] ?? '';
      expect(said.out).toContain((await house.get(SealQueries).printedHead()) ?? '-');
    });

    it('says so where the file cannot be written, and leaves none', async () => {
      const nowhere = join(directory, 'nowhere', 'seal.jsonl');
      const said = await inHouse('seal:export', nowhere);
      expect(said).toMatchObject({ status: 1, out: expect.stringContaining('ENOENT') as string });
      expect(said.out).not.toMatch(/^\s+at /m);
    });

    it('is checked without a database, by the whole head and by what stands on a paper', async () => {
      const whole = await outside('seal:verify', file, '--head', head);
      expect(whole).toMatchObject({ status: 0, out: expect.stringContaining('0 findings') as string });
      expect(whole.out).toContain('0 batches follow');
      const notice = await house.get(NoticesQueries).findByCode(signed.code);
      const printed = await outside('seal:verify', file, '--head', notice?.issue?.content.seal ?? '');
      expect(printed.status).toBe(0);
      const without = await outside('seal:verify', file);
      expect([without.status, without.out.includes('no --head was given')]).toEqual([0, true]);
    });

    it('ends with 1 and names the row where one is changed, and with 2 where the head is none', async () => {
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      const at = lines.findIndex((line) => line.includes('signNotice'));
      lines[at] = (lines[at] ?? '').replace('signNotice', 'signNothing');
      const changed = join(directory, 'changed.jsonl');
      writeFileSync(changed, lines.join('\n'));
      const said = await outside('seal:verify', changed, '--head', head);
      expect(said.status).toBe(1);
      expect(said.out).toMatch(/^CHANGED: batch \d+, position \d+, audit_acts\/[0-9a-f-]{36}: /m);
      expect((await outside('seal:verify', file, '--head', '12:abc')).status).toBe(2);
      expect((await outside('seal:verify', join(directory, 'none.jsonl'))).status).toBe(1);
    });

    it('may hold the heads alone, which is said', async () => {
      const heads = join(directory, 'heads.jsonl');
      expect((await inHouse('seal:export', heads, '--heads')).status).toBe(0);
      expect((await outside('seal:verify', heads, '--head', head)).status).toBe(1);
      expect((await outside('seal:verify', heads, '--head', head, '--heads')).status).toBe(0);
      expect(readFileSync(heads, 'utf8')).not.toContain('audit_acts');
    });

    it('holds no name, no number of a person, no vote and no code of a public page', () => {
      const text = readFileSync(file, 'utf8');
      const names = [...Object.values(village.at).map(({ name }) => name), '范长河', '蒋邻', '沈里', '顾捐'];
      for (const name of names) expect(text).not.toContain(name);
      expect(text).not.toContain(signed.code);
      expect(text).not.toMatch(/"(yes|no|abstain)"/);
      const fields = text.match(/\[\\"[a-z_]+\\",\\"(?:text|integer)\\",\\"[^\\]*\\"\]/g) ?? [];
      expect(fields.length).toBeGreaterThan(1000);
      const rest = fields.map((field) => field.replace(/[0-9a-f]{64}|[0-9a-f-]{36}/g, ''));
      expect(rest.filter((field) => /\d{11,}/.test(field))).toEqual([]);
    });
  });

  describe('somebody with the database in hand', () => {
    let intruder: Intruder;
    let rows: SealedRow[];
    let head: KnownHead;

    beforeAll(async () => {
      await seal();
      intruder = await intruderIn(house.dataSource);
      head = await lastHead();
      rows = await ask<SealedRow>(`
        SELECT s.source AS "source", s.row_id AS "id", b.number AS "batch", s.position AS "position"
        FROM seal_rows s JOIN seal_batches b ON b.id = s.batch_id
        ORDER BY b.number, s.position`);
    });
    afterAll(async () => {
      await intruder.close();
    });

    const named = async (known: KnownHead | null = head) => (await reported(known)).findings;
    const placeOf = ({ source, id, batch, position }: SealedRow) => ({
      batch,
      position,
      row: `${source}/${id}`,
    });
    const inOrder = (places: readonly object[]) => places.map((each) => JSON.stringify(each)).sort();
    /** A round that is made older than it is was changed, and came late besides: one place. */
    const placesIn = async () => [
      ...new Set(inOrder((await named()).map(({ batch, position, row }) => ({ batch, position, row })))),
    ];

    /** Another value in one of the columns that are sealed and hold one. */
    async function bend({ source, id }: SealedRow, dice: Dice): Promise<void> {
      const table = SEALED_TABLES.find(({ name }) => name === source);
      const [row = {}] = await ask<Record<string, unknown>>(`SELECT * FROM ${source} WHERE id = '${id}'`);
      // The key of another row, and the number of another, would be refused by the database itself.
      const held = (table?.columns ?? []).filter(([name, as]) => row[name] !== null && as !== 'instant');
      const [name, as] = dice.of(held);
      const text = `CASE WHEN SUBSTR("${name}", 1, 1) = 'x' THEN 'y' ELSE 'x' END || SUBSTR("${name}", 2)`;
      const value = as === 'integer' ? `"${name}" + 100000` : text;
      await intruder.run(`UPDATE ${source} SET "${name}" = ${value} WHERE id = '${id}'`);
    }

    it('changes a row: each is named with its place', async () => {
      const dice = new Dice(1);
      for (let i = 0; i < TIMES; i++) {
        const row = dice.of(rows);
        await intruder.undoing([row.source], async () => {
          await bend(row, dice);
          expect(await named()).toMatchObject([{ fault: 'CHANGED', ...placeOf(row) }]);
        });
      }
    });

    it('deletes a row: each is named', async () => {
      const dice = new Dice(2);
      for (let i = 0; i < TIMES; i++) {
        const row = dice.of(rows);
        await intruder.undoing([row.source], async () => {
          await intruder.run(`DELETE FROM ${row.source} WHERE id = '${row.id}'`);
          expect(await named()).toMatchObject([{ fault: 'MISSING', ...placeOf(row) }]);
        });
      }
    });

    it('swaps two rows: both are named', async () => {
      const dice = new Dice(3);
      for (let i = 0; i < TIMES; i++) {
        const one = dice.of(rows);
        const two = dice.of(rows.filter(({ source, id }) => source === one.source && id !== one.id));
        await intruder.undoing([one.source], async () => {
          for (const [from, to] of [
            [one.id, 'between'],
            [two.id, one.id],
            ['between', two.id],
          ])
            await intruder.run(`UPDATE ${one.source} SET id = '${to}' WHERE id = '${from}'`);
          const faults = await named();
          expect(
            inOrder(faults.filter(({ fault }) => fault === 'CHANGED').map(({ row }) => ({ row }))),
          ).toEqual(inOrder([one, two].map(({ source, id }) => ({ row: `${source}/${id}` }))));
          expect(await placesIn()).toEqual(inOrder([placeOf(one), placeOf(two)]));
        });
      }
    });

    const columnsOf = (table: string) =>
      house.dataSource.entityMetadatas
        .find(({ tableName }) => tableName === table)
        ?.columns.map(({ databaseName }) => databaseName)
        .filter((name) => name !== 'id')
        .map((name) => `"${name}"`)
        .join(', ') ?? '';

    it('slips in a row among the old ones: each is named, sealed by now or not', async () => {
      const dice = new Dice(4);
      const columns = columnsOf('audit_acts');
      const acts = rows.filter(({ source }) => source === 'audit_acts');
      const start = Date.parse('2026-03-02T01:00:00.000Z');
      const drainedAt = (await house.get(SealQueries).drainedAt()) ?? new Date(0);
      const span = drainedAt.getTime() - start - 11 * 60_000;
      for (let i = 0; i < TIMES; i++) {
        const id = uuidv7(
          new Date(start + dice.below(span)),
          Uint8Array.from({ length: 10 }, () => dice.below(256)),
        );
        const like = dice.of(acts);
        await intruder.undoing(['audit_acts', 'seal_rows', 'seal_batches'], async () => {
          await intruder.run(
            `INSERT INTO audit_acts (id, ${columns}) SELECT '${id}', ${columns} FROM audit_acts WHERE id = '${like.id}'`,
          );
          const findings = await house.get(SealVerifier).check();
          expect(findings.map(({ subject }) => subject)).toEqual([`audit_acts/${id}`]);
          if (i % 4 !== 0) return;
          const batch = dice.of(acts);
          await intruder.run(
            `INSERT INTO seal_rows SELECT 'planted', batch_id, 100000, 'audit_acts', '${id}', leaf, salt FROM seal_rows
             WHERE row_id = '${batch.id}' AND source = 'audit_acts'`,
          );
          const faults = await named();
          expect(faults).toContainEqual(
            expect.objectContaining({ fault: 'INSERTED', batch: batch.batch, row: `audit_acts/${id}` }),
          );
        });
      }
    });

    it('has the planted row sealed by the program itself: it is named as put in afterwards', async () => {
      const columns = columnsOf('audit_acts');
      const id = uuidv7(new Date('2026-03-02T01:20:00.000Z'), new Uint8Array(10));
      await intruder.undoing(['audit_acts', 'seal_rows', 'seal_batches'], async () => {
        const [like] = rows.filter(({ source }) => source === 'audit_acts');
        await intruder.run(
          `INSERT INTO audit_acts (id, ${columns}) SELECT '${id}', ${columns} FROM audit_acts WHERE id = '${like?.id ?? ''}'`,
        );
        // One page of one table is looked at in each call: in time all of them are.
        for (
          let calls = 0;
          calls < 200 && (await countIn('seal_rows', `WHERE row_id = '${id}'`)) === 0;
          calls++
        )
          await seal();
        expect(await named()).toMatchObject([{ fault: 'BACKDATED', row: `audit_acts/${id}` }]);
      });
    });

    /** Takes the last batches away with all that they hold. */
    async function cut(from: number): Promise<void> {
      for (const source of new Set(rows.filter(({ batch }) => batch >= from).map((row) => row.source)))
        await intruder.run(
          `DELETE FROM ${source} WHERE id IN (SELECT s.row_id FROM seal_rows s JOIN seal_batches b ON b.id = s.batch_id
           WHERE b.number >= ${from} AND s.source = '${source}')`,
        );
      await intruder.run(
        `DELETE FROM seal_rows WHERE batch_id IN (SELECT id FROM seal_batches WHERE number >= ${from})`,
      );
      await intruder.run(`DELETE FROM seal_batches WHERE number >= ${from}`);
    }
    const ALL = [...SEALED_TABLES.map(({ name }) => name), 'seal_rows', 'seal_batches'];

    it('cuts the tail: named by the head that was kept outside, and by nothing else', async () => {
      const dice = new Dice(5);
      for (let i = 0; i < TIMES; i++)
        await intruder.undoing(ALL, async () => {
          await cut(1 + dice.below(head.batch ?? 1));
          expect(await named()).toMatchObject([{ fault: 'CUT', batch: head.batch }]);
          expect(await named(null)).toEqual([]);
        });
    });

    it('rewrites a row and all its seals: named by the head that was kept outside, and by nothing else', async () => {
      const dice = new Dice(6);
      for (let i = 0; i < TIMES; i++) {
        const row = dice.of(rows);
        await intruder.undoing([row.source, 'seal_rows', 'seal_batches'], async () => {
          await bend(row, dice);
          await intruder.run('DELETE FROM seal_rows');
          await intruder.run('DELETE FROM seal_batches');
          for (let more = true; more;) more = (await seal()).batches > 0;
          const [finding] = await named();
          // Made anew in fewer batches, the history ends before the batch of the head.
          expect(['CUT', 'REWRITTEN']).toContain(finding?.fault);
          expect(await named(null)).toEqual([]);
        });
      }
    });

    it('cannot take the heads back from the papers: a notice tells of a history made anew', async () => {
      await intruder.undoing(['seal_rows', 'seal_batches'], async () => {
        await intruder.run('DELETE FROM seal_rows');
        await intruder.run('DELETE FROM seal_batches');
        await seal();
        const { findings } = await findAll(house.app);
        expect(findings.map(({ kind: what }) => what)).toContain('notice content');
        expect(findings.some(({ words }) => words.includes('不在封存记录里'))).toBe(true);
      });
      expect((await findAll(house.app)).findings).toEqual([]);
    });

    it('is told of in words that name nobody', async () => {
      const row = rows.find(({ source }) => source === 'vouchers');
      if (!row) throw new Error('There are vouchers');
      await intruder.undoing(['vouchers'], async () => {
        await intruder.run(`UPDATE vouchers SET day = '2020-01-01' WHERE id = '${row.id}'`);
        const findings = await house.get(SealVerifier).check();
        expect(findings).toEqual([
          {
            kind: 'seal',
            subject: `vouchers/${row.id}`,
            words: `第 ${row.batch} 批第 ${row.position} 条：和封存时不一样，被改过`,
          },
        ]);
      });
      await expect(checkSealFile(join(directory, 'seal.jsonl'), null)).resolves.toMatchObject({
        findings: [],
      });
    });
  });

  describe('more than a batch holds', () => {
    it('is sealed in further batches', async () => {
      await house.get(Transactions).run(async (tx) => {
        await tx.insert(
          AuditAct,
          Array.from({ length: 1003 }, () => act(0)),
        );
      });
      expect(await seal()).toEqual({ batches: 3, rows: 1003 });
      expect((await reported(await lastHead())).findings).toEqual([]);
    });
  });
});
