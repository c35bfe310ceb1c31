import { dayWords } from '../../kernel/chinese/words.js';
import { yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen, sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import { purseName } from '../../ledger/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { button, choiceField, errorsOf, row, tag } from '../../platform/web/views.js';
import type {
  ButtonView,
  ChoiceView,
  ErrorView,
  LinkView,
  SummaryRow,
  TagView,
} from '../../platform/web/views.js';
import { MY_QUESTIONS } from '../change-of-use/change-of-use-answer.views.js';
import type { UseQuestion } from '../change-of-use/use-questions.queries.js';
import { ANSWER_WORDS } from '../domain/change-of-use.js';
import { INTENT_WORDS, RECEIPT_STATE_WORDS } from '../domain/gift.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import { RECEIPT_STANDING_WORDS } from '../domain/receipt.js';
import type { Shared } from '../domain/share-picture.js';
import { totalsOf } from '../domain/trace.js';
import type { GiftTrace } from '../domain/trace.js';
import type { MyGifts, MyHome, MyRecord, Offer } from './my-gifts.queries.js';
import type { ToldGift, ToldUse } from './trace.reading.js';
import { goodsLines, traceBody } from './goods-trace.views.js';
import { HIDDEN_HOLDER, householdsOf, TRACE_RULE, unbroken } from './trace.views.js';
import type { TraceBody } from './trace.views.js';

export const MY_GIFTS = '/d';
const ON_A_PAGE = 20;
const yuan = (amount: Fen): string => `${yuanText(amount)} 元`;

/** What a donor can do about it: he knows of no records. */
export const OFFER_TWICE =
  '您在这个互助社已经有一份捐赠记录了。两份都是您的，请打电话请他们合并；不是，请点“不是我”。';

export type MyGiftsView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly offers: readonly { readonly words: string; readonly action: string }[];
  readonly questions: readonly QuestionCard[];
  readonly lead: string;
  /** Null, like the list and what is known of him, while nothing is his yet and he is only asked whether something is. */
  readonly figures: readonly { readonly label: string; readonly value: string }[] | null;
  readonly helped: string | null;
  readonly places: readonly string[];
  readonly waiting: string | null;
  readonly about: readonly SummaryRow[];
  readonly actions: readonly ButtonView[];
  readonly statements: readonly LinkView[];
  readonly gifts: readonly MyGiftCard[];
  readonly empty: string;
  readonly pages: {
    readonly words: string;
    readonly newer: string | null;
    readonly older: string | null;
  } | null;
  readonly signature: ChoiceView | null;
  readonly rule: string | null;
};

/** Something that the giver is asked about his money, with a page of its own. */
export type QuestionCard = {
  readonly href: string;
  readonly tag: TagView;
  readonly words: string;
  readonly lines: readonly string[];
  readonly button: string;
};

export type MyGiftCard = {
  readonly href: string;
  readonly title: string;
  readonly tag: TagView;
  readonly holder: string;
  readonly lines: readonly string[];
};

/** What a donor gave, wherever he gave it, and what became of it. */
export function myGiftsView(mine: MyHome, page: number, typed: Typed, errors: FieldErrors): MyGiftsView {
  const { records, gifts } = mine;
  const totals = totalsOf(gifts.map(({ trace }) => trace));
  const { receivedFen, usedFen, refundedFen, managedFen, unspentFen, frozenFen } = totals;
  const asked = sumOf(mine.questions.map((question) => question.frozenFen));
  const held = fen(frozenFen - asked);
  const uses = gifts.flatMap((gift) => gift.uses);
  const isOnlyAsked = records.length === 0 && mine.offers.length > 0;
  const house = managedFen > 0 ? `，付管理费用 ${yuan(managedFen)}` : '';
  const back = refundedFen > 0 ? `，退回 ${yuan(refundedFen)}` : '';
  return {
    title: '我的捐赠',
    errors: errorsOf(errors),
    offers: mine.offers.map(offerView),
    questions: mine.questions.map(questionCard),
    lead: isOnlyAsked
      ? '点“是我的”，这里就列出您捐的每一笔用到了哪里；不是您捐的，点“不是我”。'
      : `您一共捐了 ${yuan(receivedFen)}，用了 ${yuan(usedFen)}${house}${back}，还有 ${yuan(unspentFen)}在池里。`,
    figures: isOnlyAsked
      ? null
      : [
          { label: '捐了', value: yuan(receivedFen) },
          { label: '用了', value: yuan(usedFen) },
          { label: '还剩', value: yuan(unspentFen) },
        ],
    helped: helpedWords(uses),
    places: placesOf(uses).map(({ words, households }) => `${words}：${households} 户`),
    waiting:
      held > 0
        ? `${asked > 0 ? '另' : ''}有 ${yuan(held)}先冻结着：正在办退款，或者已经定了怎么办。办完以前不动用。`
        : null,
    about: isOnlyAsked ? [] : aboutOf(mine),
    actions:
      gifts.length > 0
        ? [
            button('下载明细（Excel）', 'second', `${MY_GIFTS}/lines.xlsx`),
            button('做分享图', 'second', `${MY_GIFTS}/share`),
          ]
        : [],
    statements: statementsOf(mine),
    gifts: gifts.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE).map(cardOf),
    empty: '还没有记到您名下的捐赠。捐过却没有看到，请打电话问收款的互助社。',
    pages: pagesOf(gifts.length, page),
    signature: records.length > 0 ? signatureField(records, typed, errors) : null,
    rule: isOnlyAsked ? null : TRACE_RULE,
  };
}

/** The society's name and nothing else: that of the gift is for whoever gave it. */
const offerView = ({ donorId, society }: Offer) => ({
  words: `${society}说您在那里也捐过，要不要放到这里一起看？`,
  action: `${MY_GIFTS}/offers/${donorId}`,
});

/** 有一件事要您拿主意: said or not, as long as it can be said otherwise. */
function questionCard({ giverId, from, into, frozenFen, answerBy, answer }: UseQuestion): QuestionCard {
  const isSaid = answer !== 'WAITING';
  const until = answerBy === null ? '' : `请在 ${dayWords(answerBy)}以前答复。`;
  return {
    href: `${MY_QUESTIONS}/${giverId}`,
    tag: isSaid ? tag('blue', `您说：${ANSWER_WORDS[answer]}`) : tag('yellow', '等您答复'),
    words: `您捐的钱还有 ${yuan(frozenFen)}没有用完，想改作别用。`,
    lines: [
      `${purseName(from)} 改到 ${purseName(into)}`,
      isSaid ? '办理以前还可以改主意。' : `${until}您不说，钱就放着不动。`,
    ],
    button: isSaid ? '看一看，改主意' : '去答复',
  };
}

/** One for each year and society in which he gave: a society answers for its own books. */
function statementsOf({ records, gifts }: MyGifts): LinkView[] {
  return records.flatMap(({ donorId, societyId }) => {
    const own = gifts.filter(({ gift }) => gift.donorId === donorId);
    const years = [...new Set(own.map(({ gift }) => yearOf(gift.givenOn)))];
    const holder = own.find(({ gift }) => gift.societyId === societyId)?.holder ?? HIDDEN_HOLDER;
    return years.map((year) => ({
      words: `${year} 年捐赠清单${records.length > 1 ? `，${holder}` : ''}（PDF）`,
      href: `${MY_GIFTS}/statements/${donorId}/${year}/statement.pdf`,
    }));
  });
}

/** By the closed list of causes, most households first. */
export function causesOf(
  uses: readonly ToldUse[],
): { readonly words: string; readonly households: number }[] {
  return countedBy(uses, (use) => use.told?.causeWords ?? '救助');
}

function placesOf(uses: readonly ToldUse[]) {
  return countedBy(uses, (use) => use.told?.place.words ?? '别处');
}

function countedBy(uses: readonly ToldUse[], keyOf: (use: ToldUse) => string) {
  const groups = groupedBy(
    uses.filter(({ usedFen }) => usedFen > 0),
    keyOf,
  );
  return [...groups]
    .map(([words, ofKey]) => ({ words, households: householdsOf(ofKey) }))
    .sort((a, b) => b.households - a.households);
}

function helpedWords(uses: readonly ToldUse[]): string | null {
  const households = householdsOf(uses);
  if (households === 0) return null;
  const causes = causesOf(uses).map(({ words, households: count }) => `${words} ${count}`);
  return `帮助了 ${households} 户：${causes.join(' · ')}`;
}

/** A company reads here what its books ask for; a person what he may want to check. */
function aboutOf({ records, gifts }: MyGifts): SummaryRow[] {
  const [first] = records;
  const uscc = records.find((record) => record.uscc !== null)?.uscc ?? null;
  const valid = gifts
    .flatMap(({ receipts }) => receipts)
    .filter(({ standing }) => standing === 'VALID').length;
  const due = gifts.filter(({ gift }) => gift.receiptState === 'DUE').length;
  return [
    ...(first ? [row(first.kind === 'COMPANY' ? '单位' : '捐赠人', first.shownName)] : []),
    ...(uscc ? [row('信用代码', uscc)] : []),
    row('捐赠', `${gifts.length} 笔`),
    ...goodsRows(gifts),
    row('票据', `开了 ${valid} 张${due > 0 ? `，还有 ${due} 笔待开` : ''}`),
  ];
}

/** Beside the money, whose figures they are not in: goods are worth what they were valued at, and are issued by the piece. */
function goodsRows(gifts: readonly ToldGift[]): SummaryRow[] {
  const goods = gifts.flatMap((gift) => (gift.goods ? [gift.goods] : []));
  if (goods.length === 0) return [];
  const worth = sumOf(goods.map(({ receivedFen }) => receivedFen));
  const households = new Set(
    goods.flatMap(({ issues }) => issues.map(({ told, threadId }) => told?.householdId ?? threadId)),
  ).size;
  return [row('其中物资', `${goods.length} 批，估价 ${yuan(worth)}，发给了 ${households} 户`)];
}

function cardOf({ gift, trace, goods, uses, holder }: ToldGift): MyGiftCard {
  const helped = uses.filter(({ usedFen }) => usedFen > 0);
  const [first, second, third, ...others] = helped;
  const shown = [first, second, third].flatMap((use) => (use ? [useWords(use)] : []));
  return {
    href: `${MY_GIFTS}/gifts/${gift.id}`,
    title: goods
      ? `${dayWords(gift.givenOn)} 捐物资，估价 ${yuan(gift.amountFen)}`
      : `${dayWords(gift.givenOn)} ${gift.nature === 'FEE' ? '会费' : '捐'} ${yuan(gift.amountFen)}`,
    tag: tagOf(trace),
    holder: goods ? (holder ?? HIDDEN_HOLDER) : `${holder ?? HIDDEN_HOLDER} · ${purseName(gift)}`,
    lines: [
      ...(goods ? goodsLines(goods) : []),
      ...shown,
      ...(others.length > 0
        ? [`还有 ${others.length} 笔 ${yuan(sumOf(others.map(({ usedFen }) => usedFen)))}`]
        : []),
      ...(trace.unspentFen > 0 ? [`还没用 ${yuan(trace.unspentFen)}`] : []),
    ],
  };
}

const useWords = ({ told, usedFen }: ToldUse): string =>
  `${told?.causeWords ?? '救助'} ${yuan(usedFen)}${told ? ` · ${told.place.words}` : ''}`;

function tagOf({ receivedFen, usedFen, refundedFen, unspentFen }: GiftTrace): TagView {
  if (receivedFen === 0) return tag('grey', '物资');
  if (usedFen === 0 && refundedFen === receivedFen) return tag('grey', '已退回');
  if (usedFen === 0) return tag('blue', '还没用');
  return unspentFen === 0 ? tag('green', '用完了') : tag('green', '用了一部分');
}

function pagesOf(count: number, page: number): MyGiftsView['pages'] {
  const last = Math.max(1, Math.ceil(count / ON_A_PAGE));
  if (last === 1) return null;
  const at = (number: number) => `${MY_GIFTS}?page=${number}`;
  return {
    words: `第 ${page} 页，共 ${last} 页`,
    newer: page > 1 ? at(page - 1) : null,
    older: page < last ? at(page + 1) : null,
  };
}

/** The page that was asked for; the first for anything that is none. */
export function pageOf(asked: unknown): number {
  return typeof asked === 'string' && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
}

function signatureField(records: readonly MyRecord[], typed: Typed, errors: FieldErrors): ChoiceView {
  const named = records.filter(({ publishesName }) => publishesName).length;
  const now = named === records.length ? 'NAME' : named === 0 ? 'UNNAMED' : '';
  const options = [
    { value: 'NAME', label: '公开姓名（单位名称）' },
    { value: 'UNNAMED', label: `不公开，写“${UNNAMED_DONOR}”` },
  ];
  return choiceField(
    'signature',
    '公示和网上的收支公开里怎么署名？',
    options,
    { signature: now, ...typed },
    errors,
    {
      hint: '收支公开马上照新的写，包括以前捐的；已经贴出去的公示不变',
    },
  );
}

export type MyGiftView = {
  readonly title: string;
  readonly holder: string;
  readonly facts: readonly SummaryRow[];
  readonly receipts: readonly { readonly words: string; readonly href: string; readonly tag: TagView }[];
  readonly share: string | null;
  readonly body: TraceBody;
};

export function myGiftView(told: ToldGift): MyGiftView {
  const { gift, goods, receipts, holder, uses } = told;
  return {
    title: goods
      ? `${dayWords(gift.givenOn)}捐的物资，估价 ${unbroken(gift.amountFen)}`
      : `${dayWords(gift.givenOn)}${gift.nature === 'FEE' ? '的会费' : '捐的'} ${unbroken(gift.amountFen)}`,
    holder: holder ?? HIDDEN_HOLDER,
    facts: [
      row('用途', INTENT_WORDS[gift.intent]),
      ...(goods ? [] : [row('记在', purseName(gift))]),
      row('票据', receipts.length > 0 ? `${receipts.length} 张` : RECEIPT_STATE_WORDS[gift.receiptState]),
    ],
    receipts: receipts.map(({ id, number, standing, issuedOn }) => ({
      words: `下载票据 ${number}（${dayWords(issuedOn)}开）`,
      href: `${MY_GIFTS}/receipts/${id}/receipt.pdf`,
      tag: tag(standing === 'VALID' ? 'green' : 'grey', RECEIPT_STANDING_WORDS[standing]),
    })),
    share: uses.length > 0 ? `${MY_GIFTS}/gifts/${gift.id}/share.png` : null,
    body: traceBody(told),
  };
}

export type ShareView = { readonly title: string; readonly plain: string; readonly withAmount: string };

export const shareView: ShareView = {
  title: '分享图',
  plain: `${MY_GIFTS}/share.png`,
  withAmount: `${MY_GIFTS}/share.png?amount=yes`,
};

/** What a picture may say of these gifts; `signature` is the public name, where the donor wants it public. */
export function sharedOf(gifts: readonly ToldGift[], signature: string | null): Shared {
  const uses = gifts.flatMap((gift) => gift.uses);
  return {
    households: householdsOf(uses),
    causes: causesOf(uses),
    amountFen: totalsOf(gifts.map(({ trace }) => trace)).receivedFen,
    signature: signature ?? UNNAMED_DONOR,
  };
}

/** Of the sheet's name. */
export const sheetName = (today: Day): string => `donations-${yearOf(today)}`;
