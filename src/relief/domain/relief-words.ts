import type { ReliefAct, ReliefActor, ReliefPaperMade, ReliefState } from './relief-procedure.js';
import { ACTOR_WORDS } from '../../cases/domain/procedure-words.js';

export const RELIEF_STATE_WORDS: Readonly<Record<ReliefState, string>> = {
  SUBMITTED: '等核政策',
  POLICY_CHECKED: '等核实',
  VERIFIED: '等研判',
  ASSESSED: '待审核',
  REVIEWED: '等评审',
  RETURNED: '退回补正',
  PANEL: '评审中',
  PRE_NOTICE: '事前公示',
  OBJECTION_HOLD: '有异议，暂缓',
  APPROVED: '已批准',
  PAID: '已付清',
  REFUND_DUE: '待退款',
  CLOSED: '已办结',
  REJECTED: '不予救助',
  LAPSED: '逾期未补，作废',
  WITHDRAWN: '已撤回',
  TERMINATED: '已终止',
};

export const RELIEF_ACT_WORDS: Readonly<Record<ReliefAct, string>> = {
  submit: '提交申请',
  checkPolicies: '核政策',
  verify: '核实',
  assess: '综合研判',
  review: '审核通过',
  return: '退回补正',
  resume: '补正，接着办',
  recheck: '改了发票，重新核',
  expire: '逾期未补',
  askSecond: '请第二个人审核',
  openPanel: '请理事评审',
  refuse: '算出为零，不予救助',
  carry: '评审通过',
  reject: '评审不通过',
  lapse: '评审没开成',
  hold: '因异议暂缓',
  dismiss: '异议不成立',
  uphold: '异议成立，重新评审',
  approve: '批准',
  pay: '全部付清',
  payBack: '银行退回',
  close: '办结',
  demand: '要求退回多付的',
  repaid: '全部退回',
  withdraw: '申请人撤回',
  terminate: '终止',
};

export const RELIEF_ACTOR_WORDS: Readonly<Record<ReliefActor, string>> = {
  ...ACTOR_WORDS,
  objection: '对公示的异议',
  clock: '到期',
  tracks: '回访和结果公示都办完',
};

export const RELIEF_MADE_WORDS: Readonly<Record<ReliefPaperMade, string>> = {
  RETURN_LETTER: '补正通知书',
  MINUTES: '评审记录',
  RELIEF_PRE: '救助事前公示',
  RELIEF_RESULT: '救助结果公示',
  REJECTION: '不予救助公示（只写编号）',
  REJECTION_LETTER: '不予救助告知书',
  DECISION_LETTER: '救助决定书',
  DEMAND_LETTER: '退款通知书',
  ENDING_NOTE: '撤回（终止）确认书',
};

/** What became of one policy of the state (先政策后慈善). */
export const POLICY_OUTCOMES = ['APPLIED', 'NOT_ELIGIBLE', 'REFUSED', 'NOT_ASKED'] as const;
export type PolicyOutcome = (typeof POLICY_OUTCOMES)[number];

export const POLICY_WORDS: Readonly<Record<PolicyOutcome, string>> = {
  APPLIED: '已经报销或救助',
  NOT_ELIGIBLE: '不符合条件',
  REFUSED: '申请了，没批',
  NOT_ASKED: '没有参保或投保',
};

export const VERIFY_RESULTS = ['NORMAL', 'ABNORMAL'] as const;
/** 逢进必核: an abnormal result needs a human note, and is never a silent rejection. */
export type VerifyResult = (typeof VERIFY_RESULTS)[number];

export const VERIFY_WORDS: Readonly<Record<VerifyResult, string>> = { NORMAL: '正常', ABNORMAL: '异常' };

export const REVIEW_REASONS = ['COMPLETE', 'FIGURES_MATCH', 'VISITED', 'OTHER'] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export const REVIEW_WORDS: Readonly<Record<ReviewReason, string>> = {
  COMPLETE: '材料齐全，事实清楚',
  FIGURES_MATCH: '算式和凭据逐笔对过，一致',
  VISITED: '另外走访核对过',
  OTHER: '其他（写在说明里）',
};

export const MERGER_FINDINGS = ['MARRIAGE', 'MOVED_IN', 'ONE_FAMILY', 'MISTAKEN'] as const;
/** What a merger of two cap groups turned out to be. It is not undone by this: a group only grows. */
export type MergerFinding = (typeof MERGER_FINDINGS)[number];

export const MERGER_WORDS: Readonly<Record<MergerFinding, string>> = {
  MARRIAGE: '结婚，合成一户',
  MOVED_IN: '搬到一起住，合成一户',
  ONE_FAMILY: '本来就是一户，分开登记过',
  MISTAKEN: '登记有误，不是一户（请系统管理员更正名册）',
};

export const RELIEF_ENDINGS = ['OWN_WISH', 'HELPED_ELSEWHERE', 'DEATH', 'DUPLICATE', 'NOT_IN_NEED'] as const;
export type ReliefEnding = (typeof RELIEF_ENDINGS)[number];
export const OWN_WISHES: readonly ReliefEnding[] = ['OWN_WISH', 'HELPED_ELSEWHERE'];

export const REFUND_REASONS = ['INSURER_PAID_LATER', 'OTHER_USE', 'FALSE_FACTS', 'WRONG_SUM'] as const;
/**
 * Two are nobody's choice: nothing came of the case after an advance had been paid (`NOT_CARRIED`), or less than that
 * (`LESS_GRANTED`).
 */
export type RefundReason = (typeof REFUND_REASONS)[number] | 'NOT_CARRIED' | 'LESS_GRANTED';

export const REFUND_WORDS: Readonly<Record<RefundReason, string>> = {
  INSURER_PAID_LATER: '医保或保险后来又报销了',
  OTHER_USE: '救助款没有用在申请的事上',
  FALSE_FACTS: '申请时所说的情况经查不属实',
  WRONG_SUM: '计算有误',
  NOT_CARRIED: '最后没有获得救助',
  LESS_GRANTED: '先行拨付的比批准的多',
};

/** 慈救2026-0003: never mistaken for the number of a society's case. */
export function reliefNumberText({
  year,
  number,
}: {
  readonly year: number;
  readonly number: number;
}): string {
  return `慈救${year}-${String(number).padStart(4, '0')}`;
}

/** How a case leaves the road without a grant. */
export type ReliefEnd = ReliefEnding | 'REJECTED' | 'NOTHING_TO_GRANT' | 'CAP_EXHAUSTED' | 'NOT_COMPLETED';

export const RELIEF_END_WORDS: Readonly<Record<ReliefEnd, string>> = {
  OWN_WISH: '申请人自己不要了',
  HELPED_ELSEWHERE: '已经得到别处的帮助',
  DEATH: '申请人已经去世',
  DUPLICATE: '重复申请',
  NOT_IN_NEED: '核实后不属于救助范围',
  REJECTED: '评审没有通过',
  NOTHING_TO_GRANT: '政策用足以后没有自付费用',
  CAP_EXHAUSTED: '本户在本基金的最高额已经用完',
  NOT_COMPLETED: '逾期没有补正',
};
