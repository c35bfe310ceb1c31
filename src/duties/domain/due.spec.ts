import { day, dayOf } from '../../kernel/day.js';
import { calendarOf } from '../../kernel/working-days.js';
import { dueOf, ruleOf, storedRuleOf } from './due.js';
import type { DueRule } from './due.js';

/** The days of 2026 that these tests meet; 2027 is not published. */
const calendar = calendarOf({
  years: [2025, 2026],
  holidays: ['2026-02-15', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'].map(day),
  makeUps: ['2026-02-14', '2026-05-09'].map(day),
});

const at = (local: string) => new Date(`${local}:00+08:00`);
const due = (unit: DueRule['unit'], count: number, from: string) =>
  dueOf({ unit, count, from: at(from) }, calendar);

it('D4-21 approved 17:00 Fri 2026-02-13: paid within 24 hours by the clock, not by working days', () => {
  expect(due('hours', 24, '2026-02-13T17:00')).toEqual({ dueAt: at('2026-02-14T17:00'), provisional: false });
});

it('D4-23 one working day from Fri 2026-05-08 is Sat 2026-05-09, a make-up day, until its 24:00', () => {
  expect(due('working-days', 1, '2026-05-08T09:00')).toEqual({
    dueAt: at('2026-05-10T00:00'),
    provisional: false,
  });
});

it('D4-25 one working day from 2026-12-31 is provisional while the list of 2027 is absent, and never 1 January', () => {
  const { dueAt, provisional } = due('working-days', 1, '2026-12-31T09:00');
  expect(provisional).toBe(true);
  expect(dayOf(new Date(dueAt.getTime() - 1))).not.toBe('2027-01-01');
});

it.each`
  unit              | count | from                  | last            | because
  ${'working-days'} | ${3}  | ${'2026-03-06T18:00'} | ${'2026-03-11'} | ${'Friday does not count, nor the weekend'}
  ${'working-days'} | ${1}  | ${'2026-02-13T23:59'} | ${'2026-02-14'} | ${'the Saturday before the festival is worked'}
  ${'natural-days'} | ${7}  | ${'2026-03-09T08:40'} | ${'2026-03-16'} | ${'the day of the act does not count'}
  ${'natural-days'} | ${7}  | ${'2026-02-13T08:40'} | ${'2026-02-23'} | ${'the 20th is a holiday, and the weekend follows'}
`('$count $unit from $from end with $last: $because', ({ unit, count, from, last }: Row) => {
  const { dueAt } = due(unit, count, from);
  expect(dayOf(new Date(dueAt.getTime() - 1))).toBe(last);
  expect(dueAt.toISOString()).toMatch(/T16:00:00\.000Z$/); // 24:00 in Shanghai
});
type Row = { unit: DueRule['unit']; count: number; from: string; last: string };

it.each([0, -1, 1.5])('knows no duty due after %d hours', (count) => {
  expect(() => due('hours', count, '2026-03-06T18:00')).toThrow(/duty/);
});

it('reads a stored rule back as it was', () => {
  const rule: DueRule = { unit: 'hours', count: 24, from: at('2026-02-13T17:00') };
  expect(ruleOf(JSON.parse(JSON.stringify(storedRuleOf(rule))) as never)).toEqual(rule);
});
