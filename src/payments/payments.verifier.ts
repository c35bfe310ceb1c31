import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';

type Sum = number | string;

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/** That every order said to be paid is in the books, with its own amount, and no other is. */
@Injectable()
export class PaymentsVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string; ordered: Sum; booked: Sum }>`
      SELECT o.id AS "id", MAX(o.state) AS "state", MAX(o.amount_fen) AS "ordered",
             COALESCE(SUM(l.amount_fen), 0) AS "booked"
      FROM payment_orders o
      LEFT JOIN vouchers v ON v.id = o.voucher_id
      LEFT JOIN voucher_lines l ON l.voucher_id = v.id AND l.account = '2209' AND l.thread_id = o.thread_id
      GROUP BY o.id
      HAVING COALESCE(SUM(l.amount_fen), 0) <> CASE WHEN MAX(o.state) = 'PAID' THEN MAX(o.amount_fen) ELSE 0 END`;
    return rows.map(({ id, state, ordered, booked }) => ({
      kind: 'order without voucher',
      subject: `payment_orders/${id}`,
      words: `付款单（${state}）${yuan(ordered)}，凭证上付出的是 ${yuan(booked)}`,
    }));
  }
}
