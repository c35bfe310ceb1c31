import type { CaseState } from './emergency-procedure.js';

export const STATE_WORDS: Readonly<Record<CaseState, string>> = {
  ACCEPTED: '已受理',
  VERIFIED: '已核实',
  SIGNING: '紧急快办，等三人签',
  VOTING: '表决中',
  APPROVED: '已通过，待打款',
  PAID: '已打款',
  CLOSED: '已办结',
  REJECTED: '未通过',
  LAPSED: '到会不够，未决',
  ESCALATED: '已转镇联合社',
  REFERRED: '已转别的部门',
  WITHDRAWN: '已撤回',
  TERMINATED: '已终止',
  REVOKED: '已撤销，追回中',
  RECOVERED: '已撤销，钱已收回',
  WRITTEN_OFF: '已撤销，余款已核销',
};

/** A grant that was made smaller was not taken back: what is said of the state says so. */
const PARTLY_WORDS: Readonly<Partial<Record<CaseState, string>>> = {
  REVOKED: '已变更金额，部分追回中',
  RECOVERED: '已变更金额，多发的已收回',
  WRITTEN_OFF: '已变更金额，没追回的已核销',
};

export function stateWords({
  state,
  keptFen,
}: {
  readonly state: CaseState;
  readonly keptFen: number;
}): string {
  return (keptFen > 0 ? PARTLY_WORDS[state] : undefined) ?? STATE_WORDS[state];
}

/** Colour goes with words, never alone: yellow waits for us, blue runs, green is done, red is a no, grey is over. */
export const STATE_COLOURS: Readonly<Record<CaseState, 'red' | 'yellow' | 'blue' | 'green' | 'grey'>> = {
  ACCEPTED: 'yellow',
  VERIFIED: 'yellow',
  SIGNING: 'blue',
  VOTING: 'blue',
  APPROVED: 'yellow',
  PAID: 'green',
  CLOSED: 'grey',
  REJECTED: 'red',
  LAPSED: 'red',
  ESCALATED: 'blue',
  REFERRED: 'grey',
  WITHDRAWN: 'grey',
  TERMINATED: 'grey',
  REVOKED: 'red',
  RECOVERED: 'grey',
  WRITTEN_OFF: 'grey',
};

export const LEAD_SOURCES = ['SELF', 'INFORMATION_OFFICER', 'VISIT', 'NEIGHBOUR', 'TOWN', 'OTHER'] as const;
export type LeadSource = (typeof LEAD_SOURCES)[number];

/** Where word of the need came from: most are found, few ask (seeds.md 6). */
export const LEAD_SOURCE_WORDS: Readonly<Record<LeadSource, string>> = {
  SELF: '本人来说',
  INFORMATION_OFFICER: '信息员、网格员报来',
  VISIT: '走访时发现',
  NEIGHBOUR: '邻居、亲友代报',
  TOWN: '镇里转来',
  OTHER: '其他',
};
