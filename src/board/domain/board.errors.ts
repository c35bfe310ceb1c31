import { DomainError } from '../../kernel/domain-error.js';
import type { DomainErrorKind } from '../../kernel/domain-error.js';

export class RoundNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'ROUND_NOT_FOUND';

  constructor() {
    super('没有找到这一轮表决。', {}, '请从案件页再打开一次。');
  }
}

export class RoundAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ROUND_ALREADY_OPEN';

  constructor() {
    super('这件事已经有一轮表决在进行。', {}, '请先等这一轮结束。');
  }
}

export class RoundAlreadyClosed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ROUND_ALREADY_CLOSED';

  constructor() {
    super('这一轮表决已经结束。', {}, '请打开表决页看结果；结果不能再改。');
  }
}

/**
 * What its subject refuses while it stands still, such as a case whose family took back what it needs: the round stays
 * open until somebody ends the subject, or decides against it.
 */
export abstract class SubjectStandsStill extends DomainError {
  override readonly kind = 'conflict';
}

export class RoundStillOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ROUND_STILL_OPEN';

  constructor() {
    super('这一轮表决还没有结束，会议记录还没有形成。', {}, '表决结束后再打印会议记录。');
  }
}

export class LinkUnknown extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'BALLOT_LINK_UNKNOWN';

  constructor() {
    super('没有这条投票链接。', {}, '请核对链接是不是复制全了，或者给秘书长打电话。');
  }
}

/** A newer link was made for the same director: only the newest opens the ballot. */
export class LinkRevoked extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BALLOT_LINK_REVOKED';

  constructor() {
    super('这条投票链接已经换成新的。', {}, '请打开最近收到的那一条。');
  }
}

export class NobodyToAsk extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOBODY_TO_ASK';

  constructor() {
    super('没有要发链接的理事。', {}, '请选至少一位没有回避的理事。');
  }
}

/** domain.md 2.1: at the deadline the round is decided on the ballots there are. */
export class DeadlinePassed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ROUND_DEADLINE_PASSED';

  constructor() {
    super('这一轮表决已经过了截止时间，不能再记票或回避。', {}, '请结束表决，按截止前的票定结果。');
  }
}

/** D4-73. */
export class TooEarlyToClose extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ROUND_CLOSED_TOO_EARLY';

  constructor(missing: number) {
    super(
      `还有${missing}位理事没投，他们的票可能改变结果，现在不能结束表决。`,
      { missing },
      '请等大家都投完，或者等到截止时间。',
    );
  }
}

export class NotADirectorHere extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOT_A_DIRECTOR_OF_ROUND';

  constructor() {
    super('名单里有人不是这一轮的理事。', {}, '表决名单以发起表决那天在任的理事为准，请刷新页面再记。');
  }
}

export class AlreadyRecused extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ALREADY_RECUSED';

  constructor() {
    super('这位理事已经回避。', {}, '不用再记一次。');
  }
}

export class BallotAfterRecusal extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BALLOT_AFTER_RECUSAL';

  constructor() {
    super(
      '这位理事这一轮已经回避，不能再投票。',
      {},
      '回避以后不能改回来；记错了的，请在会议记录上注明并告诉监事。',
    );
  }
}

/** Directors vote for themselves; the office writes down what a director said on the phone. */
export class NotYourBallot extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'NOT_YOUR_BALLOT';

  constructor() {
    super('只能投自己的一票。', {}, '别的理事在电话里说的，请秘书长或经办人代录。');
  }
}

export class NothingToTakeBack extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_TAKE_BACK';

  constructor() {
    super('这位理事现在没有电话代录的票，没有可以撤回的。', {}, '举手的票记错了，请重新记一次签到表。');
  }
}

/** A phone ballot has no words of the director's own to keep. */
export class WhyIsYourOwn extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WHY_IS_YOUR_OWN';

  constructor() {
    super('只有本人投“不同意”时才能写理由。', {}, '请去掉理由再记；理事想说明的，请他自己投票时写。');
  }
}

/** Directors declare for themselves; the office writes down what they declared in the room. */
export class NotYourRecusal extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'NOT_YOUR_RECUSAL';

  constructor() {
    super('只能为自己登记回避。', {}, '别的理事要回避，请他本人或秘书长登记。');
  }
}

/** domain.md 2: no role moves a case in which it is recused; whoever is tied to the subject writes down no ballots. */
export class RecorderRecused extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'RECORDER_RECUSED';

  constructor() {
    super('您和这件事有关系，或者在这一轮已经回避，不能办理这一轮的记票和结束。', {}, '请换一位经办人来办。');
  }
}

/** What is wrong with one field of the sheet, so that the page can say it beside that field. */
export abstract class SheetRefused extends DomainError {
  override readonly kind: DomainErrorKind = 'invalid';
  abstract readonly field: 'presiderId' | 'hands';
}

export class NoHands extends SheetRefused {
  override readonly code = 'NO_HANDS';
  override readonly field = 'hands';

  constructor() {
    super('没有一位理事到会，没有票可记。', {}, '等有理事到会再记；到截止时间没人投票，这一轮作废。');
  }
}

export class DirectorTwice extends SheetRefused {
  override readonly code = 'DIRECTOR_TWICE';
  override readonly field = 'hands';

  constructor() {
    super('有一位理事记了两张票。', {}, '每位理事只记一张票。');
  }
}

export class RecusedDirectorVotes extends SheetRefused {
  override readonly code = 'RECUSED_DIRECTOR_VOTES';
  override readonly field = 'hands';

  constructor() {
    super('有一位已经回避的理事记了票。', {}, '回避的理事不能投票，请去掉他的票。');
  }
}

/** What a director gave himself is his word; the office never replaces it. */
export class OwnBallotStands extends SheetRefused {
  override readonly kind = 'conflict';
  override readonly code = 'OWN_BALLOT_STANDS';
  override readonly field = 'hands';

  constructor() {
    super(
      '有一位理事已经自己投了票，不能再由别人代录。',
      {},
      '请刷新页面：他的票已经在上面；要改，请他自己改。',
    );
  }
}

export class HandOfAStranger extends SheetRefused {
  override readonly code = 'HAND_OF_A_STRANGER';
  override readonly field = 'hands';

  constructor() {
    super('记了票的人里有人不是这一轮的理事。', {}, '表决名单以发起表决那天在任的理事为准。');
  }
}

export class PresiderWithoutOffice extends SheetRefused {
  override readonly code = 'PRESIDER_WITHOUT_OFFICE';
  override readonly field = 'presiderId';

  constructor() {
    super('主持的人今天不是理事长或副理事长。', {}, '请选在任的理事长；理事长回避或没到时选副理事长。');
  }
}

export class PresiderRecused extends SheetRefused {
  override readonly code = 'PRESIDER_RECUSED';
  override readonly field = 'presiderId';

  constructor() {
    super('主持的人在这一轮已经回避，不能主持。', {}, '请由副理事长主持。');
  }
}

export class PresiderAbsent extends SheetRefused {
  override readonly code = 'PRESIDER_ABSENT';
  override readonly field = 'presiderId';

  constructor() {
    super('主持的人没有到会的记录，不能主持。', {}, '请选到会的理事长或副理事长。');
  }
}

export class ChairPresides extends SheetRefused {
  override readonly code = 'CHAIR_PRESIDES';
  override readonly field = 'presiderId';

  constructor() {
    super('理事长到会，应由理事长主持。', {}, '理事长回避或没到会时，才由副理事长主持。');
  }
}
