import type { DutyKind } from '../../duties/domain/duty-kinds.js';
import { DUTY_WORDS } from '../../duties/domain/duty-words.js';
import type { CaseAct, Owed, StepActor, StepPaper } from './emergency-procedure.js';

export const ACT_WORDS: Readonly<Record<CaseAct, string>> = {
  register: '登记受理',
  verify: '记核实',
  openRound: '请大家表决',
  approve: '表决通过',
  reject: '表决不通过',
  lapse: '到会不够，作废',
  lapseAgain: '第二次到会不够，转镇联合社',
  escalate: '转镇联合社',
  askReview: '申请人要求复核',
  openFastPath: '紧急快办',
  approveFast: '三人签完',
  stopFast: '快办停下，改走表决',
  amend: '改金额、事由、收款人或账户',
  withdraw: '申请人撤回',
  terminate: '终止',
  refer: '转别的部门',
  pay: '记打款',
  payBack: '银行退回',
  close: '办结',
  revoke: '表决撤销或变更金额',
  recover: '要追回的全部收回',
  writeOff: '核销余款',
};

export const ACTOR_WORDS: Readonly<Record<StepActor, string>> = {
  anonymous: '没有登录的人',
  'signed-in': '登录的人',
  secretary: '秘书长',
  clerk: '经办人',
  chair: '理事长',
  deputy: '副理事长',
  director: '理事',
  supervisor: '监事',
  cashier: '出纳',
  accountant: '会计',
  reviewer: '审核员',
  auditor: '审计员',
  'information-officer': '信息员',
  donor: '捐赠人',
  'system-admin': '系统管理员',
  board: '理事会的表决',
  town: '镇联合社的表决',
  tracks: '三条线都办完',
};

export const STEP_PAPER_WORDS: Readonly<Record<StepPaper, string>> = {
  REGISTRATION_FORM: '登记表',
  MINUTES: '会议记录',
  GRANT_POST: '救助公示',
  REJECTION: '不予救助公示（只写案号）',
  REJECTION_LETTER: '不予救助告知书',
  REVOCATION: '撤销（变更）公示',
  DEMAND_LETTER: '追回通知书',
  RESOLUTION: '决议公示',
  REFERRAL_LETTER: '转办函',
  ENDING_NOTE: '撤回（终止）确认书',
};

const UNITS: Readonly<Record<Owed['unit'], string>> = {
  hours: '小时',
  'natural-days': '天',
  'working-days': '个工作日',
};

const TERM_WORDS: Readonly<Record<Exclude<Owed['count'], number>, string>> = {
  payHours: '章程定的打款小时数',
  paperWorkingDays: '章程定的补材料工作日',
  postWorkingDays: '章程定的张贴工作日',
};

/** What a step of any procedure owes. */
type AnyOwed = Pick<Owed, 'unit' | 'count'> & { readonly duty: DutyKind };

/** 打款：章程定的打款小时数；张贴公示：… */
export function deadlineWords(owes: readonly AnyOwed[]): string {
  return owes
    .map(({ duty, unit, count }) => {
      const limit = typeof count === 'number' ? `${count} ${UNITS[unit]}` : TERM_WORDS[count];
      return `${DUTY_WORDS[duty].label}：${limit}`;
    })
    .join('；');
}
