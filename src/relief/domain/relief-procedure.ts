import type { Role } from '../../kernel/actor.js';

export const RELIEF_STATES = [
  'SUBMITTED',
  'POLICY_CHECKED',
  'VERIFIED',
  'ASSESSED',
  'REVIEWED',
  'RETURNED',
  'PANEL',
  'PRE_NOTICE',
  'OBJECTION_HOLD',
  'APPROVED',
  'PAID',
  'REFUND_DUE',
  'CLOSED',
  'REJECTED',
  'LAPSED',
  'WITHDRAWN',
  'TERMINATED',
] as const;
export type ReliefState = (typeof RELIEF_STATES)[number];

export const RELIEF_ACTS = [
  'submit',
  'checkPolicies',
  'verify',
  'assess',
  'review',
  'return',
  'resume',
  'recheck',
  'expire',
  'askSecond',
  'openPanel',
  'refuse',
  'carry',
  'reject',
  'lapse',
  'hold',
  'dismiss',
  'uphold',
  'approve',
  'pay',
  'payBack',
  'close',
  'demand',
  'repaid',
  'withdraw',
  'terminate',
] as const;
export type ReliefAct = (typeof RELIEF_ACTS)[number];

export type ReliefDuty =
  | 'CHECK_POLICIES'
  | 'VERIFY_RELIEF'
  | 'ASSESS_RELIEF'
  | 'REVIEW_RELIEF'
  | 'OPEN_PANEL'
  | 'COMPLETE_RELIEF'
  | 'DECIDE_ANEW'
  | 'APPROVE_RELIEF'
  | 'FOLLOW_UP'
  | 'LOOK_AT_MERGER'
  | 'PAY'
  | 'SIGN_NOTICE'
  | 'POST_NOTICE';

export type ReliefOwed = {
  readonly duty: ReliefDuty;
  readonly owner: Role;
  readonly unit: 'hours' | 'natural-days' | 'working-days';
  readonly count: number;
};

/**
 * The federation's board by its vote, an objection to the notice or whoever decides it, a period that ran out, or both
 * tracks being done.
 */
export type ReliefActor = Role | 'board' | 'objection' | 'clock' | 'tracks';

export type ReliefPaperMade =
  | 'RETURN_LETTER'
  | 'MINUTES'
  | 'RELIEF_PRE'
  | 'RELIEF_RESULT'
  | 'REJECTION'
  | 'REJECTION_LETTER'
  | 'DECISION_LETTER'
  | 'DEMAND_LETTER'
  | 'ENDING_NOTE';

export type ReliefStep = {
  readonly act: ReliefAct;
  readonly from: ReliefState | null;
  readonly to: ReliefState;
  readonly who: readonly ReliefActor[];
  readonly guard: string;
  readonly settles: readonly ReliefDuty[];
  readonly owes: readonly ReliefOwed[];
  readonly endsDuties: boolean;
  readonly papers: readonly ReliefPaperMade[];
};

const workingDays = (duty: ReliefDuty, owner: Role, count: number): ReliefOwed => ({
  duty,
  owner,
  unit: 'working-days',
  count,
});

const CHECK_POLICIES = workingDays('CHECK_POLICIES', 'clerk', 5);
const VERIFY = workingDays('VERIFY_RELIEF', 'clerk', 10);
const ASSESS = workingDays('ASSESS_RELIEF', 'clerk', 5);
const REVIEW = workingDays('REVIEW_RELIEF', 'reviewer', 3);
const OPEN_PANEL = workingDays('OPEN_PANEL', 'secretary', 5);
const SIGN_NOTICE = workingDays('SIGN_NOTICE', 'chair', 2);
const POST_NOTICE = workingDays('POST_NOTICE', 'secretary', 3);
const PAY = workingDays('PAY', 'cashier', 5);

/** Opened by the end of the notice, not by a step of the table: the chair has a working day (domain.md 2.2). */
export const APPROVE = workingDays('APPROVE_RELIEF', 'chair', 1);

/** Two cap groups became one as a panel opened: somebody looks whether they are one family (domain.md 3, rule 9). */
export const LOOK_AT_MERGER = workingDays('LOOK_AT_MERGER', 'reviewer', 5);

type Way = Pick<ReliefStep, 'act' | 'from' | 'to' | 'who' | 'guard'> & Partial<ReliefStep>;

function step(way: Way): ReliefStep {
  return { settles: [], owes: [], endsDuties: false, papers: [], ...way };
}

function from(states: readonly ReliefState[], way: Omit<Way, 'from'>): ReliefStep[] {
  return states.map((state) => step({ ...way, from: state }));
}

/**
 * The acts by which desk, home and chair go on with a file: none of them is done once the family has taken back what it
 * needs (PIPL, art. 15). It can still be ended, and what happens to money that is out is written down.
 */
export const GOES_ON: readonly ReliefAct[] = [
  'checkPolicies',
  'verify',
  'assess',
  'review',
  'askSecond',
  'resume',
  'recheck',
  'openPanel',
  'carry',
  'approve',
];

/** Where the family can still stop it: until all of it is paid. */
export const STOPPABLE_RELIEF: readonly ReliefState[] = [
  ...(['SUBMITTED', 'POLICY_CHECKED', 'VERIFIED', 'ASSESSED', 'REVIEWED', 'RETURNED'] as const),
  ...(['PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED'] as const),
];

/** While the desk has the file: what is missing is asked for, and nothing has been promised. */
export const DESK_STATES: readonly ReliefState[] = [
  'SUBMITTED',
  'POLICY_CHECKED',
  'VERIFIED',
  'ASSESSED',
  'REVIEWED',
];

/** What each state of the desk owes; a file that comes back owes what is left of it. */
export const DESK_DUTIES: Readonly<Partial<Record<ReliefState, ReliefOwed>>> = {
  SUBMITTED: CHECK_POLICIES,
  POLICY_CHECKED: VERIFY,
  VERIFIED: ASSESS,
  ASSESSED: REVIEW,
  REVIEWED: OPEN_PANEL,
};

const BEFORE_MONEY: readonly ReliefState[] = [
  ...DESK_STATES,
  'RETURNED',
  'PANEL',
  'PRE_NOTICE',
  'OBJECTION_HOLD',
  'APPROVED',
];

const OFFICE = ['secretary', 'clerk'] as const satisfies readonly Role[];
const SIGNERS = ['chair', 'deputy'] as const satisfies readonly Role[];
const LATER = '保险后来又赔了，或者钱没有用在正处；按新的自付费用重算，多付的退回';

/**
 * Relief by a charity fund, whole (domain.md 2.2): checked, verified, assessed, reviewed and voted on, publicised, and only
 * then paid. Every change of a state is one row of this table, and no code changes a state without it.
 */
export const RELIEF_PROCEDURE: readonly ReliefStep[] = [
  step({
    act: 'submit',
    from: null,
    to: 'SUBMITTED',
    who: OFFICE,
    guard: '事由在基金规则的范围内，有发票，同一张发票在本基金只用一次，已签同意书和承诺书',
    owes: [CHECK_POLICIES],
  }),
  step({
    act: 'checkPolicies',
    from: 'SUBMITTED',
    to: 'POLICY_CHECKED',
    who: OFFICE,
    guard: '先政策后慈善：每一项政策都写明办了多少、不符合还是没批',
    settles: ['CHECK_POLICIES'],
    owes: [VERIFY],
  }),
  step({
    act: 'verify',
    from: 'POLICY_CHECKED',
    to: 'VERIFIED',
    who: OFFICE,
    guard: '逢进必核：材料齐，发票原件已盖章；结果异常的写明情况，不因此退件',
    settles: ['VERIFY_RELIEF'],
    owes: [ASSESS],
  }),
  step({
    act: 'assess',
    from: 'VERIFIED',
    to: 'ASSESSED',
    who: OFFICE,
    guard: '三人以上打分，都和申请人没有关系；金额按规则算出，不另外填',
    settles: ['ASSESS_RELIEF'],
    owes: [REVIEW],
  }),
  step({
    act: 'review',
    from: 'ASSESSED',
    to: 'REVIEWED',
    who: ['reviewer'],
    guard: '审核的人没有经办过这一件；达到规则定的金额，要两个不同的人',
    settles: ['REVIEW_RELIEF'],
    owes: [OPEN_PANEL],
  }),
  ...from(DESK_STATES, {
    act: 'return',
    to: 'RETURNED',
    who: [...OFFICE, 'reviewer'],
    guard: '写明缺什么，最多退两次；计时停下',
    endsDuties: true,
    owes: [workingDays('COMPLETE_RELIEF', 'secretary', 15)],
    papers: ['RETURN_LETTER'],
  }),
  ...DESK_STATES.map((state) =>
    step({
      act: 'resume',
      from: 'RETURNED',
      to: state,
      who: OFFICE,
      guard: '补来的是材料，回到退件以前的那一步，接着计时',
      settles: ['COMPLETE_RELIEF'],
    }),
  ),
  step({
    act: 'recheck',
    from: 'RETURNED',
    to: 'SUBMITTED',
    who: OFFICE,
    guard: '发票有增减，政策重新核一遍',
    settles: ['COMPLETE_RELIEF'],
    owes: [CHECK_POLICIES],
  }),
  step({
    act: 'expire',
    from: 'RETURNED',
    to: 'LAPSED',
    who: ['clock'],
    guard: '15 个工作日没有补来',
    endsDuties: true,
    papers: ['ENDING_NOTE'],
  }),
  step({
    act: 'askSecond',
    from: 'REVIEWED',
    to: 'ASSESSED',
    who: ['secretary'],
    guard: '审核以后算出来的金额变多，到了要两个人审核的数，只审过一个人',
    settles: ['OPEN_PANEL'],
    owes: [REVIEW],
  }),
  step({
    act: 'openPanel',
    from: 'REVIEWED',
    to: 'PANEL',
    who: ['secretary'],
    guard: '审核的人数够，额度和基金里的钱已经留出（先行拨付已经够了的不再留），有关系的理事已回避',
    settles: ['OPEN_PANEL'],
  }),
  step({
    act: 'refuse',
    from: 'REVIEWED',
    to: 'REJECTED',
    who: ['secretary'],
    guard: '按规则算出来是零：没有自付费用，或者本户的最高额已经用完',
    endsDuties: true,
    owes: [SIGN_NOTICE, POST_NOTICE],
    papers: ['REJECTION', 'REJECTION_LETTER'],
  }),
  step({
    act: 'carry',
    from: 'PANEL',
    to: 'PRE_NOTICE',
    who: ['board'],
    guard: '到会够数，同意够数',
    owes: [SIGN_NOTICE, POST_NOTICE],
    papers: ['MINUTES', 'RELIEF_PRE'],
  }),
  step({
    act: 'reject',
    from: 'PANEL',
    to: 'REJECTED',
    who: ['board'],
    guard: '到会够数，同意不够；留出的额度和钱都退回',
    endsDuties: true,
    owes: [SIGN_NOTICE, POST_NOTICE],
    papers: ['MINUTES', 'REJECTION', 'REJECTION_LETTER'],
  }),
  step({
    act: 'lapse',
    from: 'PANEL',
    to: 'REVIEWED',
    who: ['board'],
    guard: '到会不够数，或者回避以后不足三人；留出的退回，再开一次',
    owes: [OPEN_PANEL],
    papers: ['MINUTES'],
  }),
  step({
    act: 'hold',
    from: 'PRE_NOTICE',
    to: 'OBJECTION_HOLD',
    who: ['objection'],
    guard: '公示期内收到异议，查清以前不批不付',
  }),
  step({
    act: 'dismiss',
    from: 'OBJECTION_HOLD',
    to: 'PRE_NOTICE',
    who: ['objection'],
    guard: '所有的异议都不成立或者撤回了',
  }),
  step({
    act: 'uphold',
    from: 'OBJECTION_HOLD',
    to: 'REVIEWED',
    who: ['objection'],
    guard: '两个没有经手的人查明异议成立，原来的表决和公示作废，留出的退回，重新评审',
    endsDuties: true,
    owes: [OPEN_PANEL],
  }),
  step({
    act: 'approve',
    from: 'PRE_NOTICE',
    to: 'APPROVED',
    who: SIGNERS,
    guard: '公示期满，没有成立的异议；批的人和申请人没有关系',
    settles: ['APPROVE_RELIEF'],
    owes: [PAY],
    papers: ['DECISION_LETTER'],
  }),
  step({
    act: 'pay',
    from: 'APPROVED',
    to: 'PAID',
    who: ['cashier', ...SIGNERS],
    guard: '每一笔都已付出，出纳不是批的人，也和申请人没有关系；先行拨付已经够了的，批准时就付清了',
    settles: ['PAY'],
    owes: [SIGN_NOTICE, POST_NOTICE, { duty: 'FOLLOW_UP', owner: 'clerk', unit: 'natural-days', count: 90 }],
    papers: ['RELIEF_RESULT'],
  }),
  ...from(['PAID', 'CLOSED'], {
    act: 'payBack',
    to: 'APPROVED',
    who: ['cashier'],
    guard: '银行把钱退回来了，改好账户再付',
    owes: [PAY],
  }),
  step({
    act: 'close',
    from: 'PAID',
    to: 'CLOSED',
    who: ['tracks'],
    guard: '回访过，结果公示期满',
    settles: ['FOLLOW_UP'],
  }),
  step({
    act: 'demand',
    from: 'PAID',
    to: 'REFUND_DUE',
    who: ['secretary', ...SIGNERS],
    guard: `${LATER}；先行拨付的比批准的多，批准时就要求退回；对结果公示的异议成立`,
    settles: ['DECIDE_ANEW'],
    papers: ['DEMAND_LETTER'],
  }),
  step({
    act: 'demand',
    from: 'CLOSED',
    to: 'REFUND_DUE',
    who: ['secretary'],
    guard: LATER,
    settles: ['DECIDE_ANEW'],
    papers: ['DEMAND_LETTER'],
  }),
  step({
    act: 'repaid',
    from: 'REFUND_DUE',
    to: 'PAID',
    who: ['cashier'],
    guard: '要退的全部收回，额度按收回的恢复；回访或结果公示还没办完',
  }),
  step({
    act: 'repaid',
    from: 'REFUND_DUE',
    to: 'CLOSED',
    who: ['cashier'],
    guard: '要退的全部收回，额度按收回的恢复；回访和结果公示都已办完',
  }),
  ...from(BEFORE_MONEY, {
    act: 'withdraw',
    to: 'WITHDRAWN',
    who: OFFICE,
    guard: '申请人自己要求撤回，一分钱也没有付出',
    endsDuties: true,
    papers: ['ENDING_NOTE'],
  }),
  ...from(BEFORE_MONEY, {
    act: 'terminate',
    to: 'TERMINATED',
    who: OFFICE,
    guard: '申请人去世、重复申请或不再需要，一分钱也没有付出',
    endsDuties: true,
    papers: ['ENDING_NOTE'],
  }),
];

/** The row of the table; null says that the act has no place there. Of the ways back from a return, the one to `to`. */
export function reliefStepOf(
  act: ReliefAct,
  at: ReliefState | null,
  to: ReliefState | null = null,
): ReliefStep | null {
  const found = RELIEF_PROCEDURE.find(
    (each) => each.act === act && each.from === at && (to === null || each.to === to),
  );
  return found ?? null;
}

/** A file is returned for completion this often, and no more (domain.md 2.2). */
export const MOST_RETURNS = 2;
export const LEAST_ASSESSORS = 3;

/** Nothing leads on from here. */
export const RELIEF_ENDS: ReadonlySet<ReliefState> = new Set<ReliefState>([
  'REJECTED',
  'LAPSED',
  'WITHDRAWN',
  'TERMINATED',
]);

/** Nobody has anything to do any more. */
export const RELIEF_DONE: readonly ReliefState[] = [...RELIEF_ENDS, 'CLOSED'];

/** In these a case holds room under the cap, or has used it: its invoices are taken. */
export const HELD_STATES: readonly ReliefState[] = [
  'PANEL',
  'PRE_NOTICE',
  'OBJECTION_HOLD',
  'APPROVED',
  'PAID',
  'REFUND_DUE',
  'CLOSED',
];

/** What the check of the table goes by: a file comes back to where it was, money that came back to what was not done. */
export const RELIEF_ROAD = {
  states: RELIEF_STATES,
  ends: RELIEF_ENDS,
  forking: ['resume', 'repaid'],
} as const;
