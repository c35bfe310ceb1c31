import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { NumberGaps } from '../platform/database/number-gaps.js';
import type { Numbered } from '../platform/database/number-gaps.js';
import { listOf, Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';
import { RELIEF_ENDS } from './domain/relief-procedure.js';

type Sum = number | string;
type Sheet = {
  readonly id: string;
  readonly sheet: string;
  readonly total: Sum;
  readonly others: Sum;
  readonly grant: Sum;
};
type StateFound = { readonly id: string; readonly state: string; readonly other: string };

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/** Sheets read at once. */
const BATCH = 200;

const NUMBERS: Numbered = {
  series: 'RELIEF',
  table: 'relief_cases',
  scope: 'society_id',
  year: 'year',
  number: 'number',
  what: '基金救助',
  kind: 'relief number gap',
  subjectOf: (societyId) => `organisations/${societyId}`,
};

/** Recomputes what a case of relief says of its money from the rows of cap, ledger and payments. */
@Injectable()
export class ReliefVerifier extends Verifier {
  constructor(
    private readonly reads: Reads,
    private readonly gaps: NumberGaps,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [
      ...(await this.totals()),
      ...(await this.sheets()),
      ...(await this.groups()),
      ...(await this.paid()),
      ...(await this.orders()),
      ...(await this.claims()),
      ...(await this.invoices()),
      ...(await this.refunds()),
      ...(await this.gaps.find(NUMBERS)),
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

  /**
   * The sheet that the panel saw has the sums of the rows: the whole cost, what others paid, and the grant. What was raised
   * on the net is written down whoever asks, and counts only where the rule takes it off.
   */
  private async sheets(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (let after = '', batch = await this.sheetsAfter(after); batch.length > 0;) {
      findings.push(...batch.filter(isBelied).map(sheetFinding));
      after = batch.at(-1)?.id ?? '';
      batch = await this.sheetsAfter(after);
    }
    return findings;
  }

  /** A sheet is a page of text: all of a federation's at once would not fit into memory. */
  private sheetsAfter(after: string): Promise<Sheet[]> {
    return this.reads.all<Sheet>`
      SELECT r.id AS "id", r.sheet AS "sheet", r.total_fen AS "total", r.grant_fen AS "grant",
             (SELECT COALESCE(SUM(p.amount_fen), 0) FROM relief_policies p
              WHERE p.relief_id = r.id AND p.lap = r.lap
                AND (p.deduction <> 'CROWDFUNDING' OR v.deducts_crowdfunding = 1)) AS "others"
      FROM relief_cases r JOIN fund_rule_versions v ON v.id = r.rule_id
      WHERE r.id > ${after} AND r.sheet IS NOT NULL
        AND r.state IN ('PANEL', 'PRE_NOTICE', 'OBJECTION_HOLD', 'APPROVED', 'PAID', 'REFUND_DUE', 'CLOSED')
      ORDER BY r.id LIMIT ${BATCH}`;
  }

  /** The cap that a case draws on is the one of its applicant; where groups were merged, the mergers are walked elsewhere. */
  private async groups(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT r.id AS "id" FROM relief_cases r
      JOIN cap_claims c ON c.purpose = r.claim JOIN cap_counters t ON t.id = c.counter_id
      LEFT JOIN cap_members m ON m.identity = 'person:' || r.origin_person_id
      LEFT JOIN cap_groups g ON g.id = m.group_id LEFT JOIN cap_groups o ON o.id = t.group_id
      WHERE g.id IS NULL OR o.id IS NULL
         OR (g.id <> o.id AND g.merged_into_id IS NULL AND o.merged_into_id IS NULL)`;
    return rows.map(({ id }) => ({
      kind: 'cap group',
      subject: `relief_cases/${id}`,
      words: '用的不是申请人这一户的额度',
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
    const rows = await this.reads.among<{ id: string }>`
      SELECT r.id AS "id" FROM relief_cases r
      JOIN relief_invoices i ON i.relief_id = r.id AND i.removed_at IS NULL
      GROUP BY r.id, r.state
      HAVING COUNT(i.used_key) <> CASE WHEN r.state IN ${listOf([...RELIEF_ENDS])} THEN 0 ELSE COUNT(i.id) END`;
    return rows.map(({ id }) => ({
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

function isBelied({ sheet, total, others, grant }: Sheet): boolean {
  const { totalFen, deductedFen, grantFen } = JSON.parse(sheet) as Record<string, number | undefined>;
  return totalFen !== Number(total) || deductedFen !== Number(others) || grantFen !== Number(grant);
}

const sheetFinding = ({ id }: Sheet): Finding => ({
  kind: 'relief sheet',
  subject: `relief_cases/${id}`,
  words: '核算表和发票、各项报销、救助金额对不上',
});
