import { flat } from '../../funds/domain/formula.js';
import { workOut } from '../../funds/domain/worksheet.js';
import { fen } from '../../kernel/fen.js';
import { sumWords } from './sum-words.js';

const CAP = fen(50_000_000);
const sixty = { formula: flat({ numerator: 60, denominator: 100 }), capFen: CAP, deductsCrowdfunding: false };
const bill = {
  totalFen: fen(99_540_000),
  deductions: { BASIC_INSURANCE: fen(40_000_000), SERIOUS_ILLNESS: fen(20_960_000) },
};

it('D4-1 says each figure of the sheet, from the whole cost to what is left of the cap', () => {
  const words = sumWords(sixty, workOut(bill, sixty, fen(1_000)));
  expect(words).toEqual({
    lines: [
      { label: '费用合计', amount: '995,400.00' },
      { label: '减：基本医保', amount: '400,000.00' },
      { label: '减：大病保险', amount: '209,600.00' },
      { label: '减：医疗救助', amount: '0.00' },
      { label: '减：商业保险', amount: '0.00' },
      { label: '减：其他慈善和互助', amount: '0.00' },
      { label: '自付费用', amount: '385,800.00' },
    ],
    rate: '×60%',
    bounds: [
      { label: '按比例算出', amount: '231,480.00' },
      { label: '每户最高', amount: '500,000.00' },
      { label: '以前已用', amount: '10.00' },
      { label: '余下额度', amount: '499,990.00' },
    ],
  });
});

it.each`
  brackets                                                                                                                      | rate            | because
  ${[{ upToFen: null, rate: { numerator: 60, denominator: 100 } }]}                                                             | ${'×60%'}       | ${'one rate, in the hundred'}
  ${[{ upToFen: null, rate: { numerator: 1, denominator: 3 } }]}                                                                | ${'×1/3'}       | ${'one rate that is no whole percentage'}
  ${[{ upToFen: fen(100), rate: { numerator: 1, denominator: 2 } }, { upToFen: null, rate: { numerator: 1, denominator: 4 } }]} | ${'按各段比例'} | ${'several'}
`(
  'calls it $rate: $because',
  ({ brackets, rate }: { brackets: typeof sixty.formula.brackets; rate: string }) => {
    const rule = { ...sixty, formula: { ...sixty.formula, brackets } };
    expect(sumWords(rule, workOut(bill, rule, fen(0))).rate).toBe(rate);
  },
);

it('has a line for what was raised on the net where the rule takes it off', () => {
  const rule = { ...sixty, deductsCrowdfunding: true };
  const sheet = workOut(
    { ...bill, deductions: { ...bill.deductions, CROWDFUNDING: fen(500) } },
    rule,
    fen(0),
  );
  expect(sumWords(rule, sheet).lines).toContainEqual({ label: '减：网络筹款', amount: '5.00' });
});
