import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Office } from '../../offices/domain/office.js';
import {
  RATIFY_WORKING_DAYS,
  refusalOfFastPath,
  refusalOfFlags,
  seatOf,
  SIGN_HOURS,
  signedBy,
  stateAfter,
  trioOf,
} from './fast-path.js';
import type { FastPathGrounds, Seat, Signatures } from './fast-path.js';

const NOBODY: Signatures = {
  chairSaid: null,
  chairAt: null,
  secretarySaid: null,
  secretaryAt: null,
  supervisorSaid: null,
  supervisorAt: null,
};
const AT = new Date('2026-03-02T01:00:00Z');

const LETTERS = { Y: 'yes', N: 'no' } as const;
const seats: readonly Seat[] = ['chair', 'secretary', 'supervisor'];
/** `YN.`: the chair said yes, the secretary-general no, the supervisor nothing yet. */
const said = (letters: string): Signatures =>
  Array.from(letters).reduce(
    (before, letter, i) =>
      letter === '.' ? before : signedBy(before, seats[i] ?? 'chair', LETTERS[letter as 'Y'], AT),
    NOBODY,
  );

it.each`
  letters  | state         | because
  ${'.Y.'} | ${'OPEN'}     | ${'the secretary-general has opened it, and two are missing'}
  ${'YY.'} | ${'OPEN'}     | ${'both approved, and nobody has countersigned'}
  ${'.YY'} | ${'OPEN'}     | ${'a supervisor approves nothing'}
  ${'YYY'} | ${'APPROVED'} | ${'three yes'}
  ${'YYN'} | ${'STOPPED'}  | ${'D4-74 the supervisor stops what two agreed on'}
  ${'NY.'} | ${'STOPPED'}  | ${'one no is enough, and nobody is waited for'}
`('$letters is $state: $because', ({ letters, state }: { letters: string; state: string }) => {
  expect(stateAfter(said(letters))).toBe(state);
});

it('writes down one signature with its hour, and touches no other', () => {
  expect(signedBy(said('.Y.'), 'supervisor', 'no', AT)).toEqual({
    ...said('.Y.'),
    supervisorSaid: 'no',
    supervisorAt: AT,
  });
});

const holder = (personId: string, ...offices: Office[]) => ({ personId, offices });
const HOLDERS = [
  holder('chair', 'CHAIR'),
  holder('deputy', 'DEPUTY'),
  holder('secretary', 'SECRETARY_GENERAL'),
  holder('one', 'SUPERVISOR'),
  holder('two', 'SUPERVISOR'),
];

it.each`
  bound                  | trio                             | because
  ${[]}                  | ${'chair CHAIR secretary one'}   | ${'nobody is tied'}
  ${['chair']}           | ${'deputy DEPUTY secretary one'} | ${'D4-19 the deputy stands in for a tied chair'}
  ${['one']}             | ${'chair CHAIR secretary two'}   | ${'another supervisor is not tied'}
  ${['chair', 'deputy']} | ${'missing chair'}               | ${'nobody is left to approve'}
  ${['secretary']}       | ${'missing secretary'}           | ${'nobody stands in for the secretary-general'}
  ${['one', 'two']}      | ${'missing supervisor'}          | ${'nobody is left to countersign'}
`('$trio: $because', ({ bound, trio }: { bound: string[]; trio: string }) => {
  const found = trioOf(HOLDERS, 'secretary', (id) => bound.includes(id));
  const words =
    'missing' in found
      ? `missing ${found.missing}`
      : [found.chairId, found.chairOffice, found.secretaryId, found.supervisorId].join(' ');
  expect(words).toBe(trio);
});

it('never seats one person twice: a chair who is also the secretary-general leaves the chair to the deputy', () => {
  const both = [holder('both', 'CHAIR', 'SECRETARY_GENERAL'), ...HOLDERS.slice(1)];
  expect(trioOf(both, 'both', () => false)).toMatchObject({ chairId: 'deputy', secretaryId: 'both' });
});

const trio = { chairId: 'a', chairOffice: 'CHAIR', secretaryId: 'b', supervisorId: 'c' } as const;

it('knows the seat of each of the three, and of nobody else', () => {
  expect(['a', 'b', 'c', 'd', null].map((id) => seatOf(trio, id))).toEqual([...seats, null, null]);
});

const GROUNDS: FastPathGrounds = {
  amountFen: fen(100_000),
  limitFen: fen(100_000),
  opensAsSecretary: true,
  wasStopped: false,
  trio,
  suspended: [],
  papersOverdue: [],
  ratificationOverdue: [],
  breaches: [],
};
const flagged = (personId: string, asks: boolean) => ({ personId, asks, untilOn: day('2027-03-01') });

it.each`
  change                                    | code                          | because
  ${{}}                                     | ${undefined}                  | ${'exactly the limit is within it'}
  ${{ amountFen: fen(100_001) }}            | ${'FAST_PATH_LIMIT'}          | ${'one fen above'}
  ${{ limitFen: fen(0) }}                   | ${'FAST_PATH_LIMIT'}          | ${'a society may have none'}
  ${{ opensAsSecretary: false }}            | ${'ONLY_SECRETARY_OPENS'}     | ${'somebody else asks'}
  ${{ wasStopped: true }}                   | ${'FAST_PATH_STOPPED'}        | ${'D4-74 it goes to an ordinary round'}
  ${{ papersOverdue: ['2026-0001'] }}       | ${'PAPERS_OVERDUE'}           | ${'papers are overdue in this society'}
  ${{ ratificationOverdue: ['2026-0002'] }} | ${'RATIFICATION_OVERDUE'}     | ${'the board was not asked in time'}
  ${{ trio: { missing: 'supervisor' } }}    | ${'NO_UNTIED_TRIO'}           | ${'no three are left'}
  ${{ suspended: ['c'] }}                   | ${'FAST_PATH_SUSPENDED'}      | ${'D4-68 one of the three is held off'}
  ${{ suspended: ['d'] }}                   | ${undefined}                  | ${'somebody is held off who does not sign here'}
  ${{ breaches: [flagged('x', true)] }}     | ${'FAST_PATH_FLAGGED'}        | ${'whoever asks broke a pledge'}
  ${{ breaches: [flagged('b', false)] }}    | ${'FAST_PATH_SIGNER_FLAGGED'} | ${'one of the three did'}
  ${{ breaches: [flagged('d', false)] }}    | ${undefined}                  | ${'somebody did who does not sign here'}
`('answers $code: $because', ({ change, code }: { change: object; code: string | undefined }) => {
  expect(refusalOfFastPath({ ...GROUNDS, ...change })?.code).toBe(code);
});

it.each`
  breaches                                     | code                          | because
  ${[]}                                        | ${undefined}                  | ${'nobody was flagged meanwhile'}
  ${[flagged('x', true)]}                      | ${'FAST_PATH_FLAGGED'}        | ${'whoever asks was'}
  ${[flagged('a', false)]}                     | ${'FAST_PATH_SIGNER_FLAGGED'} | ${'one of the three was'}
  ${[flagged('a', false), flagged('x', true)]} | ${'FAST_PATH_FLAGGED'}        | ${'both were, and the case comes first'}
  ${[flagged('d', false)]}                     | ${undefined}                  | ${'somebody was who does not sign here'}
`('answers the last signature with $code: $because', ({ breaches, code }: LastSignature) => {
  expect(refusalOfFlags(breaches, trio)?.code).toBe(code);
});
type LastSignature = { breaches: ReturnType<typeof flagged>[]; code: string | undefined };

it('names the cases, the office and the ordinary way, and no person', () => {
  const overdue = refusalOfFastPath({ ...GROUNDS, papersOverdue: ['2026-0001', '2026-0007'] });
  expect(overdue?.message).toContain('2 件');
  expect(overdue?.message).toContain('2026-0001、2026-0007');
  expect(overdue?.advice).toContain('请大家表决');
  const deputy = { ...trio, chairOffice: 'DEPUTY' } as const;
  const suspended = refusalOfFastPath({ ...GROUNDS, trio: deputy, suspended: ['a'] });
  expect(suspended?.message).toContain('现任副理事长');
  expect(suspended?.advice).toContain('镇联合社复核');
});

it('takes its two figures from the table of the procedure', () => {
  expect([SIGN_HOURS, RATIFY_WORKING_DAYS]).toEqual([2, 5]);
});
