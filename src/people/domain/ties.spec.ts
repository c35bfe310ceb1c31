import { RELATIONS, pairOf } from './kin.js';
import { tiesOf, tieWords } from './ties.js';
import type { TieFacts } from './ties.js';

const facts = (id: string, more: Partial<TieFacts> = {}): TieFacts => ({
  id,
  householdId: `home of ${id}`,
  guardianId: null,
  phoneIndex: null,
  addressIndex: null,
  cardIndexes: [],
  ...more,
});

it.each`
  a                         | b                         | reasons          | because
  ${{}}                     | ${{}}                     | ${[]}            | ${'nothing is shared; two unknowns are not equal'}
  ${{ householdId: 'h' }}   | ${{ householdId: 'h' }}   | ${['HOUSEHOLD']} | ${'they live together'}
  ${{ phoneIndex: 'p' }}    | ${{ phoneIndex: 'p' }}    | ${['PHONE']}     | ${'one phone rings for both'}
  ${{ addressIndex: 'x' }}  | ${{ addressIndex: 'x' }}  | ${['ADDRESS']}   | ${'two households in one home'}
  ${{ cardIndexes: ['c'] }} | ${{ cardIndexes: ['c'] }} | ${['CARD']}      | ${'one card takes the money of both'}
  ${{ cardIndexes: ['c'] }} | ${{ cardIndexes: ['d'] }} | ${[]}            | ${'two cards'}
  ${{ guardianId: 'b' }}    | ${{}}                     | ${['GUARDIAN']}  | ${'b is the guardian of a'}
  ${{}}                     | ${{ guardianId: 'a' }}    | ${['GUARDIAN']}  | ${'a is the guardian of b'}
`('$a and $b: $reasons, $because', (row: { a: object; b: object; reasons: string[] }) => {
  expect(tiesOf(facts('a', row.a), facts('b', row.b), [])).toEqual(row.reasons);
});

it('gives every declared relation, before what is shared, and words for each', () => {
  const reasons = tiesOf(facts('a', { phoneIndex: 'p' }), facts('b', { phoneIndex: 'p' }), [
    'EMPLOYER',
    'SPOUSE',
  ]);
  expect(reasons).toEqual(['SPOUSE', 'EMPLOYER', 'PHONE']);
  expect(reasons.map(tieWords)).toEqual(['夫妻', '雇佣关系', '留的是同一个电话']);
  expect(RELATIONS.map(tieWords).every((words) => words.length > 1)).toBe(true);
});

it('says of one and the same person that it is (D4-19)', () => {
  expect(tiesOf(facts('a'), facts('a'), [])).toEqual(['SELF']);
});

it('keeps a pair in one order', () => {
  expect(pairOf('b', 'a')).toEqual(pairOf('a', 'b'));
});
