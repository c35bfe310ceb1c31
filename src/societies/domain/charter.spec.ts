import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { charterFaultsIn, USUAL_TERMS } from './charter.js';
import type { CharterTerms } from './charter.js';
import { kindAt, mayBeParent } from './founding.js';

const terms = (more: Partial<CharterTerms> = {}): CharterTerms => ({
  ...USUAL_TERMS,
  validFrom: day('2026-01-01'),
  numberPrefix: '柳溪',
  publicContactOffice: '柳溪镇民政办',
  publicContactPhone: '0000-1234567',
  publicContactAddress: '柳溪镇政府一楼',
  ...more,
});

it('finds nothing wrong with what most societies write', () => {
  expect(charterFaultsIn(terms())).toEqual([]);
});

it.each<[string, Partial<CharterTerms>, keyof CharterTerms]>([
  ['a case of nothing', { perCaseLimitFen: fen(0), fastPathLimitFen: fen(0) }, 'perCaseLimitFen'],
  ['a year that holds less than one case', { householdYearLimitFen: fen(299_999) }, 'householdYearLimitFen'],
  ['a fast path above the limit of a case', { fastPathLimitFen: fen(300_001) }, 'fastPathLimitFen'],
  ['an alarm below nothing', { minBalanceFen: fen(-1) }, 'minBalanceFen'],
  ['more than all for a quorum', { quorum: { numerator: 4, denominator: 3 } }, 'quorum'],
  ['a quorum of nobody', { quorum: { numerator: 0, denominator: 3 } }, 'quorum'],
  [
    'a decision by less than half of those present',
    { majority: { numerator: 49, denominator: 100 } },
    'majority',
  ],
  ['a notice of no days', { noticeDays: 0 }, 'noticeDays'],
  ['half an hour to vote', { voteHours: 0.5 }, 'voteHours'],
  ['a year to pay an emergency', { payHours: 8760 }, 'payHours'],
  ['no help at all in a year', { householdYearLimitCount: 0 }, 'householdYearLimitCount'],
])('finds %s', (_because, more, term) => {
  expect(charterFaultsIn(terms(more)).map((fault) => fault.term)).toEqual([term]);
});

it('takes the bounds themselves', () => {
  const edge = { fastPathLimitFen: fen(300_000), householdYearLimitFen: fen(300_000), minBalanceFen: fen(0) };
  expect(charterFaultsIn(terms({ ...edge, majority: { numerator: 1, denominator: 2 } }))).toEqual([]);
});

it('names all that is wrong at once', () => {
  expect(charterFaultsIn(terms({ noticeDays: 0, voteHours: 0, payHours: 0 }))).toHaveLength(3);
});

it('knows from the place what is founded there, and who may stand above whom', () => {
  expect([kindAt('VILLAGE'), kindAt('TOWN'), kindAt('COUNTY'), kindAt('CITY')]).toEqual([
    'SOCIETY',
    'TOWN_UNION',
    'FEDERATION',
    'FEDERATION',
  ]);
  expect([mayBeParent('TOWN_UNION', 'SOCIETY'), mayBeParent('FEDERATION', 'SOCIETY')]).toEqual([true, true]);
  expect([mayBeParent('SOCIETY', 'SOCIETY'), mayBeParent('SOCIETY', 'TOWN_UNION')]).toEqual([false, false]);
});
