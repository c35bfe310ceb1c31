import { noticeWarnings, waitingWords } from '../cases/index.js';
import { clockOf, DUTY_WORDS } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import { dayShort, instantShort } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import { RELIEF_PAPER_WORDS } from '../funds/domain/rule.js';
import { lookRows } from '../people/index.js';
import { button, clock, event, table, tag } from '../platform/web/views.js';
import type {
  ButtonView,
  ClockView,
  LinkView,
  SummaryRow,
  TableView,
  TagView,
  TimelineEvent,
} from '../platform/web/views.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { REFUND_WORDS } from './domain/relief-words.js';
import { actsNow } from './relief-case.acts.js';
import { linksOf, paymentLinks } from './relief-case.links.js';
import { factsView, reviewsTable } from './relief-facts.views.js';
import type { FactsView } from './relief-facts.views.js';
import { stateTag, titleOf } from './relief-state.views.js';
import type { DeskFacts, ReliefPageFacts } from './relief.reading.js';

export type ReliefView = {
  readonly title: string;
  readonly number: string;
  readonly state: TagView;
  readonly clocks: readonly ClockView[];
  /** The first is the one green act of the page. */
  readonly next: readonly ButtonView[];
  readonly waiting: string | null;
  /** 公示有异议，查明中; the notice is the federation's, and opens for its people alone. */
  readonly warnings: readonly { readonly words: string; readonly href: string | null }[];
  /** What the society is asked for, while the file is with it. */
  readonly asked: { readonly items: readonly string[]; readonly note: string | null } | null;
  readonly facts: FactsView;
  /** Masked, each with the way to the whole. */
  readonly looks: readonly SummaryRow[];
  readonly reviews: TableView | null;
  readonly returns: TableView | null;
  readonly holds: TableView | null;
  readonly advance: readonly SummaryRow[] | null;
  readonly payments: TableView | null;
  readonly refunds: TableView | null;
  readonly links: readonly LinkView[];
  /** What else can be done with it: rare, and out of the way. */
  readonly others: readonly LinkView[];
  readonly events: readonly TimelineEvent[];
};

export function reliefView(facts: ReliefPageFacts): ReliefView {
  const { known, desk } = facts;
  const open = openDuties(facts);
  const { next, others } = actsNow(facts, open);
  return {
    title: titleOf(facts),
    number: known.text,
    state: stateTag(known.state),
    clocks: clocksOf(facts, open),
    next: next.map(({ words, href }, i) => button(words, i === 0 ? 'main' : 'second', href)),
    waiting: next.length === 0 ? waitingOf(facts, open) : null,
    warnings: noticeWarnings(facts.notices).map(({ words, href }) => ({ words, href: desk ? href : null })),
    asked: askedOf(facts),
    facts: factsView(facts),
    looks: lookRows(facts.looks, `/s/relief/${known.id}`),
    reviews: desk && desk.reviews.length > 0 ? reviewsTable(desk) : null,
    returns: returnsTable(facts),
    holds: desk && holdsTable(desk),
    advance: advanceRows(facts),
    payments: paymentsTable(facts),
    refunds: desk && refundsTable(desk),
    links: linksOf(facts),
    others,
    events: facts.trail.map(({ at, words, act, who }) => event(instantShort(at), words ?? act, who)),
  };
}

/** What is owed and can be done: a notice is hung once it is signed. The most urgent first. */
function openDuties({ duties, notices }: ReliefPageFacts): Duty[] {
  const isSigned = notices.some(({ state }) => state === 'SIGNED');
  return duties
    .filter(({ kind, settledAt }) => settledAt === null && (kind !== 'POST_NOTICE' || isSigned))
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
}

/** A society is shown its own clock: how fast the federation works is on the federation's page. */
function clocksOf({ actor, now }: ReliefPageFacts, open: readonly Duty[]): ClockView[] {
  return open
    .filter(({ societyId }) => societyId === actor.societyId)
    .map((duty) => {
      const { state, words } = clockOf(duty, now);
      return clock(DUTY_WORDS[duty.kind].label, state, words);
    });
}

/** Whom it waits for; to a society the people of the federation are all 总会. */
function waitingOf({ known, actor }: ReliefPageFacts, open: readonly Duty[]): string | null {
  const [first] = open;
  const words = waitingFor(known.state, first);
  const isTheirs = actor.societyId === known.societyId || first?.societyId === actor.societyId;
  return words === null || isTheirs ? words : `总会在办：${words}`;
}

function waitingFor(state: ReliefState, first: Duty | undefined): string | null {
  if (state === 'PANEL') return '等理事评审';
  if (state === 'OBJECTION_HOLD') return '公示有异议，查明以前不批不付';
  if (first) return waitingWords(first);
  return state === 'PRE_NOTICE' ? '等事前公示期满' : null;
}

function askedOf({ known, returns }: ReliefPageFacts): ReliefView['asked'] {
  const open = returns.find(({ answeredAt }) => answeredAt === null);
  if (known.state !== 'RETURNED' || !open) return null;
  return { items: open.items.map((item) => RELIEF_PAPER_WORDS[item]), note: open.note };
}

function returnsTable({ returns }: ReliefPageFacts): TableView | null {
  if (returns.length === 0) return null;
  return table(
    '退回补正',
    ['第几次', '退回', '要补什么', '补来'],
    returns.map(({ number, items, returnedAt, answeredAt }) => [
      `第 ${number} 次`,
      dayShort(dayOf(returnedAt)),
      items.map((item) => RELIEF_PAPER_WORDS[item]).join('、'),
      answeredAt === null ? '还没补来' : `${dayShort(dayOf(answeredAt))}补来`,
    ]),
    '',
    { brief: true },
  );
}

const OUTCOME_TAGS = {
  DISMISSED: tag('grey', '不成立'),
  UPHELD: tag('red', '成立'),
  open: tag('yellow', '查明中'),
} as const;

/** From when to when it was held up; what was said stands with the objection, for those who looked into it. */
function holdsTable({ holds }: DeskFacts): TableView | null {
  if (holds.length === 0) return null;
  return table(
    '公示有异议',
    ['暂缓', '查明', '结果'],
    holds.map(({ heldAt, outcome, decidedAt }) => [
      dayShort(dayOf(heldAt)),
      decidedAt === null ? '' : dayShort(dayOf(decidedAt)),
      { words: '', tag: OUTCOME_TAGS[outcome ?? 'open'] },
    ]),
    '',
    { brief: true },
  );
}

function advanceRows({ desk, payments }: ReliefPageFacts): SummaryRow[] | null {
  if (!desk?.advance) return null;
  const { amountFen, askedAt, chairAt, supervisorAt, institutionId } = desk.advance;
  const to =
    payments.find(({ kind }) => kind === 'ADVANCE')?.to ?? (institutionId === null ? '家庭' : '医院');
  const signed = (at: Date | null) => (at === null ? '还没签' : `${instantShort(at)} 签了`);
  const fact = (label: string, value: string): SummaryRow => {
    return { label, value, long: false, href: null, change: null };
  };
  return [
    fact('先拨', `${yuanText(amountFen)} 元，付给${to}`),
    fact('申请', instantShort(askedAt)),
    fact('理事长', signed(chairAt)),
    fact('监事', signed(supervisorAt)),
  ];
}

const PAYMENT_TAGS = {
  ORDERED: tag('yellow', '待打款'),
  PAID: tag('green', '已打款'),
  OFF: tag('grey', '已取消'),
} as const;

function paymentsTable(facts: ReliefPageFacts): TableView | null {
  const { payments } = facts;
  if (payments.length === 0) return null;
  return table(
    '付款',
    ['哪一笔', '状态', '付给谁', '哪天', '金额（元）:'],
    payments.map((payment) => {
      const { seq, kind, state, to, paidAt, amountFen } = payment;
      const words = `第 ${seq} 笔${kind === 'ADVANCE' ? '（先行拨付）' : ''}`;
      return [
        { words, href: paymentLinks(facts, payment) },
        { words: '', tag: PAYMENT_TAGS[state] },
        to,
        paidAt === null ? '' : dayShort(dayOf(paidAt)),
        yuanText(amountFen),
      ];
    }),
    '',
    { brief: true },
  );
}

function refundsTable({ refunds }: DeskFacts): TableView | null {
  if (refunds.length === 0) return null;
  return table(
    '要求退款',
    ['为什么', '哪天', '要退（元）:'],
    refunds.map(({ reason, demandedAt, excessFen }) => [
      REFUND_WORDS[reason],
      dayShort(dayOf(demandedAt)),
      yuanText(excessFen),
    ]),
    '',
    { brief: true },
  );
}
