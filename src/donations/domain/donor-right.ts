import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { ErasureOfOneself } from '../../people/domain/person-right.errors.js';
import { refuseOneHand, WAY_ASKED_WORDS, WAYS_ASKED } from '../../people/domain/person-right.js';
import { DonorAsksOffice, WishMissing } from './donor-right.errors.js';
import type { DonorKind } from './donor.js';

/** What a donor may ask of whoever holds data about him (PIPL, art. 45 to 47). */
export const DONOR_RIGHTS = ['COPY', 'CORRECT', 'ERASE'] as const;
export type DonorRight = (typeof DONOR_RIGHTS)[number];

export const DONOR_RIGHT_WORDS: Readonly<Record<DonorRight, string>> = {
  COPY: '要一份自己信息的副本',
  CORRECT: '改正登记的信息',
  ERASE: '删除自己的信息',
};

/** As he himself asks it, signed in: phone and home place he changes without asking. */
export const OWN_RIGHT_WORDS: Readonly<Record<DonorRight, string>> = {
  ...DONOR_RIGHT_WORDS,
  CORRECT: '改正登记的姓名',
};

/** What the donor asks himself: his copy he opens at once, without asking. */
export const OWN_RIGHTS = ['CORRECT', 'ERASE'] as const;

/** `ACCOUNT`: he himself, signed in. */
export const DONOR_WAYS = ['ACCOUNT', ...WAYS_ASKED] as const;
export type DonorWay = (typeof DONOR_WAYS)[number];

export const DONOR_WAY_WORDS: Readonly<Record<DonorWay, string>> = {
  ...WAY_ASKED_WORDS,
  IN_PERSON: '本人当面说的',
  ACCOUNT: '本人登录以后自己提的',
};

/** What is to be put right has to be said; and nothing is said where nothing is put right. */
export function wishOf(kind: DonorRight, typed: string | null): string | null {
  if (kind !== 'CORRECT') return null;
  const wish = (typed ?? '').trim();
  if (wish === '') throw new WishMissing();
  return wish;
}

/** Whoever has an account opens the copy himself; the office makes none behind his back. */
export function refuseCopyByOffice(donor: { readonly accountId: string | null }): void {
  if (donor.accountId !== null) throw new DonorAsksOffice();
}

type Hands = { readonly personId: string | null; readonly accountId: string | null };
type Asked = { readonly recordedBy: string | null; readonly recordedByAccount: string | null };

/** Two people erase; and nobody erases what is held about himself, asked by whomever. */
export function refuseErasingHand(asked: Asked, donorAccounts: readonly string[], by: Hands): void {
  refuseOneHand({ ...asked, personId: '' }, by);
  if (by.accountId !== null && donorAccounts.includes(by.accountId)) throw new ErasureOfOneself();
}

/** What of a donor is not at its end, read by the unit that would erase him. */
export type UnderWay = {
  /** Days of pledges that neither came nor were called off. */
  readonly pledges: readonly Day[];
  /** Days of the gifts of which something is to go back. */
  readonly refunds: readonly Day[];
  /** How many times he is asked whether his money may serve something else. */
  readonly questions: number;
  /** Days of the gifts whose receipt is still to be issued. */
  readonly receiptsDue: readonly Day[];
  /** Days of goods that are neither in the stock nor sent back. */
  readonly goods: readonly Day[];
  /** What he gave for one thing, and is not used up: his word is needed to use it otherwise (Charity Law, art. 56). */
  readonly restricted: readonly { readonly givenOn: Day; readonly leftFen: Fen }[];
  /** Lists that name him, and corrections of them, that hang or are about to: by their number, null before it is signed. */
  readonly lists: readonly { readonly number: string | null; readonly what: '捐赠公示' | '更正公告' }[];
  /** How many copies he asked for and does not have yet. */
  readonly copies: number;
};

/** Why nothing may be erased now, each in one sentence with its day or number and without a name. */
export function hindersOf(under: UnderWay): string[] {
  return [
    ...under.pledges.map((day) => `${dayWords(day)}的认捐还没有到账，也没有取消`),
    ...under.refunds.map((day) => `${dayWords(day)}那一笔的退款还没有办完`),
    ...(under.questions > 0 ? [`有 ${under.questions} 件改变用途的事还在征求本人意见`] : []),
    ...under.receiptsDue.map((day) => `${dayWords(day)}那一笔的票据还没有开`),
    ...under.goods.map((day) => `${dayWords(day)}送来的物资还没有入库或者退回`),
    ...under.restricted.map(
      ({ givenOn, leftFen }) =>
        `${dayWords(givenOn)}指定用途的捐赠还有 ${yuanText(leftFen)} 元没有用完，改用途要问本人`,
    ),
    ...under.lists.map(({ number, what }) =>
      number === null ? `有一张写了本人姓名的${what}还没有签发` : `${number}${what}写了本人姓名，还在公开`,
    ),
    ...(under.copies > 0 ? ['本人要的副本还没有交给本人'] : []),
  ];
}

/** What goes of a record. */
export type ErasedParts = {
  readonly phone: true;
  /** Home place, what was said with a gift, the account; and no name in public from then on. */
  readonly rest: boolean;
  readonly name: boolean;
};

/**
 * A company is nobody with rights of that law: of it the phone of a contact goes, and nothing else. A person keeps the
 * name only in the record that vouchers and receipts rest on (会计档案管理办法, art. 14); a record that was merged into another
 * holds nothing any more that its name is needed for.
 */
export function erasedParts(record: {
  readonly kind: DonorKind;
  readonly isMerged: boolean;
  readonly hasBooked: boolean;
}): ErasedParts {
  const isPerson = record.kind === 'PERSON';
  return { phone: true, rest: isPerson, name: isPerson && (record.isMerged || !record.hasBooked) };
}
