import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';

const CLI = join(process.cwd(), 'dist', 'src', 'cli.js');
/** Whoever has not ended by then waits for ever, and a nightly unit with it. */
const AT_MOST_MS = 60_000;

/** A command of the built program that cannot begin: it says why in one sentence, and ends. */
describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataDir: string;

  beforeAll(async () => {
    database = await kind.create();
    await (await migrated(database)).destroy();
    dataDir = mkdtempSync(join(tmpdir(), 'huzhu-beginning-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(dataDir, { recursive: true });
  });

  const verify = (settings: Readonly<Record<string, string>>) =>
    new Promise<{ readonly status: unknown; readonly out: string; readonly err: string }>((resolve) => {
      const env = {
        PATH: process.env['PATH'],
        DATABASE_URL: database.url,
        HUZHU_DATA_DIR: dataDir,
        ...settings,
      };
      const options = { cwd: dataDir, env, timeout: AT_MOST_MS };
      execFile(process.execPath, [CLI, 'verify'], options, (error, out, err) => {
        resolve({ status: error ? error.code : 0, out, err });
      });
    });

  it('without its key file, which it looks for once the database is open', async () => {
    const { status, out, err } = await verify({
      NODE_ENV: 'production',
      HUZHU_COOKIE_SECRET: 'a secret of the tests, forty letters long.',
      HUZHU_PUBLIC_URL: 'https://huzhu.example',
      HUZHU_KEY_FILE: '/nonexistent/keys.json',
    });
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^[^\n]*\/nonexistent\/keys\.json[^\n]*\n$/);
  });

  it('control: with all that it needs it begins, and ends with 0', async () => {
    expect(await verify({})).toMatchObject({ status: 0, err: '' });
  });
});
