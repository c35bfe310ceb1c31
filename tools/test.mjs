// The whole test suite: finds a MariaDB and a Chromium, says what it could not run, and hands the rest to Jest.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';

/** First the one without windows: the whole browser keeps a bar of tools at work for each visitor. */
const CHROMIUMS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Megabytes, for Jest and its workers: with 16, as Node has them, a run takes a twentieth more of the processor. */
const ROOM_FOR_THE_NEW = '--max-semi-space-size=64';

const MEMORY = { path: '/dev/shm', type: 0x01021994 }; // tmpfs: `man 2 statfs`
const GIB = 2 ** 30;

async function answers(url) {
  try {
    const connection = await mysql.createConnection({ uri: url, connectTimeout: 2000 });
    await connection.query('SELECT 1');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder for what the tests write. In memory where the machine has some to spare: the program forces each commit
 * to the disk, as it must, and there that costs nothing.
 */
function folderOfTheRun() {
  return mkdtempSync(join(hasMemoryToSpare() ? MEMORY.path : tmpdir(), 'huzhu-run-'));
}

function hasMemoryToSpare() {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY.path);
    accessSync(MEMORY.path, constants.W_OK);
    // The workers and the browser want their memory too.
    return type === MEMORY.type && bavail * bsize >= 2 * GIB && process.availableMemory() >= 6 * GIB;
  } catch {
    return false;
  }
}

const server = process.env.TEST_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306/';
const mariadb = await answers(server);
const chromium = [process.env.CHROMIUM, ...CHROMIUMS].find((path) => path && existsSync(path));
if (!mariadb && process.env.REQUIRE_MARIADB === '1') fail('REQUIRE_MARIADB=1, but no MariaDB answers');
if (!chromium && process.env.REQUIRE_BROWSER === '1') fail('REQUIRE_BROWSER=1, but there is no Chromium');
if (process.env.TEST_DATABASE_URL && !mariadb) fail(`No database answers at TEST_DATABASE_URL`);

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const asked = process.argv.slice(2);
const folder = folderOfTheRun();
try {
  const child = spawn(process.execPath, [ROOM_FOR_THE_NEW, jest, ...asked], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'test',
      TMPDIR: folder,
      FOLDER_OF_RUN: '1',
      TEST_DATABASE_URL: mariadb ? server : '',
      CHROMIUM: chromium ?? '',
      WHOLE_SUITE: asked.length === 0 ? '1' : '',
    },
  });
  // Whoever stops the run stops Jest; the folder goes when Jest has gone.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [status] = await once(child, 'exit');
  process.exitCode = status ?? 1;
} finally {
  unmountDisks(folder);
  // A browser that was just closed may still write its last word.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A test that was stopped in its midst leaves its disk mounted, and what is mounted nobody can take away. */
function unmountDisks(folder) {
  for (const name of readdirSync(folder).filter((each) => each.startsWith('huzhu-disk-')))
    spawnSync('umount', ['--lazy', join(folder, name)], { stdio: 'ignore' }); // one that is not mounted refuses, and may
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
