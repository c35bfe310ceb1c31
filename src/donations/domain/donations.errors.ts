import { DomainError } from '../../kernel/domain-error.js';

export class DonorNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'DONOR_NOT_FOUND';

  constructor() {
    super('没有这位捐赠人。', {}, '请从捐赠人名单里打开。');
  }
}

export class GiftNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'GIFT_NOT_FOUND';

  constructor() {
    super('没有这笔捐赠。', {}, '请从捐赠名单里打开。');
  }
}

/** A merged donor lives on in the other record: nothing more is written under the old one. */
export class DonorMerged extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONOR_MERGED';

  constructor() {
    super('这位捐赠人已经并到另一条记录里了。', {}, '请用并入以后的那一条。');
  }
}

export class SameDonor extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'SAME_DONOR';

  constructor() {
    super('不能把一条记录并到它自己。', {}, '请选两条不同的记录。');
  }
}

/** A company and a person are never the same donor. */
export class DonorsDiffer extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONORS_DIFFER';

  constructor() {
    super(
      '姓名（单位名称）或者统一社会信用代码不一样，不能合并。',
      {},
      '确实是同一位的，先把写错的那条改对，再合并。',
    );
  }
}

export class UsccMissing extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'USCC_MISSING';

  constructor() {
    super('单位捐赠要填统一社会信用代码。', {}, '在营业执照上，18 位。');
  }
}

export class UsccInvalid extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'USCC_INVALID';

  constructor() {
    super('统一社会信用代码不对。', {}, '请对照营业执照核对，18 位数字和大写字母。');
  }
}

export class UsccAlreadyKnown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'USCC_ALREADY_KNOWN';

  constructor() {
    super('这个统一社会信用代码的单位已经登记过。', {}, '请在捐赠人名单里找到它，记在它名下。');
  }
}

export class DonorNameUnfit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'DONOR_NAME_UNFIT';

  constructor() {
    super('姓名里有一长串数字。', {}, '手机号、证件号不要写在姓名里。');
  }
}

/** Since the form was opened the donor himself has said how he wants to be named: his word is not written over. */
/** Since the form was opened the donor changed something himself, had it erased, or was given for. */
export class DonorChangedMeanwhile extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'DONOR_CHANGED_MEANWHILE';

  constructor() {
    super('打开这张表以后，这位捐赠人的登记变过。', {}, '请重新打开，核对手机、家乡和署名再保存。');
  }
}

export class DonorPhoneInvalid extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'DONOR_PHONE_INVALID';

  constructor() {
    super('手机号不对。', {}, '请填 11 位手机号，没有就不填。');
  }
}

/** Who gave as a company alone has no home place to be named (domain.md 1.5 shows it of people). */
export class CompanyWithoutHome extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'COMPANY_WITHOUT_HOME';

  constructor() {
    super('单位没有家乡这一项。', {}, '这里只能改手机。');
  }
}

/** What a donor wants must be clear before his money is booked: it cannot be changed afterwards without him. */
export class IntentUnclear extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'INTENT_UNCLEAR';

  constructor(intent: 'PURPOSE' | 'FUND' | 'PROJECT') {
    const words = { PURPOSE: '请写明指定的用途。', FUND: '请选指定的基金。', PROJECT: '请选指定的项目。' };
    super(words[intent], { intent }, '照捐赠人写的意愿填；没有指定就选“不指定”。');
  }
}

export class PurposeUnfit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PURPOSE_UNFIT';

  constructor(purposes: readonly string[]) {
    super(`用途只能是其中一种：${purposes.join('、')}。`, {}, '别的用途请选“不指定”，或者请总会设一个项目。');
  }
}

/** A fee of a member is no gift: no receipt for donations, no list of donors (D4-56). */
export class FeeIsNoGift extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FEE_IS_NO_GIFT';

  constructor() {
    super('这是会费，不是捐赠：已经记入会费收入（4201），不能开捐赠票据。', {}, '会费请开会费收据。');
  }
}

export class GiftMovedOn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'GIFT_MOVED_ON';

  constructor(state: string) {
    super(`这笔捐赠现在是“${state}”，不能这样办。`, { state }, '请打开它看现在的情况。');
  }
}

/** A line of the bank statement is one gift (domain.md 2.4). */
export class BankLineTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BANK_LINE_TAKEN';

  constructor() {
    super('这条银行流水已经记过一笔捐赠。', {}, '请在捐赠名单里核对流水号。');
  }
}

export class GivenInFuture extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'GIVEN_IN_FUTURE';

  constructor() {
    super('收到的日期在今天以后。', {}, '请照银行回单或者收到现金的那天填。');
  }
}

/** Money that waited for its giver, or that went on to another purse, is not mistyped: its way stays in the books. */
export class GiftNotMistyped extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'GIFT_NOT_MISTYPED';

  constructor() {
    super(
      '这笔钱认领过、开过票据、变更过用途，或者正在办退款，不能当作记错冲销。',
      {},
      '开了票据的先红冲；要退钱请办退款。',
    );
  }
}
