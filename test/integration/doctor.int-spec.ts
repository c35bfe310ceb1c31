import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sign } from '../../src/house/doctor.js';
import { signsOfLags } from '../../src/house/doctor.js';
import { runCommandLine } from '../../src/house/command-line.js';
import { noteRun } from '../../src/platform/observability/last-runs.js';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { schema } from '../../src/schema.js';
import { kinds } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { intruderIn } from '../support/intruder.js';

type Seen = { readonly status: number; readonly signs: readonly Sign[]; readonly faults: number };

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let directory: string;
  let environment: Record<string, string>;

  beforeAll(async () => {
    database = await kind.create();
    directory = mkdtempSync(join(tmpdir(), 'huzhu-doctor-'));
    environment = { DATABASE_URL: database.url, HUZHU_DATA_DIR: directory };
  });
  afterAll(async () => {
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  const huzhu = async (words: string[], of = environment): Promise<{ status: number; out: string }> => {
    const out: string[] = [];
    const spy = jest.spyOn(console, 'log').mockImplementation((line: unknown) => void out.push(String(line)));
    try {
      return { status: await runCommandLine(words, of), out: out.join('\n') };
    } finally {
      spy.mockRestore();
    }
  };
  const doctor = async (of = environment): Promise<Seen> => {
    const { status, out } = await huzhu(['doctor', '--json'], of);
    return { ...(JSON.parse(out) as Seen), status };
  };
  const levelOf = ({ signs }: Seen, check: string): string | undefined =>
    signs.find((sign) => sign.check === check)?.level;

  it('names wrong settings, and no more', async () => {
    const seen = await doctor({ ...environment, DATABASE_URL: 'nonsense' });
    expect([seen.status, seen.signs.map(({ check }) => check)]).toEqual([1, ['settings']]);
  });

  it('says of a place where nothing is yet what is missing, and makes none of it', async () => {
    const seen = await doctor();
    expect(seen.status).toBe(1);
    expect([
      levelOf(seen, 'key file'),
      levelOf(seen, kind.name === 'sqlite' ? 'database' : 'migrations'),
    ]).toEqual(['fault', 'fault']);
    const levels = ({ signs }: Seen) => signs.map(({ check, level }) => `${check} ${level}`);
    expect(levels(await doctor())).toEqual(levels(seen));
  });

  it('finds nothing broken where all is set up, and says of each warning what to do', async () => {
    await huzhu(['keys:create', join(directory, 'keys.json')]);
    await huzhu(['migrate']);
    const fresh = await doctor();
    expect(fresh.signs.filter(({ level }) => level === 'fault')).toEqual([]);
    expect(fresh.status).toBe(0);
    expect([levelOf(fresh, 'last backup'), levelOf(fresh, 'last verify')]).toEqual(['warn', 'warn']);
    expect(fresh.signs.filter(({ level, advice }) => level !== 'ok' && !advice)).toEqual([]);
    await huzhu(['verify']);
    await huzhu(['backup:key', join(directory, 'backup.key')]);
    await huzhu(['backup', join(directory, 'a.backup'), '--key-file', join(directory, 'backup.key')]);
    const cared = await doctor();
    const checks = [
      'settings',
      'key file',
      'fonts',
      'database',
      'migrations',
      'triggers',
      'last backup',
      'last verify',
    ];
    for (const check of [...checks, 'messages', 'webhooks', 'seal'])
      expect([check, levelOf(cared, check)]).toEqual([check, 'ok']);
    expect((await huzhu(['doctor'])).out).toMatch(/0 faults, \d warnings$/);
  });

  it('sees a key file that others may read', async () => {
    chmodSync(join(directory, 'keys.json'), 0o644);
    const seen = await doctor();
    chmodSync(join(directory, 'keys.json'), 0o600);
    expect([seen.status, levelOf(seen, 'key file')]).toEqual([1, 'fault']);
  });

  it('sees what verify found, and a run that is too long ago', async () => {
    await noteRun(directory, 'verify', { at: new Date().toISOString(), findings: 1 });
    expect(levelOf(await doctor(), 'last verify')).toBe('fault');
    await noteRun(directory, 'verify', { at: '2026-01-01T00:00:00.000Z', findings: 0 });
    expect(levelOf(await doctor(), 'last verify')).toBe('warn');
  });

  it('sees that a trigger, a list of holidays or a migration is gone', async () => {
    const dataSource = await dataSourceOf(database.url, schema).initialize();
    const intruder = await intruderIn(dataSource); // takes every trigger away
    const year = String(new Date().getUTCFullYear());
    await intruder.undoing(['calendar_years'], async () => {
      await intruder.run(`DELETE FROM calendar_years WHERE year = ${year}`);
      const seen = await doctor();
      expect([levelOf(seen, 'triggers'), levelOf(seen, 'calendar')]).toEqual(['fault', 'fault']);
    });
    await intruder.undoing(['migrations'], async () => {
      await intruder.run(`DELETE FROM migrations WHERE name LIKE 'CreateSeal%'`);
      expect(levelOf(await doctor(), 'migrations')).toBe('fault');
      await intruder.run(`UPDATE migrations SET name = 'Newer2099' WHERE name LIKE 'CreateLooks%'`);
      const newer = (await doctor()).signs.find(({ check }) => check === 'migrations');
      expect(newer?.words).toContain('Newer2099');
    });
    await intruder.close();
    await dataSource.destroy();
  });

  it('names no password where the database does not answer', async () => {
    const seen = await doctor({ ...environment, DATABASE_URL: 'mysql://root:a-secret-word@127.0.0.1:9/x' });
    expect(levelOf(seen, 'database')).toBe('fault');
    expect(JSON.stringify(seen)).not.toContain('a-secret-word');
  });

  it('warns of what is behind, and not of what is just due', () => {
    const none = { count: 0, oldestMs: 0 };
    const lags = {
      messages: { count: 3, oldestMs: 16 * 60_000 },
      webhooks: none,
      seal: { count: 1, oldestMs: 4000 },
    };
    const levels = signsOfLags({ ...lags, overdueDuties: [] }).map(({ level }) => level);
    expect(levels).toEqual(['warn', 'ok', 'ok']);
  });
});
