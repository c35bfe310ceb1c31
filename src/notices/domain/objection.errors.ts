import { DomainError } from '../../kernel/domain-error.js';
import type { HandedFault } from './reply-handing.js';
import type { PairFault } from './objection-inquiry.js';
import type { OutcomeFault, ReceivedFault } from './objection.js';
import { MOST_BY_LINE_AN_HOUR } from './objection.js';

export class ObjectionNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'OBJECTION_NOT_FOUND';

  constructor() {
    super('没有找到这件异议。', {}, '请核对受理号或查询码；查询码是 8 位字母和数字。');
  }
}

const RECEIVED_FAULTS: Readonly<Record<ReceivedFault, string>> = {
  future: '收到的时间还没有到，请填实际收到的时间',
  'before-signing': '收到的时间早于公示签发的时间，那时还没有这张公示',
};

export class ReceivedTimeWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'RECEIVED_TIME_WRONG';

  constructor(why: ReceivedFault) {
    super(`${RECEIVED_FAULTS[why]}。`, { why }, '请改收到的时间。');
  }
}

export class NoticeTakesNoObjection extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_TAKES_NO_OBJECTION';

  constructor() {
    super('这张公示还没有签发，不能对它提异议。', {}, '签发以后才能登记；现在有意见的，请直接找理事长。');
  }
}

export class TooManyObjections extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TOO_MANY_OBJECTIONS';

  constructor() {
    super(
      `从您这里一小时里已经对这张公示提了 ${MOST_BY_LINE_AN_HOUR} 件异议。`,
      { most: MOST_BY_LINE_AN_HOUR },
      '请过一小时再交，或者现在就打公示单上的电话，打电话一样受理。',
    );
  }
}

export class ObjectionMovedOn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OBJECTION_MOVED_ON';

  constructor(now: string) {
    super(`这件异议现在是“${now}”，不能这样办。`, {}, '请刷新页面看看现在到了哪一步。');
  }
}

/** It was decided anew already, or nothing had to be. */
export class NothingToDecideAnew extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_DECIDE_ANEW';

  constructor() {
    super('这件事没有等着重新决定的。', {}, '已经重新决定过，或者本来就不用重新决定，不用再办。');
  }
}

export class NotTheAssigner extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_THE_ASSIGNER';

  constructor() {
    super(
      '这件异议不由您安排人查。',
      {},
      '由和此事无关的监事安排；监事要回避的由理事长、副理事长安排，都要回避的由镇联合社安排。',
    );
  }
}

const PAIR_FAULTS: Readonly<Record<PairFault, string>> = {
  'not-two': '要选两个人，不多不少',
  unknown: '选的人现在没有职务，请从名单里选',
  'not-free': '选的人里有人不能查这件事，名单里写着为什么',
  'one-household': '选的两个人是亲属或者同一户，请换一位',
};

export class InquirersUnfit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'INQUIRERS_UNFIT';

  constructor(why: PairFault) {
    super(`${PAIR_FAULTS[why]}。`, { why }, '本社选不出两个人的，可以选镇联合社的人。');
  }
}

/** The others that are to be decided along with it are none of that notice, or somebody looks into them already. */
export class NotTogether extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OBJECTIONS_NOT_TOGETHER';

  constructor() {
    super('选来一起查的异议里，有的已经有人在查或者已经办完。', {}, '请刷新页面，重新选一起查的。');
  }
}

export class NotAnInquirer extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_AN_INQUIRER';

  constructor() {
    super('这件异议不由您查。', {}, '只有被安排来查的两个人能写结论和确认结论。');
  }
}

export class OtherHandNeeded extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OTHER_HAND_NEEDED';

  constructor() {
    super('结论是您写的，要由另一位来确认。', {}, '请另一位查核的人打开这件异议，同意或者退回。');
  }
}

export class NothingProposed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_FINDING_PROPOSED';

  constructor() {
    super('还没有等确认的结论。', {}, '请其中一位先写查明的情况和结论。');
  }
}

export class FindingWaits extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'FINDING_WAITS';

  constructor() {
    super('已经有一份结论等着确认。', {}, '请先确认或者退回那一份，再写新的。');
  }
}

/** Why a notice cannot be corrected in its wording alone. */
export type TextFault =
  'nothing-changed' | 'name-withdrawn' | 'no-words' | 'taken-down' | 'expired' | 'correction';

const OUTCOME_FAULTS: Readonly<Record<OutcomeFault | TextFault, readonly [why: string, advice: string]>> = {
  'reason-of-another': ['选的查明情况和结论对不上。', '请在所选结论下面重新选查明的情况。'],
  'named-without-fact': [
    '实名提出的，不能以没有具体事实办结。',
    '请向提出人问清楚再查，按查到的情况答复成立或者不成立。',
  ],
  'nothing-changed': [
    '按现在登记的内容重写这张公示，和原来的一字不差，没有可以更正的。',
    '请先请秘书长把登记里写错的地方改过来，再选“更正文字”；决定本身有错的，请选“重新决定”。',
  ],
  'name-withdrawn': [
    '公示所涉及的人已经不同意公开姓名，不能在更正里再写一遍。',
    '请先撤下这张公示，按案号重新发一张，再来办这件异议。',
  ],
  'taken-down': [
    '这张公示已经撤下，更正会把撤下的内容再公开一遍。',
    '请先签发重发的那一张，再来办这件异议：重发的已经写对的，不用另外更正。',
  ],
  expired: [
    '这张公示的内容已到期撤下，更正会把它再公开一遍。',
    '决定本身有错的，请选“重新决定”；没有错的，请选“不成立”。',
  ],
  correction: [
    '更正公告自己不再更正文字。',
    '请社里到最初被更正的那张公示上再发一张更正公告；决定本身有错的，请选“重新决定”。',
  ],
  'no-words': [
    '这一类公示不能按登记自动更正文字。',
    '决定本身有错的，请选“重新决定”；没有错的，请选“不成立”。',
  ],
};

export class OutcomeUnfit extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'OUTCOME_UNFIT';

  constructor(why: OutcomeFault | TextFault) {
    super(OUTCOME_FAULTS[why][0], { why }, OUTCOME_FAULTS[why][1]);
  }
}

export class AlreadyExtended extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'ANSWER_ALREADY_EXTENDED';

  constructor() {
    super('答复的期限已经延长过一次，不能再延长。', {}, '请按期写出结论；查不清的，按已经查到的答复。');
  }
}

const WITHDRAWAL_FAULTS = {
  'only-paper': ['这件是在社里登记的，不能用查询码撤回。', '请写一张撤回的条子，签名交给社里。'],
  'only-code': ['这件是扫码匿名提出的，社里不能代为撤回。', '请提出人自己用查询码撤回。'],
  'nobody-known': ['这件没有留姓名，分不清谁有权撤回。', '请照常查明答复。'],
} as const;

export class CannotWithdraw extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OBJECTION_NOT_WITHDRAWN';

  constructor(why: keyof typeof WITHDRAWAL_FAULTS) {
    super(WITHDRAWAL_FAULTS[why][0], { why }, WITHDRAWAL_FAULTS[why][1]);
  }
}

/** Whoever has a stake in the notice does not bring the note that ends an objection to it. */
export class WithdrawalTied extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'WITHDRAWAL_TIED';

  constructor(why: string) {
    super(`撤回的条子不能由您来收：${why}`, {}, '请换一位和这张公示无关的秘书长、工作人员或者监事来收。');
  }
}

const UNCONFIRMED = {
  'no-paper': ['还没有人交来撤回的条子。', '请提出人写好条子签名，交给社里拍照。'],
  'same-hand': ['条子是您收的，要由另一个人核对。', '请查的人或者安排的人打开这一件，核对条子再确认。'],
  'not-yours': ['撤回不由您核对。', '由查这件事的两个人或者安排他们的人核对条子，再确认。'],
} as const;

export class WithdrawalNotConfirmed extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'WITHDRAWAL_NOT_CONFIRMED';

  constructor(why: keyof typeof UNCONFIRMED) {
    super(UNCONFIRMED[why][0], { why }, UNCONFIRMED[why][1]);
  }
}

export class WithdrawalPaperNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'WITHDRAWAL_PAPER_NEEDED';

  constructor() {
    super('请拍下提出人签了名的撤回条子。', {}, '没有条子不能撤回；照片只有查核的人能看。');
  }
}

/** Nobody had objected by name, or nothing was answered yet. */
export class NoReplyToHand extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_REPLY_TO_HAND';

  constructor() {
    super('这一件没有要交的答复书。', {}, '实名提出、已经办结的才有书面答复；匿名的凭查询码自己看。');
  }
}

export class ReplyHandedBefore extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'REPLY_HANDED_BEFORE';

  constructor() {
    super('已经记过答复书交给了提出人，没有再记一次。', {}, '请刷新页面看看。');
  }
}

/** The answer has a full name on it: few may hold it. */
export class NotToHandOver extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOT_TO_HAND_OVER';

  constructor() {
    super(
      '这一件的答复书不由您交。',
      {},
      '由和此事无关的秘书长交给提出人；秘书长要回避的，由查的人或者安排的人交。',
    );
  }
}

const HANDED_FAULTS: Readonly<Record<HandedFault, string>> = {
  future: '这个时间还没有到，请交到以后再记',
  'before-reply': '这个时间早于答复书写好的时间',
};

export class HandedTimeWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'HANDED_TIME_WRONG';

  constructor(why: HandedFault) {
    super(`${HANDED_FAULTS[why]}。`, { why }, '请改时间。');
  }
}
