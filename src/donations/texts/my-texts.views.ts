import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { choiceField, errorsOf } from '../../platform/web/views.js';
import type { ChoiceView, ErrorView } from '../../platform/web/views.js';
import { MY_GIFTS } from '../trace/my-gifts.views.js';
import type { TextChoice } from './my-texts.service.js';

export const MY_TEXTS = '/d/texts';

export type MyTextsView = {
  readonly title: string;
  readonly back: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly said: string;
  readonly choice: ChoiceView;
};

const SAID = {
  YES: '现在：愿意收。',
  NO: '现在：不收。',
} as const;

export function myTextsView(choice: TextChoice, typed: Typed, errors: FieldErrors): MyTextsView {
  return {
    title: '捐赠用途短信',
    back: MY_GIFTS,
    action: MY_TEXTS,
    errors: errorsOf(errors),
    said: choice === null ? '您还没有选过，现在不发。' : SAID[choice],
    choice: choiceField(
      'choice',
      '捐赠用出去了，要不要发短信告诉您？',
      [
        { value: 'YES', label: '愿意收', hint: '一天最多一条，只说用于几户，不写姓名和事由' },
        { value: 'NO', label: '不收' },
      ],
      typed,
      errors,
    ),
  };
}
