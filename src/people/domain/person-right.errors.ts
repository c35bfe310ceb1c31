import { DomainError } from '../../kernel/domain-error.js';

export class PersonRequestNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PERSON_REQUEST_NOT_FOUND';

  constructor() {
    super('没有找到这个请求。', {}, '请回到这个人的页面再打开一次。');
  }
}

export class RequestFromTheFuture extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REQUEST_FROM_THE_FUTURE';

  constructor() {
    super('提出的日期还没有到。', {}, '请填今天或者以前的日期。');
  }
}

/** One at a time of each kind: a second one asks for nothing more. */
export class RequestPending extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REQUEST_PENDING';

  constructor() {
    super('这个人已经有一个同样的请求还没有办。', {}, '请先把那一个办好。');
  }
}

export class RequestAnswered extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REQUEST_ANSWERED';

  constructor() {
    super('这个请求已经有人办过了。', {}, '请刷新页面看结果。');
  }
}

/** What was asked for is something else. */
export class RequestOfAnotherKind extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REQUEST_OF_ANOTHER_KIND';

  constructor() {
    super('这个请求要的不是这一项。', {}, '请打开请求，看要的是什么。');
  }
}

export class ErasureNeedsSecondPerson extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ERASURE_NEEDS_SECOND_PERSON';

  constructor() {
    super('记下请求的人不能自己确认删除。', {}, '请让另一位（理事长、秘书长或者经办人）核对后确认。');
  }
}

/** So that nobody reads through the register by writing down requests for it. */
export class CopyNeedsSecondPerson extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'COPY_NEEDS_SECOND_PERSON';

  constructor() {
    super(
      '记下请求的人不能自己打开副本。',
      {},
      '请理事长或者副理事长问过本人，在这个请求上点“问过了，是本人要”；也可以让另一位办事的人打开。',
    );
  }
}

export class CopyVouchedByWriter extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'COPY_VOUCHED_BY_WRITER';

  constructor() {
    super('记下请求的人不能自己核实。', {}, '请理事长、副理事长或者另一位办事的人问过本人再点。');
  }
}

export class RequestVouched extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REQUEST_VOUCHED';

  constructor() {
    super('这个请求已经有人核实过了。', {}, '请刷新页面看结果。');
  }
}

export class ErasureOfOneself extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ERASURE_OF_ONESELF';

  constructor() {
    super('要删除的是您本人的信息，不能由您自己确认。', {}, '请让另一位核对后确认。');
  }
}

/** Something about the person is still under way. The reasons name numbers, never persons. */
export class ErasureHindered extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ERASURE_HINDERED';

  constructor(reasons: readonly string[]) {
    super(
      `现在还不能删除：${reasons.join('；')}。`,
      { reasons: reasons.join('；') },
      '这些办完以后再来确认，或者写明原因退回请求。',
    );
  }
}
