import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { button, choiceField, errorsOf } from '../../platform/web/views.js';
import type { ButtonView, ChoiceView, ErrorView, TagView } from '../../platform/web/views.js';
import { NOTICE_STATE_TAG } from '../notice-state-tag.js';
import { MOST_IN_A_LIST, spanWords } from '../domain/donation-list.js';
import type { ListSpan } from '../domain/donation-list.js';
import type { ListRow, Waiting } from './donation-list.queries.js';

export const LISTS = '/s/donations/lists';

type ListItem = {
  readonly title: string;
  readonly state: TagView;
  readonly words: string;
  readonly number: string | null;
  readonly notice: string;
  /** Leads to the question whether to take it back; null for what is signed, and for whoever may not. */
  readonly withdraw: string | null;
  readonly confirm: { readonly action: string; readonly back: string } | null;
};

export type ListsView = {
  readonly title: string;
  readonly waiting: string;
  readonly draft: ButtonView | null;
  readonly lists: readonly ListItem[];
  readonly nothing: { readonly words: string; readonly actions: readonly ButtonView[] };
  readonly older: string | null;
};

export type ListsFacts = {
  readonly page: { readonly rows: readonly ListRow[]; readonly next: string | null };
  readonly waiting: Waiting;
  readonly mayDraft: boolean;
  /** The one draft whose taking back is to be confirmed. */
  readonly withdrawing: string | null;
};

export function listsView({ page, waiting, mayDraft, withdrawing }: ListsFacts): ListsView {
  return {
    title: '捐赠公示',
    waiting: waitingWords(waiting),
    draft: mayDraft && waiting.gifts > 0 ? button('起草捐赠公示', 'main', `${LISTS}/new`) : null,
    lists: page.rows.map((list) => {
      const mayWithdraw = mayDraft && list.noticeState === 'DRAFT';
      const isAsked = mayWithdraw && withdrawing === list.id;
      return {
        title: spanOf(list),
        state: NOTICE_STATE_TAG[list.noticeState],
        words: `${list.gifts} 笔，合计 ${yuanText(list.totalFen)} 元`,
        number: list.number,
        notice: `/s/notices/${list.noticeId}`,
        withdraw: mayWithdraw && !isAsked ? `${LISTS}?withdraw=${list.id}` : null,
        confirm: isAsked ? { action: `${LISTS}/${list.id}/withdrawal`, back: LISTS } : null,
      };
    }),
    nothing: { words: '还没有捐赠公示。', actions: [] },
    older: page.next ? `${LISTS}?after=${page.next}` : null,
  };
}

function waitingWords({ gifts, totalFen }: Waiting): string {
  return gifts === 0
    ? '收到的捐赠都已经列进公示。'
    : `还有 ${gifts} 笔捐赠没有公示，合计 ${yuanText(totalFen)} 元。`;
}

const spanOf = ({ firstDay, lastDay }: ListRow): string =>
  firstDay === lastDay ? dayWords(firstDay) : `${dayWords(firstDay)}至${dayWords(lastDay)}`;

export type NewListView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly span: ChoiceView;
  readonly most: string;
};

export type NewListFacts = {
  readonly today: Day;
  readonly spans: readonly { readonly span: ListSpan; readonly waiting: Waiting }[];
};

export function newListView({ today, spans }: NewListFacts, typed: Typed, errors: FieldErrors): NewListView {
  const options = spans.map(({ span, waiting: { gifts, totalFen } }) => ({
    value: span,
    label: spanWords(span, today),
    hint: gifts === 0 ? '没有还没公示的捐赠' : `${gifts} 笔，合计 ${yuanText(totalFen)} 元`,
  }));
  return {
    title: '起草捐赠公示',
    action: LISTS,
    back: LISTS,
    errors: errorsOf(errors),
    span: choiceField('span', '公示到哪一天收到的捐赠？', options, typed, errors, {
      hint: '以前没有公示过的都会列上，每笔只公示一次',
    }),
    most: String(MOST_IN_A_LIST),
  };
}
