import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';

export class ChangeNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'CHANGE_OF_USE_NOT_FOUND';

  constructor() {
    super('没有这次变更用途。', {}, '请从变更用途的名单里打开。');
  }
}

export class ChangeMovedOn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CHANGE_OF_USE_MOVED_ON';

  constructor(state: string) {
    super(`这次变更用途现在是“${state}”，不能这样办。`, { state }, '请打开它看现在的情况。');
  }
}

export class ChangeAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'CHANGE_OF_USE_ALREADY_OPEN';

  constructor() {
    super('这笔资金的用途正在变更。', {}, '请先把正在办的那一次办完或者撤回。');
  }
}

export class SamePurse extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'SAME_PURSE';

  constructor() {
    super('改以前和改以后是同一笔资金。', {}, '请选改到哪里。');
  }
}

export class PurseUnfit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PURSE_UNFIT';

  constructor() {
    super('待认领的来款还不知道是谁的，不能变更用途。', {}, '满 90 天没人认领的，请理事会决定。');
  }
}

export class NothingToChange extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_CHANGE';

  constructor() {
    super('这笔资金里没有能变更用途的钱：用完了，或者都留给了案件。', {}, '等留出的钱付出或放开以后再提。');
  }
}

/** Charity Law, art. 56: what a public campaign was for changes only by a plan that was filed anew. */
export class PlanNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PLAN_NEEDED';

  constructor() {
    super('这笔资金里有公开募捐来的钱，要先把募捐方案重新备案。', {}, '请填重新备案的方案编号。');
  }
}

export class PaperNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'ANSWER_PAPER_NEEDED';

  constructor() {
    super('同意和退回要有捐赠人签字的意见书。', {}, '请拍下意见书；没有签字的，可以给他发链接自己答复。');
  }
}

export class GiverNotAsked extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'GIVER_NOT_ASKED';

  constructor() {
    super('这位捐赠人不在这次征求意见的名单里。', {}, '请从名单里选。');
  }
}

/** What a giver pressed himself, nobody writes over for him: only he can, by a link or signed in. */
export class AnsweredByGiver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ANSWERED_BY_GIVER';

  constructor() {
    super(
      '这位捐赠人自己答复过了，不能替他改。',
      {},
      '他改主意了的，请给他发一条新链接，或者请他登录，由他自己答复。',
    );
  }
}

/** Somebody else's question is not found, like one that never was (D4-69). */
export class QuestionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'USE_QUESTION_NOT_FOUND';

  constructor() {
    super('没有这件要您拿主意的事。', {}, '请回到“我的捐赠”，从那里打开。');
  }
}

/** What was said has been carried out: it cannot be said otherwise any more. */
export class AnswerCarriedOut extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ANSWER_CARRIED_OUT';

  constructor() {
    super('照这个答复已经办了，不能再改。', {}, '有疑问请给社里打电话。');
  }
}

export class AnswersAwaited extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ANSWERS_AWAITED';

  constructor(silent: number, answerBy: Day) {
    super(
      `还有 ${silent} 位捐赠人没有答复，${dayWords(answerBy)}以前还要等他们。`,
      { silent, answerBy },
      '都答复了，或者过了这一天，就可以办。',
    );
  }
}

export class NothingToSettle extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_SETTLE';

  constructor() {
    super('没有可以办的：没有答复的和还在考虑的，钱继续冻结。', {}, '等他们答复，或者撤回这次变更。');
  }
}

export class AnswerLinkUnknown extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'ANSWER_LINK_UNKNOWN';

  constructor() {
    super('没有这条答复链接。', {}, '请打开最近收到的那一条。');
  }
}

/** Charity Law has no term; domain.md 2.4 gives a giver ninety days to come forward. */
export class StillWaiting extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'STILL_WAITING';

  constructor(from: Day) {
    super(
      `来款登记以后要等满 90 天，${dayWords(from)}起才能请理事会决定。`,
      { from },
      '在这以前请继续找是谁转来的。',
    );
  }
}

export class UnclaimedAlreadyAsked extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'UNCLAIMED_ALREADY_ASKED';

  constructor() {
    super('这笔来款已经请理事会决定了。', {}, '请打开那一轮表决。');
  }
}
