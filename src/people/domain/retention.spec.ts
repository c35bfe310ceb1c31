import { addDays, day } from '../../kernel/day.js';
import { isExpired, lastDayKept, lastExpired, RETENTION_KINDS } from './retention.js';
import type { RetentionKind } from './retention.js';

it.each<[RetentionKind, string, string, string]>([
  ['VOUCHER', '2026-01-01', '2056-12-31', '30 years begin when the accounting year is over'],
  ['VOUCHER', '2026-12-31', '2056-12-31', 'the last day of that year too'],
  ['BANK', '2026-05-05', '2036-12-31', '10 years'],
  ['DECISION', '2026-05-05', '2056-12-31', 'what a voucher rests on lives as long as the voucher'],
  ['REGISTER', '2026-05-05', '2056-12-31', 'who stands on it as well'],
  ['CONSENT', '2026-05-05', '2029-05-05', 'three years'],
  ['BREACH', '2026-05-05', '2027-05-05', 'a year after it has no effect any more'],
  ['PERSON', '2026-05-05', '2029-05-05', 'the limitation of three years'],
  ['PERSON', '2024-02-29', '2027-02-28', 'no such day: the last of the month'],
  ['PERSON', '2025-02-28', '2028-02-28', 'a leap year gives no day more'],
  ['DONOR', '2026-05-05', '2029-05-05', 'as for others'],
  ['OBJECTOR', '2026-05-05', '2029-05-05', 'as for others'],
  ['LEAD', '2026-05-05', '2027-05-05', 'one year'],
  ['DRAFT', '2026-02-25', '2026-03-04', 'seven days'],
  ['IMPORT', '2026-12-31', '2027-01-01', 'two hours, which may end on the day after'],
  ['SIGN_IN', '2026-05-05', '2026-05-06', 'a day'],
  ['MESSAGE', '2026-05-05', '2026-05-12', 'seven days'],
])('%s of %s is kept until %s: %s', (kind, event, last) => {
  expect(lastDayKept(kind, day(event))).toBe(last);
  expect(isExpired(kind, day(event), day(last))).toBe(false);
  expect(isExpired(kind, day(event), addDays(day(last), 1))).toBe(true);
});

it.each(['2026-11-26', '2027-02-28', '2028-02-29', '2028-03-01', '2026-01-01', '2026-12-31'])(
  'finds on %s the last event that is over, and none that is not',
  (today) => {
    for (const kind of RETENTION_KINDS) {
      const last = lastExpired(kind, day(today));
      expect([kind, isExpired(kind, last, day(today))]).toEqual([kind, true]);
      expect([kind, isExpired(kind, addDays(last, 1), day(today))]).toEqual([kind, false]);
    }
  },
);
