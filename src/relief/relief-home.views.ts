import { RELIEF_PAPER_WORDS } from '../funds/domain/rule.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, selectField } from '../platform/web/views.js';
import type {
  ChoiceView,
  FileFieldView,
  SelectView,
  TableView,
  TextFieldView,
} from '../platform/web/views.js';
import type { Society } from '../societies/index.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { RELIEF_END_WORDS, RELIEF_ENDINGS } from './domain/relief-words.js';
import { besidePhoto, invoicesField, photoFields } from './relief-intake.views.js';
import { formOf, options } from './relief-state.views.js';
import type { FormView } from './relief-state.views.js';
import { invoicesTable } from './relief-sum.views.js';
import type { InvoiceFact, ReturnFact } from './relief.queries.js';
import type { About } from './relief.reading.js';

export type CompletionView = FormView & {
  readonly items: readonly string[];
  readonly note: string | null;
  readonly photos: readonly FileFieldView[];
  readonly now: TableView;
  readonly invoices: TextFieldView;
};

type CompletionFacts = About & {
  readonly asked: ReturnFact | null;
  readonly invoices: readonly InvoiceFact[];
};

export function completionView(facts: CompletionFacts, typed: Typed, errors: FieldErrors): CompletionView {
  const papers = facts.asked?.items ?? [];
  const faults = besidePhoto({ papers }, errors);
  return {
    ...formOf(facts, '补正', 'completion', faults),
    items: papers.map((item) => RELIEF_PAPER_WORDS[item]),
    note: facts.asked?.note ?? null,
    photos: photoFields(papers, faults, false),
    now: invoicesTable(facts.invoices),
    invoices: invoicesField(typed, errors, {
      label: '发票有增减，全部重新写一遍',
      hint: '没有变就空着。一行写一张：发票号码，空一格，再写金额。改了发票，总会要重新核政策。',
      optional: true,
    }),
  };
}

export type EndingView = FormView & { readonly help: string; readonly reason: ChoiceView };

/** What is undone with it, said before the button is pressed. */
const UNDONE: Readonly<Partial<Record<ReliefState, string>>> = {
  PANEL: '正在进行的评审会作废，留出来的额度和钱都退回。',
  PRE_NOTICE: '评审和事前公示作废，留出来的额度和钱都退回。',
  OBJECTION_HOLD: '评审和事前公示作废，留出来的额度和钱都退回。',
  APPROVED: '批准会撤回，还没打的款取消，额度和钱都退回。',
};

export function endingView(about: About, typed: Typed, errors: FieldErrors): EndingView {
  return {
    ...formOf(about, '撤回或终止', 'ending', errors),
    help: `这次申请到此结束，不再付款。${UNDONE[about.known.state] ?? ''}发票可以以后再用。已经付出过钱的，不能在这里办。`,
    reason: choiceField('reason', '为什么结束？', options(RELIEF_ENDINGS, RELIEF_END_WORDS), typed, errors),
  };
}

export type TransferView = FormView & { readonly to: SelectView };

export function transferView(
  facts: About & { readonly societies: readonly Society[] },
  typed: Typed,
  errors: FieldErrors,
): TransferView {
  const societies = facts.societies.map(({ id, name }) => ({ value: id, label: name }));
  return {
    ...formOf(facts, '转到户籍地', 'transfer', errors),
    to: selectField(
      'toSocietyId',
      '转到哪个社？',
      [{ value: '', label: '请选择' }, ...societies],
      typed,
      errors,
    ),
  };
}
