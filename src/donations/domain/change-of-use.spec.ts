import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { earmarkOf, POOL, UNCLAIMED } from '../../ledger/domain/funds.js';
import {
  ANSWER_WORDS,
  basisOf,
  CHANGE_REASON_WORDS,
  CHANGE_REASONS,
  CHANGE_ROAD,
  CHANGE_STATE_WORDS,
  CHANGE_STATES,
  fateOf,
  refuseBeforeDue,
  refuseTooEarly,
  refuseUnfit,
  settlementOf,
  takeableFrom,
  tallyOf,
} from './change-of-use.js';
import type { Answer, Basis, PartState } from './change-of-use.js';

const throws = (code: string) => expect.objectContaining({ code }) as Error;

it('has a road without a way back, and words for all that can be said', () => {
  expect(Object.keys(CHANGE_ROAD)).toEqual([...CHANGE_STATES]);
  for (const [i, state] of CHANGE_STATES.entries())
    for (const next of CHANGE_ROAD[state]) expect(CHANGE_STATES.indexOf(next)).toBeGreaterThan(i);
  expect(CHANGE_STATES.filter((state) => CHANGE_ROAD[state].length === 0)).toEqual(['DONE', 'DROPPED']);
  expect(Object.keys(CHANGE_STATE_WORDS)).toEqual([...CHANGE_STATES]);
  expect(Object.keys(CHANGE_REASON_WORDS)).toEqual([...CHANGE_REASONS]);
  expect(new Set(Object.values(ANSWER_WORDS)).size).toBe(4);
});

it.each`
  source       | donorId   | campaignId | plan     | basis       | because
  ${'GIFT'}    | ${'anna'} | ${null}    | ${null}  | ${'GIVER'}  | ${'its giver is asked'}
  ${'GIFT'}    | ${null}   | ${null}    | ${null}  | ${'BOARD'}  | ${'nobody can be asked'}
  ${'GIFT'}    | ${'anna'} | ${'flood'} | ${'3号'} | ${'FILING'} | ${'the plan was filed anew'}
  ${'GIFT'}    | ${null}   | ${'flood'} | ${null}  | ${null}     | ${'the plan was not, and it stays'}
  ${'SUBSIDY'} | ${null}   | ${null}    | ${null}  | ${'BOARD'}  | ${'a subsidy has no giver to ask'}
  ${'FEE'}     | ${'anna'} | ${null}    | ${null}  | ${'BOARD'}  | ${'a fee is no gift'}
`('$source of $donorId is moved by $basis: $because', ({ plan, basis, ...lot }: Row) => {
  expect(basisOf(lot, plan)).toBe(basis);
});
type Row = Parameters<typeof basisOf>[0] & { plan: string | null; basis: Basis | null };

const part = (basis: Basis, answer: Answer | null, state: PartState = 'FROZEN') => ({
  ...{ basis, answer, state },
  amountFen: fen(100),
});

it('moves what may be moved, returns what is wanted back, and lets the silent wait', () => {
  const parts = [
    part('GIVER', 'CONSENT'),
    part('GIVER', 'RETURN'),
    part('GIVER', 'THINK'),
    part('GIVER', 'WAITING'),
    part('BOARD', null),
    part('FILING', null),
    part('GIVER', 'CONSENT', 'MOVED'),
  ];
  const { moving, returning, waiting } = settlementOf(parts);
  expect([moving.length, returning.length, waiting.length]).toEqual([3, 1, 2]);
  expect(parts.map(fateOf)).toEqual(['move', 'return', 'wait', 'wait', 'move', 'move', 'move']);
  expect(() => settlementOf([part('GIVER', 'THINK')])).toThrow(throws('NOTHING_TO_SETTLE'));
});

it.each`
  answers                   | today           | refused  | because
  ${['CONSENT', 'WAITING']} | ${'2026-04-01'} | ${true}  | ${'on the last day the silent may still speak'}
  ${['CONSENT', 'WAITING']} | ${'2026-04-02'} | ${false} | ${'the day has passed'}
  ${['CONSENT', 'THINK']}   | ${'2026-03-02'} | ${false} | ${'all have been heard'}
  ${[]}                     | ${'2026-03-02'} | ${false} | ${'nobody was to be asked'}
`('$answers on $today: $because', ({ answers, today, refused }: Wait) => {
  const ask = () => {
    refuseTooEarly(
      answers.map((answer) => ({ answer })),
      day('2026-04-01'),
      day(today),
    );
  };
  if (refused) expect(ask).toThrow('还有 1 位捐赠人没有答复，2026年4月1日以前还要等他们。');
  else expect(ask).not.toThrow();
});
type Wait = { answers: Answer[]; today: string; refused: boolean };

it('counts the silent apart', () => {
  const giver = (answer: Answer, amount: number) => ({ answer, amountFen: fen(amount) });
  const tally = tallyOf([
    giver('CONSENT', 100),
    giver('WAITING', 50),
    giver('CONSENT', 20),
    giver('THINK', 7),
  ]);
  expect(tally.map(({ answer, givers, amountFen }) => [answer, givers, amountFen])).toEqual([
    ['CONSENT', 2, 120],
    ['RETURN', 0, 0],
    ['THINK', 1, 7],
    ['WAITING', 1, 50],
  ]);
});

it('does not move money into itself, nor money of which nobody knows whose it is', () => {
  expect(() => {
    refuseUnfit(POOL, POOL);
  }).toThrow(throws('SAME_PURSE'));
  for (const [from, into] of [
    [UNCLAIMED, POOL],
    [POOL, UNCLAIMED],
  ] as const)
    expect(() => {
      refuseUnfit(from, into);
    }).toThrow(throws('PURSE_UNFIT'));
  expect(() => {
    refuseUnfit(earmarkOf('火灾'), POOL);
  }).not.toThrow();
});

it('waits ninety full days for whoever may come, and names the day', () => {
  expect(takeableFrom(day('2026-03-02'))).toBe('2026-06-01');
  expect(() => {
    refuseBeforeDue(day('2026-03-02'), day('2026-05-31'));
  }).toThrow('来款登记以后要等满 90 天，2026年6月1日起才能请理事会决定。');
  expect(() => {
    refuseBeforeDue(day('2026-03-02'), day('2026-06-01'));
  }).not.toThrow();
});
