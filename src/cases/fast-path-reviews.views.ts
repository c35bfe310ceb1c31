import { instantWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, errorsOf, row } from '../platform/web/views.js';
import type { ChoiceView, ErrorView, SummaryRow } from '../platform/web/views.js';
import { LIFT_REASONS, LIFT_WORDS, RISK_WORDS, seatWords } from './domain/fast-path.js';
import type { NotRatifiedBelow } from './fast-path-reviews.queries.js';

export type FastPathReviewView = {
  readonly title: string;
  readonly help: string;
  readonly facts: readonly SummaryRow[];
  readonly form: { readonly action: string; readonly seat: ChoiceView; readonly reason: ChoiceView } | null;
  readonly errors: readonly ErrorView[];
};

/** What the town reads of it, and whom it lets sign again. */
export function fastPathReviewView(
  below: NotRatifiedBelow,
  mayRestore: boolean,
  typed: Typed,
  errors: FieldErrors,
): FastPathReviewView {
  const { societyName, caseNumber, amountFen, risk, since, heldOff } = below;
  const heldWords = heldOff.map((seat) => seatWords(seat, below)).join('、');
  return {
    title: `复核紧急快办：${caseNumber}`,
    help: '村理事会没有追认这件紧急快办。钱不追回；查清楚以后，可以一位一位恢复他们签紧急快办。还没恢复的继续暂停。',
    facts: [
      row('哪个村', societyName),
      row('案号', caseNumber),
      row('金额', `${yuanText(amountFen)} 元`),
      row('为什么快办', RISK_WORDS[risk]),
      row('没有追认', instantWords(since)),
      row('还在暂停的', heldWords === '' ? '没有，都恢复了' : heldWords),
    ],
    form:
      mayRestore && heldOff.length > 0
        ? {
            action: `/s/town/fast-paths/${below.fastPathId}`,
            seat: choiceField(
              'seat',
              '恢复谁？',
              heldOff.map((value) => ({ value, label: seatWords(value, below) })),
              typed,
              errors,
            ),
            reason: choiceField(
              'reason',
              '为什么恢复？',
              LIFT_REASONS.map((value) => ({ value, label: LIFT_WORDS[value] })),
              typed,
              errors,
            ),
          }
        : null,
    errors: errorsOf(errors),
  };
}
