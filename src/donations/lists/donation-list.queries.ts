import { Injectable } from '@nestjs/common';
import { day } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { NoticeState } from '../../notices/index.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import type { UnlistedGift } from '../domain/donation-list.js';
import { DonationListNotFound } from '../domain/donation-list.errors.js';
import { DONATION_LIST } from './donation-list.kind.js';

export type ListRow = {
  readonly id: string;
  readonly noticeId: string;
  readonly noticeState: NoticeState;
  /** Null until it is signed. */
  readonly number: string | null;
  readonly firstDay: Day;
  readonly lastDay: Day;
  readonly createdAt: Date;
  readonly withdrawnAt: Date | null;
  readonly gifts: number;
  readonly totalFen: Fen;
};

type Raw = Omit<ListRow, 'createdAt' | 'withdrawnAt' | 'gifts' | 'totalFen'> & {
  createdAt: Date | string;
  withdrawnAt: Date | string | null;
  gifts: number | string;
  totalFen: number | string;
};

/** What waits to be listed up to a day. */
export type Waiting = { readonly gifts: number; readonly totalFen: Fen };

/** A gift of a list as things stand now. */
export type ListedNow = {
  readonly donorId: string | null;
  readonly isReceived: boolean;
  readonly leftFen: Fen;
  readonly printedFen: Fen;
};

const MOST_ON_A_PAGE = 50;

const LIST = `
  SELECT l.id AS "id", n.id AS "noticeId", n.state AS "noticeState", i.number AS "number", l.first_day AS "firstDay",
         l.last_day AS "lastDay", l.created_at AS "createdAt", l.withdrawn_at AS "withdrawnAt",
         (SELECT COUNT(*) FROM donation_list_gifts g WHERE g.list_id = l.id) AS "gifts",
         (SELECT COALESCE(SUM(g.amount_fen), 0) FROM donation_list_gifts g WHERE g.list_id = l.id) AS "totalFen"
  FROM donation_lists l
  JOIN notices n ON n.subject_kind = '${DONATION_LIST}' AND n.subject_id = l.id AND n.kind = 'DONATION_LIST'
    AND n.version = (SELECT MAX(v.version) FROM notices v
                     WHERE v.subject_kind = n.subject_kind AND v.subject_id = n.subject_id AND v.kind = n.kind)
  LEFT JOIN notice_issues i ON i.notice_id = n.id `;

@Injectable()
export class DonationListQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's list is not found, like one that never was (D4-69). */
  async list(societyId: string, listId: string): Promise<ListRow> {
    const [row] = await this.lists`WHERE l.society_id = ${societyId} AND l.id = ${listId}`;
    if (!row) throw new DonationListNotFound();
    return row;
  }

  async find(societyId: string, listId: string): Promise<ListRow | null> {
    const [row] = await this.lists`WHERE l.society_id = ${societyId} AND l.id = ${listId}`;
    return row ?? null;
  }

  /** The newest first; those that were taken back are left out. */
  async page(
    societyId: string,
    after: string | null,
  ): Promise<{ rows: readonly ListRow[]; next: string | null }> {
    const rows = await this.lists`
      WHERE l.society_id = ${societyId} AND l.withdrawn_at IS NULL AND l.id < ${after ?? 'z'}
      ORDER BY l.id DESC LIMIT ${MOST_ON_A_PAGE + 1}`;
    const shown = rows.slice(0, MOST_ON_A_PAGE);
    return { rows: shown, next: rows.length > MOST_ON_A_PAGE ? (shown.at(-1)?.id ?? null) : null };
  }

  async waiting(societyId: string, until: Day): Promise<Waiting> {
    const row = await this.reads.one<Record<keyof Waiting, number | string | null>>`
      SELECT COUNT(*) AS "gifts", SUM(m.left_fen) AS "totalFen"
      FROM (SELECT g.amount_fen - (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_lots x
                                   JOIN lot_allocations a ON a.lot_id = x.lot_id
                                   WHERE x.gift_id = g.id AND a.kind = 'REFUNDED') AS left_fen
            FROM gifts g
            WHERE g.society_id = ${societyId} AND g.state = 'RECEIVED' AND g.nature = 'GIFT'
              AND g.given_on <= ${until}
              AND NOT EXISTS (SELECT 1 FROM donation_list_gifts l WHERE l.gift_key = g.id)) m
      WHERE m.left_fen > 0`;
    return { gifts: Number(row?.gifts ?? 0), totalFen: fen(Number(row?.totalFen ?? 0)) };
  }

  /** In the order in which they are printed. */
  async giftsOf(listId: string): Promise<ListedNow[]> {
    const rows = await this.reads.all<
      Pick<ListedNow, 'donorId'> & Record<'received' | 'leftFen' | 'printedFen', number | string>
    >`
      SELECT g.donor_id AS "donorId", CASE WHEN g.state = 'RECEIVED' THEN 1 ELSE 0 END AS "received",
             l.amount_fen AS "printedFen",
             g.amount_fen - (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_lots x
                             JOIN lot_allocations a ON a.lot_id = x.lot_id
                             WHERE x.gift_id = g.id AND a.kind = 'REFUNDED') AS "leftFen"
      FROM donation_list_gifts l JOIN gifts g ON g.id = l.gift_id WHERE l.list_id = ${listId}
      ORDER BY g.given_on, g.id`;
    return rows.map(({ donorId, received, leftFen, printedFen }) => ({
      donorId,
      isReceived: Number(received) === 1,
      leftFen: fen(Number(leftFen)),
      printedFen: fen(Number(printedFen)),
    }));
  }

  /** Its gifts as they would be listed today, the oldest first: what was booked off or went back is none any more. */
  async standingOf(listId: string): Promise<UnlistedGift[]> {
    const rows = await this.reads.all<Omit<UnlistedGift, 'amountFen'> & { amountFen: number | string }>`
      SELECT g.id AS "giftId", g.donor_id AS "donorId", g.given_on AS "givenOn", g.form AS "form",
             g.amount_fen - (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_lots x
                             JOIN lot_allocations a ON a.lot_id = x.lot_id
                             WHERE x.gift_id = g.id AND a.kind = 'REFUNDED') AS "amountFen"
      FROM donation_list_gifts l JOIN gifts g ON g.id = l.gift_id
      WHERE l.list_id = ${listId} AND g.state = 'RECEIVED' ORDER BY g.given_on, g.id`;
    const gifts = rows.map((row) => ({
      ...row,
      givenOn: day(row.givenOn),
      amountFen: fen(Number(row.amountFen)),
    }));
    return gifts.filter(({ amountFen }) => amountFen > 0);
  }

  /** Who drew the list up, and who wrote its gifts down. */
  async handsOn(listId: string): Promise<readonly string[]> {
    const rows = await this.reads.all<{ personId: string }>`
      SELECT created_by AS "personId" FROM donation_lists WHERE id = ${listId} AND created_by IS NOT NULL
      UNION SELECT g.recorded_by FROM donation_list_gifts l JOIN gifts g ON g.id = l.gift_id
            WHERE l.list_id = ${listId} AND g.recorded_by IS NOT NULL`;
    return rows.map(({ personId }) => personId);
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async lists(text: TemplateStringsArray, ...values: Value[]): Promise<ListRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([LIST + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      firstDay: day(row.firstDay),
      lastDay: day(row.lastDay),
      createdAt: instantOf(row.createdAt),
      withdrawnAt: optionalInstantOf(row.withdrawnAt),
      gifts: Number(row.gifts),
      totalFen: fen(Number(row.totalFen)),
    }));
  }
}
