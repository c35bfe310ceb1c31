import { countsAsSecondFactor, mayUseIdentity, proofAgeMs, signedInOnTheWay, welcomeOf } from './identity.js';
import type { Part, Welcome } from './identity.js';

it.each`
  methods            | level                               | counts   | because
  ${[]}              | ${null}                             | ${false} | ${'nothing was said'}
  ${['pwd']}         | ${null}                             | ${false} | ${'a password is one'}
  ${['pwd', 'mfa']}  | ${null}                             | ${true}  | ${'it says that there were several'}
  ${['otp']}         | ${null}                             | ${false} | ${'a code alone is one'}
  ${['hwk']}         | ${null}                             | ${false} | ${'a key alone is one'}
  ${['otp', 'hwk']}  | ${null}                             | ${false} | ${'two things that one has are of one kind'}
  ${['pwd', 'pin']}  | ${null}                             | ${false} | ${'two things that one knows are of one kind'}
  ${['pwd', 'otp']}  | ${null}                             | ${true}  | ${'a password and a code'}
  ${['hwk', 'pin']}  | ${null}                             | ${true}  | ${'a key that a number opens'}
  ${['face', 'swk']} | ${null}                             | ${true}  | ${'a key that a face opens'}
  ${['pwd', 'sms']}  | ${null}                             | ${false} | ${'a text is easier to steal'}
  ${['sms']}         | ${null}                             | ${false} | ${'a text is easier to steal'}
  ${['MFA']}         | ${null}                             | ${false} | ${'the words of RFC 8176 are small'}
  ${['mfaish']}      | ${null}                             | ${false} | ${'a part of a word is another word'}
  ${['pwd']}         | ${'mfa'}                            | ${true}  | ${'the level says it'}
  ${[]}              | ${'https://refeds.org/profile/mfa'} | ${true}  | ${'the level says it'}
  ${[]}              | ${'0'}                              | ${false} | ${'the level of a long-lived cookie'}
  ${[]}              | ${'urn:loa:high'}                   | ${false} | ${'nobody told us what that means'}
`(
  '$methods at level $level is a second factor: $counts, $because',
  ({ methods, level, counts }: FactorRow) => {
    expect(countsAsSecondFactor({ methods, level, issuedAtS: 1000, signedInAtS: 1000 })).toBe(counts);
  },
);

it.each([
  [1800, true],
  [1801, false],
  [null, false],
])('of a sign-in there %s seconds ago two factors count: %s', (agoS, counts) => {
  const signedInAtS = agoS === null ? null : 5000 - agoS;
  const when = { issuedAtS: 5000, signedInAtS };
  expect(countsAsSecondFactor({ ...when, methods: ['mfa'], level: 'mfa' })).toBe(counts);
});

it.each<[number | null, number, boolean, string]>([
  [0, 0, true, 'at once'],
  [60, 55_000, true, 'on the way, told in whole seconds'],
  [10, 0, true, 'within the leeway'],
  [11, 0, false, 'before the way was begun'],
  [null, 600_000, false, 'nobody said when'],
])('signed in %s seconds ago on a way of %s ms: %s, %s', (agoS, tripMs, onTheWay) => {
  const signedInAtS = agoS === null ? null : 5000 - agoS;
  expect(signedInOnTheWay({ issuedAtS: 5000, signedInAtS }, tripMs)).toBe(onTheWay);
});

it.each`
  issuedAtS | signedInAtS | ageMs         | because
  ${1000}   | ${1000}     | ${0}          | ${'the person has just signed in there'}
  ${1000}   | ${400}      | ${600_000}    | ${'ten minutes ago, by one clock'}
  ${1000}   | ${1001}     | ${0}          | ${'nobody signs in tomorrow'}
  ${200000} | ${1}        | ${86_400_000} | ${'older than a day is as old as a day'}
  ${1000}   | ${null}     | ${86_400_000} | ${'what is not said is not new'}
`('is a proof of $ageMs ms: $because', ({ issuedAtS, signedInAtS, ageMs }: AgeRow) => {
  expect(proofAgeMs({ issuedAtS, signedInAtS })).toBe(ageMs);
});

it.each<[boolean, readonly Part[], boolean, string]>([
  [true, [], true, 'an administrator'],
  [false, [], false, 'nobody of any society'],
  [false, [{ societyKind: 'FEDERATION', roles: ['reviewer'] }], true, 'a reviewer of a federation'],
  [false, [{ societyKind: 'FEDERATION', roles: ['accountant'] }], true, 'an accountant of a federation'],
  [
    false,
    [{ societyKind: 'FEDERATION', roles: [] }],
    false,
    'in the register of a federation, without an office',
  ],
  [false, [{ societyKind: 'FEDERATION', roles: ['donor'] }], false, 'a donor is no staff'],
  [false, [{ societyKind: 'SOCIETY', roles: ['chair'] }], false, 'the chair of a village'],
  [
    false,
    [
      { societyKind: 'SOCIETY', roles: ['chair'] },
      { societyKind: 'FEDERATION', roles: ['reviewer'] },
    ],
    true,
    'both',
  ],
])('administrator %s with %j may: %s (%s)', (isAdmin, parts, may) => {
  expect(mayUseIdentity(isAdmin, parts)).toBe(may);
});

it.each`
  isDisabled | mayUse   | hasFactor | wasAskedThere | welcome        | because
  ${false}   | ${true}  | ${false}  | ${false}      | ${'open'}      | ${'there is no code to ask for, as after a password'}
  ${false}   | ${true}  | ${true}   | ${true}       | ${'open'}      | ${'a code was asked for there'}
  ${false}   | ${true}  | ${true}   | ${false}      | ${'code'}      | ${'a password alone stood behind it'}
  ${true}    | ${true}  | ${true}   | ${true}       | ${'disabled'}  | ${'the administrator has the last word'}
  ${true}    | ${false} | ${false}  | ${false}      | ${'disabled'}  | ${'that is said first'}
  ${false}   | ${false} | ${true}   | ${true}       | ${'not-staff'} | ${'the office ended, and the bond is of staff'}
`('$welcome: $because', ({ welcome, ...arrival }: WelcomeRow) => {
  expect(welcomeOf(arrival)).toBe(welcome);
});

type FactorRow = { methods: string[]; level: string | null; counts: boolean };
type AgeRow = { issuedAtS: number; signedInAtS: number | null; ageMs: number };
type WelcomeRow = {
  isDisabled: boolean;
  mayUse: boolean;
  hasFactor: boolean;
  wasAskedThere: boolean;
  welcome: Welcome;
};
