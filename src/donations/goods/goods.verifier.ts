import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../../kernel/fen.js';
import { Reads } from '../../platform/database/reads.js';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';

type Sum = number | string;
const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/** Recomputes the shelf from its moves, and what it is worth from the books. */
@Injectable()
export class GoodsVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [...(await this.shelf()), ...(await this.worth()), ...(await this.gifts())];
  }

  /** What came to the shelf less what left it is what is there. */
  private async shelf(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; held: Sum; moved: Sum }>`
      SELECT i.id AS "id", MAX(i.in_stock) AS "held",
             COALESCE(SUM(CASE WHEN m.kind = 'STOCKED' THEN m.quantity ELSE -m.quantity END), 0) AS "moved"
      FROM goods_items i LEFT JOIN goods_moves m ON m.item_id = i.id
      GROUP BY i.id
      HAVING MAX(i.in_stock) <> COALESCE(SUM(CASE WHEN m.kind = 'STOCKED' THEN m.quantity ELSE -m.quantity END), 0)`;
    return rows.map(({ id, held, moved }) => ({
      kind: 'goods shelf',
      subject: `goods_items/${id}`,
      words: `库里记着 ${String(held)}，按出入库重算是 ${String(moved)}`,
    }));
  }

  /** 存货 in the books is what is on the shelf, at the value at which it came. */
  private async worth(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; booked: Sum; held: Sum }>`
      SELECT b.id AS "id", COALESCE(l.booked, 0) AS "booked", COALESCE(g.held, 0) AS "held"
      FROM books b
      LEFT JOIN (SELECT v.book_id AS book_id, SUM(x.amount_fen) AS booked
                 FROM voucher_lines x JOIN vouchers v ON v.id = x.voucher_id
                 WHERE x.account = '1201' GROUP BY v.book_id) l ON l.book_id = b.id
      LEFT JOIN (SELECT i.society_id AS society_id, SUM(i.in_stock * i.unit_value_fen) AS held
                 FROM goods_items i GROUP BY i.society_id) g ON g.society_id = b.society_id
      WHERE COALESCE(l.booked, 0) <> COALESCE(g.held, 0)`;
    return rows.map(({ id, booked, held }) => ({
      kind: 'goods worth',
      subject: `books/${id}`,
      words: `账上存货 ${yuan(booked)}，库里物资值 ${yuan(held)}`,
    }));
  }

  /** Each delivery on the shelf is one gift, at that value. */
  private async gifts(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; given: Sum; worth: Sum }>`
      SELECT d.id AS "id", MAX(g.amount_fen) AS "given", COALESCE(SUM(i.accepted * i.unit_value_fen), 0) AS "worth"
      FROM goods_deliveries d JOIN gifts g ON g.id = d.gift_id JOIN goods_items i ON i.delivery_id = d.id
      GROUP BY d.id HAVING MAX(g.amount_fen) <> COALESCE(SUM(i.accepted * i.unit_value_fen), 0)`;
    return rows.map(({ id, given, worth }) => ({
      kind: 'goods gift',
      subject: `goods_deliveries/${id}`,
      words: `捐赠记着 ${yuan(given)}，物资估价合计 ${yuan(worth)}`,
    }));
  }
}
