import { checkSigner, standing } from './consent.js';
import type { ConsentRow } from './consent.js';
import { GuardianConsentNeeded, NoGuardianRegistered } from './people.errors.js';

const said = (position: number, purpose: ConsentRow['purpose'], given: boolean): ConsentRow => ({
  position,
  purpose,
  given,
});

it('lets the last word on each purpose stand, in whatever order the rows come', () => {
  const rows = [said(3, 'PUBLISH', false), said(1, 'PUBLISH', true), said(2, 'PROCESS', true)];
  expect(standing(rows)).toEqual({ process: true, healthBank: null, verify: null, publish: false });
});

it.each`
  isMinor  | guardianId | how            | refusal                  | because
  ${false} | ${null}    | ${'PAPER'}     | ${null}                  | ${'an adult signs'}
  ${true}  | ${'g'}     | ${'GUARDIAN'}  | ${null}                  | ${'the guardian signs for a child'}
  ${true}  | ${'g'}     | ${'PAPER'}     | ${GuardianConsentNeeded} | ${'a child does not sign (D4-32)'}
  ${true}  | ${null}    | ${'ON_SCREEN'} | ${GuardianConsentNeeded} | ${'nor taps'}
  ${true}  | ${null}    | ${'GUARDIAN'}  | ${NoGuardianRegistered}  | ${'nobody is known who could'}
  ${false} | ${'g'}     | ${'GUARDIAN'}  | ${null}                  | ${'an adult under care has a guardian'}
`(
  'minor $isMinor, guardian $guardianId, $how: $because',
  ({
    isMinor,
    guardianId,
    how,
    refusal,
  }: { refusal: (new () => Error) | null } & Parameters<typeof checkSigner>[0] & {
      how: Parameters<typeof checkSigner>[1];
    }) => {
    const check = () => {
      checkSigner({ isMinor, guardianId }, how);
    };
    if (refusal) expect(check).toThrow(refusal);
    else expect(check).not.toThrow();
  },
);
