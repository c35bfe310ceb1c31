import { day } from '../../kernel/day.js';
import {
  agoWords,
  DISPOSITIONS,
  expiryOf,
  FALSE_POSITIVE_DAYS,
  MATCH_REASON_KEYS,
  MATCH_REASONS,
  whyOf,
} from './match.js';

it.each([
  ['PERSON', 'PERSON', 'ID_NUMBER'],
  ['PERSON', 'HOUSEHOLD', 'HOUSEHOLD'],
  ['HOUSEHOLD', 'PERSON', 'HOUSEHOLD'],
  ['HOUSEHOLD', 'HOUSEHOLD', 'HOUSEHOLD'],
  ['CARD', 'CARD', 'CARD'],
] as const)('a mark of %s like one of %s means %s', (mine, theirs, why) => {
  expect(whyOf(mine, theirs)).toBe(why);
});

it('has a reason for every disposition, and a disposition for every reason', () => {
  const reached = new Set(MATCH_REASON_KEYS.map((reason) => MATCH_REASONS[reason].disposition));
  expect([...reached].sort()).toEqual([...DISPOSITIONS].sort());
});

it('forgets a false alarm for a year, and nothing else', () => {
  const on = day('2026-03-02');
  expect(DISPOSITIONS.map((each) => expiryOf(each, on))).toEqual(['2027-03-02', null, null, null]);
  expect(FALSE_POSITIVE_DAYS).toBe(365);
});

it.each([
  ['2026-03-02', '2026-03-02', '今天'],
  ['2026-03-01', '2026-03-02', '1 天前'],
  ['2026-01-21', '2026-03-02', '40 天前'],
])('says of %s on %s: %s', (then, now, words) => {
  expect(agoWords(day(then), day(now))).toBe(words);
});
