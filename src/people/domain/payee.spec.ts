import { holderMatchOf } from './payee.js';

it.each`
  holder       | guardian    | match         | because
  ${'李建明'}  | ${null}     | ${'PERSON'}   | ${'the card is the person’s own'}
  ${'李 建明'} | ${null}     | ${'PERSON'}   | ${'a space is no other name'}
  ${'张桂芳'}  | ${'张桂芳'} | ${'GUARDIAN'} | ${'the guardian takes the money of a child'}
  ${'张桂芳'}  | ${null}     | ${'OTHER'}    | ${'no holding for others (domain.md 1.10)'}
`(
  '$holder on a card of 李建明: $match, $because',
  (row: { holder: string; guardian: string | null; match: string }) => {
    expect(holderMatchOf(row.holder, '李建明', row.guardian)).toBe(row.match);
  },
);
