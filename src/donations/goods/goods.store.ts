import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { AlreadyExpired, GoodsMovedOn, GoodsNotFound, StockShort } from '../domain/goods.errors.js';
import { GOODS_STATE_WORDS, isExpired } from '../domain/goods.js';
import type { Evidence, GoodsState, Inspected } from '../domain/goods.js';
import { GoodsDelivery, GoodsItem, GoodsMove } from './goods.entity.js';

/** Rows of goods; another society's are not found. Each change says from which state it may be made. */
@Injectable()
export class GoodsStore {
  async insert(tx: Tx, delivery: GoodsDelivery, items: readonly GoodsItem[]): Promise<void> {
    await tx.insert(GoodsDelivery, delivery);
    await tx.insert(GoodsItem, [...items]);
  }

  /** Takes a delivery for this unit in one of the states that it must be in. */
  async take(
    tx: Tx,
    societyId: string,
    deliveryId: string,
    states: readonly GoodsState[],
  ): Promise<GoodsDelivery> {
    await tx.changeOne(() => new GoodsNotFound())`
      UPDATE goods_deliveries SET version = version + 1 WHERE id = ${deliveryId} AND society_id = ${societyId}`;
    const row = await tx.rows.findOneBy(GoodsDelivery, { id: deliveryId, societyId });
    if (!row) throw new StaleSnapshot('The goods came a moment ago');
    if (!states.includes(row.state)) throw new GoodsMovedOn(GOODS_STATE_WORDS[row.state]);
    return row;
  }

  async itemsOf(tx: Tx, deliveryId: string): Promise<GoodsItem[]> {
    return tx.rows.find(GoodsItem, { where: { deliveryId }, order: { position: 'ASC' } });
  }

  async inspect(
    tx: Tx,
    { id }: GoodsDelivery,
    now: {
      readonly state: GoodsState;
      readonly by: string | null;
      readonly at: Date;
      readonly finding: string | null;
    },
  ): Promise<void> {
    await tx.changeOne(() => new GoodsMovedOn(GOODS_STATE_WORDS.INSPECTED))`
      UPDATE goods_deliveries SET state = ${now.state}, inspected_by = ${now.by}, inspected_at = ${now.at},
             finding = ${now.finding}
      WHERE id = ${id} AND state = 'RECEIVED'`;
  }

  async accept(tx: Tx, { id }: GoodsItem, { accepted, expiresOn }: Inspected): Promise<void> {
    await tx.changeOne(() => new GoodsNotFound())`
      UPDATE goods_items SET accepted = ${accepted}, expires_on = ${expiresOn} WHERE id = ${id} AND in_stock = 0`;
  }

  async value(
    tx: Tx,
    { id }: GoodsItem,
    { unitValueFen, evidence }: { readonly unitValueFen: Fen; readonly evidence: Evidence },
  ): Promise<void> {
    await tx.changeOne(() => new GoodsNotFound())`
      UPDATE goods_items SET unit_value_fen = ${unitValueFen}, evidence = ${evidence} WHERE id = ${id} AND in_stock = 0`;
  }

  async valued(tx: Tx, { id }: GoodsDelivery, by: string | null): Promise<void> {
    await tx.changeOne(() => new GoodsMovedOn(GOODS_STATE_WORDS.VALUED))`
      UPDATE goods_deliveries SET state = 'VALUED', valued_by = ${by}
      WHERE id = ${id} AND state IN ('INSPECTED', 'VALUED')`;
  }

  async stocked(
    tx: Tx,
    { id }: GoodsDelivery,
    now: { readonly giftId: string; readonly voucherId: string; readonly at: Date },
  ): Promise<void> {
    await tx.changeOne(() => new GoodsMovedOn(GOODS_STATE_WORDS.STOCKED))`
      UPDATE goods_deliveries SET state = 'STOCKED', gift_id = ${now.giftId}, voucher_id = ${now.voucherId},
             stocked_at = ${now.at}
      WHERE id = ${id} AND state = 'VALUED'`;
  }

  async putOnShelf(tx: Tx, { id }: GoodsItem, quantity: number): Promise<void> {
    await tx.changeOne(() => new GoodsMovedOn(GOODS_STATE_WORDS.STOCKED))`
      UPDATE goods_items SET in_stock = in_stock + ${quantity} WHERE id = ${id} AND in_stock = 0`;
  }

  /** So many pieces leave the shelf: the guard is the WHERE, so that the last piece goes to one of ten who ask at once. */
  async issue(tx: Tx, societyId: string, itemId: string, quantity: number, today: Day): Promise<GoodsItem> {
    const left = await tx.change`
      UPDATE goods_items SET in_stock = in_stock - ${quantity}
      WHERE id = ${itemId} AND society_id = ${societyId} AND in_stock >= ${quantity}
        AND (expires_on IS NULL OR expires_on >= ${today})`;
    const item = await this.get(tx, societyId, itemId);
    if (left === 1) return item;
    if (isExpired(item.expiresOn, today)) throw new AlreadyExpired(item.name, item.expiresOn ?? '');
    throw new StockShort(item.name, item.inStock, quantity);
  }

  /** The same for what is broken or expired. */
  async dispose(tx: Tx, societyId: string, itemId: string, quantity: number): Promise<GoodsItem> {
    const left = await tx.change`
      UPDATE goods_items SET in_stock = in_stock - ${quantity}
      WHERE id = ${itemId} AND society_id = ${societyId} AND in_stock >= ${quantity}`;
    const item = await this.get(tx, societyId, itemId);
    if (left === 1) return item;
    throw new StockShort(item.name, item.inStock, quantity);
  }

  /** Says once that somebody is to look at it; a second program that wakes at the same moment finds it said. */
  async markForCheck(tx: Tx, itemId: string, at: Date): Promise<boolean> {
    const marked = await tx.change`
      UPDATE goods_items SET checked_at = ${at} WHERE id = ${itemId} AND checked_at IS NULL AND in_stock > 0`;
    return marked === 1;
  }

  async insertMove(tx: Tx, move: GoodsMove): Promise<void> {
    await tx.insert(GoodsMove, move);
  }

  async get(tx: Tx, societyId: string, itemId: string): Promise<GoodsItem> {
    const row = await tx.rows.findOneBy(GoodsItem, { id: itemId, societyId });
    if (!row) throw new GoodsNotFound();
    return row;
  }
}
