import { fen } from '../../kernel/fen.js';
import { refusalOfLimits } from './limits.js';

const terms = {
  scope: 'RESIDENT',
  perCaseLimitFen: fen(300_000),
  householdYearLimitFen: fen(500_000),
  householdYearLimitCount: 2,
} as const;
const nothing = { usedFen: fen(0), usedCount: 0 };
type Row = {
  scope: 'HUKOU' | 'RESIDENT' | 'ANY';
  residence: 'HUKOU' | 'RESIDENT' | 'OUTSIDER';
  code?: string;
};

it.each`
  scope         | residence     | code              | because
  ${'HUKOU'}    | ${'HUKOU'}    | ${undefined}      | ${'registered here'}
  ${'HUKOU'}    | ${'RESIDENT'} | ${'OUT_OF_SCOPE'} | ${'lives here, registered elsewhere'}
  ${'HUKOU'}    | ${'OUTSIDER'} | ${'OUT_OF_SCOPE'} | ${'neither'}
  ${'RESIDENT'} | ${'HUKOU'}    | ${undefined}      | ${'registered here, wherever he lives'}
  ${'RESIDENT'} | ${'RESIDENT'} | ${undefined}      | ${'lives here'}
  ${'RESIDENT'} | ${'OUTSIDER'} | ${'OUT_OF_SCOPE'} | ${'passing through'}
  ${'ANY'}      | ${'OUTSIDER'} | ${undefined}      | ${'this society helps whoever is found'}
`('scope $scope and a person $residence: $because', ({ scope, residence, code }: Row) => {
  const refusal = refusalOfLimits({ ...terms, scope }, { residence, amountFen: fen(100) }, nothing);
  expect(refusal?.code).toBe(code);
});

it.each`
  amount     | usedFen    | usedCount | code                      | because
  ${300_000} | ${0}       | ${0}      | ${undefined}              | ${'exactly the limit of one case'}
  ${300_001} | ${0}       | ${0}      | ${'PER_CASE_LIMIT'}       | ${'one fen above it'}
  ${100_000} | ${400_000} | ${1}      | ${undefined}              | ${'exactly the limit of the year'}
  ${100_001} | ${400_000} | ${1}      | ${'HOUSEHOLD_YEAR_LIMIT'} | ${'one fen above it'}
  ${100}     | ${200}     | ${1}      | ${undefined}              | ${'the second of two'}
  ${100}     | ${200}     | ${2}      | ${'HOUSEHOLD_YEAR_LIMIT'} | ${'the third of two'}
`(
  '$amount after $usedFen in $usedCount grants: $because',
  (row: Record<string, number> & { code?: string }) => {
    const asked = { residence: 'HUKOU' as const, amountFen: fen(row['amount'] ?? 0) };
    const use = { usedFen: fen(row['usedFen'] ?? 0), usedCount: row['usedCount'] ?? 0 };
    expect(refusalOfLimits(terms, asked, use)?.code).toBe(row.code);
  },
);

it('says the numbers, and what to do instead', () => {
  const use = { usedFen: fen(450_000), usedCount: 1 };
  const refusal = refusalOfLimits(terms, { residence: 'HUKOU', amountFen: fen(100_000) }, use);
  expect(refusal?.message).toContain('最多 2 次、共 5,000.00 元');
  expect(refusal?.message).toContain('已用 1 次、4,500.00 元，这次要 1,000.00 元');
  expect(refusal?.advice).not.toBe('');
});
