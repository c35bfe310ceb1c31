import { MayNotPay, WitnessesNeeded } from './payment.errors.js';
import { paidAtFault, payeeAccountOf, payerDecision, witnessFault } from './payment-rules.js';
import type { PayerDecision } from './payment-rules.js';

const order = { approverId: 'chair', payeeId: 'li' };

it.each`
  personId     | offices                      | decision         | because
  ${'cashier'} | ${['CASHIER']}               | ${'may-pay'}     | ${'it is the office of the cashier'}
  ${'cashier'} | ${['CASHIER', 'DIRECTOR']}   | ${'may-pay'}     | ${'a ballot is no approval'}
  ${'chair'}   | ${['CHAIR', 'CASHIER']}      | ${'approver'}    | ${'D4-20: the approver is also set as cashier'}
  ${'li'}      | ${['CASHIER']}               | ${'payee'}       | ${'D4-19: nobody pays himself'}
  ${'wang'}    | ${['ACCOUNTANT', 'CASHIER']} | ${'accountant'}  | ${'会计法 35: who pays keeps no books'}
  ${'wang'}    | ${['ACCOUNTANT']}            | ${'accountant'}  | ${'会计法 35'}
  ${'sec'}     | ${['SECRETARY_GENERAL']}     | ${'not-cashier'} | ${'the secretary has no such office'}
  ${null}      | ${['CASHIER']}               | ${'not-cashier'} | ${'nobody is nobody'}
`('$personId with $offices: $decision, since $because', ({ personId, offices, decision }: Row) => {
  expect(payerDecision({ personId, offices }, order)).toBe(decision);
});
type Row = { personId: string | null; offices: string[]; decision: PayerDecision };

it.each`
  witnesses            | fault           | because
  ${['a', 'b']}        | ${null}         | ${'two others were there'}
  ${['a', 'chair']}    | ${null}         | ${'the approver may look on'}
  ${['a']}             | ${'two-needed'} | ${'one is not two'}
  ${[undefined, null]} | ${'two-needed'} | ${'nobody was named'}
  ${['a', 'b', 'c']}   | ${'two-needed'} | ${'the slip has two places'}
  ${['a', 'a']}        | ${'same'}       | ${'one person is one pair of eyes'}
  ${['a', 'cashier']}  | ${'cashier'}    | ${'whoever hands it over does not witness it'}
  ${['li', 'b']}       | ${'payee'}      | ${'nor does whoever takes it'}
`(
  'D4-48 $witnesses: $fault, since $because',
  ({ witnesses, fault }: { witnesses: string[]; fault: string | null }) => {
    expect(witnessFault(witnesses, { cashierId: 'cashier', payeeId: 'li' })).toBe(fault);
  },
);

it.each`
  paidAt                        | fault                | because
  ${'2026-03-06T09:00:00.000Z'} | ${null}              | ${'it lies between'}
  ${'2026-03-06T02:00:00.000Z'} | ${null}              | ${'a typed minute has no seconds'}
  ${'2026-03-06T01:59:59.000Z'} | ${'before-approval'} | ${'nothing had been decided'}
  ${'2026-03-06T10:00:00.001Z'} | ${'future'}          | ${'it has not happened'}
`(
  'paid at $paidAt: $fault, since $because',
  ({ paidAt, fault }: { paidAt: string; fault: string | null }) => {
    const [ordered, now] = [new Date('2026-03-06T02:00:30.000Z'), new Date('2026-03-06T10:00:00.000Z')];
    expect(paidAtFault(new Date(paidAt), ordered, now)).toBe(fault);
  },
);

it('finds the account of the order among those of the payee, or none', () => {
  expect(payeeAccountOf('b', [{ id: 'a' }, { id: 'b' }])).toEqual({ id: 'b' });
  expect(payeeAccountOf('c', [{ id: 'a' }, { id: 'b' }])).toBeNull();
  expect(payeeAccountOf(null, [{ id: 'a' }])).toBeNull();
});

it('gives each refusal a code of its own and an advice', () => {
  const codes = (['approver', 'payee', 'accountant', 'not-cashier'] as const).map(
    (why) => new MayNotPay(why).code,
  );
  expect(codes).toEqual(['APPROVER_CANNOT_PAY', 'PAYEE_CANNOT_PAY', 'ACCOUNTANT_CANNOT_PAY', 'CASHIER_ONLY']);
  expect(new WitnessesNeeded('same').message).toContain('不能是同一个人');
  expect(new MayNotPay('approver').advice).not.toBe('');
});
