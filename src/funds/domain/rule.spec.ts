import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { levelBelow } from './fund.js';
import { flat } from './formula.js';
import { HIGHEST_CAP_FEN, ruleFaultsIn, USUAL_RULE, windowKeyOf } from './rule.js';
import type { RuleTerms } from './rule.js';

const terms = (more: Partial<RuleTerms> = {}): RuleTerms => ({
  ...USUAL_RULE,
  validFrom: day('2026-01-01'),
  document: '《安心纾困慈善基金管理办法》第八条',
  ...more,
});

it('finds nothing wrong with the usual rule', () => {
  expect(ruleFaultsIn(terms())).toEqual([]);
});

it.each<[string, Partial<RuleTerms>, keyof RuleTerms]>([
  ['no cause', { causes: [] }, 'causes'],
  ['a rate above the whole', { formula: flat({ numerator: 3, denominator: 2 }) }, 'formula'],
  ['no cap', { capFen: fen(0) }, 'capFen'],
  ['a cap above 500,000 yuan a household', { capFen: fen(HIGHEST_CAP_FEN + 1) }, 'capFen'],
  ['a notice of no days', { noticeDays: 0 }, 'noticeDays'],
  ['an advance of more than half', { advance: { numerator: 51, denominator: 100 } }, 'advance'],
  ['two reviewers for nothing', { secondReviewFromFen: fen(0) }, 'secondReviewFromFen'],
])('refuses %s', (_because, more, term) => {
  expect(ruleFaultsIn(terms(more)).map((fault) => fault.term)).toEqual([term]);
});

it('takes the bounds themselves', () => {
  const edge = { capFen: HIGHEST_CAP_FEN, noticeDays: 60, advance: { numerator: 1, denominator: 2 } };
  expect(ruleFaultsIn(terms(edge))).toEqual([]);
  expect(ruleFaultsIn(terms({ advance: { numerator: 0, denominator: 100 } }))).toEqual([]);
});

it('D4-9 counts a grant in the window in which its decision stands', () => {
  const approvedOn = day('2026-12-31');
  expect([
    windowKeyOf('NATURAL_YEAR', 'ILLNESS', approvedOn),
    windowKeyOf('NATURAL_YEAR', 'ILLNESS', day('2027-01-01')),
    windowKeyOf('LIFETIME', 'ILLNESS', approvedOn),
    windowKeyOf('PER_CAUSE', 'FIRE', approvedOn),
  ]).toEqual(['2026', '2027', 'LIFETIME', 'FIRE']);
});

it('knows what is opened below what', () => {
  expect([levelBelow('FUND'), levelBelow('PROJECT'), levelBelow('SUB_PROJECT')]).toEqual([
    'PROJECT',
    'SUB_PROJECT',
    null,
  ]);
});
