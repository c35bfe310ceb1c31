import type { Role } from '../../kernel/actor.js';

export const CASE_STATES = [
  'ACCEPTED',
  'VERIFIED',
  'SIGNING',
  'VOTING',
  'APPROVED',
  'PAID',
  'CLOSED',
  'REJECTED',
  'LAPSED',
  'ESCALATED',
  'REFERRED',
  'WITHDRAWN',
  'TERMINATED',
  'REVOKED',
  'RECOVERED',
  'WRITTEN_OFF',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export type CaseAct =
  | 'register'
  | 'verify'
  | 'openRound'
  | 'approve'
  | 'reject'
  | 'lapse'
  | 'lapseAgain'
  | 'escalate'
  | 'askReview'
  | 'openFastPath'
  | 'approveFast'
  | 'stopFast'
  | 'amend'
  | 'withdraw'
  | 'terminate'
  | 'refer'
  | 'pay'
  | 'payBack'
  | 'close'
  | 'revoke'
  | 'recover'
  | 'writeOff';

/** What a state owes somebody, by when. A word in `count` names the term of the charter that holds the figure. */
export type Owed = {
  readonly duty:
    | 'VISIT'
    | 'OPEN_ROUND'
    | 'SIGN_FAST'
    | 'RATIFY'
    | 'PAY'
    | 'PAPERS'
    | 'ID_NUMBER'
    | 'SIGN_NOTICE'
    | 'POST_NOTICE'
    | 'DECIDE_ANEW';
  readonly owner: Role;
  readonly unit: 'hours' | 'natural-days' | 'working-days';
  readonly count: number | 'payHours' | 'paperWorkingDays' | 'postWorkingDays';
};

/** The paper that a step leaves behind (domain.md 1.6): public notices, and private papers of the file. */
export type StepPaper =
  | 'REGISTRATION_FORM'
  | 'MINUTES'
  | 'GRANT_POST'
  | 'REJECTION'
  | 'REJECTION_LETTER'
  | 'REVOCATION'
  | 'DEMAND_LETTER'
  | 'RESOLUTION'
  | 'REFERRAL_LETTER'
  | 'ENDING_NOTE';

/**
 * Whoever may ask for a step. `board` is the outcome of a round of the society's own board, `town` that of the town
 * union's, `tracks` the last of the three tracks to end.
 */
export type StepActor = Role | 'board' | 'town' | 'tracks';

export type Step = {
  readonly act: CaseAct;
  readonly from: CaseState | null;
  readonly to: CaseState;
  readonly who: readonly StepActor[];
  readonly guard: string;
  /** Duties that the step fulfils. */
  readonly settles: readonly Owed['duty'][];
  /** Duties that begin with the step. */
  readonly owes: readonly Owed[];
  /** Duties that begin anew from the moment of the step, where they are still open. */
  readonly restarts: readonly Owed[];
  /** The step ends every duty of the case that is still open: nobody owes it any more. */
  readonly endsDuties: boolean;
  readonly papers: readonly StepPaper[];
};

const OFFICE = ['secretary', 'clerk'] as const satisfies readonly Role[];

const PAPERS = {
  duty: 'PAPERS',
  owner: 'secretary',
  unit: 'working-days',
  count: 'paperWorkingDays',
} as const;
const ID_NUMBER = { ...PAPERS, duty: 'ID_NUMBER' } as const;
const POST_NOTICE = {
  duty: 'POST_NOTICE',
  owner: 'secretary',
  unit: 'working-days',
  count: 'postWorkingDays',
} as const;
const SIGN_NOTICE = { ...POST_NOTICE, duty: 'SIGN_NOTICE', owner: 'chair' } as const;
const PAY = { duty: 'PAY', owner: 'cashier', unit: 'hours', count: 'payHours' } as const;
const OPEN_ROUND = { duty: 'OPEN_ROUND', owner: 'secretary', unit: 'hours', count: 24 } as const;
/** What a notice asks of people once it is drafted. */
export const NOTICE_DUTIES: readonly Owed[] = [SIGN_NOTICE, POST_NOTICE];
const THREE_TRACKS = [PAY, PAPERS, ID_NUMBER, POST_NOTICE] as const;

type Way = Pick<Step, 'act' | 'from' | 'to' | 'who' | 'guard'> & Partial<Step>;

function step(way: Way): Step {
  return { settles: [], owes: [], restarts: [], endsDuties: false, papers: [], ...way };
}

/** The same act from several states. */
function from(states: readonly CaseState[], way: Omit<Way, 'from'>): Step[] {
  return states.map((state) => step({ ...way, from: state }));
}

/** Before the money has left: what is asked for may still be taken back. */
const BEFORE_PAYMENT: readonly CaseState[] = [
  'ACCEPTED',
  'VERIFIED',
  'SIGNING',
  'VOTING',
  'LAPSED',
  'APPROVED',
];

/**
 * The emergency grant of a society, whole (domain.md 2.1): pay first, then papers and notice as dated debts. Every
 * change of a case's state is one row of this table, and no code changes a state without it. After APPROVED three
 * tracks run side by side (money, papers, notice); PAID says only that the money has left.
 */
export const EMERGENCY_PROCEDURE: readonly Step[] = [
  step({
    act: 'register',
    from: null,
    to: 'ACCEPTED',
    who: OFFICE,
    guard: '在救助范围内，不超过单笔和每户每年的限额，同一原因一年一次，已签同意书和承诺书',
    owes: [{ duty: 'VISIT', owner: 'secretary', unit: 'hours', count: 24 }],
    papers: ['REGISTRATION_FORM'],
  }),
  step({
    act: 'verify',
    from: 'ACCEPTED',
    to: 'VERIFIED',
    who: OFFICE,
    guard: '两个不同的人看过，都不是申请人，也和申请人没有亲属关系',
    settles: ['VISIT'],
    owes: [OPEN_ROUND],
  }),
  step({
    act: 'openRound',
    from: 'VERIFIED',
    to: 'VOTING',
    who: OFFICE,
    guard: '池里的钱够并已留出，有关系的理事已回避，申请人和亲属不能发起',
    settles: ['OPEN_ROUND'],
  }),
  step({
    act: 'openRound',
    from: 'LAPSED',
    to: 'VOTING',
    who: OFFICE,
    guard: '只能再表决一次，其余同上',
    settles: ['OPEN_ROUND'],
  }),
  step({
    act: 'approve',
    from: 'VOTING',
    to: 'APPROVED',
    who: ['board'],
    guard: '表决通过，表决以后金额、收款人、账户、事由没有改过',
    owes: THREE_TRACKS,
    papers: ['MINUTES'],
  }),
  step({
    act: 'reject',
    from: 'VOTING',
    to: 'REJECTED',
    who: ['board'],
    guard: '到会够数，同意不够',
    endsDuties: true,
    owes: [SIGN_NOTICE, POST_NOTICE],
    papers: ['MINUTES', 'REJECTION', 'REJECTION_LETTER'],
  }),
  step({
    act: 'lapse',
    from: 'VOTING',
    to: 'LAPSED',
    who: ['board'],
    guard: '第一轮到会不够数',
    owes: [OPEN_ROUND],
    papers: ['MINUTES'],
  }),
  step({
    act: 'lapseAgain',
    from: 'VOTING',
    to: 'ESCALATED',
    who: ['board'],
    guard: '第二轮到会还不够数',
    endsDuties: true,
    papers: ['MINUTES', 'REFERRAL_LETTER'],
  }),
  step({
    act: 'escalate',
    from: 'VOTING',
    to: 'ESCALATED',
    who: ['board'],
    guard: '回避以后不足 3 位理事',
    endsDuties: true,
    papers: ['MINUTES', 'REFERRAL_LETTER'],
  }),
  ...from(['VERIFIED', 'LAPSED'], {
    act: 'escalate',
    to: 'ESCALATED',
    who: OFFICE,
    guard: '金额超过本社单笔限额、池里的钱不够，或理事会开不成',
    endsDuties: true,
    papers: ['REFERRAL_LETTER'],
  }),
  step({
    act: 'askReview',
    from: 'REJECTED',
    to: 'ESCALATED',
    who: OFFICE,
    guard: '申请人在决定后 30 日内要求复核，或者对不予救助公示的异议成立',
    settles: ['DECIDE_ANEW'],
    papers: ['REFERRAL_LETTER'],
  }),
  step({
    act: 'openFastPath',
    from: 'VERIFIED',
    to: 'SIGNING',
    who: ['secretary'],
    guard: '危及生命或没有住处，不超过快速救助限额，池里的钱够并已留出，没有被暂停快速救助',
    settles: ['OPEN_ROUND'],
    owes: [{ duty: 'SIGN_FAST', owner: 'chair', unit: 'hours', count: 2 }],
  }),
  step({
    act: 'approveFast',
    from: 'SIGNING',
    to: 'APPROVED',
    who: ['chair', 'secretary', 'supervisor'],
    guard: '理事长、秘书长同意，监事会签，三人都和申请人没有关系',
    settles: ['SIGN_FAST'],
    owes: [...THREE_TRACKS, { duty: 'RATIFY', owner: 'secretary', unit: 'working-days', count: 5 }],
  }),
  step({
    act: 'stopFast',
    from: 'SIGNING',
    to: 'VERIFIED',
    who: ['chair', 'supervisor'],
    guard: '理事长不同意，监事叫停，或者两小时没签完，改走理事表决',
    settles: ['SIGN_FAST'],
    owes: [OPEN_ROUND],
  }),
  ...from(['SIGNING', 'VOTING', 'APPROVED'], {
    act: 'amend',
    to: 'VERIFIED',
    who: OFFICE,
    guard: '金额、事由、收款人或账户有改动，原来的表决作废，留档，重新表决',
    endsDuties: true,
    owes: [OPEN_ROUND],
  }),
  ...from(BEFORE_PAYMENT, {
    act: 'withdraw',
    to: 'WITHDRAWN',
    who: OFFICE,
    guard: '申请人自己要求撤回，钱还没有打出',
    endsDuties: true,
    papers: ['ENDING_NOTE'],
  }),
  ...from(BEFORE_PAYMENT, {
    act: 'terminate',
    to: 'TERMINATED',
    who: OFFICE,
    guard: '申请人去世、重复申请或不再需要，钱还没有打出；家属要领的，改收款人后重新表决',
    endsDuties: true,
    papers: ['ENDING_NOTE'],
  }),
  ...from(['ACCEPTED', 'VERIFIED', 'LAPSED'], {
    act: 'refer',
    to: 'REFERRED',
    who: OFFICE,
    guard: '属于别的部门办理，写明转到哪里',
    endsDuties: true,
    papers: ['REFERRAL_LETTER'],
  }),
  step({
    act: 'pay',
    from: 'APPROVED',
    to: 'PAID',
    who: ['cashier'],
    guard: '出纳记了打款，出纳不是申请人也不是其亲属',
    settles: ['PAY'],
    owes: [SIGN_NOTICE],
    restarts: [PAPERS, ID_NUMBER, POST_NOTICE],
    papers: ['GRANT_POST'],
  }),
  ...from(['PAID', 'CLOSED'], {
    act: 'payBack',
    to: 'APPROVED',
    who: ['cashier'],
    guard: '银行把钱退回来了，重新留出，改好账户再打',
    owes: [PAY],
  }),
  step({
    act: 'close',
    from: 'PAID',
    to: 'CLOSED',
    who: ['tracks'],
    guard: '钱已打出，材料齐了，公示期满',
  }),
  ...from(['PAID', 'CLOSED'], {
    act: 'revoke',
    to: 'REVOKED',
    who: ['board'],
    guard:
      '查实不该发或者发多了（异议成立也一样），听过申请人的说明，理事会表决撤销，或者变更为较少的金额、追回多发的',
    endsDuties: true,
    owes: [SIGN_NOTICE, POST_NOTICE],
    papers: ['MINUTES', 'REVOCATION', 'DEMAND_LETTER'],
  }),
  step({
    act: 'recover',
    from: 'REVOKED',
    to: 'RECOVERED',
    who: ['cashier'],
    guard: '要追回的钱全部收回',
    settles: ['DECIDE_ANEW'],
  }),
  step({
    act: 'writeOff',
    from: 'REVOKED',
    to: 'WRITTEN_OFF',
    who: ['town'],
    guard: '镇联合社表决核销追不回来的部分',
    settles: ['DECIDE_ANEW'],
    papers: ['MINUTES', 'RESOLUTION'],
  }),
];

/** The row of the table for an act on a case in a state; null says that the act has no place there. */
export function stepOf(act: CaseAct, from: CaseState | null): Step | null {
  return EMERGENCY_PROCEDURE.find((each) => each.act === act && each.from === from) ?? null;
}

/** What can be done to a case in this state, in the order of the table. */
export function stepsFrom(state: CaseState): readonly Step[] {
  return EMERGENCY_PROCEDURE.filter((each) => each.from === state);
}

/** A board that could not meet twice hands the case on: one vote again, then the town (domain.md 2.1). */
export const MOST_ROUNDS = 2;

/** A step's duties as they fall on this case: an ID number only who lacks one owes. */
export function owedBy({ owes }: Step, facts: { readonly idPending: boolean }): readonly Owed[] {
  return owes.filter(({ duty }) => duty !== 'ID_NUMBER' || facts.idPending);
}

export type CharterTerms = {
  readonly payHours: number;
  readonly paperWorkingDays: number;
  readonly postWorkingDays: number;
};

/** The figure of a deadline under a charter. D4-21: hours run by the clock, also over a weekend. */
export function countOf(owed: Owed, charter: CharterTerms): number {
  return typeof owed.count === 'number' ? owed.count : charter[owed.count];
}

/** Where a case ends: nothing leads on from here. A closed case may still be revoked. */
export const LAST_STATES: ReadonlySet<CaseState> = new Set<CaseState>([
  'ESCALATED',
  'REFERRED',
  'WITHDRAWN',
  'TERMINATED',
  'RECOVERED',
  'WRITTEN_OFF',
]);

/** States in which nobody has anything to do with the case any more, as the home page counts it. */
export const DONE_STATES: readonly CaseState[] = [...LAST_STATES, 'CLOSED', 'REJECTED'];

/** Where the file takes no more papers: nothing is going to be paid, or it was taken back. */
export const NO_MORE_PAPERS: readonly CaseState[] = [...LAST_STATES, 'REJECTED', 'REVOKED'];

/** States of a case whose money has left and has not been revoked. */
export const PAID_STATES: readonly CaseState[] = ['PAID', 'CLOSED'];
