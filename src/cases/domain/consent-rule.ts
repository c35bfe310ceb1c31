import type { DomainError } from '../../kernel/domain-error.js';
import type { Purpose } from '../../people/domain/consent.js';
import { ConsentRequired, GuardianRequired } from './case.errors.js';

/**
 * What must be said before a case can be taken on (domain.md 1.5; PIPL, art. 13, 16, 28, 29, 31). To process at all and
 * to process health and bank data are needed for the help itself, and so is the pledge that what was said is true.
 * Asking third parties and being named in a notice are not: whoever refuses these is helped all the same.
 */
export function refusalOfConsents(
  given: readonly Purpose[],
  pledged: boolean,
  applicant: { readonly isMinor: boolean; readonly guardianId: string | null },
): DomainError | null {
  if (applicant.isMinor && applicant.guardianId === null) return new GuardianRequired();
  if (!given.includes('PROCESS')) return new ConsentRequired('“同意登记和办理这件事”');
  if (!given.includes('HEALTH_BANK')) return new ConsentRequired('“同意使用病情和银行卡信息”');
  if (!pledged) return new ConsentRequired('承诺书');
  return null;
}
