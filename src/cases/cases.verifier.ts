import { Injectable } from '@nestjs/common';
import { NumberGaps } from '../platform/database/number-gaps.js';
import type { Numbered } from '../platform/database/number-gaps.js';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';
import { PAPER_KINDS } from './domain/papers.js';
import { FastPathVerifier } from './fast-path.verifier.js';

type Found = { readonly id: string; readonly state: string; readonly other: string };

const NUMBERS: Numbered = {
  series: 'CASE',
  table: 'cases',
  scope: 'society_id',
  year: 'year',
  number: 'number',
  what: '案件',
  kind: 'case number gap',
  subjectOf: (societyId) => `organisations/${societyId}`,
};

/**
 * What a case says of itself against what its round, order, notice, duties and allowance say. The database compares,
 * and only what differs comes back; so this one place reads the tables of the contexts above, and writes none.
 */
@Injectable()
export class CasesVerifier extends Verifier {
  constructor(
    private readonly reads: Reads,
    private readonly gaps: NumberGaps,
    private readonly fastPaths: FastPathVerifier,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const part of [
      () => this.dutiesWithoutSubject(),
      () => this.dutiesOfWhatIsOver(),
      () => this.rounds(),
      () => this.orders(),
      () => this.notices(),
      () => this.allowances(),
      () => this.uncounted(),
      () => this.papers(),
      () => this.noticesOwed(),
      () => this.gaps.find(NUMBERS),
      () => this.writeOffs(),
      () => this.fastPaths.check(),
    ])
      findings.push(...(await part()));
    return findings;
  }

  /** It would be owed for ever, and nobody could do it. */
  private async dutiesWithoutSubject(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; kind: string }>`
      SELECT d.id AS "id", d.kind AS "kind" FROM duties d LEFT JOIN cases c ON c.id = d.subject_id
      WHERE d.subject_kind = 'case' AND (c.id IS NULL OR c.society_id <> d.society_id)`;
    return rows.map(({ id, kind }) => ({
      kind: 'duty without subject',
      subject: `duties/${id}`,
      words: `待办 ${kind} 指的案件不存在`,
    }));
  }

  /** A case may be closed before the board has stood by its fast path, or objected to later: that is owed all the same. */
  private async dutiesOfWhatIsOver(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; kind: string }>`
      SELECT d.id AS "id", d.kind AS "kind" FROM duties d JOIN cases c ON c.id = d.subject_id
      WHERE d.subject_kind = 'case' AND d.open_key IS NOT NULL
        AND ((c.state = 'CLOSED' AND d.kind NOT IN ('RATIFY', 'DECIDE_ANEW')) OR c.state IN ('REFERRED', 'WITHDRAWN', 'TERMINATED')
          OR (c.state IN ('REJECTED', 'REVOKED', 'ESCALATED', 'RECOVERED', 'WRITTEN_OFF')
            AND NOT (d.kind IN ('SIGN_NOTICE', 'POST_NOTICE')
                     OR (d.kind = 'DECIDE_ANEW' AND c.state IN ('REJECTED', 'REVOKED')))))`;
    return rows.map(({ id, kind }) => ({
      kind: 'duty without subject',
      subject: `duties/${id}`,
      words: `案件已经结束，待办 ${kind} 还开着`,
    }));
  }

  /** The last round has the outcome that the state says, on the revision that the case has. */
  private async rounds(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT c.id AS "id", c.state AS "state", COALESCE(r.state, '没有') AS "other"
      FROM cases c
      LEFT JOIN rounds r ON r.subject_kind = 'case' AND r.subject_id = c.id AND r.sequence = c.rounds_opened
      WHERE COALESCE(r.state, 'NONE') <> CASE
              WHEN c.state = 'VOTING' THEN 'OPEN' WHEN c.state = 'REJECTED' THEN 'REJECTED'
              WHEN c.state = 'LAPSED' THEN 'LAPSED' WHEN c.approved_via = 'ROUND' THEN 'APPROVED'
              WHEN r.state = 'OPEN' THEN 'NONE' ELSE COALESCE(r.state, 'NONE') END
         OR ((c.state = 'VOTING' OR c.approved_via = 'ROUND') AND COALESCE(r.revision, '') <> COALESCE(c.revision, ''))
         OR c.rounds_opened <> (SELECT COUNT(*) FROM rounds n WHERE n.subject_kind = 'case' AND n.subject_id = c.id)`;
    return rows.map((row) => stateFinding(row, '最后一轮表决'));
  }

  /** An approved case has an order of its amount, paid when the case is. */
  private async orders(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT c.id AS "id", c.state AS "state", COALESCE(o.state, '没有') AS "other"
      FROM cases c
      LEFT JOIN payment_orders o
        ON o.subject_kind = 'case' AND o.subject_id = c.id AND o.state <> 'CANCELLED'
      WHERE CASE COALESCE(o.state, 'NONE') WHEN 'TO_APPROVE' THEN 'TO_PAY' ELSE COALESCE(o.state, 'NONE') END
              <> CASE WHEN c.paid_at IS NOT NULL THEN 'PAID' WHEN c.approved_at IS NOT NULL THEN 'TO_PAY' ELSE 'NONE' END
         OR COALESCE(o.amount_fen, c.amount_fen) <> c.amount_fen
         OR COALESCE(o.payee_id, c.payee_id) <> c.payee_id`;
    return rows.map((row) => stateFinding(row, '付款单'));
  }

  /**
   * A paid case has a notice of its grant, unless it was revoked before one was signed; its third track ends with it. What
   * ended about an earlier payment, the bank having sent that back, says nothing of a case that was then revoked; and what
   * was taken down after it had ended has ended all the same. One that an objection held up ended with its answer.
   */
  private async notices(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT c.id AS "id", c.state AS "state", COALESCE(n.state, '没有') AS "other"
      FROM cases c
      LEFT JOIN notices n
        ON n.subject_kind = 'case' AND n.subject_id = c.id AND n.kind = 'GRANT_POST' AND n.state <> 'DISCARDED'
        AND n.version = (SELECT MAX(l.version) FROM notices l WHERE l.subject_kind = 'case' AND l.subject_id = c.id
                         AND l.kind = 'GRANT_POST' AND l.state <> 'DISCARDED')
      WHERE (c.paid_at IS NOT NULL AND n.id IS NULL AND c.state NOT IN ('REVOKED', 'RECOVERED', 'WRITTEN_OFF')) OR (c.paid_at IS NULL AND COALESCE(n.state, 'NONE') = 'DRAFT')
         OR (c.paid_at IS NOT NULL
           AND (c.notice_ended_at IS NOT NULL) <> (COALESCE(n.state, 'NONE') IN ('ENDED', 'ARCHIVED'))
           AND NOT EXISTS (SELECT 1 FROM notices e WHERE e.subject_kind = 'case' AND e.subject_id = c.id
                           AND (e.ends_at = c.notice_ended_at OR (e.ends_at < c.notice_ended_at AND EXISTS (
                             SELECT 1 FROM notice_objections o
                             WHERE o.notice_id = e.id AND o.in_time = 1 AND o.ended_at = c.notice_ended_at)))
                           AND (e.state = 'RUNNING' OR (e.state = 'SUSPENDED' AND e.ended_at IS NOT NULL)))
           AND (c.notice_ended_at IS NOT NULL OR c.state IN ('PAID', 'CLOSED')))`;
    return rows.map((row) => stateFinding(row, '公示'));
  }

  /** What the town gave up it decided, and what it decided is given up. */
  private async writeOffs(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT c.id AS "id", c.state AS "state", COALESCE(w.state, '没有') AS "other"
      FROM cases c LEFT JOIN case_write_offs w ON w.case_id = c.id AND w.state <> 'KEPT'
      WHERE (c.state = 'WRITTEN_OFF') <> (COALESCE(w.state, 'NONE') = 'WRITTEN_OFF')`;
    return rows.map((row) => stateFinding(row, '核销'));
  }

  /** What a household has used of a year is the sum of its cases that count. */
  private async allowances(): Promise<Finding[]> {
    type Row = { id: string; year: number; used: string; count: string; sum: string; cases: string };
    const rows = await this.reads.all<Row>`
      SELECT h.household_id AS "id", h.year AS "year", h.used_fen AS "used", h.used_count AS "count",
             COALESCE(SUM(c.amount_fen - c.recovered_fen), 0) AS "sum", COUNT(c.id) AS "cases"
      FROM household_years h
      LEFT JOIN cases c
        ON c.society_id = h.society_id AND c.household_id = h.household_id AND c.counted_year = h.year
      GROUP BY h.society_id, h.household_id, h.year, h.used_fen, h.used_count
      HAVING COALESCE(SUM(c.amount_fen - c.recovered_fen), 0) <> h.used_fen OR COUNT(c.id) <> h.used_count`;
    return rows.map(({ id, year, used, count, sum, cases }) => ({
      kind: 'household allowance',
      subject: `household_years/${id}/${year}`,
      words: `已用记着 ${count} 次 ${used} 分，按案件重算是 ${cases} 次 ${sum} 分`,
    }));
  }

  /** A household with a case that counts has a row that counts it. */
  private async uncounted(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; year: number; cases: string }>`
      SELECT c.household_id AS "id", c.counted_year AS "year", COUNT(c.id) AS "cases" FROM cases c
      LEFT JOIN household_years h
        ON h.society_id = c.society_id AND h.household_id = c.household_id AND h.year = c.counted_year
      WHERE c.counted_year IS NOT NULL AND h.household_id IS NULL GROUP BY c.household_id, c.counted_year`;
    return rows.map(({ id, year, cases }) => ({
      kind: 'household allowance',
      subject: `household_years/${id}/${year}`,
      words: `没有记已用，按案件重算是 ${cases} 次`,
    }));
  }

  /** A paid case owes its papers until they are all there or waived (domain.md 2.1): all four kinds, once they are done. */
  private async papers(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; papers: string }>`
      SELECT c.id AS "id", COUNT(p.id) AS "papers" FROM cases c
      LEFT JOIN case_papers p ON p.case_id = c.id AND (p.state = 'PRESENT' OR p.confirmed_at IS NOT NULL)
      WHERE c.papers_done_at IS NOT NULL
         OR (c.state = 'PAID' AND NOT EXISTS (SELECT 1 FROM duties d WHERE d.open_key = 'PAPERS:' || c.id))
      GROUP BY c.id, c.papers_done_at HAVING c.papers_done_at IS NULL OR COUNT(p.id) < ${PAPER_KINDS.length}`;
    return rows.map(({ id, papers }) => ({
      kind: 'case papers',
      subject: `cases/${id}`,
      words: `材料有 ${papers} 样，和记着的材料状态、待办对不上`,
    }));
  }

  /** The first notice of each kind is owed until it hangs; unless that was called off. */
  private async noticesOwed(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string }>`
      SELECT s.id AS "id", s.state AS "state"
      FROM (SELECT n.id, n.state, c.id AS case_id,
                   CASE n.state WHEN 'DRAFT' THEN 'SIGN_NOTICE' ELSE 'POST_NOTICE' END AS duty
            FROM notices n JOIN cases c ON c.id = n.subject_id
            WHERE n.subject_kind = 'case' AND n.state IN ('DRAFT', 'SIGNED') AND n.version = 1) s
      WHERE NOT EXISTS (SELECT 1 FROM duties d
                        WHERE d.subject_id IN (s.id, s.case_id) AND d.kind = s.duty AND d.settled_at IS NULL)`;
    return rows.map(({ id, state }) => ({
      kind: 'duty missing',
      subject: `notices/${id}`,
      words: `公示是 ${state}，待办里没有下一步`,
    }));
  }
}

function stateFinding({ id, state, other }: Found, what: string): Finding {
  return { kind: 'case state', subject: `cases/${id}`, words: `案件是 ${state}，${what}是 ${other}，对不上` };
}
