import { DomainError } from '../../kernel/domain-error.js';

/** Also said of a text of another society: who asks learns nothing about it (D4-69). */
export class MessageNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'MESSAGE_NOT_FOUND';

  constructor() {
    super('没有这条短信。', {}, '请回到短信列表重新选择。');
  }
}

export class MessageNotFailed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'MESSAGE_NOT_FAILED';

  constructor() {
    super('这条短信不能再发：只有没发出去的能再发。', {}, '请回到短信列表，看它现在怎么样了。');
  }
}

export class MessageErased extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'MESSAGE_ERASED';

  constructor(days: number) {
    super(`没发出去满 ${days} 天的短信，号码和内容已经删掉，不能再发。`, { days }, '请打电话告诉本人。');
  }
}

export class NoPhoneNumber extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NO_PHONE_NUMBER';

  constructor() {
    super('手机号码是 11 位数字，1 开头。', {}, '请核对号码再填。');
  }
}
