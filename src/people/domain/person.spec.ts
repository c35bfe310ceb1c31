import { day } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { CATEGORIES, CATEGORY_WORDS, isMinor, TAGS, TAG_WORDS } from './person.js';
import type { Category } from './person.js';

const today = day('2026-03-02');

it.each`
  bornOn          | category     | minor    | because
  ${'2008-03-02'} | ${'NONE'}    | ${false} | ${'the eighteenth birthday is today'}
  ${'2008-03-03'} | ${'NONE'}    | ${true}  | ${'the eighteenth birthday is tomorrow'}
  ${'2012-06-01'} | ${'NONE'}    | ${true}  | ${'thirteen years old (D4-32)'}
  ${'1950-01-01'} | ${'MINOR'}   | ${false} | ${'a birthday says more than a category'}
  ${null}         | ${'MINOR'}   | ${true}  | ${'a child without papers is still a child'}
  ${null}         | ${'ELDERLY'} | ${false} | ${'nothing speaks for a child'}
`(
  'born $bornOn, $category: minor $minor, $because',
  ({ bornOn, category, minor }: { bornOn: Day | null; category: Category; minor: boolean }) => {
    expect(isMinor({ bornOn, category }, today)).toBe(minor);
  },
);

it('has seed row 18 as categories and nineteen tags, each with words of its own', () => {
  expect(CATEGORIES).toHaveLength(8);
  expect(TAGS).toHaveLength(19);
  const words = [...Object.values(CATEGORY_WORDS), ...Object.values(TAG_WORDS)];
  expect(new Set(words).size).toBe(27);
});
