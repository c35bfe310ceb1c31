import fc from 'fast-check';
import { fen, yuanText } from '../../kernel/fen.js';
import { calculated, flat, formulaFaultsIn, rateWords } from './formula.js';
import type { Bracket, Formula } from './formula.js';
import { workOut } from './worksheet.js';
import type { Bill, SumRule } from './worksheet.js';

const SIXTY = { numerator: 60, denominator: 100 };
const CAP = fen(50_000_000);
const rule = (formula: Formula = flat(SIXTY), more: Partial<SumRule> = {}): SumRule => ({
  formula,
  capFen: CAP,
  deductsCrowdfunding: false,
  ...more,
});
const bill = (total: number, deductions: Bill['deductions'] = {}): Bill => ({
  totalFen: fen(total),
  deductions,
});
const none = fen(0);

it('D4-1 works out the printed example to the fen: 60 % of what the family paid itself', () => {
  const sheet = workOut(
    bill(99_540_000, { BASIC_INSURANCE: fen(50_000_000), SERIOUS_ILLNESS: fen(10_960_000) }),
    rule(),
    none,
  );
  expect(sheet).toMatchObject({ deductedFen: 60_960_000, baseFen: 38_580_000, grantFen: 23_148_000 });
  expect(yuanText(sheet.grantFen)).toBe('231,480.00');
  expect([sheet.capApplied, sheet.isOverdeducted]).toEqual([false, false]);
});

it('D4-2 pays whole hundreds of yuan, half up, where the rule says so', () => {
  const { grantFen } = workOut(bill(38_580_000), rule(flat(SIXTY, fen(10_000), 'HALF_UP')), none);
  expect(grantFen).toBe(23_150_000);
});

it.each([
  [83_333_333, 49_999_999, 49_999_999, false],
  [83_333_334, 50_000_000, 50_000_000, false],
  [83_333_335, 50_000_001, 50_000_000, true],
])('D4-3 a base of %d fen calculates %d and grants %d', (base, calculatedFen, grantFen, capApplied) => {
  expect(workOut(bill(base), rule(), none)).toMatchObject({ calculatedFen, grantFen, capApplied });
});

it.each([
  ['D4-4 grants what is left of the cap, and says so', 25_000_000, 40_000_000, 10_000_000, true],
  ['grants exactly what is left without being capped', 16_666_667, 40_000_000, 10_000_000, false],
  ['D4-5 grants nothing where the cap is used up', 25_000_000, 50_000_000, 0, true],
])('%s', (_because, base, used, grantFen, capApplied) => {
  expect(workOut(bill(base), rule(), fen(used))).toMatchObject({ grantFen, capApplied });
});

it('D4-10 makes the base 0 and flags it where more was reimbursed than was spent', () => {
  const sheet = workOut(bill(100_000, { BASIC_INSURANCE: fen(100_001) }), rule(), none);
  expect(sheet).toMatchObject({ baseFen: 0, grantFen: 0, isOverdeducted: true });
  expect(workOut(bill(100_000, { BASIC_INSURANCE: fen(100_000) }), rule(), none).isOverdeducted).toBe(false);
});

it('takes what was raised on the net off only where the fund does', () => {
  const given = bill(1_000_000, { CROWDFUNDING: fen(400_000) });
  expect(workOut(given, rule(), none).baseFen).toBe(1_000_000);
  const counted = workOut(given, rule(undefined, { deductsCrowdfunding: true }), none);
  expect([counted.baseFen, counted.lines.at(-1)]).toEqual([
    600_000,
    { deduction: 'CROWDFUNDING', amountFen: 400_000 },
  ]);
});

const share = (numerator: number, denominator = 100) => ({ numerator, denominator });
/** Nothing on the first 10,000 yuan, half up to 100,000, seventy per cent above. */
const tiers: readonly Bracket[] = [
  { upToFen: fen(1_000_000), rate: share(0) },
  { upToFen: fen(10_000_000), rate: share(50) },
  { upToFen: null, rate: share(70) },
];
const tiered = (more: Partial<Formula> = {}): Formula => ({
  brackets: tiers,
  grainFen: fen(1),
  rounding: 'DOWN',
  ...more,
});

it.each([
  [0, 0],
  [1_000_000, 0],
  [1_000_001, 0],
  [1_000_002, 1],
  [10_000_000, 4_500_000],
  [10_000_010, 4_500_007],
  [20_000_000, 11_500_000],
])('lays each rate on its own bracket: of %d fen, %d', (base, amount) => {
  expect(calculated(tiered(), fen(base))).toBe(amount);
});

it.each([
  ['DOWN', 149, 100],
  ['DOWN', 199, 100],
  ['HALF_UP', 149, 100],
  ['HALF_UP', 150, 200],
  ['UP', 100, 100],
  ['UP', 101, 200],
] as const)('rounds %s to whole yuan: 2/3 of what makes %d fen is %d', (rounding, exact, amount) => {
  expect(calculated(flat(share(1, 2), fen(100), rounding), fen(exact * 2))).toBe(amount);
});

it('never rounds above the base: help does not exceed the cost', () => {
  expect(calculated(flat(share(100), fen(10_000), 'UP'), fen(10_001))).toBe(10_001);
});

it('makes no difference between one sum and its thirds: a fraction is rounded once', () => {
  expect(calculated(flat(share(1, 3)), fen(100))).toBe(33);
  const thirds: Formula = {
    ...tiered(),
    brackets: [
      { upToFen: fen(1), rate: share(1, 3) },
      { upToFen: fen(2), rate: share(1, 3) },
      { upToFen: null, rate: share(1, 3) },
    ],
  };
  expect(calculated(thirds, fen(3))).toBe(1);
});

const arbitraryFormula: fc.Arbitrary<Formula> = fc
  .record({
    bounds: fc.uniqueArray(fc.integer({ min: 1, max: 100_000_000 }), { maxLength: 4 }),
    rates: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
    grain: fc.constantFrom(1, 100, 10_000),
    rounding: fc.constantFrom('DOWN' as const, 'HALF_UP' as const, 'UP' as const),
  })
  .map(({ bounds, rates, grain, rounding }) => {
    const ends: (number | null)[] = [...bounds.sort((a, b) => a - b), null];
    const brackets = ends.map((end, i) => ({
      upToFen: end === null ? null : fen(end),
      rate: share(rates[i] ?? 0),
    }));
    return { brackets, grainFen: fen(grain), rounding };
  });
const base = fc.integer({ min: 0, max: 200_000_000 });

it('of any formula: never above the base, never less for a larger base, whole grains below it', () => {
  fc.assert(
    fc.property(arbitraryFormula, base, base, (formula, one, other) => {
      const [low, high] = [fen(Math.min(one, other)), fen(Math.max(one, other))];
      const [little, much] = [calculated(formula, low), calculated(formula, high)];
      expect(little).toBeLessThanOrEqual(low);
      expect(little).toBeLessThanOrEqual(much);
      expect(little === low || little % formula.grainFen === 0).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it('of any bill: the lines add up, and the grant fits the base, the cap and the formula', () => {
  const amounts = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(arbitraryFormula, amounts, amounts, amounts, amounts, (formula, total, a, b, used) => {
      const given = bill(total, { BASIC_INSURANCE: fen(a), OTHER_AID: fen(b) });
      const sheet = workOut(given, rule(formula), fen(used));
      expect(sheet.baseFen).toBe(Math.max(total - a - b, 0));
      expect(sheet.grantFen).toBe(Math.min(sheet.calculatedFen, Math.max(CAP - used, 0)));
      expect(sheet.grantFen + Math.min(a + b, total)).toBeLessThanOrEqual(Math.max(total, a + b));
      expect(sheet.capApplied).toBe(sheet.grantFen < sheet.calculatedFen);
    }),
    { numRuns: 2_000 },
  );
});

it.each<[string, Formula]>([
  ['no bracket', { ...tiered(), brackets: [] }],
  ['a rate above the whole', flat(share(101))],
  ['a rate of nothing at all', flat(share(0))],
  ['an upper end on the last bracket', { ...tiered(), brackets: [{ upToFen: fen(5), rate: share(50) }] }],
  ['brackets that fall', { ...tiered(), brackets: [tiers[1], tiers[0], tiers[2]].filter((each) => !!each) }],
  ['a grain of seven fen', flat(SIXTY, fen(7))],
])('refuses %s', (_because, formula) => {
  expect(formulaFaultsIn(formula)).toHaveLength(1);
});

it('finds nothing wrong with a flat rate or with tiers, and says a rate as people do', () => {
  expect([...formulaFaultsIn(flat(SIXTY)), ...formulaFaultsIn(tiered())]).toEqual([]);
  expect([rateWords(SIXTY), rateWords(share(1, 3)), rateWords(share(125, 1000))]).toEqual([
    '60%',
    '1/3',
    '125/1000',
  ]);
});
