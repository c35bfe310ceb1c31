import { dayShort, dayWords } from '../../kernel/chinese/words.js';
import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { StatementYearInvalid } from './receipt.errors.js';

/** One gift of the year, and what became of it: of money, used + unspent + refunded = given, to the fen. */
export type StatementGift = {
  readonly givenOn: Day;
  readonly form: 'MONEY' | 'GOODS';
  /** 救急难池 · 火灾 */
  readonly purse: string;
  readonly receiptNumber: string | null;
  readonly amountFen: Fen;
  readonly usedFen: Fen;
  /** So much of what was used, for the running of the house. */
  readonly managedFen: Fen;
  readonly unspentFen: Fen;
  readonly refundedFen: Fen;
};

/** Of the money. What goods are worth is said apart: they are issued by the piece, and no fen of them is followed. */
export type StatementTotals = Pick<
  StatementGift,
  'amountFen' | 'usedFen' | 'managedFen' | 'unspentFen' | 'refundedFen'
> & {
  readonly gifts: number;
  readonly goods: number;
  readonly goodsFen: Fen;
};

export type Statement = {
  readonly year: number;
  /** Until when what was used is counted. */
  readonly on: Day;
  readonly gifts: readonly StatementGift[];
  readonly totals: StatementTotals;
};

const FIRST_YEAR = 2000;

/** A year that has begun: no list is made of the future. */
export function statementYear(typed: string | number, today: Day): number {
  const text = String(typed);
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  if (year < FIRST_YEAR || year > yearOf(today)) throw new StatementYearInvalid();
  return year;
}

export function statementOf(year: number, on: Day, gifts: readonly StatementGift[]): Statement {
  const money = gifts.filter(({ form }) => form === 'MONEY');
  const goods = gifts.filter(({ form }) => form === 'GOODS');
  const sum = (key: 'amountFen' | 'usedFen' | 'managedFen' | 'unspentFen' | 'refundedFen') =>
    sumOf(money.map((gift) => gift[key]));
  const totals = {
    gifts: money.length,
    amountFen: sum('amountFen'),
    usedFen: sum('usedFen'),
    managedFen: sum('managedFen'),
    unspentFen: sum('unspentFen'),
    refundedFen: sum('refundedFen'),
    goods: goods.length,
    goodsFen: sumOf(goods.map(({ amountFen }) => amountFen)),
  };
  return { year, on, gifts, totals };
}

/** 年度捐赠清单, every word ready. */
export type StatementPaper = {
  readonly template: 'papers/donation-statement';
  readonly title: readonly string[];
  readonly to: string;
  readonly uscc: string | null;
  readonly lead: string;
  readonly gifts: readonly {
    readonly words: string;
    readonly amount: string;
    readonly used: string;
    readonly unspent: string;
  }[];
  readonly total: {
    readonly words: string;
    readonly amount: string;
    readonly used: string;
    readonly unspent: string;
  };
  readonly afterwards: readonly string[];
  readonly issuer: string;
  readonly date: string;
};

export type StatementFor = {
  readonly name: string;
  readonly isCompany: boolean;
  readonly uscc: string | null;
  readonly issuer: string;
};

/** Goods are issued by the piece. */
export const NOT_COUNTED = '—';

function leadOf({ year, on, gifts, totals }: Statement, you: string): string {
  if (gifts.length === 0) return `${year}年，本社没有收到${you}的捐赠。`;
  const sum = (amountFen: Fen) => `人民币${amountInWords(amountFen)}（¥${yuanText(amountFen)}）`;
  const money = totals.gifts > 0 ? `捐款 ${totals.gifts} 笔，合计${sum(totals.amountFen)}` : '';
  const goods = totals.goods > 0 ? `物资 ${totals.goods} 批，价值${sum(totals.goodsFen)}` : '';
  const what = [money, goods].filter((part) => part !== '').join('；');
  return `${year}年，本社收到${you}的${what}。截至${dayWords(on)}，每一笔的使用情况如下（单位：元）。`;
}

/** 11月20日，记入救急难池，票据 2026000123，管理费用 20.00 元，退回 200.00 元 */
function giftWords({ givenOn, form, purse, receiptNumber, managedFen, refundedFen }: StatementGift): string {
  const what = form === 'GOODS' ? '物资' : '';
  const receipt = receiptNumber === null ? '' : `，票据 ${receiptNumber}`;
  const house = managedFen === 0 ? '' : `，管理费用 ${yuanText(managedFen)} 元`;
  return `${dayShort(givenOn)}${what}，记入${purse}${receipt}${house}${refundWords(refundedFen)}`;
}

/** Most years nothing goes back: it stands in words, and leaves the columns their width. */
const refundWords = (refundedFen: Fen): string =>
  refundedFen === 0 ? '' : `，退回 ${yuanText(refundedFen)} 元`;

export function statementPaper({ year, on, gifts, totals }: Statement, donor: StatementFor): StatementPaper {
  const you = donor.isCompany ? '贵单位' : '您';
  return {
    template: 'papers/donation-statement',
    title: [`${year}年度`, '捐赠清单'],
    to: donor.isCompany ? donor.name : `尊敬的${donor.name}`,
    uscc: donor.uscc,
    lead: leadOf({ year, on, gifts, totals }, you),
    gifts: gifts.map((gift) => ({
      words: giftWords(gift),
      amount: yuanText(gift.amountFen),
      used: gift.form === 'GOODS' ? NOT_COUNTED : yuanText(gift.usedFen),
      unspent: gift.form === 'GOODS' ? NOT_COUNTED : yuanText(gift.unspentFen),
    })),
    total: {
      words: `${totals.goods > 0 ? '款项合计' : '合计'}${refundWords(totals.refundedFen)}`,
      amount: yuanText(totals.amountFen),
      used: yuanText(totals.usedFen),
      unspent: yuanText(totals.unspentFen),
    },
    afterwards: [
      `“已用”是已经付出去的${totals.managedFen > 0 ? '，包括管理费用' : ''}，“未用”是还在账上的，“退回”是退还捐赠人的；三项加起来等于捐款的金额。`,
      `本清单供${you}核对，不能代替捐赠票据。对数字有疑问，请向本社会计查询。`,
    ],
    issuer: donor.issuer,
    date: dayWords(on),
  };
}
