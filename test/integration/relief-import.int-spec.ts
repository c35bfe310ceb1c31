import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../src/house/command-line.js';
import type { ExitStatus } from '../../src/house/command-line.js';
import type { Actor } from '../../src/kernel/actor.js';
import { PeopleQueries, PeopleService } from '../../src/people/index.js';
import { Config } from '../../src/platform/config.js';
import { readReliefSheet, ReliefImportService, reliefTemplateSheet } from '../../src/relief/index.js';
import type { ReliefImported } from '../../src/relief/index.js';
import { RELIEF_COLUMNS } from '../../src/relief/domain/relief-sheet.js';
import type { ReliefColumn } from '../../src/relief/domain/relief-sheet.js';
import { SocietiesQueries } from '../../src/societies/index.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import {
  applicantIn,
  by,
  end,
  givenHome,
  givenProject,
  givenReliefGround,
  submit,
} from '../support/relief.js';
import type { ReliefGround } from '../support/relief.js';
import { sheetOfRows } from '../support/sheets.js';
import { staysSound } from '../support/sound.js';
import { cardNumber, idNumber, personIn } from '../support/village.js';

type Row = Partial<Record<ReliefColumn, string | number | null>>;
const COLUMNS = Object.keys(RELIEF_COLUMNS) as ReliefColumn[];

let numbers = 0;
const invoiceNumber = () => `XLS${String(++numbers).padStart(8, '0')}`;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let ground: ReliefGround;
  let actor: Actor;
  let keys = 0;

  beforeAll(async () => {
    house = await givenHouse(kind);
    ground = await givenReliefGround(house);
    actor = { ...by(ground.home, 'clerk').actor, accountId: null, personId: null, origin: 'cli' };
  });
  staysSound(() => house);
  afterAll(() => house.close());

  /** A family of the register, and the row by which it asks. */
  const givenRow = async (more: Row = {}): Promise<Row & { idNumber: string; personId: string }> => {
    const number = idNumber();
    const personId = await applicantIn(ground, ground.home, { idNumber: number });
    const row = { name: '范长河', idNumber: number, fund: ground.fund.name, cause: '突发疾病' };
    const asked = { invoices: `${invoiceNumber()} 99540.00`, publish: '是', signed: '是' };
    return { ...row, ...asked, personId, ...more } as Row & { idNumber: string; personId: string };
  };
  const sheetWith = (rows: readonly Row[]): Promise<Buffer> =>
    sheetOfRows([
      Object.values(RELIEF_COLUMNS),
      ...rows.map((row) => COLUMNS.map((column) => row[column] ?? null)),
    ]);
  const imported = async (
    rows: readonly Row[],
    { key = `sheet-${++keys}`, isDry = false, as = actor } = {},
  ): Promise<ReliefImported> => {
    const sheet = await readReliefSheet(await sheetWith(rows));
    return house.get(ReliefImportService).importSheet(as, sheet, { key, isDry });
  };
  const cases = async (): Promise<Record<string, unknown>[]> =>
    house.dataSource.query(
      `SELECT r.id AS "id", r.cause AS "cause", r.total_fen AS "totalFen", r.debts_fen AS "debtsFen", r.node_id AS "nodeId",
              r.account_id AS "accountId", r.origin_person_id AS "personId", r.applicant_id AS "applicantId",
              r.story_sealed AS "story", r.home_society_id AS "homeId"
       FROM relief_cases r ORDER BY r.id`,
    );
  const reasonsOf = ({ faults }: ReliefImported) =>
    faults.map(({ row, column, reason }) => `${row} ${column}: ${reason}`);

  it('submits every row as an application of the society', async () => {
    const project = await givenProject(ground, 1_000_000);
    const one = await givenRow({
      debts: '3万',
      story: '在县医院住院',
      invoices: `${invoiceNumber()} 100；${invoiceNumber()} 200.5`,
    });
    const other = await givenRow({ project: project.name, cause: '自然灾害', publish: '否' });
    const before = (await cases()).length;
    const answer = await imported([one, other]);
    expect(answer).toMatchObject({ ready: 2, already: [], faults: [] });
    expect(answer.submitted.map(({ row, number }) => [row, number.slice(0, 7)])).toEqual([
      [2, '慈救2026-'],
      [3, '慈救2026-'],
    ]);
    const [first, second] = (await cases()).slice(before);
    expect(first).toMatchObject({
      cause: 'ILLNESS',
      personId: one.personId,
      nodeId: ground.fund.fundId,
      accountId: null,
    });
    expect([Number(first?.['totalFen']), Number(first?.['debtsFen'])]).toEqual([30_050, 3_000_000]);
    expect(first?.['story']).not.toContain('医院');
    expect(second).toMatchObject({
      cause: 'DISASTER',
      nodeId: project.fundId,
      homeId: ground.home.societyId,
    });
    const consents = (applicantId: unknown) =>
      house.get(PeopleQueries).consentsOf(ground.federationId, String(applicantId));
    const given = { process: true, healthBank: true, verify: true };
    expect(await consents(first?.['applicantId'])).toMatchObject({ ...given, publish: true });
    expect(await consents(second?.['applicantId'])).toMatchObject({ ...given, publish: false });
  });

  it('submits nothing twice: the same file, the same row in another file, and ten runs at once', async () => {
    const rows = [await givenRow(), await givenRow()];
    const first = await imported(rows, { key: 'the-same-file' });
    const count = (await cases()).length;
    expect(await imported(rows, { key: 'the-same-file' })).toMatchObject({
      ...{ submitted: [], ready: 0, faults: [] },
      already: first.submitted,
    });
    const more = await imported([...rows, await givenRow()], { key: 'a-longer-file' });
    expect([more.already.length, more.submitted.length]).toEqual([2, 1]);
    expect(await cases()).toHaveLength(count + 1);

    const fresh = [await givenRow(), await givenRow()];
    await Promise.all(Array.from({ length: 10 }, () => imported(fresh, { key: 'at-once' })));
    expect(await cases()).toHaveLength(count + 3);
  });

  it('submits nothing anew by the same file after a case was taken back, and does by another', async () => {
    const row = await givenRow();
    await imported([row], { key: 'taken-back' });
    const made = (await cases()).at(-1);
    await end(ground, { reliefId: String(made?.['id']), home: ground.home }, 'OWN_WISH');
    const count = (await cases()).length;
    await imported([row], { key: 'taken-back' });
    expect(await cases()).toHaveLength(count);
    expect(await imported([row], { key: 'another-file' })).toMatchObject({ submitted: [{ row: 2 }] });
    expect(await cases()).toHaveLength(count + 1);
  });

  it('looks at all rows first, names row and column of each mistake, and submits nothing', async () => {
    const used = invoiceNumber();
    await submit(ground, { invoices: [{ number: used, amountFen: 100 as never }] });
    const noGuardian = idNumber('20200301');
    await applicantIn(ground, ground.home, { name: '范小宝', idNumber: noGuardian });
    const elsewhere = await givenHome(house, ground.federationId);
    const stranger = idNumber();
    await personIn(house, elsewhere.societyId, { name: '范长河', idNumber: stranger });
    const count = (await cases()).length;
    const answer = await imported([
      await givenRow(),
      await givenRow({ idNumber: stranger }),
      await givenRow({ name: '范大山' }),
      await givenRow({ fund: '没有的基金' }),
      await givenRow({ project: '没有的项目' }),
      await givenRow({ cause: '就学' }),
      await givenRow({ invoices: `${invoiceNumber()} 5；${used} 1` }),
      await givenRow({ name: '范小宝', idNumber: noGuardian }),
      await givenRow({ cardTail: '9999' }),
      await givenRow({ signed: '否', debts: 'x' }),
    ]);
    expect(reasonsOf(answer)).toEqual([
      '3 身份证号: 名册里没有这个身份证号，请先把人登记进名册',
      '4 姓名: 和名册里这个身份证号的姓名不一样',
      '5 基金: 没有这个基金，请填全名',
      '6 项目: 这个基金下面没有这个项目，请填全名',
      '7 事由: 这个基金的规则里没有“就学”这一项',
      '8 发票: 第 2 张在本基金已经用过',
      expect.stringMatching(/^9 姓名: .*监护人/) as string,
      '10 收款卡尾号: 名册里没有这个尾号的收款卡',
      '11 负债: 金额没写对，如 30000 或 3万；没有就空着',
      '11 已签同意书: 没有签字的同意书和承诺书，不能申请；请先请申请人（监护人）签字',
    ]);
    expect([answer.ready, answer.submitted]).toEqual([1, []]);
    expect(await cases()).toHaveLength(count);
  });

  it('D4-11 refuses an invoice that another family has used, without telling whose it is', async () => {
    const row = await givenRow();
    await imported([row]);
    const other = await givenRow({ invoices: row.invoices ?? null });
    const reasons = reasonsOf(await imported([other]));
    expect(reasons).toEqual(['2 发票: 第 1 张在本基金已经用过']);
  });

  it('pays to the only account of the family, to the one whose end is given, and asks where there are several', async () => {
    const row = await givenRow();
    const add = async () =>
      house.get(PeopleService).addPayeeAccount(by(ground.home, 'clerk'), {
        ...{ personId: row.personId, bankName: '农村信用社', cardNumber: cardNumber() },
      });
    await add();
    const dry = await imported([row], { isDry: true });
    expect([dry.ready, dry.submitted]).toEqual([1, []]);
    const { payeeAccountId } = await add();
    expect(reasonsOf(await imported([row]))).toEqual([
      '2 收款卡尾号: 名册里不止一张收款卡，请填尾号；尾号相同的，请在页面上申请',
    ]);
    const accounts = await house.get(PeopleQueries).payeeAccounts(ground.home.societyId, row.personId);
    const { cardTail } = accounts.find(({ id }) => id === payeeAccountId) ?? {};
    expect(await imported([{ ...row, cardTail: cardTail ?? null }])).toMatchObject({
      submitted: [{ row: 2 }],
    });
    expect((await cases()).at(-1)?.['accountId']).not.toBeNull();
  });

  it('D4-69 finds nobody in the register of another society', async () => {
    const row = await givenRow();
    const elsewhere = await givenHome(house, ground.federationId);
    const as = { ...actor, societyId: elsewhere.societyId };
    expect(reasonsOf(await imported([row], { as }))).toEqual([
      expect.stringContaining('2 身份证号: 名册里没有'),
    ]);
  });

  it('reads the template that it gives, once something stands in it', async () => {
    await expect(readReliefSheet(await reliefTemplateSheet())).rejects.toThrow('一件申请也没有');
  });

  describe('on the command line', () => {
    let directory: string;
    beforeAll(() => (directory = mkdtempSync(join(tmpdir(), 'huzhu-relief-'))));
    afterAll(() => {
      rmSync(directory, { recursive: true, force: true });
    });

    const huzhu = async (...words: string[]): Promise<{ status: ExitStatus; out: string }> => {
      const { databaseUrl, dataDir } = house.get(Config);
      const environment = {
        ...{ DATABASE_URL: databaseUrl, HUZHU_DATA_DIR: dataDir },
        HUZHU_NOW: house.clock.now().toISOString(),
      };
      const out: string[] = [];
      const kept = (line: unknown) => out.push(String(line)) > 0;
      const spies = [
        jest.spyOn(console, 'log').mockImplementation(kept),
        jest.spyOn(console, 'error').mockImplementation(kept),
        jest.spyOn(process.stderr, 'write').mockImplementation(kept),
      ];
      try {
        return { status: await runCommandLine(words, environment), out: out.join('\n') };
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    };
    const fileOf = async (rows: readonly Row[]): Promise<string> => {
      const file = join(directory, `${++keys}.xlsx`);
      writeFileSync(file, await sheetWith(rows));
      return file;
    };
    const society = async () => {
      const { boardCode } = await house.get(SocietiesQueries).society(ground.home.societyId);
      return ['--society', boardCode];
    };

    it('looks first, then submits, then finds all there: 0', async () => {
      const file = await fileOf([await givenRow(), await givenRow()]);
      const words = ['import:relief', file, ...(await society())];
      expect(await huzhu(...words, '--dry-run')).toEqual({
        ...{ status: 0, out: '2 would be submitted, 0 there already, 0 faults' },
      });
      const first = await huzhu(...words);
      expect([first.status, first.out]).toEqual([
        0,
        expect.stringMatching(/^2 submitted, .*\nrow 2: 慈救2026-\d{4}\nrow 3: /),
      ]);
      const again = await huzhu(...words, '--json');
      expect([again.status, JSON.parse(again.out)]).toMatchObject([
        0,
        { submitted: [], already: [{ row: 2 }, { row: 3 }] },
      ]);
    });

    it('names what is wrong, row by row: 1', async () => {
      const file = await fileOf([await givenRow(), await givenRow({ invoices: '1 2' })]);
      const count = (await cases()).length;
      const { status, out } = await huzhu('import:relief', file, ...(await society()));
      expect([status, out]).toEqual([
        1,
        expect.stringMatching(/^0 submitted, 0 there already, 1 faults\nrow 3, 发票: 第 1 张没写对/),
      ]);
      expect(await cases()).toHaveLength(count);
      writeFileSync(file, 'no sheet');
      expect(await huzhu('import:relief', file, ...(await society()))).toMatchObject({ status: 1 });
      expect(await huzhu('import:relief', file, '--society', 'ZZZZZZZZ')).toMatchObject({ status: 1 });
    });

    it('does not guess the society: 2', async () => {
      expect((await huzhu('import:relief', await fileOf([]))).status).toBe(2);
      expect((await huzhu('import:relief', ...(await society()))).status).toBe(2);
    });

    it('writes an empty sheet', async () => {
      const file = join(directory, 'empty.xlsx');
      expect(await huzhu('export:relief-sheet', file)).toEqual({ status: 0, out: `wrote ${file}` });
    });
  });
});
