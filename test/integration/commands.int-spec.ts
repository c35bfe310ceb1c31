import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { AuditStore } from '../../src/audit/audit.store.js';
import { Commands } from '../../src/audit/commands.service.js';
import { KeyUsedOtherwise } from '../../src/audit/domain/audit.errors.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { SystemClock, SystemIds } from '../../src/platform/system.js';
import { countOf, givenCounter } from '../support/counters.js';
import type { Counter } from '../support/counters.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { callerOf } from '../support/house.js';
import { givenSealing } from '../support/seals.js';

const add = (tx: Tx, { scopeId }: Counter) =>
  tx.change`UPDATE number_series SET last_number = last_number + 1 WHERE scope_id = ${scopeId}`;

describe.each(kinds)('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let commands: Commands;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
    const clock = new SystemClock();
    commands = new Commands(
      new Transactions(dataSource),
      new AuditStore(),
      givenSealing(),
      clock,
      new SystemIds(clock),
    );
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const press = (counter: Counter, caller = callerOf({ accountId: 'a' }), body: unknown = { n: 1 }) =>
    commands.run(caller, { act: 'press', body }, async (tx, trail) => {
      await add(tx, counter);
      trail.on('counter', counter.scopeId, { after: { n: 1 }, words: '按了一下' });
      await sleep(5);
      return { at: Math.random() };
    });

  it('gives the same answer to the same key and body, and acts once', async () => {
    const counter = await givenCounter(dataSource, 0);
    const caller = callerOf({ accountId: 'a' });
    const first = await press(counter, caller);
    expect(await press(counter, caller)).toEqual(first);
    expect(await countOf(dataSource, counter)).toBe(1);
  });

  it('acts once when ten presses with one key arrive together, and answers all alike', async () => {
    const counter = await givenCounter(dataSource, 0);
    const caller = callerOf({ accountId: 'a' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => press(counter, caller)));
    expect(new Set(answers.map(({ at }) => at)).size).toBe(1);
    expect(await countOf(dataSource, counter)).toBe(1);
  });

  it('refuses the same key with another body, and changes nothing', async () => {
    const counter = await givenCounter(dataSource, 0);
    const caller = callerOf({ accountId: 'a' });
    await press(counter, caller);
    await expect(press(counter, caller, { n: 2 })).rejects.toThrow(KeyUsedOtherwise);
    expect(await countOf(dataSource, counter)).toBe(1);
  });

  it('takes the same key of another account, or of another society, for another command', async () => {
    const counter = await givenCounter(dataSource, 0);
    await press(counter, callerOf({ accountId: 'a' }, 'the-same-key'));
    await press(counter, callerOf({ accountId: 'b' }, 'the-same-key'));
    await press(counter, callerOf({ accountId: 'a', societyId: 's' }, 'the-same-key'));
    expect(await countOf(dataSource, counter)).toBe(3);
  });

  it('keeps no key of what was refused: it may be asked again', async () => {
    const counter = await givenCounter(dataSource, 0);
    const caller = callerOf({ accountId: 'a' });
    const refused = commands.run(caller, { act: 'press', body: { n: 1 } }, async (tx) => {
      await add(tx, counter);
      throw new Error('not now');
    });
    await expect(refused).rejects.toThrow('not now');
    expect(await countOf(dataSource, counter)).toBe(0);
    await press(counter, caller);
    expect(await countOf(dataSource, counter)).toBe(1);
  });

  it('leaves a row in the trail for every command, and lets nobody change it', async () => {
    const counter = await givenCounter(dataSource, 0);
    await press(counter, callerOf({ accountId: 'a', roles: ['secretary'] }));
    const rows: Record<string, unknown>[] = await dataSource.query(
      'SELECT act AS "act", roles AS "roles", words AS "words", after_hash AS "hash" FROM audit_acts WHERE subject_id = ?',
      [counter.scopeId],
    );
    expect(rows).toEqual([
      {
        act: 'press',
        roles: 'secretary',
        words: '按了一下',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    ]);
    for (const sql of [`UPDATE audit_acts SET act = 'x'`, 'DELETE FROM audit_acts'])
      await expect(dataSource.transaction((manager) => manager.query(sql))).rejects.toThrow(/append-only/);
  });

  it('does not let a command leave no trail', async () => {
    const silent = commands.run(callerOf({}), { act: 'silent', body: null }, () => Promise.resolve(1));
    await expect(silent).rejects.toThrow(/no trail/);
  });
});
