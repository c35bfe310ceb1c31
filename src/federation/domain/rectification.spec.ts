import { day } from '../../kernel/day.js';
import type { FindingKind, FindingReason } from './findings.js';
import { checkFinding, daysUntil } from './rectification.js';

const today = day('2026-03-02');

it.each`
  kind          | reason           | dueOn           | code                           | because
  ${'IN_ORDER'} | ${'COMPLETE'}    | ${null}         | ${null}                        | ${'nothing is owed'}
  ${'IN_ORDER'} | ${'PAPERS'}      | ${null}         | ${'REASON_OF_ANOTHER_FINDING'} | ${'the reason says something else'}
  ${'RECTIFY'}  | ${'PAPERS'}      | ${'2026-03-03'} | ${null}                        | ${'tomorrow'}
  ${'RECTIFY'}  | ${'PAPERS'}      | ${'2026-04-01'} | ${null}                        | ${'the thirtieth day'}
  ${'RECTIFY'}  | ${'PAPERS'}      | ${'2026-04-02'} | ${'BAD_RECTIFY_DAY'}           | ${'the thirty-first'}
  ${'RECTIFY'}  | ${'PAPERS'}      | ${'2026-03-02'} | ${'BAD_RECTIFY_DAY'}           | ${'today is too late'}
  ${'RECTIFY'}  | ${'PAPERS'}      | ${null}         | ${'BAD_RECTIFY_DAY'}           | ${'by no day at all'}
  ${'REVOKE'}   | ${'FALSE_FACTS'} | ${null}         | ${null}                        | ${'its days are counted by the house'}
  ${'REVOKE'}   | ${'FALSE_FACTS'} | ${'2026-03-09'} | ${'BAD_RECTIFY_DAY'}           | ${'so no other day is named'}
`('$kind for $reason until $dueOn: $code, $because', ({ kind, reason, dueOn, code }: Row) => {
  const check = () => {
    checkFinding({ kind, reason, dueOn: dueOn === null ? null : day(dueOn) }, today);
  };
  if (code === null) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code }) as Error);
});
type Row = { kind: FindingKind; reason: FindingReason; dueOn: string | null; code: string | null };

it('counts the days that are left', () => {
  expect(daysUntil(today, day('2026-03-12'))).toBe(10);
});
