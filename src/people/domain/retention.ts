import { addDays, day, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';

/** What is kept, for how long, and then forgotten. */
export const RETENTION_KINDS = [
  'VOUCHER',
  'GIFT',
  'BANK',
  'DECISION',
  'REGISTER',
  'CONSENT',
  'BREACH',
  'PERSON',
  'DONOR',
  'OBJECTOR',
  'LEAD',
  'DRAFT',
  'IMPORT',
  'SIGN_IN',
  'MESSAGE',
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** `year-end`: whole years that begin when the accounting year of the event is over. */
type Span =
  | { readonly unit: 'year-end'; readonly count: number }
  | { readonly unit: 'years'; readonly count: number }
  | { readonly unit: 'days'; readonly count: number }
  /** Less than a day. */
  | { readonly unit: 'hours'; readonly count: number };

export type Period = {
  readonly what: string;
  readonly span: Span;
  /** The event that the period runs from. */
  readonly from: string;
  /** By which law, or by whose rule. */
  readonly law: string;
};

const ARCHIVES = '《会计档案管理办法》（财政部、国家档案局令第79号）第十四条';
const SHORTEST = '《个人信息保护法》第十九条：保存到办事必需的最短时间';

/** The periods of domain.md 1.9 and of the Personal Information Protection Law, art. 19 and 47. */
export const PERIODS: Readonly<Record<RetentionKind, Period>> = {
  VOUCHER: {
    what: '凭证、付款单、收条和收款账户',
    span: { unit: 'year-end', count: 30 },
    from: '付款的会计年度结束',
    law: ARCHIVES,
  },
  GIFT: {
    what: '捐赠记录、票据和票据上的姓名',
    span: { unit: 'year-end', count: 30 },
    from: '最后一次捐赠的年度结束',
    law: `${ARCHIVES}：凭证和票据要能核对`,
  },
  BANK: {
    what: '银行对账单',
    span: { unit: 'year-end', count: 10 },
    from: '对账单的会计年度结束',
    law: ARCHIVES,
  },
  DECISION: {
    what: '救助决定、会议记录、公示和付款依据的材料',
    span: { unit: 'year-end', count: 30 },
    from: '决定作出的年度结束',
    law: `${ARCHIVES}：作为付款凭证的附件`,
  },
  REGISTER: {
    what: '名册里的姓名、身份证号和更正记录',
    span: { unit: 'year-end', count: 30 },
    from: '最后一次办理的年度结束',
    law: `${ARCHIVES}：凭证和决定上的人要能核对`,
  },
  CONSENT: {
    what: '同意书和承诺书的记录',
    span: { unit: 'years', count: 3 },
    from: '签字',
    law: '《个人信息保护法》第六十九条：要能证明当时取得了同意',
  },
  BREACH: {
    what: '失信标记和申诉的记录',
    span: { unit: 'years', count: 1 },
    from: '到期、解除、撤销或者没有记入',
    law: SHORTEST,
  },
  PERSON: {
    what: '电话、住址、病情和困难情况的文字',
    span: { unit: 'years', count: 3 },
    from: '最后一件申请办完',
    law: `${SHORTEST}；《民法典》第一百八十八条：三年诉讼时效`,
  },
  DONOR: {
    what: '捐赠人的电话',
    span: { unit: 'years', count: 3 },
    from: '最后一次捐赠',
    law: SHORTEST,
  },
  OBJECTOR: {
    what: '提出异议的人的姓名和电话',
    span: { unit: 'years', count: 3 },
    from: '异议办结',
    law: SHORTEST,
  },
  LEAD: {
    what: '没有登记成申请的求助线索',
    span: { unit: 'years', count: 1 },
    from: '收到线索',
    law: SHORTEST,
  },
  DRAFT: { what: '没有交上来的草稿', span: { unit: 'days', count: 7 }, from: '最后保存', law: SHORTEST },
  IMPORT: { what: '没有确认的导入名册', span: { unit: 'hours', count: 2 }, from: '上传', law: SHORTEST },
  SIGN_IN: {
    what: '登录时输错的记录',
    span: { unit: 'days', count: 1 },
    from: '最后一次输错',
    law: SHORTEST,
  },
  MESSAGE: {
    what: '没有发出的短信的号码',
    span: { unit: 'days', count: 7 },
    from: '发送失败',
    law: SHORTEST,
  },
};

/** The last day on which it is still kept; from the day after it is forgotten. */
export function lastDayKept(kind: RetentionKind, event: Day): Day {
  const { unit, count } = PERIODS[kind].span;
  if (unit === 'days') return addDays(event, count);
  if (unit === 'hours') return addDays(event, 1); // it may begin before midnight
  const year = yearOf(event) + count;
  if (unit === 'year-end') return day(`${year}-12-31`);
  // The Civil Code, art. 202: where the day is missing in its month, the last one of the month.
  return inYear(event, year, '02-28');
}

export const isExpired = (kind: RetentionKind, event: Day, today: Day): boolean =>
  today > lastDayKept(kind, event);

/** The latest day of an event whose period is over today: whatever lies on it or before is forgotten. */
export function lastExpired(kind: RetentionKind, today: Day): Day {
  const { unit, count } = PERIODS[kind].span;
  if (unit === 'days') return addDays(today, -count - 1);
  if (unit === 'hours') return addDays(today, -2);
  const year = yearOf(today) - count;
  return unit === 'year-end' ? day(`${year - 1}-12-31`) : addDays(inYear(today, year, '03-01'), -1);
}

/** The same day of another year; for 29 February, where the year has none, the one given. */
function inYear(of: Day, year: number, instead: '02-28' | '03-01'): Day {
  const isMissing = of.endsWith('-02-29') && !isLeap(year);
  return day(`${year}-${isMissing ? instead : of.slice(5)}`);
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
