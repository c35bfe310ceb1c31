import { Injectable } from '@nestjs/common';
import { addDays } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { GoodsNotFound } from '../domain/goods.errors.js';
import { CHECK_BEFORE_DAYS } from '../domain/goods.js';
import type { Evidence, GoodsMoveKind, GoodsState } from '../domain/goods.js';

export type DeliveryRow = {
  readonly id: string;
  readonly societyId: string;
  readonly donorId: string | null;
  /** A company by its name, a person masked; null for whoever did not say. */
  readonly shownName: string | null;
  readonly state: GoodsState;
  readonly receivedOn: Day;
  readonly intentWords: string;
  readonly recordedBy: string | null;
  readonly inspectedBy: string | null;
  readonly inspectedAt: Date | null;
  readonly finding: string | null;
  readonly giftId: string | null;
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
  readonly valueFen: Fen;
};

export type ItemRow = {
  readonly id: string;
  readonly deliveryId: string;
  readonly donorId: string | null;
  readonly shownName: string | null;
  readonly name: string;
  readonly unit: string;
  readonly quantity: number;
  readonly accepted: number | null;
  readonly expiresOn: Day | null;
  readonly unitValueFen: Fen | null;
  readonly evidence: Evidence | null;
  readonly inStock: number;
};

export type MoveRow = {
  readonly id: string;
  readonly kind: GoodsMoveKind;
  readonly quantity: number;
  readonly amountFen: Fen;
  readonly movedOn: Day;
  readonly threadId: string | null;
  readonly number: string | null;
  readonly reason: string | null;
  readonly slipId: string | null;
  readonly voucherId: string | null;
  readonly movedAt: Date;
};

type Num = number | string;
type RawDelivery = Omit<DeliveryRow, 'inspectedAt' | 'valueFen'> & {
  inspectedAt: Date | string | null;
  valueFen: Num;
};
type RawItem = Omit<ItemRow, 'unitValueFen'> & { unitValueFen: Num | null };

const DELIVERY = `
  SELECT g.id AS "id", g.society_id AS "societyId", g.donor_id AS "donorId", d.shown_name AS "shownName",
         g.state AS "state", g.received_on AS "receivedOn", g.intent_words AS "intentWords",
         g.recorded_by AS "recordedBy", g.inspected_by AS "inspectedBy", g.inspected_at AS "inspectedAt",
         g.finding AS "finding", g.gift_id AS "giftId", g.voucher_id AS "voucherId", v.number AS "voucherNumber",
         (SELECT COALESCE(SUM(i.accepted * i.unit_value_fen), 0) FROM goods_items i
          WHERE i.delivery_id = g.id) AS "valueFen"
  FROM goods_deliveries g LEFT JOIN donors d ON d.id = g.donor_id LEFT JOIN vouchers v ON v.id = g.voucher_id `;

const ITEM = `
  SELECT i.id AS "id", i.delivery_id AS "deliveryId", g.donor_id AS "donorId", d.shown_name AS "shownName",
         i.name AS "name", i.unit AS "unit", i.quantity AS "quantity", i.accepted AS "accepted",
         i.expires_on AS "expiresOn", i.unit_value_fen AS "unitValueFen", i.evidence AS "evidence",
         i.in_stock AS "inStock"
  FROM goods_items i JOIN goods_deliveries g ON g.id = i.delivery_id LEFT JOIN donors d ON d.id = g.donor_id `;

const MOST_ON_A_PAGE = 200;

@Injectable()
export class GoodsQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's goods are not found, like what never was (D4-69). */
  async delivery(societyId: string, deliveryId: string): Promise<DeliveryRow> {
    const [row] = await this.deliveryRows`WHERE g.society_id = ${societyId} AND g.id = ${deliveryId}`;
    if (!row) throw new GoodsNotFound();
    return row;
  }

  /** What waits to be looked over, valued or taken in, the oldest first. */
  async waiting(societyId: string): Promise<DeliveryRow[]> {
    return this.deliveryRows`
      WHERE g.society_id = ${societyId} AND g.state IN ('RECEIVED', 'INSPECTED', 'VALUED')
      ORDER BY g.id LIMIT ${MOST_ON_A_PAGE}`;
  }

  async done(societyId: string): Promise<DeliveryRow[]> {
    return this.deliveryRows`
      WHERE g.society_id = ${societyId} AND g.state IN ('STOCKED', 'REFUSED')
      ORDER BY g.received_on DESC, g.id DESC LIMIT 50`;
  }

  async items(deliveryId: string): Promise<ItemRow[]> {
    return this.itemRows`WHERE i.delivery_id = ${deliveryId} ORDER BY i.position`;
  }

  async item(societyId: string, itemId: string): Promise<ItemRow> {
    const [row] = await this.itemRows`WHERE i.society_id = ${societyId} AND i.id = ${itemId}`;
    if (!row) throw new GoodsNotFound();
    return row;
  }

  /** What is on the shelf: what expires first stands first. */
  async stock(societyId: string): Promise<ItemRow[]> {
    return this.itemRows`
      WHERE i.society_id = ${societyId} AND i.in_stock > 0
      ORDER BY COALESCE(i.expires_on, '9999-12-31'), i.id LIMIT ${MOST_ON_A_PAGE}`;
  }

  async moves(itemId: string): Promise<MoveRow[]> {
    const rows = await this.reads.all<
      Omit<MoveRow, 'amountFen' | 'movedAt' | 'quantity'> & {
        amountFen: Num;
        quantity: Num;
        movedAt: Date | string;
      }
    >`
      SELECT id AS "id", kind AS "kind", quantity AS "quantity", amount_fen AS "amountFen", moved_on AS "movedOn",
             thread_id AS "threadId", number AS "number", reason AS "reason", slip_id AS "slipId",
             voucher_id AS "voucherId", moved_at AS "movedAt"
      FROM goods_moves WHERE item_id = ${itemId} ORDER BY id`;
    return rows.map((row) => ({
      ...row,
      quantity: Number(row.quantity),
      amountFen: fen(Number(row.amountFen)),
      movedAt: instantOf(row.movedAt),
    }));
  }

  /** What somebody has to look at before it expires and nobody was asked about yet. For the clock: of every society. */
  async expiring(today: Day): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM goods_items
      WHERE expires_on <= ${addDays(today, CHECK_BEFORE_DAYS)} AND in_stock > 0 AND checked_at IS NULL
      ORDER BY expires_on, id LIMIT 100`;
    return rows.map(({ id }) => id);
  }

  private async deliveryRows(text: TemplateStringsArray, ...values: Value[]): Promise<DeliveryRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([DELIVERY + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawDelivery>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      inspectedAt: optionalInstantOf(row.inspectedAt),
      valueFen: fen(Number(row.valueFen)),
    }));
  }

  private async itemRows(text: TemplateStringsArray, ...values: Value[]): Promise<ItemRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([ITEM + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawItem>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      unitValueFen: row.unitValueFen === null ? null : fen(Number(row.unitValueFen)),
    }));
  }
}
