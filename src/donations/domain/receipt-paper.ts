import { amountInWords } from '../../kernel/chinese/amount-in-words.js';
import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { fen, negated, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { UNNAMED_DONOR } from './donor.js';
import type { Issuing, ReceiptKind, ReceiptMode, ReversalCause } from './receipt.js';

/** What is neither known nor to be said. */
const NONE = '—';

/**
 * A receipt as it is frozen (domain.md 1.4), every word ready: a later change of words, names or rights changes no old
 * paper, and printing it is a pure function of this.
 */
export type ReceiptContent = {
  readonly template: 'papers/donation-receipt';
  readonly kind: ReceiptKind;
  readonly mode: ReceiptMode;
  /** In pieces: a line of the title ends only between them. */
  readonly title: readonly string[];
  /** Stands under the title; empty for a receipt that needs no word more. */
  readonly mark: string;
  readonly ticketCode: string;
  readonly number: string;
  readonly checkCode: string;
  readonly payer: string;
  readonly payerUscc: string;
  readonly issuedOn: string;
  readonly items: readonly {
    readonly name: string;
    readonly unit: string;
    readonly quantity: string;
    readonly price: string;
    readonly amount: string;
  }[];
  readonly totalInWords: string;
  readonly total: string;
  readonly remarks: string;
  readonly issuer: string;
  readonly reviewer: string;
  readonly receiver: string;
  readonly verifyUrl: string;
  /** The last head of the audit seal when it was issued; not there before the first. */
  readonly seal?: string;
  /** For the letter of thanks, which is printed from the same. */
  readonly gift: {
    readonly society: string;
    readonly isCompany: boolean;
    readonly givenOn: string;
    readonly purse: string;
  };
};

export type Payer = { readonly isCompany: boolean; readonly name: string; readonly uscc: string | null };

export type ReceiptFacts = {
  readonly issuing: Issuing;
  readonly number: string;
  readonly checkCode: string;
  /** Null for somebody who did not say who he is. */
  readonly payer: Payer | null;
  readonly issuedOn: Day;
  readonly givenOn: Day;
  readonly form: 'MONEY' | 'GOODS';
  /** 救急难池 · 火灾 */
  readonly purse: string;
  readonly amountFen: Fen;
  /** What came in, where some of it went back before the receipt was written. */
  readonly receivedFen: Fen;
  readonly societyName: string;
  readonly reviewer: string | null;
  readonly receiver: string | null;
  readonly publicUrl: string;
  /** As it is printed; null or not there while nothing is sealed. */
  readonly seal?: string | null;
};

const TITLES: Readonly<Record<ReceiptMode, string>> = {
  FISCAL: '公益事业捐赠票据',
  FEDERATION: '公益事业捐赠票据',
  INTERNAL: '捐赠收据',
};

export const NOT_FOR_TAX = '非税前扣除凭证';

export function receiptPaper(of: ReceiptFacts): ReceiptContent {
  const { issuing, payer, form, amountFen } = of;
  const amount = yuanText(amountFen);
  return {
    template: 'papers/donation-receipt',
    kind: 'BLUE',
    mode: issuing.mode,
    title: [TITLES[issuing.mode]],
    mark: issuing.mode === 'INTERNAL' ? `（${NOT_FOR_TAX}）` : '',
    ticketCode: issuing.ticketCode ?? NONE,
    number: of.number,
    checkCode: of.checkCode,
    payer: payer?.name ?? UNNAMED_DONOR,
    payerUscc: payer?.uscc ?? NONE,
    issuedOn: dayWords(of.issuedOn),
    items: [
      {
        name: `${form === 'MONEY' ? '捐赠收入' : '捐赠物资'} · ${of.purse}`,
        unit: form === 'MONEY' ? '笔' : '批',
        quantity: '1',
        price: amount,
        amount,
      },
    ],
    totalInWords: `人民币${amountInWords(amountFen)}`,
    total: `¥${amount}`,
    remarks: remarksOf(of),
    issuer: issuing.issuer.name,
    reviewer: of.reviewer ?? NONE,
    receiver: of.receiver ?? NONE,
    verifyUrl: traceUrl(of.publicUrl, of.number, of.checkCode),
    ...(of.seal ? { seal: of.seal } : {}),
    gift: {
      society: of.societyName,
      isCompany: payer?.isCompany ?? false,
      givenOn: dayWords(of.givenOn),
      purse: of.purse,
    },
  };
}

/** The public trace of a gift: opened by what is printed on its receipt, and by nothing that can be counted through. */
export function traceUrl(publicUrl: string, number: string, checkCode: string): string {
  return `${publicUrl}/t?no=${number}&code=${checkCode}`;
}

function remarksOf({ issuing, form, givenOn, amountFen, receivedFen, societyName }: ReceiptFacts): string {
  const parts = [`${dayWords(givenOn)}收到`];
  if (form === 'GOODS') parts.push('物资按验收时的公允价值计价');
  if (issuing.mode === 'FEDERATION') parts.push(`由${societyName}代收`);
  if (amountFen !== receivedFen)
    parts.push(`原捐 ${yuanText(receivedFen)} 元，已退回 ${yuanText(fen(receivedFen - amountFen))} 元`);
  if (issuing.mode === 'INTERNAL') parts.push(`${NOT_FOR_TAX}，不能用来抵税`);
  return `${parts.join('；')}。`;
}

export type RedFacts = Pick<
  ReceiptFacts,
  'number' | 'checkCode' | 'issuedOn' | 'reviewer' | 'publicUrl' | 'seal'
> & {
  readonly amountFen: Fen;
  readonly cause: ReversalCause;
};

/** The mirror of a receipt, with a number of its own. Words are what they were, also where a name changed since. */
export function redPaper(of: ReceiptContent, red: RedFacts): ReceiptContent {
  const amount = yuanText(negated(red.amountFen));
  return {
    ...of,
    kind: 'RED',
    title: [...of.title, '（红字）'],
    number: red.number,
    checkCode: red.checkCode,
    issuedOn: dayWords(red.issuedOn),
    items: of.items.map((item) => ({ ...item, quantity: `-${item.quantity}`, amount })),
    totalInWords: `人民币负${amountInWords(red.amountFen)}`,
    total: amount,
    remarks: `红冲 ${of.issuedOn}开的 ${of.number} 号票据：${red.cause === 'ERROR' ? '开票有误' : '捐款退回'}。原号作废，不再使用。`,
    reviewer: red.reviewer ?? NONE,
    verifyUrl: traceUrl(red.publicUrl, red.number, red.checkCode),
    ...(red.seal ? { seal: red.seal } : {}),
  };
}

/** 感谢信, of nothing but what the receipt says: the same bytes each time. */
export type ThanksContent = {
  readonly template: 'papers/thank-you';
  readonly title: readonly string[];
  readonly to: string;
  readonly paragraphs: readonly string[];
  readonly issuer: string;
  readonly date: string;
  readonly verifyUrl: string;
};

export function thanksPaper({
  payer,
  number,
  gift,
  total,
  totalInWords,
  ...of
}: ReceiptContent): ThanksContent {
  const you = gift.isCompany ? '贵单位' : '您';
  const isGoods = of.items.some(({ name }) => name.startsWith('捐赠物资'));
  const sum = `${totalInWords}（${total}）`;
  const came = isGoods ? `捐来的物资，按公允价值计${sum}` : `捐来的${sum}`;
  return {
    template: 'papers/thank-you',
    title: ['感谢信'],
    to: gift.isCompany ? payer : `尊敬的${payer}`,
    paragraphs: [
      `${you}${gift.givenOn}${came}，已经收到，记入“${gift.purse}”，票据号码 ${number}。`,
      `一方有难，众人相帮。${you}的这份心意，会照${you}的意愿用到急难的乡亲身上；什么时候用了、用了多少，每一笔都记账、都公示，${you}随时可以查。`,
      `扫下面的二维码，或者报票据号码和校验码 ${of.checkCode}，就能看到这笔捐赠用到了哪里。受助人的姓名和住处依法保密，敬请理解。`,
      `谨向${you}致以衷心的感谢和崇高的敬意！`,
    ],
    issuer: gift.society,
    date: of.issuedOn,
    verifyUrl: of.verifyUrl,
  };
}
