import { DomainError } from '../../kernel/domain-error.js';
import { RELIEF_ENDS } from './relief-procedure.js';
import type { ReliefState } from './relief-procedure.js';
import { RELIEF_STATE_WORDS } from './relief-words.js';

/** How soon somebody says what follows from an upheld objection, where money is out or was refused. */
export const DECIDE_ANEW_WORKING_DAYS = 5;

const PUBLICISED: readonly ReliefState[] = ['PRE_NOTICE', 'OBJECTION_HOLD'];
const PROMISED: readonly ReliefState[] = ['APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED', 'REJECTED'];

/**
 * What an upheld objection makes of a case (domain.md 2.2, 2.3): before the approval the vote is undone and the panel
 * asked anew; of what was approved, paid or refused somebody decides anew; what is with the desk or the panel has its
 * decision coming; and of what nobody wants any more nothing is left to decide.
 */
export function afterUpheld(state: ReliefState): 'undo' | 'decide-anew' | 'being-decided' | 'over' {
  if (PUBLICISED.includes(state)) return 'undo';
  if (PROMISED.includes(state)) return 'decide-anew';
  return RELIEF_ENDS.has(state) ? 'over' : 'being-decided';
}

export class NothingLeftToDecide extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_LEFT_TO_DECIDE';

  constructor(state: ReliefState) {
    super(
      `这次申请已经到头（${RELIEF_STATE_WORDS[state]}），没有可以重新决定的。`,
      {},
      '公示写错了的，选“成立，更正文字”；还需要救助的，另外提交一次申请。',
    );
  }
}
