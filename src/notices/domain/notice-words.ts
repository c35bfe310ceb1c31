import type { DayKind } from '../../kernel/working-days.js';

export const NOTICE_KINDS = ['GRANT_POST'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

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

/** What a context below hands in: every word ready, none of it free text of a person. */
export type NoticeWords = {
  /** In pieces: a line of the title ends only between them. */
  readonly title: readonly string[];
  /** Which article, which meeting, how many votes. */
  readonly basis: string;
  readonly items: readonly GrantItem[];
  /** Where to object, until when, by name or without. */
  readonly objection: string;
  readonly issuer: string;
  /** 柳溪 */
  readonly numberPrefix: string;
  readonly noticeDays: number;
  readonly noticeDayKind: DayKind;
  readonly publishMode: PublishMode;
  readonly caseNumber: string;
  /** The charter's public contact: an office, and the one phone that a notice may hold. */
  readonly contactPhone: string;
  /** Full names that must stand nowhere in it. */
  readonly forbidden: readonly string[];
};

/** What is kept of the words. The forbidden names are kept apart, sealed, and only until the signature. */
export type KeptWords = Omit<NoticeWords, 'forbidden'>;

/** Whoever refuses publication is not even stored beside the notice: neither the masked name nor the group. */
export function keptWordsOf(words: NoticeWords): KeptWords {
  const kept: KeptWords & { forbidden?: unknown } = { ...words };
  delete kept.forbidden;
  if (words.publishMode === 'MASKED_NAME') return kept;
  return { ...kept, items: words.items.map((item) => ({ ...item, person: '', group: '' })) };
}
