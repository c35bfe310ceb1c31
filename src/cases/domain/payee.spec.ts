import { refusalOfPayee } from './payee.js';
import type { PayeeNamed } from './payee.js';

const child = { id: 'child', guardianId: 'mother' };

it.each`
  named                                                                | fault              | because
  ${{ relation: 'SELF', payeeId: 'child', reason: null }}              | ${undefined}       | ${'the applicant'}
  ${{ relation: 'SELF', payeeId: 'mother', reason: null }}             | ${'self-only'}     | ${'that is somebody else'}
  ${{ relation: 'GUARDIAN', payeeId: 'mother', reason: null }}         | ${undefined}       | ${'the guardian of the register'}
  ${{ relation: 'GUARDIAN', payeeId: 'uncle', reason: null }}          | ${'no-guardian'}   | ${'an uncle is none'}
  ${{ relation: 'OTHER', payeeId: 'uncle', reason: ' ' }}              | ${'reason-needed'} | ${'no reason is given'}
  ${{ relation: 'OTHER', payeeId: 'uncle', reason: '卧床，叔叔代领' }} | ${undefined}       | ${'with its reason'}
  ${{ relation: 'OTHER', payeeId: 'child', reason: '本人' }}           | ${'not-self'}      | ${'that is the applicant'}
  ${{ relation: 'HEIR', payeeId: 'uncle', reason: null }}              | ${undefined}       | ${'the board decides on heirs'}
`(
  'D4-32 $named.relation $named.payeeId: $because',
  ({ named, fault }: { named: PayeeNamed; fault?: string }) => {
    expect(refusalOfPayee(child, named)).toEqual(
      fault === undefined ? null : expect.objectContaining({ fault }),
    );
  },
);
