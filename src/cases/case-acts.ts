import { DUTY_WORDS, isOverdue, limitWords } from '../duties/index.js';
import type { Duty, DutyKind } from '../duties/index.js';
import type { Role } from '../kernel/actor.js';
import { remainingWords } from '../kernel/chinese/words.js';
import type { NoticeKind, NoticeState } from '../notices/index.js';
import { button, tag } from '../platform/web/views.js';
import type { ButtonView, TagView } from '../platform/web/views.js';
import type { CaseState } from './domain/emergency-procedure.js';
import { pathAnew } from './domain/upheld.js';

/** Where the acts on one case are done. */
export type Targets = {
  readonly number: string;
  readonly state: CaseState;
  readonly applicantId: string;
  readonly orderId: string | null;
  /** What is demanded back of a grant that was taken back; null where nothing is. */
  readonly recoveryId: string | null;
  /** The order waits for the chair, and the cashier with it. */
  readonly toApprove: boolean;
  /** Nothing is missing: what was waived waits for the supervisor, an ID number for its own duty. */
  readonly papersHandedIn: boolean;
  /** The newest first. */
  readonly notices: readonly NoticeTarget[];
};

export type NoticeTarget = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
};

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const SIGNERS: readonly Role[] = ['chair', 'deputy'];

const DOERS: Readonly<Record<DutyKind, readonly Role[]>> = {
  VISIT: OFFICE,
  OPEN_ROUND: OFFICE,
  CLOSE_ROUND: OFFICE,
  PAY: ['cashier'],
  PAPERS: OFFICE,
  CONFIRM_WAIVER: ['supervisor'],
  ID_NUMBER: OFFICE,
  SIGN_NOTICE: SIGNERS,
  POST_NOTICE: OFFICE,
  POSTING_PHOTO: OFFICE,
  END_NOTICE: OFFICE,
  SIGN_FAST: ['chair', 'deputy', 'secretary', 'supervisor'],
  RATIFY: OFFICE,
  ANSWER_HANDOVER: OFFICE,
  APPROVE_PAYMENT: SIGNERS,
  FIX_PAYMENT: OFFICE,
  RECOVER: [...OFFICE, 'cashier'],
  EXPLAIN_MATCH: OFFICE,
  CHECK_POLICIES: OFFICE,
  VERIFY_RELIEF: OFFICE,
  ASSESS_RELIEF: OFFICE,
  REVIEW_RELIEF: ['reviewer'],
  OPEN_PANEL: ['secretary'],
  COMPLETE_RELIEF: OFFICE,
  APPROVE_RELIEF: SIGNERS,
  FOLLOW_UP: OFFICE,
  LOOK_AT_MERGER: ['reviewer'],
  RECTIFY: OFFICE,
  REVOKE_GRANT: OFFICE,
  ISSUE_RECEIPT: ['accountant'],
  IDENTIFY_MONEY: ['accountant'],
  APPROVE_REFUND: SIGNERS,
  PAY_REFUND: ['cashier'],
  AGREE_MANAGEMENT: SIGNERS,
  CONFIRM_CORRECTION: [...SIGNERS, ...OFFICE],
  ANSWER_PERSON: [...SIGNERS, ...OFFICE],
  END_STOPPED: OFFICE,
  SIGN_PLEDGE: ['secretary'],
  HEAR_BREACH: OFFICE,
  CONFIRM_BREACH: [...SIGNERS, 'supervisor'],
  ANSWER_APPEAL: [...SIGNERS, 'reviewer', 'supervisor'],
  ASK_GIVERS: ['accountant'],
  CHECK_GOODS: OFFICE,
  REPORT_CAMPAIGN: OFFICE,
  FILE_PLAN: OFFICE,
  TAKE_DOWN_PAPER: OFFICE,
  REISSUE_NOTICE: OFFICE,
  CORRECT_NOTICE: OFFICE,
  DECIDE_ANEW: OFFICE,
  ASSIGN_OBJECTION: ['supervisor'],
  ANSWER_OBJECTION: ['supervisor'],
  HAND_REPLY: OFFICE,
  PUBLISH_ACCOUNTS: ['accountant', 'secretary'],
  PUBLISH_ANNUAL: ['accountant', 'secretary'],
};

/** Whom a duty waits for, as a person would say it. */
const DOER_WORDS: Readonly<Record<DutyKind, string>> = {
  VISIT: '等秘书长记核实',
  OPEN_ROUND: '等秘书长发起表决',
  CLOSE_ROUND: '等理事表决',
  PAY: '等出纳打款',
  PAPERS: '等秘书长补材料',
  CONFIRM_WAIVER: '等监事确认免交',
  ID_NUMBER: '等秘书长补身份证号',
  SIGN_NOTICE: '等理事长或副理事长签公示',
  POST_NOTICE: '等秘书长张贴公示',
  POSTING_PHOTO: '等秘书长补张贴照片',
  END_NOTICE: '等公示期满',
  SIGN_FAST: '等理事长、秘书长、监事签',
  RATIFY: '等秘书长请理事追认',
  ANSWER_HANDOVER: '等镇联合社答复',
  APPROVE_PAYMENT: '等理事长或副理事长同意付款',
  FIX_PAYMENT: '等秘书长改收款账户',
  RECOVER: '等退款到账',
  EXPLAIN_MATCH: '等秘书长说明可能重复',
  CHECK_POLICIES: '等经办人核政策',
  VERIFY_RELIEF: '等经办人核实',
  ASSESS_RELIEF: '等综合研判',
  REVIEW_RELIEF: '等审核员审核',
  OPEN_PANEL: '等秘书长请理事评审',
  COMPLETE_RELIEF: '等提交的社补正',
  APPROVE_RELIEF: '等理事长批准',
  FOLLOW_UP: '等经办人回访',
  LOOK_AT_MERGER: '等审核员核对合户',
  RECTIFY: '等秘书长整改',
  REVOKE_GRANT: '等秘书长请理事表决撤销',
  ISSUE_RECEIPT: '等会计开票据',
  IDENTIFY_MONEY: '等会计认领来款',
  APPROVE_REFUND: '等理事长或副理事长同意退款',
  PAY_REFUND: '等出纳退款',
  AGREE_MANAGEMENT: '等理事长或副理事长同意管理费用',
  CONFIRM_CORRECTION: '等另一个人核对后确认',
  ANSWER_PERSON: '等秘书长答复本人',
  END_STOPPED: '等秘书长结束办理',
  SIGN_PLEDGE: '等本人签承诺书',
  HEAR_BREACH: '等本人说明',
  CONFIRM_BREACH: '等另一个人确认',
  ANSWER_APPEAL: '等没有经手的人答复',
  ASK_GIVERS: '等捐赠人答复',
  CHECK_GOODS: '等秘书长处理物资',
  REPORT_CAMPAIGN: '等秘书长公布募捐情况',
  FILE_PLAN: '等秘书长补备案',
  TAKE_DOWN_PAPER: '等秘书长撤下公示纸',
  REISSUE_NOTICE: '等秘书长重发公示',
  CORRECT_NOTICE: '等秘书长起草更正公告',
  DECIDE_ANEW: '等秘书长提请重新决定',
  ASSIGN_OBJECTION: '等监事安排人查异议',
  ANSWER_OBJECTION: '等两位查异议的人答复',
  HAND_REPLY: '等秘书长把答复书交给提出人',
  PUBLISH_ACCOUNTS: '等会计起草收支公示',
  PUBLISH_ANNUAL: '等会计起草年度报告',
};

export function mayDo(kind: DutyKind, roles: readonly Role[]): boolean {
  return DOERS[kind].some((role) => roles.includes(role));
}

/** The chair's duties are the deputy's too, since one stands in for the other (D4-19). */
export function isOwnDuty(duty: Duty, roles: readonly Role[]): boolean {
  return roles.includes(duty.ownerRole) || mayDo(duty.kind, roles);
}

const SEE_ALL: readonly Role[] = [...OFFICE, 'supervisor'];

/** The office and the supervisor see all that is owed; everybody else what is theirs, and directors what they vote on. */
export function isShownTo(duty: Duty, roles: readonly Role[]): boolean {
  if (roles.some((role) => SEE_ALL.includes(role)) || isOwnDuty(duty, roles)) return true;
  return duty.kind === 'CLOSE_ROUND' && roles.includes('director');
}

/**
 * Whether a duty can be done now. Before the payment papers and notice are only announced: their clocks begin anew
 * with it. A notice is posted once it is signed.
 */
export function isRipe(duty: Duty, paid: boolean, targets: Targets): boolean {
  if (duty.kind === 'POST_NOTICE') return noticeOf(duty, targets)?.state === 'SIGNED';
  if (duty.kind === 'PAY') return !targets.toApprove;
  if (duty.kind === 'PAPERS') return paid && !targets.papersHandedIn;
  if (duty.kind === 'ID_NUMBER') return paid;
  return true;
}

/** The button of the next act for whoever may do it; null for everybody else. */
export function actOf(duty: Duty, roles: readonly Role[], targets: Targets): ButtonView | null {
  const href = hrefOf(duty, targets);
  return href !== null && mayDo(duty.kind, roles) ? button(DUTY_WORDS[duty.kind].act, 'main', href) : null;
}

export function waitingWords(duty: Duty): string {
  return DOER_WORDS[duty.kind];
}

/** A duty of a notice names it, or names the case whose notice it is: not what the board resolved besides. */
function noticeOf({ subjectKind, subjectId }: Duty, { notices }: Targets): NoticeTarget | undefined {
  if (subjectKind === 'notice') return notices.find(({ id }) => id === subjectId);
  return notices.find(({ kind, state }) => kind !== 'RESOLUTION' && state !== 'DISCARDED');
}

/** What is done on a page of the case itself. */
const PAGE_OF_CASE = {
  VISIT: 'visits',
  OPEN_ROUND: 'rounds/new',
  EXPLAIN_MATCH: 'matches',
  PAPERS: 'papers',
  CONFIRM_WAIVER: 'papers',
  SIGN_FAST: 'fast-path',
  RATIFY: 'fast-path',
  END_STOPPED: 'ending',
} as const;

/** What is done on the page of what the duty is about. */
const PAGES_OF_SUBJECTS = {
  CLOSE_ROUND: 'rounds',
  APPROVE_PAYMENT: 'payments',
  FIX_PAYMENT: 'payments',
  RECOVER: 'recoveries',
  ANSWER_HANDOVER: 'town/handovers',
  RECTIFY: 'rectifications',
  REVOKE_GRANT: 'rectifications',
} as const;

function hrefOf(duty: Duty, targets: Targets): string | null {
  switch (duty.kind) {
    case 'VISIT':
    case 'OPEN_ROUND':
    case 'EXPLAIN_MATCH':
    case 'PAPERS':
    case 'CONFIRM_WAIVER':
    case 'SIGN_FAST':
    case 'RATIFY':
    case 'END_STOPPED':
      return `/s/cases/${targets.number}/${PAGE_OF_CASE[duty.kind]}`;
    case 'PAY':
      return targets.orderId && `/s/payments/${targets.orderId}`;
    case 'CLOSE_ROUND':
    case 'APPROVE_PAYMENT':
    case 'FIX_PAYMENT':
    case 'RECOVER':
    case 'ANSWER_HANDOVER':
    case 'RECTIFY':
    case 'REVOKE_GRANT':
      return `/s/${PAGES_OF_SUBJECTS[duty.kind]}/${duty.subjectId}`;
    case 'DECIDE_ANEW':
      return anewHref(targets);
    case 'ID_NUMBER':
      return `/s/people/${targets.applicantId}`;
    case 'SIGN_NOTICE':
    case 'POST_NOTICE':
    case 'POSTING_PHOTO':
    case 'END_NOTICE':
      return noticeHref(noticeOf(duty, targets));
    case 'TAKE_DOWN_PAPER':
    case 'REISSUE_NOTICE':
      return `/s/notices/${duty.subjectId}/incident`;
    case 'CORRECT_NOTICE':
      return `/s/notices/${duty.subjectId}/correction`;
    // What donors gave has its own thread; its cards say where to go.
    case 'ISSUE_RECEIPT':
    case 'IDENTIFY_MONEY':
    case 'APPROVE_REFUND':
    case 'PAY_REFUND':
    case 'AGREE_MANAGEMENT':
    case 'CONFIRM_CORRECTION':
    case 'ANSWER_PERSON':
    case 'SIGN_PLEDGE':
    case 'HEAR_BREACH':
    case 'CONFIRM_BREACH':
    case 'ANSWER_APPEAL':
    case 'ASK_GIVERS':
    case 'CHECK_GOODS':
    case 'REPORT_CAMPAIGN':
    case 'FILE_PLAN':
    case 'PUBLISH_ACCOUNTS':
    case 'PUBLISH_ANNUAL':
    case 'CHECK_POLICIES':
    case 'VERIFY_RELIEF':
    case 'ASSESS_RELIEF':
    case 'REVIEW_RELIEF':
    case 'OPEN_PANEL':
    case 'COMPLETE_RELIEF':
    case 'APPROVE_RELIEF':
    case 'FOLLOW_UP':
    case 'LOOK_AT_MERGER':
    case 'ASSIGN_OBJECTION':
    case 'ANSWER_OBJECTION':
    case 'HAND_REPLY':
      return null; // a society's case owes none of these: relief has pages of its own
  }
}

/** What is demanded back of a grant that was taken back, or where its case is decided anew. */
const anewHref = ({ number, state, recoveryId }: Targets): string =>
  state === 'REVOKED' && recoveryId !== null
    ? `/s/recoveries/${recoveryId}`
    : `/s/cases/${number}${pathAnew(state)}`;

const noticeHref = (notice: NoticeTarget | undefined): string | null =>
  notice ? `/s/notices/${notice.id}` : null;

const SOON_MS = 24 * 3_600_000;

/**
 * Red when late, and then with the limit that was missed: “已超 3 小时 没打款（限 24 小时）”. Yellow within a day, blue
 * while there is time: what is left says enough, and fits one line of a phone (pages.md 8.1).
 */
export function dutyTag(duty: Duty, now: Date): TagView {
  const words = `${remainingWords(now, duty.dueAt)} ${DUTY_WORDS[duty.kind].owed}`;
  if (isOverdue(duty, now)) return tag('red', `${words}（${limitWords(duty.rule)}）`);
  return tag(duty.dueAt.getTime() - now.getTime() <= SOON_MS ? 'yellow' : 'blue', words);
}
