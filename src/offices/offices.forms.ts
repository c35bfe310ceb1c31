import { Choice, DayField, Flag, OptionalText, Uuid } from '../platform/web/fields.js';
import { OFFICES } from './domain/office.js';
import type { Office } from './domain/office.js';

/** Sent by POST: what is typed may be a name. */
export class FindPersonForm {
  @OptionalText({ label: '姓名、拼音首字母或手机尾号后四位', max: 50 })
  readonly q?: string;
}

export class AppointmentForm {
  @Uuid('请从名册里选一位')
  readonly personId!: string;

  @Choice(OFFICES, '请选择职务')
  readonly office!: Office;

  @DayField('任期第一天')
  readonly fromOn!: string;

  @DayField('任期最后一天')
  readonly untilOn!: string;

  /** The sheet of the pledge was signed already. */
  @Flag()
  readonly pledged!: boolean;
}

export class OfficerPledgeForm {
  @Choice(['PAPER', 'ON_SCREEN'] as const, '请选择是怎么签的')
  readonly how!: 'PAPER' | 'ON_SCREEN';
}

export class EndForm {
  @DayField('从哪天起不再担任')
  readonly endedOn!: string;
}
