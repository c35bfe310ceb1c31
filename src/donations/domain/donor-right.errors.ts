import { DomainError } from '../../kernel/domain-error.js';

export class DonorRequestNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'DONOR_REQUEST_NOT_FOUND';

  constructor() {
    super('没有找到这个请求。', {}, '请回到捐赠人的页面再打开一次。');
  }
}

export class WishMissing extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WISH_MISSING';

  constructor() {
    super('请写明哪里写错了，应该怎么写。', {}, '如：姓名里的“长”写成了“常”。');
  }
}

/** He opens it himself, at once: nobody else has to see it for that. */
export class DonorAsksOffice extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONOR_HAS_OWN_COPY';

  constructor() {
    super(
      '这位捐赠人有自己的账号，登录以后在“我的捐赠”里马上能看、能打印全部信息。',
      {},
      '请告诉本人登录去看；登不进去的，再发一条链接。',
    );
  }
}

/** Not even the name is left of the record. */
export class DonorErased extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONOR_ERASED';

  constructor() {
    super('这位捐赠人的信息已经按本人要求删除。', {}, '再来捐赠的，请重新登记。');
  }
}
