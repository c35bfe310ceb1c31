import { DomainError } from '../../kernel/domain-error.js';
import type { Cause } from '../../kernel/causes.js';

/** The two rules of a society that the town may lift for one case (domain.md 3.11, D4-63; 2.1, papers overdue). */
export const OVERRIDE_KINDS = ['SAME_CAUSE', 'PAPERS_OVERDUE'] as const;
export type OverrideKind = (typeof OVERRIDE_KINDS)[number];

export const OVERRIDE_WORDS: Readonly<Record<OverrideKind, string>> = {
  SAME_CAUSE: '同一原因今年第二次',
  PAPERS_OVERDUE: '上一件材料过期没补，再救助一次',
};

/** `USED`: the one case that it was granted for has been registered, or put to the vote. */
export type OverrideState = 'ASKED' | 'GRANTED' | 'REFUSED' | 'USED';

export const OVERRIDE_STATE_WORDS: Readonly<Record<OverrideState, string>> = {
  ASKED: '等镇里批',
  GRANTED: '镇里已批准，还没用',
  REFUSED: '镇里没批准',
  USED: '镇里已批准，已用',
};

export const GRANT_REASONS = ['ANOTHER_EVENT', 'GOT_WORSE', 'IN_HARDSHIP'] as const;
export const REFUSAL_REASONS = ['SAME_EVENT', 'OTHER_HELP', 'PAPERS_FIRST'] as const;
export type OverrideReason = (typeof GRANT_REASONS)[number] | (typeof REFUSAL_REASONS)[number];
export const OVERRIDE_REASONS: readonly OverrideReason[] = [...GRANT_REASONS, ...REFUSAL_REASONS];

export const OVERRIDE_REASON_WORDS: Readonly<Record<OverrideReason, string>> = {
  ANOTHER_EVENT: '是另外一次，不是同一件事',
  GOT_WORSE: '情况比上次更重了',
  IN_HARDSHIP: '家里确实过不去，不能等',
  SAME_EVENT: '和上次是同一件事',
  OTHER_HELP: '可以走别的救助',
  PAPERS_FIRST: '请先把上一件的材料补齐',
};

/** A yes has its reasons, a no has its own: the reason says which it is. */
export function grants(reason: OverrideReason): boolean {
  return GRANT_REASONS.some((each) => each === reason);
}

type Asked = {
  readonly kind: OverrideKind;
  readonly personId: string;
  readonly householdId: string;
  readonly cause: Cause | null;
  readonly year: number;
};

/** What an override that waits or is granted is unique by: nobody asks twice, or has two in hand. */
export function overrideKeyOf({ kind, personId, householdId, cause, year }: Asked): string {
  return kind === 'SAME_CAUSE'
    ? `${kind}:${personId}:${cause ?? ''}:${year}`
    : `${kind}:${householdId}:${year}`;
}

/** The same person, the same cause, the same year (domain.md 3.11): unique among the cases that count. */
export function causeKeyOf(personId: string, cause: Cause, year: number): string {
  return `${personId}:${cause}:${year}`;
}

/** The key of a case that the town let through: the second of its cause, or a later one. */
export function laterCauseKey(causeKey: string, overridesUsed: number): string {
  return `${causeKey}:${overridesUsed + 2}`;
}

export class OverrideNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'OVERRIDE_NOT_FOUND';

  constructor() {
    super('没有这条请求。', {}, '请从镇联合社的页面再打开一次。');
  }
}

export class OverrideAlreadyAsked extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OVERRIDE_ALREADY_ASKED';

  constructor() {
    super(
      '这件事已经请镇里批准，还没有答复，或者批准了还没用。',
      {},
      '不用再请；镇里批准以后直接登记或发起表决。',
    );
  }
}

export class OverrideAlreadyDecided extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'OVERRIDE_ALREADY_DECIDED';

  constructor(state: OverrideState) {
    super(`这条请求已经有结果：${OVERRIDE_STATE_WORDS[state]}。`, {}, '请刷新页面看结果。');
  }
}

export class NothingToOverride extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_OVERRIDE';

  constructor() {
    super('这件事现在没有被拦住，不用请镇里批准。', {}, '请直接登记，或发起表决。');
  }
}

export class NoTownAbove extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_TOWN_ABOVE';

  constructor() {
    super('本社还没有上级镇联合社，没有人可以批准。', {}, '请先请系统管理员登记上级镇联合社。');
  }
}

/** domain.md 2.1: whoever owes papers of an earlier grant brings them first, unless the town lets it through. */
export class PapersOverdue extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'PAPERS_OVERDUE';

  constructor(caseNumber: string) {
    super(
      `这一户 ${caseNumber} 号的材料过了期还没补齐，不能再发起表决。`,
      { caseNumber },
      '请先把那一件的材料补齐；确实等不了，请在案件页点“请镇里批准”。',
    );
  }
}
