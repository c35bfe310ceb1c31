import type { DutyKind } from '../duties/index.js';
import type { Role } from '../kernel/actor.js';
import { ACCOUNT_STATES } from './domain/account-rule.js';
import type { ReliefState } from './domain/relief-procedure.js';

/** One act on a case: its word, where it is done, and who may. */
export type ReliefLink = { readonly words: string; readonly href: string };

const DESK: readonly Role[] = ['secretary', 'clerk'];

type Act = {
  readonly words: string;
  readonly page: string;
  readonly roles: readonly Role[];
  readonly from: readonly ReliefState[];
  /** Done by the desk of the federation, or by the society that answers for the family. */
  readonly by: 'desk' | 'home' | 'both';
};

const RETURNABLE: readonly ReliefState[] = [
  'SUBMITTED',
  'POLICY_CHECKED',
  'VERIFIED',
  'ASSESSED',
  'REVIEWED',
];
const UNPAID: readonly ReliefState[] = [
  ...RETURNABLE,
  'RETURNED',
  'PANEL',
  'PRE_NOTICE',
  'OBJECTION_HOLD',
  'APPROVED',
];

/** What can be done on each page of a case, in the order in which the pages list it: the next step first. */
export const RELIEF_PAGES: readonly Act[] = [
  { words: '核政策', page: 'policies', roles: DESK, from: ['SUBMITTED'], by: 'desk' },
  { words: '记核实', page: 'verification', roles: DESK, from: ['POLICY_CHECKED'], by: 'desk' },
  { words: '记研判', page: 'assessment', roles: DESK, from: ['VERIFIED'], by: 'desk' },
  { words: '审核', page: 'review', roles: ['reviewer'], from: ['ASSESSED'], by: 'desk' },
  { words: '请理事评审', page: 'panel', roles: ['secretary'], from: ['REVIEWED'], by: 'desk' },
  { words: '补正', page: 'completion', roles: DESK, from: ['RETURNED'], by: 'home' },
  { words: '批准', page: 'approval', roles: ['chair', 'deputy'], from: ['PRE_NOTICE'], by: 'desk' },
  { words: '记回访', page: 'follow-up', roles: DESK, from: ['PAID', 'REFUND_DUE'], by: 'desk' },
  {
    words: '安排怎样付',
    page: 'plan',
    roles: ['secretary'],
    from: ['PRE_NOTICE', 'OBJECTION_HOLD'],
    by: 'desk',
  },
  {
    words: '先行拨付',
    page: 'advance',
    roles: ['secretary', 'chair', 'deputy', 'supervisor'],
    from: ['PRE_NOTICE'],
    by: 'desk',
  },
  { words: '退回补正', page: 'return', roles: [...DESK, 'reviewer'], from: RETURNABLE, by: 'desk' },
  { words: '要求退款', page: 'refund', roles: ['secretary'], from: ['PAID', 'CLOSED'], by: 'desk' },
  { words: '登记收款账户', page: 'account', roles: DESK, from: ACCOUNT_STATES, by: 'home' },
  { words: '转到户籍地', page: 'transfer', roles: DESK, from: RETURNABLE, by: 'desk' },
  { words: '撤回或终止', page: 'ending', roles: DESK, from: UNPAID, by: 'both' },
];

export type Standing = {
  readonly id: string;
  readonly state: ReliefState;
  readonly societyId: string;
  readonly homeSocietyId: string;
};

export function actsOn(
  { id, state, societyId, homeSocietyId }: Standing,
  actor: { readonly societyId: string | null; readonly roles: readonly Role[] },
): ReliefLink[] {
  const isDesk = actor.societyId === societyId;
  const isHome = actor.societyId === homeSocietyId;
  return RELIEF_PAGES.filter(
    ({ roles, from, by }) =>
      from.includes(state) &&
      roles.some((role) => actor.roles.includes(role)) &&
      ((by !== 'home' && isDesk) || (by !== 'desk' && isHome)),
  ).map(({ words, page }) => ({ words, href: `/s/relief/${id}/${page}` }));
}

/** The page on which a duty is done. */
const PAGE_OF: Readonly<Partial<Record<DutyKind, string>>> = {
  CHECK_POLICIES: 'policies',
  VERIFY_RELIEF: 'verification',
  ASSESS_RELIEF: 'assessment',
  REVIEW_RELIEF: 'review',
  OPEN_PANEL: 'panel',
  COMPLETE_RELIEF: 'completion',
  APPROVE_RELIEF: 'approval',
  FOLLOW_UP: 'follow-up',
  LOOK_AT_MERGER: 'merger',
  DECIDE_ANEW: 'refund',
  END_STOPPED: 'ending',
};

export function dutyHref(
  kind: DutyKind,
  {
    reliefId,
    state,
    noticeId,
    subjectId,
  }: {
    readonly reliefId: string;
    readonly state: ReliefState;
    readonly noticeId: string | null;
    readonly subjectId: string;
  },
): string | null {
  if (kind === 'DECIDE_ANEW' && state === 'REJECTED') return '/s/relief/new'; // handed in anew
  const page = PAGE_OF[kind];
  if (page !== undefined) return `/s/relief/${reliefId}/${page}`;
  if (kind === 'PAY') return `/s/relief/${reliefId}#payments`; // one order for each payment: the case lists them
  if (kind === 'CLOSE_ROUND') return `/s/rounds/${subjectId}`;
  if (kind === 'APPROVE_PAYMENT' || kind === 'FIX_PAYMENT') return `/s/payments/${subjectId}`;
  if (kind === 'RECOVER') return `/s/recoveries/${subjectId}`;
  if (kind === 'CORRECT_NOTICE') return `/s/notices/${subjectId}/correction`;
  return noticeId === null ? null : `/s/notices/${noticeId}`;
}
