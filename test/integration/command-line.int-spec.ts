import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchedulerRegistry } from '@nestjs/schedule';
import { runCommandLine } from '../../src/house/command-line.js';
import type { ExitStatus } from '../../src/house/command-line.js';
import type { Environment } from '../../src/platform/config.js';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { KeyChange } from '../../src/platform/crypto/key-change.js';
import type { Finding } from '../../src/platform/verify.js';
import { schema } from '../../src/schema.js';
import { kinds } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { intruderIn } from '../support/intruder.js';

type Run = { readonly status: ExitStatus; readonly out: string; readonly err: string };

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let directory: string;
  let environment: Environment;

  beforeAll(async () => {
    database = await kind.create();
    directory = mkdtempSync(join(tmpdir(), 'huzhu-cli-'));
    environment = { DATABASE_URL: database.url, HUZHU_DATA_DIR: directory };
  });
  afterAll(async () => {
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The exit status, and what stood on the screen. */
  const huzhu = async (...words: string[]): Promise<Run> => {
    const [out, err]: [string[], string[]] = [[], []];
    const spies = [
      jest.spyOn(console, 'log').mockImplementation((line: unknown) => void out.push(String(line))),
      jest.spyOn(console, 'error').mockImplementation((line: unknown) => void err.push(String(line))),
      jest.spyOn(process.stdout, 'write').mockImplementation((line) => out.push(String(line)) > 0),
      jest.spyOn(process.stderr, 'write').mockImplementation((line) => err.push(String(line)) > 0),
    ];
    try {
      const status = await runCommandLine(words, environment);
      return { status, out: out.join('\n'), err: err.join('\n') };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  };
  const jsonOf = async <T>(...words: string[]): Promise<T & { status: ExitStatus }> => {
    const { status, out } = await huzhu(...words, '--json');
    return { ...(JSON.parse(out) as T), status };
  };
  const written = (name: string, text: string): string => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  };

  it('migrate builds the schema and the calendar, and a second time finds nothing to do', async () => {
    const first = await jsonOf<{ migrations: string[] }>('migrate');
    expect([first.status, first.migrations.length]).toEqual([0, schema.migrations.length]);
    expect(await huzhu('migrate')).toEqual({ status: 0, out: 'nothing to do', err: '' });
  });

  it('retention:run counts what is due, and forgets what is', async () => {
    const dry = await jsonOf<{ dryRun: boolean; counts: { kind: string; count: number }[] }>(
      ...['retention:run', '--dry-run'],
    );
    expect([dry.status, dry.dryRun, dry.counts.every(({ count }) => count === 0)]).toEqual([0, true, true]);
    expect(dry.counts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([
        'PERSON',
        'DONOR',
        'OBJECTOR',
        'LEAD',
        'DRAFT',
        'IMPORT',
        'SIGN_IN',
        'MESSAGE',
      ]),
    );
    const done = await huzhu('retention:run');
    expect([done.status, done.out.includes('PERSON: 0 forgotten')]).toEqual([0, true]);
  });

  it('verify ends with 0 on a database that is sound', async () => {
    const answer = await jsonOf<{ checked: string[]; findings: Finding[] }>('verify');
    expect(answer).toMatchObject({ status: 0, findings: [] });
    expect(answer.checked.length).toBeGreaterThanOrEqual(5);
  });

  it('a command starts nothing that happens by the clock', async () => {
    const added = jest.spyOn(SchedulerRegistry.prototype, 'addInterval');
    const running: string[][] = [];
    const use = jest.spyOn(KeyChange.prototype, 'use').mockImplementation(() => {
      const [registry] = added.mock.contexts as SchedulerRegistry[];
      if (registry) running.push(registry.getIntervals());
      return Promise.resolve(new Map());
    });
    try {
      expect((await huzhu('keys:status')).status).toBe(0);
      expect(added).toHaveBeenCalled();
      expect(running).toEqual([[]]);
    } finally {
      use.mockRestore();
      added.mockRestore();
    }
  });

  it('keys:create makes a key file once, for its owner only, and never writes over one', async () => {
    const path = join(directory, 'made', 'keys.json');
    expect((await huzhu('keys:create', path)).status).toBe(0);
    const made = readFileSync(path, 'utf8');
    const again = await huzhu('keys:create', path);
    expect(again.status).toBe(1);
    expect(again.err).toContain('EEXIST');
    expect(readFileSync(path, 'utf8')).toBe(made);
  });

  it('keys:add, keys:rotate and keys:retire change the key that seals, and keep the one that still does', async () => {
    expect(await jsonOf('keys:status')).toMatchObject({ status: 0, current: 'k1' });
    expect(await jsonOf('keys:add')).toMatchObject({ status: 0, id: 'k2' });
    expect(await jsonOf('keys:status')).toMatchObject({ current: 'k1' });
    expect(await jsonOf('keys:rotate')).toMatchObject({ status: 0, current: 'k2' });
    expect(await jsonOf('keys:reseal')).toMatchObject({ status: 0, current: 'k2', values: 0 });
    expect((await huzhu('keys:retire', 'k2')).err).toContain('seals now');
    expect(await jsonOf('keys:retire', 'k1')).toMatchObject({ status: 0, left: 0 });
    expect((await huzhu('keys:retire', 'k1')).err).toContain('does not hold k1');
    expect(await jsonOf('keys:add')).toMatchObject({ id: 'k3' });
    expect(await jsonOf('keys:retire', 'k3')).toMatchObject({ status: 0 });
    expect(await jsonOf('keys:add')).toMatchObject({ id: 'k4' }); // no id is given twice
    expect(existsSync(join(directory, 'keys.json.k1'))).toBe(true);
  });

  it('import:regions takes a list of places, once', async () => {
    const list = join(process.cwd(), 'data', 'regions', 'liuxi-county.csv');
    const first = await jsonOf<{ added: number; ended: number }>('import:regions', list);
    expect(first.status).toBe(0);
    expect(first.added).toBeGreaterThan(0);
    expect(await jsonOf('import:regions', list)).toMatchObject({ added: first.added });
    const changed = written('again.csv', `${readFileSync(list, 'utf8')}\n`);
    expect(await jsonOf('import:regions', changed)).toMatchObject({ status: 0, added: 0, ended: 0 });
  });

  it('import:holidays takes the list of a year, and names what is wrong with another', async () => {
    const festivals = { 元旦: '01-01', 春节: '01-23', 劳动节: '05-01', 国庆节: '10-01' };
    const days = Object.entries(festivals).map(([name, date]) => ({
      name,
      date: `2031-${date}`,
      isOffDay: true,
    }));
    const list = written('2031.json', JSON.stringify({ year: 2031, days }));
    expect(await jsonOf('import:holidays', list)).toMatchObject({ status: 0, recalculated: 0 });
    const wrong = await huzhu('import:holidays', written('wrong.json', '{"year":2032,"days":"none"}'));
    expect(wrong.status).toBe(1);
    expect(wrong.err).not.toBe('');
  });

  it('admin:create prints a link that is to be used once', async () => {
    const { status, link } = await jsonOf<{ link: string }>('admin:create');
    expect(status).toBe(0);
    expect(link).toMatch(/^http:\/\/localhost:3000\/link\/[\w-]{43}$/);
    const another = await jsonOf<{ link: string }>('admin:create');
    expect(another.status).toBe(0);
    expect(another.link).not.toBe(link);
  });

  it('export:permissions writes the table as a page', async () => {
    const path = join(directory, 'permissions.md');
    expect((await huzhu('export:permissions', path)).status).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('POST /api/v1/payments/:orderId/transfer');
  });

  it.each([
    ['a command that is not there', ['close-everything']],
    ['no command at all', []],
    ['a file left out', ['import:regions']],
    ['an option that is not there', ['verify', '--quietly']],
    ['a file to verify left out', ['notice:verify']],
    ['no year', ['export:notices', '--out', 'x', '--year', 'last']],
  ])('ends with 2 at %s', async (_why, words) => {
    expect((await huzhu(...words)).status).toBe(2);
  });

  it('notice:verify ends with 1 at a file that is none of ours, and says so', async () => {
    const letter = written('letter.pdf', '%PDF-1.4 a letter');
    expect(await jsonOf('notice:verify', letter)).toMatchObject({
      status: 1,
      verdict: 'UNKNOWN',
      notice: null,
    });
    expect((await huzhu('notice:verify', letter)).out).toContain('不是我们签发的文件');
  });

  it('export:notices writes a list even where nothing was signed, and knows no society that is not there', async () => {
    const out = join(directory, 'notices');
    const empty = { status: 0, kept: 0, reprinted: 0, already: 0, failed: [] };
    expect(await jsonOf('export:notices', '--year', '2026', '--out', out)).toEqual(empty);
    expect(readFileSync(join(out, 'index-2026.csv'), 'utf8')).toContain('文号');
    const none = await huzhu('export:notices', '--year', '2026', '--out', out, '--society', 'ZZZZZZZZ');
    expect(none.status).toBe(1);
  });

  it('ends with 1 where a file is not there, and with 0 where only help is wanted', async () => {
    expect((await huzhu('import:regions', join(directory, 'nowhere.csv'))).status).toBe(1);
    expect(existsSync(join(directory, 'nowhere.csv'))).toBe(false);
    const help = await huzhu('--help');
    expect(help.status).toBe(0);
    for (const name of ['migrate', 'verify', 'keys:create', 'import:people'])
      expect(help.out).toContain(name);
  });

  // Last: what is planted stays.
  it('verify ends with 1 and names what does not fit', async () => {
    const dataSource = await dataSourceOf(database.url, schema).initialize();
    const intruder = await intruderIn(dataSource);
    await intruder.run(
      `INSERT INTO books VALUES ('0192f000-0000-7000-8000-0000000000aa', '0192f000-0000-7000-8000-0000000000ab', '柳溪社', NULL, '2026-03-02 01:00:00.000')`,
    );
    await intruder.run(
      `INSERT INTO fund_balances VALUES ('0192f000-0000-7000-8000-0000000000ac', '0192f000-0000-7000-8000-0000000000aa', '救急难池', 'none', 1, 0, 0)`,
    );
    await intruder.close();
    await dataSource.destroy();
    const answer = await jsonOf<{ findings: Finding[] }>('verify');
    expect(answer.status).toBe(1);
    expect(answer.findings).toEqual([
      {
        kind: 'balance',
        subject: 'fund_balances/0192f000-0000-7000-8000-0000000000ac',
        words: '余额记着 0.01 元，按凭证重算是 0.00 元',
      },
    ]);
    const lines = await huzhu('verify');
    expect(lines.status).toBe(1);
    expect(lines.out).toContain('balance: fund_balances/');
    expect(lines.out).toContain('1 findings');
  });
});
