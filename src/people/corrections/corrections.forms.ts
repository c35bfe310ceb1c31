import { Choice, Lines, Text } from '../../platform/web/fields.js';
import { CORRECTED_FIELDS } from '../domain/person-correction.js';
import type { CorrectedField } from '../domain/person-correction.js';

export class PersonCorrectionForm {
  @Choice(CORRECTED_FIELDS, '请选择更正哪一项')
  readonly field!: CorrectedField;

  @Text({ label: '正确的写法', max: 50 })
  readonly after!: string;

  @Text({ label: '更正的原因', min: 2, max: 200 })
  readonly reason!: string;
}

export class CorrectionDeclinedForm {
  @Lines({ label: '退回的原因', min: 2, max: 200 })
  readonly words!: string;
}
