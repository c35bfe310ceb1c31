import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { migrated } from '../support/databases.js';
import { houseOn } from '../support/house.js';
import { isEverywhere, report } from './support/counts.js';
import { Endings } from './support/endings.js';
import { audited, givenOffice } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import { canMountDisks, ownDisk } from './support/own-disk.js';
import { freePort, ServerChild } from './support/server-child.js';

const REFUSED = { status: 503, code: 'STORE_OUT_OF_ORDER', retryAfter: '60' };

/** So many are refused before there is room again; what is on the disk already may be written over. */
const WANTED = isEverywhere ? 30 : 4;
const MOST_SENT = 30;

const canMount = canMountDisks();
if (!canMount)
  process.stdout.write('disk full: not run, no disk can be mounted here (SQLite without room was)\n');

/** quality.md G23. */
(canMount ? describe : describe.skip)('sqlite', () => {
  const endings = new Endings();
  afterAll(() => endings.run());

  it('a disk that is full while the program runs: 503 until there is room, then all of it, once', async () => {
    // The program is ready only where a hundred megabytes are free.
    const disk = ownDisk(160);
    endings.add(disk.remove);
    const dataDir = join(disk.folder, 'data');
    mkdirSync(dataDir);
    const database = { url: `sqlite:${join(dataDir, 'huzhu.db')}`, drop: () => Promise.resolve() };
    await (await migrated(database)).destroy();
    const house = await houseOn({ database, dataDir }, new Date().toISOString());
    const office = await givenOffice(house, { orders: 3 });
    await house.close();
    const ground = { ...office, database, dataDir };
    const server = await ServerChild.start({ url: database.url, dataDir, port: await freePort() });
    endings.add(() => server.end());
    const load = new Load(ground, server.base, await signIn(server.base, ground));
    await load.give(load.nextInflow());
    disk.fill();
    const kept = load.answers.size;
    for (let n = 0; n < MOST_SENT && load.unknown.size < WANTED; n++) {
      const command = load.next();
      const answer = await load.send(command);
      if (answer.status === 201) load.answers.set(command, answer);
      else {
        expect({ kind: command.kind, ...answer }).toMatchObject(REFUSED);
        load.unknown.add(command);
      }
    }
    expect(load.unknown.size).toBeGreaterThan(0);
    expect(await load.poolFen()).toBeGreaterThan(0);
    disk.empty();
    const refused = await load.repeatUnknown();
    report('disk full', { refused, 'kept all the same': load.answers.size - kept - refused });
    expect([load.unknown.size, load.faults, server.isAlive]).toEqual([0, [], true]);
    await server.end();
    expect(judged(load, ground, await audited(ground))).toEqual(NOTHING_LOST);
    expect(unfinished(join(dataDir, 'files'))).toEqual([]);
  });
});

/** Files that were begun and not finished. */
function unfinished(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.includes('.') && statSync(join(folder, name)).isFile(),
  );
}
