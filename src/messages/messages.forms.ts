import { Choice, Text } from '../platform/web/fields.js';

export class MessageChoiceForm {
  @Text({ label: '手机号码', max: 40 })
  readonly number!: string;

  @Choice(['YES', 'NO'], '请选愿意收，还是不再收')
  readonly choice!: 'YES' | 'NO';
}
