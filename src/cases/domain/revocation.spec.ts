import { fen } from '../../kernel/fen.js';
import { demandedOf, KeptNotLess } from './revocation.js';

it.each`
  granted    | kept       | demanded   | because
  ${100_000} | ${0}       | ${100_000} | ${'all of it is taken back'}
  ${100_000} | ${1}       | ${99_999}  | ${'a fen is kept'}
  ${100_000} | ${60_000}  | ${40_000}  | ${'what is more than the new amount'}
  ${100_000} | ${99_999}  | ${1}       | ${'a fen was too much'}
  ${100_000} | ${100_000} | ${null}    | ${'nothing would come back'}
  ${100_000} | ${100_001} | ${null}    | ${'a grant is not made larger by taking it back'}
  ${1}       | ${0}       | ${1}       | ${'the smallest grant'}
`('of $granted, $kept kept: $demanded comes back, $because', ({ granted, kept, demanded }: Row) => {
  const comes = () => demandedOf(fen(granted), fen(kept));
  if (demanded === null) expect(comes).toThrow(KeptNotLess);
  else expect(comes()).toBe(demanded);
});
type Row = { readonly granted: number; readonly kept: number; readonly demanded: number | null };

it('of every grant all that is not kept comes back, to the fen', () => {
  for (let granted = 1; granted <= 40; granted++)
    for (let kept = 0; kept < granted; kept++)
      expect(demandedOf(fen(granted), fen(kept)) + kept).toBe(granted);
});
