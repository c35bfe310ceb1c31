import { yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { button, choiceField, errorsOf, tag, textField } from '../../platform/web/views.js';
import type { ButtonView, ChoiceView, ErrorView, TagView, TextFieldView } from '../../platform/web/views.js';
import { NOTICE_STATE_TAG } from '../notice-state-tag.js';
import { lastEnded, periodWords } from '../domain/accounts.js';
import { spanOf, SPANS } from './accounts.forms.js';
import type { Span } from './accounts.forms.js';
import type { ReportRow } from './accounts.queries.js';

export const ACCOUNTS_PAGE = '/s/account-reports';

/** Where the form stands with its year, span and fund chosen. */
export function draftHref({ year, quarter, fund }: Pick<ReportRow, 'year' | 'quarter' | 'fund'>): string {
  const query = new URLSearchParams({ year: String(year), span: spanOf(quarter), ...(fund ? { fund } : {}) });
  return `${ACCOUNTS_PAGE}/new?${query.toString()}`;
}

export type AccountsView = {
  readonly title: string;
  readonly draft: ButtonView | null;
  readonly reports: readonly {
    readonly title: string;
    readonly state: TagView;
    readonly number: string | null;
    readonly notice: string | null;
    readonly draft: string | null;
  }[];
  readonly nothing: { readonly words: string; readonly actions: readonly ButtonView[] };
};

export function accountsView(reports: readonly ReportRow[], mayDraft: boolean): AccountsView {
  return {
    title: '收支公示',
    draft: mayDraft ? button('起草收支公示', 'main', `${ACCOUNTS_PAGE}/new`) : null,
    reports: reports.map((report) => ({
      title: `${report.fund ?? ''}${periodWords(report)}`,
      state: report.noticeState === null ? tag('red', '没有公示') : NOTICE_STATE_TAG[report.noticeState],
      number: report.number,
      notice: report.noticeId && `/s/notices/${report.noticeId}`,
      draft: mayDraft ? draftHref(report) : null,
    })),
    nothing: { words: '还没有收支公示。一个季度过完，这里会出现要公示的收支。', actions: [] },
  };
}

export type NewAccountsView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly year: TextFieldView;
  readonly span: ChoiceView;
  readonly fund: ChoiceView | null;
};

const SPAN_WORDS: Readonly<Record<Span, string>> = {
  Q1: '第一季度（1 月至 3 月）',
  Q2: '第二季度（4 月至 6 月）',
  Q3: '第三季度（7 月至 9 月）',
  Q4: '第四季度（10 月至 12 月）',
  YEAR: '全年（年度报告）',
};

/** `funds` are those of a federation; none for a society, whose book is published whole. */
export function newAccountsView(
  { today, funds }: { readonly today: Day; readonly funds: readonly string[] },
  typed: Typed,
  errors: FieldErrors,
): NewAccountsView {
  const { quarter } = lastEnded(today);
  const known = { year: String(quarter.year), span: spanOf(quarter.quarter), fund: funds[0] ?? '', ...typed };
  const spans = SPANS.map((value) => ({ value, label: SPAN_WORDS[value] }));
  return {
    title: '起草收支公示',
    action: ACCOUNTS_PAGE,
    back: ACCOUNTS_PAGE,
    errors: errorsOf(errors),
    year: textField('year', '哪一年？', known, errors, {
      inputmode: 'numeric',
      short: true,
      hint: `如 ${yearOf(today)}`,
    }),
    span: choiceField('span', '公示哪一段？', spans, known, errors, { hint: '过完了才能公示' }),
    fund:
      funds.length === 0
        ? null
        : choiceField(
            'fund',
            '哪一个基金？',
            funds.map((fund) => ({ value: fund, label: fund })),
            known,
            errors,
          ),
  };
}
