import { Uuid } from '../../platform/web/fields.js';

/** The sheet that was shown, to be taken in. */
export class ConfirmGiftImportForm {
  @Uuid('请重新上传表格')
  readonly importId!: string;
}
