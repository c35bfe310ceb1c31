import { DomainError } from '../../kernel/domain-error.js';
import { OFFICE_WORDS } from './office.js';
import type { Office } from './office.js';

export class IncompatibleOffices extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INCOMPATIBLE_OFFICES';

  constructor(held: Office, wanted: Office) {
    super(
      `同一个人不能既是${OFFICE_WORDS[held]}又是${OFFICE_WORDS[wanted]}。`,
      { held, wanted },
      `请另选一个人，或者先结束他的${OFFICE_WORDS[held]}任期再登记。`,
    );
  }
}

export class OfficeAlreadyHeld extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OFFICE_ALREADY_HELD';

  constructor(office: Office) {
    super(
      `他现在已经是${OFFICE_WORDS[office]}。`,
      { office },
      '换届连任的，请在上一任期满或结束后再登记新的任期。',
    );
  }
}

export class TermUpsideDown extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'TERM_UPSIDE_DOWN';

  constructor(fromOn: string, untilOn: string) {
    super(`任期的最后一天 ${untilOn} 早于第一天 ${fromOn}。`, { fromOn, untilOn }, '请核对两个日期。');
  }
}

export class TermTooLong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'TERM_TOO_LONG';

  constructor(office: Office, latestUntil: string) {
    super(
      `${OFFICE_WORDS[office]}的任期一次最多一年，最后一天不能晚于 ${latestUntil}。`,
      { office, latestUntil },
      '审计做完就到期；没做完的，到期以后再登记一次。',
    );
  }
}

export class TermOver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TERM_OVER';

  constructor() {
    super('这个任期已经结束过，或者结束日期不在任期之内。', {}, '请核对任期和日期。');
  }
}

export class TermNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'TERM_NOT_FOUND';

  constructor() {
    super('没有找到这个任期。', {}, '请回到职务名单重新选择。');
  }
}

export class MinorInOffice extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'MINOR_IN_OFFICE';

  constructor() {
    super('未满 18 岁的人不能担任职务。', {}, '请另选一个人。');
  }
}
