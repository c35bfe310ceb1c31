import { DomainError } from '../../kernel/domain-error.js';

/** One answer for an offer to somebody else, one that was answered or taken back, and one that never was. */
export class OfferNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'OFFER_NOT_FOUND';

  constructor() {
    super('没有等您答复的这一条。', {}, '可能已经答复过，或者互助社收回了。');
  }
}

export class DonorWithoutAccount extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONOR_WITHOUT_ACCOUNT';

  constructor() {
    super('这位捐赠人没有连着账号。', {}, '要让他自己看去向，请发一条链接。');
  }
}
