import { CAUSE_WORDS } from '../kernel/causes.js';
import { dayShort, dayWords, instantShort, instantWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import type { Role } from '../kernel/actor.js';
import { yuanText } from '../kernel/fen.js';
import { RELIEF_PAPER_WORDS, RELIEF_PAPERS } from '../funds/domain/rule.js';
import type { ReliefPaper } from '../funds/domain/rule.js';
import { row, table, tag } from '../platform/web/views.js';
import type { LinkView, SummaryRow, TableView } from '../platform/web/views.js';
import { meanScore } from './domain/desk-rules.js';
import { RELIEF_END_WORDS, REVIEW_WORDS, VERIFY_WORDS } from './domain/relief-words.js';
import type { AidLine } from './relief-aid.js';
import { invoicesTable, sumView, yuan } from './relief-sum.views.js';
import type { SumView } from './relief-sum.views.js';
import type { PaperFact, ReliefFacts } from './relief.queries.js';
import type { DeskFacts, ReliefPageFacts } from './relief.reading.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const BANK_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'cashier', 'accountant'];
/** As `audit` lets them read the files of relief. */
const PHOTO_READERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'supervisor', 'reviewer'];

export const has = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** The facts of a case in the order in which they are judged (pages.md 8.7): the page of the case and of the review. */
export type FactsView = {
  readonly person: readonly SummaryRow[];
  readonly cause: readonly SummaryRow[];
  readonly papers: TableView;
  readonly invoices: TableView;
  readonly sum: SumView | null;
  readonly judged: JudgedView | null;
  readonly aid: TableView | null;
};

export type JudgedView = {
  readonly scores: TableView;
  readonly mean: string;
  readonly opinion: string | null;
  readonly sheet: LinkView | null;
};

export function factsView(facts: ReliefPageFacts): FactsView {
  const { sum, invoices, policies, desk, roles } = facts;
  return {
    person: personRows(facts),
    cause: causeRows(facts),
    papers: papersTable(facts.papers, sum?.rule.papers ?? [], desk !== null && has(roles, PHOTO_READERS)),
    invoices: invoicesTable(invoices),
    sum: sum && sumView({ sum, invoices, policies }),
    judged: desk && judgedView(desk, roles),
    aid: desk && aidTable(desk.aid),
  };
}

/** 1 人与户 */
function personRows(facts: ReliefPageFacts): SummaryRow[] {
  const { known, applicant, desk, roles, account, actor } = facts;
  const person = has(roles, OFFICE) ? `/s/people/${applicant.id}` : null;
  const isHome = actor.societyId !== known.societyId;
  return [
    row('对象', `${applicant.maskedName}（${applicant.group}）`, { href: person }),
    ...(desk ? [row('一户', `${desk.household.length} 人：${desk.household.join('、')}`)] : []),
    ...(isHome ? [] : [row('哪个社', known.homeName)]),
    row('收款', accountWords(facts, account !== null)),
    ...(desk ? [row('有关系的人', tiedWords(desk))] : []),
    row('提交', instantWords(known.submittedAt)),
  ];
}

function accountWords({ account, roles }: ReliefPageFacts, hasAccount: boolean): string {
  if (!hasAccount) return '没有家庭账户，付给医院';
  return account && has(roles, BANK_READERS)
    ? `${account.bankName} 尾号 ${account.cardTail}`
    : '家庭的银行卡';
}

function tiedWords({ tied }: DeskFacts): string {
  return tied.map(({ name, words }) => `${name}（${words}）`).join('、') || '总会任职的人里没有';
}

/** 2 事由与材料 */
function causeRows({ known, story, desk }: ReliefPageFacts): SummaryRow[] {
  const { verifiedAt, verifyResult, endReason, endedAt, paidFen } = known;
  return [
    row('基金', known.fundName, { href: `/s/funds/${known.nodeId}` }),
    row('事由', CAUSE_WORDS[known.cause]),
    row('费用', yuan(known.totalFen)),
    row('欠债', known.debtsFen === 0 ? '没有填' : yuan(known.debtsFen)),
    ...(story === null ? [] : [row('经过', story)]),
    ...(desk && verifyResult !== null && verifiedAt !== null
      ? [row('核实', `${VERIFY_WORDS[verifyResult]}，${dayWords(dayOf(verifiedAt))}`)]
      : []),
    ...(desk?.verifyNote ? [row('核实情况', desk.verifyNote)] : []),
    ...(endReason === null || endedAt === null
      ? []
      : [row('怎样结束', `${RELIEF_END_WORDS[endReason]}，${dayWords(dayOf(endedAt))}`)]),
    ...(endReason === null || paidFen === 0 ? [] : [row('先行拨付', paidWords(known))]),
  ];
}

/** What had left before the case ended without a grant, and what became of it. */
function paidWords({ paidFen, demandedFen, refundedFen }: ReliefFacts): string {
  const back = demandedFen === 0 ? '不要求退回' : `要求退回 ${yuan(demandedFen)}，已退 ${yuan(refundedFen)}`;
  return `付出 ${yuan(paidFen)}，${back}`;
}

/** Every photo is a row, and so is every paper that the rule wants and nobody brought. */
export function papersTable(
  papers: readonly PaperFact[],
  wanted: readonly ReliefPaper[],
  maySeePhotos: boolean,
): TableView {
  const link = (fileId: string) => (maySeePhotos ? `/s/files/${fileId}` : null);
  const rowsOf = (kind: ReliefPaper) => {
    const brought = papers.filter((paper) => paper.kind === kind);
    if (brought.length === 0)
      return wanted.includes(kind)
        ? [[RELIEF_PAPER_WORDS[kind], { words: '', tag: tag('yellow', '还缺') }, '']]
        : [];
    return brought.map(({ fileId, addedAt }, i) => [
      { words: `${RELIEF_PAPER_WORDS[kind]}${i === 0 ? '' : ` ${i + 1}`}`, href: link(fileId) },
      { words: '', tag: tag('green', '有了') },
      instantShort(addedAt),
    ]);
  };
  return table('材料', ['材料', '状态', '交来'], RELIEF_PAPERS.flatMap(rowsOf), '还没有材料的照片。', {
    brief: true,
  });
}

/** 4 研判 */
function judgedView({ scores, opinion, sheetFileId }: DeskFacts, roles: readonly Role[]): JudgedView | null {
  if (scores.length === 0) return null;
  return {
    scores: table(
      '打分',
      ['打分的人', '分数:'],
      scores.map(({ name, score }) => [name, String(score)]),
      '',
      { brief: true },
    ),
    mean: `平均 ${meanScore(scores)} 分`,
    opinion,
    sheet:
      sheetFileId !== null && has(roles, PHOTO_READERS)
        ? { words: '看签字的研判表', href: `/s/files/${sheetFileId}` }
        : null,
  };
}

/** 5 其他救助 */
export function aidTable(aid: readonly AidLine[]): TableView {
  return table(
    '其他救助',
    ['救助', '从哪里', '哪天', '状态', '金额（元）:'],
    aid.map(({ from, on, what, amountFen, state }) => [what, from, dayWords(on), state, yuanText(amountFen)]),
    '本户在总会的各社、各基金里没有得过其他救助。',
    { brief: true },
  );
}

export function reviewsTable({ reviews }: DeskFacts): TableView {
  return table(
    '审核',
    ['审核的人', '理由', '说明', '哪天'],
    reviews.map(({ name, reason, note, reviewedAt }) => [
      name,
      REVIEW_WORDS[reason],
      note ?? '',
      dayShort(dayOf(reviewedAt)),
    ]),
    '还没有审核。',
    { brief: true },
  );
}
