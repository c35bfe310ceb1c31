import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createApp } from '../../src/app.js';
import { CASE_STATES } from '../../src/cases/index.js';
import { playDemo } from '../../src/demo/play.js';
import { SeededIds } from '../../src/demo/seeded-ids.js';
import { writeFigures } from '../../src/demo/summary.js';
import { prepareDatabase } from '../../src/house/index.js';
import { HandClock } from '../../src/platform/clocks.js';
import { Config } from '../../src/platform/config.js';
import { sha256 } from '../../src/platform/crypto/hash.js';

type Summary = {
  emergency: {
    amountFen: number;
    votes: Record<string, number>;
    approvedAt: string;
    paidAt: string;
    notice: { kind: string; number: string; signedAt: string; pdf: string; sha256: string };
  };
  branches: { way: string; case: string; state: string }[];
  ledger: { vouchers: number; sumOfAllLinesFen: number; verified: boolean };
};

const directories: string[] = [];

type Played = { readonly directory: string; readonly summary: Summary };

function newFolder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'huzhu-demo-'));
  directories.push(directory);
  return directory;
}

const summaryIn = (directory: string): Summary =>
  JSON.parse(readFileSync(join(directory, 'summary.json'), 'utf8')) as Summary;

/** `npm run demo -- --once`, in a folder of its own: the program as it is built. */
async function playedAsBuilt(): Promise<Played> {
  const folder = newFolder();
  const demo = join(process.cwd(), 'dist', 'src', 'demo.js');
  await promisify(execFile)(process.execPath, [demo, '--once'], {
    timeout: 600_000,
    cwd: folder,
    env: { PATH: process.env['PATH'] },
  });
  const directory = join(folder, 'var', 'demo');
  return { directory, summary: summaryIn(directory) };
}

/** The same as it is written, in this process. */
async function played(): Promise<Played> {
  const directory = newFolder();
  const config = new Config({
    DATABASE_URL: `sqlite:${join(directory, 'huzhu.db')}`,
    HUZHU_DATA_DIR: directory,
    HUZHU_PUBLIC_URL: 'http://localhost:3000',
  });
  const clock = new HandClock('2026-03-02T00:00:00.000Z');
  await prepareDatabase(config, clock);
  const app = await createApp({
    config,
    clock,
    ids: new SeededIds(clock, 'huzhu demo'),
    root: process.cwd(),
  });
  await writeFigures(app, await playDemo(app, clock), directory);
  await app.close();
  return { directory, summary: summaryIn(directory) };
}

describe('the demo', () => {
  let first: Played;

  beforeAll(async () => {
    first = await played();
  });
  afterAll(() => {
    for (const directory of directories) rmSync(directory, { recursive: true });
  });

  it('reviews fast, pays first and publishes later, as its contract says', () => {
    const { amountFen, votes, approvedAt, paidAt, notice } = first.summary.emergency;
    expect({ amountFen, votes, kind: notice.kind }).toEqual({
      amountFen: 100_000,
      votes: { directors: 5, recused: 1, electors: 4, present: 4, yes: 4, no: 0, abstain: 0 },
      kind: 'GRANT_POST',
    });
    const [approved, paid, signed] = [approvedAt, paidAt, notice.signedAt].map((at) => Date.parse(at));
    expect(approved).toBeLessThan(paid ?? 0);
    expect(paid).toBeLessThan(signed ?? 0);
    expect((paid ?? 0) - (approved ?? 0)).toBeLessThanOrEqual(24 * 3_600_000);
    expect(first.summary.ledger).toMatchObject({ sumOfAllLinesFen: 0, verified: true });
  });

  it('goes every way off the straight road, in a village below its town union', () => {
    const { branches } = first.summary;
    expect(branches).toHaveLength(23);
    expect(new Set(branches.map(({ case: number }) => number)).size).toBe(branches.length);
    const onTheRoad = ['ACCEPTED', 'VERIFIED', 'CLOSED'];
    expect([...new Set(branches.map(({ state }) => state)), ...onTheRoad].sort()).toEqual(
      [...CASE_STATES].sort(),
    );
  });

  it('names the hash of the paper that it wrote, which is the committed one', () => {
    const { pdf, sha256: said } = first.summary.emergency.notice;
    const pinned = readFileSync(join(process.cwd(), 'test', 'pinned', 'demo-notice.sha256'), 'utf8').trim();
    expect(sha256(readFileSync(join(first.directory, pdf)))).toBe(said);
    expect(said).toBe(pinned);
  });

  it('writes the same figures and the same papers, to the byte, when it is played again by the built program', async () => {
    const second = await playedAsBuilt();
    expect(second.summary).toEqual(first.summary);
    const papers = readdirSync(join(first.directory, 'notices')).sort();
    expect(papers.length).toBeGreaterThanOrEqual(3);
    expect(readdirSync(join(second.directory, 'notices')).sort()).toEqual(papers);
    for (const paper of papers) {
      const [a, b] = [first, second].map(({ directory }) => readFileSync(join(directory, 'notices', paper)));
      expect(a?.equals(b ?? Buffer.alloc(0))).toBe(true);
    }
  });
});
