import { DomainError } from '../../kernel/domain-error.js';

export class InstitutionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PAYEE_INSTITUTION_NOT_FOUND';

  constructor() {
    super('没有这个收款机构。', {}, '请从收款机构页面选一个，没有的先登记。');
  }
}

export class InstitutionAccountInvalid extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'INSTITUTION_ACCOUNT_INVALID';

  constructor() {
    super('账号应为 8 至 32 位数字。', {}, '请对照机构给的开户资料逐位核对。');
  }
}

export class InstitutionAlreadyKnown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAYEE_INSTITUTION_ALREADY_KNOWN';

  constructor() {
    super('这个账号已经登记过。', {}, '不用再登记，直接选用即可；登记错了的，先停用再重新登记。');
  }
}

/** Its account was closed, or was entered wrongly: nothing more goes there. */
export class InstitutionEnded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAYEE_INSTITUTION_ENDED';

  constructor() {
    super('这个收款机构已经停用，不能再打款到它的账户。', {}, '请先改成还在用的收款机构。');
  }
}

/** Nobody of an institution signs for cash before witnesses. */
export class InstitutionByTransferOnly extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INSTITUTION_BY_TRANSFER_ONLY';

  constructor() {
    super('付给机构的钱只能转账，不能付现金。', {}, '请选转账，打到机构登记的账户。');
  }
}
