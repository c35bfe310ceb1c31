import { CAUSE_WORDS, CAUSES } from '../kernel/causes.js';
import type { FundTree } from '../funds/index.js';
import { remainingWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import type { Role } from '../kernel/actor.js';
import { button, selectField, table } from '../platform/web/views.js';
import type { ButtonView, LinkView, SelectView, TableView } from '../platform/web/views.js';
import { RELIEF_STATES } from './domain/relief-procedure.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { has } from './relief-facts.views.js';
import { options, stateTag } from './relief-state.views.js';
import type { ReliefFilter, ReliefLine, ReliefPage } from './relief.queries.js';

/** `mine`: what waits for this reviewer. `all`: whatever the filter lets through. */
export type ListView = 'mine' | 'all';

export type ListFacts = {
  readonly page: ReliefPage;
  readonly names: ReadonlyMap<string, string>;
  readonly filter: Required<Omit<ReliefFilter, 'reviewerId'>>;
  readonly view: ListView;
  readonly counts: ReadonlyMap<ReliefState, number>;
  /** How many wait for whoever looks; null for whoever reviews nothing here. */
  readonly mine: number | null;
  readonly isDesk: boolean;
  readonly roles: readonly Role[];
  readonly tree: FundTree | null;
  readonly homes: readonly { readonly id: string; readonly name: string }[];
  readonly now: Date;
};

export type ReliefListView = {
  readonly title: string;
  readonly lead: string;
  readonly apply: ButtonView | null;
  /** To the hospitals that are paid to, for whoever may open their page. */
  readonly institutions: LinkView | null;
  readonly tabs: readonly { readonly words: string; readonly href: string; readonly current: boolean }[];
  readonly filters: { readonly isOpen: boolean; readonly fields: readonly SelectView[] } | null;
  readonly count: string;
  readonly listing: TableView;
  readonly next: string | null;
};

const APPLICANTS: readonly Role[] = ['secretary', 'clerk'];
/** As the table of `payments` has it. */
const INSTITUTION_READERS: readonly Role[] = [
  ...APPLICANTS,
  ...(['cashier', 'chair', 'deputy', 'supervisor', 'accountant'] as const),
];

export function reliefListView(facts: ListFacts): ReliefListView {
  const { isDesk, roles, page, tree, filter } = facts;
  return {
    title: '基金救助',
    lead: isDesk
      ? '各社申请的都在这里。点一件，看它办到哪一步、下一步该谁办。'
      : '互助社的钱不够的大病、大灾，向慈善总会的基金申请。点一件，看办到哪一步。',
    apply:
      has(roles, APPLICANTS) && tree && tree.nodes.length > 0
        ? button('申请基金救助', 'main', '/s/relief/new')
        : null,
    institutions:
      isDesk && has(roles, INSTITUTION_READERS)
        ? { words: '收款机构（医院）', href: '/s/payments/institutions' }
        : null,
    tabs: tabsOf(facts),
    filters: isDesk ? filtersOf(facts) : null,
    count: `共 ${page.count} 件`,
    listing: listing(facts),
    next: page.next === null ? null : hrefOf({ ...filter, after: page.next }, facts.view),
  };
}

/** What a filter says, as the address of the list: a view that can be sent to somebody else. */
function hrefOf(filter: ReliefFilter, view: ListView): string {
  const search = new URLSearchParams();
  if (view === 'mine') search.set('view', 'mine');
  for (const name of ['state', 'fundId', 'homeId', 'cause', 'after'] as const) {
    const value = filter[name] ?? null;
    if (value !== null) search.set(name, value);
  }
  if (search.size === 0) search.set('view', 'all');
  return `/s/relief?${search.toString()}`;
}

/** Ready-made views, each with how many there are: first what waits for the office of whoever looks. */
const TABS: readonly { readonly state: ReliefState; readonly roles: readonly Role[] | null }[] = [
  { state: 'SUBMITTED', roles: APPLICANTS },
  { state: 'POLICY_CHECKED', roles: APPLICANTS },
  { state: 'VERIFIED', roles: APPLICANTS },
  { state: 'ASSESSED', roles: null },
  { state: 'REVIEWED', roles: null },
  { state: 'PRE_NOTICE', roles: null },
  { state: 'APPROVED', roles: null },
  { state: 'RETURNED', roles: null },
];
const TAB_WORDS: Readonly<Partial<Record<ReliefState, string>>> = {
  PRE_NOTICE: '公示中',
  APPROVED: '待付款',
};
const HOME_TABS: readonly ReliefState[] = ['RETURNED', 'PRE_NOTICE', 'APPROVED', 'PAID'];

function tabsOf({ isDesk, mine, counts, roles, filter, view }: ListFacts): ReliefListView['tabs'] {
  const shown = isDesk
    ? TABS.filter((tab) => tab.roles === null || has(roles, tab.roles)).map(({ state }) => state)
    : HOME_TABS;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const isAll = view === 'all';
  return [
    ...(mine === null
      ? []
      : [{ words: `待我审 ${mine}`, href: '/s/relief?view=mine', current: view === 'mine' }]),
    ...shown.map((state) => ({
      words: `${TAB_WORDS[state] ?? RELIEF_STATE_WORDS[state]} ${counts.get(state) ?? 0}`,
      href: `/s/relief?state=${state}`,
      current: isAll && filter.state === state,
    })),
    { words: `全部 ${all}`, href: '/s/relief?view=all', current: isAll && filter.state === null },
  ];
}

function filtersOf({ filter, tree, homes }: ListFacts): ReliefListView['filters'] {
  const typed = {
    state: filter.state ?? '',
    fundId: filter.fundId ?? '',
    homeId: filter.homeId ?? '',
    cause: filter.cause ?? '',
  };
  const select = (name: string, label: string, of: readonly { value: string; label: string }[]) =>
    selectField(name, label, [{ value: '', label: '全部' }, ...of], typed, {});
  const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({
    value: id,
    label: name,
  });
  const funds = (tree?.nodes ?? []).filter(({ parentId }) => parentId === null);
  return {
    isOpen: [filter.fundId, filter.homeId, filter.cause].some((value) => value !== null),
    fields: [
      select('state', '状态', options(RELIEF_STATES, RELIEF_STATE_WORDS)),
      select('fundId', '基金', funds.map(named)),
      select('homeId', '哪个社', homes.map(named)),
      select('cause', '事由', options(CAUSES, CAUSE_WORDS)),
    ],
  };
}

function listing({ page, names, isDesk, now, view }: ListFacts): TableView {
  const columns = ['编号', '状态', '谁', '事由', '金额（元）:', '到期', isDesk ? '哪个社' : '基金'];
  const items = view === 'mine' ? [...page.items].sort(byDue) : page.items;
  const rows = items.map((line) => [
    { words: line.text, href: `/s/relief/${line.id}` },
    { words: '', tag: stateTag(line.state) },
    names.get(line.id) ?? '',
    CAUSE_WORDS[line.cause],
    line.grantFen === null ? `费用 ${yuanText(line.totalFen)}` : `救助 ${yuanText(line.grantFen)}`,
    line.dueAt === null ? '' : remainingWords(now, line.dueAt),
    isDesk ? line.homeName : line.fundName,
  ]);
  const empty = view === 'mine' ? '现在没有等您审的。' : '没有这样的件。';
  return table('基金救助', columns, rows, empty, { brief: true });
}

const NEVER = Number.MAX_SAFE_INTEGER;

/** The most urgent first; what nobody is late with, last. */
function byDue(one: ReliefLine, other: ReliefLine): number {
  return (one.dueAt?.getTime() ?? NEVER) - (other.dueAt?.getTime() ?? NEVER);
}
