import { AlreadyRecused, NotADirectorHere } from './board.errors.js';
import { DECLARED_REASONS, electorateOf, electorsOf, LEAST_ELECTORS, reasonWords } from './electorate.js';

const directors = ['d1', 'd2', 'd3', 'd4', 'd5'].map((personId) => ({ personId, name: `理事${personId}` }));
const recused = (...ids: string[]) => ids.map((personId) => ({ personId }));

it('leaves out the recused, and keeps the order of the office', () => {
  expect(electorsOf(directors, recused('d3')).map(({ personId }) => personId)).toEqual([
    'd1',
    'd2',
    'd4',
    'd5',
  ]);
});

it('D4-16 3 kin of 5 recused leave 2 electors, fewer than 3', () => {
  expect(electorateOf(directors, recused('d1', 'd2'))).toHaveLength(LEAST_ELECTORS);
  expect(electorateOf(directors, recused('d1', 'd2', 'd3')).length).toBeLessThan(LEAST_ELECTORS);
});

it('knows only its own directors, each of them once', () => {
  expect(() => electorateOf(directors, recused('x'))).toThrow(NotADirectorHere);
  expect(() => electorateOf(directors, recused('d1', 'd1'))).toThrow(AlreadyRecused);
  expect(() => electorateOf([...directors, ...directors], [])).toThrow('twice in the snapshot');
});

it('has words for every reason', () => {
  for (const reason of DECLARED_REASONS) expect(reasonWords(reason)).toMatch(/\p{Script=Han}/u);
  expect(reasonWords('OTHER')).toBe('其他可能影响公正的关系');
});
