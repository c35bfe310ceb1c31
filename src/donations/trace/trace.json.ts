import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import type { Purse } from '../../ledger/index.js';
import type { ReceiptStanding } from '../domain/receipt.js';
import { TRACE_RULE, useDate } from './trace.views.js';
import type { ItemTrace } from '../domain/goods-trace.js';
import type { ToldGift, ToldGoods } from './trace.reading.js';

export type UseJson = {
  readonly cause: string;
  readonly place: string;
  readonly usedFen: Fen;
  readonly recoveredFen: Fen;
  /** A day; the month alone (2026-03) where the place is not the family's own. */
  readonly paidOn: string;
  readonly noticeNumber: string | null;
  readonly noticeCode: string | null;
};

export type GoodsJson = {
  readonly receivedFen: Fen;
  readonly issuedFen: Fen;
  readonly disposedFen: Fen;
  readonly stockFen: Fen;
  /** To how many cases pieces went. */
  readonly cases: number;
  readonly items: readonly ItemTrace[];
  readonly issues: readonly {
    readonly name: string;
    readonly unit: string;
    readonly quantity: number;
    readonly valueFen: Fen;
    readonly cause: string;
    readonly place: string;
    /** A day; the month alone where the place is not the family's own. */
    readonly issuedOn: string;
    readonly noticeNumber: string | null;
    readonly noticeCode: string | null;
  }[];
};

/** What became of one gift, for programs: the same facts as the page, and none more. */
export type TraceJson = {
  readonly givenOn: Day;
  readonly form: ToldGift['gift']['form'];
  /** Null where the name would give the village of a family away. */
  readonly holder: string | null;
  readonly fund: string;
  readonly restriction: string;
  readonly receivedFen: Fen;
  readonly usedFen: Fen;
  readonly refundedFen: Fen;
  readonly managedFen: Fen;
  readonly movedFen: Fen;
  readonly unspentFen: Fen;
  readonly frozenFen: Fen;
  readonly uses: readonly UseJson[];
  /** Null for money. */
  readonly goods: GoodsJson | null;
  readonly left: readonly (Purse & { readonly amountFen: Fen })[];
  readonly rule: string;
  /** An instant; the month alone (2026-03) where it would give the day of a payment away. */
  readonly bookedAt: string | null;
};

export type ReceiptTraceJson = TraceJson & {
  readonly receipt: {
    readonly number: string;
    readonly issuedOn: Day;
    readonly amountFen: Fen;
    readonly state: ReceiptStanding;
  };
};

export function traceJson({ gift, trace, goods, uses, holder, booked }: ToldGift): TraceJson {
  const { receivedFen, usedFen, refundedFen, managedFen, movedFen, unspentFen, frozenFen, left } = trace;
  return {
    ...{ givenOn: gift.givenOn, form: gift.form, holder, fund: gift.fund, restriction: gift.restriction },
    ...{ receivedFen, usedFen, refundedFen, managedFen, movedFen, unspentFen, frozenFen },
    uses: uses.map(({ told, ...use }) => ({
      cause: told?.causeWords ?? '救助',
      place: told?.place.words ?? '',
      ...{ usedFen: use.usedFen, recoveredFen: use.recoveredFen, paidOn: useDate(told, use.paidOn) },
      noticeNumber: told?.notice?.number ?? null,
      noticeCode: told?.notice?.code ?? null,
    })),
    left,
    goods: goods && goodsJson(goods),
    rule: TRACE_RULE,
    bookedAt: booked && (booked.isToTheMinute ? booked.at.toISOString() : dayOf(booked.at).slice(0, 7)),
  };
}

function goodsJson({ items, issues, ...goods }: ToldGoods): GoodsJson {
  const { receivedFen, issuedFen, disposedFen, stockFen } = goods;
  return {
    ...{ receivedFen, issuedFen, disposedFen, stockFen, items },
    cases: new Set(issues.map(({ threadId }) => threadId)).size,
    issues: issues.map(({ told, name, unit, quantity, valueFen, on }) => ({
      ...{ name, unit, quantity, valueFen },
      cause: told?.causeWords ?? '救助',
      place: told?.place.words ?? '',
      issuedOn: useDate(told, on),
      noticeNumber: told?.notice?.number ?? null,
      noticeCode: told?.notice?.code ?? null,
    })),
  };
}
