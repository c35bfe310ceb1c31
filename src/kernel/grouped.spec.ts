import { groupedBy } from './grouped.js';

it('keeps the order of the keys and of what stands under each', () => {
  const groups = groupedBy(['b1', 'a1', 'b2'], (word) => word.slice(0, 1));
  expect([...groups]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
  expect(groupedBy([], String).size).toBe(0);
});
