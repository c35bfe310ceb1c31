import { DomainError } from '../../kernel/domain-error.js';

/** The same thing is owed already: a second clock for it would let the first be forgotten. */
export class DutyAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DUTY_ALREADY_OPEN';

  constructor(label: string) {
    super(`“${label}”已经在计时，不能再开一个。`, {}, '请先办完正在计时的这一项。');
  }
}
