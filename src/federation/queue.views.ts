import { CAUSE_WORDS, CAUSES } from '../kernel/causes.js';
import { remainingWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import { errorsOf, selectField, table, tag, textField } from '../platform/web/views.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import type {
  Colour,
  ErrorView,
  LinkView,
  SelectView,
  TableView,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import { RELIEF_STATE_WORDS } from '../relief/domain/relief-words.js';
import {
  DESK_STATES,
  DUE_WORDS,
  DUES,
  GRANT_STATE_WORDS,
  GRANT_STATES,
  isNarrowed,
  placeText,
  queryOf,
  SUBJECT_KINDS,
  SUBJECT_WORDS,
  VIEW_WORDS,
  VIEWS,
} from './domain/desk-filter.js';
import type { DeskFilter, GrantState, QueueState } from './domain/desk-filter.js';
import type { QueueLease, QueueRow } from './domain/queue.js';
import { RISK_LEVELS, RISK_WORDS, signWords } from './domain/risks.js';
import type { RiskLevel } from './domain/risks.js';
import { MOST_VIEWS } from './domain/terms.js';
import type { QueueFacts } from './queue.reading.js';

export type QueueView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly tabs: readonly (LinkView & { readonly current: boolean })[];
  readonly saved: readonly (LinkView & { readonly removal: string; readonly name: string })[];
  readonly selects: readonly SelectView[];
  readonly society: TextFieldView;
  /** The number that is looked for: its field carries the key of the search. */
  readonly sought: string;
  readonly view: string;
  readonly count: string;
  readonly clear: string | null;
  readonly rows: TableView;
  readonly first: string | null;
  readonly next: string | null;
  /** Null for whoever only reads. */
  readonly naming: { readonly name: TextFieldView; readonly query: string } | null;
};

const nameField = (named: Typed, errors: FieldErrors): TextFieldView =>
  textField('name', '这个视图叫什么', named, errors, { hint: `最多存 ${MOST_VIEWS} 个`, short: true });

const COLOURS: Readonly<Record<RiskLevel, Colour>> = { HIGH: 'red', SOME: 'yellow', NONE: 'grey' };

export function queueView(
  { accountId, roles, now, filter, page, counts, views, isLater }: QueueFacts,
  named: Typed = {},
  errors: FieldErrors = {},
): QueueView {
  const typed = Object.fromEntries(
    Object.entries({ ...filter, q: filter.text }).map(([name, value]) => [name, value ?? '']),
  );
  const listOf = <Value extends string>(
    name: string,
    label: string,
    values: readonly Value[],
    words: (value: Value) => string,
  ) => {
    const options = [
      { value: '', label: '全部' },
      ...values.map((value) => ({ value, label: words(value) })),
    ];
    return selectField(name, label, options, typed, {});
  };
  const head = `/s/desk?${queryOf(filter)}`;
  return {
    title: '审核台',
    errors: errorsOf(errors),
    tabs: VIEWS.map((view) => ({
      words: `${VIEW_WORDS[view]}（${counts[view]}）`,
      href: `/s/desk?view=${view}`,
      current: view === filter.view,
    })),
    saved: views.map(({ id, name, query }) => ({
      words: name,
      name,
      href: `/s/desk?${query}`,
      removal: `/s/desk/views/${id}/removal`,
    })),
    selects: [
      listOf('kind', '类别', SUBJECT_KINDS, (kind) => SUBJECT_WORDS[kind]),
      listOf('cause', '事由', CAUSES, (cause) => CAUSE_WORDS[cause]),
      listOf('state', '状态', [...GRANT_STATES, ...DESK_STATES], stateWords),
      listOf('risk', '风险', RISK_LEVELS, (risk) => RISK_WORDS[risk]),
      listOf('due', '到期', DUES, (due) => DUE_WORDS[due]),
    ],
    society: textField('society', '社', typed, {}, { optional: false }),
    sought: filter.text,
    view: filter.view,
    count: `共 ${page.count} 件`,
    clear: isNarrowed(filter) ? `/s/desk?view=${filter.view}` : null,
    rows: table(
      '等着审的件',
      ['编号', '社', '事由', '金额（元）:', '到期', '风险', '经办'],
      page.rows.map((row) => [
        { words: row.text, href: hrefOf(row, filter, roles) },
        row.societyName,
        CAUSE_WORDS[row.cause],
        yuanText(row.amountFen),
        dueCell(row, now),
        { words: signsShort(row), tag: tag(COLOURS[row.risk], RISK_WORDS[row.risk]) },
        handlerWords(row, accountId),
      ]),
      isNarrowed(filter) ? '没有这样的件，换个条件看看。' : '现在没有要审的。',
    ),
    first: isLater ? head : null,
    next: page.next ? `${head}&after=${placeText(page.next)}` : null,
    naming: roles.includes('auditor') ? null : { name: nameField(named, errors), query: queryOf(filter) },
  };
}

export function stateWords(state: QueueState): string {
  return GRANT_STATES.includes(state as GrantState)
    ? GRANT_STATE_WORDS[state as GrantState]
    : RELIEF_STATE_WORDS[state as Exclude<QueueState, GrantState>];
}

/** To the page on which it is judged, with the view that it was opened from; to the case itself for whoever judges nothing. */
export function hrefOf(row: QueueRow, filter: DeskFilter, roles: readonly string[] = ['reviewer']): string {
  if (row.kind === 'grant') return `/s/desk/cases/${row.id}?${queryOf(filter, { at: placeText(row) })}`;
  if (row.state !== 'ASSESSED' || !roles.includes('reviewer')) return `/s/relief/${row.id}`;
  return `/s/relief/${row.id}/review?${queryOf(filter, { at: placeText(row) })}`;
}

const dueCell = ({ dueAt }: QueueRow, now: Date): string | { words: string; tag: TagView } => {
  const words = remainingWords(now, dueAt);
  return dueAt < now ? { words: '', tag: tag('red', words) } : words;
};

function signsShort({ signs, nth }: QueueRow): string {
  const [first, ...more] = signs;
  if (!first) return '';
  return `${signWords(first, nth)}${more.length > 0 ? ` 等 ${signs.length} 项` : ''}`;
}

function handlerWords({ lease, state, firstReviewer }: QueueRow, accountId: string | null): string {
  if (lease) return leaseWords(lease, accountId);
  return state === 'SECOND' && firstReviewer !== null ? `第一审 ${firstReviewer} ✓` : stateWords(state);
}

export const leaseWords = ({ holderAccount, maskedName }: QueueLease, accountId: string | null): string =>
  holderAccount === accountId ? '我在审' : `${maskedName} 在审`;
