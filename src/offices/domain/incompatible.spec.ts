import { day } from '../../kernel/day.js';
import { INCOMPATIBLE, refusalOf, slotsOf } from './incompatible.js';
import {
  inOrder,
  isAtWork,
  isDirector,
  isHeldOn,
  lastDayOf,
  latestUntilOf,
  OFFICES,
  rolesOf,
} from './office.js';
import type { Office, Term } from './office.js';

const today = day('2026-11-22');
const term = (office: Office, fromOn: string, untilOn: string, endedOn: string | null = null): Term => ({
  office,
  fromOn: day(fromOn),
  untilOn: day(untilOn),
  endedOn: endedOn === null ? null : day(endedOn),
});
const running = (office: Office) => term(office, '2025-01-01', '2029-12-31');

const REFUSED: readonly (readonly [Office, Office, string])[] = [
  ['SUPERVISOR', 'CHAIR', 'nobody watches themselves'],
  ['SUPERVISOR', 'DEPUTY', 'nobody watches themselves'],
  ['SUPERVISOR', 'SECRETARY_GENERAL', 'nobody watches themselves'],
  ['SUPERVISOR', 'DIRECTOR', 'nobody watches themselves'],
  ['SUPERVISOR', 'CASHIER', 'nobody watches themselves'],
  ['SUPERVISOR', 'ACCOUNTANT', 'nobody watches themselves'],
  ['SUPERVISOR', 'REVIEWER', 'nobody watches themselves'],
  ['SUPERVISOR', 'CLERK', 'nobody watches themselves'],
  ['SUPERVISOR', 'INFORMATION_OFFICER', 'a supervisor holds no other office at all'],
  ['CASHIER', 'ACCOUNTANT', 'who keeps the money does not keep the books'],
  ['CASHIER', 'CHAIR', 'who keeps the money does not approve payments'],
  ['CASHIER', 'DEPUTY', 'who keeps the money does not approve payments'],
  ['CASHIER', 'SECRETARY_GENERAL', 'who keeps the money does not bring the cases'],
  ['REVIEWER', 'CASHIER', 'who reviews a file does not pay on it'],
  ['REVIEWER', 'ACCOUNTANT', 'who reviews a file does not book it'],
  ['REVIEWER', 'CLERK', 'who prepares a file does not review it'],
  ['AUDITOR', 'CHAIR', 'who audits has no part in what is audited'],
  ['AUDITOR', 'DEPUTY', 'who audits has no part in what is audited'],
  ['AUDITOR', 'SECRETARY_GENERAL', 'who audits has no part in what is audited'],
  ['AUDITOR', 'DIRECTOR', 'who audits has no part in what is audited'],
  ['AUDITOR', 'SUPERVISOR', 'the audit reads what the supervisor did, too'],
  ['AUDITOR', 'CASHIER', 'who audits has no part in what is audited'],
  ['AUDITOR', 'ACCOUNTANT', 'nobody audits their own books'],
  ['AUDITOR', 'REVIEWER', 'the audit reads what the desk found, too'],
  ['AUDITOR', 'CLERK', 'who audits has no part in what is audited'],
  ['AUDITOR', 'INFORMATION_OFFICER', 'who audits has no part in what is audited'],
];

it.each(REFUSED)('%s and %s are incompatible: %s', (a, b) => {
  expect(refusalOf(b, [running(a)], today)).toEqual({ because: 'incompatible', held: a, wanted: b });
  expect(refusalOf(a, [running(b)], today)).toEqual({ because: 'incompatible', held: b, wanted: a });
});

it('names no other pair', () => {
  expect(INCOMPATIBLE).toHaveLength(REFUSED.length);
});

const pairs = OFFICES.flatMap((a) => OFFICES.filter((b) => b > a).map((b) => [a, b] as const));

it.each(pairs)('%s and %s share a slot exactly when they are incompatible', (a, b) => {
  const shared = slotsOf(a).filter((slot) => slotsOf(b).includes(slot));
  expect(shared).toHaveLength(refusalOf(a, [running(b)], today) ? 1 : 0);
});

it('gives every office a slot, so that the same one cannot be given twice', () => {
  expect(OFFICES.filter((office) => slotsOf(office).length === 0)).toEqual([]);
  expect(refusalOf('CLERK', [running('CLERK')], today)).toEqual({ because: 'held', wanted: 'CLERK' });
});

it.each`
  ended           | refused  | because
  ${null}         | ${true}  | ${'the term runs to 2026-11-30'}
  ${'2026-11-23'} | ${true}  | ${'it ends tomorrow'}
  ${'2026-11-22'} | ${false} | ${'it ended this morning'}
  ${'2026-10-01'} | ${false} | ${'it ended long ago'}
`(
  'a cashier until 2026-11-30 becomes accountant: $because',
  ({ ended, refused }: { ended: string | null; refused: boolean }) => {
    const cashier = term('CASHIER', '2022-12-01', '2026-11-30', ended);
    expect(refusalOf('ACCOUNTANT', [cashier], today) !== null).toBe(refused);
  },
);

it.each`
  on              | held     | because
  ${'2024-12-31'} | ${false} | ${'before the first day'}
  ${'2025-01-01'} | ${true}  | ${'the first day'}
  ${'2026-05-31'} | ${true}  | ${'the day before the end'}
  ${'2026-06-01'} | ${false} | ${'the day of the end is no longer in office'}
`('held on $on: $held, $because', ({ on, held }: { on: string; held: boolean }) => {
  expect(isHeldOn(term('CHAIR', '2025-01-01', '2029-12-31', '2026-06-01'), day(on))).toBe(held);
});

it('holds to the last day when nothing ended it', () => {
  expect(lastDayOf(running('CHAIR'))).toBe('2029-12-31');
  expect(isHeldOn(running('CHAIR'), day('2029-12-31'))).toBe(true);
});

it.each`
  office        | fromOn          | until           | because
  ${'AUDITOR'}  | ${'2026-01-01'} | ${'2027-01-01'} | ${'a year, its first day and its last both counted, and one more for a leap year'}
  ${'AUDITOR'}  | ${'2028-01-01'} | ${'2028-12-31'} | ${'a leap year has 366 days'}
  ${'CHAIR'}    | ${'2026-01-01'} | ${null}         | ${'the charter says how long'}
  ${'REVIEWER'} | ${'2026-01-01'} | ${null}         | ${'the charter says how long'}
`(
  'a term of $office from $fromOn runs at most to $until: $because',
  ({ office, fromOn, until }: { office: Office; fromOn: string; until: string | null }) => {
    expect(latestUntilOf(office, day(fromOn))).toBe(until);
  },
);

it('names nobody for the work of the house who only audits it', () => {
  expect(OFFICES.filter((office) => !isAtWork(office))).toEqual(['AUDITOR']);
  expect(isDirector(['AUDITOR'])).toBe(false);
  expect(rolesOf(['AUDITOR'])).toEqual(['auditor']);
});

it('lets the secretary-general vote only as a director besides', () => {
  expect(isDirector(['SECRETARY_GENERAL'])).toBe(false);
  expect(isDirector(['SECRETARY_GENERAL', 'DIRECTOR'])).toBe(true);
  expect(isDirector(['CASHIER', 'CLERK'])).toBe(false);
  expect(isDirector(['REVIEWER'])).toBe(false);
  expect([isDirector(['CHAIR']), isDirector(['DEPUTY'])]).toEqual([true, true]);
});

it('turns offices into roles, each once', () => {
  expect(rolesOf(['CHAIR', 'DIRECTOR'])).toEqual(['chair', 'director']);
  expect(rolesOf(['SECRETARY_GENERAL'])).toEqual(['secretary']);
  expect(rolesOf(['REVIEWER'])).toEqual(['reviewer']);
  expect(inOrder(['CLERK', 'CHAIR'])).toEqual(['CHAIR', 'CLERK']);
});
