import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { statementOf, statementPaper, statementYear } from './statement.js';
import type { StatementGift } from './statement.js';

const today = day('2026-11-26');
const gift = (
  amount: number,
  used: number,
  refunded = 0,
  more: Partial<StatementGift> = {},
): StatementGift => ({
  givenOn: day('2026-03-05'),
  form: 'MONEY',
  purse: '救急难池',
  receiptNumber: '2026000001',
  amountFen: fen(amount),
  usedFen: fen(used),
  managedFen: fen(0),
  unspentFen: fen(amount - used - refunded),
  refundedFen: fen(refunded),
  ...more,
});
const person = { name: '顾双双', isCompany: false, uscc: null, issuer: '柳溪村互助社' };

it('adds up to the fen, goods apart', () => {
  const gifts = [gift(50_000, 20_000, 10_000), gift(1, 1), gift(30_000, 0, 0, { form: 'GOODS' })];
  const { totals } = statementOf(2026, today, gifts);
  expect(totals).toEqual({
    ...{
      gifts: 2,
      amountFen: 50_001,
      usedFen: 20_001,
      managedFen: 0,
      unspentFen: 20_000,
      refundedFen: 10_000,
    },
    ...{ goods: 1, goodsFen: 30_000 },
  });
  expect(totals.usedFen + totals.unspentFen + totals.refundedFen).toBe(totals.amountFen);
});

it('says what paid for the house, where its giver agreed to it, and that it is in what was used', () => {
  const plain = statementPaper(statementOf(2026, today, [gift(50_000, 20_000)]), person);
  const gifts = [gift(50_000, 20_000, 0, { managedFen: fen(5_000) })];
  const paper = statementPaper(statementOf(2026, today, gifts), person);
  expect(paper.gifts[0]?.words).toContain('票据 2026000001，管理费用 50.00 元');
  expect(paper.afterwards[0]).toContain('“已用”是已经付出去的，包括管理费用，');
  expect(plain.afterwards[0]).not.toContain('管理费用');
});

it('says every gift in words, refunds where there are any', () => {
  const gifts = [gift(50_000, 20_000, 10_000), gift(30_000, 0, 0, { form: 'GOODS', receiptNumber: null })];
  const paper = statementPaper(statementOf(2026, today, gifts), person);
  expect(paper.to).toBe('尊敬的顾双双');
  expect(paper.lead).toContain(
    '捐款 1 笔，合计人民币伍佰元整（¥500.00）；物资 1 批，价值人民币叁佰元整（¥300.00）',
  );
  expect(paper.gifts).toEqual([
    {
      ...{ words: '3月5日，记入救急难池，票据 2026000001，退回 100.00 元' },
      ...{ amount: '500.00', used: '200.00', unspent: '200.00' },
    },
    { words: '3月5日物资，记入救急难池', amount: '300.00', used: '—', unspent: '—' },
  ]);
  expect(paper.total).toMatchObject({ words: '款项合计，退回 100.00 元', amount: '500.00' });
});

it('says so where nothing was given', () => {
  const paper = statementPaper(statementOf(2025, today, []), { ...person, isCompany: true });
  expect(paper.lead).toBe('2025年，本社没有收到贵单位的捐赠。');
});

it.each([
  ['2026', 2026],
  [2024, 2024],
])('takes %p', (typed, year) => {
  expect(statementYear(typed, today)).toBe(year);
});

it.each(['2027', '26', 'abcd', '1999', ''])('knows no year %p', (typed) => {
  expect(() => statementYear(typed, today)).toThrow('没有这一年');
});
