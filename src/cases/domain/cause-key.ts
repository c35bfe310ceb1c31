import type { Cause } from './causes.js';

/** The same person, the same cause, the same year (domain.md 3.11): unique among the cases that count. */
export function causeKeyOf(applicantId: string, cause: Cause, year: number): string {
  return `${applicantId}:${cause}:${year}`;
}
