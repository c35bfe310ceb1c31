import type { Recusal } from '../board/index.js';
import { Choice } from '../platform/web/fields.js';
import { Recusals } from './cases.forms.js';
import { WRITE_OFF_REASONS } from './domain/write-off.js';
import type { WriteOffReason } from './domain/write-off.js';

export class WriteOffForm {
  @Choice(WRITE_OFF_REASONS, '请选为什么不再追')
  readonly reason!: WriteOffReason;

  @Recusals()
  readonly recusals: Recusal[] = [];
}
