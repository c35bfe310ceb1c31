import { dayWords } from '../kernel/chinese/words.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, errorsOf, row, table, textField } from '../platform/web/views.js';
import type { ChoiceView, ErrorView, SummaryRow, TableView, TextFieldView } from '../platform/web/views.js';
import type { AppealListed, AppealReading } from './appeals.reading.js';
import { APPEAL_WAY_WORDS, APPEAL_WORDS, BREACH_KIND_WORDS, HEARD_WORDS } from './domain/breach.js';

export type AppealsView = { readonly title: string; readonly waiting: TableView };

export function appealsView(waiting: readonly AppealListed[]): AppealsView {
  return {
    title: '失信标记的申诉',
    waiting: table(
      '等答复的申诉',
      ['谁', '哪个社', '哪天提出'],
      waiting.map(({ appeal, maskedName, societyName }) => [
        { words: maskedName, href: `/s/breaches/appeals/${appeal.id}` },
        societyName,
        dayWords(appeal.madeOn),
      ]),
      '没有等答复的申诉。',
    ),
  };
}

export type AppealView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  readonly answer: {
    readonly action: string;
    readonly outcome: ChoiceView;
    readonly words: TextFieldView;
  } | null;
};

/** Names masked: whoever answers from above does not know the village. */
export function appealView(reading: AppealReading, typed: Typed, errors: FieldErrors): AppealView {
  const { appeal, flag, maskedName, societyName, mayAnswer } = reading;
  const { heardHow, statement, untilOn } = flag;
  return {
    title: '失信标记的申诉',
    errors: errorsOf(errors),
    facts: [
      row('谁', maskedName),
      row('哪个社', societyName),
      row('违反', BREACH_KIND_WORDS[flag.kind]),
      row('社里写的情况', flag.reason),
      row('本人当时的说明', `${statement ?? ''}${heardHow ? `（${HEARD_WORDS[heardHow]}）` : ''}`),
      row('标记到什么时候', untilOn === null ? '' : dayWords(untilOn)),
      row('申诉的理由', appeal.words),
      row('怎么提出的', `${APPEAL_WAY_WORDS[appeal.how]}，${dayWords(appeal.madeOn)}`),
      row('结果', APPEAL_WORDS[appeal.state]),
      ...(appeal.answer === null ? [] : [row('答复', appeal.answer)]),
    ],
    answer: mayAnswer
      ? {
          action: `/s/breaches/appeals/${appeal.id}/answer`,
          outcome: choiceField(
            'outcome',
            '申诉成立吗？',
            [
              { value: 'UPHELD', label: '成立', hint: '标记马上撤销，以后不再显示' },
              { value: 'REJECTED', label: '不成立', hint: '标记不变，到期自动失效' },
            ],
            typed,
            errors,
          ),
          words: textField('words', '为什么？', typed, errors, {
            rows: 4,
            secret: true,
            hint: '不写姓名。这段话要给本人看。',
          }),
        }
      : null,
  };
}
