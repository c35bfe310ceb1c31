import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { runCommand } from './support/command.js';

/** A command that cannot begin says why in one sentence, and ends: a nightly unit would wait for it. */
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
    runCommand('verify', { url: database.url, dataDir, settings });

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
