import { DomainError } from '../../kernel/domain-error.js';

export class BooksNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'OPEN_BOOKS_NOT_FOUND';

  constructor() {
    super('没有这本公开账。', {}, '请从公开账的目录里打开，或者核对网址。');
  }
}
