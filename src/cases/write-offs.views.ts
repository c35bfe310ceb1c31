import type { Director } from '../board/index.js';
import { dayWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { button, choiceField, errorsOf, row } from '../platform/web/views.js';
import type { ButtonView, ChoiceView, ErrorView, SelectView, SummaryRow } from '../platform/web/views.js';
import { recusalField } from './case-forms.views.js';
import { reasonsFor, WRITE_OFF_WORDS } from './domain/write-off.js';
import type { OwedBelow } from './write-offs.queries.js';

export type WriteOffView = {
  readonly title: string;
  readonly help: string;
  readonly facts: readonly SummaryRow[];
  /** To the round that is open; null while nobody has asked. */
  readonly round: ButtonView | null;
  readonly form: {
    readonly action: string;
    readonly reason: ChoiceView;
    readonly recusals: readonly SelectView[];
  } | null;
  readonly errors: readonly ErrorView[];
};

/** What a village has still to get back, and the question to the union's own board. */
export function writeOffView(
  owed: OwedBelow,
  directors: readonly Director[],
  mayAsk: boolean,
  typed: Typed,
  errors: FieldErrors,
): WriteOffView {
  const canAsk = mayAsk && owed.roundId === null && owed.outstandingFen > 0;
  return {
    title: `追不回的钱：${owed.caseNumber}`,
    help: owed.isObjected
      ? '对撤销公示的异议成立了，这笔钱可能不该再追。由镇联合社理事会表决核销；认为撤销没有错的，由村里的监事确认维持原样。'
      : '村里催过、确实追不回的，由镇联合社理事会表决核销。表决通过后要公示，以后又追回的照样入账。',
    facts: [
      row('哪个村', owed.societyName),
      row('案号', owed.caseNumber),
      row('应退回', `${yuanText(owed.demandedFen)} 元`),
      row('已追回', `${yuanText(owed.recoveredFen)} 元`),
      row('还没追回', `${yuanText(owed.outstandingFen)} 元`),
      row('应在哪天以前还', dayWords(owed.dueOn)),
    ],
    round: owed.roundId === null ? null : button('看表决', 'main', `/s/rounds/${owed.roundId}`),
    form: canAsk
      ? {
          action: `/s/town/recoveries/${owed.recoveryId}`,
          reason: choiceField(
            'reason',
            '为什么不再追？',
            reasonsFor(owed).map((value) => ({ value, label: WRITE_OFF_WORDS[value] })),
            typed,
            errors,
          ),
          recusals: directors.map((director, i) => recusalField(director, i, typed, errors)),
        }
      : null,
    errors: errorsOf(errors),
  };
}
