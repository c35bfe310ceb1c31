import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';

type Found = { readonly id: string; readonly state: string; readonly other: string };

/** What a fast path says of itself against what its case, signatures, money, clocks and round say. */
@Injectable()
export class FastPathVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const part of [
      () => this.signatures(),
      () => this.cases(),
      () => this.reservations(),
      () => this.clocks(),
      () => this.rounds(),
      () => this.suspensions(),
    ])
      findings.push(...(await part()));
    return findings;
  }

  /** No case was approved this way without three yes, each by somebody else. */
  private async signatures(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; yes: number | string }>`
      SELECT c.id AS "id", MAX(CASE WHEN f.chair_said = 'yes' THEN 1 ELSE 0 END
               + CASE WHEN f.secretary_said = 'yes' THEN 1 ELSE 0 END
               + CASE WHEN f.supervisor_said = 'yes' THEN 1 ELSE 0 END) AS "yes"
      FROM cases c
      LEFT JOIN fast_paths f ON f.case_id = c.id AND f.state IN ('APPROVED', 'RATIFIED', 'NOT_RATIFIED')
      WHERE c.approved_via = 'FAST'
      GROUP BY c.id
      HAVING COUNT(f.id) <> 1
          OR MIN(CASE WHEN f.chair_said = 'yes' AND f.secretary_said = 'yes' AND f.supervisor_said = 'yes'
               AND f.chair_id <> f.secretary_id AND f.chair_id <> f.supervisor_id
               AND f.secretary_id <> f.supervisor_id THEN 1 ELSE 0 END) = 0`;
    return rows.map(({ id, yes }) => ({
      kind: 'fast path signatures',
      subject: `cases/${id}`,
      words: `案件按紧急快办通过，没有三个不同的人同意（${Number(yes)} 份同意）`,
    }));
  }

  /** Open while the case is being signed, approved while the case is, and of the case's own society. */
  private async cases(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT f.id AS "id", f.state AS "state", c.state AS "other"
      FROM fast_paths f JOIN cases c ON c.id = f.case_id
      WHERE (f.state = 'OPEN' AND c.state <> 'SIGNING')
         OR (f.state IN ('APPROVED', 'RATIFIED', 'NOT_RATIFIED') AND COALESCE(c.approved_via, '') <> 'FAST')
         OR f.society_id <> c.society_id
      UNION ALL
      SELECT c.id, '没有', c.state FROM cases c
      LEFT JOIN fast_paths f ON f.case_id = c.id AND f.state = 'OPEN'
      WHERE c.state = 'SIGNING' AND f.id IS NULL`;
    return rows.map((row) => findingOf(row, '案件'));
  }

  /** The money is set aside from the opening until it is paid, and free again where it will not be. */
  private async reservations(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT f.id AS "id", f.state AS "state", COALESCE(r.state, '没有') AS "other"
      FROM fast_paths f
      JOIN cases c ON c.id = f.case_id
      LEFT JOIN reservations r ON r.purpose = f.id
      LEFT JOIN (SELECT purpose, SUM(amount_fen) AS held FROM reservations GROUP BY purpose) h ON h.purpose = f.id
      WHERE CASE WHEN r.id IS NULL THEN 0
              WHEN f.state = 'OPEN' THEN CASE WHEN r.state = 'HELD' AND h.held = c.amount_fen THEN 1 ELSE 0 END
              WHEN f.state IN ('APPROVED', 'RATIFIED', 'NOT_RATIFIED')
                THEN CASE WHEN r.state IN ('HELD', 'SPENT') AND h.held = c.amount_fen THEN 1 ELSE 0 END
              ELSE CASE WHEN r.state = 'RELEASED' THEN 1 ELSE 0 END END = 0`;
    return rows.map((row) => findingOf(row, '留出的钱'));
  }

  /** Two hours are owed while it is open, the ratification while it is approved; neither otherwise. */
  private async clocks(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT f.id AS "id", f.state AS "state", COALESCE(d.kind, '没有') AS "other"
      FROM fast_paths f
      JOIN cases c ON c.id = f.case_id
      LEFT JOIN duties d ON d.subject_id = f.case_id AND d.open_key IS NOT NULL
        AND d.kind IN ('SIGN_FAST', 'RATIFY')
      WHERE NOT EXISTS (SELECT 1 FROM fast_paths n WHERE n.case_id = f.case_id AND n.sequence > f.sequence)
        AND COALESCE(d.kind, '') <> CASE WHEN f.state = 'OPEN' THEN 'SIGN_FAST'
          WHEN f.state = 'APPROVED' AND c.state IN ('APPROVED', 'PAID', 'CLOSED') THEN 'RATIFY' ELSE '' END`;
    return rows.map((row) => findingOf(row, '时限'));
  }

  /** Ratified by a round that approved, not ratified by one that did not, and asked by one that is there. */
  private async rounds(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT f.id AS "id", f.state AS "state", COALESCE(r.state, '没有') AS "other"
      FROM fast_paths f
      LEFT JOIN rounds r ON r.id = f.ratification_round_id AND r.subject_kind = 'ratification' AND r.subject_id = f.id
      WHERE (f.ratification_round_id IS NOT NULL AND r.id IS NULL)
         OR (f.state = 'RATIFIED' AND COALESCE(r.state, '') <> 'APPROVED')
         OR (f.state = 'NOT_RATIFIED' AND COALESCE(r.state, '') IN ('', 'OPEN', 'APPROVED'))
         OR (f.state = 'APPROVED' AND COALESCE(r.state, 'OPEN') <> 'OPEN')`;
    return rows.map((row) => findingOf(row, '追认的表决'));
  }

  /** D4-68: not ratified, all three are held off, until somebody lifts it. */
  private async suspensions(): Promise<Finding[]> {
    const rows = await this.reads.all<Found>`
      SELECT p.id AS "id", p.state AS "state", p.held AS "other"
      FROM (SELECT f.id, f.state,
                   (SELECT COUNT(*) FROM fast_path_suspensions s
                    WHERE s.fast_path_id = f.id AND s.society_id = f.society_id
                      AND s.person_id IN (f.chair_id, f.secretary_id, f.supervisor_id)) AS held
            FROM fast_paths f) p
      WHERE p.held <> CASE p.state WHEN 'NOT_RATIFIED' THEN 3 ELSE 0 END`;
    return rows.map((row) => findingOf(row, '暂停的人数'));
  }
}

function findingOf({ id, state, other }: Found, what: string): Finding {
  const words = `紧急快办是 ${state}，${what}是 ${other}，对不上`;
  return { kind: 'fast path', subject: `fast_paths/${id}`, words };
}
