// Every kind of notice and of private paper, short, usual and extreme, as PDF and pictures: npm run notices:gallery [-- DIR]
// The contents are made by the words of the program itself and are shared with the tests, so they are compiled apart.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const node = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', join('test', 'gallery'));
node(join(root, 'build', 'gallery', 'test', 'gallery', 'write.js'), ...process.argv.slice(2));
