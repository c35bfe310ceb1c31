import { Choice, OptionalText } from '../../platform/web/fields.js';
import { LOOK_FIELDS, LOOK_REASONS } from '../domain/look.js';
import type { LookField, LookReason } from '../domain/look.js';

export class LookForm {
  @Choice(LOOK_FIELDS, '请选择要看哪一项')
  readonly field!: LookField;

  @Choice(LOOK_REASONS, '请选择为什么要看')
  readonly reason!: LookReason;

  @OptionalText({ label: '补充说明', max: 100 })
  readonly note?: string;
}

/** From the address of the page; null for none of them. */
export const lookFieldIn = (text: unknown): LookField | null =>
  LOOK_FIELDS.find((field) => field === text) ?? null;
