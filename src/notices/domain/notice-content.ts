import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import type { KeptWords, NoticeKind } from './notice-words.js';

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

/** A notice as it is frozen: every word on the paper stands here, and nothing that does not. */
export type NoticeContent = {
  readonly kind: NoticeKind;
  readonly template: string;
  readonly version: number;
  readonly title: readonly string[];
  readonly number: string;
  readonly basis: string;
  readonly items: readonly ContentItem[];
  readonly period: string;
  readonly objection: string;
  readonly issuer: string;
  readonly signedOn: string;
  readonly code: string;
  /** Null in a draft: nothing leads a scanner to a notice that nobody has signed. */
  readonly verifyUrl: string | null;
};

/** What only the signature knows. */
export type Signing = {
  readonly version: number;
  readonly number: string;
  /** Null in a draft. */
  readonly signedOn: Day | null;
  readonly period: string;
  readonly code: string;
  readonly verifyUrl: string | null;
};

/**
 * The wording of a kind. A template that has printed a signed notice is never changed: new wording is a new file, named
 * here, so that an old notice reads the same for ever.
 */
const TEMPLATE_OF: Readonly<Record<NoticeKind, string>> = { GRANT_POST: 'notices/grant-post' };

export function contentOf(kind: NoticeKind, words: KeptWords, signing: Signing): NoticeContent {
  return {
    kind,
    template: TEMPLATE_OF[kind],
    version: signing.version,
    title: words.title,
    number: signing.number,
    basis: words.basis,
    items: itemsOf(words),
    period: signing.period,
    objection: words.objection,
    issuer: words.issuer,
    signedOn: signing.signedOn === null ? '（签发日期）' : dayWords(signing.signedOn),
    code: signing.code,
    verifyUrl: signing.verifyUrl,
  };
}

/** D4-33: whoever refuses publication, or is a child, stands there by the number of the case, without name and group. */
function itemsOf(words: KeptWords): ContentItem[] {
  return words.items.map(({ person, group, ...grant }) =>
    words.publishMode === 'MASKED_NAME'
      ? { ...grant, subject: person, group, remark: null }
      : {
          ...grant,
          subject: `案号${words.caseNumber}`,
          group: null,
          remark: '按规定不公开姓名，案卷由监事查验。',
        },
  );
}

/** What a list says of a notice in one line. */
export function subjectWords({ items }: Pick<NoticeContent, 'items'>): string {
  return items.map(({ subject, group }) => (group === null ? subject : `${subject}（${group}）`)).join('、');
}
