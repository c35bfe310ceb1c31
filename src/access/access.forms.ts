import { Flag, OptionalText, OptionalUuid, Text, Uuid } from '../platform/web/fields.js';

const MOST = 200;

export class SignInForm {
  @Text({ label: '登录名', max: MOST })
  readonly login!: string;

  @Text({ label: '密码', max: MOST })
  readonly password!: string;

  @Flag()
  readonly keep?: boolean;

  @OptionalText({ label: '要去的页面', max: 300 })
  readonly next?: string;
}

/** What a program sends: it has no phone to be kept, and says at once where it acts. */
export class ApiSignInForm {
  @Text({ label: '登录名', max: MOST })
  readonly login!: string;

  @Text({ label: '密码', max: MOST })
  readonly password!: string;

  /** Where the account has a second factor: of the app, or of the sheet. */
  @OptionalText({ label: '验证码', max: 40 })
  readonly code?: string;

  @OptionalUuid('请写明互助社的编号')
  readonly societyId?: string;
}

/** After the password. */
export class CodeForm {
  @Text({ label: '验证码', max: 40 })
  readonly code!: string;

  @OptionalText({ label: '要去的页面', max: 300 })
  readonly next?: string;
}

export class ApiCodeForm {
  @Text({ label: '验证码', max: 40 })
  readonly code!: string;
}

export class PhoneForm {
  @Text({ label: '手机号', max: 40 })
  readonly phone!: string;

  @Flag()
  readonly keep?: boolean;

  @OptionalText({ label: '要去的页面', max: 300 })
  readonly next?: string;
}

export class ApiPhoneForm {
  @Text({ label: '手机号', max: 40 })
  readonly phone!: string;
}

/** A texted code, with the secret that was answered when it was asked for. */
export class ApiTextedCodeForm {
  @Text({ label: '凭据', max: 60 })
  readonly challenge!: string;

  @Text({ label: '验证码', max: 40 })
  readonly code!: string;
}

export class ApiPhoneSignInForm extends ApiTextedCodeForm {
  @OptionalUuid('请写明互助社的编号')
  readonly societyId?: string;
}

export class PasswordForm {
  @Text({ label: '密码', max: MOST })
  readonly password!: string;
}

/** The code where the account has one, else the password. */
export class ProofForm {
  @OptionalText({ label: '密码', max: MOST })
  readonly password?: string;

  @OptionalText({ label: '验证码', max: 40 })
  readonly code?: string;

  @OptionalText({ label: '要去的页面', max: 300 })
  readonly next?: string;

  /** `1`: a form came too late, and the page says so until it is proved. */
  @OptionalText({ label: '没交上去的表', max: 1 })
  readonly lost?: string;
}

export class ApiProofForm {
  @OptionalText({ label: '密码', max: MOST })
  readonly password?: string;

  /** With a texted code: what was answered when it was asked for. */
  @OptionalText({ label: '凭据', max: 60 })
  readonly challenge?: string;

  @OptionalText({ label: '验证码', max: 40 })
  readonly code?: string;
}

export class ChooseForm {
  @Uuid('请选一个互助社')
  readonly societyId!: string;

  @OptionalText({ label: '要去的页面', max: 300 })
  readonly next?: string;
}

export class LinkForm {
  @Text({ label: '登录名', min: 2, max: 40 })
  readonly login!: string;

  @Text({ label: '密码', max: MOST })
  readonly password!: string;

  @Text({ label: '再输一次的密码', max: MOST })
  readonly again!: string;
}

/** Sent by POST: what is typed may be a name. */
export class FindPersonForm {
  @OptionalText({ label: '姓名、拼音首字母或手机尾号后四位', max: 50 })
  readonly q?: string;
}

/** For a person of the chosen society, or for another administrator. */
export class AccountForm {
  @OptionalUuid('请从名单里选一位')
  readonly personId?: string;

  @Flag()
  readonly admin?: boolean;

  /** Of an account that is there already, and now acts here too. */
  @OptionalText({ label: '已有的登录名', max: 40 })
  readonly login?: string;
}

/** The administrator has no society of their own, and so names it. */
export class ApiAccountForm {
  @OptionalUuid('请写明互助社的编号')
  readonly societyId?: string;

  @OptionalUuid('请写明人的编号')
  readonly personId?: string;

  @Flag()
  readonly admin?: boolean;
}
