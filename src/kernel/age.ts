import { day, yearOf } from './day.js';
import type { Day } from './day.js';

/** The birthday in the year of `years` of age. Whoever is born on 29 February has it on 1 March of a common year. */
export function birthdayOf(bornOn: Day, years: number): Day {
  const year = String(yearOf(bornOn) + years).padStart(4, '0');
  const leap = bornOn.endsWith('-02-29') && new Date(`${year}-02-29T00:00:00Z`).getUTCDate() !== 29;
  return day(leap ? `${year}-03-01` : year + bornOn.slice(4));
}

/** Full years of age on that day. */
export function ageOn(bornOn: Day, on: Day): number {
  const years = yearOf(on) - yearOf(bornOn);
  return on < birthdayOf(bornOn, years) ? years - 1 : years;
}

/** Civil Code, art. 17: under eighteen. */
export function isMinorOn(bornOn: Day, on: Day): boolean {
  return ageOn(bornOn, on) < 18;
}

/** Personal Information Protection Law, art. 28 and 31: under fourteen everything about a child is sensitive. */
export function isUnderFourteenOn(bornOn: Day, on: Day): boolean {
  return ageOn(bornOn, on) < 14;
}
