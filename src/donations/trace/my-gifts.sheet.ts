import writeExcelFile from 'write-excel-file/node';
import { yuanOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { purseName } from '../../ledger/index.js';
import type { AllocationKind } from '../../ledger/index.js';
import { piecesWords } from '../domain/goods-trace.js';
import { HIDDEN_HOLDER, TRACE_RULE, useDate } from './trace.views.js';
import type { ToldGift } from './trace.reading.js';

const TITLES = [
  '捐赠日期',
  '捐给',
  '捐赠金额（元）',
  '记在',
  '票据号码',
  '去向',
  '日期',
  '金额（元）',
  '事由',
  '地方',
  '公示文号',
];
const WIDTHS = [14, 30, 16, 24, 24, 14, 14, 14, 16, 20, 26];
const MONEY = '#,##0.00';

type Cell = { readonly value: string | number; readonly type?: NumberConstructor; readonly format?: string };

const text = (value: string): Cell => ({ value });
/** Whole fen go in as a decimal of two places: exact up to what a sheet can hold. */
const money = (amount: Fen): Cell => ({ value: Number(yuanOf(amount)), type: Number, format: MONEY });

/** Every line of every gift, as it stands on the pages: no name, and no place that would give one away. */
export async function myGiftsSheet(gifts: readonly ToldGift[]): Promise<Buffer> {
  const head = TITLES.map((value) => ({ value, fontWeight: 'bold' as const }));
  const file = writeExcelFile([
    {
      data: [head, ...gifts.flatMap(rowsOf)],
      sheet: '捐赠去向',
      columns: WIDTHS.map((width) => ({ width })),
      stickyRowsCount: 1,
    },
    { data: NOTES.map((value) => [{ value }]), sheet: '说明', columns: [{ width: 90 }] },
  ]);
  return file.toBuffer();
}

const NOTES = [
  TRACE_RULE,
  '“用了”“银行退回”“追回”加起来，是这一件救助现在用着您的钱；一笔捐赠的用了、管理费用、退还、没用，合起来正好是捐的数。',
  '为了不让人认出受助的家庭，一个村救助满 5 件以前不写村名和公示文号，日期只写到月。',
];

/** By the piece, at the value at which they came. */
function goodsRowsOf({ goods }: ToldGift, head: readonly Cell[]): Cell[][] {
  if (!goods) return [];
  const line = (what: string, on: string, amount: Fen, ...more: [string, string, string]) => [
    ...head,
    ...[text(what), text(on), money(amount), ...more.map(text)],
  ];
  return [
    ...goods.issues.map((issue) => {
      const { told, on, valueFen } = issue;
      const what = `发放 ${piecesWords(issue.quantity, issue)}`;
      const where = [told?.causeWords ?? '', told?.place.words ?? '', told?.notice?.number ?? ''] as const;
      return line(what, useDate(told, on), valueFen, ...where);
    }),
    ...(goods.disposedFen > 0 ? [line('处置物资', '', goods.disposedFen, '', '', '')] : []),
    ...(goods.stockFen > 0 ? [line('物资还在库里', '', goods.stockFen, '', '', '')] : []),
  ];
}

function rowsOf(told: ToldGift): Cell[][] {
  const { gift, trace, uses, receipts, holder } = told;
  const valid = receipts.filter(({ standing }) => standing === 'VALID').map(({ number }) => number);
  const head = [
    text(gift.givenOn),
    text(holder ?? HIDDEN_HOLDER),
    money(gift.amountFen),
    text(told.goods ? '物资（估价）' : purseName(gift)),
    text(valid.join('、')),
  ];
  const known = new Map(uses.map((use) => [use.threadId, use.told]));
  const lines = trace.lines.flatMap(({ kind, amountFen, threadId, day }) => {
    if (kind === 'MOVED') return [];
    const use = known.get(threadId ?? '') ?? null;
    const on = isOfUse(kind) ? useDate(use, day) : day;
    return [
      [
        ...head,
        ...[text(LINE_WORDS[kind]), text(on), money(amountFen)],
        ...[text(use?.causeWords ?? ''), text(use?.place.words ?? ''), text(use?.notice?.number ?? '')],
      ],
    ];
  });
  const left = trace.left.map((part) => [
    ...head,
    ...[text('还没用'), text(''), money(part.amountFen), text(''), text(purseName(part)), text('')],
  ]);
  return [...lines, ...left, ...goodsRowsOf(told, head)];
}

const isOfUse = (kind: AllocationKind): boolean =>
  kind === 'PAID' || kind === 'RETURNED' || kind === 'RECOVERED';

const LINE_WORDS = {
  PAID: '用了',
  RETURNED: '银行退回',
  RECOVERED: '追回',
  REFUNDED: '退还给您',
  MANAGED: '管理费用',
  REVERSED: '冲销',
} as const;
