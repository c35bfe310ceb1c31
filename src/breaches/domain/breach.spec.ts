import type { Role } from '../../kernel/actor.js';
import { day } from '../../kernel/day.js';
import { lastDayKept } from '../../people/index.js';
import type { PledgeKind } from '../../people/domain/pledge.js';
import {
  BREACH_MOVES,
  BREACH_STATES,
  breachWords,
  checkAppealDay,
  checkTold,
  confirmingRole,
  hadPart,
  isStanding,
  lastDayOfBreach,
  lastDayOfGround,
  MOST_MONTHS,
  proposingSide,
  refuseConfirming,
  refuseEarlySilence,
  USUAL_MONTHS,
} from './breach.js';
import type { Side } from './breach.js';

const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it.each([
  ['2026-03-02', 12, '2027-03-02', 'a year'],
  ['2026-08-31', 6, '2027-02-28', 'no such day: the last of the month'],
  ['2026-12-31', 24, '2028-12-31', 'the most'],
  ['2026-11-30', 1, '2026-12-30', 'December is no month 0'],
])('from %s for %d months until %s: %s', (on, months, last) => {
  expect(lastDayOfBreach(day(on), months)).toBe(last);
});

it('offers nothing longer than the most', () => {
  expect(Math.max(...USUAL_MONTHS)).toBe(MOST_MONTHS);
});

const untilOn = day('2027-03-02');

it.each`
  state           | today           | stands   | words                 | because
  ${'STANDS'}     | ${'2027-03-02'} | ${true}  | ${'有效'}             | ${'its last day is one'}
  ${'STANDS'}     | ${'2027-03-03'} | ${false} | ${'已到期'}           | ${'it runs out by itself'}
  ${'LIFTED'}     | ${'2026-04-01'} | ${false} | ${'已提前解除'}       | ${'lifted early'}
  ${'OVERTURNED'} | ${'2026-04-01'} | ${false} | ${'申诉成立，已撤销'} | ${'it should not have been'}
  ${'HEARING'}    | ${'2026-04-01'} | ${false} | ${'等本人说明'}       | ${'nobody was heard'}
`('$state on $today: $words, $because', ({ state, today, stands, words }: Stand) => {
  const flag = { state, untilOn, heard: false, appealed: false };
  expect([isStanding(flag, day(today)), breachWords(flag, day(today))]).toEqual([stands, words]);
});
type Stand = {
  readonly state: (typeof BREACH_STATES)[number];
  readonly today: string;
  readonly stands: boolean;
  readonly words: string;
};

it('stands while an appeal runs, and says so', () => {
  const flag = { state: 'STANDS', untilOn, heard: true, appealed: true } as const;
  expect(breachWords(flag, day('2026-04-01'))).toBe('有效，正在申诉');
});

it('every state can be reached, and what is over stays over', () => {
  expect(new Set(['HEARING', ...Object.values(BREACH_MOVES).flat()])).toEqual(new Set(BREACH_STATES));
  for (const over of ['DROPPED', 'LIFTED', 'OVERTURNED'] as const) expect(BREACH_MOVES[over]).toEqual([]);
});

it.each`
  kind           | roles                    | side            | code                  | because
  ${'APPLICANT'} | ${['secretary']}         | ${'OFFICE'}     | ${null}               | ${'the office knows the case'}
  ${'APPLICANT'} | ${['clerk']}             | ${null}         | ${'BREACH_NOT_YOURS'} | ${'the clerk writes down, and accuses nobody'}
  ${'OFFICER'}   | ${['secretary']}         | ${null}         | ${'BREACH_NOT_YOURS'} | ${'chair and supervisor together'}
  ${'OFFICER'}   | ${['chair', 'director']} | ${'CHAIR'}      | ${null}               | ${'one of the two'}
  ${'OFFICER'}   | ${['supervisor']}        | ${'SUPERVISOR'} | ${null}               | ${'the other of the two'}
`('$kind by $roles: $because', ({ kind, roles, side, code }: Proposing) => {
  let found: Side | null = null;
  expect(codeOf(() => (found = proposingSide(kind, roles)))).toBe(code);
  expect(found).toBe(side);
});
type Proposing = {
  readonly kind: PledgeKind;
  readonly roles: readonly Role[];
  readonly side: Side | null;
  readonly code: string | null;
};

it.each`
  kind           | as              | by           | roles             | flagsSupervisor | code                            | because
  ${'APPLICANT'} | ${'OFFICE'}     | ${'chair'}   | ${['chair']}      | ${false}        | ${null}                         | ${'another person'}
  ${'APPLICANT'} | ${'CHAIR'}      | ${'author'}  | ${['chair']}      | ${false}        | ${'BREACH_NEEDS_SECOND_PERSON'} | ${'the same person'}
  ${'APPLICANT'} | ${'CHAIR'}      | ${'office'}  | ${['secretary']}  | ${false}        | ${'BREACH_NEEDS_SECOND_PERSON'} | ${'the office confirms nothing'}
  ${'APPLICANT'} | ${'OFFICE'}     | ${'flagged'} | ${['chair']}      | ${false}        | ${'BREACH_OF_ONESELF'}          | ${'it is about them'}
  ${'OFFICER'}   | ${'CHAIR'}      | ${'watch'}   | ${['supervisor']} | ${false}        | ${null}                         | ${'chair and supervisor together'}
  ${'OFFICER'}   | ${'CHAIR'}      | ${'deputy'}  | ${['deputy']}     | ${false}        | ${'BREACH_NEEDS_OTHER_SIDE'}    | ${'twice the same side'}
  ${'OFFICER'}   | ${'CHAIR'}      | ${'deputy'}  | ${['deputy']}     | ${true}         | ${null}                         | ${'the supervisor is flagged'}
  ${'OFFICER'}   | ${'SUPERVISOR'} | ${'deputy'}  | ${['deputy']}     | ${false}        | ${null}                         | ${'the deputy stands in'}
`('$kind proposed as $as, by $by: $because', ({ kind, as, by, roles, flagsSupervisor, code }: Seconding) => {
  const flag = { kind, personId: 'flagged', proposedAs: as, proposedBy: 'author', proposedByAccount: 'a' };
  const hands = { personId: by, accountId: `${by}-account`, roles };
  expect(
    codeOf(() => {
      refuseConfirming(flag, hands, flagsSupervisor);
    }),
  ).toBe(code);
  const underItsAccount = codeOf(() => {
    refuseConfirming(flag, { ...hands, accountId: 'a' }, flagsSupervisor);
  });
  expect(underItsAccount).not.toBeNull();
});
type Seconding = {
  readonly kind: PledgeKind;
  readonly as: Side;
  readonly by: string;
  readonly roles: readonly Role[];
  readonly flagsSupervisor: boolean;
  readonly code: string | null;
};

it.each<[Side, readonly Role[], readonly Role[], Role]>([
  ['CHAIR', [], ['chair'], 'supervisor'],
  ['CHAIR', ['supervisor'], ['chair'], 'deputy'],
  ['CHAIR', ['supervisor'], ['deputy'], 'chair'],
  ['SUPERVISOR', ['director'], ['supervisor'], 'chair'],
  ['SUPERVISOR', ['chair', 'director'], ['supervisor'], 'deputy'],
  ['OFFICE', [], ['secretary'], 'chair'],
  ['OFFICE', [], ['secretary', 'chair'], 'deputy'],
])(
  'proposed as %s against %s by %s it stands on the home page of the %s',
  (proposedAs, flagged, own, role) => {
    expect(confirmingRole({ proposedAs }, flagged, own)).toBe(role);
  },
);

it('takes silence for an answer on the day after the last one', () => {
  const [hearBy, after] = [day('2026-03-09'), day('2026-03-10')];
  const on = (today: typeof hearBy) =>
    codeOf(() => {
      refuseEarlySilence(hearBy, today);
    });
  expect([on(hearBy), on(after)]).toEqual(['BREACH_HEARING_RUNS', null]);
});

it('takes silence of nobody who was not told, before it was proposed or on a day to come included', () => {
  const [proposed, today] = [day('2026-03-02'), day('2026-03-12')];
  const told = (toldOn: string | null) =>
    codeOf(() =>
      checkTold(toldOn === null ? null : { toldHow: 'PHONE', toldOn: day(toldOn) }, proposed, today),
    );
  expect([null, '2026-03-01', '2026-03-02', '2026-03-13'].map(told)).toEqual([
    'BREACH_NOT_TOLD',
    'BREACH_NOT_TOLD',
    null,
    'BREACH_NOT_TOLD',
  ]);
});

it('is no ground any more before the flag of it can be forgotten', () => {
  const on = day('2026-03-02');
  expect(lastDayOfGround(on) <= lastDayKept('BREACH', on)).toBe(true);
});

it('is appealed against between its confirmation and today', () => {
  const [confirmed, today] = [day('2026-03-10'), day('2026-03-12')];
  const on = (madeOn: string) =>
    codeOf(() => {
      checkAppealDay(day(madeOn), confirmed, today);
    });
  expect(['2026-03-09', '2026-03-10', '2026-03-12', '2026-03-13'].map(on)).toEqual([
    'BREACH_APPEAL_DAY',
    null,
    null,
    'BREACH_APPEAL_DAY',
  ]);
});

it('is decided by nobody who had a part in it, in whichever society and under whichever account', () => {
  const flag = {
    ...{
      personId: 'flagged',
      proposedBy: 'a',
      proposedByAccount: 'account',
      heardBy: 'h',
      heardByAccount: null,
    },
    ...{ confirmedBy: 'c', confirmedByAccount: null },
  };
  const appeal = { recordedBy: 'r', recordedByAccount: 'took' };
  const part = (personId: string, accountId: string) => hadPart(flag, appeal, { personId, accountId });
  for (const personId of ['a', 'h', 'c', 'r', 'flagged']) expect(part(personId, 'x')).toBe(true);
  expect([part('b', 'account'), part('b', 'took'), part('b', 'x')]).toEqual([true, true, false]);
});
