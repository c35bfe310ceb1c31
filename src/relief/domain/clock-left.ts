import { addDays } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { isWorkingDay } from '../../kernel/working-days.js';
import type { DayCalendar } from '../../kernel/working-days.js';

/**
 * Working days that were left when the file went back: the clock of the desk stands still meanwhile (domain.md 2.2).
 * Never less than one, so that nobody gets a file back that is late already.
 */
export function clockLeft(today: Day, lastDay: Day, calendar: DayCalendar): number {
  let left = 0;
  for (let on = addDays(today, 1); on <= lastDay; on = addDays(on, 1))
    if (isWorkingDay(on, calendar)) left += 1;
  return Math.max(left, 1);
}
