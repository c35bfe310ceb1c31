import { DomainError } from '../../kernel/domain-error.js';
import type { TextKey } from './notice-texts.js';

export class NoticeTextUnknown extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOTICE_TEXT_UNKNOWN';

  constructor() {
    super('公示里没有这样一句可以改的话。', {}, '请从公示用语的列表里打开。');
  }
}

/** The words cannot stand in a notice. They are not repeated: a refusal is logged. */
export class NoticeTextRefused extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTICE_TEXT_REFUSED';

  constructor(key: TextKey, fault: string) {
    super(`${fault}。`, { key });
  }
}

/** Old notices keep what they say: a text holds from today or from a later day. */
export class NoticeTextDayWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'NOTICE_TEXT_DAY_WRONG';

  constructor(most: number) {
    super(`从今天起，或者从以后 ${most} 天里的一天起。`, { most }, '已经签发的公示不会变。');
  }
}

/** Of a village that belongs to somebody, whoever stands above says how its notices speak. */
export class NoticeTextSetAbove extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_TEXT_SET_ABOVE';

  constructor(above: string) {
    super(`本社的公示用语由${above}定，本社不能自己改。`, {}, `要换说法，请和${above}联系。`);
  }
}

export class NoticeTextUnchanged extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTICE_TEXT_UNCHANGED';

  constructor() {
    super('本社自己没有写过这一句，用的就是上一级的说法。', {}, '不用再改。');
  }
}
