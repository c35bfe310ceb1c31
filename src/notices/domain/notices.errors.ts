import { DomainError } from '../../kernel/domain-error.js';
import { MOST_DAYS_TO_POSTING } from './notice-period.js';
import type { PlanFault, PostingFault } from './notice-period.js';
import type { NoticeState } from './notice-state.js';
import { hitWords } from './privacy-lint.js';
import type { Hit } from './privacy-lint.js';
import type { SignerFault } from './signing.js';

export class NoticeNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOTICE_NOT_FOUND';

  constructor() {
    super('没有找到这张公示。', {}, '请核对网址；纸上的校验码是 8 位字母和数字。');
  }
}

/** There is a paper only of a draft that waits to be signed. */
export class NoDraftAnyMore extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_DRAFT_ANY_MORE';

  constructor() {
    super('这张公示已经签发或者收回，没有样稿了。', {}, '签发过的请看公示单。');
  }
}

export class BoardNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'BOARD_NOT_FOUND';

  constructor() {
    super('没有找到这个公示栏。', {}, '请核对网址，或重新扫一扫村里的二维码。');
  }
}

export class PhotoNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'PHOTO_NOT_FOUND';

  constructor() {
    super('没有找到这张照片。');
  }
}

export class NoticeAlreadyDrafted extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_ALREADY_DRAFTED';

  constructor() {
    super('这件事已经拟了一张公示，还没有签，不能再拟一张。', {}, '请先签发或者收回已有的那一张。');
  }
}

/** D4-29: the notice holds what must not be published. Says where it stands, not what it is. */
export class NoticeNotClean extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTICE_NOT_CLEAN';

  constructor(readonly hits: readonly Hit[]) {
    const [first] = hits;
    super(
      `公示里有 ${hits.length} 处不能公开的内容：${hits.map(hitWords).join('；')}。`,
      first
        ? { hits: hits.length, kind: first.kind, field: first.field, from: first.from, to: first.to }
        : {},
      '请秘书长把这几处改掉再签；没有改之前不能签发。',
    );
  }
}

const SIGNER_FAULTS: Readonly<Record<SignerFault, string>> = {
  'no-person': '这个账号没有对应到名册里的人，不能签发公示。',
  'no-office': '公示由理事长或副理事长签发，您没有这个职务。',
  author: '这张公示是您拟的，拟稿的人不能自己签发。',
};

export class MayNotSign extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'MAY_NOT_SIGN';

  constructor(why: SignerFault | { readonly words: string }) {
    super(typeof why === 'string' ? SIGNER_FAULTS[why] : why.words, {}, '请另一位理事长或副理事长签发。');
  }
}

const STATE_WORDS: Readonly<Record<NoticeState, string>> = {
  DRAFT: '还没有签发',
  SIGNED: '已经签发，还没有张贴',
  POSTED: '已经张贴，还没有照片',
  RUNNING: '正在公示',
  ENDED: '公示已经结束',
  ARCHIVED: '已经归档',
  SUSPENDED: '已经撤下',
  DISCARDED: '已经收回',
};

/** The notice is not where this act begins: it was done already, or something comes first. */
export class NoticeElsewhere extends DomainError {
  override readonly kind = 'conflict';
  override readonly code: string;

  constructor(act: 'sign' | 'post' | 'photo' | 'archive' | 'discard', state: NoticeState) {
    const wanted = { sign: '签发', post: '记张贴', photo: '补张贴照片', archive: '归档', discard: '收回' }[
      act
    ];
    super(`这张公示${STATE_WORDS[state]}，不能${wanted}。`, { state }, '请刷新页面看看现在到了哪一步。');
    this.code = {
      sign: 'NOTICE_NOT_DRAFT',
      post: 'NOTICE_NOT_TO_POST',
      photo: 'NOTICE_TAKES_NO_PHOTO',
      archive: 'NOTICE_NOT_ENDED',
      discard: 'NOTICE_NOT_DRAFT',
    }[act];
  }
}

/** Only a draft can be worded anew: what was signed is public, and is answered by another notice. */
export class NoticeNotDraft extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_NOT_DRAFT';

  constructor() {
    super('这张公示已经签发或者收回，不能再改。', {}, '请刷新页面看看现在到了哪一步。');
  }
}

/** The act was taken by somebody else at the same moment. */
export class NoticeJustMoved extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_JUST_MOVED';

  constructor() {
    super('这张公示刚刚被别人办过了，这一次没有再办。', {}, '请刷新页面看看现在到了哪一步。');
  }
}

/** Many sign at the same moment, and each print was overtaken. Nothing is done. */
export class NumbersBusy extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NUMBERS_BUSY';

  constructor() {
    super('签发公示的人太多，这一次没有取到文号。', {}, '请过几秒再签一次，不会重复。');
  }
}

const PLAN_FAULTS: Readonly<Record<PlanFault, string>> = {
  past: '计划张贴日不能早于今天',
  far: `计划张贴日最晚是 ${MOST_DAYS_TO_POSTING} 天以后`,
};

export class PlannedPostingWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PLANNED_POSTING_WRONG';

  constructor(why: PlanFault) {
    super(`${PLAN_FAULTS[why]}。`, {}, '请改计划张贴日。');
  }
}

const POSTING_FAULTS: Readonly<Record<PostingFault, string>> = {
  future: '张贴时间还没有到，请填实际张贴的时间',
  'before-signing': '张贴时间早于签发时间，没有签发的公示不能张贴',
};

export class PostingTimeWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'POSTING_TIME_WRONG';

  constructor(why: PostingFault) {
    super(`${POSTING_FAULTS[why]}。`, {}, '请改张贴时间。');
  }
}

export class NotSignedYet extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_NOT_SIGNED';

  constructor() {
    super('这张公示还没有签发，没有可以打印的公示单。', {}, '请理事长或副理事长先签发。');
  }
}

export class PhotoNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTICE_PHOTO_NEEDED';

  constructor() {
    super('请拍一张照片再交。', {}, '照片要看得清公示单和张贴的地方。');
  }
}
