import { DomainError } from '../../kernel/domain-error.js';

export class WebhookNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'WEBHOOK_NOT_FOUND';

  constructor() {
    super('没有这个通知地址，或者它已经停用。', {}, '请从通知地址名单里打开。');
  }
}

export class WebhookUrlRefused extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WEBHOOK_URL_REFUSED';

  constructor(words: string) {
    super(`${words}。`, {}, '如 https://example.org/hooks/gifts');
  }
}

export class TooManyWebhooks extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TOO_MANY_WEBHOOKS';

  constructor(most: number) {
    super(`最多 ${most} 个通知地址。`, { most }, '请先停用一个。');
  }
}

export class DeliveryNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'WEBHOOK_DELIVERY_NOT_FOUND';

  constructor() {
    super('没有这条通知。', {}, '请从通知地址的页面里打开。');
  }
}

/** It is on its way at this very moment, or its address has ended. */
export class DeliveryBusy extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'WEBHOOK_DELIVERY_BUSY';

  constructor() {
    super('这条通知正在送，或者地址已经停用。', {}, '请过一分钟再看。');
  }
}
