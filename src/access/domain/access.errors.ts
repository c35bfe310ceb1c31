import { DomainError } from '../../kernel/domain-error.js';

/** One answer for an unknown login and a wrong password: which it was is nobody's business. */
export class WrongCredentials extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WRONG_CREDENTIALS';

  constructor() {
    super('登录名或密码不对。', {}, '请再输一次；忘了密码，请找系统管理员要一条新的登录链接。');
  }
}

export class TooManyTries extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TOO_MANY_TRIES';

  constructor(waitSeconds: number) {
    const words = waitSeconds > 90 ? `${Math.ceil(waitSeconds / 60)} 分钟` : `${waitSeconds} 秒`;
    super(
      `试的次数太多，请等 ${words}再试。`,
      { waitSeconds },
      '在平时用的手机上登录不受影响；忘了密码，请找系统管理员要一条新的登录链接。',
    );
  }
}

export class AccountDisabled extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'ACCOUNT_DISABLED';

  constructor() {
    super('这个账号已经停用。', {}, '请找系统管理员。');
  }
}

export class AccountNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'ACCOUNT_NOT_FOUND';

  constructor() {
    super('没有找到这个账号，或者它已经停用。', {}, '请回到账号名单重新选择。');
  }
}

/** A link lets its holder in as the account: so nobody makes one for an account that can do more than he may give. */
export class AccountNotYours extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ACCOUNT_NOT_YOURS';

  constructor() {
    super('这个账号在别处也有用，这里不能给它发链接。', {}, '忘了密码，请找系统管理员要一条新的登录链接。');
  }
}

export class LoginTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'LOGIN_TAKEN';

  constructor() {
    super('这个登录名已经有人用了。', {}, '请换一个，比如在后面加上村名。');
  }
}

export class LoginWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'LOGIN_WRONG';

  constructor() {
    super('登录名应为 2 至 40 个字母、数字或汉字，中间不留空。', {}, '请换一个登录名。');
  }
}

export class PasswordTooWeak extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PASSWORD_TOO_WEAK';

  constructor(fault: string) {
    super(`${fault}。`, {}, '可以用一句自己记得住、别人猜不到的话。');
  }
}

/** Unknown, used, replaced and expired links look the same. */
export class LinkSpent extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'LINK_SPENT';

  constructor() {
    super('这条链接用过了，或者已经过期。', {}, '请找系统管理员要一条新的链接。');
  }
}

export class AccountExists extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ACCOUNT_EXISTS';

  constructor() {
    super('这位已经有账号了。', {}, '忘了密码，请在账号名单里给他一条新链接。');
  }
}

export class AccountWithoutOwner extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ACCOUNT_WITHOUT_OWNER';

  constructor() {
    super('账号要么属于互助社名册里的一个人，要么是系统管理员，不能两样都是或都不是。', {}, '请先选好人。');
  }
}

export class LastAdmin extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'LAST_ADMIN';

  constructor() {
    super('这是最后一个系统管理员，不能停用。', {}, '请先开好另一个管理员账号。');
  }
}

export class NotOfThisSociety extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOT_OF_THIS_SOCIETY';

  constructor() {
    super('没有找到这个互助社，或者这个账号不在里面办事。', {}, '请从名单里选一个互助社。');
  }
}
