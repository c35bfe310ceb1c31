import { DomainError } from '../../kernel/domain-error.js';

/** Where no identity provider is set up (OIDC_ISSUER). */
export class NoIdentityProvider extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NO_IDENTITY_PROVIDER';

  constructor() {
    super('这里没有接通单位账号登录。', {}, '请用登录名和密码登录。');
  }
}

/** It did not answer, or not in time; nobody is refused by it. */
export class ProviderDown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'IDENTITY_PROVIDER_DOWN';

  constructor() {
    super('单位的登录系统现在连不上。', {}, '请稍后再试；着急的话，用登录名和密码登录，不受影响。');
  }
}

/** Unknown, another browser's, too old, used before: which it was is nobody's business. */
export class IdentityStepGone extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'IDENTITY_STEP_GONE';

  constructor() {
    super('等得太久，或者不是从这台设备开始的，这次单位账号登录不能用了。', {}, '请重新点一次单位账号登录。');
  }
}

/** The provider refused it, the person gave up there, or what came back was not for us. */
export class IdentityRefused extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'IDENTITY_REFUSED';

  constructor() {
    super('单位账号没有登录成功。', {}, '请再试一次；还不行，用登录名和密码登录。');
  }
}

/** No account is ever made by it. */
export class IdentityUnknown extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'IDENTITY_UNKNOWN';

  constructor() {
    super(
      '这个单位账号还没有和这里的账号连上，所以没有登录。',
      {},
      '请先用登录名和密码登录，再到“我的登录”里连上单位账号。',
    );
  }
}

export class IdentityForStaff extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'IDENTITY_FOR_STAFF';

  constructor() {
    super('单位账号只给联合会工作人员和系统管理员用。', {}, '请用登录名和密码，或者手机号登录。');
  }
}

export class IdentityTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'IDENTITY_TAKEN';

  constructor() {
    super('这个单位账号已经连着这里的另一个账号。', {}, '请用自己的单位账号；确实是您的，请找系统管理员。');
  }
}

export class IdentityAlreadyBound extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'IDENTITY_ALREADY_BOUND';

  constructor() {
    super('这里的账号已经连着一个单位账号。', {}, '要换一个，请先断开现在的。');
  }
}

export class IdentityNotBound extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'IDENTITY_NOT_BOUND';

  constructor() {
    super('这里的账号没有连着单位账号。', {}, '请刷新“我的登录”再看。');
  }
}
