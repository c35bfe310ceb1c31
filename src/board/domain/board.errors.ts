import { DomainError } from '../../kernel/domain-error.js';

export class RoundNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'ROUND_NOT_FOUND';

  constructor() {
    super('没有找到这一轮表决。', {}, '请从案件页再打开一次。');
  }
}

/** domain.md 1.8 and D4-16. Lifting the case to the town union by itself comes later: until then a person does it. */
export class TooFewElectors extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TOO_FEW_ELECTORS';

  constructor(directors: number, recused: number, least: number) {
    const left = directors - recused;
    super(
      `理事${directors}人，回避${recused}人，只剩${left}人可投，不足${least}人，本社不能表决这件事。`,
      { directors, recused, left, least },
      '请把案件材料交镇联合社，由镇联合社人工办理。',
    );
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

export class RoundStillOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ROUND_STILL_OPEN';

  constructor() {
    super('这一轮表决还没有结束，会议记录还没有形成。', {}, '表决结束后再打印会议记录。');
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

export class BallotsAlreadyRecorded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BALLOTS_ALREADY_RECORDED';

  constructor() {
    super('这一轮的举手表决已经记过了，不能再记一次。', {}, '请打开表决页看已经记下的票。');
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

/** A recusal declared after the ballot would take back a vote that was counted. */
export class BallotAlreadyCast extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BALLOT_ALREADY_CAST';

  constructor() {
    super('这位理事这一轮已经投票，不能再回避。', {}, '请向监事说明情况，由监事提出复查。');
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

/**
 * Once the hands are known, one elector fewer could turn a meeting without quorum into a decision: who is to stand aside
 * is said before the vote.
 */
export class RecusalAfterHands extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'RECUSAL_AFTER_HANDS';

  constructor() {
    super('举手结果已经记下，人数不能再变。', {}, '请等这一轮结束；结果因此不公的，请监事提出。');
  }
}

/** domain.md 2: no role moves a case in which it is recused. */
export class RecorderRecused extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'RECORDER_RECUSED';

  constructor() {
    super('您在这一轮已经回避，不能办理这一轮的记票和结束。', {}, '请换一位经办人来办。');
  }
}

/** What is wrong with one field of the sheet, so that the page can say it beside that field. */
export abstract class SheetRefused extends DomainError {
  override readonly kind = 'invalid';
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
