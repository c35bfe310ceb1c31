import { dayWords } from '../../kernel/chinese/words.js';
import { day } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { POOL, purseName, UNCLAIMED, UNRESTRICTED, voucherName } from '../../ledger/index.js';
import type { PurseRow } from '../../ledger/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  amountField,
  button,
  choiceField,
  dayField,
  errorsOf,
  row,
  selectField,
  table,
  tag,
  textField,
} from '../../platform/web/views.js';
import type {
  AmountFieldView,
  ButtonView,
  ChoiceView,
  ErrorView,
  LinkView,
  SelectView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import { GIFT_STATE_WORDS, INTENT_WORDS, PURPOSES, RECEIPT_STATE_WORDS } from '../domain/gift.js';
import type { DonorRow } from '../donors/donors.queries.js';
import type { GiftCursor, GiftPage, GiftRow, GiftTotals } from './gifts.queries.js';

export const DONATIONS = '/s/donations';
export const DONORS = '/s/donors';

const yuan = (amount: Fen) => `${yuanText(amount)} 元`;
const COLOUR = { PLEDGED: 'blue', UNKNOWN: 'yellow', RECEIVED: 'green', ENDED: 'grey' } as const;

export const donorWords = ({ shownName, state }: Pick<GiftRow, 'shownName' | 'state'>): string =>
  state === 'UNKNOWN' ? '还不知道是谁' : (shownName ?? UNNAMED_DONOR);

export function cursorText({ givenOn, id }: GiftCursor): string {
  return `${givenOn}_${id}`;
}

/** Null for anything that is no cursor: the page then begins with the newest. */
export function cursorOf(text: unknown): GiftCursor | null {
  const [, givenOn, id] =
    typeof text === 'string' ? (/^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text) ?? []) : [];
  return givenOn && id ? { givenOn: day(givenOn), id } : null;
}

export type GiftsView = {
  readonly title: string;
  readonly links: readonly LinkView[];
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly actions: readonly ButtonView[];
  readonly gifts: TableView;
  readonly older: string | null;
};

/** What else is done with gifts; whoever reads the list may open each of them. */
const LINKS = [
  ['捐赠人名单', DONORS],
  ['捐赠票据', `${DONATIONS}/receipts`],
  ['捐赠公示', `${DONATIONS}/lists`],
  ['收支公示', '/s/account-reports'],
  ['退还捐款', `${DONATIONS}/refunds`],
  ['变更用途', `${DONATIONS}/changes-of-use`],
  ['无人认领的来款', `${DONATIONS}/unclaimed`],
  ['募捐活动', '/s/campaigns'],
  ['捐赠物资', '/s/goods'],
] as const;

export function giftsView(page: GiftPage, totals: GiftTotals, mayKeep: boolean): GiftsView {
  const keep = [
    button('记一笔捐赠', 'main', `${DONATIONS}/new`),
    button('登记认捐', 'second', `${DONATIONS}/pledges/new`),
    button('记待认领来款', 'second', `${DONATIONS}/unknown/new`),
  ];
  return {
    title: '捐赠',
    links: [
      ...LINKS.map(([words, href]) => ({ words, href })),
      ...(mayKeep ? [{ words: '从表格导入', href: `${DONATIONS}/import` }] : []),
    ],
    figures: [
      { label: '一共收到', value: yuan(totals.receivedFen) },
      { label: '笔数', value: `${totals.gifts} 笔` },
      { label: '待开票据', value: `${totals.receiptsDue} 笔` },
      { label: '待认领', value: yuan(totals.unknownFen) },
    ],
    actions: mayKeep ? keep : [],
    gifts: giftsTable('捐赠名单', page.rows, '还没有收到捐赠。'),
    older: page.next ? `${DONATIONS}?after=${cursorText(page.next)}` : null,
  };
}

export function giftsTable(caption: string, rows: readonly GiftRow[], empty: string): TableView {
  return table(
    caption,
    ['日期', '捐赠人', '金额（元）:', '记在哪里', '现在'],
    rows.map((gift) => [
      { words: gift.givenOn, href: `${DONATIONS}/${gift.id}` },
      donorWords(gift),
      yuanText(gift.amountFen),
      gift.nature === 'FEE' ? '会费' : purseName(gift),
      { words: '', tag: stateTag(gift) },
    ]),
    empty,
  );
}

function stateTag(gift: GiftRow): TagView {
  if (gift.state === 'RECEIVED' && gift.receiptState === 'DUE') return tag('yellow', RECEIPT_STATE_WORDS.DUE);
  if (gift.state === 'RECEIVED' && gift.receiptState !== 'NONE')
    return tag('green', RECEIPT_STATE_WORDS[gift.receiptState]);
  return tag(COLOUR[gift.state], GIFT_STATE_WORDS[gift.state]);
}

/** For every form that asks for one. */
export const PURPOSE_OPTIONS = ['', ...PURPOSES].map((value) => ({ value, label: value || '没有指定' }));

/** What a donor wants his money used for, as fields of a form. */
export type IntentFields = {
  readonly intent: ChoiceView;
  readonly purpose: SelectView;
  /** Null where there is neither fund nor project. */
  readonly purse: SelectView | null;
  readonly intentWords: TextFieldView;
};

function intentFields(purses: readonly PurseRow[], typed: Typed, errors: FieldErrors): IntentFields {
  const own = purses.filter(({ fund }) => fund !== POOL.fund && fund !== UNCLAIMED.fund);
  const hasFunds = own.length > 0;
  const intents = (
    ['UNRESTRICTED', 'PURPOSE', ...(hasFunds ? (['FUND', 'PROJECT'] as const) : [])] as const
  ).map((value) => ({ value, label: INTENT_WORDS[value] }));
  const places = own.map((purse) => ({ value: purse.id, label: purseName(purse) }));
  return {
    intent: choiceField('intent', '捐赠人指定给哪里用？', intents, typed, errors, {
      hint: '照捐赠人写的填。记下以后，不经他同意不能改',
    }),
    purpose: selectField('purpose', '指定的用途', PURPOSE_OPTIONS, typed, errors, {
      optional: true,
      hint: '选“指定一种用途”才选',
    }),
    purse: hasFunds
      ? selectField(
          'purseId',
          '指定的基金或项目',
          [{ value: '', label: '没有指定' }, ...places],
          typed,
          errors,
        )
      : null,
    intentWords: textField('intentWords', '捐赠人写的话', typed, errors, {
      optional: true,
      hint: '照抄捐赠意愿，只有社里看得到',
    }),
  };
}

const METHODS = [
  { value: 'BANK', label: '转账' },
  { value: 'CASH', label: '现金' },
];
const NATURES = [
  { value: 'GIFT', label: '捐款' },
  { value: 'FEE', label: '会费' },
];

const NATURE_HINT = '会费不是捐赠，不开捐赠票据';

function donorField(donors: readonly DonorRow[], typed: Typed, errors: FieldErrors): SelectView {
  const options = donors.map(({ id, shownName, homePlace }) => ({
    value: id,
    label: homePlace === null ? shownName : `${shownName}（${homePlace}）`,
  }));
  return selectField(
    'donorId',
    '谁捐的？',
    [{ value: '', label: '不留名的爱心人士' }, ...options],
    typed,
    errors,
    {
      hint: '名单里没有的，先登记捐赠人',
    },
  );
}

export type MoneyFields = {
  readonly amount: AmountFieldView;
  readonly receivedOn: TextFieldView;
  readonly method: ChoiceView;
  readonly bankReference: TextFieldView;
};

function moneyFields(typed: Typed, errors: FieldErrors): MoneyFields {
  return {
    amount: amountField('amountFen', '收到多少？', typed, errors, { hint: '照银行流水或者点清的现金填' }),
    receivedOn: dayField('receivedOn', '哪天收到？', typed, errors),
    method: choiceField('method', '怎么收到的？', METHODS, typed, errors, {
      tiles: true,
      hint: '现金在收到当天存进社里的账户',
    }),
    bankReference: textField('bankReference', '银行流水号', typed, errors, {
      optional: true,
      hint: '填了流水号，同一笔就不会记两次',
    }),
  };
}

type CampaignChoice = { readonly id: string; readonly name: string };

type GiftFormFacts = {
  readonly donors: readonly DonorRow[];
  readonly purses: readonly PurseRow[];
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export type NewGiftView = IntentFields &
  MoneyFields & {
    readonly title: string;
    readonly action: string;
    readonly errors: readonly ErrorView[];
    readonly donor: SelectView;
    readonly newDonor: ButtonView;
    readonly campaign: SelectView | null;
    readonly nature: ChoiceView;
  };

/** Null where nothing is being raised. */
function campaignField(
  campaigns: readonly CampaignChoice[],
  typed: Typed,
  errors: FieldErrors,
): SelectView | null {
  if (campaigns.length === 0) return null;
  const options = campaigns.map(({ id, name }) => ({ value: id, label: name }));
  const none = { value: '', label: '不是' };
  return selectField('campaignId', '是为哪个募捐活动捐的？', [none, ...options], typed, errors);
}

export function newGiftView({
  donors,
  purses,
  campaigns,
  typed,
  errors,
}: GiftFormFacts & { readonly campaigns: readonly CampaignChoice[] }): NewGiftView {
  return {
    title: '记一笔捐赠',
    action: DONATIONS,
    errors: errorsOf(errors),
    donor: donorField(donors, typed, errors),
    newDonor: button('登记捐赠人', 'second', `${DONORS}/new`),
    nature: choiceField('nature', '这笔钱是什么？', NATURES, typed, errors, {
      tiles: true,
      hint: NATURE_HINT,
    }),
    campaign: campaignField(campaigns, typed, errors),
    ...moneyFields(typed, errors),
    ...intentFields(purses, typed, errors),
  };
}

export function usualGift(today: Day, donorId: unknown): Typed {
  return {
    nature: 'GIFT',
    receivedOn: today,
    method: 'BANK',
    intent: 'UNRESTRICTED',
    ...(typeof donorId === 'string' ? { donorId } : {}),
  };
}

export type NewPledgeView = IntentFields & {
  readonly title: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly donor: SelectView;
  readonly amount: AmountFieldView;
  readonly pledgedOn: TextFieldView;
};

export function newPledgeView({ donors, purses, typed, errors }: GiftFormFacts): NewPledgeView {
  return {
    title: '登记认捐',
    action: `${DONATIONS}/pledges`,
    errors: errorsOf(errors),
    donor: donorField(donors, typed, errors),
    amount: amountField('amountFen', '答应捐多少？', typed, errors),
    pledgedOn: dayField('pledgedOn', '哪天答应的？', typed, errors),
    ...intentFields(purses, typed, errors),
  };
}

export type NewUnknownView = {
  readonly title: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly amount: AmountFieldView;
  readonly receivedOn: TextFieldView;
  readonly bankReference: TextFieldView;
  readonly note: TextFieldView;
};

export function newUnknownView(typed: Typed, errors: FieldErrors): NewUnknownView {
  const { amount, receivedOn, bankReference } = moneyFields(typed, errors);
  return {
    title: '记待认领来款',
    action: `${DONATIONS}/unknown`,
    errors: errorsOf(errors),
    ...{ amount, receivedOn, bankReference },
    note: textField('note', '流水上的附言', typed, errors, { optional: true, hint: '帮助以后找到是谁' }),
  };
}

export type GiftFacts = {
  readonly gift: GiftRow;
  readonly donors: readonly DonorRow[];
  readonly purses: readonly PurseRow[];
  readonly today: Day;
  readonly mayKeep: boolean;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

/** A form within the page of a gift: what can be done with it now. */
type Part<Fields> = { readonly action: string; readonly isOpen: boolean } & Fields;

export type GiftView = {
  readonly title: string;
  readonly links: readonly LinkView[];
  readonly state: TagView;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  /** What became of the money; null while none came in. */
  readonly figures: readonly { readonly label: string; readonly value: string }[] | null;
  readonly receive: Part<MoneyFields & { readonly endAction: string }> | null;
  readonly identify: Part<IntentFields & { readonly donor: SelectView; readonly nature: ChoiceView }> | null;
  readonly reversal: Part<{ readonly reason: TextFieldView }> | null;
};

export function giftView(facts: GiftFacts): GiftView {
  const { gift, errors } = facts;
  const isBooked = gift.state === 'RECEIVED' || gift.state === 'UNKNOWN';
  return {
    title: `${donorWords(gift)} ${yuan(gift.amountFen)}`,
    links: linksOf(facts),
    state: tag(COLOUR[gift.state], GIFT_STATE_WORDS[gift.state]),
    errors: errorsOf(errors),
    facts: factsOf(gift),
    figures: isBooked
      ? [
          { label: '收到', value: yuan(gift.amountFen) },
          { label: '用了', value: yuan(gift.usedFen) },
          ...(gift.managedFen > 0 ? [{ label: '其中管理费用', value: yuan(gift.managedFen) }] : []),
          { label: '退还', value: yuan(gift.refundedFen) },
          { label: '还没用', value: yuan(gift.unspentFen) },
        ]
      : null,
    receive: facts.mayKeep && gift.state === 'PLEDGED' ? receivePart(facts) : null,
    identify: facts.mayKeep && gift.state === 'UNKNOWN' ? identifyPart(facts) : null,
    reversal: facts.mayKeep && isBooked && isUntouched(gift) ? reversalPart(facts) : null,
  };
}

function factsOf(gift: GiftRow): SummaryRow[] {
  const { donorId, voucherId, voucherNumber, restriction, frozenFen } = gift;
  const purse = purseName({ fund: gift.fund, restriction });
  return [
    row('捐赠人', donorWords(gift), { href: donorId === null ? null : `${DONORS}/${donorId}` }),
    row(gift.state === 'PLEDGED' ? '认捐日期' : '收到日期', dayWords(gift.givenOn)),
    row('指定', gift.state === 'UNKNOWN' ? '认领以后再定' : INTENT_WORDS[gift.intent]),
    ...(restriction === UNRESTRICTED && gift.intent === 'UNRESTRICTED' ? [] : [row('记在', purse)]),
    ...(gift.intentWords === ''
      ? []
      : [row(gift.state === 'UNKNOWN' ? '附言' : '捐赠意愿', gift.intentWords)]),
    ...(gift.method === null ? [] : [row('方式', gift.method === 'CASH' ? '现金' : '转账')]),
    ...(gift.bankReference === null ? [] : [row('银行流水号', gift.bankReference)]),
    ...(gift.nature === 'FEE' ? [row('性质', '会费，不是捐赠，不开捐赠票据')] : []),
    ...(frozenFen > 0 ? [row('冻结', `${yuan(frozenFen)}（正在办退款，或者在问捐赠人能不能改用途）`)] : []),
    ...(voucherId === null || voucherNumber === null
      ? []
      : [row('凭证', voucherName(voucherNumber), { href: `/s/ledger/vouchers/${voucherId}` })]),
  ];
}

/** Where what is left of it can go back, and where it waits. */
function linksOf({ gift, mayKeep }: GiftFacts): LinkView[] {
  const { id, state, nature, form, unspentFen } = gift;
  if (state === 'UNKNOWN') return [{ words: '无人认领的来款', href: `${DONATIONS}/unclaimed` }];
  if (state !== 'RECEIVED' || nature !== 'GIFT' || form !== 'MONEY') return [];
  const canGoBack = mayKeep && unspentFen > 0;
  return [
    ...(canGoBack ? [{ words: '退还捐款', href: `${DONATIONS}/${id}/refunds/new` }] : []),
    { words: '管理费用', href: `${DONATIONS}/${id}/management` },
  ];
}

function isUntouched(gift: GiftRow): boolean {
  return gift.unspentFen === gift.amountFen && gift.frozenFen === 0 && gift.receiptState !== 'ISSUED';
}

function receivePart({ gift, today, typed, errors }: GiftFacts): GiftView['receive'] {
  const usual = { amountFen: yuanText(gift.amountFen), receivedOn: today, method: 'BANK' };
  return {
    action: `${DONATIONS}/${gift.id}/receipt-of-pledge`,
    endAction: `${DONATIONS}/${gift.id}/end-of-pledge`,
    isOpen: true,
    ...moneyFields({ ...usual, ...typed }, errors),
  };
}

function identifyPart({ gift, donors, purses, typed, errors }: GiftFacts): GiftView['identify'] {
  const usual = { nature: 'GIFT', intent: 'UNRESTRICTED', ...typed };
  return {
    action: `${DONATIONS}/${gift.id}/owner`,
    isOpen: true,
    donor: donorField(donors, usual, errors),
    nature: choiceField('nature', '这笔钱是什么？', NATURES, usual, errors, {
      tiles: true,
      hint: NATURE_HINT,
    }),
    ...intentFields(purses, usual, errors),
  };
}

function reversalPart({ gift, typed, errors }: GiftFacts): GiftView['reversal'] {
  return {
    action: `${DONATIONS}/${gift.id}/reversal`,
    isOpen: 'reason' in errors,
    reason: textField('reason', '哪里记错了？', typed, errors, {
      hint: '如：金额多打一个 0。会留在账上，不要写人名和电话',
    }),
  };
}
