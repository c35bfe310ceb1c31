import { inquiryFault } from './inquiry.js';
import type { ReliefHands } from './inquiry.js';
import type { ReliefTie } from './ties.js';

const hands: ReliefHands = {
  ...{ applicantId: 'applicant', submittedBy: 'home', handledBy: ['clerk'], assessors: ['expert'] },
  ...{ reviewers: ['reviewer'], board: new Set(['director']), payers: ['chair', 'cashier', null] },
};
const tied: ReliefTie[] = [{ personId: 'kin', reasons: ['LINEAL'] }];

it.each`
  who             | says           | because
  ${'applicant'}  | ${/本人/}      | ${'nobody looks into his own case'}
  ${'kin'}        | ${/子女|父母/} | ${'nor does kin'}
  ${'home'}       | ${/提交/}      | ${'asked for it'}
  ${'clerk'}      | ${/核实/}      | ${'prepared it'}
  ${'expert'}     | ${/研判/}      | ${'scored it'}
  ${'reviewer'}   | ${/审核/}      | ${'looked it over'}
  ${'director'}   | ${/评审/}      | ${'decided it'}
  ${'cashier'}    | ${/经手付款/}  | ${'paid it'}
  ${'accountant'} | ${null}        | ${'took no part'}
`('$who looks into it: $says, $because', ({ who, says }: { who: string; says: RegExp | null }) => {
  const fault = inquiryFault(who, hands, tied);
  if (says === null) expect(fault).toBeNull();
  else expect(fault).toMatch(says);
});
