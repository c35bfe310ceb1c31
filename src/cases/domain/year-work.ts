import { CAUSE_WORDS, CAUSES } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import type { WorkLine } from '../../notices/domain/notice-words.js';
import type { CaseState } from './emergency-procedure.js';

/** What became of a case, as a year's report counts it. */
const OUTCOME_OF: Readonly<Record<CaseState, string>> = {
  ACCEPTED: '还在办理',
  VERIFIED: '还在办理',
  SIGNING: '还在办理',
  VOTING: '还在办理',
  LAPSED: '还在办理',
  APPROVED: '决定给予救助',
  PAID: '决定给予救助',
  CLOSED: '决定给予救助',
  REJECTED: '不予救助',
  ESCALATED: '转交上级办理',
  REFERRED: '转交上级办理',
  WITHDRAWN: '撤回或者终止',
  TERMINATED: '撤回或者终止',
  REVOKED: '救助以后撤销',
  RECOVERED: '救助以后撤销',
  WRITTEN_OFF: '救助以后撤销',
};
const OUTCOMES = [...new Set(Object.values(OUTCOME_OF))];

export type CasesCounted = { readonly cause: Cause; readonly state: CaseState; readonly cases: number };

/** How many cases were taken in, of which cause, and what became of them: numbers, in a fixed order. */
export function caseWork(counted: readonly CasesCounted[]): WorkLine[] {
  const count = (of: (one: CasesCounted) => boolean): number =>
    counted.filter(of).reduce((sum, { cases }) => sum + cases, 0);
  const line = (label: string, cases: number): WorkLine => ({ label, count: `${cases}件` });
  const some = (lines: readonly (readonly [label: string, cases: number])[]): WorkLine[] =>
    lines.filter(([, cases]) => cases > 0).map(([label, cases]) => line(label, cases));
  return [
    line(
      '受理急难救助申请',
      count(() => true),
    ),
    ...some(CAUSES.map((cause) => [`事由：${CAUSE_WORDS[cause]}`, count((one) => one.cause === cause)])),
    ...some(OUTCOMES.map((words) => [`结果：${words}`, count(({ state }) => OUTCOME_OF[state] === words)])),
  ];
}
