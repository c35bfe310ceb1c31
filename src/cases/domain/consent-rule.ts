import { SubjectStandsStill } from '../../board/domain/board.errors.js';
import type { DomainError } from '../../kernel/domain-error.js';
import { NEEDED } from '../../people/domain/consent.js';
import type { Purpose } from '../../people/domain/consent.js';
import { ConsentRequired, GuardianRequired } from './case.errors.js';
import { CASE_STATES, stepOf } from './emergency-procedure.js';
import type { CaseState } from './emergency-procedure.js';

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

/** Whether a case stops when this is taken back: what it cannot be taken on without, it does not go on without either. */
export const isStoppedBy = (purpose: Purpose): boolean => NEEDED.includes(purpose);

/** Where a case can still be stopped: as long as it can be withdrawn, which is until the money has left (domain.md 2.1). */
export const STOPPABLE: readonly CaseState[] = CASE_STATES.filter(
  (state) => stepOf('withdraw', state) !== null,
);

/** How long the office has to end a case that was stopped [P]. */
export const END_STOPPED = { unit: 'working-days', count: 1 } as const;

export class CaseStopped extends SubjectStandsStill {
  override readonly code = 'CASE_STOPPED';

  constructor() {
    super(
      '申请人撤回了办理需要的同意，这个案件停下来了，不能再往下办。',
      {},
      '请撤回或者终止办理；本人重新同意的，先到名册里登记同意书。',
    );
  }
}
