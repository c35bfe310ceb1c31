import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';
import { BalancesStore } from './balances.store.js';
import { goodsGoneOf, goodsGivenOf, goodsIssuedOf } from './domain/entries.js';
import { inPurse, POOL } from './domain/funds.js';
import { refuseNothing } from './domain/ledger.errors.js';
import type { Booked, DraftVoucher } from './domain/voucher.js';
import { VouchersStore } from './vouchers.store.js';

export type GoodsEvent = {
  readonly societyId: string;
  readonly amountFen: Fen;
  readonly day: Day;
  readonly cause: string;
  readonly summary: string;
  /** The case that they went to. */
  readonly threadId: string | null;
};

/**
 * Goods in the books, as steps of another context's unit of work. They are no money: no purse holds more or less of
 * them, no lot is opened, and no payment can take of them.
 */
@Injectable()
export class GoodsMoneyService {
  constructor(
    private readonly balances: BalancesStore,
    private readonly vouchers: VouchersStore,
    private readonly clock: Clock,
  ) {}

  receive(tx: Tx, event: GoodsEvent): Promise<Booked> {
    return this.post(tx, event, goodsGivenOf);
  }

  issue(tx: Tx, event: GoodsEvent): Promise<Booked> {
    return this.post(tx, event, goodsIssuedOf);
  }

  dispose(tx: Tx, event: GoodsEvent): Promise<Booked> {
    return this.post(tx, event, goodsGoneOf);
  }

  private async post(
    tx: Tx,
    { societyId, threadId, ...event }: GoodsEvent,
    draftOf: (event: Parameters<typeof goodsGivenOf>[0]) => DraftVoucher,
  ): Promise<Booked> {
    refuseNothing(event.amountFen);
    const { bookId } = await this.balances.pool(tx, societyId);
    const draft = draftOf({ ...event, of: inPurse(POOL, societyId, threadId) });
    return this.vouchers.post(tx, bookId, draft, this.clock.now());
  }
}
