import { DomainError } from '../../kernel/domain-error.js';

/** Accounts of days that are still to come would be wrong tomorrow. */
export class AccountsNotOver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ACCOUNTS_NOT_OVER';

  constructor(span: string, last: string) {
    super(`${span}还没有过完，过了${last}才能公示。`, {}, '现在的账目在公开账本上随时可以看。');
  }
}

export class AccountsNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'ACCOUNTS_NOT_FOUND';

  constructor() {
    super('没有这张收支公示。', {}, '请从收支公示的列表里打开。');
  }
}

/** A federation publishes fund by fund; a society has one book, and publishes it whole. */
export class AccountsFundWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ACCOUNTS_FUND_WRONG';

  constructor(isFederation: boolean) {
    super(isFederation ? '请选择公示哪一个基金的收支。' : '本社的收支合在一起公示，不分基金。');
  }
}

export class NoBooksYet extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_BOOKS_YET';

  constructor(span: string) {
    super(`到${span}结束，账上还没有记过一笔，没有收支可以公示。`);
  }
}

/** What was published still holds: another version of the same figures would only puzzle people. */
export class AccountsUnchanged extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ACCOUNTS_UNCHANGED';

  constructor(number: string) {
    super(`“${number}”公示以后账目没有变动，不用再公示一次。`);
  }
}
