import { dayOf } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { piecesWords } from '../domain/goods-trace.js';
import type { ItemTrace } from '../domain/goods-trace.js';
import type { ToldGift, ToldGoods, ToldIssue } from './trace.reading.js';
import {
  at,
  atUse,
  cutOf,
  hiddenWords,
  inOrder,
  moneyBody,
  receiptEvents,
  updatedWords,
  useDateWords,
} from './trace.views.js';
import type { FlowRow, Told, TraceBody, UseView } from './trace.views.js';

const GOODS_RULE = '物资按件发放，每一件只算一次；价值是入库时估的。';
const yuan = (amount: Fen): string => `${yuanText(amount)} 元`;

/** Of money every fen, of goods every piece. */
export const traceBody = (told: ToldGift): TraceBody =>
  told.goods ? goodsBody(told, told.goods) : moneyBody(told);

/** How many households had of these goods: counted, and named nowhere. */
export function goodsHouseholds(goods: ToldGoods): number {
  return new Set(goods.issues.map(({ told, threadId }) => told?.householdId ?? threadId)).size;
}

/** 大米 17 袋、棉被 6 床 */
function listOfPieces(
  items: readonly ItemTrace[],
  of: 'received' | 'issued' | 'disposed' | 'inStock',
): string {
  return items
    .filter((item) => item[of] > 0)
    .map((item) => piecesWords(item[of], item))
    .join('、');
}

/** What a card says of it: 发了 大米 3 袋 · 2 户; 库里还有 大米 17 袋. */
export function goodsLines(goods: ToldGoods): string[] {
  const { items, issues } = goods;
  const left = listOfPieces(items, 'inStock');
  return [
    ...(issues.length > 0 ? [`发了 ${listOfPieces(items, 'issued')} · ${goodsHouseholds(goods)} 户`] : []),
    ...(left === '' ? [] : [`库里还有 ${left}`]),
  ];
}

function goodsBody(gift: ToldGift, goods: ToldGoods): TraceBody {
  const { items, issues } = goods;
  const { shown, cut } = cutOf(inOrder(goodsEvents(gift, goods)));
  return {
    bar: barOf(goods),
    flow: flowOf(goods),
    uses: issues.toSorted((a, b) => (a.on < b.on ? 1 : -1)).map(issueView),
    noUse: '还没有发出去。有家庭遇到急难，用得上时就会发。',
    left: items
      .filter(({ inStock }) => inStock > 0)
      .map((item) => `${piecesWords(item.inStock, item)}在库里，等下一户用得上的家庭。`),
    events: shown,
    cut,
    rule: GOODS_RULE,
    hidden: hiddenWords(issues),
    updated: updatedWords(gift),
  };
}

function barOf({ receivedFen, issuedFen, disposedFen, stockFen }: ToldGoods): TraceBody['bar'] {
  const partOf = (amount: Fen) => (receivedFen === 0 ? 0 : Math.round((amount * 100) / receivedFen));
  const [used, back] = [partOf(issuedFen), partOf(disposedFen)];
  const gone = disposedFen > 0 ? `过期、损坏处置了 ${yuan(disposedFen)}，` : '';
  const words = `按估价：发放了 ${yuan(issuedFen)}，${gone}库里还有 ${yuan(stockFen)}`;
  return { words, used, back, backAt: used };
}

function flowOf(goods: ToldGoods): FlowRow[] {
  const { items, receivedFen, issuedFen, disposedFen, stockFen } = goods;
  const row = (label: string, amount: Fen, words: string): FlowRow => ({
    label,
    amount: yuan(amount),
    words,
  });
  const households = goodsHouseholds(goods);
  return [
    row('收到', receivedFen, `${listOfPieces(items, 'received')}，按估价`),
    row(
      '发放',
      issuedFen,
      households > 0 ? `${listOfPieces(items, 'issued')}，发给了 ${households} 户` : '还没有发出去',
    ),
    ...(disposedFen > 0
      ? [row('处置', disposedFen, `${listOfPieces(items, 'disposed')}，过期或者损坏`)]
      : []),
    row('库里', stockFen, stockFen > 0 ? listOfPieces(items, 'inStock') : '都发完了'),
  ];
}

function issueView(issue: ToldIssue): UseView {
  const { told, valueFen, on } = issue;
  const where = told ? `${told.place.words} · ` : '';
  return {
    amount: piecesWords(issue.quantity, issue),
    cause: told?.causeWords ?? '救助',
    words: `${where}${useDateWords(told, on)}发放，估价 ${yuan(valueFen)}`,
    notice: told?.notice ? { words: `看公示 ${told.notice.number}`, href: `/n/${told.notice.code}` } : null,
  };
}

function goodsEvents(gift: ToldGift, goods: ToldGoods): Told[] {
  const { givenOn, recordedAt } = gift.gift;
  return [
    at(givenOn, 0, `收到物资：${listOfPieces(goods.items, 'received')}`),
    at(goods.stockedOn ?? dayOf(recordedAt), 2, `验收、估价入库：${yuan(goods.receivedFen)}`, '会计'),
    ...receiptEvents(gift),
    ...goods.issues.map((issue) => {
      const { told, on } = issue;
      const cause = told ? `：${told.causeWords}，${told.place.words}` : '';
      return atUse(told, on, 5, `发放 ${piecesWords(issue.quantity, issue)}${cause}`);
    }),
    ...goods.disposals.map((each) =>
      at(each.day, 7, `处置 ${piecesWords(each.quantity, each)}：过期或者损坏`),
    ),
  ];
}
