import type { CaseState } from './emergency-procedure.js';

export const PAPER_KINDS = ['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** The file of a case. Missing ones hold nothing up (容缺受理, seeds.md 17 and 36): they are owed until their day. */
export const PAPER_WORDS: Readonly<Record<PaperKind, string>> = {
  ID_CARD: '身份证',
  CAUSE_PROOF: '事由证明材料',
  CONSENT: '签字的同意书和承诺书',
  RECEIPT: '收款回执',
};

export type PaperState = 'MISSING' | 'PRESENT' | 'WAIVED';
export type Paper = {
  readonly kind: PaperKind;
  readonly state: PaperState;
  /** When the supervisor confirmed a waiver; null until then, and for what is not waived. */
  readonly confirmedAt: Date | null;
};

/** What the office waives, the supervisor confirms (domain.md 2.1): else the office would check itself. */
export const CONFIRM_WAIVER = {
  duty: 'CONFIRM_WAIVER',
  owner: 'supervisor',
  unit: 'working-days',
  count: 3,
} as const;

/** A receipt is for money that came: before the payment there is nothing to sign for. */
export function mayRecord(kind: PaperKind, state: CaseState): boolean {
  return kind !== 'RECEIPT' || state === 'PAID';
}

export function missingOf(papers: readonly Paper[]): PaperKind[] {
  return PAPER_KINDS.filter(
    (kind) => !papers.some((paper) => paper.kind === kind && paper.state !== 'MISSING'),
  );
}

/** Waived by the office, and not yet confirmed. */
export function unconfirmedOf(papers: readonly Paper[]): PaperKind[] {
  return PAPER_KINDS.filter((kind) =>
    papers.some((paper) => paper.kind === kind && paper.state === 'WAIVED' && paper.confirmedAt === null),
  );
}

export type PapersVerdict =
  | { readonly outcome: 'complete' }
  | { readonly outcome: 'missing'; readonly missing: readonly PaperKind[] }
  | { readonly outcome: 'waiver-unconfirmed' }
  /** D4-50: the number of the identity card is a paper too, unless the card itself was waived. */
  | { readonly outcome: 'id-number-pending' };

/** Every paper is there or waived in writing, and each waiver confirmed: then, and only then, the papers' track ends. */
export function papersVerdict(papers: readonly Paper[], idPending: boolean): PapersVerdict {
  const missing = missingOf(papers);
  if (missing.length > 0) return { outcome: 'missing', missing };
  if (unconfirmedOf(papers).length > 0) return { outcome: 'waiver-unconfirmed' };
  const cardWaived = papers.some((paper) => paper.kind === 'ID_CARD' && paper.state === 'WAIVED');
  return idPending && !cardWaived ? { outcome: 'id-number-pending' } : { outcome: 'complete' };
}
