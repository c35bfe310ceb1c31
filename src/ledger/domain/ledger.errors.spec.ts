import { fen } from '../../kernel/fen.js';
import { FundCannotCover, InflowPromised, InflowUsed } from './ledger.errors.js';

it('says what is free, what is asked, and what to do instead', () => {
  const refusal = new FundCannotCover('救急难池', fen(20_000), fen(100_000));
  expect(refusal.message).toBe('救急难池现在可用 200.00 元，不够留出 1,000.00 元。');
  expect(refusal.details).toEqual({ heldFen: 20_000, neededFen: 100_000 });
  expect(refusal.advice).toContain('200.00 元以内');
  expect(refusal.kind).toBe('conflict');
});

it('says how much of an inflow is used, or promised, when it cannot be taken back', () => {
  expect(new InflowUsed(fen(50_000), fen(20_000)).message).toBe(
    '这笔来款 500.00 元，已经用了 300.00 元，不能冲销。',
  );
  expect(new InflowPromised(fen(20_000), fen(50_000)).message).toBe(
    '现在可用 200.00 元，冲销要减 500.00 元，会动到已经留出的钱。',
  );
});
