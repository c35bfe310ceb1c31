import { dayOf } from '../../kernel/day.js';
import { dayShort, instantShort, remainingWords } from '../../kernel/chinese/words.js';
import type { DueRule } from './due.js';
import type { DutyKind } from './duty-kinds.js';

export type DutyWords = {
  /** The name of the clock on a case page: 打款. */
  readonly label: string;
  /** What is the matter while it is owed, on the home page: 没打款. */
  readonly owed: string;
  /** The verb of the next act, as its button says it: 记打款. */
  readonly act: string;
};

/** One place for the words of a duty, so that the home page, the case page and a reminder say the same (pages.md 8). */
export const DUTY_WORDS: Readonly<Record<DutyKind, DutyWords>> = {
  VISIT: { label: '核实', owed: '还没有两人去看过', act: '记核实' },
  OPEN_ROUND: { label: '发起表决', owed: '没发起表决', act: '请大家表决' },
  CLOSE_ROUND: { label: '表决', owed: '表决截止', act: '记表决结果' },
  PAY: { label: '打款', owed: '没打款', act: '记打款' },
  PAPERS: { label: '补材料', owed: '材料没补齐', act: '补材料' },
  CONFIRM_WAIVER: { label: '确认免交', owed: '免交没确认', act: '确认免交' },
  SIGN_NOTICE: { label: '签公示', owed: '公示没签', act: '签公示' },
  POST_NOTICE: { label: '张贴公示', owed: '公示没张贴', act: '打印公示单' },
  POSTING_PHOTO: { label: '张贴照片', owed: '没拍张贴照片', act: '补张贴照片' },
  END_NOTICE: { label: '公示', owed: '公示到期', act: '看公示' },
  ID_NUMBER: { label: '补身份证号', owed: '没补身份证号', act: '补身份证号' },
  SIGN_FAST: { label: '紧急快办', owed: '三人没签完', act: '看紧急快办' },
  RATIFY: { label: '追认', owed: '理事会没追认', act: '请理事追认' },
  ANSWER_HANDOVER: { label: '转办', owed: '转来的没答复', act: '看转来的件' },
  APPROVE_PAYMENT: { label: '同意付款', owed: '没人同意付款', act: '同意付款' },
  FIX_PAYMENT: { label: '改账户', owed: '钱没打成，账户没改好', act: '看付款单' },
  RECOVER: { label: '追回', owed: '钱没追回', act: '看追回' },
  EXPLAIN_MATCH: { label: '说明可能重复', owed: '可能重复没说明', act: '说明可能重复' },
  CHECK_POLICIES: { label: '核政策', owed: '政策没核', act: '核政策' },
  VERIFY_RELIEF: { label: '核实', owed: '没核实', act: '记核实' },
  ASSESS_RELIEF: { label: '综合研判', owed: '没研判', act: '记研判' },
  REVIEW_RELIEF: { label: '审核', owed: '没审核', act: '审核' },
  OPEN_PANEL: { label: '评审', owed: '没请理事评审', act: '请理事评审' },
  COMPLETE_RELIEF: { label: '补正', owed: '没补正', act: '补正' },
  APPROVE_RELIEF: { label: '批准', owed: '没批准', act: '批准' },
  FOLLOW_UP: { label: '回访', owed: '没回访', act: '记回访' },
  LOOK_AT_MERGER: { label: '核对合户', owed: '合户没核对', act: '核对合户' },
  RECTIFY: { label: '整改', owed: '总会要求整改', act: '记整改' },
  REVOKE_GRANT: { label: '提请撤销', owed: '总会建议撤销', act: '看总会意见' },
  ISSUE_RECEIPT: { label: '开票据', owed: '捐赠票据没开', act: '开票据' },
  IDENTIFY_MONEY: { label: '认领来款', owed: '来款没人认领', act: '认领' },
  APPROVE_REFUND: { label: '同意退款', owed: '退款没人同意', act: '看退款' },
  PAY_REFUND: { label: '退还捐款', owed: '捐款没退', act: '记退款' },
  ASK_GIVERS: { label: '征求意见', owed: '捐赠人还没答复', act: '看答复' },
  CHECK_GOODS: { label: '物资到期', owed: '物资快到期', act: '看物资' },
  FILE_PLAN: { label: '方案备案', owed: '募捐方案没备案', act: '记备案' },
  REPORT_CAMPAIGN: { label: '公布募捐情况', owed: '募捐情况没公布', act: '公布' },
  TAKE_DOWN_PAPER: { label: '撤下公示纸', owed: '公示纸没撤下', act: '记纸已撤下' },
  REISSUE_NOTICE: { label: '重发公示', owed: '撤下的公示没重发', act: '重发公示' },
  CORRECT_NOTICE: { label: '更正公示', owed: '更正公告没起草', act: '起草更正公告' },
  DECIDE_ANEW: { label: '重新决定', owed: '异议成立，没重新决定', act: '重新决定' },
  ASSIGN_OBJECTION: { label: '安排查异议', owed: '异议没安排人查', act: '安排人查' },
  ANSWER_OBJECTION: { label: '答复异议', owed: '异议没答复', act: '看异议' },
  HAND_REPLY: { label: '交答复书', owed: '答复书没交给提出人', act: '交答复书' },
  PUBLISH_ACCOUNTS: { label: '公示季度收支', owed: '季度收支没公示', act: '起草收支公示' },
  PUBLISH_ANNUAL: { label: '公示年度报告', owed: '年度报告没公示', act: '起草年度报告' },
  CONFIRM_CORRECTION: { label: '确认更正', owed: '名册更正没人确认', act: '核对更正' },
  ANSWER_PERSON: { label: '答复本人的请求', owed: '本人的请求没答复', act: '看请求' },
  END_STOPPED: { label: '结束办理', owed: '撤回了同意，没结束办理', act: '结束办理' },
  SIGN_PLEDGE: { label: '签承诺书', owed: '没签承诺书', act: '签承诺书' },
  HEAR_BREACH: { label: '听取说明', owed: '没听本人说明', act: '记说明' },
  CONFIRM_BREACH: { label: '确认失信标记', owed: '失信标记没人确认', act: '看失信标记' },
  ANSWER_APPEAL: { label: '答复申诉', owed: '申诉没答复', act: '看申诉' },
  AGREE_MANAGEMENT: { label: '同意管理费用', owed: '管理费用的约定没人同意', act: '看约定' },
};

const UNIT_WORDS: Readonly<Record<DueRule['unit'], string>> = {
  hours: '小时',
  'natural-days': '天',
  'working-days': '个工作日',
};

/** The limit in words: 限 24 小时. */
export function limitWords(rule: Pick<DueRule, 'unit' | 'count'>): string {
  return `限 ${rule.count} ${UNIT_WORDS[rule.unit]}`;
}

export type DutyClock = {
  readonly label: string;
  readonly words: string;
  readonly state: 'done' | 'running' | 'late';
};

type OwedDuty = {
  readonly kind: DutyKind;
  readonly rule: DueRule;
  readonly dueAt: Date;
  readonly provisional: boolean;
  readonly settledAt: Date | null;
};

/** A duty as the clock of a page shows it. Overdue is derived here, and stored nowhere (architecture.md 2). */
export function clockOf(duty: OwedDuty, now: Date): DutyClock {
  const { label } = DUTY_WORDS[duty.kind];
  const limit = limitWords(duty.rule);
  if (duty.settledAt) {
    const used = duty.rule.unit === 'hours' ? `，${usedWords(duty.rule.from, duty.settledAt)}` : '';
    const late = duty.settledAt > duty.dueAt ? '，超了时限' : '';
    return { label, words: `${instantShort(duty.settledAt)}（${limit}${used}${late}）`, state: 'done' };
  }
  const due = duty.rule.unit === 'hours' ? instantShort(duty.dueAt) : dayShort(lastDayOf(duty.dueAt));
  const provisional = duty.provisional ? '，暂定：放假安排还没公布' : '';
  return {
    label,
    words: `${remainingWords(now, duty.dueAt)}（${due}，${limit}${provisional}）`,
    state: isOverdue(duty, now) ? 'late' : 'running',
  };
}

const HOUR_MS = 3_600_000;

/** 用 5 小时: whole hours, since the clock began. */
function usedWords(from: Date, until: Date): string {
  const hours = Math.floor((until.getTime() - from.getTime()) / HOUR_MS);
  return hours < 1 ? '用不到 1 小时' : `用 ${hours} 小时`;
}

export function isOverdue(duty: Pick<OwedDuty, 'dueAt' | 'settledAt'>, now: Date): boolean {
  return duty.settledAt === null && duty.dueAt.getTime() < now.getTime();
}

/** 24:00 of a day is the first instant of the next: the day that a person means is the one before. */
export function lastDayOf(dueAt: Date): ReturnType<typeof dayOf> {
  return dayOf(new Date(dueAt.getTime() - 1));
}
