import { clockOf, DUTY_WORDS, isOverdue } from '../duties/index.js';
import type { Duty, DutyKind } from '../duties/index.js';
import type { Role } from '../kernel/actor.js';
import { dayWords, instantShort, instantWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import { clock, event, row, table, tag } from '../platform/web/views.js';
import type {
  ButtonView,
  ClockView,
  LinkView,
  SummaryRow,
  TableView,
  TagView,
  TimelineEvent,
} from '../platform/web/views.js';
import { actOf, isRipe, waitingWords } from './case-acts.js';
import type { PaperFact, PhotoFact } from './cases.queries.js';
import { STATE_COLOURS, stateWords } from './domain/case-words.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { NO_MORE_PAPERS } from './domain/emergency-procedure.js';
import { missingOf, PAPER_KINDS, PAPER_WORDS, unconfirmedOf } from './domain/papers.js';
import type { PaperKind } from './domain/papers.js';
import { PAYEE_WORDS } from './domain/payee.js';
import { lookRows } from '../people/index.js';
import { linksOf, othersOf } from './case-links.views.js';
import type { CasePageFacts } from './case-page.facts.js';
import type { CaseSidelight } from './case-sidelights.js';
import { isTakenDown, noticeWarnings } from './notice-warnings.views.js';
import { handedView } from './handovers.views.js';
import type { HandedView } from './handovers.views.js';
import { duplicateSentence } from './intake.views.js';
import { matchSentence, matchState } from './matches.views.js';

export type CasePageView = {
  readonly title: string;
  readonly state: TagView;
  readonly clocks: readonly ClockView[];
  readonly next: ButtonView | null;
  readonly waiting: string | null;
  /** 公示有异议，查明中 */
  readonly warnings: readonly LinkView[];
  readonly handover: HandedView | null;
  readonly facts: readonly SummaryRow[];
  /** Masked, each with the way to the whole. */
  readonly looks: readonly SummaryRow[];
  /** Null where nothing was handed in and nothing is wanted any more. */
  readonly papers: TableView | null;
  readonly photos: readonly LinkView[];
  readonly duplicates: readonly string[];
  readonly matches: readonly {
    readonly words: string;
    readonly state: TagView;
    readonly href: string | null;
  }[];
  readonly sidelights: readonly CaseSidelight[];
  readonly links: readonly LinkView[];
  /** What else can be done with it: rare, and out of the way. */
  readonly others: readonly LinkView[];
  readonly events: readonly TimelineEvent[];
};

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const BANK_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'cashier', 'accountant'];
const PHOTO_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'supervisor'];
export function caseView(facts: CasePageFacts): CasePageView {
  const { row: one, applicant, duties, roles } = facts;
  const open = duties
    .filter((duty) => duty.settledAt === null)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const ripe = open.filter((duty) => isRipe(duty, one.paidAt !== null, facts.targets));
  const acts = ripe.map((duty) => actOf(duty, roles, facts.targets));
  const [first] = ripe;
  return {
    title: `${one.text} ${applicant.maskedName} · ${CAUSE_WORDS[one.cause]} · ${yuanText(one.amountFen)} 元`,
    state: tag(STATE_COLOURS[one.state], stateWords(one)),
    clocks: clocksOf(facts, open),
    next: acts.find((act) => act !== null) ?? null,
    waiting: first && acts[0] === null ? waitingWords(first) : null,
    warnings: noticeWarnings(facts.notices),
    handover: handedView(facts.handover, roles),
    facts: summaryOf(facts),
    looks: lookRows(facts.looks, `/s/cases/${one.text}`),
    papers: papersTable(facts),
    photos: has(roles, PHOTO_READERS) ? photoLinks(facts.photos) : [],
    duplicates: facts.duplicates.map(duplicateSentence),
    matches: facts.matches.map((match) => ({
      words: matchSentence(match),
      state: matchState(match),
      href: has(roles, OFFICE) ? `/s/cases/${one.text}/matches` : null,
    })),
    sidelights: facts.sidelights,
    links: linksOf(facts),
    others: othersOf(facts),
    events: facts.trail.map(eventOf),
  };
}

export const has = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** The one that is open, or the last that was. */
function find(duties: readonly Duty[], kind: DutyKind): Duty | undefined {
  const ofKind = duties.filter((duty) => duty.kind === kind);
  return ofKind.find(({ settledAt }) => settledAt === null) ?? ofKind.at(-1);
}

/** The three tracks; of a case that is over, only what there still was or is of them. */
function clocksOf(facts: CasePageFacts, open: readonly Duty[]): readonly ClockView[] {
  const { row: one, duties, now } = facts;
  const notice = noticeClock(facts, open);
  if (!NO_MORE_PAPERS.includes(one.state)) return [payClock(duties, now), papersClock(facts), notice];
  const shown = notice.state === 'waiting' ? [] : [notice];
  return one.paidAt === null ? shown : [payClock(duties, now), ...shown];
}

function payClock(duties: readonly Duty[], now: Date): ClockView {
  const duty = find(duties, 'PAY');
  if (!duty) return clock('打款', 'waiting', '表决通过后开始计时');
  const { state, words } = clockOf(duty, now);
  return clock('打款', state, words);
}

function papersClock({ row: one, duties, papers, now }: CasePageFacts): ClockView {
  const duty = find(duties, 'PAPERS');
  if (!duty) return clock('补材料', 'waiting', '表决通过后开始计时');
  const { state, words } = clockOf(duty, now);
  if (one.papersDoneAt !== null) return clock('补材料', state, words);
  return clock('补材料', state, `${words} ${openPapersWords(papers)}`.trim());
}

function openPapersWords(papers: readonly PaperFact[]): string {
  const named = (kinds: readonly PaperKind[]) => kinds.map((kind) => PAPER_WORDS[kind]).join('、');
  const [missing, unconfirmed] = [missingOf(papers), unconfirmedOf(papers)];
  return [
    ...(missing.length > 0 ? [`缺：${named(missing)}`] : []),
    ...(unconfirmed.length > 0 ? [`等监事确认免交：${named(unconfirmed)}`] : []),
  ].join('；');
}

const NOTICE_KINDS: readonly DutyKind[] = [
  'TAKE_DOWN_PAPER',
  'REISSUE_NOTICE',
  'CORRECT_NOTICE',
  'SIGN_NOTICE',
  'POST_NOTICE',
  'POSTING_PHOTO',
  'END_NOTICE',
];

/** One clock for the whole track: the duty of it that is owed now. */
function noticeClock({ row: one, now, notices }: CasePageFacts, open: readonly Duty[]): ClockView {
  if (one.noticeEndedAt !== null) return clock('公示', 'done', `${instantShort(one.noticeEndedAt)} 期满`);
  const duty = NOTICE_KINDS.map((kind) => find(open, kind)).find((each) => each !== undefined);
  if (!duty && notices.some((each) => each.kind === 'GRANT_POST' && isTakenDown(each, notices)))
    return clock('公示', 'waiting', '已撤下，等重发');
  if (!duty) return clock('公示', 'waiting', '打款后开始');
  const words = `${DUTY_WORDS[duty.kind].owed}，${clockOf(duty, now).words}`;
  return clock('公示', isOverdue(duty, now) ? 'late' : 'running', words);
}

function summaryOf(facts: CasePageFacts): SummaryRow[] {
  const { row: one, applicant, registrar, story, visits, roles, cameFrom } = facts;
  const person = has(roles, OFFICE) ? `/s/people/${applicant.id}` : null;
  const rows = [
    row('对象', `${applicant.maskedName}（${applicant.group}）`, { href: person }),
    row('事由', CAUSE_WORDS[one.cause]),
    row('金额', `${yuanText(one.amountFen)} 元`),
    row('收款', payWords(facts)),
    row('受理', `${instantWords(one.acceptedAt)}${registrar ? `，${registrar.maskedName}` : ''}`),
    row('谁去看过', visitWords(visits)),
  ];
  if (cameFrom)
    rows.unshift(
      row('从哪里转来', `${cameFrom.societyName} ${cameFrom.caseNumber}`, {
        href: `/s/town/handovers/${cameFrom.id}`,
      }),
    );
  const notes = visits.flatMap(({ note }) => (note === null ? [] : [note]));
  if (story !== null) rows.push(row('经过', story));
  if (story !== null && notes[0] !== undefined) rows.push(row('看到的情况', notes[0]));
  if (applicant.idState === 'PENDING') rows.push(row('身份证号', '还没有，和材料一起补', { href: person }));
  return rows;
}

function payWords({ row: one, account, payee, roles }: CasePageFacts): string {
  const who = payee ? `${payee.maskedName}（${PAYEE_WORDS[one.payeeRelation]}）` : '本人';
  if (one.method === 'CASH') return `${who}，现金`;
  return account && has(roles, BANK_READERS)
    ? `${who}，${account.bankName} 尾号 ${account.cardTail}`
    : `${who}，银行卡`;
}

function visitWords(visits: CasePageFacts['visits']): string {
  const [first] = visits;
  if (!first) return '还没去看';
  return `${visits.map(({ name }) => name).join('、')}，${dayWords(first.visitedOn)}`;
}

const PAPER_COLUMNS = ['材料', '状态', '登记时间'];

function papersTable({ row: one, papers }: CasePageFacts): TableView | null {
  const isOver = NO_MORE_PAPERS.includes(one.state);
  if (isOver && papers.length === 0) return null;
  const kinds = isOver
    ? PAPER_KINDS.filter((kind) => papers.some((each) => each.kind === kind))
    : PAPER_KINDS;
  const rows = kinds.map((kind) => {
    const paper = papers.find((each) => each.kind === kind);
    return [
      PAPER_WORDS[kind],
      { words: paper?.waiver ?? '', tag: paperTag(paper) },
      paper ? instantShort(paper.recordedAt) : '',
    ];
  });
  return table('材料', PAPER_COLUMNS, rows, '没有材料。', { brief: true });
}

function paperTag(paper: PaperFact | undefined): TagView {
  if (!paper) return tag('yellow', '还缺');
  if (paper.state === 'PRESENT') return tag('green', '有了');
  return paper.confirmedAt === null ? tag('yellow', '免交，等监事确认') : tag('grey', '免交');
}

function photoLinks(photos: readonly PhotoFact[]): LinkView[] {
  const of = (kind: PaperKind) => photos.filter((photo) => photo.kind === kind);
  return PAPER_KINDS.flatMap((kind) =>
    of(kind).map(({ fileId }, i) => ({
      words: `看${PAPER_WORDS[kind]}照片 ${i + 1}`,
      href: `/s/files/${fileId}`,
    })),
  );
}

function eventOf({ at, words, act, who }: CasePageFacts['trail'][number]): TimelineEvent {
  return event(instantShort(at), words ?? act, who);
}
