import { Choice } from '../../platform/web/fields.js';

export class MyTextsForm {
  @Choice(['YES', 'NO'], '请选愿意收，还是不收')
  readonly choice!: 'YES' | 'NO';
}
