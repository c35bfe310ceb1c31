import { dayWords, instantWords } from '../kernel/chinese/words.js';
import type { Day } from '../kernel/day.js';
import { sumOf, yuanText } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  amountField,
  button,
  choiceField,
  dayField,
  errorsOf,
  row,
  selectField,
  table,
  textField,
} from '../platform/web/views.js';
import type { ButtonView, ErrorView, SummaryRow, TableView, TextFieldView } from '../platform/web/views.js';
import { accountName } from './domain/accounts.js';
import { ALLOCATION_WORDS } from './domain/allocation.js';
import { INFLOW_KINDS, SOURCE_WORDS } from './domain/entries.js';
import { isPool, purseName, UNCLAIMED } from './domain/funds.js';
import { isInflow, voucherName } from './domain/voucher.js';
import type {
  AllocationRow,
  Fund,
  HeldRow,
  LotRow,
  PurseRow,
  VoucherCursor,
  VoucherDetail,
  VoucherPage,
} from './ledger.queries.js';

export type LedgerView = {
  readonly title: string;
  readonly fund: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  /** What each fund and project holds; null in a book that has only its pool. */
  readonly purses: TableView | null;
  /** What a federation holds for others; null where it holds nothing, or is none. */
  readonly held: TableView | null;
  /** Who holds the money, where it is not the society itself. */
  readonly heldBy: string | null;
  /** That the pool has fallen below what the charter wants kept. It warns, and forbids nothing (domain.md 3, rule 11). */
  readonly warning: string | null;
  readonly inflow: ButtonView | null;
  readonly vouchers: TableView;
  readonly older: string | null;
  readonly lots: TableView;
};

type LedgerFacts = {
  readonly fund: Fund;
  readonly purses: readonly PurseRow[];
  readonly held: readonly HeldRow[];
  readonly heldBy: string | null;
  readonly minBalanceFen: Fen;
  readonly page: VoucherPage;
  readonly lots: readonly LotRow[];
  readonly mayBook: boolean;
};

const yuan = (amount: Fen) => `${yuanText(amount)} 元`;

export function ledgerView({
  fund,
  purses,
  held,
  heldBy,
  minBalanceFen,
  page,
  lots,
  mayBook,
}: LedgerFacts): LedgerView {
  return {
    title: '资金',
    fund: fund.name,
    figures: [
      { label: '余额', value: yuan(fund.balanceFen) },
      { label: '可用', value: yuan(fund.freeFen) },
      { label: '已留（表决中和待打款）', value: yuan(fund.reservedFen) },
    ],
    purses: purses.length > 1 ? pursesTable(purses) : null,
    held: held.length > 0 ? heldTable(held) : null,
    heldBy: heldBy === null ? null : `钱由${heldBy}代管，存在总会的账户里；怎么用仍由本社理事会定。`,
    warning:
      fund.balanceFen < minBalanceFen
        ? `余额低于章程定的最低余额 ${yuan(minBalanceFen)}。急难照样可以救助，请尽快筹款。`
        : null,
    inflow: mayBook ? button('记一笔收入', 'main', '/s/ledger/inflows/new') : null,
    vouchers: table(
      '凭证',
      ['凭证号', '日期', '摘要', '金额:'],
      page.rows.map((voucher) => [
        { words: voucherName(voucher.number), href: voucherHref(voucher.id) },
        voucher.day,
        voucher.summary,
        yuan(voucher.amountFen),
      ]),
      '还没有凭证。',
      { brief: true },
    ),
    older: page.next ? `/s/ledger?after=${cursorText(page.next)}` : null,
    lots: table(
      '最近的来款',
      ['到账日期', '来源', '收到（元）:', '还剩（元）:'],
      lots.map((lot) => [
        { words: lot.receivedOn, href: voucherHref(lot.voucherId) },
        `${lotWords(lot)}${lot.reversed ? '（已冲销）' : ''}`,
        yuanText(lot.amountFen),
        yuanText(lot.leftFen),
      ]),
      '还没有来款。',
    ),
  };
}

function pursesTable(purses: readonly PurseRow[]): TableView {
  return table(
    '各基金和项目',
    ['记在哪里', '余额（元）:', '已留（元）:', '可用（元）:'],
    purses.map((purse) => [
      purseName(purse),
      yuanText(purse.balanceFen),
      yuanText(purse.reservedFen),
      yuanText(purse.freeFen),
    ]),
    '还没有基金。',
  );
}

function heldTable(held: readonly HeldRow[]): TableView {
  const total = sumOf(held.map(({ heldFen }) => heldFen));
  return table(
    '代管的各社资金',
    ['互助社', '代管（元）:'],
    [
      ...held.map(({ name, heldFen }) => [name, yuanText(heldFen)]),
      ...(held.length > 1 ? [['合计', yuanText(total)]] : []),
    ],
    '没有代管的资金。',
  );
}

/** In a book of several purses a source says which it went into. */
function lotWords(lot: LotRow): string {
  return isPool(lot) ? SOURCE_WORDS[lot.source] : `${SOURCE_WORDS[lot.source]}（${purseName(lot)}）`;
}

export type VoucherView = {
  readonly title: string;
  readonly facts: readonly SummaryRow[];
  readonly errors: readonly ErrorView[];
  readonly lines: TableView;
  /** Null for a voucher that took of no lot. */
  readonly allocations: TableView | null;
  /** What became of the money that it brought in; null for a voucher that brought none. */
  readonly trace: TableView | null;
  /** Null where there is nothing to take back, or nobody asks who may. */
  readonly reversal: ReversalView | null;
};

export type ReversalView = {
  readonly action: string;
  readonly isOpen: boolean;
  readonly reason: TextFieldView;
};

export function voucherView(
  voucher: VoucherDetail,
  mayBook: boolean,
  typed: Typed,
  errors: FieldErrors,
): VoucherView {
  const links = [
    voucher.reversalOf ? row('冲销', '被冲销的凭证', { href: voucherHref(voucher.reversalOf) }) : null,
    voucher.reversedBy ? row('已冲销', '冲销凭证', { href: voucherHref(voucher.reversedBy) }) : null,
  ];
  return {
    title: `${voucher.year} 年 ${voucherName(voucher.number)}`,
    errors: errorsOf(errors),
    facts: [
      row('日期', dayWords(voucher.day)),
      row('摘要', voucher.summary),
      row('金额', yuan(voucher.amountFen)),
      ...pursesOf(voucher).map((name) => row('记在', name)),
      row('记账时间', instantWords(voucher.postedAt)),
      ...links.filter((link) => link !== null),
    ],
    lines: table(
      '分录',
      ['科目', '借方（元）:', '贷方（元）:'],
      voucher.lines.map(({ account, amountFen }) => [
        `${account} ${accountName(account)}`,
        amountFen > 0 ? yuanText(amountFen) : '—',
        amountFen < 0 ? yuanText(amountFen).slice(1) : '—',
      ]),
      '这张凭证没有分录。',
    ),
    allocations: voucher.allocations.length > 0 ? allocationsTable(voucher.allocations) : null,
    trace: voucher.lot && traceTable(voucher.lot),
    reversal: mayBook && isUntouched(voucher) ? reversalView(voucher.id, typed, errors) : null,
  };
}

/** The funds whose money it moved, where it is not the pool's alone. */
function pursesOf({ lines }: VoucherDetail): string[] {
  return [...new Set(lines.filter((line) => !isPool(line)).map(purseName))];
}

function isUntouched({ lot, cause }: VoucherDetail): boolean {
  return lot !== null && lot.leftFen === lot.amountFen && lot.frozenFen === 0 && isInflow({ cause });
}

function reversalView(voucherId: string, typed: Typed, errors: FieldErrors): ReversalView {
  return {
    action: `/s/ledger/vouchers/${voucherId}/reversal`,
    isOpen: Object.keys(errors).length > 0,
    reason: textField('reason', '哪里记错了？', typed, errors, {
      hint: '如：金额多打一个 0。会留在账上，不要写人名和电话',
    }),
  };
}

/** The rule is said where its result is shown (pages.md 3.5). */
function allocationsTable(allocations: readonly AllocationRow[]): TableView {
  return table(
    '用的是哪几笔来款',
    ['到账日期', '来源', '去向', '用了（元）:'],
    allocations.map(({ receivedOn, source, kind, amountFen }) => [
      receivedOn,
      SOURCE_WORDS[source],
      ALLOCATION_WORDS[kind],
      yuanText(amountFen),
    ]),
    '没有分摊。',
  );
}

function traceTable({ trace }: NonNullable<VoucherDetail['lot']>): TableView {
  return table(
    '这笔来款用到哪里',
    ['日期', '去向', '凭证', '用了（元）:'],
    trace.map(({ day, kind, voucherId, voucherNumber, amountFen }) => [
      day,
      ALLOCATION_WORDS[kind],
      { words: voucherName(voucherNumber), href: voucherHref(voucherId) },
      yuanText(amountFen),
    ]),
    '还没有用过。',
  );
}

export function newInflowView(purses: readonly PurseRow[], typed: Typed, errors: FieldErrors): object {
  const places = purses
    .filter(({ fund }) => fund !== UNCLAIMED.fund)
    .map((purse) => ({ value: purse.id, label: purseName(purse) }));
  const kinds = INFLOW_KINDS.map((value) => ({ value, label: SOURCE_WORDS[value] }));
  return {
    title: '记一笔收入',
    action: '/s/ledger/inflows',
    errors: errorsOf(errors),
    kind: choiceField('kind', '这笔钱是什么？', kinds, typed, errors, { tiles: true }),
    purse: places.length > 1 ? selectField('purseId', '记到哪里？', places, typed, errors) : null,
    amount: amountField('amountFen', '收到多少？', typed, errors, { hint: '照银行流水填，如 30000' }),
    receivedOn: dayField('receivedOn', '哪天到账？', typed, errors),
    bankReference: textField('bankReference', '银行流水号', typed, errors, {
      optional: true,
      hint: '填了流水号，同一笔就不会记两次',
    }),
    note: textField('note', '备注', typed, errors, { optional: true, hint: '不要写人名、身份证号和电话' }),
  };
}

export function usualInflow(today: Day): Typed {
  return { receivedOn: today };
}

const voucherHref = (voucherId: string) => `/s/ledger/vouchers/${voucherId}`;

export function cursorText({ year, number }: VoucherCursor): string {
  return `${year}-${number}`;
}

/** Null for anything that is no cursor: the page then begins with the newest. */
export function cursorOf(text: unknown): VoucherCursor | null {
  const [, year, number] = typeof text === 'string' ? (/^(\d{4})-(\d{1,9})$/.exec(text) ?? []) : [];
  return year && number ? { year: Number(year), number: Number(number) } : null;
}
