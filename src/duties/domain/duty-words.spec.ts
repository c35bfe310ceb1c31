import type { DueRule } from './due.js';
import { DUTY_KINDS } from './duty-kinds.js';
import { clockOf, DUTY_WORDS, isOverdue, lastDayOf, limitWords } from './duty-words.js';

const at = (local: string) => new Date(`${local}:00+08:00`);

const within: DueRule = { unit: 'hours', count: 24, from: at('2026-11-22T10:02') };
const pay = {
  kind: 'PAY' as const,
  rule: within,
  dueAt: at('2026-11-23T10:02'),
  provisional: false,
  settledAt: null,
};
const papers = {
  ...pay,
  kind: 'PAPERS' as const,
  rule: { unit: 'working-days' as const, count: 10, from: at('2026-11-20T15:20') },
  dueAt: at('2026-12-05T00:00'),
};

it('has words for every kind, and no two the same button for a different thing owed', () => {
  expect(Object.keys(DUTY_WORDS).sort()).toEqual([...DUTY_KINDS].sort());
  expect(DUTY_WORDS.PAY).toEqual({ label: '打款', owed: '没打款', act: '记打款' });
});

it.each`
  unit              | count | words
  ${'hours'}        | ${24} | ${'限 24 小时'}
  ${'natural-days'} | ${7}  | ${'限 7 天'}
  ${'working-days'} | ${3}  | ${'限 3 个工作日'}
`('says $words', ({ unit, count, words }: { unit: DueRule['unit']; count: number; words: string }) => {
  expect(limitWords({ unit, count })).toBe(words);
});

it.each`
  duty                                             | now                   | words                                                             | state
  ${pay}                                           | ${'2026-11-23T05:02'} | ${'还剩 5 小时（11-23 10:02，限 24 小时）'}                       | ${'running'}
  ${pay}                                           | ${'2026-11-23T13:02'} | ${'已超 3 小时（11-23 10:02，限 24 小时）'}                       | ${'late'}
  ${{ ...pay, settledAt: at('2026-11-22T15:20') }} | ${'2026-11-25T00:00'} | ${'11-22 15:20（限 24 小时，用 5 小时）'}                         | ${'done'}
  ${{ ...pay, settledAt: at('2026-11-22T10:30') }} | ${'2026-11-25T00:00'} | ${'11-22 10:30（限 24 小时，用不到 1 小时）'}                     | ${'done'}
  ${{ ...pay, settledAt: at('2026-11-23T12:02') }} | ${'2026-11-25T00:00'} | ${'11-23 12:02（限 24 小时，用 26 小时，超了时限）'}              | ${'done'}
  ${papers}                                        | ${'2026-12-02T09:00'} | ${'还剩 2 天（12月4日，限 10 个工作日）'}                         | ${'running'}
  ${{ ...papers, provisional: true }}              | ${'2026-12-02T09:00'} | ${'还剩 2 天（12月4日，限 10 个工作日，暂定：放假安排还没公布）'} | ${'running'}
`('$words', ({ duty, now, words, state }: Row) => {
  const clock = clockOf(duty, at(now));
  expect(clock.words).toBe(words);
  expect(clock.state).toBe(state);
});
type Row = { duty: typeof pay; now: string; words: string; state: string };

it('is still in time at the due instant itself, and names the day that ends at 24:00', () => {
  expect(isOverdue(pay, pay.dueAt)).toBe(false);
  expect(isOverdue(pay, new Date(pay.dueAt.getTime() + 1))).toBe(true);
  expect(isOverdue({ ...pay, settledAt: at('2026-11-30T00:00') }, at('2026-12-30T00:00'))).toBe(false);
  expect(lastDayOf(at('2026-12-05T00:00'))).toBe('2026-12-04');
});
