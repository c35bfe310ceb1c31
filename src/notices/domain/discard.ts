/** Why a draft of a correction, or of a notice in the place of one that was taken down, is taken back: a closed list. */
export const DISCARD_REASONS = ['OWN_CHECK', 'OUTDATED', 'EXPIRED', 'NOT_WANTED'] as const;
export type DiscardReason = (typeof DISCARD_REASONS)[number];

export const DISCARD_WORDS: Readonly<Record<DiscardReason, string>> = {
  OWN_CHECK: '自查发现写得不对，或者隐私检查通不过',
  OUTDATED: '起草以后登记又改了，要重新起草',
  EXPIRED: '原来那张的内容已经到期撤下，签不了了',
  NOT_WANTED: '不用再发',
};

export type Draft = {
  readonly isCorrection: boolean;
  /** It answers another notice: a correction, or one in the place of another. */
  readonly answers: 'CORRECTS' | 'REISSUES' | 'REVOKES' | null;
  /** An objection that was upheld asks for it. */
  readonly isOwedToObjection: boolean;
  /** Places that it corrects; none where it says that the matter is decided anew. */
  readonly changes: number;
};

/**
 * Null where whoever may draft it may take it back; else why not. What the board decided is published (domain.md 1.6), and
 * so is that a matter is decided anew (2.3): its words depend on no register, and nothing in them can be out of date.
 */
export function discardFault({
  answers,
  isCorrection,
  isOwedToObjection,
  changes,
}: Draft): 'decision' | 'decided-anew' | null {
  if (answers !== 'CORRECTS' && answers !== 'REISSUES') return 'decision';
  return isCorrection && isOwedToObjection && changes === 0 ? 'decided-anew' : null;
}
