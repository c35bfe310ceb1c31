import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { addDays, day, monthOf, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { NoticeWords } from '../../notices/domain/notice-words.js';
import { contactOf, objectionSentence } from '../../notices/domain/resolution-notice.js';
import type { NoticeCharter } from '../../notices/domain/resolution-notice.js';
import { NothingToList } from './donation-list.errors.js';
import { UNNAMED_DONOR } from './donor.js';
import type { GiftForm } from './gift.js';

/** Which gifts a list is for: all that stand in none, up to a day. So none is forgotten, and none is listed twice. */
export const LIST_SPANS = ['TODAY', 'LAST_MONTH', 'LAST_QUARTER'] as const;
export type ListSpan = (typeof LIST_SPANS)[number];

/** A paper on a wall that nobody reads to its end lists nobody: what is beyond goes into the next one. */
export const MOST_IN_A_LIST = 250;

/** The last day of which a list takes gifts. */
export function lastDayOf(span: ListSpan, today: Day): Day {
  if (span === 'TODAY') return today;
  const month = span === 'LAST_MONTH' ? monthOf(today) : Math.floor((monthOf(today) - 1) / 3) * 3 + 1;
  return addDays(day(`${yearOf(today)}-${String(month).padStart(2, '0')}-01`), -1);
}

/** 到今天（2026年4月2日）为止 */
export function spanWords(span: ListSpan, today: Day): string {
  const until = dayWords(lastDayOf(span, today));
  return {
    TODAY: `到今天（${until}）`,
    LAST_MONTH: `到上月底（${until}）`,
    LAST_QUARTER: `到上季度末（${until}）`,
  }[span];
}

/** A gift that stands in no list yet. */
export type UnlistedGift = {
  readonly giftId: string;
  readonly donorId: string | null;
  readonly givenOn: Day;
  readonly form: GiftForm;
  /** What stayed of it: what went back to the giver is no gift any more. */
  readonly amountFen: Fen;
};

/** The oldest first, as many as one paper takes. */
export function giftsOfList(waiting: readonly UnlistedGift[], until: Day): readonly UnlistedGift[] {
  const chosen = waiting
    .filter(({ givenOn, amountFen }) => givenOn <= until && amountFen > 0)
    .sort((a, b) =>
      a.givenOn === b.givenOn ? (a.giftId < b.giftId ? -1 : 1) : a.givenOn < b.givenOn ? -1 : 1,
    )
    .slice(0, MOST_IN_A_LIST);
  if (chosen.length === 0) throw new NothingToList();
  return chosen;
}

export type ListCharter = Omit<NoticeCharter, 'article'>;

export type ListFacts = {
  readonly societyName: string;
  readonly charter: ListCharter;
  readonly gifts: readonly UnlistedGift[];
  /** Of those who agree, by donor. */
  readonly publicNames: ReadonlyMap<string, string>;
  /** Of those who do not: they must stand nowhere. */
  readonly hiddenNames: readonly string[];
};

/**
 * The list of donors (domain.md 1.6, 2.4), goods at what they were worth when they were taken in: consenting donors by their full names, others 爱心人士, each with the amount
 * (Charity Law, art. 82). No fee is in it, which is no gift.
 */
export function donationList(facts: ListFacts): NoticeWords<'DONATION_LIST'> {
  const { societyName, charter, gifts, publicNames, hiddenNames } = facts;
  const [first, last] = [gifts.at(0), gifts.at(-1)];
  if (!first || !last) throw new NothingToList();
  const [from, until] = [dayWords(first.givenOn), dayWords(last.givenOn)];
  const total = sumOf(gifts.map(({ amountFen }) => amountFen));
  const goods = sumOf(gifts.filter(({ form }) => form === 'GOODS').map(({ amountFen }) => amountFen));
  return {
    title: [societyName, '关于接受捐赠情况', '的公示'],
    basis: `依据《中华人民共和国慈善法》和章程，现将${from === until ? from : `${from}至${until}`}接受的捐赠公示如下（会费不在内）：`,
    objection: objectionSentence(charter),
    issuer: societyName,
    numberPrefix: charter.numberPrefix,
    noticeDays: charter.noticeDays,
    noticeDayKind: charter.noticeDayKind,
    contactPhone: charter.publicContactPhone,
    contact: contactOf(charter),
    forbidden: [...new Set(hiddenNames)],
    ...{ from, until },
    gifts: gifts.map(({ donorId, form, givenOn, amountFen }) => ({
      giver: giverOf(donorId, publicNames),
      what: form === 'GOODS' ? '物资' : '捐款',
      day: dayWords(givenOn),
      amount: yuanText(amountFen),
    })),
    total: moneyOf(total),
    goods: goods === 0 ? null : moneyOf(goods),
  };
}

const moneyOf = (amount: Fen) => ({ amountInWords: amountInWords(amount), amount: yuanText(amount) });

export function giverOf(donorId: string | null, publicNames: ReadonlyMap<string, string>): string {
  return (donorId === null ? undefined : publicNames.get(donorId)) ?? UNNAMED_DONOR;
}

type Printed = { readonly giver: string; readonly amount: string };
type Stands = { readonly giver: string; readonly isReceived: boolean; readonly leftFen: Fen };

/** Why a list cannot be signed as it was drafted; null while all of it still holds. Both are in the order of the paper. */
export function listFault(printed: readonly Printed[], now: readonly Stands[]): string | null {
  const withdraw = '请撤回这张公示，重新起草。';
  if (now.some(({ isReceived }) => !isReceived)) return `里面有一笔捐赠已经冲销或者退还，${withdraw}`;
  for (const [i, { giver, amount }] of printed.entries()) {
    const stands = now[i];
    if (!stands || yuanText(stands.leftFen) !== amount) return `里面有一笔捐赠的金额变了，${withdraw}`;
    if (giver !== UNNAMED_DONOR && giver !== stands.giver) return `有捐赠人不再同意公开姓名，${withdraw}`;
  }
  return null;
}

type Corrected = { readonly was: string; readonly now: string };

/**
 * Why a correction of a list cannot be signed as it was drafted. It quotes both names of a giver, so neither may be one whose
 * owner agrees no longer: `hiddenNames` are those of the givers on the list.
 */
export function listCorrectionFault(
  changes: readonly Corrected[],
  hiddenNames: readonly string[],
): string | null {
  const isQuoted = (name: string) => changes.some(({ was, now }) => was === name || now === name);
  return hiddenNames.some(isQuoted) ? '有捐赠人不再同意公开姓名，请撤回这张更正公告，重新起草。' : null;
}
