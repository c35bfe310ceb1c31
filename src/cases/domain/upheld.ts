import { DomainError } from '../../kernel/domain-error.js';
import { STATE_WORDS } from './case-words.js';
import { LAST_STATES } from './emergency-procedure.js';
import type { CaseState } from './emergency-procedure.js';

/** How soon the society puts a case to whoever decides it anew, once an objection to it was upheld. */
export const DECIDE_ANEW_WORKING_DAYS = 5;

/** Where a decision stands that may be wrong: somebody has to be asked anew. */
const DECIDED: readonly CaseState[] = ['APPROVED', 'PAID', 'CLOSED', 'REJECTED', 'REVOKED'];

/**
 * What an upheld objection makes of a case (domain.md 2.3): a decision is asked for anew; a case that is on its way to one
 * has it coming; and of one that is over nothing is left to decide.
 */
export function afterUpheld(state: CaseState): 'decide-anew' | 'being-decided' | 'over' {
  if (LAST_STATES.has(state)) return 'over';
  return DECIDED.includes(state) ? 'decide-anew' : 'being-decided';
}

/** Where the decision is asked for anew: the part of the case's address that leads there. */
export function pathAnew(state: CaseState): string {
  if (state === 'PAID' || state === 'CLOSED') return '/revocation';
  if (state === 'REJECTED') return '/review';
  return state === 'APPROVED' ? '/amendment' : '';
}

export class NothingLeftToDecide extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_LEFT_TO_DECIDE';

  constructor(state: CaseState) {
    super(
      `这一件已经到头（${STATE_WORDS[state]}），没有可以重新决定的。`,
      {},
      '公示写错了的，选“成立，更正文字”；还需要救助的，另外登记一件。',
    );
  }
}
