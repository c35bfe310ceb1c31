import type { DayKind } from '../../kernel/working-days.js';
import type { PayeeKind, RejectionOutcome, RevocationReason } from './notice-reasons.js';
import type { NoticeContact, OwnTexts } from './notice-texts.js';
import type { Money, Resolution } from './resolutions.js';

/**
 * What is published of a decision of the board (domain.md 1.6): money given by a society, meant to be given and then given
 * by a fund, refused, demanded back, or all else; and, of no decision, who gave what, and the accounts of a quarter or a year.
 */
export const NOTICE_KINDS = [
  'GRANT_POST',
  'RELIEF_PRE',
  'RELIEF_RESULT',
  'REJECTION',
  'REVOCATION',
  'RESOLUTION',
  'DONATION_LIST',
  'QUARTERLY_ACCOUNTS',
  'ANNUAL',
  'CORRECTION',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What people call it, on the board and in lists. */
export const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  GRANT_POST: '救助公示',
  RELIEF_PRE: '救助事前公示',
  RELIEF_RESULT: '救助结果公示',
  REJECTION: '不予救助公示',
  REVOCATION: '撤销（变更）救助公示',
  RESOLUTION: '决议公示',
  DONATION_LIST: '捐赠公示',
  QUARTERLY_ACCOUNTS: '季度收支公示',
  ANNUAL: '年度报告',
  CORRECTION: '更正公告',
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
  /** The same office and phone with its address: what a text of the society's own is filled with. */
  readonly contact?: NoticeContact;
  /** What the society says otherwise than the house: put in when the notice is drafted, by nobody below. */
  readonly texts?: OwnTexts;
  /** Full names that must stand nowhere in it. */
  readonly forbidden: readonly string[];
};

export type GrantWords = CommonWords & {
  readonly publishMode: PublishMode;
  readonly caseNumber: string;
  readonly items: readonly GrantItem[];
};

/** The sum as the case, the notice and the letter show it (domain.md 3, rules 5 to 10): ready figures, made once. */
export type SumLine = {
  /** 费用合计 */
  readonly label: string;
  /** 995,400.00 */
  readonly amount: string;
};

/** What both notices of a fund's relief say: for whom, why, from which fund, and how the amount was worked out. */
export type ReliefWords = CommonWords & {
  readonly publishMode: PublishMode;
  readonly caseNumber: string;
  /** 安心纾困慈善基金, with its project where there is one. */
  readonly fund: string;
  /** Masked: for a child the guardian. */
  readonly person: string;
  readonly group: string;
  /** Children of the household for whom the guardian stands there; none of them is named (D4-32). */
  readonly minors: number;
  readonly cause: string;
  /** In the order of the worksheet, down to what the family paid itself. */
  readonly sum: readonly SumLine[];
  /** ×60% or 按各段比例, in words. */
  readonly rate: string;
  readonly grant: Money;
  /** The highest help of a household, where the grant is less than the formula makes of it: 按最高限额救助. Null where it is not. */
  readonly cap: Money | null;
};

/** What was paid before the notice ended because lives hung on it, and on which day: 2026年3月6日. */
export type Advance = Money & {
  readonly paidOn: string;
  /** Whether more is to be paid once the notice has ended. */
  readonly hasRest: boolean;
};

/** Hangs before the money moves. */
export type ReliefPreWords = ReliefWords & {
  /** Null where nothing was paid before. */
  readonly advance: Advance | null;
};

export type ReliefPayment = {
  readonly amount: string;
  readonly paidOn: string;
  readonly to: PayeeKind;
};

/** Hangs when all is paid. */
export type ReliefResultWords = ReliefWords & {
  /** Number of the notice that hung before. */
  readonly preNotice: string;
  readonly decisionNumber: string | null;
  /** In the order in which they were made, the advance among them. */
  readonly payments: readonly ReliefPayment[];
  readonly paid: Money;
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
  /** The new amount, where the grant was made smaller; null where it is taken back whole. */
  readonly kept: Money | null;
};

export type ResolutionWords = CommonWords & {
  readonly decisionNumber: string | null;
  readonly resolution: Resolution;
};

/** How whoever did not agree to be named stands in public (Charity Law, art. 82; domain.md 2.4). */
export const UNNAMED_DONOR = '爱心人士';

/** One gift: by the full name of whoever agreed to it, else by `UNNAMED_DONOR`; the amount is public either way. */
export type ListedGift = {
  readonly giver: string;
  readonly what: '捐款' | '物资';
  /** 2026年3月5日 */
  readonly day: string;
  /** 1,000.00; of goods what they were worth when they were taken in. */
  readonly amount: string;
};

export type DonationListWords = CommonWords & {
  /** The days of the first and the last gift that it may hold: 2026年1月1日. */
  readonly from: string;
  readonly until: string;
  /** In the order in which they came in. */
  readonly gifts: readonly ListedGift[];
  readonly total: Money;
  /** Of the total what came in goods; null where all came in money. */
  readonly goods: Money | null;
};

/** Who saw that it was wrong. */
export const CORRECTION_CAUSES = ['OWN_CHECK', 'OBJECTION'] as const;
export type CorrectionCause = (typeof CORRECTION_CAUSES)[number];

/** One place of the earlier notice, as it was and as it is now, both as they stand on paper. */
export type CorrectedText = {
  /** 救助对象·村组 */
  readonly field: string;
  readonly was: string;
  readonly now: string;
};

export type CorrectionWords = CommonWords & {
  /** Number of the notice that is corrected. */
  readonly corrects: string;
  /** None where not the wording was wrong but the matter itself: it is decided anew, and published again. */
  readonly changes: readonly CorrectedText[];
};

/** A line of public accounts: 捐款, 3笔, 1,500.00. Nobody is named: kinds of money and classes of cause alone. */
export type AccountLine = {
  readonly label: string;
  /** 3笔 or 2件; null where nothing is counted. */
  readonly count: string | null;
  readonly amount: string;
};

/** What is kept apart for one purpose, before and after. */
export type AccountPurse = { readonly name: string; readonly opening: string; readonly closing: string };

/** Read from the ledger's lines, and from nothing else: opening + income + moved − spending = balance. */
export type AccountsWords = CommonWords & {
  /** 2026年第一季度 */
  readonly span: string;
  /** 2026年1月1日 */
  readonly from: string;
  readonly until: string;
  /** Of a federation one of its funds; null for the whole house. */
  readonly fund: string | null;
  readonly opening: Money;
  readonly income: readonly AccountLine[];
  readonly incomeTotal: Money;
  readonly spending: readonly AccountLine[];
  readonly spendingTotal: Money;
  /** Cases that money went to. */
  readonly cases: number;
  /** 变更用途转入100.00元; null where nothing came from other purposes or went to them. */
  readonly moved: string | null;
  readonly balance: Money;
  readonly purses: readonly AccountPurse[];
  /** Money of which nobody knows whose it is, beside the balance; null where there is none. */
  readonly unclaimed: Money | null;
  /** Number of the notice of the same accounts that this one takes the place of. */
  readonly replaces: string | null;
};

/** 受理案件, 12件. */
export type WorkLine = { readonly label: string; readonly count: string };

export type AnnualWords = AccountsWords & {
  /** What was done in the year, and who holds office: numbers, and no names. */
  readonly work: readonly WorkLine[];
  /** Sentences made of figures: 本年救助支出占上年收入的百分之八十。 */
  readonly ratios: readonly string[];
};

type WordsByKind = {
  readonly GRANT_POST: GrantWords;
  readonly RELIEF_PRE: ReliefPreWords;
  readonly RELIEF_RESULT: ReliefResultWords;
  readonly REJECTION: RejectionWords;
  readonly REVOCATION: RevocationWords;
  readonly RESOLUTION: ResolutionWords;
  readonly DONATION_LIST: DonationListWords;
  readonly QUARTERLY_ACCOUNTS: AccountsWords;
  readonly ANNUAL: AnnualWords;
  readonly CORRECTION: CorrectionWords;
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

/** With the sentences that the society, its town or its county says otherwise than the house. */
export function inOwnWords<W extends Worded>(worded: W, own: OwnTexts): W {
  if (Object.keys(own).length === 0) return worded;
  return { ...worded, words: { ...worded.words, texts: own } };
}

/** Whoever refuses publication is not even stored beside the notice: neither the masked name nor the group. */
export function keptOf(worded: Worded): Kept {
  switch (worded.kind) {
    case 'GRANT_POST': {
      const kept = unsealed(worded.words);
      const items = kept.items.map((item) => ({ ...item, ...unlessNumber(kept.publishMode, item) }));
      return { kind: worded.kind, words: { ...kept, items } };
    }
    case 'RELIEF_PRE':
      return { kind: worded.kind, words: withoutHousehold(unsealed(worded.words)) };
    case 'RELIEF_RESULT':
      return { kind: worded.kind, words: withoutHousehold(unsealed(worded.words)) };
    case 'REVOCATION':
      return { kind: worded.kind, words: withoutHousehold(unsealed(worded.words)) };
    case 'REJECTION':
      return { kind: worded.kind, words: unsealed(worded.words) };
    case 'RESOLUTION':
      return { kind: worded.kind, words: unsealed(worded.words) };
    case 'DONATION_LIST':
      return { kind: worded.kind, words: unsealed(worded.words) };
    case 'CORRECTION':
      return { kind: worded.kind, words: unsealed(worded.words) };
    case 'QUARTERLY_ACCOUNTS':
      return { kind: worded.kind, words: unsealed(worded.words) };
    case 'ANNUAL':
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

type Household = Named & { readonly publishMode: PublishMode; readonly minors: number };

const withoutHousehold = <W extends Household>(words: W): W =>
  words.publishMode === 'MASKED_NAME' ? words : { ...words, person: '', group: '', minors: 0 };

/** Whether a person stands in it, if only behind a mask: only where that may be is there a mode to choose. */
export function printsName({ words }: Kept): boolean {
  if ('changes' in words) return words.changes.some(({ field }) => field.endsWith('·姓名'));
  return 'publishMode' in words && words.publishMode === 'MASKED_NAME';
}
