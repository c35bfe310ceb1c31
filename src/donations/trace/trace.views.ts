import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { dayOf, monthOf, yearOf } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { purseName, UNCLAIMED, UNRESTRICTED } from '../../ledger/index.js';
import type { Purse } from '../../ledger/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { errorsOf, event, textField } from '../../platform/web/views.js';
import type { ErrorView, TextFieldView, TimelineEvent } from '../../platform/web/views.js';
import type { PublicReceipt } from '../receipts/receipts.queries.js';
import type { ToldGift, ToldUse } from './trace.reading.js';
import type { ShownUse } from './uses-of-gifts.js';

/** How money finds its use (architecture.md 3): printed on every page that shows it. */
export const TRACE_RULE = '先按您指定的用途，再按先捐先用。一分钱只算一次。';

/** A row of the list that stands for the flow: on a phone a drawing of it could not be read. */
export type FlowRow = { readonly label: string; readonly amount: string; readonly words: string };

export type UseView = {
  readonly amount: string;
  readonly cause: string;
  readonly words: string;
  readonly notice: { readonly words: string; readonly href: string } | null;
};

/** What both the public page and the donor's own say of one gift. */
export type TraceBody = {
  /** Parts of a hundred, for the bar; its words say the same. */
  readonly bar: {
    readonly words: string;
    readonly used: number;
    readonly back: number;
    readonly backAt: number;
  };
  readonly flow: readonly FlowRow[];
  readonly uses: readonly UseView[];
  readonly noUse: string;
  readonly left: readonly string[];
  readonly events: readonly TimelineEvent[];
  readonly cut: string | null;
  readonly rule: string;
  readonly hidden: string | null;
  readonly updated: string;
};

/** More than that nobody reads: the list above has them all. */
const MOST_EVENTS = 40;

const yuan = (amount: Fen): string => `${yuanText(amount)} 元`;
/** For a heading: the unit does not fall into the next line. */
export const unbroken = (amount: Fen): string => `${yuanText(amount)}\u00a0元`;

/** Where the place is not the family's own, a day with its amount would lead to the open books of the village. */
const showsDay = (told: ShownUse | null): boolean => told?.place.isOwn === true;

/** When money went to a case, or came back from it: the day, or the month alone (2026-03). */
export const useDate = (told: ShownUse | null, on: Day): string => (showsDay(told) ? on : on.slice(0, 7));

const monthWords = (on: Day): string => `${yearOf(on)}年${monthOf(on)}月`;

export const useDateWords = (told: ShownUse | null, on: Day): string =>
  showsDay(told) ? dayWords(on) : monthWords(on);

const isHelp = ({ usedFen, recoveredFen }: ToldUse): boolean => usedFen > 0 || recoveredFen > 0;

/** How many households had of these gifts: counted, and named nowhere. */
export function householdsOf(uses: readonly ToldUse[]): number {
  return new Set(
    uses.filter(({ usedFen }) => usedFen > 0).map(({ told, threadId }) => told?.householdId ?? threadId),
  ).size;
}

/** How old the figures are (pages.md 3.1): to the minute, or to the month. */
export function updatedWords({ booked }: ToldGift): string {
  if (!booked) return '账上还没有记过凭证。';
  const { at: last, isToTheMinute } = booked;
  const when = isToTheMinute ? instantWords(last) : monthWords(dayOf(last));
  return `照账上的凭证一分一分算出来，账记到 ${when}。`;
}

/** What became of one gift of money; goods are told by the piece (goods-trace.views.ts). */
export function moneyBody(told: ToldGift): TraceBody {
  const { trace, uses } = told;
  const helped = uses.filter(isHelp);
  const { shown, cut } = cutOf(eventsOf(told));
  return {
    bar: barOf(told),
    flow: flowOf(told, householdsOf(uses)),
    uses: helped.toSorted((a, b) => (a.paidOn < b.paidOn ? 1 : -1)).map(useView),
    noUse:
      trace.receivedFen === 0
        ? '这一笔没有进资金池。'
        : '还没有用出去。有家庭遇到急难，轮到这笔钱时就会用上。',
    left: leftWords(told),
    events: shown,
    cut,
    rule: TRACE_RULE,
    hidden: hiddenWords(helped),
    updated: updatedWords(told),
  };
}

function barOf({
  trace: { receivedFen, usedFen, refundedFen, managedFen, unspentFen },
}: ToldGift): TraceBody['bar'] {
  const partOf = (amount: Fen) => (receivedFen === 0 ? 0 : Math.round((amount * 100) / receivedFen));
  // What paid for the running of the house is spent like what went to families; its words say which is which.
  const [used, back] = [partOf(fen(usedFen + managedFen)), partOf(refundedFen)];
  const words = `用了 ${yuan(usedFen)}，${managedFen > 0 ? `管理费用 ${yuan(managedFen)}，` : ''}${refundedFen > 0 ? `退了 ${yuan(refundedFen)}，` : ''}还剩 ${yuan(unspentFen)}`;
  return { words, used, back, backAt: used };
}

function flowOf({ gift, trace }: ToldGift, households: number): FlowRow[] {
  const { receivedFen, usedFen, refundedFen, managedFen, unspentFen } = trace;
  const row = (label: string, amount: Fen, words: string): FlowRow => ({
    label,
    amount: yuan(amount),
    words,
  });
  return [
    row('收到', receivedFen, `${dayWords(gift.givenOn)}，记进“${purseName(gift)}”`),
    row('用了', usedFen, households > 0 ? `帮助了 ${households} 户` : '还没有用出去'),
    ...(managedFen > 0 ? [row('管理费用', managedFen, '照您书面同意的，付办事的开支')] : []),
    ...(refundedFen > 0 ? [row('退回', refundedFen, '退还给捐赠人')] : []),
    row('还剩', unspentFen, unspentFen > 0 ? '在池里' : '都用完了'),
  ];
}

function useView(use: ToldUse): UseView {
  const { told, usedFen, recoveredFen, paidOn } = use;
  const where = told ? `${told.place.words} · ` : '';
  const back = recoveredFen > 0 ? `；后来追回 ${yuan(recoveredFen)}，回到池里` : '';
  return {
    amount: yuan(usedFen),
    cause: told?.causeWords ?? '救助',
    words: `${where}${useDateWords(told, paidOn)}打款${back}`,
    notice: told?.notice ? { words: `看公示 ${told.notice.number}`, href: `/n/${told.notice.code}` } : null,
  };
}

/** What is left, where it lies, and why it was not used (pages.md 3.2). */
function leftWords({ trace }: ToldGift): string[] {
  const { left, frozenFen } = trace;
  return [
    ...left.map((part) => `${yuan(part.amountFen)}在“${purseName(part)}”里，${waitsFor(part)}`),
    ...(frozenFen > 0
      ? [`其中 ${yuan(frozenFen)} 先冻结着：在等捐赠人答复变更用途，或者在办退款，办完以前不动用。`]
      : []),
  ];
}

function waitsFor({ fund, restriction }: Purse): string {
  if (fund === UNCLAIMED.fund) return '还没有查清是谁捐的，不动用。';
  return restriction === UNRESTRICTED
    ? '等下一户有急难的家庭。'
    : `只用于${restriction}，等下一户符合的家庭。`;
}

/** Says that something is not shown, and why: a blank would look like a secret. */
export function hiddenWords(uses: readonly { readonly told: ShownUse | null }[]): string | null {
  return uses.some(({ told }) => told?.place.isOwn === false)
    ? '为了不让人认出受助的家庭，一个村救助满 5 件以前，不写村名，日期只写到月，也不连到公示。'
    : null;
}

/** `on` sorts: a day, or a month that is said without its day. */
export type Told = { readonly on: string; readonly rank: number; readonly event: TimelineEvent };

function eventsOf(gift: ToldGift): TimelineEvent[] {
  return inOrder([...incomeEvents(gift), ...receiptEvents(gift), ...useEvents(gift), ...otherEvents(gift)]);
}

export function inOrder(told: readonly Told[]): TimelineEvent[] {
  return told
    .map((each, place) => ({ ...each, place }))
    .sort((a, b) => (a.on === b.on ? a.rank - b.rank || a.place - b.place : a.on < b.on ? -1 : 1))
    .map((each) => each.event);
}

export const at = (
  on: Day,
  rank: number,
  words: string,
  who: string | null = null,
  href: string | null = null,
): Told => ({
  on,
  rank,
  event: event(dayWords(on), words, who, href),
});

/**
 * A step of a use. Without its day it stands after all that has a day in that month, and its steps in the order in which
 * they were booked: its place in the row tells no day, either.
 */
export function atUse(
  told: ShownUse | null,
  on: Day,
  rank: number,
  words: string,
  who: string | null = null,
): Told {
  if (showsDay(told)) return at(on, rank, words, who);
  const month = { on: `${useDate(told, on)}-99`, rank: Math.min(rank, 5) };
  return { ...month, event: event(useDateWords(told, on), words, who, null) };
}

function incomeEvents({ gift, trace }: ToldGift): Told[] {
  const how = gift.method === 'CASH' ? '（现金）' : gift.method === 'BANK' ? '（转账）' : '';
  const booked = dayOf(gift.recordedAt);
  return [
    at(gift.givenOn, 0, `收到 ${yuan(gift.amountFen)}${how}`),
    ...(trace.receivedFen > 0 ? [at(booked, 2, `入池：记进“${purseName(gift)}”`, '会计')] : []),
  ];
}

export function receiptEvents({ receipts }: Pick<ToldGift, 'receipts'>): Told[] {
  return receipts.map(({ kind, number, issuedOn }) =>
    kind === 'RED'
      ? at(issuedOn, 7, `红冲票据，红字 ${number}`, '会计')
      : at(issuedOn, 3, `开票据 ${number}`, '会计'),
  );
}

function useEvents({ uses, trace }: ToldGift): Told[] {
  const known = new Map(uses.map((use) => [use.threadId, use.told]));
  const decided = uses
    .filter(isHelp)
    .flatMap(({ told }) =>
      told?.decidedOn ? [atUse(told, told.decidedOn, 4, `${told.decidedWords}：${told.causeWords}`)] : [],
    );
  const noticed = uses.filter(isHelp).flatMap(({ told }) => noticeEvents(told?.notice ?? null));
  const moved = trace.lines.flatMap(({ kind, amountFen, threadId, day }) => {
    const told = known.get(threadId ?? '') ?? null;
    const amount = yuan(fen(Math.abs(amountFen)));
    const cause = told ? `：${told.causeWords}，${told.place.words}` : '';
    if (kind === 'PAID') return [atUse(told, day, 5, `打款，用了您的 ${amount}${cause}`, '出纳')];
    if (kind === 'RETURNED') return [atUse(told, day, 6, `银行把打款退了回来，${amount} 回到池里`)];
    if (kind === 'RECOVERED') return [atUse(told, day, 6, `追回 ${amount}，回到池里`)];
    return [];
  });
  return [...decided, ...moved, ...noticed];
}

function noticeEvents(
  notice: { number: string; code: string; postedOn: Day | null; endedOn: Day | null } | null,
) {
  if (!notice) return [];
  const { number, code, postedOn, endedOn } = notice;
  return [
    ...(postedOn ? [at(postedOn, 8, `公示 ${number}`, null, `/n/${code}`)] : []),
    ...(endedOn ? [at(endedOn, 9, '公示期满')] : []),
  ];
}

function otherEvents({ trace }: ToldGift): Told[] {
  return [
    ...trace.refunds.map(({ day, amountFen }) => at(day, 7, `退还给捐赠人 ${yuan(amountFen)}`)),
    ...trace.managed.map(({ day, amountFen }) => at(day, 7, `付管理费用 ${yuan(amountFen)}`, '会计')),
    ...trace.moves.map(({ day, amountFen, from, to }) =>
      from.fund === UNCLAIMED.fund
        ? at(day, 1, `查清了是谁捐的，${yuan(amountFen)} 转出“${UNCLAIMED.fund}”`, '会计')
        : at(
            day,
            7,
            `变更用途：${yuan(amountFen)} 从“${purseName(from)}”转到“${to ? purseName(to) : '别处'}”`,
          ),
    ),
    ...trace.lines
      .filter(({ kind }) => kind === 'REVERSED')
      .map(({ day, amountFen }) => at(day, 7, `记错了，冲销 ${yuan(amountFen)}`, '会计')),
  ];
}

/** How it began and what came last; the middle of a long road is in the list. */
export function cutOf(events: readonly TimelineEvent[]): {
  shown: readonly TimelineEvent[];
  cut: string | null;
} {
  if (events.length <= MOST_EVENTS) return { shown: events, cut: null };
  const [first, last] = [events.slice(0, 3), events.slice(3 - MOST_EVENTS)];
  return {
    shown: [...first, ...last],
    cut: `中间还有 ${events.length - MOST_EVENTS} 步没有列出，每一笔用途都在上面的明细里。`,
  };
}

export type PublicTraceView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly ask: { readonly number: TextFieldView; readonly code: TextFieldView } | null;
  readonly found: {
    readonly lead: string;
    readonly holder: string;
    readonly receipt: string;
    readonly warning: string | null;
    readonly body: TraceBody;
  } | null;
};

/** Number and code are typed off the paper. They are asked for in the open address, as the QR of the receipt gives them. */
export function askTraceView(typed: Typed, errors: FieldErrors): PublicTraceView {
  return {
    title: '查捐款去向',
    errors: errorsOf(errors),
    ask: {
      number: textField('no', '票据号码', typed, errors, {
        inputmode: 'numeric',
        hint: '在捐赠票据上，如 2026000123',
      }),
      code: textField('code', '校验码', typed, errors, { hint: '在票据上，字母和数字', short: true }),
    },
    found: null,
  };
}

export function publicTraceView(told: ToldGift, receipt: PublicReceipt, body: TraceBody): PublicTraceView {
  return {
    title: titleOf(told),
    errors: [],
    ask: null,
    found: {
      lead: leadOf(told),
      holder: told.holder ?? HIDDEN_HOLDER,
      receipt: `票据 ${receipt.number}，${dayWords(receipt.issuedOn)}开`,
      warning: standingWords(receipt, told),
      body,
    },
  };
}

export const HIDDEN_HOLDER = '您捐给的互助社';

function titleOf({ gift, goods, uses }: ToldGift): string {
  if (goods) return `您捐的物资，${goods.issues.length > 0 ? '发到了哪里' : '现在在哪里'}`;
  const households = householdsOf(uses);
  const amount = unbroken(gift.amountFen);
  return households > 0 ? `从您的 ${amount}，到 ${households} 户人家` : `您的 ${amount}，现在在哪里`;
}

function leadOf({ gift, trace }: ToldGift): string {
  if (gift.form === 'GOODS') return '这一笔是物资，按估值开的票据。每一件发到了哪里，都在这里。';
  return trace.receivedFen === 0 ? '这一笔已经冲销。' : '每一分钱用到了哪里，都在这里。';
}

function standingWords({ state, number }: PublicReceipt, { receipts }: ToldGift): string | null {
  if (state === 'VALID') return null;
  const valid = receipts.find(({ standing, number: other }) => standing === 'VALID' && other !== number);
  const words = state === 'RED' ? '这是一张红字票据，冲的是原来那张。' : '这张票据已经红冲作废。';
  return `${words}${valid ? `后来重开了一张，${dayWords(valid.issuedOn)}开。` : '没有重开。'}`;
}
