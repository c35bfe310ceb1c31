import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import type { Purse } from '../../ledger/index.js';
import type { ReceiptStanding } from '../domain/receipt.js';
import { TRACE_RULE, useDate } from './trace.views.js';
import type { ToldGift } from './trace.reading.js';

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
  readonly movedFen: Fen;
  readonly unspentFen: Fen;
  readonly frozenFen: Fen;
  readonly uses: readonly UseJson[];
  readonly left: readonly (Purse & { readonly amountFen: Fen })[];
  readonly rule: string;
  readonly bookedAt: Date | null;
};

export type ReceiptTraceJson = TraceJson & {
  readonly receipt: {
    readonly number: string;
    readonly issuedOn: Day;
    readonly amountFen: Fen;
    readonly state: ReceiptStanding;
  };
};

export function traceJson({ gift, trace, uses, holder, bookedAt }: ToldGift): TraceJson {
  const { receivedFen, usedFen, refundedFen, movedFen, unspentFen, frozenFen, left } = trace;
  return {
    ...{ givenOn: gift.givenOn, form: gift.form, holder, fund: gift.fund, restriction: gift.restriction },
    ...{ receivedFen, usedFen, refundedFen, movedFen, unspentFen, frozenFen },
    uses: uses.map(({ told, ...use }) => ({
      cause: told?.causeWords ?? '救助',
      place: told?.place.words ?? '',
      ...{ usedFen: use.usedFen, recoveredFen: use.recoveredFen, paidOn: useDate(told, use.paidOn) },
      noticeNumber: told?.notice?.number ?? null,
      noticeCode: told?.notice?.code ?? null,
    })),
    left,
    rule: TRACE_RULE,
    bookedAt,
  };
}
