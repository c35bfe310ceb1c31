import { fen } from '../../kernel/fen.js';
import type { DuplicateReason, OtherCase, SameIdentity } from './duplicates.js';
import { duplicatesOf } from './duplicates.js';

const mine = { applicantId: 'me', householdId: 'ours', payeeAccountId: 'card', cause: 'ILLNESS' } as const;
const other = (change: Partial<OtherCase>): OtherCase => ({
  number: '2026-0007',
  applicantId: 'another',
  householdId: 'theirs',
  payeeAccountId: null,
  cause: 'FIRE',
  amountFen: fen(100_000),
  ...change,
});
type Row = { change: Partial<OtherCase>; why: SameIdentity['why'] | null; reasons: DuplicateReason[] };

it.each`
  change                        | why                   | reasons                   | because
  ${{}}                         | ${null}               | ${[]}                     | ${'a stranger'}
  ${{ applicantId: 'me' }}      | ${null}               | ${['PERSON']}             | ${'the same person says it all'}
  ${{ householdId: 'ours' }}    | ${null}               | ${['HOUSEHOLD']}          | ${'one household'}
  ${{ payeeAccountId: 'card' }} | ${null}               | ${['CARD']}               | ${'the money would go to one card'}
  ${{}}                         | ${'ID'}               | ${['ID']}                 | ${'entered twice under one ID number'}
  ${{}}                         | ${'PHONE'}            | ${['PHONE']}              | ${'one phone'}
  ${{}}                         | ${'NAME_BIRTH_PLACE'} | ${['NAME_BIRTH_PLACE']}   | ${'D4-50 without an ID number'}
  ${{ householdId: 'ours' }}    | ${'HOUSEHOLD'}        | ${['HOUSEHOLD']}          | ${'one reason is said once'}
  ${{ householdId: 'ours' }}    | ${'PHONE'}            | ${['HOUSEHOLD', 'PHONE']} | ${'both reasons are said'}
`('finds $reasons: $because', ({ change, why, reasons }: Row) => {
  const same = why ? [{ personId: 'another', why }] : [];
  const found = duplicatesOf(mine, [other(change)], same);
  expect(found.flatMap((duplicate) => duplicate.reasons)).toEqual(reasons);
});

it('says whether the cause is the same', () => {
  const found = duplicatesOf(
    mine,
    [other({ applicantId: 'me' }), other({ applicantId: 'me', cause: 'ILLNESS' })],
    [],
  );
  expect(found.map((duplicate) => duplicate.sameCause)).toEqual([false, true]);
});

it('does not take two missing cards for one', () => {
  expect(duplicatesOf({ ...mine, payeeAccountId: null }, [other({ payeeAccountId: null })], [])).toEqual([]);
});
