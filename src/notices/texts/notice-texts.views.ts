import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { dayField, errorsOf, table, textField } from '../../platform/web/views.js';
import type { ErrorView, TableView, TextFieldView } from '../../platform/web/views.js';
import { TEXTS } from '../domain/notice-texts.js';
import type { TextNow } from './notice-texts.reading.js';

export const NOTICE_TEXTS = '/s/notices/texts';

const whose = ({ setBy, isOwn }: TextNow): string => {
  if (setBy === null) return '通用说法';
  return isOwn ? '本单位的说法' : `${setBy}的说法`;
};

export type TextsView = {
  readonly title: string;
  /** Who says so instead; null where this organisation does. */
  readonly setter: string | null;
  readonly texts: readonly {
    readonly label: string;
    readonly where: string;
    readonly text: string;
    readonly whose: string;
    readonly edit: string | null;
  }[];
};

export function textsView(texts: readonly TextNow[], setter: string | null, maySet: boolean): TextsView {
  return {
    title: '公示用语',
    setter,
    texts: texts.map((text) => ({
      label: TEXTS[text.key].label,
      where: TEXTS[text.key].where,
      text: text.text === '' ? '（现在不写）' : text.text,
      whose: whose(text),
      edit: maySet && setter === null ? `${NOTICE_TEXTS}/${text.key}` : null,
    })),
  };
}

export type TextView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: string;
  readonly where: string;
  readonly now: string;
  readonly fromAbove: string;
  /** Who says so instead: then nothing is written here. */
  readonly setter: string | null;
  readonly slots: string | null;
  readonly action: string;
  readonly sampleAction: string;
  readonly text: TextFieldView;
  readonly validFrom: TextFieldView;
  /** Shown to whoever has set words of their own. */
  readonly takeBack: boolean;
  readonly versions: TableView;
  /** The notice as it would read; null before it was asked for. */
  readonly html: string | null;
};

export type TextFacts = {
  readonly text: TextNow;
  readonly setter: string | null;
  readonly today: Day;
  readonly html: string | null;
};

export function textView(
  { text, setter, today, html }: TextFacts,
  typed: Typed,
  errors: FieldErrors,
): TextView {
  const { key, versions } = text;
  const { label, where, slots } = TEXTS[key];
  const takeBack = versions[0]?.text !== undefined && versions[0].text !== null;
  const usual = { text: text.text, validFrom: today, ...typed };
  return {
    title: label,
    errors: errorsOf(errors),
    back: NOTICE_TEXTS,
    where: `写在：${where}。`,
    now: `现在是${whose(text)}。`,
    fromAbove: text.fromAbove === '' ? '（不写）' : text.fromAbove,
    setter,
    slots: slots.length === 0 ? null : slots.map((slot) => `【${slot}】`).join('、'),
    action: `${NOTICE_TEXTS}/${key}`,
    sampleAction: `${NOTICE_TEXTS}/${key}/sample`,
    text: textField('text', '怎么说', usual, errors, {
      rows: 4,
      hint: '用公示里常用的词写；不能写人名、号码，也不能说某个人的事',
    }),
    validFrom: dayField('validFrom', '从哪天起', usual, errors, { hint: '那天以后起草的公示用新的说法' }),
    takeBack,
    versions: table(
      '本单位写过的',
      ['从哪天起', '怎么说'],
      versions.map(({ validFrom, text: words }) => [dayWords(validFrom), words ?? '用回上一级的说法']),
      '本单位还没有写过。',
    ),
    html,
  };
}
