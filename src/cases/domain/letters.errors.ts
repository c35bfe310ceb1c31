import { DomainError } from '../../kernel/domain-error.js';

export class LetterNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'LETTER_NOT_FOUND';

  constructor() {
    super('没有找到这份文书。', {}, '请从案件页面打开。');
  }
}
