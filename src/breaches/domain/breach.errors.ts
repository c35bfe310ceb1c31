import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';

export class BreachNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'BREACH_NOT_FOUND';

  constructor() {
    super('没有找到这条失信标记。', {}, '请回到失信标记的页面再打开一次。');
  }
}

/** Nothing shows that a promise was broken: no grant taken back as untrue, no pledge of an officer. */
export class GroundNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'BREACH_GROUND_NOT_FOUND';

  constructor() {
    super(
      '没有这个依据。',
      {},
      '只有因所说不属实撤销的救助，或者签过承诺书的任职，才能提出失信标记；请从名单里选。',
    );
  }
}

/** One breach is one flag. */
export class GroundAlreadyFlagged extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_ALREADY_FLAGGED';

  constructor() {
    super('这件事已经提出过失信标记。', {}, '请打开失信标记的页面，看它办到哪一步。');
  }
}

export class NotYoursToPropose extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'BREACH_NOT_YOURS';

  constructor() {
    super('对任职人员提出失信标记，要由理事长（副理事长）或者监事提出。', {}, '请告诉理事长或者监事。');
  }
}

export class BreachNeedsSecondPerson extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_NEEDS_SECOND_PERSON';

  constructor() {
    super('提出失信标记的人不能自己确认。', {}, '请让理事长、副理事长或者监事里的另一位确认。');
  }
}

export class BreachNeedsOtherSide extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_NEEDS_OTHER_SIDE';

  constructor() {
    super(
      '对任职人员的失信标记，要理事长和监事一起办：一方提出，另一方确认。',
      {},
      '理事长（副理事长）提出的请监事确认，监事提出的请理事长或者副理事长确认。',
    );
  }
}

export class BreachOfOneself extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_OF_ONESELF';

  constructor() {
    super('这条失信标记说的是您本人，不能由您办。', {}, '您可以说明情况；确认以后不服的，可以申诉。');
  }
}

export class BreachTied extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_TIED';

  constructor() {
    super(
      '您和这个人是亲属，或者共用住址、电话、银行卡，要回避。',
      {},
      '请让理事长、副理事长、秘书长或者监事里的另一位办。',
    );
  }
}

export class NotHeardYet extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_NOT_HEARD';

  constructor(workingDays: number) {
    super(
      '还没有听本人说明，不能确认。',
      { workingDays },
      `请先记下本人的说明；通知以后 ${workingDays} 个工作日没有说明的，也要记一笔。`,
    );
  }
}

export class HearingTimeRuns extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_HEARING_RUNS';

  constructor(hearBy: Day) {
    super(`本人说明的期限到${dayWords(hearBy)}，还没有到。`, { hearBy }, '请等到期以后再记没有说明。');
  }
}

/** Nobody is silent who was not asked. */
export class SilenceBeforeTold extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_NOT_TOLD';

  constructor() {
    super(
      '短信没有发出去，还不知道本人收没收到通知。',
      {},
      '请写明怎么通知的、哪天通知的（提出以后，不晚于今天）；没有通知的，先通知本人。',
    );
  }
}

export class SilenceByProposer extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_SILENCE_BY_PROPOSER';

  constructor() {
    super(
      '提出失信标记的人不能记“没有说明”。',
      {},
      '请让秘书长、办事员、理事长、副理事长或者监事里的另一位记。',
    );
  }
}

export class BreachHeardAlready extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_HEARD_ALREADY';

  constructor() {
    super('本人的说明已经记过了，或者这条标记已经办完。', {}, '请刷新页面，看看现在的情况。');
  }
}

export class BreachDecided extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_DECIDED';

  constructor() {
    super('这条失信标记已经有人办过了。', {}, '请刷新页面，看看现在的情况。');
  }
}

export class BreachOver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_OVER';

  constructor() {
    super('这条失信标记现在不是有效的，没有什么可以解除或者申诉。', {}, '请刷新页面，看看现在的情况。');
  }
}

/** What was answered once is answered; what is new since is a reason to lift it. */
export class AlreadyAppealed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_ALREADY_APPEALED';

  constructor() {
    super('这条失信标记已经申诉过。', {}, '有新情况的，请理事长或者监事提前解除。');
  }
}

export class AppealDayUnfit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'BREACH_APPEAL_DAY';

  constructor() {
    super('申诉的日期要在标记确认以后，不能晚于今天。', {}, '请核对本人提出申诉的日期。');
  }
}

export class AppealNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'BREACH_APPEAL_NOT_FOUND';

  constructor() {
    super('没有找到这件申诉。', {}, '请回到申诉的页面再打开一次。');
  }
}

export class AppealDecided extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_APPEAL_DECIDED';

  constructor() {
    super('这件申诉已经答复过了。', {}, '请刷新页面，看看答复。');
  }
}

export class HadPart extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BREACH_HAD_PART';

  constructor() {
    super('您经手过这条失信标记，或者和本人有关系，不能答复申诉。', {}, '请让没有经手过的另一位答复。');
  }
}
