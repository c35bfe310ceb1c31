// The whole test suite: finds a MariaDB and a Chromium, says what it could not run, and hands the rest to Jest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import mysql from 'mysql2/promise';

const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

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

const server = process.env.TEST_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306/';
const mariadb = await answers(server);
const chromium = [process.env.CHROMIUM, ...CHROMIUMS].find((path) => path && existsSync(path));
if (!mariadb && process.env.REQUIRE_MARIADB === '1') fail('REQUIRE_MARIADB=1, but no MariaDB answers');
if (!chromium && process.env.REQUIRE_BROWSER === '1') fail('REQUIRE_BROWSER=1, but there is no Chromium');
if (process.env.TEST_DATABASE_URL && !mariadb) fail(`No database answers at TEST_DATABASE_URL`);

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const asked = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [jest, ...asked], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_ENV: 'test',
    TEST_DATABASE_URL: mariadb ? server : '',
    CHROMIUM: chromium ?? '',
    WHOLE_SUITE: asked.length === 0 ? '1' : '',
  },
});
process.exitCode = status ?? 1;

function fail(why) {
  console.error(why);
  process.exit(1);
}
