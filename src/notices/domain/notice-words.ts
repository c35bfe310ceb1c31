import type { DayKind } from '../../kernel/working-days.js';
import type { RejectionOutcome, RevocationReason } from './notice-reasons.js';
import type { Money, Resolution } from './resolutions.js';

/** What is published of a decision of the board (domain.md 1.6): money given, refused, demanded back, or all else. */
export const NOTICE_KINDS = ['GRANT_POST', 'REJECTION', 'REVOCATION', 'RESOLUTION'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What people call it, on the board and in lists. */
export const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  GRANT_POST: '救助公示',
  REJECTION: '不予救助公示',
  REVOCATION: '撤销救助公示',
  RESOLUTION: '决议公示',
};

/** With consent the masked name; without it the number of the case alone (PIPL art. 25, D4-33). */
export type PublishMode = 'MASKED_NAME' | 'NUMBER_ONLY';

export type GrantItem = {
  /** Masked: 张*三, for a child the guardian. */
  readonly person: string;
  /** 柳溪村三组 */
  readonly group: string;
  /** From the closed list: 突发疾病. */
  readonly cause: string;
  /** 壹仟元整 */
  readonly amountInWords: string;
  /** 1,000.00 */
  readonly amount: string;
  /** 2026年3月6日 */
  readonly paidOn: string;
  /** 已先行打款 */
  readonly paidHow: string;
};

/** What every notice says. */
type CommonWords = {
  /** In pieces: a line of the title ends only between them. */
  readonly title: readonly string[];
  /** Which article, which meeting, how many votes. */
  readonly basis: string;
  /** Where to object, until when, by name or without. */
  readonly objection: string;
  readonly issuer: string;
  /** 柳溪 */
  readonly numberPrefix: string;
  readonly noticeDays: number;
  readonly noticeDayKind: DayKind;
  /** The charter's public contact: an office, and the one phone that a notice may hold. */
  readonly contactPhone: string;
  /** Full names that must stand nowhere in it. */
  readonly forbidden: readonly string[];
};

export type GrantWords = CommonWords & {
  readonly publishMode: PublishMode;
  readonly caseNumber: string;
  readonly items: readonly GrantItem[];
};

/** By the number of the case alone: a refusal has no place for a name or a group, whatever the applicant agreed to. */
export type RejectionWords = CommonWords & {
  readonly caseNumber: string;
  readonly cause: string;
  readonly outcome: RejectionOutcome;
};

export type RevocationWords = CommonWords & {
  /** By masked name only where the notice that is taken back had it. */
  readonly publishMode: PublishMode;
  readonly caseNumber: string;
  /** Number of the notice that is taken back; null where the grant was revoked before one was signed. */
  readonly revokes: string | null;
  /** Masked: for a child the guardian. */
  readonly person: string;
  readonly group: string;
  /** Children of the household for whom the guardian stands there; none of them is named (D4-32). */
  readonly minors: number;
  readonly cause: string;
  readonly granted: Money;
  readonly reason: RevocationReason;
  readonly demanded: Money;
};

export type ResolutionWords = CommonWords & {
  readonly decisionNumber: string | null;
  readonly resolution: Resolution;
};

type WordsByKind = {
  readonly GRANT_POST: GrantWords;
  readonly REJECTION: RejectionWords;
  readonly REVOCATION: RevocationWords;
  readonly RESOLUTION: ResolutionWords;
};

/** What a context below hands in: every word ready or from a closed list, none of it free text of a person. */
export type NoticeWords<K extends NoticeKind = NoticeKind> = WordsByKind[K];

/** What is kept of the words. The forbidden names are kept apart, sealed, and only until the signature. */
export type KeptWords<K extends NoticeKind = NoticeKind> = K extends NoticeKind
  ? Omit<WordsByKind[K], 'forbidden'>
  : never;

/** A kind with words of that kind. */
export type Worded = {
  [K in NoticeKind]: { readonly kind: K; readonly words: NoticeWords<K> };
}[NoticeKind];
export type Kept = { [K in NoticeKind]: { readonly kind: K; readonly words: KeptWords<K> } }[NoticeKind];

/** Whoever refuses publication is not even stored beside the notice: neither the masked name nor the group. */
export function keptOf(worded: Worded): Kept {
  switch (worded.kind) {
    case 'GRANT_POST': {
      const kept = unsealed(worded.words);
      const items = kept.items.map((item) => ({ ...item, ...unlessNumber(kept.publishMode, item) }));
      return { kind: worded.kind, words: { ...kept, items } };
    }
    case 'REVOCATION': {
      const kept = unsealed(worded.words);
      const minors = kept.publishMode === 'MASKED_NAME' ? kept.minors : 0;
      return { kind: worded.kind, words: { ...kept, ...unlessNumber(kept.publishMode, kept), minors } };
    }
    case 'REJECTION':
      return { kind: worded.kind, words: unsealed(worded.words) };
    case 'RESOLUTION':
      return { kind: worded.kind, words: unsealed(worded.words) };
  }
}

function unsealed<W extends CommonWords>(words: W): Omit<W, 'forbidden'> {
  const kept: Omit<W, 'forbidden'> & { forbidden?: unknown } = { ...words };
  delete kept.forbidden;
  return kept;
}

type Named = { readonly person: string; readonly group: string };

const unlessNumber = (mode: PublishMode, { person, group }: Named): Named =>
  mode === 'MASKED_NAME' ? { person, group } : { person: '', group: '' };

/** Whether a person stands in it, if only behind a mask. */
export function printsName({ kind, words }: Kept): boolean {
  return (kind === 'GRANT_POST' || kind === 'REVOCATION') && words.publishMode === 'MASKED_NAME';
}
