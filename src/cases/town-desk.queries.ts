import { Injectable } from '@nestjs/common';
import type { DutyKind } from '../duties/index.js';
import { day, dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import { caseNumberText } from './domain/case-number.js';

/** How a society stands, as the one above it and its own home page see it: no names, no cases. */
export type Standing = {
  readonly societyId: string;
  readonly name: string;
  /** The last time that it took on a case, received money, opened a round or drew up a notice; else its founding. */
  readonly lastActiveOn: Day;
  readonly balanceFen: Fen;
  readonly minBalanceFen: Fen;
};

/** What a society below owes beyond its day. */
export type OverdueBelow = {
  readonly societyName: string;
  /** Null where it is owed about a public notice: an objection that nobody has answered. */
  readonly caseNumber: string | null;
  readonly noticeNumber: string | null;
  readonly kind: DutyKind;
  readonly dueAt: Date;
};

type Stamp = Date | string;
type Big = number | string;

const MOST_ON_A_DESK = 200;

/**
 * Asks of many societies at once what their own pages ask of one. Like the reconciler it reads the tables of the
 * contexts above, and writes none.
 */
@Injectable()
export class TownDeskQueries {
  constructor(private readonly reads: Reads) {}

  /** A society itself, or those directly below it, in the order of their founding. */
  async standings(of: { societyId: string } | { below: string }, today: Day): Promise<Standing[]> {
    const itself = 'societyId' in of ? of.societyId : '';
    const above = 'below' in of ? of.below : '';
    const rows = await this.reads.all<{
      societyId: string;
      name: string;
      foundedAt: Stamp;
      caseAt: Stamp | null;
      roundAt: Stamp | null;
      noticeAt: Stamp | null;
      receivedOn: Day | null;
      balanceFen: Big;
      minBalanceFen: Big;
    }>`
      SELECT o.id AS "societyId", o.name AS "name", o.created_at AS "foundedAt",
             (SELECT MAX(c.accepted_at) FROM cases c WHERE c.society_id = o.id) AS "caseAt",
             (SELECT MAX(r.opened_at) FROM rounds r WHERE r.society_id = o.id) AS "roundAt",
             (SELECT MAX(n.created_at) FROM notices n WHERE n.society_id = o.id) AS "noticeAt",
             (SELECT MAX(l.received_on) FROM lots l JOIN fund_balances f ON f.id = l.balance_id
                JOIN books b ON b.id = f.book_id WHERE b.society_id = o.id) AS "receivedOn",
             (SELECT COALESCE(SUM(f.balance_fen), 0) FROM fund_balances f
                JOIN books b ON b.id = f.book_id WHERE b.society_id = o.id) AS "balanceFen",
             (SELECT v.min_balance_fen FROM charter_versions v
                WHERE v.society_id = o.id AND v.valid_from <= ${today}
                ORDER BY v.valid_from DESC LIMIT 1) AS "minBalanceFen"
      FROM organisations o WHERE o.id = ${itself} OR o.parent_id = ${above} ORDER BY o.id`;
    return rows.map(({ societyId, name, ...row }) => ({
      societyId,
      name,
      lastActiveOn: latestOf([row.foundedAt, row.caseAt, row.roundAt, row.noticeAt], row.receivedOn),
      balanceFen: fen(Number(row.balanceFen)),
      minBalanceFen: fen(Number(row.minBalanceFen)),
    }));
  }

  /** Duties of cases and of objections below that are overdue, the oldest first. What waits for a payment is owed from that day only. */
  async overdueBelow(unionId: string, now: Date): Promise<OverdueBelow[]> {
    const rows = await this.reads.all<{
      societyName: string;
      year: number | null;
      number: number | null;
      noticeNumber: string | null;
      kind: DutyKind;
      dueAt: Stamp;
    }>`
      SELECT o.name AS "societyName", c.year AS "year", c.number AS "number", i.number AS "noticeNumber",
             d.kind AS "kind", d.due_at AS "dueAt"
      FROM duties d
      JOIN organisations o ON o.id = d.society_id
      LEFT JOIN cases c ON c.id = d.thread_id
      LEFT JOIN notice_issues i ON i.notice_id = d.thread_id
      WHERE o.parent_id = ${unionId} AND d.open_key IS NOT NULL AND d.due_at < ${now}
        AND (c.id IS NOT NULL OR i.id IS NOT NULL)
        AND (c.paid_at IS NOT NULL OR d.kind NOT IN ('PAPERS', 'ID_NUMBER', 'POST_NOTICE'))
      ORDER BY d.due_at, d.id LIMIT ${MOST_ON_A_DESK}`;
    return rows.map(({ societyName, year, number, noticeNumber, kind, dueAt }) => ({
      societyName,
      kind,
      caseNumber: year === null || number === null ? null : caseNumberText({ year, number }),
      noticeNumber,
      dueAt: instantOf(dueAt),
    }));
  }
}

function latestOf(stamps: readonly (Stamp | null)[], receivedOn: Day | null): Day {
  const days = stamps.flatMap((stamp) => (stamp === null ? [] : [dayOf(instantOf(stamp))]));
  if (receivedOn !== null) days.push(day(receivedOn));
  return days.reduce((latest, each) => (each > latest ? each : latest));
}
