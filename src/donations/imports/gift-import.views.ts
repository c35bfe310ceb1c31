import { fen, yuanText } from '../../kernel/fen.js';
import type { FieldErrors } from '../../platform/web/forms.js';
import { button, errorsOf, fileField, table, tag } from '../../platform/web/views.js';
import type { ButtonView, ErrorView, FileFieldView, TableView } from '../../platform/web/views.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import { GIFT_COLUMNS, MOST_GIFT_ROWS } from '../domain/gift-import.js';
import type { GiftColumn, GiftFault, GiftSheet, TypedRow } from '../domain/gift-import.js';
import type { GiftLine, GiftPreview, GiftsImported } from './gift-import.service.js';
import { DONATIONS } from '../gifts/gifts.views.js';

export const GIFT_IMPORT = `${DONATIONS}/import`;

type Figures = readonly { readonly label: string; readonly value: string }[];

export type GiftImportView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly template: string;
  readonly sheet: FileFieldView;
  readonly columns: string;
};

export function giftImportView(errors: FieldErrors): GiftImportView {
  return {
    title: '用表格记捐赠',
    action: GIFT_IMPORT,
    back: DONATIONS,
    errors: errorsOf(errors),
    template: `${GIFT_IMPORT}/template.xlsx`,
    sheet: fileField('sheet', '填好的表格', errors, {
      hint: `.xlsx 格式，一次最多 ${MOST_GIFT_ROWS} 行；第一行是列名`,
      accept: '.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    }),
    columns: Object.values(GIFT_COLUMNS).join('、'),
  };
}

/** A cell as it was typed; where it is wrong, it is red and says why. */
export type SheetCellView = {
  readonly label: string;
  readonly value: string;
  readonly reason: string | null;
};
export type WrongRowView = { readonly title: string; readonly cells: readonly SheetCellView[] };

export type GiftPreviewView = {
  readonly title: string;
  readonly lead: string;
  readonly back: string;
  readonly figures: Figures;
  readonly unknownColumns: string | null;
  readonly wrong: readonly WrongRowView[];
  readonly moreWrong: string | null;
  readonly twice: string | null;
  readonly lines: TableView | null;
  readonly confirm: {
    readonly action: string;
    readonly importId: string;
    readonly words: string;
  } | null;
};

const MOST_WRONG = 50;

export function giftPreviewView(preview: GiftPreview, sheet: GiftSheet): GiftPreviewView {
  const { importId, rows, faults, sums } = preview;
  const wrongRows = new Set(faults.map(({ row }) => row));
  const isRight = importId !== null;
  const wrong = sheet.typed.filter(({ row }) => wrongRows.has(row));
  return {
    title: isRight ? '核对一下' : '有红格子，还不能导入',
    lead: isRight
      ? `表格里有 ${rows} 行，都能看懂。现在一笔也没有记，核对好再确认。`
      : `表格里有 ${rows} 行，${wrong.length} 行有红格子。一笔也没有记：照红格子里的话改好，再传一次。`,
    back: GIFT_IMPORT,
    figures: isRight
      ? figuresOf(sums)
      : [
          { label: '红格子', value: `${faults.length} 处` },
          { label: '有红格子的', value: `${wrong.length} 行` },
          { label: '没有问题的', value: `${rows - wrong.length} 行` },
        ],
    unknownColumns: sheet.unknownColumns.length === 0 ? null : sheet.unknownColumns.join('、'),
    wrong: wrong.slice(0, MOST_WRONG).map((typed) => wrongRow(typed, faults)),
    moreWrong:
      wrong.length > MOST_WRONG ? `还有 ${wrong.length - MOST_WRONG} 行没有列出，先改好这些。` : null,
    twice:
      sums.mayBeTwice > 0 && isRight
        ? `有 ${sums.mayBeTwice} 行，同一位捐赠人同一天已经记过一样的金额，表里标着“可能记过”。是同一笔的，先从表格里删掉再传。`
        : null,
    lines: isRight ? linesTable(preview) : null,
    confirm:
      importId === null
        ? null
        : {
            action: `${GIFT_IMPORT}/confirm`,
            importId,
            words: `确认记 ${sums.gifts} 笔，共 ${yuanText(sums.amountFen)} 元`,
          },
  };
}

function wrongRow({ row, cells }: TypedRow, faults: readonly GiftFault[]): WrongRowView {
  const ofRow = faults.filter((fault) => fault.row === row);
  const columns = Object.keys(GIFT_COLUMNS) as GiftColumn[];
  return {
    title: `第 ${row} 行`,
    cells: columns.flatMap((column) => {
      const reasons = ofRow.filter((fault) => fault.column === column).map(({ reason }) => reason);
      const value = cells[column];
      if (value === undefined && reasons.length === 0) return [];
      const reason = reasons.length === 0 ? null : reasons.join('；');
      return [{ label: GIFT_COLUMNS[column], value: value ?? '（空着）', reason }];
    }),
  };
}

function figuresOf({ gifts, amountFen, newDonors, knownDonors, anonymous }: GiftPreview['sums']): Figures {
  return [
    { label: '捐赠', value: `${gifts} 笔` },
    { label: '合计', value: `${yuanText(amountFen)} 元` },
    { label: '新登记的捐赠人', value: `${newDonors} 位` },
    { label: '已经登记过的', value: `${knownDonors} 位` },
    ...(anonymous > 0 ? [{ label: '不留名的', value: `${anonymous} 笔` }] : []),
  ];
}

function linesTable({ lines, sums }: GiftPreview): TableView {
  const some = sums.gifts > lines.length ? `（只列前 ${lines.length} 笔）` : '';
  return table(
    `会这样记${some}`,
    ['行', '捐赠人', '是谁', '金额（元）:', '收到', '记在哪里'],
    lines.map((line) => [
      `第 ${line.row} 行`,
      line.donor?.shownName ?? UNNAMED_DONOR,
      donorCell(line),
      yuanText(fen(line.amountFen)),
      `${line.receivedOn} ${line.method === 'CASH' ? '现金' : '转账'}`,
      line.purse,
    ]),
    '没有捐赠。',
  );
}

function donorCell({ donor, mayBeTwice }: GiftLine) {
  if (mayBeTwice) return { words: '', tag: tag('yellow', '可能记过') };
  if (!donor) return { words: '', tag: tag('grey', '不留名') };
  if (donor.hasNamesake) return { words: '', tag: tag('yellow', '新登记，名单里有同名的') };
  return { words: '', tag: donor.isNew ? tag('blue', '新登记') : tag('green', '登记过') };
}

export type GiftsImportedView = {
  readonly title: string;
  readonly done: { readonly title: string; readonly lines: readonly string[] };
  readonly actions: readonly ButtonView[];
};

export function giftsImportedView({ gifts, amountFen, newDonors }: GiftsImported): GiftsImportedView {
  return {
    title: '都记好了',
    done: {
      title: '都记好了',
      lines: [
        `记了 ${gifts} 笔捐赠，共 ${yuanText(fen(amountFen))} 元；新登记捐赠人 ${newDonors} 位。`,
        '5 个工作日内要给捐赠人开票据。',
      ],
    },
    actions: [button('看捐赠名单', 'main', DONATIONS), button('再导入一张', 'second', GIFT_IMPORT)],
  };
}
