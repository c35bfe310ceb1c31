import { DomainError } from '../../kernel/domain-error.js';

/** Also said of a person of another society: who asks learns nothing about them (D4-69). */
export class PersonNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PERSON_NOT_FOUND';

  constructor() {
    super('本社名册里没有这个人。', {}, '请从名册里重新查找；不在名单里的，请先登记。');
  }
}

export class HouseholdNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'HOUSEHOLD_NOT_FOUND';

  constructor() {
    super('本社名册里没有这一户。', {}, '请从名册里重新选择。');
  }
}

export class PayeeAccountNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PAYEE_ACCOUNT_NOT_FOUND';

  constructor() {
    super('这个人名下没有登记这张卡。', {}, '请先在名册里登记收款账户。');
  }
}

export class PersonAlreadyRegistered extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PERSON_ALREADY_REGISTERED';

  constructor() {
    super('这个身份证号在本社名册里已经有了，没有再登记一遍。', {}, '请在名册里按姓名查找这个人。');
  }
}

/** A question more than a refusal: whoever says that it is somebody else registers all the same (D4-50). */
export class PersonLooksAlike extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PERSON_LOOKS_ALIKE';

  constructor(readonly personIds: readonly string[]) {
    super(
      '名册里可能已经有这个人：姓名和生日相同，或者电话相同。',
      { personIds: personIds.join(','), confirmWith: 'isAnother' },
      '请看是不是他。',
    );
  }
}

/** A field holds what cannot be true. `field` is the name that the forms know it by. */
export class PersonInvalid extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PERSON_INVALID';

  constructor(
    readonly field: string,
    message: string,
    advice = '请改好后再登记。',
  ) {
    super(message, { field }, advice);
  }
}

export class IdNumberAlreadyKnown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ID_NUMBER_ALREADY_KNOWN';

  constructor() {
    super('这个人的身份证号已经登记过，不能再改。', {}, '登记错了的，请另建一人，并请秘书长说明原因。');
  }
}

export class CardInvalid extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CARD_INVALID';

  constructor() {
    super('卡号应为 12 至 22 位数字。', {}, '请对照卡面或存折逐位核对。');
  }
}

export class PayeeAccountAlreadyKnown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAYEE_ACCOUNT_ALREADY_KNOWN';

  constructor() {
    super('这张卡已经登记在这个人名下。', {}, '不用再登记，直接选用即可。');
  }
}

export class KinOfSelf extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'KIN_OF_SELF';

  constructor() {
    super('不能把本人登记成自己的亲属。', {}, '请选另一位。');
  }
}

export class KinAlreadyDeclared extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'KIN_ALREADY_DECLARED';

  constructor() {
    super('这两个人的这种关系已经登记过。', {}, '不用再登记。');
  }
}

/** Civil Code, art. 34: a guardian acts for the ward, and so must be an adult. */
export class GuardianNotAdult extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GUARDIAN_NOT_ADULT';

  constructor() {
    super('监护人须年满 18 周岁。', { adultAt: 18 }, '请选一位成年的监护人。');
  }
}

/** Personal Information Protection Law, art. 31 (D4-32): for a child the guardian signs. */
export class GuardianConsentNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GUARDIAN_CONSENT_NEEDED';

  constructor() {
    super(
      '这是未满 18 周岁的未成年人，须由监护人同意。',
      { adultAt: 18 },
      '请先登记监护人，再选“监护人签字”。',
    );
  }
}

/** `GUARDIAN` is the way of those who have one. */
export class NoGuardianRegistered extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NO_GUARDIAN_REGISTERED';

  constructor() {
    super('名册里没有登记这个人的监护人。', {}, '请先在亲属关系里登记监护人。');
  }
}

/** Whoever signs instead, or hears it, is named; nobody is where the person signs. */
export class ConsentNeedsAnother extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CONSENT_NEEDS_ANOTHER';

  constructor(isNamed: boolean) {
    super(
      isNamed
        ? '本人或者监护人签字的，不用填代签人或者见证人。'
        : '代签、当面说和打电话说的，要写明代签人或者见证人。',
      {},
      isNamed ? '请把这一栏清空，或者改选是怎么说的。' : '请填名册里的一个人；不在名册里的先登记。',
    );
  }
}

export class ProxyNeedsRelation extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PROXY_NEEDS_RELATION';

  constructor(isNamed: boolean) {
    super(
      isNamed ? '只有代签才填和本人的关系。' : '代签的，要写明和本人是什么关系。',
      {},
      isNamed ? '请不要选关系。' : '请选一种关系。',
    );
  }
}

/** Neither the person nor whoever writes it down is their own witness. */
export class AnotherIsInvolved extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ANOTHER_IS_INVOLVED';

  constructor() {
    super('代签人或者见证人不能是本人，也不能是登记的人自己。', {}, '请另找一个人。');
  }
}

/** Personal Information Protection Law, art. 29: a separate consent that can be shown. */
export class ConsentNotByPhone extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CONSENT_NOT_BY_PHONE';

  constructor() {
    super(
      '健康、收款账户和公示的同意，不能只凭电话。',
      {},
      '请让本人签字，或者当面说、有人见证；打电话可以不同意，也可以撤回。',
    );
  }
}

/** Only what was agreed to is taken back. */
export class NothingToWithdraw extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_WITHDRAW';

  constructor() {
    super('这一项现在没有同意，不用撤回。', {}, '请刷新页面，看现在的同意。');
  }
}

/** Names must not stand in addresses, where every log keeps them. */
export class NameInAddress extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NAME_IN_ADDRESS';

  constructor() {
    super(
      '网址里只能带拼音首字母或电话后四位，不能带姓名。',
      {},
      '按姓名查找请在名册页里查；程序请用 POST /api/v1/people/suggest。',
    );
  }
}

/** The sheet as a whole cannot be read. What is wrong with single rows is listed, not thrown. */
export class SheetRefused extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'SHEET_REFUSED';

  constructor(message: string, advice = '请用模板填写，另存为 .xlsx 后再传。') {
    super(message, {}, advice);
  }
}

export class ImportNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'IMPORT_NOT_FOUND';

  constructor() {
    super('这份预览已经用过或已过期，名册没有改动。', {}, '请重新上传表格。');
  }
}
