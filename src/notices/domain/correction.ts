import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { contentOf } from './notice-content.js';
import type { NoticeContent } from './notice-content.js';
import type { CorrectedText, CorrectionCause, Kept, KeptWords, NoticeWords } from './notice-words.js';
import { textsOf } from './privacy-lint.js';

/** What stands in the head and the foot of each notice: of its own issue, and no part of what it says of the matter. */
const FRAME = /^(?:标题|文号$|异议反映$|补充说明$|署名$)/;

/** Said in words that a society may choose: other words than then are no mistake, but to say it or not is a matter of fact. */
const IN_OWN_WORDS = '·说明';

/** Nothing stood there, or nothing stands there any more. */
export const NOTHING_THERE = '（无）';

/**
 * Where a signed notice says something else than it would say today: both versions of each place, as a correction quotes
 * them (慈善组织信息公开办法 art. 16). None where only the frame differs.
 */
export function changesBetween(signed: NoticeContent, today: Kept): CorrectedText[] {
  const { version, number, period, code, verifyUrl } = signed;
  const fresh = contentOf(today, { version, number, signedOn: null, period, code, verifyUrl });
  const before = partsOf(signed);
  const after = partsOf(fresh);
  const fields = [...new Set([...before.keys(), ...after.keys()])];
  return fields.flatMap((field) => {
    const was = before.get(field) ?? '';
    const now = after.get(field) ?? '';
    if (field.endsWith(IN_OWN_WORDS) && was !== '' && now !== '') return [];
    return was === now ? [] : [{ field, was: was || NOTHING_THERE, now: now || NOTHING_THERE }];
  });
}

function partsOf(content: NoticeContent): ReadonlyMap<string, string> {
  const own = textsOf(content).filter(({ field }) => !FRAME.test(field));
  return new Map(own.map(({ field, text }) => [field, text]));
}

export type CorrectionFacts = {
  /** The notice that was wrong, as it was signed. */
  readonly signed: { readonly content: NoticeContent; readonly words: KeptWords; readonly signedAt: Date };
  readonly cause: CorrectionCause;
  readonly changes: readonly CorrectedText[];
  /** Whose full names must not get in. */
  readonly forbidden: readonly string[];
};

const CAUSE_SENTENCES: Readonly<Record<CorrectionCause, string>> = {
  OWN_CHECK: '经自查',
  OBJECTION: '经查，对它的异议成立',
};

/** A notice of its own that quotes the earlier one; issuer, number series, period and contact are those of the earlier one. */
export function correctionNotice(facts: CorrectionFacts): NoticeWords<'CORRECTION'> {
  const { signed, cause, changes, forbidden } = facts;
  const { objection, issuer, numberPrefix, noticeDays, noticeDayKind, contactPhone, contact } = signed.words;
  const { number } = signed.content;
  const correctedDay = dayWords(dayOf(signed.signedAt));
  const outcome = changes.length > 0 ? '更正如下' : '公告如下';
  return {
    title: [issuer, '关于', `“${number}”`, '公示的', '更正公告'],
    basis: `${issuer}${correctedDay}签发的公示“${number}”，${CAUSE_SENTENCES[cause]}，现${outcome}：`,
    ...{ objection, issuer, numberPrefix, noticeDays, noticeDayKind, contactPhone },
    ...(contact ? { contact } : {}),
    ...{ corrects: number, changes, forbidden },
  };
}
