import { ORDER_STATES } from './order-state.js';
import type { OrderState } from './order-state.js';
import { MayNotApprove, MayNotPay, MomentWrong, refusalOf, WitnessesNeeded } from './payment.errors.js';
import {
  approverDecision,
  isSameRefusal,
  momentFault,
  payeeAccountOf,
  payerDecision,
  witnessFault,
} from './payment-rules.js';
import type { ApproverDecision, PayerDecision } from './payment-rules.js';

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

it('takes nobody for the approver of an order that nobody has approved', () => {
  const waiting = { approverId: null, payeeId: 'li' };
  expect(payerDecision({ personId: null, offices: [] }, waiting)).toBe('not-cashier');
  expect(payerDecision({ personId: 'cashier', offices: ['CASHIER'] }, waiting)).toBe('may-pay');
});

it.each`
  personId    | offices                  | decision         | because
  ${'chair'}  | ${['CHAIR']}             | ${'may-approve'} | ${'it is the office of the chair'}
  ${'deputy'} | ${['DEPUTY']}            | ${'may-approve'} | ${'the deputy stands in'}
  ${'li'}     | ${['CHAIR']}             | ${'payee'}       | ${'D4-19: nobody approves what is his own'}
  ${'chair'}  | ${['CHAIR', 'CASHIER']}  | ${'cashier'}     | ${'D4-20: who pays does not approve'}
  ${'wang'}   | ${['DIRECTOR']}          | ${'not-chair'}   | ${'a ballot is no approval'}
  ${'sec'}    | ${['SECRETARY_GENERAL']} | ${'not-chair'}   | ${'the secretary runs the case, and approves nothing'}
  ${null}     | ${['CHAIR']}             | ${'not-chair'}   | ${'nobody is nobody'}
`('$personId with $offices: $decision, since $because', ({ personId, offices, decision }: Approving) => {
  expect(approverDecision({ personId, offices }, { approverId: null, payeeId: 'li' })).toBe(decision);
});
type Approving = { personId: string | null; offices: string[]; decision: ApproverDecision };

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
  paidAt                        | fault          | because
  ${'2026-03-06T09:00:00.000Z'} | ${null}        | ${'it lies between'}
  ${'2026-03-06T02:00:00.000Z'} | ${null}        | ${'a typed minute has no seconds'}
  ${'2026-03-06T01:59:59.000Z'} | ${'too-early'} | ${'nothing had been decided'}
  ${'2026-03-06T10:00:00.001Z'} | ${'future'}    | ${'it has not happened'}
`(
  'paid at $paidAt: $fault, since $because',
  ({ paidAt, fault }: { paidAt: string; fault: string | null }) => {
    const [ordered, now] = [new Date('2026-03-06T02:00:30.000Z'), new Date('2026-03-06T10:00:00.000Z')];
    expect(momentFault(new Date(paidAt), ordered, now)).toBe(fault);
  },
);

it.each`
  at                            | isSame   | because
  ${'2026-03-06T02:00:59.999Z'} | ${true}  | ${'a typed minute has no seconds'}
  ${'2026-03-06T02:01:00.000Z'} | ${false} | ${'it is another minute'}
  ${'2026-03-06T01:59:59.999Z'} | ${false} | ${'an earlier one may be written down late'}
  ${'2026-03-05T02:00:30.000Z'} | ${true}  | ${'it is the first of the two'}
`('a refusal at $at is known: $isSame, since $because', ({ at, isSame }: { at: string; isSame: boolean }) => {
  const known = [new Date('2026-03-05T02:00:00.000Z'), new Date('2026-03-06T02:00:30.000Z')];
  expect(isSameRefusal(new Date(at), known)).toBe(isSame);
});

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

it.each`
  wanted          | found           | code                    | because
  ${'TO_APPROVE'} | ${'TO_PAY'}     | ${'ALREADY_APPROVED'}   | ${'somebody approved it first'}
  ${'TO_APPROVE'} | ${'PAID'}       | ${'ALREADY_APPROVED'}   | ${'it was even paid'}
  ${'TO_PAY'}     | ${'PAID'}       | ${'ALREADY_PAID'}       | ${'it is paid once'}
  ${'TO_PAY'}     | ${'TO_APPROVE'} | ${'ORDER_NOT_APPROVED'} | ${'a ballot is no approval'}
  ${'PAID'}       | ${'TO_PAY'}     | ${'PAYMENT_NOT_OUT'}    | ${'it came back already, or never left'}
  ${'PAID'}       | ${'TO_APPROVE'} | ${'PAYMENT_NOT_OUT'}    | ${'it never left'}
  ${'TO_PAY'}     | ${'TO_PAY'}     | ${'ORDER_CHANGED'}      | ${'another account, or another try'}
`('asked as $wanted and found $found: $code, since $because', ({ wanted, found, code }: Moved) => {
  expect(refusalOf(wanted, found).code).toBe(code);
});
type Moved = { wanted: OrderState; found: OrderState; code: string };

it('says of an order that was called off that it was, whatever was asked', () => {
  for (const wanted of ORDER_STATES.filter((state) => state !== 'CANCELLED'))
    expect(refusalOf(wanted, 'CANCELLED').code).toBe('ORDER_CANCELLED');
});

it('names the moment that is wrong, and what it follows', () => {
  expect(new MomentWrong('returnedAt', 'too-early')).toMatchObject({
    field: 'returnedAt',
    code: 'RETURNED_AT_WRONG',
    message: '退回时间不能早于打款时间。',
  });
  expect(new MomentWrong('paidAt', 'future').message).toBe('打款时间不能晚于现在。');
  expect((['payee', 'cashier', 'not-chair'] as const).map((why) => new MayNotApprove(why).code)).toEqual([
    'PAYEE_CANNOT_APPROVE',
    'CASHIER_CANNOT_APPROVE',
    'CHAIR_ONLY',
  ]);
});
