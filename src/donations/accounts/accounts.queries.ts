import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { UNCLAIMED } from '../../ledger/index.js';
import type { NoticeState } from '../../notices/index.js';
import { Reads } from '../../platform/database/reads.js';
import { AccountsNotFound } from '../domain/accounts.errors.js';
import type { AccountsPeriod, Quarter } from '../domain/accounts.js';
import type { SpentOnThread } from '../domain/open-books.js';
import { LINES_FROM, LINES_TO } from '../open-books/open-books.queries.js';
import { ACCOUNTS } from './accounts.kind.js';

/** The accounts of a house or of one fund, and how far their latest notice has come. */
export type ReportRow = AccountsPeriod & {
  readonly id: string;
  readonly societyId: string;
  /** Null for the whole house. */
  readonly fund: string | null;
  /** Null where none was ever drafted, or the draft was taken back. */
  readonly noticeId: string | null;
  readonly noticeState: NoticeState | null;
  readonly number: string | null;
};

/** Accounts that nobody has been asked for yet. */
export type Unasked = { readonly societyId: string; readonly fund: string };

type Num = number | string;
type RawReport = Omit<ReportRow, 'year' | 'quarter' | 'fund'> & { fund: string; year: Num; quarter: Num };

const REPORT = `
  SELECT r.id AS "id", r.society_id AS "societyId", r.fund AS "fund", r.year AS "year", r.quarter AS "quarter",
         n.id AS "noticeId", n.state AS "noticeState", i.number AS "number"
  FROM account_reports r
  LEFT JOIN notices n ON n.subject_kind = '${ACCOUNTS}' AND n.subject_id = r.id AND n.state <> 'DISCARDED'
    AND n.kind IN ('QUARTERLY_ACCOUNTS', 'ANNUAL')
    AND NOT EXISTS (SELECT 1 FROM notices later WHERE later.kind = n.kind AND later.subject_kind = n.subject_kind
                    AND later.subject_id = n.subject_id AND later.version > n.version AND later.state <> 'DISCARDED')
  LEFT JOIN notice_issues i ON i.notice_id = n.id `;

const SPENT = [
  `SELECT n.thread_id AS "threadId", 0 - SUM(n.amount_fen) AS "spentFen" FROM (${LINES_FROM} WHERE b.society_id = `,
  ` AND v.day BETWEEN `,
  ` AND `,
  ` AND (`,
  ` IS NULL OR f.fund = `,
  `) ${LINES_TO}) n
   WHERE n.taken IN ('PAID', 'RETURNED', 'RECOVERED') AND n.thread_id IS NOT NULL GROUP BY n.thread_id`,
];

const pieces = (text: readonly string[]): TemplateStringsArray => Object.assign([...text], { raw: text });

/** What public accounts ask beside the sums of the open books. */
@Injectable()
export class AccountsQueries {
  constructor(private readonly reads: Reads) {}

  /** The newest first; another society's are not among them. */
  async all(societyId: string): Promise<ReportRow[]> {
    const rows = await this
      .reports`WHERE r.society_id = ${societyId} ORDER BY r.year DESC, r.quarter DESC, r.fund, r.id`;
    return rows;
  }

  async find(societyId: string, reportId: string): Promise<ReportRow | null> {
    const [row] = await this.reports`WHERE r.society_id = ${societyId} AND r.id = ${reportId}`;
    return row ?? null;
  }

  async report(societyId: string, reportId: string): Promise<ReportRow> {
    const row = await this.find(societyId, reportId);
    if (!row) throw new AccountsNotFound();
    return row;
  }

  async of(
    societyId: string,
    { year, quarter }: AccountsPeriod,
    fund: string | null,
  ): Promise<ReportRow | null> {
    const [row] = await this.reports`
      WHERE r.society_id = ${societyId} AND r.year = ${year} AND r.quarter = ${quarter} AND r.fund = ${fund ?? ''}`;
    return row ?? null;
  }

  /** What was spent on each case in these days: the same lines as the open books, of other days. */
  async spent(
    societyId: string,
    days: { first: Day; last: Day },
    fund: string | null,
  ): Promise<SpentOnThread[]> {
    const rows = await this.reads.all<{ threadId: string; spentFen: Num }>(
      pieces(SPENT),
      ...[societyId, days.first, days.last, fund, fund],
    );
    return rows.map(({ threadId, spentFen }) => ({ threadId, spentFen: fen(Number(spentFen)) }));
  }

  /** Notices signed in these days. */
  async noticesSigned(societyId: string, from: Date, until: Date): Promise<number> {
    const row = await this.reads.one<{ count: Num }>`
      SELECT COUNT(*) AS "count" FROM notice_issues i
      WHERE i.society_id = ${societyId} AND i.signed_at >= ${from} AND i.signed_at < ${until}`;
    return Number(row?.count ?? 0);
  }

  /** Objections to notices of this house that came in these days, and how many of them were upheld. */
  async objections(societyId: string, from: Date, until: Date): Promise<{ raised: number; upheld: number }> {
    const row = await this.reads.one<{ raised: Num; upheld: Num | null }>`
      SELECT COUNT(*) AS "raised", SUM(CASE WHEN outcome LIKE 'UPHELD%' THEN 1 ELSE 0 END) AS "upheld"
      FROM notice_objections
      WHERE society_id = ${societyId} AND received_at >= ${from} AND received_at < ${until}`;
    return { raised: Number(row?.raised ?? 0), upheld: Number(row?.upheld ?? 0) };
  }

  /** Who wrote a notice of them, and who signed one. */
  async handsOn(reportId: string): Promise<readonly string[]> {
    const rows = await this.reads.all<{ personId: string }>`
      SELECT n.author_person_id AS "personId" FROM notices n
      WHERE n.subject_kind = ${ACCOUNTS} AND n.subject_id = ${reportId} AND n.author_person_id IS NOT NULL
      UNION SELECT i.signed_by FROM notices n JOIN notice_issues i ON i.notice_id = n.id
            WHERE n.subject_kind = ${ACCOUNTS} AND n.subject_id = ${reportId}`;
    return rows.map(({ personId }) => personId);
  }

  /** The funds that a federation's book has, by name; what waits for its giver is none. */
  async funds(societyId: string): Promise<string[]> {
    const rows = await this.reads.all<{ fund: string }>`
      SELECT DISTINCT f.fund AS "fund" FROM fund_balances f JOIN books b ON b.id = f.book_id
      WHERE b.society_id = ${societyId} AND f.fund <> ${UNCLAIMED.fund} ORDER BY f.fund`;
    return rows.map(({ fund }) => fund);
  }

  /** Whether anything was booked up to that day. */
  async hasBooks(societyId: string, last: Day, fund: string | null): Promise<boolean> {
    const row = await this.reads.one<{ count: Num }>`
      SELECT COUNT(*) AS "count" FROM books b JOIN vouchers v ON v.book_id = b.id
      JOIN voucher_lines l ON l.voucher_id = v.id AND l.account IN ('1001', '1002')
      WHERE b.society_id = ${societyId} AND v.day <= ${last} AND (${fund} IS NULL OR l.fund = ${fund})`;
    return Number(row?.count ?? 0) > 0;
  }

  /** Houses with books, and funds of federations, whose accounts of that time nobody has been asked for. */
  async unasked({ year, quarter }: AccountsPeriod, last: Day): Promise<Unasked[]> {
    return this.reads.all<Unasked>`
      SELECT w.society_id AS "societyId", w.fund AS "fund"
      FROM (SELECT DISTINCT b.society_id AS society_id,
                   CASE WHEN o.kind = 'FEDERATION' THEN f.fund ELSE '' END AS fund
            FROM books b JOIN organisations o ON o.id = b.society_id
            JOIN fund_balances f ON f.book_id = b.id AND f.fund <> ${UNCLAIMED.fund}
            WHERE EXISTS (SELECT 1 FROM vouchers v JOIN voucher_lines l ON l.voucher_id = v.id
                          WHERE v.book_id = b.id AND v.day <= ${last} AND l.account IN ('1001', '1002')
                            AND l.fund = f.fund)) w
      WHERE NOT EXISTS (SELECT 1 FROM account_reports r WHERE r.society_id = w.society_id AND r.fund = w.fund
                        AND r.year = ${year} AND r.quarter = ${quarter})
      ORDER BY w.society_id, w.fund`;
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async reports(
    condition: TemplateStringsArray,
    ...values: (string | number)[]
  ): Promise<ReportRow[]> {
    const [first = '', ...rest] = condition;
    const text = [`${REPORT} ${first}`, ...rest];
    const rows = await this.reads.all<RawReport>(Object.assign(text, { raw: text }), ...values);
    return rows.map((row) => ({
      ...row,
      fund: row.fund === '' ? null : row.fund,
      year: Number(row.year),
      quarter: Number(row.quarter) as Quarter,
    }));
  }
}
