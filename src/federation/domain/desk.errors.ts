import { DomainError } from '../../kernel/domain-error.js';

export class NoReviewDesk extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NO_REVIEW_DESK';

  constructor() {
    super('这一页是总会用的，本社没有。', {}, '请回到“今天要办”。');
  }
}

/** Of another federation, unpaid, or never there: nobody learns which (D4-69). */
export class SubjectNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'REVIEW_SUBJECT_NOT_FOUND';

  constructor() {
    super('审核台上没有这一件。', {}, '请从审核台的名单里打开。');
  }
}

/** Somebody else took it and is at it; their time runs out by itself. */
export class LeaseHeld extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVIEW_LEASE_HELD';

  constructor(maskedName: string, minutes: number) {
    super(
      `${maskedName} 正在审这一件，还有 ${minutes} 分钟。`,
      { minutes },
      '请先办下一件，或等对方放下、到时以后再审。',
    );
  }
}

export class LeaseNotHeld extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVIEW_LEASE_NOT_HELD';

  constructor() {
    super('这一件现在不在您手里。', {}, '到时的会自己放下，不用再放。');
  }
}

/** Decided, revoked, or still with the society: the page is old. */
export class NothingToReview extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_REVIEW';

  constructor() {
    super('这一件现在不用审：已有结论，或者正等互助社整改。', {}, '请刷新页面，看看现在到哪一步。');
  }
}

export class ReviewedAlready extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REVIEWED_ALREADY';

  constructor() {
    super('您已经审过这一件，第二个人必须是别人。', {}, '请等另一位审核员。');
  }
}

/** Who answers for the watching does not review; only what two reviewers see differently comes here. */
export class OnlySplitReviews extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'ONLY_SPLIT_REVIEWS';

  constructor() {
    super('监事只对两位审核员意见不同的件下结论。', {}, '这一件先由审核员审。');
  }
}

export class NotAReviewer extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'NOT_A_REVIEWER';

  constructor() {
    super('审核意见要由审核员本人记。', {}, '请用审核员自己的账号登录。');
  }
}

export class ReviewerTied extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'REVIEWER_TIED';

  constructor() {
    super('申请人是您本人、同户或登记过的亲属，您要回避。', {}, '请交给另一位审核员。');
  }
}

export class ReasonOfAnother extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'REASON_OF_ANOTHER_FINDING';

  constructor() {
    super('选的理由不是这种意见的理由。', {}, '请在这种意见下面选一条。');
  }
}

export class BadDueDay extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'BAD_RECTIFY_DAY';

  constructor(mostDays: number) {
    super(`整改期限从明天起，最长 ${mostDays} 天；别的意见没有期限。`, { mostDays }, '请改一下到期的日子。');
  }
}

export class RectificationNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'RECTIFICATION_NOT_FOUND';

  constructor() {
    super('没有这条审核意见。', {}, '请从案件页打开。');
  }
}

export class AnsweredAlready extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECTIFICATION_ANSWERED';

  constructor() {
    super('这条意见已经答复过，正等总会复核。', {}, '要补充，请打总会的电话。');
  }
}

export class TooManyViews extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TOO_MANY_VIEWS';

  constructor(most: number) {
    super(`最多保存 ${most} 个视图。`, { most }, '请先删一个不用的。');
  }
}

export class ViewNameTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'VIEW_NAME_TAKEN';

  constructor() {
    super('已经有一个叫这个名字的视图。', {}, '请换一个名字，或先删掉原来的。');
  }
}

export class ViewNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'VIEW_NOT_FOUND';

  constructor() {
    super('没有这个视图。');
  }
}
