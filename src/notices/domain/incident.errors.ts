import { DomainError } from '../../kernel/domain-error.js';
import type { Sight } from './expiry.js';
import type { GapFault } from './gap.js';
import type { MomentFault } from './incident.js';

/** What the public asks for was there, and is not to be read any more. The number stays, and its page says so. */
export class NoticeClosed extends DomainError {
  override readonly kind = 'gone';
  override readonly code = 'NOTICE_CLOSED';

  constructor(sight: Exclude<Sight, 'OPEN'>) {
    const words = { TAKEN_DOWN: '这张公示已经撤下', EXPIRED: '这张公示的内容已到期撤下' }[sight];
    super(`${words}，不能再看了。`, {}, '文号和状态还可以在公示页上查到。');
  }
}

/** It is not public yet, or not any more: there is nothing to take down. */
export class NothingToTakeDown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_NOT_PUBLIC';

  constructor(why: 'draft' | 'done') {
    const words = { draft: '这张公示还没有签发，外面看不到', done: '这张公示已经撤下了' }[why];
    super(`${words}，不用再撤。`, {}, '请刷新页面看看现在到了哪一步。');
  }
}

export class NotTakenDown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_NOT_TAKEN_DOWN';

  constructor() {
    super('这张公示没有撤下过，没有这一步。', {}, '有不该公开的内容，请先撤下公示。');
  }
}

export class PaperAlreadyDown extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAPER_ALREADY_DOWN';

  constructor() {
    super('已经记过纸面撤下，没有再记一次。', {}, '请刷新页面看看现在到了哪一步。');
  }
}

export class AlreadyNoted extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'INCIDENT_ALREADY_NOTED';

  constructor() {
    super('这一条已经记过，没有再记一次。', {}, '请刷新页面看看。');
  }
}

const CANNOT_REISSUE = {
  replaced: ['这张公示已经有后来的一张代替，不用重发。', '请办后来的那一张。'],
  correction: ['更正公告不重发。', '请到被更正的那张公示上再发一张更正公告。'],
  undone: [
    '这件事后来变了，撤下的公示说的已经不作数，不用重发。',
    '请看案件现在到了哪一步；重新决定以后会另有公示。',
  ],
  wordless: ['这件事现在写不出新的公示。', '请先把登记改对；还不行就打电话问镇里。'],
} as const;

export class CannotReissue extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_CANNOT_REISSUE';

  constructor(why: keyof typeof CANNOT_REISSUE) {
    super(CANNOT_REISSUE[why][0], { why }, CANNOT_REISSUE[why][1]);
  }
}

const MOMENT_WORDS: Readonly<Record<MomentFault, string>> = {
  future: '这个时间还没有到，请填实际的时间',
  'too-early': '这个时间太早，那时还没有这张公示',
};

export class MomentWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'INCIDENT_TIME_WRONG';

  constructor(why: MomentFault) {
    super(`${MOMENT_WORDS[why]}。`, { why }, '请改时间。');
  }
}

const GAP_FAULTS: Readonly<Record<GapFault, string>> = {
  future: '重新贴好的时间还没有到，请贴好以后再记',
  'before-posting': '不见的时间早于张贴时间',
  backwards: '重新贴好的时间要晚于不见的时间',
  overlap: '这一段和已经记过的一段重叠',
};

export class GapWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTICE_GAP_WRONG';

  constructor(readonly why: GapFault) {
    super(`${GAP_FAULTS[why]}。`, { why }, '请核对时间再记。');
  }
}

/** A gap counts while the period runs: what has not begun cannot be interrupted, and what is over stays over. */
export class NoPeriodRuns extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_NOT_RUNNING';

  constructor() {
    super('这张公示现在没有在公示，不能记中断。', {}, '请刷新页面看看现在到了哪一步。');
  }
}
