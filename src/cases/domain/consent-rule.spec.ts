import { refusalOfConsents } from './consent-rule.js';

const adult = { isMinor: false, guardianId: null };
const child = { isMinor: true, guardianId: null };
const childWithGuardian = { isMinor: true, guardianId: 'mother' };

it.each`
  given                                              | pledged  | applicant            | code                   | because
  ${['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH']} | ${true}  | ${adult}             | ${undefined}           | ${'all was agreed to'}
  ${['PROCESS', 'HEALTH_BANK', 'VERIFY']}            | ${true}  | ${adult}             | ${undefined}           | ${'D4-33 a notice by number is help too'}
  ${['PROCESS', 'HEALTH_BANK']}                      | ${true}  | ${adult}             | ${undefined}           | ${'PIPL 16: refusing the rest refuses no help'}
  ${['HEALTH_BANK']}                                 | ${true}  | ${adult}             | ${'CONSENT_REQUIRED'}  | ${'nothing may be written down'}
  ${['PROCESS']}                                     | ${true}  | ${adult}             | ${'CONSENT_REQUIRED'}  | ${'a card number may not be kept'}
  ${['PROCESS', 'HEALTH_BANK']}                      | ${false} | ${adult}             | ${'CONSENT_REQUIRED'}  | ${'the pledge is missing'}
  ${['PROCESS', 'HEALTH_BANK']}                      | ${true}  | ${child}             | ${'GUARDIAN_REQUIRED'} | ${'D4-32 a child does not consent alone'}
  ${['PROCESS', 'HEALTH_BANK']}                      | ${true}  | ${childWithGuardian} | ${undefined}           | ${'D4-32 the guardian consents'}
`('$given, pledged $pledged: $because', ({ given, pledged, applicant, code }: Row) => {
  expect(refusalOfConsents(given, pledged, applicant)?.code).toBe(code);
});

type Row = { given: never[]; pledged: boolean; applicant: typeof adult; code?: string };
