import { addDays } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';

/** A case of another society may be about the same household: why the marks say so (peers.md 1, 7). */
export const MATCH_WHYS = ['ID_NUMBER', 'HOUSEHOLD', 'CARD'] as const;
export type MatchWhy = (typeof MATCH_WHYS)[number];

export const WHY_WORDS: Readonly<Record<MatchWhy, string>> = {
  ID_NUMBER: '身份证号相同',
  HOUSEHOLD: '同一户的人',
  CARD: '收款账户相同',
};

type MarkKind = 'PERSON' | 'HOUSEHOLD' | 'CARD';

/** Two marks are alike: what that means depends on whose they are. */
export function whyOf(mine: MarkKind, theirs: MarkKind): MatchWhy {
  if (mine === 'CARD') return 'CARD';
  return mine === 'PERSON' && theirs === 'PERSON' ? 'ID_NUMBER' : 'HOUSEHOLD';
}

export const DISPOSITIONS = ['DIFFERENT_PERSON', 'ALLOWED_SECOND', 'REPEAT_CLAIM', 'OPEN'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const DISPOSITION_WORDS: Readonly<Record<Disposition, string>> = {
  DIFFERENT_PERSON: '不是同一人',
  ALLOWED_SECOND: '允许的第二次',
  REPEAT_CLAIM: '重复申请',
  OPEN: '待查',
};

/** Every disposition is given with one of its reasons, and with no words of one's own: no name can slip into it. */
export const MATCH_REASONS = {
  PAPERS_CHECKED: { disposition: 'DIFFERENT_PERSON', words: '核对过证件' },
  VISITED: { disposition: 'DIFFERENT_PERSON', words: '上门看过' },
  OTHER_EVENT: { disposition: 'ALLOWED_SECOND', words: '是另一件急难' },
  NOT_ENOUGH: { disposition: 'ALLOWED_SECOND', words: '同一件急难，前一笔不够' },
  SAME_EVENT: { disposition: 'REPEAT_CLAIM', words: '同一件急难又申请了一次' },
  ASKING: { disposition: 'OPEN', words: '还在问对方' },
} as const satisfies Record<string, { readonly disposition: Disposition; readonly words: string }>;
export type MatchReason = keyof typeof MATCH_REASONS;
export const MATCH_REASON_KEYS = Object.keys(MATCH_REASONS) as MatchReason[];

/** Cases of the last year are asked; a grant before that is a matter of the household's history. */
export const LOOK_BACK_DAYS = 365;
/** 先救人，再说明: an emergency is not held up, the clerk explains within so many working days. */
export const EXPLAIN_WORKING_DAYS = 5;
/** So long the same two people are not held against each other again. */
export const FALSE_POSITIVE_DAYS = 365;

export function expiryOf(disposition: Disposition, on: Day): Day | null {
  return disposition === 'DIFFERENT_PERSON' ? addDays(on, FALSE_POSITIVE_DAYS) : null;
}

/** “40 天前”, “今天”; of two cases of which the later one asks. */
export function agoWords(then: Day, now: Day): string {
  const days = Math.round((Date.parse(now) - Date.parse(then)) / 86_400_000);
  return days === 0 ? '今天' : `${days} 天前`;
}

export class MatchNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'MATCH_NOT_FOUND';

  constructor() {
    super('没有找到这一条可能重复。', {}, '请从案件页或可能重复的名单里打开。');
  }
}
