import { readMobile } from '../../kernel/chinese/phone.js';
import { readUscc } from '../../kernel/chinese/uscc.js';
import type { Day } from '../../kernel/day.js';
import { fen, parseYuan } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { SheetRefused } from '../../people/domain/people.errors.js';
import { dayTyped, DIGITS_LOST, hasLostDigits, textOf, titleOf } from '../../people/domain/people-sheet.js';
import type { Cell, SheetFault } from '../../people/domain/people-sheet.js';
import { PURPOSES } from './gift.js';
import { DONOR_GROUP_WORDS, DONOR_GROUPS, DONOR_KIND_WORDS, DONOR_KINDS } from './donor.js';
import type { DonorDraft, DonorGroup, DonorKind } from './donor.js';
import type { Intent } from './gift.js';

export const MOST_GIFT_ROWS = 1000;

/** The columns that are read, by the title in the first row, in any order. */
export const GIFT_COLUMNS = {
  name: '姓名/单位全称',
  kind: '个人/单位',
  group: '类别',
  uscc: '统一社会信用代码',
  phone: '手机',
  homePlace: '家乡',
  publishes: '署名公开',
  amount: '金额(元)',
  receivedOn: '收到日期',
  method: '转账/现金',
  bankReference: '银行流水号',
  intent: '意向',
  purpose: '用途/基金',
  remark: '备注',
} as const;
export type GiftColumn = keyof typeof GIFT_COLUMNS;

/** How the head of a column is written besides. */
const ALSO: Readonly<Partial<Record<GiftColumn, readonly string[]>>> = {
  name: ['姓名', '单位全称', '捐赠人', '姓名或单位全称'],
  kind: ['个人或单位'],
  uscc: ['信用代码'],
  phone: ['手机号', '电话'],
  publishes: ['公开署名', '同意公开姓名'],
  receivedOn: ['日期', '到账日期'],
  method: ['转账或现金', '方式'],
  bankReference: ['流水号'],
  intent: ['捐赠意向'],
  purpose: ['用途', '基金', '用途或基金'],
};

const NEEDED: readonly GiftColumn[] = ['name', 'amount', 'receivedOn', 'method'];

/** How much of a cell counts. A cell is read one character further, so that none is cut off unnoticed. */
const LONGEST: Readonly<Record<GiftColumn, number>> = {
  name: 60,
  kind: 10,
  group: 20,
  uscc: 30,
  phone: 20,
  homePlace: 40,
  publishes: 10,
  amount: 30,
  receivedOn: 30,
  method: 10,
  bankReference: 60,
  intent: 20,
  purpose: 60,
  remark: 120,
};
export const LONGEST_GIFT_CELL = 121;

/** A thousand million yuan, as everywhere (platform: the field of an amount). */
const MOST_FEN = 100_000_000_000;

/** What is written in a sheet for a giver who does not want to be known. */
export const ANONYMOUS = '匿名';

const INTENT_TITLES: Readonly<Record<Intent, string>> = {
  UNRESTRICTED: '不指定',
  SOCIETY: '救急难',
  PURPOSE: '用途',
  FUND: '基金',
  PROJECT: '项目',
};
const INTENTS_IN_ORDER = Object.entries(INTENT_TITLES) as [Intent, string][];

/** The words that a cell may hold where it holds one of a few. */
export const GIFT_CHOICES: Readonly<Partial<Record<GiftColumn, readonly string[]>>> = {
  kind: Object.values(DONOR_KIND_WORDS),
  group: Object.values(DONOR_GROUP_WORDS),
  publishes: ['是', '否'],
  method: ['转账', '现金'],
  intent: Object.values(INTENT_TITLES),
};

/** Whom a row names. `publishes` null: the row does not say, and what was said before stays. */
export type SheetDonor = Omit<DonorDraft, 'publishesName'> & { readonly publishes: boolean | null };

/** What a row says of a gift. Null as its donor: somebody who does not want to be known. */
export type SheetGift = {
  readonly row: number;
  readonly donor: SheetDonor | null;
  readonly amountFen: Fen;
  readonly receivedOn: Day;
  readonly method: 'BANK' | 'CASH';
  readonly bankReference: string | null;
  readonly intent: Intent;
  /** A purpose, or the name of a fund or a project, as the intent has it. */
  readonly purpose: string | null;
  readonly remark: string | null;
};

/** Row numbers are the spreadsheet's own. The reason quotes no value. */
export type GiftFault = { readonly row: number; readonly column: GiftColumn; readonly reason: string };

export type GiftSheet = {
  readonly rows: readonly SheetGift[];
  readonly faults: readonly GiftFault[];
  /** Every row that holds anything, as it was typed: shown again to whoever brought it, and kept nowhere. */
  readonly typed: readonly TypedRow[];
  /** Titles that mean nothing here: shown, so that nobody believes they were read. */
  readonly unknownColumns: readonly string[];
};
export type TypedRow = {
  readonly row: number;
  readonly cells: Readonly<Partial<Record<GiftColumn, string>>>;
};

/** For programs: the head of the column in the place of its name. */
export const faultWords = ({ row, column, reason }: GiftFault): SheetFault => ({
  row,
  column: GIFT_COLUMNS[column],
  reason,
});

const ORDER = Object.keys(GIFT_COLUMNS) as GiftColumn[];

export const faultsInOrder = (faults: readonly GiftFault[]): GiftFault[] =>
  [...faults].sort((a, b) => a.row - b.row || ORDER.indexOf(a.column) - ORDER.indexOf(b.column));

/** Reads the cells of the first sheet: each row that holds anything is a gift, or faults. */
export function giftSheetOf(cells: readonly (readonly Cell[])[]): GiftSheet {
  const [titles = [], ...body] = cells;
  const columns = titles.map(columnOf);
  for (const needed of NEEDED)
    if (!columns.includes(needed))
      throw new SheetRefused(`表格第 1 行里没有“${GIFT_COLUMNS[needed]}”这一列。`);
  for (const column of ORDER)
    if (columns.filter((each) => each === column).length > 1)
      throw new SheetRefused(`表格第 1 行里有两列都是“${GIFT_COLUMNS[column]}”。`);

  const filled = body
    .map((values, at) => ({ row: at + 2, values }))
    .filter(({ values }) => values.some((cell) => textOf(cell) !== ''));
  if (filled.length === 0) throw new SheetRefused('表格里一笔捐赠也没有。');
  if (filled.length > MOST_GIFT_ROWS)
    throw new SheetRefused(
      `表格有 ${filled.length} 行，一次最多导入 ${MOST_GIFT_ROWS} 行。`,
      '请分成几张表，一张一张导入。',
    );

  const named = filled.map(({ row, values }) => {
    const ofRow = new Map<GiftColumn, Cell>();
    columns.forEach((column, at) => column && ofRow.set(column, values[at] ?? null));
    return { row, cells: ofRow };
  });
  const read = named.map(({ row, cells: ofRow }) => new GiftRowReader(row, ofRow).read());
  const rows = read.flatMap(({ gift }) => (gift ? [gift] : []));
  const faults = [...read.flatMap((each) => each.faults), ...twiceIn(rows), ...atOddsIn(rows)];
  return {
    rows,
    faults: faultsInOrder(faults),
    typed: named.map(typedOf),
    unknownColumns: titles.flatMap((title, at) =>
      columns[at] === null && textOf(title) !== '' ? [textOf(title).slice(0, 20)] : [],
    ),
  };
}

function columnOf(title: Cell): GiftColumn | null {
  const words = titleOf(title);
  return (
    ORDER.find((column) => titleOf(GIFT_COLUMNS[column]) === words || ALSO[column]?.includes(words)) ?? null
  );
}

function typedOf({
  row,
  cells,
}: {
  readonly row: number;
  readonly cells: ReadonlyMap<GiftColumn, Cell>;
}): TypedRow {
  const texts = [...cells].flatMap(([column, cell]) => {
    const text = textOf(cell);
    return text === '' ? [] : [[column, text.slice(0, LONGEST_GIFT_CELL)] as const];
  });
  return { row, cells: Object.fromEntries(texts) };
}

/** One row, cell by cell; what is wrong with one cell hides nothing that is wrong with another. */
class GiftRowReader {
  private readonly faults: GiftFault[] = [];

  constructor(
    private readonly row: number,
    private readonly cells: ReadonlyMap<GiftColumn, Cell>,
  ) {}

  read(): { readonly gift: SheetGift | null; readonly faults: readonly GiftFault[] } {
    const method = this.method();
    const intent = this.intent();
    const gift: SheetGift = {
      row: this.row,
      donor: this.donor(),
      amountFen: this.amount(),
      receivedOn: this.receivedOn(),
      method,
      bankReference: this.bankReference(method),
      intent,
      purpose: this.purpose(intent),
      remark: this.text('remark') || null,
    };
    return { gift: this.faults.length === 0 ? gift : null, faults: this.faults };
  }

  private refuse(column: GiftColumn, reason: string): void {
    this.faults.push({ row: this.row, column, reason });
  }

  private text(column: GiftColumn): string {
    const value = textOf(this.cells.get(column) ?? null);
    if (value.length > LONGEST[column]) this.refuse(column, `最多 ${LONGEST[column]} 个字`);
    else if (/\p{Cc}/u.test(value.replaceAll(/[\r\n\t]/gu, '')))
      this.refuse(column, '里面有打不出来的符号，请重新输入');
    return value.replaceAll(/\s+/gu, ' ');
  }

  /** A code or a number: typed as a number, its end is lost. */
  private digits(column: GiftColumn): string {
    if (!hasLostDigits(this.cells.get(column) ?? null)) return this.text(column);
    this.refuse(column, DIGITS_LOST);
    return '';
  }

  private donor(): SheetDonor | null {
    const name = this.text('name');
    if (name === ANONYMOUS) return null;
    if (name === '') this.refuse('name', '请填姓名或者单位全称；不愿留名的填“匿名”');
    const uscc = this.digits('uscc');
    const kind = this.kind(uscc);
    return {
      kind,
      group: this.group(kind),
      name,
      uscc: this.uscc(kind, uscc),
      phone: this.phone(),
      homePlace: this.text('homePlace') || null,
      publishes: this.publishes(),
    };
  }

  private kind(uscc: string): DonorKind {
    const typed = this.text('kind');
    if (typed === '' && uscc !== '') return 'COMPANY';
    const found = DONOR_KINDS.find((kind) => DONOR_KIND_WORDS[kind] === typed);
    if (!found) this.refuse('kind', '请填 个人 或 单位');
    return found ?? 'PERSON';
  }

  private group(kind: DonorKind): DonorGroup {
    const typed = this.text('group');
    if (typed === '') return kind === 'COMPANY' ? 'ENTERPRISE' : 'CARING';
    const found = DONOR_GROUPS.find((group) => DONOR_GROUP_WORDS[group] === typed);
    if (!found) this.refuse('group', `请填 ${Object.values(DONOR_GROUP_WORDS).join('、')} 之一`);
    return found ?? 'CARING';
  }

  private uscc(kind: DonorKind, typed: string): string | null {
    if (kind === 'PERSON') {
      if (typed !== '') this.refuse('uscc', '个人没有统一社会信用代码，请核对是个人还是单位');
      return null;
    }
    const read = readUscc(typed);
    if (typed === '') this.refuse('uscc', '单位要填统一社会信用代码，在营业执照上，18 位');
    else if (!read.ok) this.refuse('uscc', '统一社会信用代码不对，请对照营业执照核对');
    return read.ok ? read.uscc : null;
  }

  private phone(): string | null {
    const typed = this.digits('phone');
    if (typed === '') return null;
    const read = readMobile(typed);
    if (!read.ok) this.refuse('phone', '手机号不对，应为 11 位；没有就空着');
    return read.ok ? read.number : null;
  }

  private publishes(): boolean | null {
    const typed = this.text('publishes');
    if (typed === '') return null;
    if (typed !== '是' && typed !== '否') this.refuse('publishes', '请填 是 或 否');
    return typed === '是';
  }

  private amount(): Fen {
    const typed = this.text('amount');
    const amount = parseYuan(typed);
    if (typed === '') this.refuse('amount', '请填金额');
    else if (amount === null) this.refuse('amount', '金额没写对，如 1000、1,000.50 或 3.5万');
    else if (amount === 0) this.refuse('amount', '金额要大于 0');
    else if (amount > MOST_FEN) this.refuse('amount', '金额太大，请核对');
    return amount ?? fen(0);
  }

  private receivedOn(): Day {
    const cell = this.cells.get('receivedOn') ?? null;
    const read = dayTyped(cell);
    if (textOf(cell) === '') this.refuse('receivedOn', '请填收到日期');
    else if (read === null || read < '2000-01-01')
      this.refuse('receivedOn', '日期不对，请填成 2026-03-09 这样');
    return read ?? ('' as Day);
  }

  private method(): 'BANK' | 'CASH' {
    const typed = this.text('method');
    if (typed !== '转账' && typed !== '现金') this.refuse('method', '请填 转账 或 现金');
    return typed === '现金' ? 'CASH' : 'BANK';
  }

  private bankReference(method: 'BANK' | 'CASH'): string | null {
    const typed = this.digits('bankReference');
    if (method === 'CASH' && typed !== '' && this.text('method') === '现金')
      this.refuse('bankReference', '现金没有银行流水号，请核对是转账还是现金');
    return typed || null;
  }

  private intent(): Intent {
    const typed = this.text('intent').replace(/^指定/u, '');
    if (typed === '') return 'UNRESTRICTED';
    const found = INTENTS_IN_ORDER.find(([, title]) => title === typed)?.[0];
    if (!found) this.refuse('intent', `请填 ${Object.values(INTENT_TITLES).join('、')} 之一；空着就是不指定`);
    return found ?? 'UNRESTRICTED';
  }

  private purpose(intent: Intent): string | null {
    const typed = this.text('purpose');
    if (intent === 'UNRESTRICTED' || intent === 'SOCIETY') {
      if (typed !== '' && this.text('intent') === '')
        this.refuse('intent', '填了用途或者基金，这里要填 用途、基金 或 项目');
      else if (typed !== '') this.refuse('purpose', '意向是不指定用途的，这里要空着');
      return null;
    }
    if (typed === '') this.refuse('purpose', `请填指定的${INTENT_TITLES[intent]}`);
    else if (intent === 'PURPOSE' && !PURPOSES.includes(typed))
      this.refuse('purpose', `用途只能是其中一种：${PURPOSES.join('、')}`);
    return typed || null;
  }
}

/** The same line of the bank, or the same gift word for word: named, since one of the two is too many. */
function twiceIn(rows: readonly SheetGift[]): GiftFault[] {
  const lines = repeated(rows, ({ bankReference }) => bankReference).map(({ row, first }) => ({
    row,
    column: 'bankReference' as const,
    reason: `和第 ${first} 行是同一条银行流水`,
  }));
  const whole = repeated(rows, (gift) =>
    gift.bankReference === null && gift.donor !== null ? JSON.stringify({ ...gift, row: 0 }) : null,
  ).map(({ row, first }) => ({
    row,
    column: 'remark' as const,
    reason: `和第 ${first} 行一模一样；确实是两笔的，请在备注里写明`,
  }));
  return [...lines, ...whole];
}

function repeated(
  rows: readonly SheetGift[],
  keyOf: (gift: SheetGift) => string | null,
): { readonly row: number; readonly first: number }[] {
  const first = new Map<string, number>();
  return rows.flatMap((gift) => {
    const key = keyOf(gift);
    if (key === null) return [];
    const before = first.get(key);
    if (before !== undefined) return [{ row: gift.row, first: before }];
    first.set(key, gift.row);
    return [];
  });
}

/** What one donor is called by within a sheet: the code of a company; a person's name with the phone, or the home. */
export function donorKeyOf({ kind, name, uscc, phone, homePlace }: SheetDonor): string {
  if (kind === 'COMPANY') return `company ${uscc ?? ''}`;
  return phone === null ? `person ${name} home ${homePlace ?? ''}` : `person ${name} phone ${phone}`;
}

/** One donor of a sheet with all that its rows say together. */
export type DonorInSheet = {
  readonly key: string;
  readonly donor: SheetDonor;
  readonly rows: readonly number[];
};

export function donorsIn(rows: readonly SheetGift[]): DonorInSheet[] {
  const found = new Map<string, DonorInSheet>();
  for (const { row, donor } of rows) {
    if (!donor) continue;
    const key = donorKeyOf(donor);
    const before = found.get(key);
    found.set(
      key,
      before
        ? { key, donor: both(before.donor, donor), rows: [...before.rows, row] }
        : { key, donor, rows: [row] },
    );
  }
  return [...found.values()];
}

const both = (first: SheetDonor, next: SheetDonor): SheetDonor => ({
  ...first,
  phone: first.phone ?? next.phone,
  homePlace: first.homePlace ?? next.homePlace,
  publishes: first.publishes ?? next.publishes,
});

/** Rows of one donor that say two things of him; and a name of which one cannot tell whether it is the same person. */
function atOddsIn(rows: readonly SheetGift[]): GiftFault[] {
  const faults: GiftFault[] = [];
  const first = new Map<string, { row: number; donor: SheetDonor }>();
  const withPhone = new Map<string, number>();
  for (const { row, donor } of rows)
    if (donor?.kind === 'PERSON' && donor.phone !== null && !withPhone.has(donor.name))
      withPhone.set(donor.name, row);
  for (const { row, donor } of rows) {
    if (!donor) continue;
    const key = donorKeyOf(donor);
    const before = first.get(key);
    if (!before) first.set(key, { row, donor });
    else {
      const odd = (column: GiftColumn, what: string) =>
        faults.push({ row, column, reason: `和第 ${before.row} 行是同一位，${what}却不一样` });
      if (donor.name !== before.donor.name) odd('name', '名称');
      if (donor.group !== before.donor.group) odd('group', '类别');
      if (differ(donor.publishes, before.donor.publishes)) odd('publishes', '署名公开');
    }
    const namesake = withPhone.get(donor.name);
    if (donor.kind === 'PERSON' && donor.phone === null && namesake !== undefined)
      faults.push({
        row,
        column: 'phone',
        reason: `第 ${namesake} 行同名的填了手机，这一行也请填，好分清是不是一个人`,
      });
  }
  return faults;
}

const differ = (a: boolean | null, b: boolean | null): boolean => a !== null && b !== null && a !== b;

/** A donor of the register, as far as a sheet is compared with it. Names and phones by their indexes. */
export type KnownDonor = {
  readonly id: string;
  readonly kind: DonorKind;
  readonly uscc: string | null;
  readonly shownName: string;
  readonly nameIndex: string;
  readonly phoneIndex: string | null;
  readonly homePlace: string | null;
  readonly publishesName: boolean;
};

export type DonorIndexes = { name(name: string): string; phone(phone: string): string };

export type DonorMatch =
  | { readonly is: 'new'; readonly hasNamesake: boolean }
  | { readonly is: 'known'; readonly donorId: string; readonly shownName: string }
  | { readonly is: 'refused'; readonly column: GiftColumn; readonly reason: string };

/** The register by what a sheet asks it for, so that a thousand rows meet ten thousand donors in one pass. */
export class DonorRegister {
  private readonly byUscc = new Map<string, KnownDonor>();
  private readonly byName = new Map<string, KnownDonor[]>();

  constructor(
    donors: readonly KnownDonor[],
    private readonly indexes: DonorIndexes,
  ) {
    for (const donor of donors) {
      if (donor.uscc !== null) this.byUscc.set(donor.uscc, donor);
      if (donor.kind === 'PERSON')
        this.byName.set(donor.nameIndex, [...(this.byName.get(donor.nameIndex) ?? []), donor]);
    }
  }

  /** Who of the register it is. Whether his name is public was asked of him: no sheet turns that round in passing. */
  match(donor: SheetDonor): DonorMatch {
    const found = donor.kind === 'COMPANY' ? this.company(donor) : this.person(donor);
    if ('is' in found) return found;
    if (differ(donor.publishes, found.publishesName)) {
      const said = found.publishesName ? '同意公开姓名' : '不公开姓名';
      return {
        is: 'refused',
        column: 'publishes',
        reason: `捐赠人名单里登记的是${said}；要改，请先到这位捐赠人的资料里改`,
      };
    }
    return { is: 'known', donorId: found.id, shownName: found.shownName };
  }

  private company({ uscc, name }: SheetDonor): KnownDonor | DonorMatch {
    const found = this.byUscc.get(uscc ?? '');
    if (!found) return { is: 'new', hasNamesake: false };
    if (found.shownName === name) return found;
    return { is: 'refused', column: 'name', reason: '和捐赠人名单里这个信用代码的单位名称不一样' };
  }

  private person({ name, phone, homePlace }: SheetDonor): KnownDonor | DonorMatch {
    const namesakes = this.byName.get(this.indexes.name(name)) ?? [];
    if (phone !== null) {
      const index = this.indexes.phone(phone);
      const found = namesakes.find(({ phoneIndex }) => phoneIndex === index);
      return found ?? { is: 'new', hasNamesake: namesakes.length > 0 };
    }
    if (namesakes.length === 0) return { is: 'new', hasNamesake: false };
    const [only, ...others] = namesakes.filter((each) => each.homePlace === homePlace);
    if (only && others.length === 0) return only;
    return {
      is: 'refused',
      column: 'phone',
      reason: '捐赠人名单里有同名的，请填手机，好分清是不是一个人',
    };
  }
}

/**
 * A cell of a sheet that we write. A text that begins like a formula gets an apostrophe, since a sheet that is saved as
 * CSV and opened again would calculate it (quality.md T11).
 */
export function plainCell(text: string): string {
  return /^[=+\-@\t\r|%]/u.test(text.normalize('NFKC').trimStart()) ? `'${text}` : text;
}
