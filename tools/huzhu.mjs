// `npm run huzhu -- <command>`: the command line, built when it is not there yet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('dist/src/cli.js'))
  spawnSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 2, 2] });
const { status } = spawnSync(process.execPath, ['dist/src/cli.js', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
