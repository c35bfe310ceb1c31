import type { Role } from '../../kernel/actor.js';
import {
  isStillShown,
  limitBroken,
  LOOK_FIELDS,
  LOOK_REASONS,
  lookReasons,
  lookWords,
  refusalOfLook,
} from './look.js';
import type { LookReason } from './look.js';

const OPEN = { isOver: false, isTied: false };
const OVER = { isOver: true, isTied: false };
const KIN = { isOver: false, isTied: true };

it.each<[role: Role, state: typeof OPEN, reason: LookReason, refusal: string | null, because: string]>([
  ['secretary', OPEN, 'VERIFY_IDENTITY', null, 'that is the work of the office'],
  ['secretary', OPEN, 'OVERSIGHT', 'REASON_UNFIT', 'nobody supervises oneself'],
  ['secretary', OVER, 'VERIFY_IDENTITY', 'CASE_OVER', 'the work is done'],
  ['secretary', OVER, 'CORRECTION', null, 'a mistake may be found later'],
  ['secretary', KIN, 'CONTACT', null, 'an office of one person works for its kin too'],
  ['clerk', OPEN, 'VERIFY_ACCOUNT', null, 'the clerk does the work of the office'],
  ['clerk', OVER, 'CONTACT', 'CASE_OVER', 'the work is done'],
  ['supervisor', OPEN, 'OVERSIGHT', null, 'the supervisor sees all of the society'],
  ['supervisor', OVER, 'OVERSIGHT', null, 'and what is over'],
  ['supervisor', OPEN, 'CONTACT', 'REASON_UNFIT', 'a supervisor does not work on cases'],
  ['supervisor', KIN, 'OVERSIGHT', 'OF_KIN', 'nobody watches over kin'],
  ['reviewer', OPEN, 'VERIFY_IDENTITY', null, 'the case is on the desk'],
  ['reviewer', OVER, 'OVERSIGHT', 'CASE_OVER', 'it is no longer'],
  ['reviewer', KIN, 'VERIFY_IDENTITY', 'OF_KIN', 'nobody judges kin'],
  ['director', OPEN, 'VERIFY_IDENTITY', 'NOT_YOURS', 'the board votes on a summary'],
  ['chair', OPEN, 'OVERSIGHT', 'NOT_YOURS', 'the board votes on a summary'],
  ['cashier', OPEN, 'VERIFY_ACCOUNT', 'NOT_YOURS', 'the payment order shows the account it goes to'],
  ['system-admin', OPEN, 'OVERSIGHT', 'NOT_YOURS', 'the administrator reads no cases'],
])('to a %s in %j for %s: %s, since %s', (role, state, reason, refusal) => {
  expect(refusalOfLook({ roles: [role], ...state }, reason)).toBe(refusal);
});

it('takes of several parts the one that allows it', () => {
  expect(lookReasons({ roles: ['director', 'clerk'], ...OVER })).toEqual(['CORRECTION']);
  expect(refusalOfLook({ roles: ['reviewer', 'secretary'], ...KIN }, 'CONTACT')).toBeNull();
});

it.each`
  today | lately | broken     | because
  ${0}  | ${0}   | ${null}    | ${'nothing was looked at'}
  ${4}  | ${4}   | ${null}    | ${'the fifth is allowed'}
  ${5}  | ${5}   | ${'WHILE'} | ${'the sixth in ten minutes is not'}
  ${19} | ${0}   | ${null}    | ${'the twentieth is allowed'}
  ${20} | ${0}   | ${'DAY'}   | ${'the twenty-first of a day is not'}
  ${20} | ${5}   | ${'DAY'}   | ${'whoever is told to wait ten minutes should not wait in vain'}
`('$today today and $lately lately: $broken, since $because', ({ today, lately, broken }) => {
  expect(limitBroken({ today: today as number, lately: lately as number })).toBe(broken);
});

it('is shown for two minutes, and not a millisecond longer', () => {
  const at = new Date('2026-03-09T01:00:00.000Z');
  const after = (ms: number) => isStillShown(at, new Date(at.getTime() + ms));
  expect([after(0), after(120_000), after(120_001)]).toEqual([true, true, false]);
});

it('says who looked at what and why, in words that fit the trail', () => {
  expect(lookWords(['secretary'], 'ID_NUMBER', 'VERIFY_IDENTITY')).toBe('秘书长因“核对身份”查看了身份证号');
  for (const field of LOOK_FIELDS)
    for (const reason of LOOK_REASONS)
      expect(lookWords(['secretary', 'supervisor', 'reviewer'], field, reason).length).toBeLessThan(60);
});
