import { fen } from '../../kernel/fen.js';
import { revisionText } from './revision.js';

const voted = {
  amountFen: fen(100_000),
  cause: 'ILLNESS',
  payeeId: 'person-1',
  method: 'CARD',
  payeeAccountId: 'account-1',
} as const;

it('is the same text for the same case', () => {
  expect(revisionText({ ...voted })).toBe(revisionText(voted));
});

it.each([
  ['the amount', { amountFen: fen(100_001) }],
  ['the cause', { cause: 'FIRE' as const }],
  ['the payee', { payeeId: 'person-2' }],
  ['the method', { method: 'CASH' as const }],
  ['the account', { payeeAccountId: null }],
])('is another text when %s changes', (_what, change) => {
  expect(revisionText({ ...voted, ...change })).not.toBe(revisionText(voted));
});
