import type { Day } from '../../kernel/day.js';
import { lastDayOf, OFFICES } from './office.js';
import type { Office, Term } from './office.js';

/**
 * Nobody may both act and watch, nor both keep the money and decide on it or book it: a supervisor holds no other
 * office (Foundation Regulations, art. 22), nor does an auditor, who only reads (ADR 27), a cashier is no accountant (Accounting Law, art. 25 and 35), chair, deputy
 * or secretary-general (domain.md 1.8). And nobody reviews their own work: a reviewer neither prepares the file nor pays
 * or books what comes of it.
 */
export const INCOMPATIBLE: readonly (readonly [Office, Office])[] = [
  ...OFFICES.filter((office) => office !== 'SUPERVISOR').map((office) => ['SUPERVISOR', office] as const),
  ['CASHIER', 'ACCOUNTANT'],
  ['CASHIER', 'CHAIR'],
  ['CASHIER', 'DEPUTY'],
  ['CASHIER', 'SECRETARY_GENERAL'],
  ['REVIEWER', 'CASHIER'],
  ['REVIEWER', 'ACCOUNTANT'],
  ['REVIEWER', 'CLERK'],
  ...OFFICES.filter((office) => office !== 'AUDITOR' && office !== 'SUPERVISOR').map(
    (office) => ['AUDITOR', office] as const,
  ),
];

/**
 * One slot for each pair that the office is part of, named the same from both sides: whoever holds the one occupies
 * what the other would need, so that a UNIQUE in the database refuses the second, whatever writes it.
 */
export function slotsOf(office: Office): string[] {
  return INCOMPATIBLE.filter((pair) => pair.includes(office)).map(([a, b]) => `${a}+${b}`);
}

export type Refusal =
  | { readonly because: 'incompatible'; readonly held: Office; readonly wanted: Office }
  | { readonly because: 'held'; readonly wanted: Office };

/**
 * Why the office cannot be given, or null. Every term that is not over counts, also one that has not begun: a later
 * term can be entered as soon as the earlier one is over, and nobody holds two at once by a slip of dates.
 */
export function refusalOf(wanted: Office, terms: readonly Term[], today: Day): Refusal | null {
  const running = terms.filter((term) => lastDayOf(term) >= today).map(({ office }) => office);
  const held = running.find((office) => INCOMPATIBLE.some((pair) => isPair(pair, office, wanted)));
  if (held) return { because: 'incompatible', held, wanted };
  return running.includes(wanted) ? { because: 'held', wanted } : null;
}

function isPair([a, b]: readonly [Office, Office], x: Office, y: Office): boolean {
  return (a === x && b === y) || (a === y && b === x);
}
