import type { Commands } from '../../audit/index.js';
import { RETENTION_KINDS } from '../domain/retention.js';
import type { RetentionKind } from '../domain/retention.js';
import { RetentionService } from './retention.service.js';
import { RetentionTasks } from './retention-tasks.js';

const NOW = new Date('2026-03-02T01:00:00.000Z');
const [FIRST, SECOND, THIRD] = RETENTION_KINDS;

/** Three kinds, of which some cannot go on; what was forgotten, in order. */
function given(...failing: readonly RetentionKind[]) {
  const forgotten: RetentionKind[] = [];
  const tasks = new RetentionTasks({} as Commands);
  for (const kind of [THIRD, FIRST, SECOND])
    tasks.register({
      kind,
      due: () => Promise.resolve(2),
      forget: () => {
        if (failing.includes(kind)) return Promise.reject(new RangeError('欧阳暮秋的电话'));
        forgotten.push(kind);
        return Promise.resolve(2);
      },
    });
  return { forgotten, retention: new RetentionService(tasks) };
}

it('forgets every kind in its order', async () => {
  const { forgotten, retention } = given();
  const counts = await retention.run(NOW);
  expect(forgotten).toEqual([FIRST, SECOND, THIRD]);
  expect(counts.map(({ kind, count }) => [kind, count])).toEqual([
    [FIRST, 2],
    [SECOND, 2],
    [THIRD, 2],
  ]);
});

it('goes on with the others where one kind cannot, and names it without the words of its error', async () => {
  const { forgotten, retention } = given(FIRST);
  await expect(retention.run(NOW)).rejects.toThrow(new Error(`Not forgotten: ${FIRST} (RangeError)`));
  expect(forgotten).toEqual([SECOND, THIRD]);
});

it('looks once a day, after a failure too', async () => {
  const { forgotten, retention } = given(SECOND);
  await expect(retention.runDaily(NOW)).rejects.toThrow('Not forgotten');
  await retention.runDaily(NOW);
  expect(forgotten).toEqual([FIRST, THIRD]);
});

it('counts beforehand, and changes nothing', async () => {
  const { forgotten, retention } = given();
  expect((await retention.dryRun(NOW)).map(({ count }) => count)).toEqual([2, 2, 2]);
  expect(forgotten).toEqual([]);
});
