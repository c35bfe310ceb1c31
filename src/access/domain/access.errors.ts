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

/** Of texts: nothing was guessed at, the last one is on its way. */
export class TooManyTexts extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TOO_MANY_TEXTS';

  constructor(waitSeconds: number) {
    super(
      `短信刚发过，请过${waitWords(waitSeconds)}再要；先看看收到没有。`,
      { waitSeconds },
      '一直收不到，请核对手机号，或者找系统管理员。',
    );
  }
}

function waitWords(seconds: number): string {
  if (seconds <= 60) return '一分钟';
  return seconds > 5400 ? ` ${Math.ceil(seconds / 3600)} 小时` : ` ${Math.ceil(seconds / 60)} 分钟`;
}

/** Where no operator carries texts (MESSAGES_DRIVER), a code would never arrive. */
export class TextsNotCarried extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'TEXTS_NOT_CARRIED';

  constructor() {
    super('这里还没有接通短信，不能用手机号登录。', {}, '请用登录名和密码登录。');
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

/** The password was right, and the account has a code beside it. For programs; pages ask on a page of their own. */
export class CodeNeeded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SECOND_FACTOR_NEEDED';

  constructor() {
    super('这个账号还要验证码。', {}, '请连同动态验证码（code）再登录一次。');
  }
}

/** Wrong, too old, used before: which it was is nobody's business. */
export class WrongCode extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WRONG_CODE';

  constructor() {
    super('验证码不对，或者已经用过。', {}, '请等应用里换出新的 6 位数字再输；手机不在身边，用备用码。');
  }
}

export class StepGone extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SIGN_IN_STEP_GONE';

  constructor() {
    super('等得太久，这一步已经过期。', {}, '请从登录名和密码重新开始。');
  }
}

export class FactorAlreadyOn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SECOND_FACTOR_ALREADY_ON';

  constructor() {
    super('这个账号已经有动态验证码。', {}, '换手机，请找系统管理员取消后重新设置。');
  }
}

export class FactorNotBegun extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SECOND_FACTOR_NOT_BEGUN';

  constructor() {
    super('这个账号还没有动态验证码。', {}, '请先在“我的登录”里开始设置。');
  }
}

/** The secret waits for its first code no longer than for this. */
export class FactorTooLate extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SECOND_FACTOR_TOO_LATE';

  constructor() {
    super('开始设置已经超过 10 分钟，这个密钥不能用了。', {}, '请输入密码重新开始，在应用里删掉旧的那一条。');
  }
}

/** Whoever has taken over a session could take the code away with it: so another administrator does it. */
export class OwnFactor extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OWN_SECOND_FACTOR';

  constructor() {
    super('自己的动态验证码不能自己取消。', {}, '请找另一位系统管理员。');
  }
}

/** The staff of a federation and administrators work with a code only (setting STAFF_TOTP). */
export class FactorMissing extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SECOND_FACTOR_MISSING';

  constructor() {
    super('联合会工作人员和系统管理员要先设好动态验证码。', {}, '请先登录网页，在“动态验证码”里设好。');
  }
}

export class ProofNeeded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PROOF_NEEDED';

  constructor() {
    super('办这件事，要在 10 分钟内验证过身份。', {}, '请再验证一次密码或验证码，然后重新办。');
  }
}

export class WrongProof extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WRONG_PROOF';

  constructor() {
    super('密码不对。', {}, '请再输一次；忘了密码，请找系统管理员要一条新的登录链接。');
  }
}

export class SessionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'SESSION_NOT_FOUND';

  constructor() {
    super('没有找到这个登录，或者它已经退出。', {}, '请刷新“我的登录”再看。');
  }
}

export class PhoneWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PHONE_WRONG';

  constructor() {
    super('手机号应为 11 位数字。', {}, '请核对后再输。');
  }
}

/** Unknown, used, too old, tried too often: which it was is nobody's business. */
export class TextedCodeGone extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TEXTED_CODE_GONE';

  constructor() {
    super('这条短信验证码过期了，或者试错太多。', {}, '请重新要一条。');
  }
}

export class WrongTextedCode extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WRONG_TEXTED_CODE';

  constructor() {
    super('短信验证码不对。', {}, '请看最新的一条短信；几分钟还没收到，请核对手机号，或找系统管理员。');
  }
}

export class PhoneTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PHONE_TAKEN';

  constructor() {
    super('这个手机号已经用来登录另一个账号。', {}, '请用自己的手机号；确实是您的号，请找系统管理员。');
  }
}

export class PhoneNotBound extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PHONE_NOT_BOUND';

  constructor() {
    super('这个账号没有用手机号登录。', {}, '可以在“我的登录”里加上手机号。');
  }
}

export class OnlyWayIn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ONLY_WAY_IN';

  constructor() {
    super('这个账号没有密码，取消手机号就登录不了了。', {}, '请先找系统管理员要一条链接，设好登录名和密码。');
  }
}
