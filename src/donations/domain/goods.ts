import { addDays, daysBetween } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { dayTyped } from '../../people/domain/people-sheet.js';
import { AlreadyExpired, GoodsLineWrong, NothingAccepted, SameHands } from './goods.errors.js';

/** Where goods stand from the door to the shelf (domain.md 2.4). What became of them afterwards is read from the moves. */
export const GOODS_STATES = ['RECEIVED', 'INSPECTED', 'VALUED', 'STOCKED', 'REFUSED'] as const;
export type GoodsState = (typeof GOODS_STATES)[number];

export const GOODS_STATE_WORDS: Readonly<Record<GoodsState, string>> = {
  RECEIVED: '收到了，等验收',
  INSPECTED: '验收了，等估价',
  VALUED: '估价了，等入库',
  STOCKED: '已入库',
  REFUSED: '没有收下',
};

/** The table of its life; a spec checks it. */
export const GOODS_ROAD: Readonly<Record<GoodsState, readonly GoodsState[]>> = {
  RECEIVED: ['INSPECTED', 'REFUSED'],
  INSPECTED: ['VALUED'],
  VALUED: ['VALUED', 'STOCKED'],
  STOCKED: [],
  REFUSED: [],
};

export const GOODS_MOVES = ['STOCKED', 'ISSUED', 'DISPOSED'] as const;
export type GoodsMoveKind = (typeof GOODS_MOVES)[number];

export const GOODS_MOVE_WORDS: Readonly<Record<GoodsMoveKind, string>> = {
  STOCKED: '入库',
  ISSUED: '发放',
  DISPOSED: '处置',
};

/** What says what goods are worth: fair value (domain.md 1.4). */
export const EVIDENCES = ['INVOICE', 'MARKET', 'APPRAISAL'] as const;
export type Evidence = (typeof EVIDENCES)[number];

export const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  INVOICE: '发票',
  MARKET: '市场价',
  APPRAISAL: '评估',
};

/** So long before they expire somebody looks at what is still on the shelf [P]. */
export const CHECK_BEFORE_DAYS = 30;

export const MOST_ITEMS = 30;
const MOST_PIECES = 1_000_000;

export type GoodsLine = {
  readonly name: string;
  readonly quantity: number;
  readonly unit: string;
  readonly expiresOn: Day | null;
};

/** 大米 20 袋 2027-01-31: what, how many, of which kind of piece, and until when it is good, where that is written on it. */
const LINE = /^(?<name>.{1,40}?) +(?<quantity>\d{1,7}) ?(?<unit>[^\d\s]{1,8})(?: +(?<until>\S+))?$/u;

/** One kind of goods a line, as the paper has it. Names the first line that it cannot read. */
export function goodsLinesOf(text: string): GoodsLine[] {
  const lines = text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.trim().replaceAll(/[,，、\t ]+/gu, ' '))
    .map((line, at) => ({ line, at: at + 1 }))
    .filter(({ line }) => line !== '');
  if (lines.length === 0) throw new GoodsLineWrong(1, '请填物资，一行一种');
  if (lines.length > MOST_ITEMS) throw new GoodsLineWrong(MOST_ITEMS + 1, `一次最多 ${MOST_ITEMS} 种`);
  return lines.map(({ line, at }) => {
    const read = LINE.exec(line)?.groups;
    if (!read) throw new GoodsLineWrong(at, '写成：名称 数量 单位，如 大米 20 袋');
    const quantity = Number(read['quantity']);
    if (quantity < 1 || quantity > MOST_PIECES) throw new GoodsLineWrong(at, '数量不对');
    const until = read['until'] ?? null;
    const expiresOn = until === null ? null : dayTyped(until);
    if (until !== null && expiresOn === null)
      throw new GoodsLineWrong(at, '到期日写成 2027-01-31 这样，没有就不写');
    return { name: read['name'] ?? '', quantity, unit: read['unit'] ?? '', expiresOn };
  });
}

export type Inspected = { readonly accepted: number; readonly expiresOn: Day | null };

/** Whoever took the goods in does not look them over: four eyes on every piece. */
export function refuseInspection(
  { recordedBy, receivedBy }: { readonly recordedBy: string | null; readonly receivedBy: string | null },
  inspectorId: string | null,
): void {
  if (inspectorId === null || inspectorId === recordedBy || inspectorId === receivedBy) throw new SameHands();
}

/** What of the goods is taken: never more than came, and nothing that is past its day. */
export function checkInspected(
  items: readonly { readonly name: string; readonly quantity: number }[],
  found: readonly Inspected[],
  today: Day,
): void {
  if (items.length !== found.length) throw new GoodsLineWrong(found.length + 1, '每一种都要填验收的数量');
  items.forEach(({ name, quantity }, at) => {
    const { accepted, expiresOn } = found[at] ?? { accepted: -1, expiresOn: null };
    if (!Number.isInteger(accepted) || accepted < 0 || accepted > quantity)
      throw new GoodsLineWrong(at + 1, `“${name}”收到 ${quantity}，验收的数量填 0 到 ${quantity}`);
    if (accepted > 0 && expiresOn !== null && expiresOn < today) throw new AlreadyExpired(name, expiresOn);
  });
}

export const isNothingAccepted = (found: readonly Inspected[]): boolean =>
  found.every(({ accepted }) => accepted === 0);

export type Valued = { readonly accepted: number; readonly unitValueFen: Fen };

export const worthOf = (quantity: number, unitValueFen: Fen): Fen => fen(quantity * unitValueFen);

/** What the whole is booked at. Goods worth nothing are no gift. */
export function valueOf(items: readonly Valued[]): Fen {
  const whole = sumOf(items.map(({ accepted, unitValueFen }) => worthOf(accepted, unitValueFen)));
  if (whole <= 0) throw new NothingAccepted();
  return whole;
}

export const isExpired = (expiresOn: Day | null, today: Day): boolean =>
  expiresOn !== null && expiresOn < today;

/** Whether somebody has to look at it by now. */
export const isDueForCheck = (expiresOn: Day | null, today: Day): boolean =>
  expiresOn !== null && expiresOn <= addDays(today, CHECK_BEFORE_DAYS);

/** 还有 12 天到期, 已经过期. */
export function expiryWords(expiresOn: Day | null, today: Day): string {
  if (expiresOn === null) return '没有到期日';
  const days = daysBetween(today, expiresOn);
  if (days < 0) return `${expiresOn} 已经过期`;
  return days <= CHECK_BEFORE_DAYS ? `${expiresOn} 到期，还有 ${days} 天` : `${expiresOn} 到期`;
}
