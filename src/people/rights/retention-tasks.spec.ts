import { Logger } from '@nestjs/common';
import type { Commands } from '../../audit/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { RetentionTasks, RowsNotForgotten } from './retention-tasks.js';

/** Rows that are due, in batches of so many; the bad ones fail whenever they are asked. A unit that fails leaves nothing. */
function given(ids: readonly string[], bad: readonly string[], atOnce = 3) {
  const forgotten = new Set<string>();
  let unit: string[] = [];
  const commands = {
    timer: async (_act: string, work: (tx: Tx, trail: unknown) => Promise<number>) => {
      unit = [];
      const count = await work({} as Tx, { on: () => undefined });
      for (const id of unit) forgotten.add(id);
      return count;
    },
  } as unknown as Commands;
  const asked: string[] = [];
  const run = () =>
    new RetentionTasks(commands).inBatches({
      kind: 'LEAD',
      next: (after) => Promise.resolve(ids.filter((id) => id > after && !forgotten.has(id)).slice(0, atOnce)),
      one: (_tx, id) => {
        asked.push(id);
        if (bad.includes(id)) return Promise.reject(new RangeError('欧阳暮秋的电话'));
        unit.push(id);
        return Promise.resolve(1);
      },
    });
  return { run, forgotten, asked };
}

beforeEach(() => {
  Logger.overrideLogger(false); // what fails here fails on purpose
});
afterAll(() => {
  Logger.overrideLogger(true);
});

it('forgets batch after batch', async () => {
  const { run, forgotten, asked } = given(['a', 'b', 'c', 'd'], []);
  expect(await run()).toBe(4);
  expect([...forgotten]).toEqual(['a', 'b', 'c', 'd']);
  expect(asked).toEqual(['a', 'b', 'c', 'd']);
});

it.each([
  ['one bad row holds up no other of its batch', ['b']],
  ['a batch of bad rows holds up no later batch', ['a', 'b', 'c']],
])('%s, and is told at the end without the words of its error', async (_because, bad) => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const { run, forgotten } = given(ids, bad);
  await expect(run()).rejects.toEqual(new RowsNotForgotten('LEAD', bad.length));
  expect([...forgotten]).toEqual(ids.filter((id) => !bad.includes(id)));
});

it('ends where twenty fail one after another: those are no bad rows', async () => {
  const ids = Array.from({ length: 60 }, (_each, i) => `row ${String(i).padStart(2, '0')}`);
  const { run, asked } = given(ids, ids, 30);
  await expect(run()).rejects.toEqual(new RowsNotForgotten('LEAD', 20));
  expect(asked).toHaveLength(21); // the first once more, in a unit of its own
});
