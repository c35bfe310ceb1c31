import { DomainError } from '../../kernel/domain-error.js';

/** One answer for a wrong number and for a wrong code: which it was is nobody's business. */
export class TraceNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'TRACE_NOT_FOUND';

  constructor() {
    super('没有号码和校验码都对得上的票据。', {}, '请对照票据再输一次。');
  }
}

export class DonorHasAccount extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONOR_HAS_ACCOUNT';

  constructor() {
    super('这位捐赠人已经有账号了。', {}, '登录名不用填；他忘了密码，直接再发一条链接。');
  }
}

export class AccountHasDonor extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ACCOUNT_HAS_DONOR';

  constructor() {
    super('这个登录名已经连着本社另一位捐赠人。', {}, '是同一位的，请先把两条记录合并。');
  }
}
