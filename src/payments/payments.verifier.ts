import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';

type Sum = number | string;

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/**
 * What orders, their tries and recoveries say against the books (architecture.md 3). The database compares, and only what
 * differs comes back; so this place reads the tables of the ledger, and writes none.
 */
@Injectable()
export class PaymentsVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const part of [
      () => this.orders(),
      () => this.institutions(),
      () => this.attempts(),
      () => this.returns(),
      () => this.reservations(),
      () => this.twoHands(),
      () => this.payables(),
      () => this.recoveries(),
      () => this.recoveryVouchers(),
      () => this.receivables(),
    ])
      findings.push(...(await part()));
    return findings;
  }

  /** That every order said to be paid is in the books, with its own amount, and no other is. */
  private async orders(): Promise<Finding[]> {
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

  /** What goes to an institution goes to one of the same society, by transfer, under its name, while it was in use. */
  private async institutions(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string }>`
      SELECT o.id AS "id", o.state AS "state"
      FROM payment_orders o
      LEFT JOIN payee_institutions i ON i.id = o.payee_id AND i.society_id = o.society_id
      WHERE o.payee_kind = 'INSTITUTION'
        AND (i.id IS NULL OR o.method <> 'CARD' OR COALESCE(o.payee_account_id, '') <> o.payee_id
          OR i.name <> o.payee_name OR i.ended_at < o.paid_at)`;
    return rows.map(({ id, state }) => ({
      kind: 'order to institution',
      subject: `payment_orders/${id}`,
      words: `付款单（${state}）付给机构，和本社登记的收款机构对不上，或者是在停用以后打的款`,
    }));
  }

  /** Each try has one line, beginning with 1, and only the last can stand: it does where the order is paid. */
  private async attempts(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string; counted: Sum; tries: Sum; out: Sum }>`
      SELECT o.id AS "id", MAX(o.state) AS "state", MAX(o.attempts) AS "counted",
             COUNT(CASE WHEN a.outcome <> 'RETURNED' THEN 1 END) AS "tries",
             COUNT(CASE WHEN a.outcome = 'PAID' THEN 1 END)
               - COUNT(CASE WHEN a.outcome = 'RETURNED' THEN 1 END) AS "out"
      FROM payment_orders o LEFT JOIN payment_attempts a ON a.order_id = o.id
      GROUP BY o.id
      HAVING MAX(o.attempts) <> COUNT(CASE WHEN a.outcome <> 'RETURNED' THEN 1 END)
          OR MAX(o.attempts) <> COALESCE(MAX(a.number), 0)
          OR CASE WHEN MAX(o.state) = 'PAID' THEN 1 ELSE 0 END
             <> COUNT(CASE WHEN a.outcome = 'PAID' THEN 1 END) - COUNT(CASE WHEN a.outcome = 'RETURNED' THEN 1 END)`;
    return rows.map(({ id, state, counted, tries, out }) => ({
      kind: 'payment attempts',
      subject: `payment_orders/${id}`,
      words: `付款单（${state}）记着打过 ${String(counted)} 次，经过里有 ${String(tries)} 次，没退回的 ${String(out)} 次`,
    }));
  }

  /** What the bank sent back undoes its try, fen for fen: together they moved nothing and paid nothing. */
  private async returns(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; moved: Sum; owed: Sum }>`
      SELECT r.id AS "id",
             COALESCE(SUM(CASE WHEN l.account IN ('1001', '1002') THEN l.amount_fen END), 0) AS "moved",
             COALESCE(SUM(CASE WHEN l.account = '2209' THEN l.amount_fen END), 0) AS "owed"
      FROM payment_attempts r
      LEFT JOIN payment_attempts a
        ON a.order_id = r.order_id AND a.number = r.number AND a.outcome IN ('PAID', 'RETURNED')
      LEFT JOIN voucher_lines l ON l.voucher_id = a.voucher_id
      WHERE r.outcome = 'RETURNED'
      GROUP BY r.id
      HAVING COALESCE(SUM(CASE WHEN l.account IN ('1001', '1002') THEN l.amount_fen END), 0) <> 0
          OR COALESCE(SUM(CASE WHEN l.account = '2209' THEN l.amount_fen END), 0) <> 0`;
    return rows.map(({ id, moved, owed }) => ({
      kind: 'return',
      subject: `payment_attempts/${id}`,
      words: `打出和退回的凭证对不上：银行差 ${yuan(moved)}，应付差 ${yuan(owed)}`,
    }));
  }

  /** Money is held while an order is to be paid, spent once it is, and held for nobody once it was called off. */
  private async reservations(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string; held: string }>`
      SELECT o.id AS "id", o.state AS "state", COALESCE(r.state, '没有') AS "held"
      FROM payment_orders o LEFT JOIN reservations r ON r.purpose = o.purpose
      WHERE CASE o.state WHEN 'PAID' THEN 'SPENT' WHEN 'CANCELLED' THEN 'RELEASED' ELSE 'HELD' END
            <> COALESCE(r.state, 'NONE')`;
    return rows.map(({ id, state, held }) => ({
      kind: 'order reservation',
      subject: `payment_orders/${id}`,
      words: `付款单是 ${state}，给它留的钱是 ${held}`,
    }));
  }

  /** Whoever approved a payment does not pay it (quality.md T4). */
  private async twoHands(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT o.id AS "id" FROM payment_orders o WHERE o.state = 'PAID' AND o.cashier_id = o.approver_id`;
    return rows.map(({ id }) => ({
      kind: 'paid by its approver',
      subject: `payment_orders/${id}`,
      words: '批准付款的人和打款的人是同一个人',
    }));
  }

  /** The books owe a case no more than its orders are still to pay, and never paid it what they had not owed. */
  private async payables(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; owed: Sum; ordered: Sum }>`
      SELECT t.thread_id AS "id", -t.booked AS "owed", COALESCE(o.ordered, 0) AS "ordered"
      FROM (SELECT thread_id, SUM(amount_fen) AS booked FROM voucher_lines
            WHERE account = '2209' AND thread_id IS NOT NULL GROUP BY thread_id HAVING SUM(amount_fen) <> 0) t
      LEFT JOIN (SELECT thread_id, SUM(amount_fen) AS ordered FROM payment_orders
                 WHERE state IN ('TO_APPROVE', 'TO_PAY') GROUP BY thread_id) o ON o.thread_id = t.thread_id
      WHERE t.booked > 0 OR -t.booked > COALESCE(o.ordered, 0)`;
    return rows.map(({ id, owed, ordered }) => ({
      kind: 'payable without order',
      subject: `cases/${id}`,
      words: `账上还欠 ${yuan(owed)}，付款单要付的是 ${yuan(ordered)}`,
    }));
  }

  /** Demanded is recovered, written off and outstanding; what was recovered, late or not, is the sum of its instalments. */
  private async recoveries(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; recovered: Sum; paid: Sum }>`
      SELECT r.id AS "id", MAX(r.recovered_fen) + MAX(r.recovered_late_fen) AS "recovered",
             COALESCE(SUM(i.amount_fen), 0) AS "paid"
      FROM recoveries r
      JOIN payment_orders o ON o.id = r.order_id
      LEFT JOIN recovery_instalments i ON i.recovery_id = r.id
      GROUP BY r.id
      HAVING MAX(r.recovered_fen) + MAX(r.recovered_late_fen) <> COALESCE(SUM(i.amount_fen), 0)
          OR MAX(r.recovered_late_fen) > MAX(r.written_off_fen)
          OR MAX(r.recovered_fen) + MAX(r.written_off_fen) > MAX(r.demanded_fen)
          OR MAX(r.demanded_fen) > MAX(o.amount_fen) OR MAX(o.state) <> 'PAID'`;
    return rows.map(({ id, recovered, paid }) => ({
      kind: 'recovery',
      subject: `recoveries/${id}`,
      words: `已退记着 ${yuan(recovered)}，逐笔相加是 ${yuan(paid)}，或者和付款单对不上`,
    }));
  }

  /** The vouchers of a recovery leave on 1122 what is outstanding of it, each of them its own part. */
  private async recoveryVouchers(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; booked: Sum; outstanding: Sum }>`
      SELECT m.id AS "id", m.demanded + m.recovered + m.given_up AS "booked",
             m.demanded_fen - m.recovered_fen - m.written_off_fen AS "outstanding"
      FROM (SELECT r.id AS id, r.demanded_fen AS demanded_fen, r.recovered_fen AS recovered_fen,
                   r.written_off_fen AS written_off_fen, r.recovered_late_fen AS late_fen,
                   COALESCE((SELECT SUM(l.amount_fen) FROM voucher_lines l
                             WHERE l.voucher_id = r.voucher_id AND l.account = '1122'), 0) AS demanded,
                   COALESCE((SELECT SUM(l.amount_fen) FROM voucher_lines l
                             WHERE l.voucher_id = r.write_off_voucher_id AND l.account = '1122'), 0) AS given_up,
                   COALESCE((SELECT SUM(l.amount_fen) FROM recovery_instalments i
                             JOIN voucher_lines l ON l.voucher_id = i.voucher_id AND l.account = '1122'
                             WHERE i.recovery_id = r.id), 0) AS recovered,
                   COALESCE((SELECT SUM(l.amount_fen) FROM recovery_instalments i
                             JOIN voucher_lines l ON l.voucher_id = i.voucher_id AND l.account = '1002'
                             WHERE i.recovery_id = r.id), 0) AS came
            FROM recoveries r) m
      WHERE m.demanded <> m.demanded_fen OR m.recovered <> -m.recovered_fen OR m.given_up <> -m.written_off_fen
         OR m.came <> m.recovered_fen + m.late_fen`;
    return rows.map(({ id, booked, outstanding }) => ({
      kind: 'recovery voucher',
      subject: `recoveries/${id}`,
      words: `还欠记着 ${yuan(outstanding)}，凭证上其他应收款是 ${yuan(booked)}，或者银行收到的和记下的不一样`,
    }));
  }

  /** Nothing is receivable of a case but what a recovery demands of it. */
  private async receivables(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; booked: Sum }>`
      SELECT l.voucher_id AS "id", SUM(l.amount_fen) AS "booked" FROM voucher_lines l
      WHERE l.account = '1122'
        AND NOT EXISTS (SELECT 1 FROM recoveries r WHERE r.voucher_id = l.voucher_id)
        AND NOT EXISTS (SELECT 1 FROM recoveries r WHERE r.write_off_voucher_id = l.voucher_id)
        AND NOT EXISTS (SELECT 1 FROM recovery_instalments i WHERE i.voucher_id = l.voucher_id)
      GROUP BY l.voucher_id`;
    return rows.map(({ id, booked }) => ({
      kind: 'receivable without recovery',
      subject: `vouchers/${id}`,
      words: `凭证记了其他应收款 ${yuan(booked)}，没有对应的追回`,
    }));
  }
}
