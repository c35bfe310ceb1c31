import { createHash } from 'node:crypto';
import {
  answeredIn,
  checkAnother,
  checkSigner,
  CONSENT_TEXT_VERSION,
  CONSENT_TEXTS,
  mayGoOn,
  newTo,
  notOutdated,
  saidTogether,
  standing,
  stoppedSince,
  textOf,
} from './consent.js';
import type { Consents, ConsentRow, ConsentWay, Purpose } from './consent.js';
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

describe('since when a case is stopped', () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute));
  const row = (minute: number, purpose: Purpose, given: boolean) => ({
    ...said(minute, purpose, given),
    at: at(minute),
  });
  it.each([
    ['nothing was said', [], null],
    ['what it needs was agreed to', [row(1, 'PROCESS', true), row(1, 'HEALTH_BANK', true)], null],
    ['it needs neither', [row(1, 'PUBLISH', false), row(2, 'VERIFY', false)], null],
    ['it was taken back', [row(1, 'PROCESS', true), row(2, 'PROCESS', false)], at(2)],
    ['a second no says nothing new', [row(2, 'PROCESS', false), row(3, 'PROCESS', false)], at(2)],
    ['the first of two counts', [row(3, 'PROCESS', false), row(2, 'HEALTH_BANK', false)], at(2)],
    ['it was agreed to anew', [row(2, 'PROCESS', false), row(3, 'PROCESS', true)], null],
    [
      'one of two was agreed to anew',
      [row(2, 'PROCESS', false), row(3, 'HEALTH_BANK', false), row(4, 'PROCESS', true)],
      at(3),
    ],
  ])('%s', (_because, rows, since) => {
    expect(stoppedSince(rows)).toEqual(since);
  });
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

it.each([
  ['an old yes against a newer no', true, 1, false, 2, []],
  ['an old no against a newer yes', false, 1, true, 2, []],
  ['a newer yes', true, 3, false, 2, [true]],
  ['of the same moment', true, 2, false, 2, [true]],
])('brings only what is not older: %s', (_because, brought, broughtAt, here, hereAt, left) => {
  const row = (position: number, given: boolean, day: number, purpose: Purpose = 'PROCESS') => ({
    ...said(position, purpose, given),
    at: new Date(Date.UTC(2026, 10, day)),
  });
  const known = [row(1, brought, 0), row(2, here, hereAt), row(3, true, 9, 'VERIFY')];
  expect(notOutdated([row(7, brought, broughtAt)], known).map(({ given }) => given)).toEqual(left);
  expect(notOutdated([row(7, brought, broughtAt, 'PUBLISH')], known)).toHaveLength(1); // never asked here
});

describe('what was said to another register', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));
  const row = (position: number, given: boolean, day: number, how: ConsentWay = 'PAPER') => ({
    ...said(position, 'PROCESS', given),
    at: at(day),
    how,
  });

  it.each`
    given    | day  | how        | isNew    | because
    ${false} | ${4} | ${'PAPER'} | ${true}  | ${'it is newer'}
    ${true}  | ${4} | ${'PAPER'} | ${true}  | ${'a yes that is said again is said again'}
    ${false} | ${2} | ${'PAPER'} | ${false} | ${'something was said here since'}
    ${true}  | ${3} | ${'PAPER'} | ${false} | ${'it is the very word that stands here'}
    ${false} | ${3} | ${'PAPER'} | ${true}  | ${'at one moment another word is another'}
    ${true}  | ${3} | ${'PROXY'} | ${true}  | ${'and so is another way to say it'}
  `('new is $isNew: $because', ({ given, day, how, isNew }: NewSaid) => {
    const here = [row(1, false, 1), row(2, true, 3)];
    expect(newTo(here, [row(9, given, day, how)])).toHaveLength(isNew ? 1 : 0);
    expect(newTo([], [row(9, given, day, how)])).toHaveLength(1);
  });
  type NewSaid = { given: boolean; day: number; how: ConsentWay; isNew: boolean };

  it('goes on by moment and way, the earliest first', () => {
    const groups = saidTogether([row(1, true, 5), row(2, true, 3, 'PROXY'), row(3, false, 5)]);
    expect(groups.map(({ how, answers }) => [how, answers.map(({ position }) => position)])).toEqual([
      ['PROXY', [2]],
      ['PAPER', [1, 3]],
    ]);
    expect(saidTogether([])).toEqual([]);
  });
});

it('says what each answer was at its time: a no after a yes takes it back, and another no is one', () => {
  const rows = [
    said(5, 'PUBLISH', false),
    said(1, 'PUBLISH', false),
    said(2, 'PUBLISH', true),
    said(3, 'PROCESS', true),
    said(4, 'PUBLISH', false),
  ];
  expect(answeredIn(rows).map(({ position, answered }) => [position, answered])).toEqual([
    [1, 'REFUSED'],
    [2, 'GIVEN'],
    [3, 'GIVEN'],
    [4, 'WITHDRAWN'],
    [5, 'REFUSED'],
  ]);
});

it.each<[Partial<Consents>, boolean, string]>([
  [{}, true, 'nobody was asked'],
  [{ process: true, healthBank: true }, true, 'both are given'],
  [{ process: false, healthBank: true }, false, 'nothing may be processed'],
  [{ process: true, healthBank: false }, false, 'neither illness nor card'],
  [{ process: true, healthBank: true, verify: false, publish: false }, true, 'the help needs neither'],
])('%j: a case goes on: %s, %s', (given, goesOn) => {
  expect(mayGoOn({ process: null, healthBank: null, verify: null, publish: null, ...given })).toBe(goesOn);
});

it.each<[ConsentWay, string | null, string | null, readonly Purpose[], string | null, string]>([
  ['PAPER', null, null, ['PUBLISH'], null, 'the person signs'],
  ['PAPER', 'wang', null, ['PUBLISH'], 'CONSENT_NEEDS_ANOTHER', 'nobody else is named then'],
  ['PROXY', 'wang', 'LINEAL', ['PUBLISH'], null, 'a son signs for his mother'],
  ['PROXY', null, 'LINEAL', ['PUBLISH'], 'CONSENT_NEEDS_ANOTHER', 'who signed?'],
  ['PROXY', 'wang', null, ['PUBLISH'], 'PROXY_NEEDS_RELATION', 'what is he to her?'],
  ['SPOKEN', 'wang', null, ['HEALTH_BANK'], null, 'a neighbour heard it'],
  ['SPOKEN', 'wang', 'LINEAL', ['HEALTH_BANK'], 'PROXY_NEEDS_RELATION', 'a witness needs none'],
  ['SPOKEN', 'li', null, ['PROCESS'], 'ANOTHER_IS_INVOLVED', 'nobody hears himself'],
  ['SPOKEN', 'zhou', null, ['PROCESS'], 'ANOTHER_IS_INVOLVED', 'nor does whoever writes it down'],
  ['PHONE', 'wang', null, ['PROCESS', 'VERIFY'], null, 'what is not sensitive'],
  ['PHONE', 'wang', null, ['HEALTH_BANK'], 'CONSENT_NOT_BY_PHONE', 'a separate consent is shown'],
  ['PHONE', 'wang', null, ['PUBLISH'], 'CONSENT_NOT_BY_PHONE', 'the same'],
  ['PHONE', 'wang', null, [], null, 'it is taken back in any way'],
])('%s, other %s, relation %s, gives %j: %s, %s', (how, otherId, relation, given, code) => {
  const check = () => {
    checkAnother({ personId: 'li', how, given, byPersonId: 'zhou' }, { otherId, relation });
  };
  if (code === null) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code }) as Error);
});

it('keeps the words of every version as they were signed', () => {
  const digests = Object.entries(CONSENT_TEXTS).map(([version, text]) => [
    version,
    createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 16),
  ]);
  expect(digests).toEqual([['2026-1', '7a816f9cab72716b']]);
  expect(textOf(CONSENT_TEXT_VERSION)).toBe(CONSENT_TEXTS[CONSENT_TEXT_VERSION]);
  expect(() => textOf('2020-1')).toThrow('not kept');
});
