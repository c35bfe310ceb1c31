import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { fen, yuanText } from '../../kernel/fen.js';
import { purseName } from '../../ledger/index.js';
import { ANSWER_WORDS } from '../domain/change-of-use.js';
import { DONOR_GROUP_WORDS, DONOR_KIND_WORDS } from '../domain/donor.js';
import { GIFT_STATE_WORDS } from '../domain/gift.js';
import { GOODS_STATE_WORDS } from '../domain/goods.js';
import { RECEIPT_STANDING_WORDS, receiptStanding } from '../domain/receipt.js';
import { REFUND_REASON_WORDS, REFUND_STATE_WORDS } from '../domain/refund.js';
import type { ToldGift } from '../trace/trace.reading.js';
import type {
  CopiedAnswer,
  CopiedGift,
  CopiedGoods,
  CopiedReceipt,
  CopiedRecord,
  CopiedRefund,
} from './donor-copy.queries.js';

export type CopyFact = readonly [label: string, words: string | null];
export type CopySection = {
  readonly section: string;
  readonly records: readonly { readonly what: string; readonly facts: readonly CopyFact[] }[];
};

const yuan = (amountFen: number): string => `${yuanText(fen(amountFen))} 元`;

/** What the register says of him, and what it said in the records that were merged into this one. */
export function donorSection(records: readonly CopiedRecord[]): CopySection {
  return {
    section: '登记的资料',
    records: records.map((record) => ({
      what: record.mergedAt === null ? '登记' : `并进来的一条登记（${instantWords(record.mergedAt)}合并）`,
      facts: [
        [record.kind === 'COMPANY' ? '单位全称' : '姓名', record.name],
        ['手机', record.phone],
        ['家乡', record.homePlace],
        ['类别', `${DONOR_KIND_WORDS[record.kind]} · ${DONOR_GROUP_WORDS[record.group]}`],
        ...(record.uscc === null ? [] : [['统一社会信用代码', record.uscc] as const]),
        [
          '公开姓名',
          `${record.publishesName ? '同意' : '不同意'}，${instantWords(record.askedAt)}问的或者您自己改的`,
        ],
        ['登录名', record.login],
        ['登记时间', instantWords(record.createdAt)],
      ],
    })),
  };
}

/** What became of a gift, in the words of its own page: no family that could be found by it. */
export function usesOf({ trace, uses }: ToldGift): readonly CopyFact[] {
  const { receivedFen, usedFen, managedFen, refundedFen, unspentFen } = trace;
  if (receivedFen === 0) return [];
  const spent = uses
    .filter((use) => use.usedFen > 0)
    .map(
      ({ told, usedFen: part }) =>
        `${told?.causeWords ?? '救助'} ${yuan(part)}${told ? `（${told.place.words}）` : ''}`,
    );
  return [
    ['用了', yuan(usedFen)],
    ...(spent.length === 0 ? [] : [['用在', spent.join('、')] as const]),
    ...(managedFen === 0 ? [] : [['管理费用', yuan(managedFen)] as const]),
    ...(refundedFen === 0 ? [] : [['退还', yuan(refundedFen)] as const]),
    ['还没用', yuan(unspentFen)],
  ];
}

export function giftSection(
  gifts: readonly CopiedGift[],
  uses: ReadonlyMap<string, readonly CopyFact[]>,
): CopySection {
  return {
    section: '捐赠和认捐',
    records: gifts.map((gift) => ({
      what: `${dayWords(gift.givenOn)}${whatOf(gift)} ${yuan(gift.amountFen)}`,
      facts: [
        ['状态', GIFT_STATE_WORDS[gift.state]],
        ['您当时说的', gift.intentWords === '' ? null : gift.intentWords],
        ...(gift.bankReference === null ? [] : [['银行流水号', gift.bankReference] as const]),
        ...(uses.get(gift.id) ?? []),
      ],
    })),
  };
}

function whatOf({ state, form, nature }: CopiedGift): string {
  if (state === 'PLEDGED') return '认捐';
  if (form === 'GOODS') return '捐物资，估价';
  return nature === 'FEE' ? '交会费' : '捐款';
}

export function goodsSection(goods: readonly CopiedGoods[]): CopySection {
  return {
    section: '送来的物资',
    records: goods.map(({ receivedOn, items, state, intentWords }) => ({
      what: dayWords(receivedOn),
      facts: [
        ['物资', items],
        ['状态', GOODS_STATE_WORDS[state]],
        ['您当时说的', intentWords === '' ? null : intentWords],
      ],
    })),
  };
}

/** Of an account that money went back to, the house keeps the number of the bank line alone: its last four. */
export function moneySections(
  receipts: readonly CopiedReceipt[],
  refunds: readonly CopiedRefund[],
  answers: readonly CopiedAnswer[],
): CopySection[] {
  return [
    {
      section: '票据',
      records: receipts.map(({ number, kind, amountFen, issuedOn, reversed }) => ({
        what: `票据 ${number}`,
        facts: [
          ['金额', yuan(amountFen)],
          ['开票', dayWords(issuedOn)],
          ['状态', RECEIPT_STANDING_WORDS[receiptStanding({ kind, isReversed: reversed })]],
        ],
      })),
    },
    {
      section: '退款',
      records: refunds.map(({ amountFen, reason, words, state, askedAt, paidOn, bankReference }) => ({
        what: `退款 ${yuan(amountFen)}`,
        facts: [
          ['原因', `${REFUND_REASON_WORDS[reason]}：${words}`],
          ['状态', REFUND_STATE_WORDS[state]],
          ['提出', instantWords(askedAt)],
          ['退还', paidOn === null ? null : dayWords(paidOn)],
          ['银行流水号', bankReference === null ? null : `尾号 ${bankReference.slice(-4)}`],
        ],
      })),
    },
    {
      section: '改变用途时的答复',
      records: answers.map(({ answer, answeredAt, fund, restriction, intoFund, intoRestriction }) => ({
        what: `${purseName({ fund, restriction })} 改到 ${purseName({ fund: intoFund, restriction: intoRestriction })}`,
        facts: [
          ['答复', ANSWER_WORDS[answer]],
          ['时间', answeredAt === null ? null : instantWords(answeredAt)],
        ],
      })),
    },
  ];
}
