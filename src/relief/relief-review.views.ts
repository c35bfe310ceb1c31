import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, textField } from '../platform/web/views.js';
import type { ChoiceView, LinkView, TableView, TextFieldView } from '../platform/web/views.js';
import { REVIEW_REASONS, REVIEW_WORDS } from './domain/relief-words.js';
import { factsView, reviewsTable } from './relief-facts.views.js';
import type { FactsView } from './relief-facts.views.js';
import { formOf, options } from './relief-state.views.js';
import type { FormView } from './relief-state.views.js';
import type { ReliefPageFacts } from './relief.reading.js';

/** Left the facts in the order in which they are judged, right the box where it is decided (pages.md 8.7). */
export type ReviewView = FormView & {
  readonly facts: FactsView;
  readonly warnings: readonly string[];
  /** That two have to say yes, and who has. */
  readonly two: string | null;
  readonly reviews: TableView | null;
  /** Why whoever looks may not decide. */
  readonly refused: string | null;
  readonly reason: ChoiceView;
  readonly note: TextFieldView;
  readonly sendBack: LinkView | null;
};

export function reviewView(
  facts: ReliefPageFacts,
  hints: readonly string[],
  typed: Typed,
  errors: FieldErrors,
): ReviewView {
  const { known, desk, sum, returns } = facts;
  return {
    ...formOf(facts, '审核', 'review', errors),
    facts: factsView(facts),
    warnings: [
      ...hints,
      ...(known.verifyResult === 'ABNORMAL' ? ['核实的结果异常，请看核实情况。'] : []),
      ...(sum?.sheet.grantFen === 0 ? ['按规则算出来是 0 元，审核通过以后记不予救助。'] : []),
    ],
    two: desk?.reviewsNeeded === 2 ? twoWords(desk.reviews.map(({ name }) => name)) : null,
    reviews: desk && desk.reviews.length > 0 ? reviewsTable(desk) : null,
    refused: refusedWords(facts),
    reason: choiceField('reason', '为什么通过？', options(REVIEW_REASONS, REVIEW_WORDS), typed, errors),
    note: textField('note', '说明', typed, errors, {
      rows: 3,
      optional: true,
      secret: true,
      hint: '写进案卷，不公开；选了“其他”请写明',
    }),
    sendBack: returns.length < 2 ? { words: '退回补正', href: `/s/relief/${known.id}/return` } : null,
  };
}

function twoWords(names: readonly string[]): string {
  const [first] = names;
  return first === undefined
    ? '这一件要两人审核：您是第一审，通过以后还要另一位审。'
    : `这一件要两人审核：第一审 ${first} 已过，您是第二审。`;
}

function refusedWords({ known, desk, actor: { personId } }: ReliefPageFacts): string | null {
  if (personId === null) return '只有本人的账号能审核。';
  if (known.handledBy.includes(personId)) return '您经办过这一件，不能再审核。请另一位审核员审核。';
  const reviewed = desk?.reviews.some(({ reviewerId }) => reviewerId === personId) ?? false;
  return reviewed ? '您已经审过了，还要另一位审核员审。' : null;
}
