import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { calendarOf } from '../../kernel/working-days.js';
import { CASE_STATES } from './emergency-procedure.js';
import { ESCALATION_REASONS, REFERRAL_OFFICES } from './endings.js';
import { answerOf, freesCause, kindOf, refusalOfEscalation, reviewEndsOn } from './handover.js';
import type { OfficeEscalation } from './handover.js';

const means = { perCaseLimitFen: fen(300_000), freeFen: fen(100_000) };

it.each`
  reason          | askedFen        | code                  | because
  ${'OVER_LIMIT'} | ${fen(300_001)} | ${null}               | ${'one fen above the limit of a case'}
  ${'OVER_LIMIT'} | ${fen(300_000)} | ${'WITHIN_OWN_LIMIT'} | ${'exactly the limit'}
  ${'OVER_LIMIT'} | ${null}         | ${'WITHIN_OWN_LIMIT'} | ${'the amount of the case itself is within it'}
  ${'FUND_SHORT'} | ${null}         | ${null}               | ${'the pool is one fen short'}
  ${'FUND_SHORT'} | ${fen(100_000)} | ${'FUND_SUFFICES'}    | ${'the pool covers it to the fen'}
  ${'NO_BOARD'}   | ${null}         | ${null}               | ${'nobody but the society knows that'}
`('$reason for $askedFen: $code, $because', ({ reason, askedFen, code }: Row) => {
  const refusal = refusalOfEscalation(reason, { amountFen: fen(100_001), askedFen }, means);
  expect(refusal?.code ?? null).toBe(code);
});
type Row = { reason: OfficeEscalation; askedFen: ReturnType<typeof fen> | null; code: string | null };

it('goes to the town, or to an office that is none of ours', () => {
  expect(ESCALATION_REASONS.map(kindOf)).toEqual(ESCALATION_REASONS.map(() => 'TOWN'));
  expect(REFERRAL_OFFICES.map(kindOf)).toEqual(REFERRAL_OFFICES.map(() => 'OFFICE'));
});

it('is answered by what becomes of the case of the town, and by nothing that goes on', () => {
  const answers = CASE_STATES.map((state) => [state, answerOf(state)] as const);
  expect(answers.filter(([, answer]) => answer !== null)).toEqual([
    ['PAID', 'HELPED'],
    ['CLOSED', 'HELPED'],
    ['REJECTED', 'NOT_HELPED'],
    ['WITHDRAWN', 'NOT_HELPED'],
    ['TERMINATED', 'NOT_HELPED'],
  ]);
});

it('keeps barring a second case only where somebody helped', () => {
  expect([freesCause('HELPED'), freesCause('NOT_HELPED'), freesCause('RETURNED')]).toEqual([
    false,
    true,
    true,
  ]);
});

const calendar = calendarOf({
  years: [2026, 2027],
  holidays: ['2026-04-04', '2026-04-05', '2026-04-06'].map(day),
  makeUps: [],
});

it.each`
  decided         | last            | because
  ${'2026-03-02'} | ${'2026-04-01'} | ${'thirty days, the day of the decision not counted'}
  ${'2026-03-05'} | ${'2026-04-07'} | ${'the thirtieth is a holiday: the first working day after it'}
`('a review of $decided can be asked for until $last: $because', ({ decided, last }: Days) => {
  expect(reviewEndsOn(day(decided), calendar)).toBe(last);
});
type Days = { decided: string; last: string };
