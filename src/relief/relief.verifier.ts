import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';
import { RELIEF_ENDS } from './domain/relief-procedure.js';

type Sum = number | string;
type StateFound = { readonly id: string; readonly state: string; readonly other: string };

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
      ...(await this.numbers()),
      ...(await this.rounds()),
      ...(await this.notices()),
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

  /**
   * While a case waits for its money, cap and purse hold what of the grant is not advanced; approved, the cap has used it.
   * Where as much was advanced, or more, nothing is held, and the cap has used that from the beginning.
   */
  private async claims(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string }>`
      SELECT r.id AS "id", r.state AS "state" FROM relief_cases r
      LEFT JOIN cap_claims c ON c.purpose = r.claim
      LEFT JOIN reservations v ON v.purpose = r.claim
      WHERE r.claim IS NOT NULL AND (c.id IS NULL
        OR (r.grant_fen <= r.advanced_fen AND (c.amount_fen <> r.advanced_fen OR c.state <> 'SPENT'))
        OR (r.grant_fen > r.advanced_fen AND (c.amount_fen <> r.grant_fen - r.advanced_fen
          OR (r.state IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD')) <> (c.state = 'HELD')
          OR (r.state IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD')) <> (v.state = 'HELD')
          OR (r.state IN ('APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED')) <> (c.state = 'SPENT'))))`;
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

  /** Numbers of a federation and year run from 1 to the last one given; that none is there twice the database holds. */
  private async numbers(): Promise<Finding[]> {
    const rows = await this.reads.all<{ society: string; year: number; given: Sum; last: Sum; cases: Sum }>`
      SELECT r.society_id AS "society", r.year AS "year", COALESCE(MAX(n.last_number), 0) AS "given",
             MAX(r.number) AS "last", COUNT(r.id) AS "cases"
      FROM relief_cases r
      LEFT JOIN number_series n ON n.scope_id = r.society_id AND n.series = 'RELIEF' AND n.year = r.year
      GROUP BY r.society_id, r.year
      HAVING COALESCE(MAX(n.last_number), 0) <> COUNT(r.id) OR MAX(r.number) <> COUNT(r.id) OR MIN(r.number) <> 1`;
    const unused = await this.reads.all<{ society: string; year: number; given: Sum; last: Sum; cases: Sum }>`
      SELECT n.scope_id AS "society", n.year AS "year", n.last_number AS "given", 0 AS "last", 0 AS "cases"
      FROM number_series n
      WHERE n.series = 'RELIEF' AND n.last_number > 0 AND NOT EXISTS (
        SELECT 1 FROM relief_cases r WHERE r.society_id = n.scope_id AND r.year = n.year)`;
    return [...rows, ...unused].map(({ society, year, given, last, cases }) => ({
      kind: 'relief number gap',
      subject: `organisations/${society}`,
      words: `${year} 年基金救助发号到 ${String(given)}，编到 ${String(last)} 号，共有 ${String(cases)} 件`,
    }));
  }

  /**
   * The last round has the outcome that the state says: a case is with the board while a round is open, goes on since one
   * was approved, and is rejected by a vote only where one was.
   */
  private async rounds(): Promise<Finding[]> {
    const rows = await this.reads.all<StateFound>`
      SELECT r.id AS "id", r.state AS "state", COALESCE(b.state, 'NONE') AS "other" FROM relief_cases r
      LEFT JOIN rounds b ON b.subject_kind = 'relief' AND b.subject_id = r.id AND b.sequence = r.panels
      WHERE (r.state = 'PANEL') <> (COALESCE(b.state, 'NONE') = 'OPEN')
         OR (r.state IN ('PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED')
           AND (COALESCE(b.state, 'NONE') <> 'APPROVED' OR r.decision IS NULL))
         OR (r.state = 'REJECTED' AND (r.end_reason = 'REJECTED') <> (COALESCE(b.state, 'NONE') = 'REJECTED'))
         OR r.panels <> (SELECT COUNT(*) FROM rounds n WHERE n.subject_kind = 'relief' AND n.subject_id = r.id)`;
    return rows.map((row) => statesFinding(row, '最后一轮评审'));
  }

  /**
   * What the board has carried has its pre-notice, what was refused its notice of that, and what is paid the one of the
   * result, each the last of its kind: nothing is approved before the first has ended, nothing closed before the last has. One that
   * was taken down after it had ended has ended all the same, and so has one that runs again for an objection of its
   * last day (D4-40).
   */
  private async notices(): Promise<Finding[]> {
    const rows = await this.reads.all<StateFound>`
      SELECT r.id AS "id", r.state AS "state", COALESCE(n.state, 'NONE') AS "other" FROM relief_cases r
      LEFT JOIN notices n ON n.subject_kind = 'relief' AND n.subject_id = r.id AND n.state <> 'DISCARDED'
        AND n.kind = CASE WHEN r.state = 'REJECTED' THEN 'REJECTION' WHEN r.paid_at IS NULL THEN 'RELIEF_PRE'
                          ELSE 'RELIEF_RESULT' END
        AND n.version = (SELECT MAX(l.version) FROM notices l WHERE l.subject_kind = 'relief' AND l.subject_id = r.id
                         AND l.kind = n.kind AND l.state <> 'DISCARDED')
      WHERE (r.state IN ('PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED', 'REJECTED')
          AND n.id IS NULL)
         OR (r.state IN ('PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED')
           AND (r.notice_ended_at IS NOT NULL) <> (COALESCE(n.state, 'NONE') IN ('ENDED', 'ARCHIVED'))
           AND NOT EXISTS (SELECT 1 FROM notices e WHERE e.subject_kind = 'relief' AND e.subject_id = r.id
                           AND (e.ends_at = r.notice_ended_at OR (e.ends_at < r.notice_ended_at AND EXISTS (
                             SELECT 1 FROM notice_objections o
                             WHERE o.notice_id = e.id AND o.in_time = 1 AND o.ended_at = r.notice_ended_at)))
                           AND (e.state = 'RUNNING' OR (e.state = 'SUSPENDED' AND e.ended_at IS NOT NULL))))
         OR (r.paid_at IS NOT NULL
           AND (r.result_ended_at IS NOT NULL) <> (COALESCE(n.state, 'NONE') IN ('ENDED', 'ARCHIVED'))
           AND NOT EXISTS (SELECT 1 FROM notices e WHERE e.subject_kind = 'relief' AND e.subject_id = r.id
                           AND (e.ends_at = r.result_ended_at OR (e.ends_at < r.result_ended_at AND EXISTS (
                             SELECT 1 FROM notice_objections o
                             WHERE o.notice_id = e.id AND o.in_time = 1 AND o.ended_at = r.result_ended_at)))
                           AND (e.state = 'RUNNING' OR (e.state = 'SUSPENDED' AND e.ended_at IS NOT NULL))))`;
    return rows.map((row) => statesFinding(row, '公示'));
  }
}

const statesFinding = ({ id, state, other }: StateFound, what: string): Finding => ({
  kind: 'relief state',
  subject: `relief_cases/${id}`,
  words: `状态是 ${state}，${what}是 ${other}，对不上`,
});

const isOver = (state: string): boolean => [...RELIEF_ENDS].some((end) => end === state);
