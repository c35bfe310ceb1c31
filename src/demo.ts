import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from './app.js';
import { playDemo, SIGN_INS } from './demo/play.js';
import { SeededIds } from './demo/seeded-ids.js';
import { writeFigures } from './demo/summary.js';
import { prepareDatabase, projectRoot } from './house/index.js';
import { HandClock, RunningClock } from './platform/clocks.js';
import { Config } from './platform/config.js';
import { lockServer } from './platform/database/server-lock.js';
import { SystemIds } from './platform/system.js';

/*
 * `npm run demo`: a fresh embedded database under var/demo/, a fictitious village played through the real services, the
 * notices as PDF and the figures as JSON; then the same data served. `--once` stops after writing.
 */
const directory = join(process.cwd(), 'var', 'demo');
const once = process.argv.includes('--once');
const environment = {
  PORT: process.env['PORT'],
  DATABASE_URL: `sqlite:${join(directory, 'huzhu.db')}`,
  HUZHU_DATA_DIR: directory,
  // Frozen into every notice: the same whatever port the demo is served on.
  HUZHU_PUBLIC_URL: process.env['HUZHU_PUBLIC_URL'] ?? 'http://localhost:3000',
};

lockServer(environment.DATABASE_URL)();
rmSync(directory, { recursive: true, force: true });

const config = new Config(environment);
const clock = new HandClock('2026-03-02T00:00:00.000Z');
await prepareDatabase(config, clock);
const stage = await createApp({
  config,
  clock,
  ids: new SeededIds(clock, 'huzhu demo'),
  root: projectRoot(),
});
const played = await playDemo(stage, clock);
const summary = await writeFigures(stage, played, directory);
await stage.close();
console.log(`Written: ${join('var', 'demo', 'summary.json')}, ${summary.notices} notices as PDF`);

if (!once) {
  const running = new RunningClock(clock.now());
  lockServer(config.databaseUrl);
  const app = await createApp({ config, clock: running, ids: new SystemIds(running), root: projectRoot() });
  await app.listen(config.port, '127.0.0.1');
  app.enableShutdownHooks([], { useProcessExit: true });
  console.log(
    `\nThe demo is served at http://localhost:${config.port} (all names are made up). Sign in with:`,
  );
  for (const { login, password, words } of SIGN_INS) console.log(`  ${login} / ${password}  ${words}`);
  console.log(`Public board: http://localhost:${config.port}/b/${played.boardCode}`);
}
