import type { Day } from '../../kernel/day.js';
import { fen, yuanOf, yuanText } from '../../kernel/fen.js';
import { voucherName } from '../../ledger/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  button,
  checkField,
  dayField,
  errorsOf,
  fileField,
  row,
  selectField,
  table,
  tag,
  textField,
} from '../../platform/web/views.js';
import type {
  ButtonView,
  CheckView,
  ErrorView,
  FileFieldView,
  SelectView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import {
  EVIDENCE_WORDS,
  EVIDENCES,
  expiryWords,
  GOODS_MOVE_WORDS,
  GOODS_STATE_WORDS,
  isDueForCheck,
  isExpired,
  worthOf,
} from '../domain/goods.js';
import type { DonorRow } from '../donors/donors.queries.js';
import type { DeliveryRow, ItemRow, MoveRow } from './goods.queries.js';

export const GOODS = '/s/goods';
const ITEMS = `${GOODS}/items`;

const COLOUR = {
  RECEIVED: 'yellow',
  INSPECTED: 'yellow',
  VALUED: 'yellow',
  STOCKED: 'green',
  REFUSED: 'grey',
} as const;

const stateTag = ({ state }: DeliveryRow): TagView => tag(COLOUR[state], GOODS_STATE_WORDS[state]);

function expiryTag(expiresOn: Day | null, today: Day): TagView {
  if (isExpired(expiresOn, today)) return tag('red', '已经过期');
  return isDueForCheck(expiresOn, today) ? tag('yellow', '快到期') : tag('green', '能用');
}

export type GoodsView = {
  readonly title: string;
  readonly actions: readonly ButtonView[];
  readonly waiting: TableView;
  readonly stock: TableView;
  readonly done: TableView;
};

export type GoodsFacts = {
  readonly waiting: readonly DeliveryRow[];
  readonly stock: readonly ItemRow[];
  readonly done: readonly DeliveryRow[];
  readonly mayReceive: boolean;
  readonly today: Day;
};

export function goodsView({ waiting, stock, done, mayReceive, today }: GoodsFacts): GoodsView {
  const deliveries = (caption: string, rows: readonly DeliveryRow[], empty: string) =>
    table(
      caption,
      ['收到', '捐赠人', '估价（元）:', '现在'],
      rows.map((delivery) => [
        { words: delivery.receivedOn, href: `${GOODS}/${delivery.id}` },
        delivery.shownName ?? UNNAMED_DONOR,
        delivery.valueFen === 0 ? '还没估' : yuanText(delivery.valueFen),
        { words: '', tag: stateTag(delivery) },
      ]),
      empty,
    );
  return {
    title: '捐赠物资',
    actions: mayReceive ? [button('记收到物资', 'main', `${GOODS}/new`)] : [],
    waiting: deliveries('等着办的', waiting, '没有等着验收、估价或者入库的物资。'),
    stock: table(
      '库里有的',
      ['物资', '数量:', '到期', '现在'],
      stock.map((item) => [
        { words: item.name, href: `${ITEMS}/${item.id}` },
        `${item.inStock} ${item.unit}`,
        item.expiresOn ?? '没有到期日',
        { words: '', tag: expiryTag(item.expiresOn, today) },
      ]),
      '库里没有物资。',
    ),
    done: deliveries('办完的', done, '还没有入库的物资。'),
  };
}

export type NewGoodsView = {
  readonly title: string;
  readonly action: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly donor: SelectView;
  readonly campaign: SelectView | null;
  readonly receivedOn: TextFieldView;
  readonly lines: TextFieldView;
  readonly intentWords: TextFieldView;
};

export function newGoodsView(facts: {
  readonly donors: readonly DonorRow[];
  readonly campaigns: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Typed;
  readonly errors: FieldErrors;
}): NewGoodsView {
  const { donors, campaigns, typed, errors } = facts;
  const none = { value: '', label: '不是' };
  return {
    title: '记收到物资',
    action: GOODS,
    back: GOODS,
    errors: errorsOf(errors),
    donor: selectField(
      'donorId',
      '谁捐的？',
      [
        { value: '', label: '不留名的爱心人士' },
        ...donors.map(({ id, shownName }) => ({ value: id, label: shownName })),
      ],
      typed,
      errors,
      { hint: '名单里没有的，先登记捐赠人' },
    ),
    campaign:
      campaigns.length === 0
        ? null
        : selectField(
            'campaignId',
            '是为哪个募捐活动捐的？',
            [none, ...campaigns.map(({ id, name }) => ({ value: id, label: name }))],
            typed,
            errors,
          ),
    receivedOn: dayField('receivedOn', '哪天收到？', typed, errors),
    lines: textField('lines', '收到什么？', typed, errors, {
      rows: 6,
      hint: '一行一种：名称 数量 单位，有到期日的写在最后，如 大米 20 袋 2027-01-31',
    }),
    intentWords: textField('intentWords', '捐赠人写的话', typed, errors, {
      optional: true,
      hint: '照抄，只有社里看得到',
    }),
  };
}

/** A box among several of the same name, each with an id of its own. */
function boxOf(field: TextFieldView, at: number, value: string): TextFieldView {
  const id = `${field.id}-${at}`;
  return { ...field, id, value, hint: null, error: null, describedBy: null };
}

export type InspectionLine = {
  readonly title: string;
  readonly accepted: TextFieldView;
  readonly expiresOn: TextFieldView;
};
export type ValueLine = {
  readonly title: string;
  readonly unitValue: TextFieldView;
  readonly evidence: SelectView;
};

export type DeliveryView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  readonly items: TableView;
  readonly inspection: {
    readonly action: string;
    readonly lines: readonly InspectionLine[];
    readonly finding: TextFieldView;
  } | null;
  readonly sameHands: string | null;
  readonly valuation: { readonly action: string; readonly lines: readonly ValueLine[] } | null;
  readonly stock: { readonly action: string; readonly words: string } | null;
};

export type DeliveryFacts = {
  readonly delivery: DeliveryRow;
  readonly items: readonly ItemRow[];
  readonly mayInspect: boolean;
  /** The asker took it in: another looks it over. */
  readonly isOwn: boolean;
  readonly mayValue: boolean;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export function deliveryView(facts: DeliveryFacts): DeliveryView {
  const { delivery, items, mayInspect, mayValue, isOwn, errors } = facts;
  const at = `${GOODS}/${delivery.id}`;
  const { state } = delivery;
  const isToValue = mayValue && (state === 'INSPECTED' || state === 'VALUED');
  return {
    title: `${delivery.shownName ?? UNNAMED_DONOR}捐的物资`,
    back: GOODS,
    state: stateTag(delivery),
    errors: errorsOf(errors),
    facts: factsOf(delivery),
    items: itemsTable(items),
    inspection: mayInspect && !isOwn && state === 'RECEIVED' ? inspectionOf(facts, at) : null,
    sameHands:
      isOwn && state === 'RECEIVED' ? '物资是您收的，请换一位来验收：收的人和验收的人要分开。' : null,
    valuation: isToValue ? valuationOf(facts, at) : null,
    stock:
      mayValue && state === 'VALUED'
        ? { action: `${at}/stock`, words: `确认入库，记账 ${yuanText(delivery.valueFen)} 元` }
        : null,
  };
}

function factsOf(delivery: DeliveryRow): SummaryRow[] {
  return [
    row('收到', delivery.receivedOn),
    ...(delivery.finding === null ? [] : [row('验收的情况', delivery.finding)]),
    ...(delivery.valueFen === 0 ? [] : [row('估价合计', `${yuanText(delivery.valueFen)} 元`)]),
    ...(delivery.giftId === null
      ? []
      : [row('捐赠', '看这笔捐赠和票据', { href: `/s/donations/${delivery.giftId}` })]),
    ...(delivery.voucherNumber === null || delivery.voucherId === null
      ? []
      : [
          row('记账凭证', voucherName(delivery.voucherNumber), {
            href: `/s/ledger/vouchers/${delivery.voucherId}`,
          }),
        ]),
    ...(delivery.intentWords === '' ? [] : [row('捐赠人写的话', delivery.intentWords)]),
  ];
}

function itemsTable(items: readonly ItemRow[]): TableView {
  return table(
    '物资',
    ['物资', '收到:', '收下:', '到期', '单价（元）:', '依据', '库里:'],
    items.map((item) => [
      item.inStock > 0 ? { words: item.name, href: `${ITEMS}/${item.id}` } : item.name,
      `${item.quantity} ${item.unit}`,
      item.accepted === null ? '没验收' : `${item.accepted} ${item.unit}`,
      item.expiresOn ?? '没有到期日',
      item.unitValueFen === null ? '没估价' : yuanText(item.unitValueFen),
      item.evidence === null ? '—' : EVIDENCE_WORDS[item.evidence],
      String(item.inStock),
    ]),
    '没有物资。',
  );
}

const listed = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};

function inspectionOf({ items, typed, errors }: DeliveryFacts, at: string): DeliveryView['inspection'] {
  const accepted = textField('accepted[]', '收下多少', {}, {}, { short: true, inputmode: 'numeric' });
  const until = dayField('expiresOn[]', '到期日', {}, {}, { optional: true });
  return {
    action: `${at}/inspection`,
    lines: items.map((item, i) => ({
      title: `${item.name}：收到 ${item.quantity} ${item.unit}`,
      accepted: {
        ...boxOf(accepted, i + 1, listed(typed, 'accepted')[i] ?? String(item.quantity)),
        suffix: item.unit,
      },
      expiresOn: boxOf(until, i + 1, listed(typed, 'expiresOn')[i] ?? item.expiresOn ?? ''),
    })),
    finding: textField('finding', '验收的情况', typed, errors, {
      optional: true,
      hint: '比如少了、破了、过期了',
    }),
  };
}

function valuationOf({ items, typed }: DeliveryFacts, at: string): DeliveryView['valuation'] {
  const unit = textField('unitValue[]', '单价', {}, {}, { short: true, inputmode: 'decimal', suffix: '元' });
  const evidences = EVIDENCES.map((value) => ({ value, label: EVIDENCE_WORDS[value] }));
  const taken = items.filter(({ accepted }) => (accepted ?? 0) > 0);
  return {
    action: `${at}/value`,
    lines: taken.map((item, i) => {
      const known = item.unitValueFen === null ? '' : yuanOf(item.unitValueFen);
      const chosen = listed(typed, 'evidence')[i] ?? item.evidence ?? 'INVOICE';
      const field = selectField('evidence[]', '依据', evidences, { evidence: [chosen] }, {});
      return {
        title: `${item.name}：${item.accepted ?? 0} ${item.unit}`,
        unitValue: {
          ...boxOf(unit, i + 1, listed(typed, 'unitValue')[i] ?? known),
          label: `每${item.unit}多少元`,
        },
        evidence: { ...field, id: `${field.id}-${i + 1}` },
      };
    }),
  };
}

export type ItemView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly errors: readonly ErrorView[];
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly expiry: string;
  readonly delivery: string;
  readonly moves: TableView;
  readonly issue: {
    readonly action: string;
    readonly quantity: TextFieldView;
    readonly caseNumber: TextFieldView;
    readonly isNoKin: CheckView;
    readonly slip: FileFieldView;
  } | null;
  readonly disposal: {
    readonly action: string;
    readonly isOpen: boolean;
    readonly gone: TextFieldView;
    readonly reason: TextFieldView;
  } | null;
};

export type ItemFacts = {
  readonly item: ItemRow;
  readonly moves: readonly MoveRow[];
  readonly today: Day;
  readonly mayIssue: boolean;
  readonly mayDispose: boolean;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export function itemView({ item, moves, today, mayIssue, mayDispose, typed, errors }: ItemFacts): ItemView {
  const { inStock, unit, expiresOn } = item;
  const at = `${ITEMS}/${item.id}`;
  const count = { suffix: unit, short: true, inputmode: 'numeric' } as const;
  const has = inStock > 0;
  return {
    title: item.name,
    back: GOODS,
    state: has ? expiryTag(expiresOn, today) : tag('grey', '已经发完'),
    errors: errorsOf(errors),
    figures: [
      { label: '库里有', value: `${inStock} ${unit}` },
      {
        label: '值',
        value: `${yuanText(worthOf(inStock, item.unitValueFen ?? fen(0)))} 元`,
      },
    ],
    expiry: expiryWords(expiresOn, today),
    delivery: `${GOODS}/${item.deliveryId}`,
    moves: movesTable(moves, unit),
    issue:
      mayIssue && has && !isExpired(expiresOn, today)
        ? {
            action: `${at}/issues`,
            quantity: textField('quantity', '发多少？', typed, errors, count),
            caseNumber: textField('caseNumber', '发给哪件案子？', typed, errors, {
              short: true,
              hint: '案号，如 2026-0012；要理事会通过了的',
            }),
            isNoKin: checkField(
              'isNoKin',
              '核对过了吗？',
              [{ value: 'yes', label: '领取的人不是捐赠人的近亲属，也不是我的近亲属' }],
              typed,
              errors,
            ),
            slip: fileField('slip', '领取单照片', errors, {
              optional: true,
              camera: true,
              hint: '领取的人签过字的',
            }),
          }
        : null,
    disposal:
      mayDispose && has
        ? {
            action: `${at}/disposals`,
            isOpen: isExpired(expiresOn, today) || 'gone' in errors || 'reason' in errors,
            gone: textField('gone', '处置多少？', typed, errors, count),
            reason: textField('reason', '为什么处置', typed, errors, { hint: '如 过期、受潮、破损' }),
          }
        : null,
  };
}

function movesTable(moves: readonly MoveRow[], unit: string): TableView {
  return table(
    '出入库',
    ['日期', '办什么', '数量:', '折价（元）:', '去处', '单据'],
    moves.map((move) => [
      move.movedOn,
      GOODS_MOVE_WORDS[move.kind],
      `${move.kind === 'STOCKED' ? '' : '-'}${move.quantity} ${unit}`,
      yuanText(move.amountFen),
      move.number === null ? (move.reason ?? '—') : { words: move.number, href: `/s/cases/${move.number}` },
      move.slipId === null ? '—' : { words: '看领取单', href: `/s/files/${move.slipId}` },
    ]),
    '还没有出入库。',
  );
}
