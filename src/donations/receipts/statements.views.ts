import { dayWords } from '../../kernel/chinese/words.js';
import { yuanShort, yuanText } from '../../kernel/fen.js';
import { button, table } from '../../platform/web/views.js';
import type { ButtonView, LinkView, TableView } from '../../platform/web/views.js';
import { NOT_COUNTED } from '../domain/statement.js';
import type { StatementTotals } from '../domain/statement.js';
import type { DonorYear } from './statements.reading.js';

export type StatementView = {
  readonly title: string;
  readonly lead: string;
  readonly back: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly paper: ButtonView | null;
  readonly gifts: TableView;
  /** The other years in which he gave something. */
  readonly years: readonly LinkView[];
};

export function statementView({ donor, statement, years }: DonorYear, mayPrint: boolean): StatementView {
  const { year, on, gifts, totals } = statement;
  const at = (of: number) => `/s/donors/${donor.id}/statements/${of}`;
  const others = years.filter((of) => of !== year);
  return {
    title: `${donor.shownName} ${year} 年捐赠清单`,
    lead: `${countWords(totals)}截至${dayWords(on)}。打印出来的写全名，只交捐赠人本人。`,
    back: `/s/donors/${donor.id}`,
    figures: [
      { label: '捐款', value: `${yuanShort(totals.amountFen)} 元` },
      ...(totals.goods === 0 ? [] : [{ label: '物资', value: `${yuanShort(totals.goodsFen)} 元` }]),
      { label: '已用', value: `${yuanShort(totals.usedFen)} 元` },
      { label: '未用', value: `${yuanShort(totals.unspentFen)} 元` },
      { label: '退回', value: `${yuanShort(totals.refundedFen)} 元` },
    ],
    paper: mayPrint ? button('打印清单', 'main', `${at(year)}/paper`) : null,
    gifts: table(
      `${year} 年的捐赠`,
      ['日期', '记入', '票据号码', '捐赠（元）:', '已用:', '未用:', '退回:'],
      gifts.map((gift) => [
        dayWords(gift.givenOn),
        gift.form === 'GOODS' ? `物资 · ${gift.purse}` : gift.purse,
        gift.receiptNumber ?? '没有',
        yuanText(gift.amountFen),
        gift.form === 'GOODS' ? NOT_COUNTED : yuanText(gift.usedFen),
        gift.form === 'GOODS' ? NOT_COUNTED : yuanText(gift.unspentFen),
        yuanText(gift.refundedFen),
      ]),
      '这一年没有捐赠。',
    ),
    years: others.map((of) => ({ words: `${of} 年`, href: at(of) })),
  };
}

const countWords = ({ gifts, goods }: StatementTotals): string => {
  const parts = [gifts > 0 ? `捐款 ${gifts} 笔` : '', goods > 0 ? `物资 ${goods} 批` : ''];
  const said = parts.filter((part) => part !== '').join('，');
  return said === '' ? '' : `${said}。`;
};
