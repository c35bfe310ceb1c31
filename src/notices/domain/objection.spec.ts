import {
  FINDING_REASONS,
  isUpheld,
  objectionNumberOf,
  outcomeFault,
  outcomeOf,
  OUTCOMES,
  REASON_SENTENCES,
  REASONS_OF,
  receivedFault,
  standingWords,
  withdrawalFault,
} from './objection.js';
import type { FindingReason, ObjectionState, Outcome, Way } from './objection.js';

it.each`
  year    | serial   | number
  ${2026} | ${1}     | ${'异2026-0001'}
  ${2026} | ${42}    | ${'异2026-0042'}
  ${2027} | ${12345} | ${'异2027-12345'}
`('number $serial of $year reads $number', ({ year, serial, number }: Numbered) => {
  expect(objectionNumberOf({ year, serial })).toBe(number);
});
type Numbered = { readonly year: number; readonly serial: number; readonly number: string };

it.each([0, -1, 1.5])('has no number %p', (serial) => {
  expect(() => objectionNumberOf({ year: 2026, serial })).toThrow(RangeError);
});

const SIGNED = new Date('2026-03-09T01:00:00.000Z');
const NOW = new Date('2026-03-10T01:00:00.000Z');

it.each`
  receivedAt                    | fault               | because
  ${'2026-03-09T00:59:00.000Z'} | ${null}             | ${'a minute before the signature is a clock that differs'}
  ${'2026-03-09T00:58:59.999Z'} | ${'before-signing'} | ${'there was no notice to object to'}
  ${'2026-03-09T12:00:00.000Z'} | ${null}             | ${'between the two'}
  ${'2026-03-10T01:01:00.000Z'} | ${null}             | ${'a minute ahead is a clock that differs'}
  ${'2026-03-10T01:01:00.001Z'} | ${'future'}         | ${'nobody objects tomorrow'}
`('received at $receivedAt: $fault, $because', ({ receivedAt, fault }: Received) => {
  expect(receivedFault(new Date(receivedAt), SIGNED, NOW)).toBe(fault);
});
type Received = { readonly receivedAt: string; readonly fault: string | null };

it.each`
  state          | inquiryId | outcome          | words
  ${'OPEN'}      | ${null}   | ${null}          | ${'已受理，正在安排人查'}
  ${'OPEN'}      | ${'q'}    | ${null}          | ${'两个人正在查'}
  ${'WITHDRAWN'} | ${'q'}    | ${null}          | ${'提出人已撤回'}
  ${'DECIDED'}   | ${'q'}    | ${'REJECTED'}    | ${'不成立'}
  ${'DECIDED'}   | ${'q'}    | ${'UPHELD_TEXT'} | ${'成立，更正文字'}
`('$state, inquiry $inquiryId, $outcome reads “$words”', ({ words, ...standing }: Standing) => {
  expect(standingWords(standing)).toBe(words);
});
type Standing = {
  readonly state: ObjectionState;
  readonly inquiryId: string | null;
  readonly outcome: Outcome | null;
  readonly words: string;
};

it.each`
  how        | isNamed  | by         | fault             | because
  ${'QR'}    | ${false} | ${'code'}  | ${null}           | ${'whoever has the code wrote it'}
  ${'QR'}    | ${true}  | ${'code'}  | ${null}           | ${'a name changes nothing about that'}
  ${'PHONE'} | ${true}  | ${'code'}  | ${'only-paper'}   | ${'the office has seen the code'}
  ${'PAPER'} | ${false} | ${'code'}  | ${'only-paper'}   | ${'the office has seen the code'}
  ${'PAPER'} | ${true}  | ${'paper'} | ${null}           | ${'the name signs'}
  ${'QR'}    | ${true}  | ${'paper'} | ${null}           | ${'the name signs'}
  ${'QR'}    | ${false} | ${'paper'} | ${'only-code'}    | ${'no paper shows who may'}
  ${'PHONE'} | ${false} | ${'paper'} | ${'nobody-known'} | ${'nobody can show that it was his'}
`('$how, named $isNamed, by $by: $fault, $because', ({ how, isNamed, by, fault }: Withdrawal) => {
  expect(withdrawalFault({ how, isNamed }, by)).toBe(fault);
});
type Withdrawal = {
  readonly how: Way;
  readonly isNamed: boolean;
  readonly by: 'code' | 'paper';
  readonly fault: string | null;
};

it.each`
  outcome          | reason                | named            | fault                   | because
  ${'NO_FACT'}     | ${'NOTHING_TO_CHECK'} | ${[false]}       | ${null}                 | ${'nobody can be asked'}
  ${'NO_FACT'}     | ${'NOTHING_TO_CHECK'} | ${[true]}        | ${'named-without-fact'} | ${'a name can be asked'}
  ${'NO_FACT'}     | ${'NOTHING_TO_CHECK'} | ${[false, true]} | ${'named-without-fact'} | ${'one of them has a name'}
  ${'REJECTED'}    | ${'PAPERS_AGREE'}     | ${[true, false]} | ${null}                 | ${'it is an answer to both'}
  ${'REJECTED'}    | ${'FACT_WRONG'}       | ${[true]}        | ${'reason-of-another'}  | ${'that would uphold it'}
  ${'UPHELD_TEXT'} | ${'TEXT_WRONG'}       | ${[true]}        | ${null}                 | ${'a slip of the pen'}
`(
  'D4-43 $outcome for $reason, named $named: $fault, $because',
  ({ outcome, reason, named, fault }: Ending) => {
    const objections = named.map((isNamed) => ({ isNamed }));
    expect(outcomeFault(outcome, reason, objections)).toBe(fault);
  },
);
type Ending = {
  readonly outcome: Outcome;
  readonly reason: FindingReason;
  readonly named: readonly boolean[];
  readonly fault: string | null;
};

it('gives each reason to one outcome, and a sentence to each', () => {
  for (const outcome of OUTCOMES)
    for (const reason of REASONS_OF[outcome]) expect(outcomeOf(reason)).toBe(outcome);
  expect(new Set(FINDING_REASONS).size).toBe(FINDING_REASONS.length);
  expect(Object.keys(REASON_SENTENCES).sort()).toEqual([...FINDING_REASONS].sort());
});

it('upholds by two outcomes of four', () => {
  expect(OUTCOMES.filter(isUpheld)).toEqual(['UPHELD_TEXT', 'UPHELD_REDECIDE']);
});
