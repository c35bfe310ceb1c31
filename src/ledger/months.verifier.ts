import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { listOf, Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';
import { societiesInPages } from './society-pages.js';

const PLACES_AT_ONCE = 100;

type Sum = number | string;
type Told = { inFen: Sum; outFen: Sum; grants: Sum };
type Row = { id: string; month: string; kept: string; booked: string };

const words = ({ inFen, outFen, grants }: Told): string =>
  `收入 ${yuanText(fen(Number(inFen)))} 元、支出 ${yuanText(fen(Number(outFen)))} 元、救助 ${String(grants)} 笔`;

/** Makes the sums by month anew: of each society from its vouchers, of each place from its societies (ADR 31). */
@Injectable()
export class MonthsVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for await (const page of societiesInPages(this.reads)) findings.push(...(await this.societies(page)));
    findings.push(...(await this.told()));
    for await (const page of this.placesInPages()) findings.push(...(await this.places(page)));
    return findings;
  }

  /** Both ways in one question: a month that is not kept, and one that no voucher is in. */
  private async societies(societyIds: readonly string[]): Promise<Finding[]> {
    const ids = listOf(societyIds);
    const rows = await this.reads.among<Row>`
      SELECT s.society_id AS "id", s.month AS "month",
             SUM(s.kept_in) || '/' || SUM(s.kept_out) || '/' || SUM(s.kept_grants) AS "kept",
             SUM(s.in_fen) || '/' || SUM(s.out_fen) || '/' || SUM(s.grants) AS "booked"
      FROM (SELECT m.society_id AS society_id, m.month AS month, m.in_fen AS kept_in, m.out_fen AS kept_out,
                   m.grants AS kept_grants, 0 AS in_fen, 0 AS out_fen, 0 AS grants
            FROM society_months m WHERE m.society_id IN ${ids}
            UNION ALL
            SELECT t.society_id, SUBSTR(t.day, 1, 7), 0, 0, 0, 0 - t.income - CASE
                     WHEN t.reversal_of IS NULL AND t.closed > 0 THEN t.closed ELSE 0 END, t.spent,
                   CASE WHEN t.paid > 0 THEN 1 WHEN t.paid < 0 THEN -1 ELSE 0 END
            FROM (SELECT b.society_id AS society_id, v.id AS id, v.day AS day, v.reversal_of AS reversal_of,
                         SUM(CASE WHEN l.account IN ('1001', '1002') THEN 1 ELSE 0 END) AS money,
                         SUM(CASE WHEN l.account IN ('4101', '4201', '4401', '4901') THEN l.amount_fen ELSE 0 END) AS income,
                         SUM(CASE WHEN l.account = '3101' AND l.thread_id IS NULL THEN l.amount_fen ELSE 0 END) AS closed,
                         SUM(CASE WHEN l.account IN ('1001', '1002') THEN 0 WHEN l.account = '5201' THEN l.amount_fen
                               WHEN l.thread_id IS NOT NULL THEN l.amount_fen ELSE 0 END) AS spent,
                         SUM(CASE WHEN l.account = '2209' AND l.thread_id IS NOT NULL THEN l.amount_fen ELSE 0 END) AS paid
                  FROM books b JOIN vouchers v ON v.book_id = b.id JOIN voucher_lines l ON l.voucher_id = v.id
                  WHERE b.society_id IN ${ids} GROUP BY b.society_id, v.id, v.day, v.reversal_of) t
            WHERE t.money > 0) s
      GROUP BY s.society_id, s.month
      HAVING SUM(s.kept_in) <> SUM(s.in_fen) OR SUM(s.kept_out) <> SUM(s.out_fen) OR SUM(s.kept_grants) <> SUM(s.grants)`;
    return rows.map(({ id, month, kept, booked }) => ({
      kind: 'month',
      subject: `society_months/${id}/${month}`,
      words: `${month} 记着${toldIn(kept)}，按凭证重算是${toldIn(booked)}`,
    }));
  }

  /** What is not pending has been told to the places above, all of it. */
  private async told(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; month: string }>`
      SELECT society_id AS "id", month AS "month" FROM society_months
      WHERE pending = 0 AND (in_fen <> rolled_in_fen OR out_fen <> rolled_out_fen OR grants <> rolled_grants)`;
    return rows.map(({ id, month }) => ({
      kind: 'month',
      subject: `society_months/${id}/${month}`,
      words: `${month} 的合计没有全部汇总到上级地区，也不在等着汇总`,
    }));
  }

  /** Towns and wider, and whatever has months though it should have none: the village itself is the society. */
  private async *placesInPages(): AsyncGenerator<readonly string[]> {
    for (let after = ''; ;) {
      const rows = await this.reads.all<{ id: string }>`
        SELECT r.id AS "id" FROM regions r
        WHERE r.id > ${after}
          AND (r.level <> 'VILLAGE' OR EXISTS (SELECT 1 FROM region_months m WHERE m.region_id = r.id))
        ORDER BY r.id LIMIT ${PLACES_AT_ONCE}`;
      const last = rows.at(-1);
      if (!last) return;
      after = last.id;
      yield rows.map(({ id }) => id);
    }
  }

  /**
   * A place is the sum of what its societies have told: those of its own, and of the places up to four steps below, each
   * found by the place around it. One statement, since places are told while it is asked.
   */
  private async places(regionIds: readonly string[]): Promise<Finding[]> {
    const ids = listOf(regionIds);
    const rows = await this.reads.among<Row>`
      SELECT s.region_id AS "id", s.month AS "month",
             SUM(s.kept_in) || '/' || SUM(s.kept_out) || '/' || SUM(s.kept_grants) AS "kept",
             SUM(s.in_fen) || '/' || SUM(s.out_fen) || '/' || SUM(s.grants) AS "booked"
      FROM (SELECT r.region_id AS region_id, r.month AS month, r.in_fen AS kept_in, r.out_fen AS kept_out,
                   r.grants AS kept_grants, 0 AS in_fen, 0 AS out_fen, 0 AS grants
            FROM region_months r WHERE r.region_id IN ${ids}
            UNION ALL
            SELECT t.region_id, m.month, 0, 0, 0, SUM(m.rolled_in_fen), SUM(m.rolled_out_fen), SUM(m.rolled_grants)
            FROM (SELECT p.id AS region_id, p.id AS own_id FROM regions p
                  WHERE p.id IN ${ids} AND p.level <> 'VILLAGE'
                  UNION ALL
                  SELECT p.id, a.id FROM regions p JOIN regions a ON a.parent_id = p.id
                  WHERE p.id IN ${ids} AND p.level <> 'VILLAGE'
                  UNION ALL
                  SELECT p.id, b.id FROM regions p JOIN regions a ON a.parent_id = p.id
                  JOIN regions b ON b.parent_id = a.id
                  WHERE p.id IN ${ids} AND p.level <> 'VILLAGE'
                  UNION ALL
                  SELECT p.id, c.id FROM regions p JOIN regions a ON a.parent_id = p.id
                  JOIN regions b ON b.parent_id = a.id JOIN regions c ON c.parent_id = b.id
                  WHERE p.id IN ${ids} AND p.level <> 'VILLAGE'
                  UNION ALL
                  SELECT p.id, d.id FROM regions p JOIN regions a ON a.parent_id = p.id
                  JOIN regions b ON b.parent_id = a.id JOIN regions c ON c.parent_id = b.id
                  JOIN regions d ON d.parent_id = c.id
                  WHERE p.id IN ${ids} AND p.level <> 'VILLAGE') t
            JOIN organisations o ON o.region_id = t.own_id JOIN society_months m ON m.society_id = o.id
            GROUP BY t.region_id, m.month) s
      GROUP BY s.region_id, s.month
      HAVING SUM(s.kept_in) <> SUM(s.in_fen) OR SUM(s.kept_out) <> SUM(s.out_fen) OR SUM(s.kept_grants) <> SUM(s.grants)`;
    return rows.map(({ id, month, kept, booked }) => ({
      kind: 'month of place',
      subject: `region_months/${id}/${month}`,
      words: `${month} 记着${toldIn(kept)}，各社相加是${toldIn(booked)}`,
    }));
  }
}

function toldIn(text: string): string {
  const [inFen = 0, outFen = 0, grants = 0] = text.split('/').map(Number);
  return words({ inFen, outFen, grants });
}
