import { fen } from '../../kernel/fen.js';
import { changedWords, changesBetween, voidsVote } from './amendment.js';
import type { Amendable } from './amendment.js';

const before: Amendable = {
  amountFen: fen(100_000),
  cause: 'ILLNESS',
  payeeId: 'a',
  method: 'CARD',
  payeeAccountId: 'card-1',
  story: '夜里发病',
};

it.each`
  change                                      | fields              | voids    | because
  ${{}}                                       | ${''}               | ${false} | ${'nothing is different'}
  ${{ story: '夜里发病，送医' }}              | ${'STORY'}          | ${false} | ${'wording is not voted on'}
  ${{ amountFen: fen(100_001) }}              | ${'AMOUNT'}         | ${true}  | ${'one fen more is another motion'}
  ${{ payeeId: 'b' }}                         | ${'PAYEE'}          | ${true}  | ${'somebody else would be paid'}
  ${{ payeeAccountId: 'card-2' }}             | ${'ACCOUNT'}        | ${true}  | ${'another card of the same person'}
  ${{ method: 'CASH', payeeAccountId: null }} | ${'METHOD ACCOUNT'} | ${true}  | ${'each field has its own row'}
  ${{ cause: 'FIRE', story: null }}           | ${'CAUSE STORY'}    | ${true}  | ${'the story alone would not'}
`(
  '$fields voids the vote: $voids, $because',
  ({ change, fields, voids }: { change: Partial<Amendable>; fields: string; voids: boolean }) => {
    const changes = changesBetween(before, { ...before, ...change });
    expect(changes.map(({ field }) => field).join(' ')).toBe(fields);
    expect(voidsVote(changes)).toBe(voids);
  },
);

it('says which fields, and keeps what stood there', () => {
  const changes = changesBetween(before, { ...before, amountFen: fen(80_000), payeeAccountId: null });
  expect(changedWords(changes)).toBe('金额、收款账户有改动');
  expect(changes[0]).toEqual({ field: 'AMOUNT', before: '100000', after: '80000' });
});
