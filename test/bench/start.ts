import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { givenCase, givenVillage } from '../support/village.js';
import type { BenchWanted } from './commands.js';
import { quantile } from './load.js';
import { kindNamed, prepared } from './prepared.js';

const GOALS = { ms: 2500, rssMb: 180 };
const IDLE_MS = 10_000;

/** S8 of quality.md: the built server on data that is there, from its start to its first answer, and what it holds idle. */
export async function benchStart({ rounds, say }: BenchWanted): Promise<object> {
  const sqlite = kindNamed('sqlite');
  if (!sqlite) throw new Error('There is no SQLite');
  const base = await prepared(sqlite, async (house) => {
    await givenCase(await givenVillage(house), { at: 'CLOSED' });
  });
  const taken: number[] = [];
  let rssMb = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const started = await startOn(base.database.url, base.dataDir);
      taken.push(started.ms);
      if (round === rounds - 1) {
        await sleep(IDLE_MS);
        rssMb = rssOf(started.pid);
      }
      await started.stop();
    }
  } finally {
    await base.drop();
  }
  const ms = quantile(taken, 0.5);
  const words = (isMet: boolean): string => (isMet ? 'met' : 'missed');
  say(`S8: start to the first answer, ${rounds} rounds`);
  say(`  median ${ms.toFixed(0)} ms: goal ≤ ${GOALS.ms}, ${words(ms <= GOALS.ms)}`);
  say(
    `  RSS after ${IDLE_MS / 1000} s idle ${rssMb} MB: goal ≤ ${GOALS.rssMb}, ${words(rssMb <= GOALS.rssMb)}`,
  );
  return { medianMs: ms, rssMb, isMet: ms <= GOALS.ms && rssMb <= GOALS.rssMb };
}

async function startOn(
  databaseUrl: string,
  dataDir: string,
): Promise<{ readonly ms: number; readonly pid: number; stop(): Promise<void> }> {
  const port = await freePort();
  const from = performance.now();
  const server = spawn(process.execPath, ['dist/src/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl, HUZHU_DATA_DIR: dataDir, PORT: String(port) },
  });
  while (!(await answers(port))) {
    if (server.exitCode !== null) throw new Error('The server did not start');
    await sleep(5);
  }
  const ms = performance.now() - from;
  const stop = async (): Promise<void> => {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  };
  return { ms, pid: server.pid ?? 0, stop };
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** As the kernel counts it. */
function rssOf(pid: number): number {
  const [, kb = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kb) / 1024);
}
