import { CAUSE_WORDS, CAUSES } from '../../kernel/causes.js';
import type { Cause } from '../../kernel/causes.js';
import { ID_NUMBER_REFUSALS, readIdNumber } from '../../kernel/chinese/id-number.js';
import { fen, parseYuan } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { SheetRefused } from '../../people/domain/people.errors.js';
import { DIGITS_LOST, hasLostDigits, textOf, titleOf } from '../../people/domain/people-sheet.js';
import type { Cell, SheetFault } from '../../people/domain/people-sheet.js';
import { readInvoiceLines } from './invoices.js';
import type { Invoice } from './invoices.js';

export const MOST_RELIEF_ROWS = 500;

/** The columns that are read, by the title in the first row, in any order. */
export const RELIEF_COLUMNS = {
  name: '姓名',
  idNumber: '身份证号',
  fund: '基金',
  project: '项目',
  cause: '事由',
  invoices: '发票',
  debts: '负债',
  story: '说明',
  cardTail: '收款卡尾号',
  publish: '公示同意',
  signed: '已签同意书',
} as const;
export type ReliefColumn = keyof typeof RELIEF_COLUMNS;

const OPTIONAL: readonly ReliefColumn[] = ['project', 'debts', 'story', 'cardTail'];
const MOST_INVOICES = 100;

/** How much of a cell counts. A cell is read one character further, so that none is cut off unnoticed. */
const LONGEST: Readonly<Partial<Record<ReliefColumn, number>>> = { invoices: 4000, story: 1000 };
const LONGEST_ELSE = 100;
export const LONGEST_CELL = 4001;

/** One application, as far as a sheet alone can be right. */
export type SheetRelief = {
  readonly row: number;
  readonly name: string;
  readonly idNumber: string;
  readonly fundName: string;
  readonly projectName: string | null;
  readonly cause: Cause;
  readonly invoices: readonly Invoice[];
  readonly debtsFen: Fen;
  readonly story: string | null;
  /** Of the account in the register that the money goes to; null: the only one, if there is one. */
  readonly cardTail: string | null;
  /** Whether the masked name may stand in a notice. */
  readonly publish: boolean;
};

export type ReliefSheet = {
  readonly rows: readonly SheetRelief[];
  /** Every mistake of every row. No value is quoted. */
  readonly faults: readonly SheetFault[];
  /** Rows that hold anything. */
  readonly total: number;
};

/** Reads the cells of the first sheet: each row that holds anything is an application, or faults. */
export function reliefSheetOf(cells: readonly (readonly Cell[])[]): ReliefSheet {
  const [titles = [], ...body] = cells;
  const columns = titles.map(columnOf);
  for (const [column, title] of entriesOf(RELIEF_COLUMNS))
    if (!columns.includes(column) && !OPTIONAL.includes(column))
      throw new SheetRefused(`表格第 1 行里没有“${title}”这一列。`);

  const filled = body
    .map((values, at) => ({ row: at + 2, values }))
    .filter(({ values }) => values.some((cell) => textOf(cell) !== ''));
  if (filled.length === 0) throw new SheetRefused('表格里一件申请也没有。');
  if (filled.length > MOST_RELIEF_ROWS)
    throw new SheetRefused(
      `表格有 ${filled.length} 行，一次最多导入 ${MOST_RELIEF_ROWS} 行。`,
      '请分成几张表，一张一张导入。',
    );

  const read = filled.map(({ row, values }) =>
    new RowReader(row, new Map(columns.map((column, at) => [column, values[at] ?? null]))).read(),
  );
  const rows = read.flatMap(({ relief }) => (relief ? [relief] : []));
  const faults = [...read.flatMap((each) => each.faults), ...invoicesTwice(rows)];
  return { rows, faults: inOrder(faults), total: filled.length };
}

export const inOrder = (faults: readonly SheetFault[]): SheetFault[] =>
  [...faults].sort((one, other) => one.row - other.row);

export function faultIn(row: number, column: ReliefColumn, reason: string): SheetFault {
  return { row, column: RELIEF_COLUMNS[column], reason };
}

const entriesOf = (columns: typeof RELIEF_COLUMNS) => Object.entries(columns) as [ReliefColumn, string][];

function columnOf(title: Cell): ReliefColumn | null {
  return entriesOf(RELIEF_COLUMNS).find(([, name]) => name === titleOf(title))?.[0] ?? null;
}

/** One row, cell by cell; what is wrong with one cell hides nothing that is wrong with another. */
class RowReader {
  private readonly faults: SheetFault[] = [];

  constructor(
    private readonly row: number,
    private readonly cells: ReadonlyMap<ReliefColumn | null, Cell>,
  ) {}

  read(): { readonly relief: SheetRelief | null; readonly faults: readonly SheetFault[] } {
    const relief = {
      row: this.row,
      name: this.words('name', '请填姓名'),
      idNumber: this.idNumber(),
      fundName: this.words('fund', '请填基金的全名'),
      projectName: this.text('project') || null,
      cause: this.cause(),
      invoices: this.invoices(),
      debtsFen: this.debts(),
      story: this.text('story') || null,
      cardTail: this.cardTail(),
      publish: this.answer('publish') === '是',
    };
    if (this.answer('signed') === '否')
      this.refuse('signed', '没有签字的同意书和承诺书，不能申请；请先请申请人（监护人）签字');
    const isWhole = this.faults.length === 0;
    return { relief: isWhole ? relief : null, faults: this.faults };
  }

  private refuse(column: ReliefColumn, reason: string): void {
    this.faults.push(faultIn(this.row, column, reason));
  }

  private text(column: ReliefColumn): string {
    const value = textOf(this.cells.get(column) ?? null);
    const longest = LONGEST[column] ?? LONGEST_ELSE;
    if (value.length > longest) this.refuse(column, `最多 ${longest} 个字`);
    return value;
  }

  private words(column: ReliefColumn, missing: string): string {
    const value = this.text(column);
    if (value === '') this.refuse(column, missing);
    return value;
  }

  private idNumber(): string {
    if (hasLostDigits(this.cells.get('idNumber') ?? null)) this.refuse('idNumber', DIGITS_LOST);
    else {
      const read = readIdNumber(this.text('idNumber'));
      if (read.ok) return read.number;
      this.refuse('idNumber', ID_NUMBER_REFUSALS[read.reason]);
    }
    return '';
  }

  private cause(): Cause {
    const typed = this.text('cause');
    const found = CAUSES.find((cause) => CAUSE_WORDS[cause] === typed);
    if (!found) this.refuse('cause', `请填 ${Object.values(CAUSE_WORDS).join('、')} 之一`);
    return found ?? 'OTHER';
  }

  private invoices(): readonly Invoice[] {
    const lines = this.text('invoices').replaceAll(/[;；]/gu, '\n');
    const { invoices, faultIn: line } = readInvoiceLines(lines);
    const numbers = invoices.map(({ number }) => number);
    const twice = numbers.findIndex((number, at) => numbers.indexOf(number) < at);
    if (line !== null)
      this.refuse('invoices', `第 ${line} 张没写对：先写号码（6 到 30 位数字或字母），空一格，再写金额`);
    else if (invoices.length === 0) this.refuse('invoices', '请填发票：号码 金额；号码 金额');
    else if (invoices.length > MOST_INVOICES) this.refuse('invoices', `最多 ${MOST_INVOICES} 张`);
    else if (twice > 0) this.refuse('invoices', `第 ${twice + 1} 张前面已经填过`);
    return invoices;
  }

  private debts(): Fen {
    const typed = this.text('debts');
    const amount = typed === '' ? fen(0) : parseYuan(typed);
    if (amount === null) this.refuse('debts', '金额没写对，如 30000 或 3万；没有就空着');
    return amount ?? fen(0);
  }

  /** Typed as a number, a tail that begins with naughts is short. */
  private cardTail(): string | null {
    const typed = this.text('cardTail').normalize('NFKC');
    if (typed === '') return null;
    const tail = typed.padStart(4, '0');
    if (!/^\d{4}$/.test(tail)) this.refuse('cardTail', '请填卡号的最后四位');
    return tail;
  }

  private answer(column: ReliefColumn): '是' | '否' | null {
    const typed = this.text(column);
    if (typed === '是' || typed === '否') return typed;
    this.refuse(column, '请填 是 或 否');
    return null;
  }
}

/** In one fund an invoice counts once (D4-11), in one sheet too. */
function invoicesTwice(rows: readonly SheetRelief[]): SheetFault[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ row, fundName, invoices }) =>
    invoices.flatMap(({ number }, at) => {
      const key = `${fundName} ${number}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, row);
      return before === undefined
        ? []
        : [faultIn(row, 'invoices', `第 ${at + 1} 张和第 ${before} 行的是同一张`)];
    }),
  );
}
