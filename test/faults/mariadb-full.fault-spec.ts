import { isEverywhere, report, times } from './support/counts.js';
import { Endings } from './support/endings.js';
import { audited, endGround, givenGround } from './support/ground.js';
import type { Ground } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import { canMountDisks, ownDisk } from './support/own-disk.js';
import type { Disk } from './support/own-disk.js';
import { hasOwnMariadb, OwnMariadb } from './support/own-mariadb.js';
import { freePort, ServerChild } from './support/server-child.js';

const REFUSED = { status: 503, code: 'STORE_OUT_OF_ORDER', retryAfter: '60' };
/** So many are refused before there is room again. */
const WANTED = times(isEverywhere ? 10 : 5, 100);
/** Pages that lie on the disk already may be written over, so that many still find room. */
const MOST_SENT = 2000;

const canMount = hasOwnMariadb && canMountDisks();
if (!hasOwnMariadb)
  process.stdout.write('MariaDB without room, or read-only: not run, there is no mariadbd\n');
else if (!canMount) process.stdout.write('MariaDB without room: not run, no disk can be mounted here\n');

/** quality.md G23, on a server of the test's own, and by one program that is never started anew. */
(hasOwnMariadb ? describe : describe.skip)('mariadb', () => {
  let mariadb: OwnMariadb;
  let ground: Ground;
  let server: ServerChild;
  let load: Load;
  let disk: Disk | null = null;
  const endings = new Endings();

  beforeAll(async () => {
    if (canMount) {
      disk = ownDisk(256);
      endings.add(disk.remove);
    }
    const settings = ['--innodb-log-file-size=16M'];
    mariadb = await OwnMariadb.install({ ...(disk && { on: disk.folder }), settings });
    endings.add(() => mariadb.remove());
    await mariadb.start();
    ground = await givenGround(mariadb.kind, { orders: 4 });
    endings.add(() => endGround(ground));
    await mariadb.tell(`CREATE USER app@'%'`);
    await mariadb.tell(`GRANT ALL ON huzhu.* TO app@'%'`);
    const { dataDir } = ground;
    server = await ServerChild.start({ url: mariadb.addressOf('app'), dataDir, port: await freePort() });
    endings.add(() => server.end());
    load = new Load(ground, server.base, await signIn(server.base, ground));
    await load.give(load.nextInflow());
  });
  afterAll(() => endings.run());

  /** Sends one after the other until so many were refused. A server that died of it is not there: nobody knows, 503. */
  const refuse = async (): Promise<void> => {
    for (let n = 0; n < MOST_SENT && load.unknown.size < WANTED; n++) {
      const command = load.next();
      const answer = await load.send(command);
      if (answer.status === 201) load.answers.set(command, answer);
      else {
        expect({ kind: command.kind, ...answer }).toMatchObject(mariadb.isAlive ? REFUSED : { status: 503 });
        load.unknown.add(command);
      }
    }
    expect(load.unknown.size).toBe(WANTED);
  };

  /** All of it is in the books, once; the judge would see one that is not. */
  const expectAllOnce = async (): Promise<void> => {
    await load.repeatUnknown();
    expect([load.unknown.size, load.faults, server.isAlive]).toEqual([0, [], true]);
    const books = await audited(ground);
    expect(judged(load, ground, books)).toEqual(NOTHING_LOST);
    const [first] = load.answers.values();
    if (!first) throw new Error('Nothing was answered');
    const never = new Map([...load.answers, [load.nextInflow(), first]]);
    expect(judged({ answers: never }, ground, books)).toMatchObject({ lost: 1 });
  };

  it('made read-only: 503, pages that read are served, and all of it once it may be written', async () => {
    await mariadb.tell('SET GLOBAL read_only = 1');
    const before = await load.poolFen();
    await refuse();
    expect(await load.poolFen()).toBe(before);
    // Control: whoever may get round it is refused nothing.
    await expect(mariadb.tell('UPDATE huzhu.number_series SET year = year')).resolves.toBeUndefined();
    await mariadb.tell('SET GLOBAL read_only = 0');
    await expectAllOnce();
    report('MariaDB read-only', { refused: WANTED });
  });

  (canMount ? it : it.skip)(
    'a disk that is full while it serves: 503 until there is room, then all of it, once',
    async () => {
      disk?.fill();
      const kept = load.answers.size;
      await refuse();
      const hasDied = !mariadb.isAlive;
      if (!hasDied) expect(await load.poolFen()).toBeGreaterThan(0); // what only reads is served
      disk?.empty();
      if (hasDied) await mariadb.start();
      await expectAllOnce();
      const found = load.answers.size - kept - WANTED;
      report('MariaDB without room', {
        refused: WANTED,
        'found room all the same': found,
        'server died': hasDied ? 'yes' : 'no',
      });
    },
  );
});
