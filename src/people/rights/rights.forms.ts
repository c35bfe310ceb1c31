import { Choice, DayField, Lines } from '../../platform/web/fields.js';
import type { Day } from '../../kernel/day.js';
import { RIGHTS, WAYS_ASKED } from '../domain/person-right.js';
import type { Right, WayAsked } from '../domain/person-right.js';

export class PersonRequestForm {
  @Choice(RIGHTS, '请选择本人要什么')
  readonly kind!: Right;

  @Choice(WAYS_ASKED, '请选择是怎么提出的')
  readonly how!: WayAsked;

  @DayField('提出的日期')
  readonly askedOn!: Day;
}

export class RequestDeclinedForm {
  @Lines({ label: '不同意的原因', min: 2, max: 200 })
  readonly words!: string;
}
