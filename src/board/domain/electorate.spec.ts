import { AlreadyRecused, NotADirectorHere, TooFewElectors } from './board.errors.js';
import { DECLARED_REASONS, electorateOf, electorsOf, reasonWords } from './electorate.js';

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
  expect(electorateOf(directors, recused('d1', 'd2'))).toHaveLength(3);
  const refusal = refusalOf(() => electorateOf(directors, recused('d1', 'd2', 'd3')));
  expect(refusal).toBeInstanceOf(TooFewElectors);
  expect((refusal as TooFewElectors).code).toBe('TOO_FEW_ELECTORS');
  expect((refusal as TooFewElectors).message).toContain('理事5人，回避3人，只剩2人可投，不足3人');
  expect((refusal as TooFewElectors).advice).toContain('镇联合社');
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

function refusalOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
