import type { TieReason } from '../../people/domain/ties.js';
import { inquiryFault, tieFault } from './inquiry.js';
import type { Hands } from './inquiry.js';

const hands: Hands = {
  ...{ applicantId: 'applicant', payeeId: 'payee', registeredBy: 'clerk' },
  ...{ visitors: ['one', 'two'], board: new Set(['chair', 'director']) },
  ...{ signers: ['supervisor-of-the-fast-path'], payers: ['deputy', 'cashier', null] },
};

it.each`
  who                              | ties          | says            | because
  ${'applicant'}                   | ${[]}         | ${/申请人本人/} | ${'nobody looks into his own case'}
  ${'payee'}                       | ${[]}         | ${/收款人/}     | ${'who has the money is no outsider'}
  ${'accountant'}                  | ${['LINEAL']} | ${/有关系/}     | ${'nor is kin'}
  ${'clerk'}                       | ${[]}         | ${/登记/}       | ${'wrote it down'}
  ${'two'}                         | ${[]}         | ${/核实/}       | ${'saw it and said that it was so'}
  ${'supervisor-of-the-fast-path'} | ${[]}         | ${/紧急快办/}   | ${'countersigned'}
  ${'director'}                    | ${[]}         | ${/参加过表决/} | ${'decided it'}
  ${'cashier'}                     | ${[]}         | ${/经手打款/}   | ${'paid it'}
  ${'deputy'}                      | ${[]}         | ${/批准/}       | ${'approved the payment'}
  ${'supervisor'}                  | ${[]}         | ${null}         | ${'took no part'}
`('$who looks into it: $says, $because', ({ who, ties, says }: Row) => {
  const fault = inquiryFault(who, hands, ties);
  if (says === null) expect(fault).toBeNull();
  else expect(fault).toMatch(says);
});
type Row = { readonly who: string; readonly ties: TieReason[]; readonly says: RegExp | null };

it.each`
  who            | ties          | tied     | because
  ${'applicant'} | ${[]}         | ${true}  | ${'would read who objected to the own case'}
  ${'payee'}     | ${[]}         | ${true}  | ${'and so would who has the money'}
  ${'chair'}     | ${['LINEAL']} | ${true}  | ${'and kin'}
  ${'chair'}     | ${[]}         | ${false} | ${'whoever only presided names the two where no supervisor can'}
`('$who names the two: $tied, $because', ({ who, ties, tied }: Tied) => {
  expect(tieFault(who, hands, ties) !== null).toBe(tied);
});
type Tied = { readonly who: string; readonly ties: TieReason[]; readonly tied: boolean };

it('is asked of nobody who stands there as nobody', () => {
  expect(inquiryFault('', { ...hands, registeredBy: null }, [])).toBeNull();
});
