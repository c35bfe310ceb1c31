import { fen } from '../../kernel/fen.js';
import { FundCannotCover } from './ledger.errors.js';

it('says what is free, what is asked, and what to do instead', () => {
  const refusal = new FundCannotCover('救急难池', fen(20_000), fen(100_000));
  expect(refusal.message).toBe('救急难池现在可用 200.00 元，不够留出 1,000.00 元。');
  expect(refusal.details).toEqual({ heldFen: 20_000, neededFen: 100_000 });
  expect(refusal.advice).toContain('200.00 元以内');
  expect(refusal.kind).toBe('conflict');
});
