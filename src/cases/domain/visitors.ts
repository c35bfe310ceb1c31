import type { DomainError } from '../../kernel/domain-error.js';
import { tieWords } from '../../people/domain/ties.js';
import type { TieReason } from '../../people/domain/ties.js';
import { VisitorIsApplicant, VisitorIsKin, VisitorsNotTwo } from './case.errors.js';

/** Why persons count as tied to the applicant, the declared ties first; who is not in it is not tied. */
export type Ties = ReadonlyMap<string, readonly TieReason[]>;

/** No name: the page knows whom it means. */
export function tiesWords(reasons: readonly TieReason[]): string {
  return [...new Set(reasons.map(tieWords))].join('、');
}

/** Two different people have seen it, neither the applicant nor tied to the applicant (domain.md 2.1). Null says yes. */
export function refusalOfVisitors(
  visitors: readonly string[],
  applicantId: string,
  ties: Ties,
): DomainError | null {
  const different = new Set(visitors);
  if (different.size !== 2 || visitors.length !== 2) return new VisitorsNotTwo(different.size);
  if (different.has(applicantId)) return new VisitorIsApplicant();
  const reasons = visitors.flatMap((visitor) => ties.get(visitor) ?? []);
  return reasons.length > 0 ? new VisitorIsKin(tiesWords(reasons)) : null;
}
