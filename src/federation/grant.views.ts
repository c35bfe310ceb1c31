import { PAPER_WORDS, missingOf } from '../cases/domain/papers.js';
import { PAYEE_WORDS } from '../cases/domain/payee.js';
import { STATE_COLOURS, STATE_WORDS } from '../cases/domain/case-words.js';
import { matchReasonField, matchSides, matchState } from '../cases/index.js';
import { clockOf, DUTY_WORDS, isOverdue } from '../duties/index.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { dayWords, instantShort, instantWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import { stateWordsOf } from '../notices/domain/notice-state-words.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { errorsOf, event, row, table, tag } from '../platform/web/views.js';
import type {
  ChoiceView,
  ErrorView,
  LinkView,
  SummaryRow,
  TableView,
  TagView,
  TimelineEvent,
} from '../platform/web/views.js';
import { queryOf } from './domain/desk-filter.js';
import type { DeskFilter } from './domain/desk-filter.js';
import { FINDING_REASONS, FINDING_WORDS } from './domain/findings.js';
import { signWords } from './domain/risks.js';
import { decisionView } from './decision.views.js';
import type { DecisionView } from './decision.views.js';
import type { GrantFacts } from './grant.reading.js';
import { leaseView } from './lease.views.js';
import type { LeaseView } from './lease.views.js';
import { hrefOf } from './queue.views.js';
import type { FindingFact, OutcomeFact } from './review.queries.js';

export type Looked = {
  readonly facts: GrantFacts;
  readonly filter: DeskFilter;
  /** The words of the address after the `?`: view and place, for the way back. */
  readonly query: string;
  readonly roles: readonly string[];
  /** Just decided: the page says what became of it. */
  readonly isDone: boolean;
};

export type GrantView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: string;
  readonly state: TagView;
  readonly done: { readonly title: string; readonly lines: readonly string[] } | null;
  readonly next: LinkView | null;
  readonly steps: readonly { readonly title: string; readonly rows: readonly SummaryRow[] }[];
  readonly aid: TableView;
  readonly matches: readonly {
    readonly title: string;
    readonly state: TagView;
    readonly sides: TableView;
    readonly action: string | null;
    readonly query: string;
    readonly reason: ChoiceView;
    /** The key that takes one there; of the first alone. */
    readonly key: string | null;
  }[];
  readonly earlier: readonly {
    readonly title: string;
    readonly rows: readonly SummaryRow[];
    readonly photo: string | null;
  }[];
  readonly events: readonly TimelineEvent[];
  readonly signs: readonly string[];
  readonly said: readonly string[];
  readonly lease: LeaseView | null;
  readonly decision: DecisionView | null;
  readonly refusal: string | null;
};

export function grantView(
  { facts, filter, query, roles, isDone }: Looked,
  typed: Typed,
  errors: FieldErrors,
): GrantView {
  const { grant, next, signs, nth } = facts;
  return {
    title: `${grant.text} ${grant.societyName}`,
    errors: errorsOf(errors),
    back: `/s/desk?${queryOf(filter)}`,
    state: reviewTag(facts),
    done: isDone ? doneView(facts) : null,
    next: next && { words: `下一件 ${next.text}`, href: hrefOf(next, filter) },
    steps: stepsOf(facts),
    aid: aidTable(facts),
    matches: facts.pairs.map((pair, i) => ({
      title: `疑似重复 ${i + 1}`,
      state: matchState(pair),
      sides: matchSides(maskedPair(pair)),
      action: mayCompare(roles) ? `/s/desk/cases/${grant.id}/matches/${pair.id}` : null,
      query,
      reason: renamed(matchReasonField(pair, {}), `match-${i + 1}`),
      key: i === 0 ? 'd' : null,
    })),
    earlier: facts.outcomes.map(outcomeView),
    events: facts.trail.map(({ at, words, act, who }) => event(instantShort(at), words ?? act, who)),
    signs: signs.map((sign) => signWords(sign, nth)),
    said: saidOf(facts),
    lease:
      facts.isWaiting && mayClaim(roles)
        ? leaseView(facts.lease, { subjectKind: 'grant', subjectId: grant.id }, { ...facts, query })
        : null,
    decision: facts.refusal === null ? decisionView(facts, query, typed, errors) : null,
    refusal: refusalWords(facts),
  };
}

/** Whoever only reads holds nothing back from those who review. */
const mayClaim = (roles: readonly string[]): boolean => !roles.includes('auditor');

const mayCompare = (roles: readonly string[]): boolean =>
  ['reviewer', 'secretary', 'clerk'].some((role) => roles.includes(role));

/** Two forms of one page may ask the same; what they ask has a name of its own in each. */
function renamed(field: ChoiceView, id: string): ChoiceView {
  return { ...field, id, options: field.options.map((option, i) => ({ ...option, id: `${id}-${i + 1}` })) };
}

/** The desk compares cases, and needs no name for it. */
function maskedPair(pair: GrantFacts['pairs'][number]) {
  const masked = <Side extends { name: string; maskedName: string }>(side: Side) => ({
    ...side,
    name: side.maskedName,
  });
  return { mine: masked(pair.mine), other: masked(pair.other) };
}

function reviewTag({ isWaiting, standing, outcomes, row: one }: GrantFacts): TagView {
  const last = outcomes.at(-1);
  if (isWaiting) {
    if (standing.state === 'SECOND') return tag('blue', '等第二人');
    if (standing.state === 'SPLIT') return tag('red', '意见不同');
    return tag('yellow', last ? '已整改，待复核' : '待审');
  }
  if (!['PAID', 'CLOSED'].includes(one.state)) return tag(STATE_COLOURS[one.state], STATE_WORDS[one.state]);
  if (last?.kind === 'IN_ORDER') return tag('green', FINDING_WORDS.IN_ORDER);
  return tag('blue', last ? `${FINDING_WORDS[last.kind]}，等互助社` : '待审');
}

function doneView({ standing, isWaiting, needed, outcomes }: GrantFacts) {
  const last = outcomes.at(-1);
  if (isWaiting || !last) {
    const waits =
      standing.state === 'SPLIT'
        ? '两位意见不同，等第三位审核员或监事。'
        : `这一件要 ${needed} 个人审，等第二位。`;
    return { title: '记下了', lines: [waits] };
  }
  const told = {
    IN_ORDER: '这一件审完了。',
    RECTIFY: '互助社的首页已经出现“整改”，答复以后回到审核台复核。',
    REVOKE: '互助社的首页已经出现“提请撤销”，限 5 个工作日请理事表决或答复。',
  }[last.kind];
  return { title: `已定：${FINDING_WORDS[last.kind]}`, lines: [told] };
}

function stepsOf(facts: GrantFacts): GrantView['steps'] {
  return [
    { title: '1 人与户', rows: personRows(facts) },
    { title: '2 事由与材料', rows: paperRows(facts) },
    { title: '3 钱', rows: moneyRows(facts) },
    { title: '4 表决', rows: voteRows(facts) },
    { title: '5 公示', rows: noticeRows(facts) },
  ];
}

function personRows({ applicant, householdSize }: GrantFacts): SummaryRow[] {
  return [
    row('对象', `${applicant.maskedName}（${applicant.group}）`),
    row('户里', `登记了 ${householdSize} 人`),
  ];
}

function paperRows({ row: one, visits, papers }: GrantFacts): SummaryRow[] {
  const missing = missingOf(papers).map((kind) => PAPER_WORDS[kind]);
  const waived = papers.filter(({ state }) => state === 'WAIVED').map(({ kind }) => PAPER_WORDS[kind]);
  return [
    row('事由', CAUSE_WORDS[one.cause]),
    row('受理', instantWords(one.acceptedAt)),
    row('核实', one.verifiedAt === null ? '没有记' : `${visits} 人去看过`),
    row('材料', missing.length > 0 ? `缺：${missing.join('、')}` : '齐'),
    ...(waived.length > 0 ? [row('免交', waived.join('、'))] : []),
  ];
}

function moneyRows({ row: one, payee, account }: GrantFacts): SummaryRow[] {
  const relation =
    one.payeeRelation === 'SELF' ? '本人' : `${payee.maskedName}，${PAYEE_WORDS[one.payeeRelation]}`;
  const way = account ? `${account.bankName} 尾号 ${account.cardTail}` : '现金';
  return [
    row('金额', `${yuanText(one.amountFen)} 元`),
    row('收款人', relation),
    row('收款方式', way),
    row('打款', one.paidAt === null ? '没有' : instantWords(one.paidAt)),
  ];
}

const ROUND_WORDS: Readonly<Record<string, string>> = {
  APPROVED: '通过',
  REJECTED: '没通过',
  LAPSED: '到会不够',
};

function voteRows({ row: one, rounds, duties, now }: GrantFacts): SummaryRow[] {
  const path = one.approvedVia === 'FAST' ? '三人紧急快办' : '理事会表决';
  const late = duties.find(({ kind, settledAt }) => kind === 'RATIFY' && settledAt === null);
  return [
    row('怎么批的', path),
    ...(late ? [row('追认', clockOf(late, now).words)] : []),
    ...rounds.map(({ sequence, state, present, yes, no, abstain, recused, electors }) =>
      row(
        `第 ${sequence} 轮`,
        `${ROUND_WORDS[state] ?? '没有结果'}：到 ${present}/${electors}，同意 ${yes} 反对 ${no} 弃权 ${abstain}，回避 ${recused}`,
      ),
    ),
  ];
}

function noticeRows({ notices, duties, now }: GrantFacts): SummaryRow[] {
  const shown = notices.filter(({ kind, state }) => kind === 'GRANT_POST' && state !== 'DISCARDED');
  const late = duties.filter((duty) => NOTICE_KINDS.includes(duty.kind) && isOverdue(duty, now));
  return [
    ...shown.map((notice) => row(notice.issue?.number ?? '公示', stateWordsOf(notice, now).tag)),
    ...(shown.length === 0 ? [row('公示', '还没有')] : []),
    ...late.map((duty) => row(DUTY_WORDS[duty.kind].label, clockOf(duty, now).words)),
  ];
}

const NOTICE_KINDS: readonly string[] = ['SIGN_NOTICE', 'POST_NOTICE', 'POSTING_PHOTO', 'END_NOTICE'];

function aidTable({ aid, grant }: GrantFacts): TableView {
  const others = aid.filter(({ from, what }) => from !== grant.societyName || !what.includes(grant.text));
  return table(
    '6 其他救助',
    ['哪天', '谁给的', '什么', '金额（元）:', '状态'],
    others.map(({ on, from, what, amountFen, state }) => [on, from, what, yuanText(amountFen), state]),
    '这一户在各社没有别的急难救助。',
  );
}

function outcomeView(outcome: OutcomeFact): GrantView['earlier'][number] {
  const { id, lap, kind, reason, dueOn, words, settledAt, answeredAt, answer, fileId } = outcome;
  return {
    title: `第 ${lap} 次审核：${FINDING_WORDS[kind]}`,
    rows: [
      row('理由', FINDING_REASONS[reason].words),
      row('哪天', dayWords(dayOf(settledAt))),
      ...(dueOn === null ? [] : [row('限到', dayWords(dueOn))]),
      ...(words === null ? [] : [row('说明', words)]),
      ...(answeredAt === null ? [] : [row('答复', `${answer ?? '答复了'}（${instantShort(answeredAt)}）`)]),
    ],
    photo: fileId === null ? null : `/s/desk/photos/${id}`,
  };
}

/** Who has looked; what they found is said to whoever has looked too. */
function saidOf({ findings, isBlind, isWaiting, needed }: GrantFacts): string[] {
  if (!isWaiting) return [];
  const lines = findings.map((finding, i) => {
    const who = `第 ${i + 1} 审 ${finding.maskedName}`;
    return isBlind ? `${who} ✓` : `${who}：${foundWords(finding)}`;
  });
  return needed === 2 ? [`2 人复核（${findings.length}/2）`, ...lines] : lines;
}

function foundWords({ kind, reason, words }: FindingFact): string {
  return `${FINDING_WORDS[kind]}，${FINDING_REASONS[reason].words}${words === null ? '' : `（${words}）`}`;
}

function refusalWords({ refusal, outcomes }: GrantFacts): string | null {
  switch (refusal) {
    case null:
      return null;
    case 'READER':
      return '审核意见由审核员记，您可以看。';
    case 'TIED':
      return '申请人是您本人、同户或登记过的亲属，您要回避。';
    case 'TWICE':
      return '您已经审过，等另一位审核员。';
    case 'ONLY_SPLITS':
      return '两位审核员意见不同的时候，由监事下结论。';
    case 'DONE':
      return outcomes.length > 0 ? '这一件现在不用审。' : '这一件没有在等审核。';
  }
}
