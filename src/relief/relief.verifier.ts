import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';
import { RELIEF_ENDS } from './domain/relief-procedure.js';

type Sum = number | string;

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/** Recomputes what a case of relief says of its money from the rows of cap, ledger and payments. */
@Injectable()
export class ReliefVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [
      ...(await this.totals()),
      ...(await this.paid()),
      ...(await this.orders()),
      ...(await this.claims()),
      ...(await this.invoices()),
      ...(await this.refunds()),
    ];
  }

  /** The whole cost is the sum of the invoices that count. */
  private async totals(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; total: Sum; sum: Sum }>`
      SELECT r.id AS "id", r.total_fen AS "total", COALESCE(SUM(i.amount_fen), 0) AS "sum"
      FROM relief_cases r LEFT JOIN relief_invoices i ON i.relief_id = r.id AND i.removed_at IS NULL
      GROUP BY r.id, r.total_fen HAVING r.total_fen <> COALESCE(SUM(i.amount_fen), 0)`;
    return rows.map(({ id, total, sum }) => ({
      kind: 'relief total',
      subject: `relief_cases/${id}`,
      words: `费用记 ${yuan(total)}，发票加起来 ${yuan(sum)}`,
    }));
  }

  private async paid(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; paid: Sum; sum: Sum }>`
      SELECT r.id AS "id", r.paid_fen AS "paid", COALESCE(SUM(p.amount_fen), 0) AS "sum"
      FROM relief_cases r LEFT JOIN relief_payments p ON p.relief_id = r.id AND p.state = 'PAID'
      GROUP BY r.id, r.paid_fen HAVING r.paid_fen <> COALESCE(SUM(p.amount_fen), 0)`;
    return rows.map(({ id, paid, sum }) => ({
      kind: 'relief paid',
      subject: `relief_cases/${id}`,
      words: `记已付 ${yuan(paid)}，各笔加起来 ${yuan(sum)}`,
    }));
  }

  /** Each payment is one order of its amount, paid when the order is. */
  private async orders(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT p.id AS "id" FROM relief_payments p
      LEFT JOIN payment_orders o ON o.subject_kind = 'relief-payment' AND o.subject_id = p.id
      WHERE o.id IS NULL OR o.amount_fen <> p.amount_fen OR (o.state = 'PAID') <> (p.state = 'PAID')
         OR (o.state = 'CANCELLED') <> (p.state = 'OFF')`;
    return rows.map(({ id }) => ({
      kind: 'relief order',
      subject: `relief_payments/${id}`,
      words: '和付款单对不上',
    }));
  }

  /** While a case waits for its money, cap and purse hold what of the grant is not advanced; approved, the cap has used it. */
  private async claims(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string }>`
      SELECT r.id AS "id", r.state AS "state" FROM relief_cases r
      LEFT JOIN cap_claims c ON c.purpose = r.claim
      LEFT JOIN reservations v ON v.purpose = r.claim
      WHERE r.claim IS NOT NULL AND (c.id IS NULL OR c.amount_fen <> r.grant_fen - r.advanced_fen
        OR (r.state IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD')) <> (c.state = 'HELD')
        OR (r.state IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD')) <> (v.state = 'HELD')
        OR (r.state IN ('APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED')) <> (c.state = 'SPENT'))`;
    const unheld = await this.reads.all<{ id: string; state: string }>`
      SELECT id AS "id", state AS "state" FROM relief_cases
      WHERE claim IS NULL AND state IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED')`;
    return [...rows, ...unheld].map(({ id, state }) => ({
      kind: 'relief claim',
      subject: `relief_cases/${id}`,
      words: `${state}，留的额度和钱对不上`,
    }));
  }

  /** D4-11: what still counts keeps its invoices, what ended does not. */
  private async invoices(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string; used: Sum; all: Sum }>`
      SELECT r.id AS "id", r.state AS "state", COUNT(i.used_key) AS "used", COUNT(i.id) AS "all"
      FROM relief_cases r JOIN relief_invoices i ON i.relief_id = r.id AND i.removed_at IS NULL
      GROUP BY r.id, r.state`;
    return rows
      .filter(({ state, used, all }) => Number(used) !== (isOver(state) ? 0 : Number(all)))
      .map(({ id }) => ({
        kind: 'relief invoice',
        subject: `relief_cases/${id}`,
        words: '发票的占用对不上',
      }));
  }

  private async refunds(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; demanded: Sum; refunded: Sum; sum: Sum; back: Sum }>`
      SELECT r.id AS "id", r.demanded_fen AS "demanded", r.refunded_fen AS "refunded",
             COALESCE(SUM(v.demanded_fen), 0) AS "sum",
             COALESCE(SUM(v.recovered_fen + v.recovered_late_fen), 0) AS "back"
      FROM relief_cases r
      LEFT JOIN relief_payments p ON p.relief_id = r.id
      LEFT JOIN recoveries v ON v.subject_kind = 'relief-payment' AND v.subject_id = p.id
      GROUP BY r.id, r.demanded_fen, r.refunded_fen
      HAVING r.demanded_fen <> COALESCE(SUM(v.demanded_fen), 0)
          OR r.refunded_fen <> COALESCE(SUM(v.recovered_fen + v.recovered_late_fen), 0)`;
    return rows.map(({ id, demanded, refunded, sum, back }) => ({
      kind: 'relief refund',
      subject: `relief_cases/${id}`,
      words: `记应退 ${yuan(demanded)}、已退 ${yuan(refunded)}，追回单是 ${yuan(sum)}、${yuan(back)}`,
    }));
  }
}

const isOver = (state: string): boolean => [...RELIEF_ENDS].some((end) => end === state);
