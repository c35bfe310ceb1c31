import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { inTurn } from '../../src/platform/database/migration-turn.js';
import { kinds } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';

const mariadb = kinds.find(({ name }) => name === 'mariadb');

/** Of SQLite there is one server only, which holds the file. */
(mariadb ? describe : describe.skip)('mariadb', () => {
  let database: TestDatabase;
  let machines: readonly DataSource[];

  beforeAll(async () => {
    if (!mariadb) return;
    database = await mariadb.create();
    const machine = () => dataSourceOf(database.url, { entities: [], migrations: [] }).initialize();
    machines = await Promise.all([machine(), machine(), machine()]);
  });
  afterAll(async () => {
    await Promise.all(machines.map((machine) => machine.destroy()));
    await database.drop();
  });

  it('three machines that migrate at the same moment do it one after the other, and leave no trace', async () => {
    let [atWork, most, done] = [0, 0, 0];
    const work = async (): Promise<void> => {
      most = Math.max(most, ++atWork);
      await sleep(50);
      atWork--;
      done++;
    };
    await Promise.all(machines.map(work)); // the control: nobody waits by himself
    expect([most, done]).toEqual([3, 3]);
    [most, done] = [0, 0];
    await Promise.all(machines.map((machine) => inTurn(machine, work)));
    expect([most, done]).toEqual([1, 3]);
    expect(await machines[0]?.query('SHOW TABLES')).toEqual([]);
  });

  it('the turn of one that has died is over when it was silent for long enough', async () => {
    const [machine] = machines;
    if (!machine) throw new Error('There is no machine');
    const dying = inTurn(machine, () => machine.query(`UPDATE "huzhu_migrating" SET "holder" = 'dead'`));
    await dying; // its row stands, as a killed one leaves it
    expect(await machine.query('SHOW TABLES')).toHaveLength(1);
    const began = performance.now();
    expect(await inTurn(machine, () => Promise.resolve('done'), 600)).toBe('done');
    expect(performance.now() - began).toBeGreaterThan(600);
    expect(await machine.query('SHOW TABLES')).toEqual([]);
  });
});
