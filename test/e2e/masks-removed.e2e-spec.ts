import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The part of the search that is done again: whoever is not signed in, two who are, and the rows. */
const AGAIN = 'a stranger|(clerk|accountant) reads of it|hold it nowhere in the open';

/** What the search must say, by the name of the test that says it. */
const SAID: readonly (readonly [test: string, said: string])[] = [
  ['a stranger reads nothing of it at GET /b/:boardCode', '"name"'],
  ['a stranger reads nothing of it at GET /api/v1/boards/:boardCode', '"name"'],
  ['a stranger reads nothing of it at GET /n/:code', '"name"'],
  ['a stranger reads nothing of it at GET /n/:code/notice.pdf', '"name"'],
  ['a stranger reads nothing of it at GET /g/:token', '"donor"'],
  ['whoever is signed in clerk reads of it what the table allows', 'GET /s/people/:personId: id'],
  ['whoever is signed in clerk reads of it what the table allows', 'GET /s/cases/:number: id'],
  ['the rows hold it nowhere in the open', 'donors.shown_name: donor'],
];

type Outcome = { readonly fullName: string; readonly status: string; readonly failureMessages: string[] };

/** The suite of the search in a program of its own, which loads no mask (test/runner). */
async function searchWithoutMasks(): Promise<readonly Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'huzhu-unmasked-'));
  const outputFile = join(folder, 'result.json');
  const jest = createRequire(__filename).resolve('jest/bin/jest');
  const asked = ['-i', 'test/e2e/privacy.e2e-spec.ts', '-t', AGAIN, '--json', '--outputFile', outputFile];
  try {
    await new Promise((done) => {
      const alone = { TEST_DATABASE_URL: '', REQUIRE_MARIADB: '', WHOLE_SUITE: '' }; // SQLite is enough to prove it
      const env = { ...process.env, ...alone, WITHOUT_MASKS: '1' };
      execFile(process.execPath, [jest, ...asked], { env, maxBuffer: 2 ** 28 }, done);
    });
    const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as {
      testResults: { assertionResults: Outcome[] }[];
    };
    return testResults.flatMap(({ assertionResults }) => assertionResults);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('control: a program without its masks', () => {
  let outcomes: readonly Outcome[];
  beforeAll(async () => {
    outcomes = await searchWithoutMasks();
  });
  const of = (test: string) => outcomes.find(({ fullName }) => fullName.split(',')[0] === `sqlite ${test}`);

  it.each(SAID)('is found out: %s says %s', (test, said) => {
    const found = of(test);
    expect(found?.status).toBe('failed');
    expect(found?.failureMessages.join('\n')).toContain(said);
  });

  it('runs all the same: where nothing is masked, nothing is found', () => {
    expect(of('a stranger reads nothing of it at GET /help')?.status).toBe('passed');
    const failed = outcomes.filter(({ status }) => status === 'failed');
    expect(failed.length).toBeLessThan(20);
  });
});
