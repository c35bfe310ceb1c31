import { day } from '../../kernel/day.js';
import { DayField, Flag, OptionalText } from '../../platform/web/fields.js';
import { NoticeTextUnknown } from '../domain/notice-text.errors.js';
import { TEXT_KEYS } from '../domain/notice-texts.js';
import type { TextKey } from '../domain/notice-texts.js';
import type { TextTyped } from './notice-texts.service.js';

export class NoticeTextForm {
  @OptionalText({ label: '怎么说', max: 400 })
  readonly text?: string;

  /** Takes back what was said here: the words from above hold again. */
  @Flag()
  readonly takeBack!: boolean;

  @DayField('从哪天起')
  readonly validFrom!: string;
}

export function textKeyOf(key: string): TextKey {
  const known = TEXT_KEYS.find((each) => each === key);
  if (known === undefined) throw new NoticeTextUnknown();
  return known;
}

export function textTypedOf(key: TextKey, { text, takeBack, validFrom }: NoticeTextForm): TextTyped {
  return { key, text: takeBack ? null : (text ?? '').trim(), validFrom: day(validFrom) };
}
