import { Text } from '../../platform/web/fields.js';

/** Six digits from a phone, or the check code of a paper. */
export class PrintCodeForm {
  @Text({ label: '打印码', max: 20 })
  readonly code!: string;
}
