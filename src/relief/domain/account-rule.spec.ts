import { ACCOUNT_STATES, checkNaming, mayNameAccount } from './account-rule.js';
import { RELIEF_STATES } from './relief-procedure.js';
import type { ReliefState } from './relief-procedure.js';

it.each`
  state               | accountId | isAdvanced | may      | because
  ${'SUBMITTED'}      | ${null}   | ${false}   | ${true}  | ${'the card was not at hand'}
  ${'RETURNED'}       | ${null}   | ${false}   | ${true}  | ${'it comes with the rest'}
  ${'REVIEWED'}       | ${'one'}  | ${false}   | ${true}  | ${'nobody has voted on it'}
  ${'REVIEWED'}       | ${'one'}  | ${true}    | ${false} | ${'two have signed a payment to it'}
  ${'PANEL'}          | ${'one'}  | ${false}   | ${false} | ${'the board votes on it'}
  ${'PANEL'}          | ${null}   | ${false}   | ${true}  | ${'where it is paid is arranged later'}
  ${'PRE_NOTICE'}     | ${null}   | ${true}    | ${true}  | ${'the hospital was advanced, the family not yet'}
  ${'OBJECTION_HOLD'} | ${'one'}  | ${false}   | ${false} | ${'it is known'}
  ${'APPROVED'}       | ${null}   | ${false}   | ${false} | ${'the orders are out'}
`(
  'a state of $state with $accountId lets an account be named: $may, since $because',
  ({ state, accountId, isAdvanced, may }: Row) => {
    expect(mayNameAccount({ state, accountId }, isAdvanced)).toBe(may);
    const naming = () => {
      checkNaming({ state, accountId }, isAdvanced);
    };
    if (may) naming();
    else expect(naming).toThrow(ACCOUNT_STATES.includes(state) ? '不能再换' : '这一步不能办');
  },
);
type Row = { state: ReliefState; accountId: string | null; isAdvanced: boolean; may: boolean };

it('nobody names one once the payments are ordered, or where the case is over', () => {
  const closed = RELIEF_STATES.filter((state) => !ACCOUNT_STATES.includes(state));
  expect(closed).toEqual([
    ...['APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED', 'REJECTED', 'LAPSED', 'WITHDRAWN', 'TERMINATED'],
  ]);
});
