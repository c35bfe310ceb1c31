import { ValidateIf } from 'class-validator';
import { Choice, Count, DayField, Lines, OptionalChoice, Uuid } from '../platform/web/fields.js';
import type { Day } from '../kernel/day.js';
import type { BreachHeard } from './breaches.service.js';
import { APPEAL_WAYS, HEARD_WAYS, MOST_MONTHS, TOLD_BY_HAND } from './domain/breach.js';
import type { AppealOutcome, AppealWay, HeardWay, ToldByHand } from './domain/breach.js';

const WORDS = { min: 2, max: 1000 } as const;

export class ProposeBreachForm {
  @Uuid('请选一个依据')
  readonly groundId!: string;

  @Lines({ label: '违反承诺的情况', ...WORDS })
  readonly reason!: string;

  @Count('记多少个月', { min: 1, max: MOST_MONTHS })
  readonly months!: number;
}

export class HearBreachForm {
  @Choice(HEARD_WAYS, '请选择是怎么说明的')
  readonly how!: HeardWay;

  /** Left out where nobody said anything. */
  @ValidateIf(({ how }: HearBreachForm) => how !== 'SILENT')
  @Lines({ label: '说明的内容', ...WORDS })
  readonly statement?: string;

  /** Where nobody said anything, and no text went out. */
  @OptionalChoice(TOLD_BY_HAND, '请选择是怎么通知的')
  readonly toldHow?: ToldByHand;

  @DayField('通知的日期', { optional: true })
  readonly toldOn?: Day;
}

export function heardOf(breachId: string, { how, statement, toldHow, toldOn }: HearBreachForm): BreachHeard {
  const told = toldHow === undefined || toldOn === undefined ? null : { toldHow, toldOn };
  return { breachId, how, statement: statement ?? null, told };
}

export class EndBreachForm {
  @Lines({ label: '原因', ...WORDS })
  readonly words!: string;
}

export class AppealBreachForm {
  @Choice(APPEAL_WAYS, '请选择是怎么提出的')
  readonly how!: AppealWay;

  @DayField('提出的日期')
  readonly madeOn!: Day;

  @Lines({ label: '申诉的理由', ...WORDS })
  readonly said!: string;
}

export class AnswerAppealForm {
  @Choice(['UPHELD', 'REJECTED'], '请选择申诉是否成立')
  readonly outcome!: AppealOutcome;

  @Lines({ label: '答复的理由', ...WORDS })
  readonly words!: string;
}
