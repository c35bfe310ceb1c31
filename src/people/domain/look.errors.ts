import { DomainError } from '../../kernel/domain-error.js';
import { LOOK_FIELD_WORDS, LOOK_LIMITS } from './look.js';
import type { LookField, LookRefusal } from './look.js';

const REFUSED: Readonly<Record<LookRefusal, readonly [message: string, advice: string]>> = {
  NOT_YOURS: ['您的职务不能查看完整的个人信息。', '需要核对的，请找本社的秘书长。'],
  CASE_OVER: ['这个案件已经办完，完整的个人信息不再给看。', '信息写错了要改的，请秘书长选“纠错”。'],
  OF_KIN: ['这是您本人或您亲属的案件，您不能查看完整的个人信息。', '请换一位没有关系的人查看。'],
  REASON_UNFIT: ['您的职务不能用这个理由查看。', '请选和您职务相符的理由。'],
};

/** Kept in the trail like every refusal of its kind. */
export class LookRefused extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code: `LOOK_${LookRefusal}`;

  constructor(refusal: LookRefusal) {
    const [message, advice] = REFUSED[refusal];
    super(message, {}, advice);
    this.code = `LOOK_${refusal}`;
  }
}

const LIMIT_WORDS = {
  DAY: [
    `今天已经查看了 ${LOOK_LIMITS.perDay} 次，到了一天的上限。`,
    '请明天再看；急着核对的，请本社另一位有权的人看。',
  ],
  WHILE: [
    `${LOOK_LIMITS.whileMinutes} 分钟里已经查看了 ${LOOK_LIMITS.perWhile} 次。`,
    `请过 ${LOOK_LIMITS.whileMinutes} 分钟再看。`,
  ],
} as const;

export class LooksExhausted extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'LOOK_LIMIT_REACHED';

  constructor(limit: 'DAY' | 'WHILE') {
    const [message, advice] = LIMIT_WORDS[limit];
    const { perDay, perWhile, whileMinutes } = LOOK_LIMITS;
    super(message, { perDay, perWhile, whileMinutes }, advice);
  }
}

export class NothingToLookAt extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_LOOK_AT';

  constructor(field: LookField | null) {
    const words = field === null ? '这一项' : LOOK_FIELD_WORDS[field];
    super(`还没有登记${words}。`, {}, '请先在名册或案件里登记。');
  }
}

export class LookOver extends DomainError {
  override readonly kind = 'gone';
  override readonly code = 'LOOK_OVER';

  constructor() {
    super('这次查看已过 2 分钟，不再显示。', {}, '还要看的，请回到案件，重新选理由。');
  }
}
