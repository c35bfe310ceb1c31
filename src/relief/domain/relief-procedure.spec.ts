import { DUTY_KINDS } from '../../duties/domain/duty-kinds.js';
import { procedureFaults } from '../../cases/domain/procedure-check.js';
import {
  APPROVE,
  DESK_DUTIES,
  DESK_STATES,
  HELD_STATES,
  MOST_RETURNS,
  RELIEF_ACTS,
  RELIEF_DONE,
  RELIEF_ENDS,
  RELIEF_PROCEDURE,
  RELIEF_ROAD,
  RELIEF_STATES,
  reliefStepOf,
} from './relief-procedure.js';
import type { ReliefAct, ReliefState, ReliefStep } from './relief-procedure.js';
import {
  RELIEF_ACT_WORDS,
  RELIEF_ACTOR_WORDS,
  RELIEF_MADE_WORDS,
  RELIEF_STATE_WORDS,
} from './relief-words.js';

it('is sound: one beginning, every state on a road, no way out of an end', () => {
  expect(procedureFaults(RELIEF_PROCEDURE, RELIEF_ROAD)).toEqual([]);
});

it.each`
  change                                                                                                       | fault                  | because
  ${(rows: ReliefStep[]) => rows.filter(({ act }) => act !== 'submit')}                                        | ${/begins in 0 ways/}  | ${'nothing begins it'}
  ${(rows: ReliefStep[]) => rows.filter(({ act }) => act !== 'carry')}                                         | ${/no road leads to/}  | ${'nobody gets to the notice'}
  ${(rows: ReliefStep[]) => rows.map((row) => ({ ...row, who: [] }))}                                          | ${/nobody's to do/}    | ${'nobody does it'}
  ${(rows: ReliefStep[]) => rows.map((row) => ({ ...row, guard: ' ' }))}                                       | ${/has no guard/}      | ${'nothing is said of when'}
  ${(rows: ReliefStep[]) => [...rows, rows.find(({ act }) => act === 'approve')]}                              | ${/stands twice/}      | ${'one way is there twice'}
  ${(rows: ReliefStep[]) => rows.map((row) => ({ ...row, from: row.act === 'refuse' ? 'LAPSED' : row.from }))} | ${/LAPSED is the end/} | ${'an end leads on'}
`(
  'is unsound where $because',
  ({ change, fault }: { change: (rows: ReliefStep[]) => ReliefStep[]; fault: RegExp }) => {
    expect(procedureFaults(change([...RELIEF_PROCEDURE]), RELIEF_ROAD).join('\n')).toMatch(fault);
  },
);

it('uses every act, has words for all, and owes only what there is a duty for', () => {
  const acts = new Set<string>(RELIEF_PROCEDURE.map(({ act }) => act));
  expect(RELIEF_ACTS.filter((act) => !acts.has(act))).toEqual([]);
  for (const { act, from, to, who, papers, owes, settles } of RELIEF_PROCEDURE) {
    const words = [RELIEF_ACT_WORDS[act], RELIEF_STATE_WORDS[to], RELIEF_STATE_WORDS[from ?? to]];
    const named = [
      ...words,
      ...who.map((each) => RELIEF_ACTOR_WORDS[each]),
      ...papers.map((each) => RELIEF_MADE_WORDS[each]),
    ];
    expect(named.filter((each) => each === '')).toEqual([]);
    const duties: string[] = [...owes.map(({ duty }) => duty), ...settles];
    expect(duties.filter((duty) => !DUTY_KINDS.some((each) => each === duty))).toEqual([]);
  }
});

it.each`
  act            | at                  | to            | found          | because
  ${'submit'}    | ${null}             | ${null}       | ${'SUBMITTED'} | ${'a case begins from nothing'}
  ${'approve'}   | ${'PRE_NOTICE'}     | ${null}       | ${'APPROVED'}  | ${'one way'}
  ${'approve'}   | ${'PANEL'}          | ${null}       | ${null}        | ${'the board has not voted'}
  ${'approve'}   | ${'OBJECTION_HOLD'} | ${null}       | ${null}        | ${'an objection is looked into'}
  ${'pay'}       | ${'PRE_NOTICE'}     | ${null}       | ${null}        | ${'notice before pay'}
  ${'askSecond'} | ${'REVIEWED'}       | ${null}       | ${'ASSESSED'}  | ${'the sum has grown since the review'}
  ${'askSecond'} | ${'PANEL'}          | ${null}       | ${null}        | ${'the board has the file'}
  ${'resume'}    | ${'RETURNED'}       | ${'ASSESSED'} | ${'ASSESSED'}  | ${'back to where it was'}
  ${'resume'}    | ${'RETURNED'}       | ${'PANEL'}    | ${null}        | ${'no file comes back to a panel'}
  ${'repaid'}    | ${'REFUND_DUE'}     | ${'CLOSED'}   | ${'CLOSED'}    | ${'both tracks were done'}
  ${'return'}    | ${'PANEL'}          | ${null}       | ${null}        | ${'the board has the file'}
  ${'withdraw'}  | ${'PAID'}           | ${null}       | ${null}        | ${'the money is out'}
`(
  '$act from $at to $to is $found: $because',
  ({
    act,
    at,
    to,
    found,
  }: {
    act: ReliefAct;
    at: ReliefState | null;
    to: ReliefState | null;
    found: ReliefState | null;
  }) => {
    expect(reliefStepOf(act, at, to)?.to ?? null).toBe(found);
  },
);

it('owes at each stop of the desk what that stop is for', () => {
  for (const state of DESK_STATES) {
    const leads = RELIEF_PROCEDURE.filter(({ to, act }) => to === state && act !== 'resume');
    for (const { owes } of leads) expect(owes).toContainEqual(DESK_DUTIES[state]);
  }
});

it('keeps to the days of the design: 5, 10, 5, 3 and 5 for the desk, 1 for the chair, 5 to pay, 90 to see', () => {
  const days = DESK_STATES.map((state) => DESK_DUTIES[state]?.count);
  expect(days).toEqual([5, 10, 5, 3, 5]);
  expect(APPROVE).toMatchObject({ owner: 'chair', unit: 'working-days', count: 1 });
  expect(reliefStepOf('approve', 'PRE_NOTICE')?.owes).toMatchObject([
    { duty: 'PAY', unit: 'working-days', count: 5 },
  ]);
  expect(reliefStepOf('pay', 'APPROVED')?.owes).toContainEqual(
    expect.objectContaining({ duty: 'FOLLOW_UP', unit: 'natural-days', count: 90 }),
  );
  expect(reliefStepOf('return', 'SUBMITTED')?.owes).toMatchObject([{ unit: 'working-days', count: 15 }]);
  expect(MOST_RETURNS).toBe(2);
});

it('ends duties wherever nobody has anything to do any more', () => {
  for (const { act, from, to, endsDuties } of RELIEF_PROCEDURE)
    if (RELIEF_ENDS.has(to)) expect([act, from, endsDuties]).toEqual([act, from, true]);
});

it('knows of each state whether it holds room, is done, or waits', () => {
  for (const state of RELIEF_STATES) {
    const isEnd = RELIEF_ENDS.has(state);
    expect(RELIEF_DONE.includes(state)).toBe(isEnd || state === 'CLOSED');
    if (isEnd || DESK_STATES.includes(state)) expect(HELD_STATES).not.toContain(state);
  }
  // What is paid, or promised, is held: everything that a board has carried and nobody has undone.
  expect(HELD_STATES).toEqual(RELIEF_STATES.filter((state) => HELD_STATES.includes(state)));
  expect(HELD_STATES).toHaveLength(7);
});
