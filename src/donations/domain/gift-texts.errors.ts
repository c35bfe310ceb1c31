import { DomainError } from '../../kernel/domain-error.js';

export class NoNumberForTexts extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_NUMBER_FOR_TEXTS';

  constructor() {
    super('您的捐赠登记里没有手机号码，短信发不到。', {}, '请把手机号码告诉收您捐赠的互助社，登记好再来选。');
  }
}
