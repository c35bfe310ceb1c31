import { DEDUCTIONS } from '../../funds/domain/worksheet.js';
import { fen } from '../../kernel/fen.js';
import { askedBy, billOf, checkPolicies } from './policies.js';
import type { PolicyChecked } from './policies.js';
import { PolicyAmountWrong, PolicyMissing } from './relief.errors.js';

type Refusal = (new (...args: never[]) => Error) | null;

const [PLAIN, NET] = [{ deductsCrowdfunding: false }, { deductsCrowdfunding: true }];

const answer = (change: Partial<PolicyChecked> = {}): PolicyChecked => ({
  ...{ deduction: 'BASIC_INSURANCE', outcome: 'NOT_ELIGIBLE', amountFen: fen(0), proof: null },
  ...change,
});
const all = (first: Partial<PolicyChecked> = {}): PolicyChecked[] =>
  askedBy(PLAIN).map((deduction, i) => answer({ deduction, ...(i === 0 ? first : {}) }));

it('asks for what was raised on the net only where the rule takes it off', () => {
  expect(askedBy(NET)).toEqual(DEDUCTIONS);
  expect(askedBy(PLAIN)).toEqual(DEDUCTIONS.filter((each) => each !== 'CROWDFUNDING'));
});

it.each`
  policies                                                         | refusal              | because
  ${all()}                                                         | ${null}              | ${'each has an answer, and none gave anything'}
  ${all({ outcome: 'APPLIED', amountFen: fen(1), proof: 'JS-1' })} | ${null}              | ${'a fen, and what proves it'}
  ${all({ outcome: 'REFUSED' })}                                   | ${null}              | ${'asked, and refused'}
  ${all({ outcome: 'NOT_ASKED' })}                                 | ${null}              | ${'not insured'}
  ${all().slice(1)}                                                | ${PolicyMissing}     | ${'one was not asked'}
  ${[...all(), answer()]}                                          | ${PolicyMissing}     | ${'one has two answers'}
  ${[]}                                                            | ${PolicyMissing}     | ${'nothing was asked'}
  ${all({ outcome: 'APPLIED', amountFen: fen(0), proof: 'JS-1' })} | ${PolicyAmountWrong} | ${'applied, and nothing'}
  ${all({ outcome: 'APPLIED', amountFen: fen(1) })}                | ${PolicyAmountWrong} | ${'nothing proves it'}
  ${all({ outcome: 'REFUSED', amountFen: fen(1) })}                | ${PolicyAmountWrong} | ${'refused, and yet money'}
`('$because', ({ policies, refusal }: { policies: PolicyChecked[]; refusal: Refusal }) => {
  const check = () => {
    checkPolicies(PLAIN, policies);
  };
  if (refusal) expect(check).toThrow(refusal);
  else expect(check).not.toThrow();
});

it('wants the net too where the rule takes it off', () => {
  expect(() => {
    checkPolicies(NET, all());
  }).toThrow(PolicyMissing);
  expect(() => {
    checkPolicies(NET, [...all(), answer({ deduction: 'CROWDFUNDING' })]);
  }).not.toThrow();
});

it('takes an answer that was not asked for, if it is one and right', () => {
  const net = (change: Partial<PolicyChecked> = {}) => answer({ deduction: 'CROWDFUNDING', ...change });
  const checking = (policies: PolicyChecked[]) => () => {
    checkPolicies(PLAIN, [...all(), ...policies]);
  };
  expect(checking([net({ outcome: 'APPLIED', amountFen: fen(5), proof: 'S-1' })])).not.toThrow();
  expect(checking([net(), net()])).toThrow(PolicyMissing);
  expect(checking([net({ amountFen: fen(5) })])).toThrow(PolicyAmountWrong);
});

it('makes a bill of the total and what each has paid', () => {
  const paid = all({ outcome: 'APPLIED', amountFen: fen(300), proof: 'JS-1' });
  expect(billOf(fen(1_000), paid)).toMatchObject({
    totalFen: 1_000,
    deductions: { BASIC_INSURANCE: 300, OTHER_AID: 0 },
  });
  expect(billOf(fen(1_000), [])).toEqual({ totalFen: 1_000, deductions: {} });
});
