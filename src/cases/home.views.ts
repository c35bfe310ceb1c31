import type { Duty, DutyCard } from '../duties/index.js';
import { DUTY_WORDS } from '../duties/index.js';
import { isAuditor } from '../kernel/actor.js';
import type { Role } from '../kernel/actor.js';
import { yuanShort, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { button, card, dotted, table, tag } from '../platform/web/views.js';
import type { ButtonView, CardView, LinkView, TableView } from '../platform/web/views.js';
import { actOf, dutyTag, waitingWords } from './case-acts.js';
import type { Targets } from './case-acts.js';
import type { CaseFacts } from './cases.queries.js';
import { STATE_COLOURS, stateWords } from './domain/case-words.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { HomeDesk } from './town-desk.reading.js';
import { homeDeskView } from './town-desk.views.js';

/** A case as a list shows it: masked. */
export type NamedCase = CaseFacts & { readonly maskedName: string };

export type HomeItem = {
  readonly duty: Duty;
  readonly case: NamedCase;
  readonly targets: Targets;
  /** 投了 0/4, 缺：收款回执 */
  readonly lines: readonly string[];
};

/** Owed about a thing of another room. */
export type OtherItem = { readonly duty: Duty; readonly card: DutyCard };

export type HomeFacts = {
  readonly roles: readonly Role[];
  readonly now: Date;
  readonly items: readonly HomeItem[];
  readonly others: readonly OtherItem[];
  readonly freeFen: Fen;
  readonly recent: readonly NamedCase[];
  readonly leadsWaiting: number;
  readonly draftId: string | null;
  readonly desk: HomeDesk;
  /** Of the society acted in: the review desk is there alone. */
  readonly isFederation: boolean;
};

export type HomeView = {
  readonly title: string;
  readonly help: string | null;
  readonly register: ButtonView | null;
  readonly draft: LinkView | null;
  readonly alerts: readonly string[];
  readonly cards: readonly CardView[];
  readonly nothing: string | null;
  /** What there is to read, for whoever owes nothing. */
  readonly reading: readonly LinkView[];
  readonly fund: { readonly words: string; readonly href: string | null };
  /** Null for whoever reads no cases. */
  readonly recent: { readonly cases: readonly LinkView[] } | null;
  readonly links: readonly LinkView[];
};

const LEDGER_READERS: readonly Role[] = [
  'secretary',
  'chair',
  'deputy',
  'supervisor',
  'cashier',
  'accountant',
  'auditor',
];

export function homeView(facts: HomeFacts): HomeView {
  const { roles } = facts;
  const office = has(roles, ['secretary', 'clerk']);
  const desk = homeDeskView(facts.desk, roles, facts.now);
  const cards = [...desk.cards, ...cardsOf(facts, office)];
  if (isAuditor(facts)) return auditorsView(facts);
  return {
    title: cards.length > 0 ? `今天要办 ${cards.length} 件` : '今天要办',
    help: cards.length > 0 ? '从上往下办，最急的在最上面。写着“等”的，等别人办完。' : null,
    register: office ? button('＋ 登记急难', 'main', '/s/cases/new') : null,
    draft:
      office && facts.draftId !== null
        ? { words: '有一张没填完的单子，接着填', href: `/s/cases/drafts/${facts.draftId}` }
        : null,
    alerts: desk.alerts,
    cards,
    nothing: cards.length === 0 ? '现在没有要办的事。' : null,
    reading: [],
    fund: fundLine(roles, facts.freeFen),
    recent: readsNoCases(roles) ? null : { cases: facts.recent.map(recentLink) },
    links: [...desk.links, ...linksOf(facts, office)],
  };
}

const fundLine = (roles: readonly Role[], freeFen: Fen): HomeView['fund'] => ({
  words: `池里还有 ${yuanText(freeFen)} 元`,
  href: has(roles, LEDGER_READERS) ? '/s/ledger' : null,
});

/** 可以查阅的: an auditor owes nothing, and is shown what there is to read instead. */
function auditorsView({ roles, freeFen, recent, isFederation }: HomeFacts): HomeView {
  const desk = isFederation ? [{ words: '下属各社的救助（审核台）', href: '/s/desk?view=all' }] : [];
  return {
    ...{ title: '可以查阅的', help: AUDITOR_HELP, register: null, draft: null, alerts: [], cards: [] },
    nothing: null,
    reading: [...desk, ...AUDITOR_LINKS],
    fund: fundLine(roles, freeFen),
    recent: { cases: recent.map(recentLink) },
    links: [],
  };
}

const AUDITOR_HELP =
  '您只看，不办。电话、身份证号、卡号和本人说的经过不给您看；您打开的凭证照片记在“谁看过”里。';
const AUDITOR_LINKS: readonly LinkView[] = [
  { words: '资金账和凭证', href: '/s/ledger' },
  { words: '基金和项目', href: '/s/funds' },
  { words: '捐赠、票据和退款', href: '/s/donations' },
  { words: '物资', href: '/s/goods' },
  { words: '全部案件', href: '/s/cases' },
  { words: '基金救助', href: '/s/relief' },
  { words: '公示', href: '/s/notices' },
  { words: '异议和投诉', href: '/s/objections' },
  { words: '收支公示和年度报告', href: '/s/account-reports' },
  { words: '谁看过', href: '/s/looks' },
  { words: '封存的记录', href: '/seal' },
];

/** A row to tap, since a phone shows five tables of one case each as five screens. */
function recentLink(row: NamedCase): LinkView {
  const { text, maskedName, cause, amountFen } = row;
  const words = `${text} ${maskedName} · ${CAUSE_WORDS[cause]} · ${yuanShort(amountFen)} 元（${stateWords(row)}）`;
  return { words: dotted(words), href: `/s/cases/${text}` };
}

/** Those of cases and those of other rooms in one order: the most urgent first. */
function cardsOf(facts: HomeFacts, office: boolean): CardView[] {
  const own = facts.items.map((item) => ({ dueAt: item.duty.dueAt, view: cardOf(item, facts, office) }));
  const other = facts.others.map(({ duty, card: of }) => ({
    dueAt: duty.dueAt,
    view: otherCard(duty, of, facts.now, office),
  }));
  return [...own, ...other].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()).map(({ view }) => view);
}

function otherCard(duty: Duty, of: DutyCard, now: Date, office: boolean): CardView {
  const { title, href, lines, actHref, waiting } = of;
  const act =
    actHref === null ? null : button(DUTY_WORDS[duty.kind].act, office ? 'second' : 'main', actHref);
  return card(dutyTag(duty, now), title, act ? lines : [...lines, waiting], {
    href,
    actions: act ? [act] : [],
  });
}

/** One green act a page: on the page that has 登记急难, the acts of the cards are grey. */
function cardOf(
  { duty, case: row, targets, lines }: HomeItem,
  { roles, now }: HomeFacts,
  office: boolean,
): CardView {
  const act = actOf(duty, roles, targets);
  return card(
    dutyTag(duty, now),
    `${row.maskedName} · ${CAUSE_WORDS[row.cause]} · ${yuanShort(row.amountFen)} 元`,
    act ? lines : [...lines, waitingWords(duty)],
    {
      href: `/s/cases/${row.text}`,
      actions: act ? [office ? { ...act, kind: 'second' as const } : act] : [],
    },
  );
}

export function casesTable(caption: string, cases: readonly NamedCase[]): TableView {
  return table(
    caption,
    ['编号', '对象', '事由', '金额:', '状态'],
    cases.map((row) => [
      { words: row.text, href: `/s/cases/${row.text}` },
      row.maskedName,
      CAUSE_WORDS[row.cause],
      `${yuanText(row.amountFen)} 元`,
      { words: '', tag: tag(STATE_COLOURS[row.state], stateWords(row)) },
    ]),
    '还没有案件。',
    { brief: true },
  );
}

function linksOf({ roles, leadsWaiting }: HomeFacts, office: boolean): LinkView[] {
  const leads = leadsWaiting > 0 ? `线索（${leadsWaiting} 条还没登记）` : '线索';
  return [
    ...(office ? [{ words: leads, href: '/s/leads' }] : []),
    ...(has(roles, ['chair', 'deputy', 'director', 'information-officer', 'secretary', 'clerk'])
      ? [{ words: '记一条线索', href: '/s/leads/new' }]
      : []),
    ...(has(roles, ['reviewer'])
      ? [
          { words: '基金救助', href: '/s/relief' },
          { words: '慈善基金', href: '/s/funds' },
        ]
      : []),
    ...(readsNoCases(roles) ? [] : [{ words: '全部案件', href: '/s/cases' }]),
  ];
}

/** An information officer brings leads, a reviewer looks after the funds: neither reads cases. */
function readsNoCases(roles: readonly Role[]): boolean {
  return !has(roles, [
    'secretary',
    'clerk',
    'chair',
    'deputy',
    'director',
    'supervisor',
    'cashier',
    'accountant',
    'auditor',
  ]);
}

const has = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));
