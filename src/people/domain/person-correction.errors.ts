import { DomainError } from '../../kernel/domain-error.js';

export class CorrectionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'CORRECTION_NOT_FOUND';

  constructor() {
    super('没有找到这条更正。', {}, '请回到名册再打开一次。');
  }
}

export class CorrectionUnfit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'CORRECTION_UNFIT';

  constructor(fault: string) {
    super(`${fault}。`, {}, '请对照身份证或者户口簿再填。');
  }
}

export class NothingCorrected extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTHING_CORRECTED';

  constructor() {
    super('和名册里现在写的一样，没有要更正的。', {}, '请核对一下，再填正确的写法。');
  }
}

/** One at a time: a second one would tell of a value that may be gone. */
export class CorrectionPending extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CORRECTION_PENDING';

  constructor() {
    super('这一项已经有一条更正在等人确认。', {}, '请先确认或者退回那一条。');
  }
}

export class CorrectionDecided extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CORRECTION_DECIDED';

  constructor() {
    super('这条更正已经有人办过了。', {}, '请打开名册看现在的写法。');
  }
}

/** The register says something else by now than what was to be corrected. */
export class CorrectionOvertaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CORRECTION_OVERTAKEN';

  constructor() {
    super('名册里的写法已经变了，这条更正对不上。', {}, '请退回这一条，按现在的写法重新提。');
  }
}

export class NeedsSecondPerson extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NEEDS_SECOND_PERSON';

  constructor() {
    super('提出更正的人不能自己确认。', {}, '请让另一位（理事长、秘书长或者经办人）核对后确认。');
  }
}

export class CorrectionOfOneself extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CORRECTION_OF_ONESELF';

  constructor() {
    super('更正的是您本人，不能由您自己确认。', {}, '请让另一位核对后确认。');
  }
}
