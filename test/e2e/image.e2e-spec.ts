import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, ServerChild } from '../faults/support/server-child.js';

/** What the last stage of the Dockerfile takes from the first, by name. */
const taken = [
  ...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY --from=build \S+ \/huzhu\/(\S+) (?:\.\/|\1)$/gm),
].map(([, name = '']) => name);

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/**
 * The program as the image holds it: the folders that are copied there and no other, but for one that is left out. Of the
 * packages all are there, also those that the image does without.
 */
async function startedWithout(leftOut: string | null): Promise<ServerChild> {
  const folder = mkdtempSync(join(tmpdir(), 'huzhu-image-'));
  folders.push(folder);
  const [root, dataDir] = [join(folder, 'huzhu'), join(folder, 'data')];
  for (const each of [root, dataDir]) mkdirSync(each);
  for (const name of taken) {
    if (name === leftOut) continue;
    // The program looks around itself, so it has to lie there; the rest is found from there.
    if (name === 'dist') cpSync(name, join(root, name), { recursive: true });
    else symlinkSync(join(process.cwd(), name), join(root, name));
  }
  return ServerChild.begin({
    ...{ url: `sqlite:${join(dataDir, 'huzhu.sqlite')}`, dataDir, port: await freePort(), root },
    environment: { HUZHU_KEY_FILE: join(folder, 'keys.json') },
  });
}

it('starts and shows a page from what the image holds', async () => {
  const program = await startedWithout(null);
  try {
    expect(taken).toContain('data'); // the list of places, which whoever runs it imports
    await program.ready();
    expect((await fetch(`${program.base}/sign-in`)).status).toBe(200);
  } finally {
    await program.end();
  }
});

it('does not without the templates: what the image lacks is seen here', async () => {
  const program = await startedWithout('templates');
  try {
    await expect(program.ready()).rejects.toThrow('templates');
  } finally {
    await program.end();
  }
});
