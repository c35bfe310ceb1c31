import { DECLARED_REASONS } from '../board/domain/electorate.js';
import { reasonWords } from '../board/index.js';
import type { Director, RecusalReason } from '../board/index.js';
import type { Role } from '../kernel/actor.js';
import { instantWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { Holder } from '../offices/index.js';
import type { PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  choiceField,
  dayField,
  dotted,
  errorsOf,
  fileField,
  row,
  selectField,
  table,
  textField,
} from '../platform/web/views.js';
import type {
  CheckView,
  ChoiceView,
  ErrorView,
  FileFieldView,
  LinkView,
  SelectView,
  SummaryRow,
  TableView,
  TextFieldView,
} from '../platform/web/views.js';
import { mayDo } from './case-acts.js';
import { PHOTO_FIELDS, WAIVER_FIELDS } from './cases.forms.js';
import type { CaseFacts, LeadFact, PaperFact } from './cases.queries.js';
import { LEAD_SOURCE_WORDS, LEAD_SOURCES, STATE_WORDS } from './domain/case-words.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { CASE_STATES } from './domain/emergency-procedure.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { mayRecord, missingOf, PAPER_WORDS, unconfirmedOf } from './domain/papers.js';
import type { PaperKind } from './domain/papers.js';
import { casesTable } from './home.views.js';
import type { NamedCase } from './home.views.js';
import { otherVisitorField, visitorsField } from './intake.views.js';
import { askOverrideLink } from './overrides.views.js';

/** A form about one case: what it is called, where it goes back to, and which case it means. */
export type FormView = {
  readonly title: string;
  readonly back: string;
  readonly lead: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
};

export function formOf(
  one: CaseFacts,
  applicant: PersonSummary,
  title: string,
  path: string,
  errors: FieldErrors,
): FormView {
  return {
    title,
    back: `/s/cases/${one.text}`,
    lead: dotted(
      `${one.text} ${applicant.maskedName} · ${CAUSE_WORDS[one.cause]} · ${yuanText(one.amountFen)} 元`,
    ),
    action: `/s/cases/${one.text}/${path}`,
    errors: errorsOf(errors),
  };
}

export type VisitView = FormView & {
  readonly visitors: CheckView;
  readonly otherVisitor: TextFieldView;
  readonly visitedOn: TextFieldView;
  readonly note: TextFieldView;
};

export function visitView(
  facts: { readonly row: CaseFacts; readonly applicant: PersonSummary; readonly holders: readonly Holder[] },
  typed: Typed,
  errors: FieldErrors,
): VisitView {
  const { row: one, applicant, holders } = facts;
  return {
    ...formOf(one, applicant, '记核实', 'visits', errors),
    visitors: visitorsField(holders, applicant, typed, errors, { mayBeNobody: false }),
    otherVisitor: otherVisitorField(typed, errors),
    visitedOn: dayField('visitedOn', '哪天去看的？', typed, errors),
    note: textField('note', '看到的情况', typed, errors, {
      rows: 3,
      optional: true,
      secret: true,
      hint: '不方便上门、打电话问的，也写在这里',
    }),
  };
}

export type ProposedRecusal = { readonly director: Director; readonly reason: RecusalReason };

export type RoundFormFacts = {
  readonly row: CaseFacts;
  readonly applicant: PersonSummary;
  readonly directors: readonly Director[];
  /** Whom the register ties to the applicant: they stand aside in any case. */
  readonly proposed: readonly ProposedRecusal[];
  readonly freeFen: Fen;
  /** An earlier case of the household whose papers are overdue: the town has to let it through. */
  readonly owing: string | null;
  readonly voteHours: number;
};

export type RoundFormView = FormView & {
  readonly facts: readonly SummaryRow[];
  readonly warning: string | null;
  readonly override: { readonly words: string; readonly link: LinkView } | null;
  readonly bound: readonly string[];
  readonly recusals: readonly SelectView[];
};

export function roundFormView(facts: RoundFormFacts, typed: Typed, errors: FieldErrors): RoundFormView {
  const { row: one, applicant, directors, proposed, freeFen, owing, voteHours } = facts;
  const bound = new Set(proposed.map(({ director }) => director.personId));
  const left = directors.filter(({ personId }) => !bound.has(personId));
  return {
    ...formOf(one, applicant, '请大家表决', 'rounds', errors),
    facts: [
      row(
        '表决事项',
        `给${applicant.maskedName}（${applicant.group}）发急难救助金 ${yuanText(one.amountFen)} 元`,
      ),
      row('池里还有', `${yuanText(freeFen)} 元，表决发起时先留出这一笔`),
      row('谁能投', `理事 ${directors.length} 人，回避后应到 ${left.length} 人`),
      row('期限', `${voteHours} 小时内`),
    ],
    warning: one.amountFen > freeFen ? '池里可用的钱不够，现在发起会被拦下。' : null,
    override:
      owing === null
        ? null
        : {
            words: `这一户 ${owing} 号的材料过了期还没补齐，要先补齐，或请镇里批准，才能表决。`,
            link: askOverrideLink('PAPERS_OVERDUE', applicant.id, null),
          },
    bound: proposed.map(({ director, reason }) => `${director.name}：${reasonWords(reason)}，必须回避`),
    recusals: left.map((director, i) => recusalField(director, i, typed, errors)),
  };
}

/** One list per director, all under one name: `id:REASON`, or nothing for whoever stays. */
export function recusalField(
  { personId, name }: Director,
  i: number,
  typed: Typed,
  errors: FieldErrors,
): SelectView {
  const id = `recusal-${i + 1}`;
  const options = [
    { value: '', label: '不用回避' },
    ...DECLARED_REASONS.map((reason) => ({
      value: `${personId}:${reason}`,
      label: `回避：${reasonWords(reason)}`,
    })),
  ];
  const chosen = [typed['recusals'] ?? []].flat().find((value) => value.startsWith(`${personId}:`)) ?? '';
  const error = i === 0 ? errors['recusals'] : undefined;
  const field = selectField(id, name, options, { [id]: chosen }, error === undefined ? {} : { [id]: error });
  return { ...field, name: 'recusals[]' };
}

export type PapersView = FormView & {
  readonly help: string;
  /** Waived, and not yet confirmed; with the address of the confirmation for whoever may give it. */
  readonly waivers: readonly {
    readonly name: string;
    readonly reason: string;
    readonly confirmation: string | null;
  }[];
  /** False for the supervisor, who hands nothing in. */
  readonly mayHandIn: boolean;
  readonly missing: readonly {
    readonly name: string;
    readonly photo: FileFieldView;
    readonly waiver: TextFieldView;
  }[];
  readonly later: string | null;
  readonly idNumber: LinkView | null;
};

export function papersView(
  facts: {
    readonly row: CaseFacts;
    readonly applicant: PersonSummary;
    readonly papers: readonly PaperFact[];
    readonly roles: readonly Role[];
  },
  typed: Typed,
  errors: FieldErrors,
): PapersView {
  const { row: one, applicant, papers, roles } = facts;
  const mayHandIn = mayDo('PAPERS', roles);
  const mayConfirm = mayDo('CONFIRM_WAIVER', roles);
  const missing = missingOf(papers);
  const now = missing.filter((kind) => mayRecord(kind, one.state));
  const faults = besideFirst(now, errors);
  return {
    ...formOf(one, applicant, mayHandIn ? '补材料' : '确认免交', 'papers', faults),
    help: mayHandIn
      ? '有哪样就拍哪样；确实交不了的写明原因，由监事确认。都齐了，材料这一项就办完。'
      : '看秘书长写的原因：说得过去，点“确认免交”；说不过去，打电话请他补。',
    waivers: unconfirmedOf(papers).map((kind) => ({
      name: PAPER_WORDS[kind],
      reason: papers.find((paper) => paper.kind === kind)?.waiver ?? '',
      confirmation: mayConfirm ? `/s/cases/${one.text}/papers/${kind}/confirmation` : null,
    })),
    mayHandIn,
    missing: now.map((kind) => ({
      name: PAPER_WORDS[kind],
      photo: fileField(PHOTO_FIELDS[kind], `${PAPER_WORDS[kind]}照片`, faults, {
        optional: true,
        camera: true,
      }),
      waiver: textField(WAIVER_FIELDS[kind], '确实交不了的，写明原因', typed, faults, { optional: true }),
    })),
    later: missing.length > now.length ? '收款回执等打款以后再补。' : null,
    idNumber:
      mayHandIn && applicant.idState === 'PENDING'
        ? { words: '申请人的身份证号还没有：到名册里补', href: `/s/people/${applicant.id}` }
        : null,
  };
}

/** What is wrong with the photos as a whole is said beside the first of those that are asked for. */
function besideFirst(asked: readonly PaperKind[], errors: FieldErrors): FieldErrors {
  const { [PHOTO_FIELDS.ID_CARD]: error, ...others } = errors;
  const [first] = asked;
  return error === undefined || first === undefined ? errors : { ...others, [PHOTO_FIELDS[first]]: error };
}

export type CasesListView = {
  readonly title: string;
  readonly filters: readonly { readonly words: string; readonly href: string; readonly current: boolean }[];
  readonly listing: TableView;
  readonly next: string | null;
};

export function casesListView(
  cases: readonly NamedCase[],
  state: CaseState | null,
  next: string | null,
): CasesListView {
  const query = (before: string | null, of: CaseState | null): string => {
    const search = new URLSearchParams();
    if (of !== null) search.set('state', of);
    if (before !== null) search.set('before', before);
    return search.size > 0 ? `/s/cases?${search.toString()}` : '/s/cases';
  };
  return {
    title: '案件',
    filters: [
      { words: '全部', href: query(null, null), current: state === null },
      ...CASE_STATES.map((each) => ({
        words: STATE_WORDS[each],
        href: query(null, each),
        current: state === each,
      })),
    ],
    listing: casesTable('案件', cases),
    next: next === null ? null : query(next, state),
  };
}

export type LeadFormView = {
  readonly title: string;
  readonly source: ChoiceView;
  readonly place: TextFieldView;
  readonly contact: TextFieldView;
  readonly words: TextFieldView;
  readonly errors: readonly ErrorView[];
};

export function leadFormView(typed: Typed, errors: FieldErrors): LeadFormView {
  return {
    title: '记一条线索',
    source: choiceField(
      'source',
      '从哪里听说的？',
      LEAD_SOURCES.map((source) => ({ value: source, label: LEAD_SOURCE_WORDS[source] })),
      typed,
      errors,
      { tiles: true },
    ),
    place: textField('place', '在哪里？', typed, errors, { hint: '如 三组，村小学后面' }),
    contact: textField('contact', '怎么联系？', typed, errors, { secret: true, hint: '谁家，电话多少' }),
    words: textField('words', '听说的情况', typed, errors, { rows: 4, optional: true, secret: true }),
    errors: errorsOf(errors),
  };
}

export type LeadsView = {
  readonly title: string;
  readonly done: string | null;
  readonly listing: TableView;
};

/** Whom to call and what was said, until the lead is a case: from then on the case holds what is needed. */
export function leadsView(
  leads: readonly (LeadFact & { readonly caseNumber: string | null })[],
  done: boolean,
): LeadsView {
  return {
    title: '线索',
    done: done ? '线索记下了。' : null,
    listing: table(
      '线索',
      ['什么时候', '从哪里', '在哪里', '怎么联系', '情况', '下一步'],
      leads.map((lead) => [
        instantWords(lead.receivedAt),
        LEAD_SOURCE_WORDS[lead.source],
        lead.place,
        lead.caseNumber === null ? lead.contact : '已登记，见案件',
        lead.caseNumber === null ? (lead.words ?? '—') : '—',
        lead.caseNumber === null
          ? { words: '登记急难', href: `/s/cases/new?lead=${lead.id}` }
          : { words: `已登记 ${lead.caseNumber}`, href: `/s/cases/${lead.caseNumber}` },
      ]),
      '还没有线索。',
    ),
  };
}
