import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { OUTCOME_WORDS, PAYEE_WORDS, REASON_WORDS } from './notice-reasons.js';
import type {
  Advance,
  CorrectedText,
  GrantWords,
  Kept,
  KeptWords,
  ListedGift,
  NoticeKind,
  PublishMode,
  ReliefPayment,
  SumLine,
  WorkLine,
} from './notice-words.js';
import { UNNAMED_DONOR } from './notice-words.js';
import { contactFilling, filled, textOf } from './notice-texts.js';
import type { NoticeContact, OwnTexts, TextKey } from './notice-texts.js';
import { caseOf, moneyOf, resolutionSentences, RESOLUTION_WORDS } from './resolutions.js';
import type { Money } from './resolutions.js';

export type ContentItem = {
  /** 张*三, or 案号2026-0012. */
  readonly subject: string;
  readonly group: string | null;
  readonly cause: string;
  readonly amountInWords: string;
  readonly amount: string;
  readonly paidOn: string;
  readonly paidHow: string;
  readonly remark: string | null;
};

type CommonContent = {
  readonly template: string;
  readonly version: number;
  readonly title: readonly string[];
  readonly number: string;
  readonly basis: string;
  readonly period: string;
  readonly objection: string;
  /** What the society adds of its own; not there where it adds nothing. */
  readonly closing?: string;
  readonly issuer: string;
  readonly signedOn: string;
  readonly code: string;
  /** Null in a draft: nothing leads a scanner to a notice that nobody has signed. */
  readonly verifyUrl: string | null;
  /** The last head of the audit seal when it was printed: 第12批 8c1d 09aa 7be2 f014; not there before the first. */
  readonly seal?: string;
};

export type GrantContent = CommonContent & {
  readonly kind: 'GRANT_POST';
  readonly items: readonly ContentItem[];
};

type ReliefContent = CommonContent & {
  readonly subject: string;
  readonly group: string | null;
  /** 户内未成年人1名 */
  readonly minors: string | null;
  readonly cause: string;
  readonly fund: string;
  readonly sum: readonly SumLine[];
  readonly rate: string;
  readonly grant: Money;
  /** 按最高限额救助; null where the formula decided alone. */
  readonly cap: Money | null;
  readonly remark: string | null;
};

export type ReliefPreContent = ReliefContent & {
  readonly kind: 'RELIEF_PRE';
  readonly advance: Advance | null;
};

export type ReliefResultContent = ReliefContent & {
  readonly kind: 'RELIEF_RESULT';
  readonly preNotice: string;
  readonly decisionNumber: string | null;
  readonly payments: readonly (Omit<ReliefPayment, 'to'> & { readonly to: string })[];
  readonly paid: Money;
};

export type RejectionContent = CommonContent & {
  readonly kind: 'REJECTION';
  /** 案号2026-0012 */
  readonly subject: string;
  readonly cause: string;
  readonly outcome: string;
  /** Why nobody is named, and what the applicant may do. */
  readonly note: string;
};

export type RevocationContent = CommonContent & {
  readonly kind: 'REVOCATION';
  readonly subject: string;
  readonly group: string | null;
  readonly minors: string | null;
  readonly revokes: string | null;
  readonly cause: string;
  readonly granted: Money;
  readonly reason: string;
  readonly demanded: Money;
  readonly kept: Money | null;
  readonly remark: string | null;
};

export type ResolutionContent = CommonContent & {
  readonly kind: 'RESOLUTION';
  /** 核销未追回的救助款 */
  readonly matter: string;
  /** 案号2026-0012; null where it is about no case. */
  readonly subject: string | null;
  readonly decisionNumber: string | null;
  readonly sentences: readonly string[];
  readonly money: Money | null;
};

export type DonationListContent = CommonContent & {
  readonly kind: 'DONATION_LIST';
  /** 2026年1月1日至2026年3月31日 */
  readonly span: string;
  readonly gifts: readonly (ListedGift & { readonly place: string })[];
  readonly count: string;
  /** How many of them stand there without a name; null where all agreed. */
  readonly unnamed: string | null;
  readonly total: Money;
  readonly goods: Money | null;
};

type AccountsContent = CommonContent & AccountsParts & { readonly note: string };
type AccountsParts = Omit<KeptWords<'QUARTERLY_ACCOUNTS'>, KeptFrame | 'cases'> & { readonly cases: string };
/** What stands in the head and the foot of every notice. */
type KeptFrame =
  | 'title'
  | 'basis'
  | 'objection'
  | 'issuer'
  | 'numberPrefix'
  | 'noticeDays'
  | 'noticeDayKind'
  | 'contactPhone'
  | 'contact'
  | 'texts';

export type QuarterlyAccountsContent = AccountsContent & { readonly kind: 'QUARTERLY_ACCOUNTS' };

export type AnnualContent = AccountsContent & {
  readonly kind: 'ANNUAL';
  readonly work: readonly WorkLine[];
  readonly ratios: readonly string[];
};

export type CorrectionContent = CommonContent & {
  readonly kind: 'CORRECTION';
  readonly corrects: string;
  readonly changes: readonly CorrectedText[];
};

/** A notice as it is frozen: every word on the paper stands here, and nothing that does not. */
export type NoticeContent =
  | GrantContent
  | ReliefPreContent
  | ReliefResultContent
  | RejectionContent
  | RevocationContent
  | ResolutionContent
  | DonationListContent
  | QuarterlyAccountsContent
  | AnnualContent
  | CorrectionContent;

/** What only the signature knows. */
export type Signing = {
  readonly version: number;
  readonly number: string;
  /** Null in a draft. */
  readonly signedOn: Day | null;
  readonly period: string;
  readonly code: string;
  readonly verifyUrl: string | null;
  /** Null or not there while nothing is sealed. */
  readonly seal?: string | null;
};

/**
 * The wording of a kind. A template that has printed a signed notice is never changed: new wording is a new file, named
 * here, so that an old notice reads the same for ever.
 */
const TEMPLATE_OF: Readonly<Record<NoticeKind, string>> = {
  GRANT_POST: 'notices/grant-post',
  RELIEF_PRE: 'notices/relief-pre',
  RELIEF_RESULT: 'notices/relief-result',
  REJECTION: 'notices/rejection',
  REVOCATION: 'notices/revocation',
  RESOLUTION: 'notices/resolution',
  DONATION_LIST: 'notices/donation-list',
  QUARTERLY_ACCOUNTS: 'notices/quarterly-accounts',
  ANNUAL: 'notices/annual',
  CORRECTION: 'notices/correction',
};

export function contentOf(notice: Kept, signing: Signing): NoticeContent {
  const common = commonOf(notice, signing);
  switch (notice.kind) {
    case 'GRANT_POST':
      return { ...common, kind: notice.kind, items: itemsOf(notice.words) };
    case 'RELIEF_PRE':
      return {
        ...{ ...common, ...reliefOf(notice.words) },
        kind: notice.kind,
        advance: notice.words.advance,
      };
    case 'RELIEF_RESULT': {
      const { preNotice, decisionNumber, payments, paid } = notice.words;
      return {
        ...{ ...common, ...reliefOf(notice.words) },
        kind: notice.kind,
        ...{ preNotice, decisionNumber, paid },
        payments: payments.map((payment) => ({ ...payment, to: PAYEE_WORDS[payment.to] })),
      };
    }
    case 'REJECTION': {
      const { caseNumber, cause, outcome } = notice.words;
      const subject = caseWords(caseNumber);
      const note = textIn(notice.words, 'REJECTION_NOTE');
      return { ...common, kind: notice.kind, subject, cause, outcome: OUTCOME_WORDS[outcome], note };
    }
    case 'REVOCATION': {
      const { revokes, cause, granted, reason, demanded, kept } = notice.words;
      return {
        ...common,
        ...subjectOf(notice.words, notice.words),
        kind: notice.kind,
        minors: minorsOf(notice.words),
        ...{ revokes, cause, granted, demanded, kept },
        reason: REASON_WORDS[reason],
      };
    }
    case 'RESOLUTION': {
      const { resolution, decisionNumber } = notice.words;
      const caseNumber = caseOf(resolution);
      return {
        ...common,
        kind: notice.kind,
        matter: RESOLUTION_WORDS[resolution.about],
        subject: caseNumber === null ? null : caseWords(caseNumber),
        decisionNumber,
        sentences: resolutionSentences(resolution),
        money: moneyOf(resolution),
      };
    }
    case 'DONATION_LIST':
      return { ...common, kind: notice.kind, ...listOf(notice.words) };
    case 'QUARTERLY_ACCOUNTS':
      return { ...common, kind: notice.kind, ...accountsOf(notice.words) };
    case 'ANNUAL': {
      const { work, ratios } = notice.words;
      return { ...common, kind: notice.kind, ...accountsOf(notice.words), work, ratios };
    }
    case 'CORRECTION': {
      const { corrects, changes } = notice.words;
      return { ...common, kind: notice.kind, corrects, changes };
    }
  }
}

/** A draft as it would be printed, with what only the signature knows left open. */
export function draftContentOf(notice: Kept & { readonly version: number }): NoticeContent {
  const { version, words } = notice;
  const open = { version, signedOn: null, period: '', code: '', verifyUrl: null };
  return contentOf(notice, { ...open, number: words.numberPrefix });
}

function commonOf({ kind, words }: Kept, signing: Signing): CommonContent {
  return {
    template: TEMPLATE_OF[kind],
    version: signing.version,
    title: words.title,
    number: signing.number,
    basis: words.basis,
    period: signing.period,
    objection: objectionIn(words),
    issuer: words.issuer,
    signedOn: signing.signedOn === null ? '（签发日期）' : dayWords(signing.signedOn),
    code: signing.code,
    verifyUrl: signing.verifyUrl,
    ...closingIn(words),
    ...(signing.seal ? { seal: signing.seal } : {}),
  };
}

type OwnWords = { readonly texts?: OwnTexts; readonly contact?: NoticeContact };

/** A sentence that the society may say in words of its own, with what it leaves open filled in. */
function textIn({ texts, contact }: OwnWords, key: TextKey): string {
  const text = textOf(key, texts);
  return contact ? filled(text, contactFilling(contact)) : text;
}

const closingIn = (words: OwnWords): { readonly closing?: string } => {
  const closing = textIn(words, 'CLOSING');
  return closing === '' ? {} : { closing };
};

/** In the society's own words where it has any and the notice says whom they are to be filled with; else as it was handed in. */
const objectionIn = (words: OwnWords & { readonly objection: string }): string =>
  words.texts?.OBJECTION === undefined || !words.contact ? words.objection : textIn(words, 'OBJECTION');

function accountsOf(
  words: KeptWords<'QUARTERLY_ACCOUNTS'> | KeptWords<'ANNUAL'>,
): AccountsParts & { readonly note: string } {
  const { span, from, until, fund, opening, income, incomeTotal, spending, spendingTotal } = words;
  const { moved, balance, purses, unclaimed, replaces } = words;
  return {
    ...{ span, from, until, fund, opening, income, incomeTotal, spending, spendingTotal },
    ...{ moved, balance, purses, unclaimed, replaces },
    cases: String(words.cases),
    note: textIn(words, 'ACCOUNTS_NOTE'),
  };
}

function listOf({
  from,
  until,
  gifts,
  total,
  goods,
}: KeptWords<'DONATION_LIST'>): Omit<DonationListContent, keyof CommonContent | 'kind'> {
  const unnamed = gifts.filter(({ giver }) => giver === UNNAMED_DONOR).length;
  return {
    span: from === until ? from : `${from}至${until}`,
    gifts: gifts.map((gift, i) => ({ place: String(i + 1), ...gift })),
    count: String(gifts.length),
    unnamed: unnamed === 0 ? null : String(unnamed),
    total,
    goods,
  };
}

function itemsOf(words: KeptWords<'GRANT_POST'> | GrantWords): ContentItem[] {
  return words.items.map(({ person, group, ...grant }) => ({
    ...grant,
    ...subjectOf({ person, group }, words),
  }));
}

function reliefOf(
  words: KeptWords<'RELIEF_PRE' | 'RELIEF_RESULT'>,
): Omit<ReliefContent, keyof CommonContent> {
  const { cause, fund, sum, rate, grant, cap } = words;
  return { ...subjectOf(words, words), minors: minorsOf(words), cause, fund, sum, rate, grant, cap };
}

/** D4-32: of a child the notice says that it is there, and no more. */
const minorsOf = ({ minors }: { readonly minors: number }): string | null =>
  minors > 0 ? `户内未成年人${minors}名` : null;

/** D4-33: whoever refuses publication, or is a child, stands there by the number of the case, without name and group. */
function subjectOf(
  { person, group }: { readonly person: string; readonly group: string },
  words: OwnWords & { readonly publishMode: PublishMode; readonly caseNumber: string },
): Pick<ContentItem, 'subject' | 'group' | 'remark'> {
  return words.publishMode === 'MASKED_NAME'
    ? { subject: person, group, remark: null }
    : { subject: caseWords(words.caseNumber), group: null, remark: textIn(words, 'NO_NAME') };
}

const caseWords = (caseNumber: string): string => `案号${caseNumber}`;
