import type { Day } from '../../kernel/day.js';
import { WAYS_ASKED } from '../../people/domain/person-right.js';
import type { WayAsked } from '../../people/domain/person-right.js';
import { Choice, DayField, Lines, OptionalText, Uuid } from '../../platform/web/fields.js';
import { DONOR_RIGHTS, OWN_RIGHTS } from '../domain/donor-right.js';
import type { DonorRight } from '../domain/donor-right.js';

export class DonorRequestForm {
  @Choice(DONOR_RIGHTS, '请选择本人要什么')
  readonly kind!: DonorRight;

  @Choice(WAYS_ASKED, '请选择是怎么提出的')
  readonly how!: WayAsked;

  @DayField('提出的日期')
  readonly askedOn!: Day;

  @OptionalText({ label: '哪里写错了', max: 200 })
  readonly wish?: string;
}

export class OwnRequestForm {
  @Choice(OWN_RIGHTS, '请选择要改正还是要删除')
  readonly kind!: Exclude<DonorRight, 'COPY'>;

  @OptionalText({ label: '哪里写错了', max: 200 })
  readonly wish?: string;
}

/** The same on the page, where the record is chosen in the form. */
export class OwnRequestOfForm extends OwnRequestForm {
  @Uuid('请选择向哪个互助社提')
  readonly donorId!: string;
}

export class OwnContactForm {
  @OptionalText({ label: '手机号', max: 20 })
  readonly phone?: string;

  @OptionalText({ label: '家乡', max: 40 })
  readonly homePlace?: string;
}

export class DonorRequestDeclinedForm {
  @Lines({ label: '不同意的原因', min: 2, max: 200 })
  readonly words!: string;
}
