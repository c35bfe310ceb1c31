import { BOM, csvRow } from '../../kernel/csv.js';
import { negated, yuanOf } from '../../kernel/fen.js';
import { purseName, voucherName } from '../../ledger/index.js';
import type { WordedBookLine } from './open-books.reading.js';
import type { WordedGoodsLine } from './open-goods.reading.js';

const HEAD = ['日期', '凭证', '事项', '用途', '收入（元）', '支出（元）'];

export function csvHead(): string {
  return BOM + csvRow(HEAD);
}

/** RFC 4180, one line of the books a row; the same words as on the page. */
export function csvRows(lines: readonly WordedBookLine[]): string {
  return lines
    .map((line) => {
      const { day, number, words, amountFen } = line;
      const [income, spending] = amountFen > 0 ? [yuanOf(amountFen), ''] : ['', yuanOf(negated(amountFen))];
      return csvRow([
        day,
        `${day.slice(0, 4)}-${voucherName(number)}`,
        words,
        purseName(line),
        income,
        spending,
      ]);
    })
    .join('');
}

const GOODS_HEAD = ['日期', '凭证', '事项', '入库（元，估价）', '出库（元，估价）'];

/** Goods have a file of their own: what they are worth is no money. */
export function goodsCsv(lines: readonly WordedGoodsLine[]): string {
  const rows = lines.map(({ day, number, words, amountFen }) => {
    const [came, went] = amountFen > 0 ? [yuanOf(amountFen), ''] : ['', yuanOf(negated(amountFen))];
    return csvRow([day, `${day.slice(0, 4)}-${voucherName(number)}`, words, came, went]);
  });
  return BOM + csvRow(GOODS_HEAD) + rows.join('');
}
