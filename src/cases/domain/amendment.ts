import type { Voted } from './revision.js';

/** What of a case may be amended. All but the story are voted on: to change one of them voids the vote. */
export const AMENDED_FIELDS = ['AMOUNT', 'CAUSE', 'PAYEE', 'METHOD', 'ACCOUNT', 'STORY'] as const;
export type AmendedField = (typeof AMENDED_FIELDS)[number];

export const FIELD_WORDS: Readonly<Record<AmendedField, string>> = {
  AMOUNT: '金额',
  CAUSE: '事由',
  PAYEE: '收款人',
  METHOD: '收款方式',
  ACCOUNT: '收款账户',
  STORY: '情况说明',
};

export const AMEND_REASONS = ['TYPO', 'NEED_CHANGED', 'ACCOUNT_WRONG', 'GUARDIAN', 'DEATH', 'OTHER'] as const;
export type AmendReason = (typeof AMEND_REASONS)[number];

export const AMEND_REASON_WORDS: Readonly<Record<AmendReason, string>> = {
  TYPO: '当时写错了',
  NEED_CHANGED: '情况有变化',
  ACCOUNT_WRONG: '账户不对，打不进去',
  GUARDIAN: '改由监护人收款',
  DEATH: '申请人去世，改由家属收款',
  OTHER: '其他原因',
};

export type Amendable = Voted & { readonly story: string | null };

export type Change = {
  readonly field: AmendedField;
  readonly before: string | null;
  readonly after: string | null;
};

/** Which fields differ, one row each, in the order of the list. A field that is typed as it was is no change. */
export function changesBetween(before: Amendable, after: Amendable): readonly Change[] {
  const pairs: readonly (readonly [AmendedField, string | null, string | null])[] = [
    ['AMOUNT', String(before.amountFen), String(after.amountFen)],
    ['CAUSE', before.cause, after.cause],
    ['PAYEE', before.payeeId, after.payeeId],
    ['METHOD', before.method, after.method],
    ['ACCOUNT', before.payeeAccountId, after.payeeAccountId],
    ['STORY', before.story, after.story],
  ];
  return pairs.flatMap(([field, was, is]) => (was === is ? [] : [{ field, before: was, after: is }]));
}

/** Wording does not touch a vote; anything voted on voids it, field by field (domain.md 2.1). */
export function voidsVote(changes: readonly Change[]): boolean {
  return changes.some(({ field }) => field !== 'STORY');
}

/** 金额、收款账户有改动 */
export function changedWords(changes: readonly Change[]): string {
  return `${changes.map(({ field }) => FIELD_WORDS[field]).join('、')}有改动`;
}
