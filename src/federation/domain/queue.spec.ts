import { grantStateOf, mergedPage } from './queue.js';
import { isWaiting } from './review.js';

const at = (hour: number, id: string) => ({ dueAt: new Date(hour), id });

it('merges lists that are each in order, and knows whether more follows', () => {
  const lists = [[at(1, 'a'), at(4, 'd')], [at(2, 'b')], [at(3, 'c')]];
  const { rows, next } = mergedPage(lists, 3);
  expect([rows.map(({ id }) => id), next?.id]).toEqual([['a', 'b', 'c'], 'c']);
  expect(mergedPage(lists, 4).next).toBeNull();
  expect(mergedPage([], 4)).toEqual({ rows: [], next: null });
});

it.each`
  again    | found | state
  ${false} | ${0}  | ${'WAITING'}
  ${true}  | ${0}  | ${'RECHECK'}
  ${true}  | ${1}  | ${'SECOND'}
  ${false} | ${2}  | ${'SPLIT'}
  ${false} | ${3}  | ${'SPLIT'}
`(
  'answered $again, found by $found: $state',
  ({ again, found, state }: { again: boolean; found: number; state: string }) => {
    expect(grantStateOf({ again, found })).toBe(state);
  },
);

const open = { answeredAt: null };
const answered = { answeredAt: new Date(0) };
it.each`
  state         | outcomes            | waits    | because
  ${'PAID'}     | ${[]}               | ${true}  | ${'nobody has looked'}
  ${'CLOSED'}   | ${[]}               | ${true}  | ${'closed is paid too'}
  ${'APPROVED'} | ${[]}               | ${false} | ${'no money has left'}
  ${'REVOKED'}  | ${[]}               | ${false} | ${'the board was faster'}
  ${'PAID'}     | ${[open]}           | ${false} | ${'in order, or with the society'}
  ${'PAID'}     | ${[answered]}       | ${true}  | ${'the answer wants a look'}
  ${'PAID'}     | ${[answered, open]} | ${false} | ${'and was looked at'}
  ${'REVOKED'}  | ${[answered]}       | ${false} | ${'there is nothing left to look at'}
`('$state waits $waits, $because', ({ state, outcomes, waits }: Waiting) => {
  expect(isWaiting(state, outcomes)).toBe(waits);
});
type Waiting = { state: 'PAID'; outcomes: { answeredAt: Date | null }[]; waits: boolean };
