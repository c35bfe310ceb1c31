import type { Role } from '../../kernel/actor.js';
import type { Day } from '../../kernel/day.js';
import { addDays } from '../../kernel/day.js';

export const OFFICES = [
  'CHAIR',
  'DEPUTY',
  'SECRETARY_GENERAL',
  'DIRECTOR',
  'SUPERVISOR',
  'CASHIER',
  'ACCOUNTANT',
  'REVIEWER',
  'CLERK',
  'INFORMATION_OFFICER',
  'AUDITOR',
] as const;
export type Office = (typeof OFFICES)[number];

export const OFFICE_WORDS: Record<Office, string> = {
  CHAIR: '理事长',
  DEPUTY: '副理事长',
  SECRETARY_GENERAL: '秘书长',
  DIRECTOR: '理事',
  SUPERVISOR: '监事',
  CASHIER: '出纳',
  ACCOUNTANT: '会计',
  REVIEWER: '审核员',
  CLERK: '经办人',
  INFORMATION_OFFICER: '信息员',
  AUDITOR: '审计员',
};

/** What each office may do in the permission table. The chair and the deputy are directors too. */
const ROLES_OF: Record<Office, readonly Role[]> = {
  CHAIR: ['chair', 'director'],
  DEPUTY: ['deputy', 'director'],
  SECRETARY_GENERAL: ['secretary'],
  DIRECTOR: ['director'],
  SUPERVISOR: ['supervisor'],
  CASHIER: ['cashier'],
  ACCOUNTANT: ['accountant'],
  REVIEWER: ['reviewer'],
  CLERK: ['clerk'],
  INFORMATION_OFFICER: ['information-officer'],
  AUDITOR: ['auditor'],
};

export function rolesOf(offices: readonly Office[]): Role[] {
  return [...new Set(offices.flatMap((office) => ROLES_OF[office]))];
}

/** What any office of a society gives. */
export const OFFICER_ROLES: readonly Role[] = rolesOf(OFFICES);

/** Whose hands do the work of the house: whoever audits it only reads, witnesses nothing and is named for nothing. */
export const isAtWork = (office: Office): boolean => office !== 'AUDITOR';

/** An audit ends with its report: nobody reads the books for longer than a year by one appointment (ADR 27). */
const LONGEST_DAYS: Partial<Record<Office, number>> = { AUDITOR: 366 };

/** The last day that a term of this office may have; null where the charter alone says. */
export function latestUntilOf(office: Office, fromOn: Day): Day | null {
  const days = LONGEST_DAYS[office];
  return days === undefined ? null : addDays(fromOn, days - 1);
}

/** Who votes. The secretary-general opens the rounds, and votes only as a director besides (domain.md 2.1). */
const VOTING: readonly Office[] = ['CHAIR', 'DEPUTY', 'DIRECTOR'];

export function isDirector(offices: readonly Office[]): boolean {
  return offices.some((office) => VOTING.includes(office));
}

/** How the offices of one person are listed, the chair's first. */
export function inOrder(offices: readonly Office[]): Office[] {
  return OFFICES.filter((office) => offices.includes(office));
}

/** One term: from its first day to its last; `endedOn` is the first day on which the office is no longer held. */
export type Term = {
  readonly office: Office;
  readonly fromOn: Day;
  readonly untilOn: Day;
  readonly endedOn: Day | null;
};

/** The last day of the term as it turned out. */
export function lastDayOf({ untilOn, endedOn }: Term): Day {
  return endedOn !== null && endedOn <= untilOn ? addDays(endedOn, -1) : untilOn;
}

export function isHeldOn(term: Term, on: Day): boolean {
  return term.fromOn <= on && on <= lastDayOf(term);
}
