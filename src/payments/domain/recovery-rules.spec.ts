import { fen } from '../../kernel/fen.js';
import { InstalmentOverOutstanding, MayNotReceive } from './recovery.errors.js';
import { givenUpOf, outstandingOf, receiverDecision } from './recovery-rules.js';
import type { ReceiverDecision } from './recovery-rules.js';

it.each`
  demanded   | recovered  | writtenOff | outstanding | because
  ${100_000} | ${0}       | ${0}       | ${100_000}  | ${'nothing has come yet'}
  ${100_000} | ${40_000}  | ${0}       | ${60_000}   | ${'a part has come'}
  ${100_000} | ${40_000}  | ${60_000}  | ${0}        | ${'the rest was given up'}
  ${100_000} | ${100_000} | ${0}       | ${0}        | ${'all of it is back'}
`(
  'of $demanded $outstanding are owed: $because',
  ({ demanded, recovered, writtenOff, outstanding }: Owed) => {
    const owed = { demandedFen: fen(demanded), recoveredFen: fen(recovered), writtenOffFen: fen(writtenOff) };
    expect(outstandingOf(owed)).toBe(outstanding);
  },
);
type Owed = Record<'demanded' | 'recovered' | 'writtenOff' | 'outstanding', number>;

it.each`
  writtenOff | late      | givenUp   | because
  ${0}       | ${0}      | ${0}      | ${'nothing was written off'}
  ${60_000}  | ${0}      | ${60_000} | ${'none of it came in since'}
  ${60_000}  | ${20_000} | ${40_000} | ${'a part came in after all'}
  ${60_000}  | ${60_000} | ${0}      | ${'all of it came in after all'}
`(
  'of $writtenOff written off $givenUp may still come in: $because',
  ({ writtenOff, late, givenUp }: Late) => {
    expect(givenUpOf({ writtenOffFen: fen(writtenOff), recoveredLateFen: fen(late) })).toBe(givenUp);
  },
);
type Late = Record<'writtenOff' | 'late' | 'givenUp', number>;

it.each`
  personId     | offices           | decision         | because
  ${'cashier'} | ${['CASHIER']}    | ${'may-receive'} | ${'it is the office of the cashier'}
  ${'li'}      | ${['CASHIER']}    | ${'debtor'}      | ${'nobody receipts his own debt'}
  ${'wu'}      | ${['ACCOUNTANT']} | ${'accountant'}  | ${'会计法 35: who keeps books takes no money'}
  ${'sec'}     | ${['CLERK']}      | ${'not-cashier'} | ${'no such office'}
  ${null}      | ${['CASHIER']}    | ${'not-cashier'} | ${'nobody is nobody'}
`('$personId with $offices: $decision, since $because', ({ personId, offices, decision }: Row) => {
  expect(receiverDecision({ personId, offices }, 'li')).toBe(decision);
});
type Row = { personId: string | null; offices: string[]; decision: ReceiverDecision };

it('says what is owed and what was typed', () => {
  const refusal = new InstalmentOverOutstanding(fen(70_000), fen(60_000));
  expect(refusal.message).toBe('这次还 700.00 元，现在只欠 600.00 元。');
  expect(refusal.details).toEqual({ amountFen: 70_000, outstandingFen: 60_000 });
  expect(
    (['debtor', 'accountant', 'not-cashier'] as const).map((why) => new MayNotReceive(why).code),
  ).toEqual(['DEBTOR_CANNOT_RECEIVE', 'ACCOUNTANT_CANNOT_RECEIVE', 'CASHIER_ONLY']);
});
