import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { RefundNotFound } from '../domain/refund.errors.js';
import type { RefundReason, RefundState } from '../domain/refund.js';

/** A refund as lists and its page show it; the giver masked. */
export type RefundFacts = {
  readonly id: string;
  readonly societyId: string;
  readonly giftId: string;
  readonly changeId: string | null;
  readonly shownName: string | null;
  readonly giftFen: Fen;
  readonly givenOn: Day;
  /** By which account it came: of the gift, so that it goes back to the same. */
  readonly giftMethod: 'BANK' | 'CASH' | null;
  readonly giftBankReference: string | null;
  readonly reason: RefundReason;
  readonly words: string;
  readonly amountFen: Fen;
  readonly paperFileId: string | null;
  readonly state: RefundState;
  readonly askedBy: string | null;
  readonly askedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionWords: string | null;
  readonly paidOn: Day | null;
  readonly bankReference: string | null;
  /** What the transfer came to, and how many refunds it paid; null and nothing until the money is out. */
  readonly lineFen: Fen | null;
  readonly lineRefunds: number;
  readonly endedAt: Date | null;
};

/** What left one lot, with the voucher that it was booked by. */
export type RefundPartFacts = {
  readonly lotId: string;
  readonly amountFen: Fen;
  readonly fund: string;
  readonly restriction: string;
  readonly voucherId: string | null;
  readonly voucherNumber: number | null;
};

type Big = number | string;
type Stamp = Date | string;
type Raw = Omit<
  RefundFacts,
  'giftFen' | 'amountFen' | 'lineFen' | 'lineRefunds' | 'askedAt' | 'decidedAt' | 'endedAt'
> & {
  giftFen: Big;
  amountFen: Big;
  lineFen: Big | null;
  lineRefunds: Big;
  askedAt: Stamp;
  decidedAt: Stamp | null;
  endedAt: Stamp | null;
};

const MOST_ON_A_PAGE = 100;

const REFUND = `
  SELECT r.id AS "id", r.society_id AS "societyId", r.gift_id AS "giftId", r.change_id AS "changeId",
         d.shown_name AS "shownName", g.amount_fen AS "giftFen", g.given_on AS "givenOn", g.method AS "giftMethod",
         g.bank_reference AS "giftBankReference", r.reason AS "reason", r.words AS "words",
         r.amount_fen AS "amountFen", r.paper_file_id AS "paperFileId", r.state AS "state", r.asked_by AS "askedBy",
         r.asked_at AS "askedAt", r.decided_by AS "decidedBy", r.decided_at AS "decidedAt",
         r.decision_words AS "decisionWords", k.paid_on AS "paidOn", k.bank_reference AS "bankReference",
         k.amount_fen AS "lineFen",
         (SELECT COUNT(*) FROM gift_refunds o WHERE o.line_id = r.line_id) AS "lineRefunds",
         r.ended_at AS "endedAt"
  FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id LEFT JOIN donors d ON d.id = g.donor_id
  LEFT JOIN gift_refund_lines k ON k.id = r.line_id `;

@Injectable()
export class GiftRefundsQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's refund is not found, like one that never was (D4-69). */
  async refund(societyId: string, refundId: string): Promise<RefundFacts> {
    const [row] = await this.refunds`WHERE r.society_id = ${societyId} AND r.id = ${refundId}`;
    if (!row) throw new RefundNotFound();
    return row;
  }

  /** What is open first, then the newest. */
  async latest(societyId: string): Promise<RefundFacts[]> {
    return this.refunds`
      WHERE r.society_id = ${societyId}
      ORDER BY CASE WHEN r.open_key IS NULL THEN 1 ELSE 0 END, r.asked_at DESC, r.id DESC LIMIT ${MOST_ON_A_PAGE}`;
  }

  async ofGift(societyId: string, giftId: string): Promise<RefundFacts[]> {
    return this.refunds`
      WHERE r.society_id = ${societyId} AND r.gift_id = ${giftId} ORDER BY r.asked_at DESC, r.id DESC LIMIT ${MOST_ON_A_PAGE}`;
  }

  /** What else of the same giver waits to be paid, and so may go by the same transfer; nothing of one who is not known. */
  async payableBeside({ societyId, id }: Pick<RefundFacts, 'societyId' | 'id'>): Promise<RefundFacts[]> {
    return this.refunds`
      WHERE r.society_id = ${societyId} AND r.state = 'APPROVED' AND r.id <> ${id}
        AND g.donor_id = (SELECT h.donor_id FROM gift_refunds s JOIN gifts h ON h.id = s.gift_id WHERE s.id = ${id})
      ORDER BY r.asked_at, r.id LIMIT ${MOST_ON_A_PAGE}`;
  }

  /** All that one transfer paid beside this one. */
  async paidBeside({ id }: Pick<RefundFacts, 'id'>): Promise<RefundFacts[]> {
    return this.refunds`
      WHERE r.id <> ${id} AND r.line_id = (SELECT s.line_id FROM gift_refunds s WHERE s.id = ${id})
      ORDER BY r.id LIMIT ${MOST_ON_A_PAGE}`;
  }

  async partsOf(refundId: string): Promise<RefundPartFacts[]> {
    const rows = await this.reads.all<Omit<RefundPartFacts, 'amountFen'> & { amountFen: Big }>`
      SELECT p.lot_id AS "lotId", p.amount_fen AS "amountFen", f.fund AS "fund", f.restriction AS "restriction",
             p.voucher_id AS "voucherId", v.number AS "voucherNumber"
      FROM gift_refund_parts p JOIN lots l ON l.id = p.lot_id JOIN fund_balances f ON f.id = l.balance_id
      LEFT JOIN vouchers v ON v.id = p.voucher_id
      WHERE p.refund_id = ${refundId} ORDER BY p.id`;
    return rows.map((row) => ({ ...row, amountFen: fen(Number(row.amountFen)) }));
  }

  private async refunds(text: TemplateStringsArray, ...values: Value[]): Promise<RefundFacts[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([REFUND + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      giftFen: fen(Number(row.giftFen)),
      amountFen: fen(Number(row.amountFen)),
      lineFen: row.lineFen === null ? null : fen(Number(row.lineFen)),
      lineRefunds: Number(row.lineRefunds),
      askedAt: instantOf(row.askedAt),
      decidedAt: optionalInstantOf(row.decidedAt),
      endedAt: optionalInstantOf(row.endedAt),
    }));
  }
}
