import type { Role } from '../../kernel/actor.js';
import { signerFault } from './signing.js';

const author = { accountId: 'account-1', personId: 'person-1' };

it.each`
  accountId      | personId      | roles                    | fault          | because
  ${'account-2'} | ${'person-2'} | ${['chair', 'director']} | ${null}        | ${'the chair signs'}
  ${'account-2'} | ${'person-2'} | ${['deputy']}            | ${null}        | ${'so does the deputy'}
  ${'account-2'} | ${'person-2'} | ${['secretary']}         | ${'no-office'} | ${'the secretary does not'}
  ${'account-2'} | ${'person-1'} | ${['chair']}             | ${'author'}    | ${'the author, under another account'}
  ${'account-1'} | ${'person-2'} | ${['chair']}             | ${'author'}    | ${'the author, as another person'}
  ${null}        | ${null}       | ${['chair']}             | ${'no-person'} | ${'a signature is a person'}
`(
  '$accountId/$personId as $roles: $fault, $because',
  ({ fault, ...signer }: { accountId: string; personId: string; roles: Role[]; fault: string | null }) => {
    expect(signerFault(signer, author)).toBe(fault);
  },
);
