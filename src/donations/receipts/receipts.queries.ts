import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { isSameSecret } from '../../platform/crypto/hash.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { ReceiptNotFound } from '../domain/receipt.errors.js';
import { receiptStanding } from '../domain/receipt.js';
import type {
  ReceiptKind,
  ReceiptMode,
  ReceiptStanding,
  ReturnedAs,
  ReversalCause,
} from '../domain/receipt.js';

/** A receipt without what is sealed in it; the payer masked. */
export type ReceiptRow = {
  readonly id: string;
  readonly societyId: string;
  readonly societyName: string;
  readonly giftId: string;
  readonly issuerId: string;
  readonly issuerName: string;
  readonly mode: ReceiptMode;
  readonly kind: ReceiptKind;
  readonly number: string;
  readonly checkCode: string;
  readonly amountFen: Fen;
  readonly issuedOn: Day;
  readonly issuedAt: Date;
  /** Masked for a person; null where nobody is named. */
  readonly shownName: string | null;
  readonly cause: ReversalCause | null;
  readonly reason: string | null;
  readonly returned: ReturnedAs | null;
  /** On a red one, the number that it takes back; on a reversed one, the number of the red one. */
  readonly otherNumber: string | null;
  readonly state: ReceiptStanding;
};

/** What a number and its check code open in public. */
export type PublicReceipt = {
  readonly receiptId: string;
  readonly giftId: string;
  readonly societyId: string;
  readonly number: string;
  readonly issuedOn: Day;
  readonly amountFen: Fen;
  readonly state: ReceiptStanding;
};

export type ReceiptPage = { readonly rows: readonly ReceiptRow[]; readonly next: string | null };

export type DueRow = {
  readonly giftId: string;
  readonly givenOn: Day;
  readonly amountFen: Fen;
  /** Masked for a person; null where nobody is named. */
  readonly shownName: string | null;
};

type Raw = Omit<ReceiptRow, 'amountFen' | 'issuedAt' | 'state' | 'otherNumber'> & {
  amountFen: number | string;
  issuedAt: Date | string;
  reversed: string | null;
  reverses: string | null;
};

const MOST_ON_A_PAGE = 50;

const RECEIPT = `
  SELECT r.id AS "id", r.society_id AS "societyId", s.name AS "societyName", r.gift_id AS "giftId",
         r.issuer_id AS "issuerId", i.name AS "issuerName", r.mode AS "mode", r.kind AS "kind",
         r.number_text AS "number", r.check_code AS "checkCode", r.amount_fen AS "amountFen",
         r.issued_on AS "issuedOn", r.issued_at AS "issuedAt", d.shown_name AS "shownName", r.cause AS "cause",
         r.reason AS "reason", r.returned AS "returned", red.number_text AS "reversed", old.number_text AS "reverses"
  FROM receipts r JOIN organisations s ON s.id = r.society_id JOIN organisations i ON i.id = r.issuer_id
  JOIN gifts g ON g.id = r.gift_id LEFT JOIN donors d ON d.id = g.donor_id
  LEFT JOIN receipts red ON red.reverses_id = r.id LEFT JOIN receipts old ON old.id = r.reverses_id `;

@Injectable()
export class ReceiptsQueries {
  constructor(private readonly reads: Reads) {}

  /** By what is printed on the paper; null where number and check code do not belong together. */
  async findPublic(number: string, code: string): Promise<PublicReceipt | null> {
    const rows = await this.receipts`WHERE r.number_text = ${tidy(number)} AND r.check_code = ${tidy(code)}`;
    const typed = tidy(code);
    const [row] = rows.filter(({ checkCode }) => isSameSecret(checkCode, typed));
    if (!row) return null;
    const { id: receiptId, giftId, societyId, issuedOn, amountFen, state } = row;
    return { receiptId, giftId, societyId, number: row.number, issuedOn, amountFen, state };
  }

  /** Of the society's own gifts, or issued in its name (a federation for its societies); any other is not found. */
  async receipt(societyId: string, receiptId: string): Promise<ReceiptRow> {
    const [row] = await this.receipts`
      WHERE r.id = ${receiptId} AND (r.society_id = ${societyId} OR r.issuer_id = ${societyId})`;
    if (!row) throw new ReceiptNotFound();
    return row;
  }

  /** The newest first, from below `after`: of its own gifts and issued in its name. */
  async page(societyId: string, after: string | null): Promise<ReceiptPage> {
    const below = after ?? 'z';
    const rows = await this.receipts`
      WHERE (r.society_id = ${societyId} OR r.issuer_id = ${societyId}) AND r.id < ${below}
      ORDER BY r.id DESC LIMIT ${MOST_ON_A_PAGE + 1}`;
    const shown = rows.slice(0, MOST_ON_A_PAGE);
    return { rows: shown, next: rows.length > MOST_ON_A_PAGE ? (shown.at(-1)?.id ?? null) : null };
  }

  /** All that were ever issued for one gift, the newest first. */
  async ofGift(societyId: string, giftId: string): Promise<ReceiptRow[]> {
    return this.receipts`WHERE r.society_id = ${societyId} AND r.gift_id = ${giftId} ORDER BY r.id DESC`;
  }

  /** What waits for its receipt, has a donor to be written to and is not about to go back, the oldest first. */
  async dueToNamed(societyId: string, limit: number): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT g.id AS "id" FROM gifts g
      WHERE g.society_id = ${societyId} AND g.state = 'RECEIVED' AND g.receipt_state = 'DUE' AND g.donor_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM gift_refunds f WHERE f.gift_id = g.id AND f.state IN ('ASKED', 'APPROVED'))
      ORDER BY g.given_on, g.id LIMIT ${limit}`;
    return rows.map(({ id }) => id);
  }

  /** What waits longest for its receipt. */
  async dueList(societyId: string): Promise<DueRow[]> {
    const rows = await this.reads.all<Omit<DueRow, 'amountFen'> & { amountFen: number | string }>`
      SELECT g.id AS "giftId", g.given_on AS "givenOn", g.amount_fen AS "amountFen", d.shown_name AS "shownName"
      FROM gifts g LEFT JOIN donors d ON d.id = g.donor_id
      WHERE g.society_id = ${societyId} AND g.state = 'RECEIVED' AND g.receipt_state = 'DUE'
      ORDER BY g.given_on, g.id LIMIT ${MOST_ON_A_PAGE}`;
    return rows.map((row) => ({ ...row, amountFen: fen(Number(row.amountFen)) }));
  }

  /** How many receipts are due, to donors with a name and without. */
  async due(societyId: string): Promise<{ named: number; unnamed: number }> {
    const row = await this.reads.one<{ named: number | string; unnamed: number | string }>`
      SELECT COUNT(donor_id) AS "named", COUNT(*) - COUNT(donor_id) AS "unnamed" FROM gifts
      WHERE society_id = ${societyId} AND state = 'RECEIVED' AND receipt_state = 'DUE'`;
    return { named: Number(row?.named ?? 0), unnamed: Number(row?.unnamed ?? 0) };
  }

  /** That a donor wanted none, the latest first. */
  async waivers(societyId: string, giftId: string): Promise<{ reason: string; waivedAt: Date }[]> {
    const rows = await this.reads.all<{ reason: string; waivedAt: Date | string }>`
      SELECT reason AS "reason", waived_at AS "waivedAt" FROM receipt_waivers
      WHERE society_id = ${societyId} AND gift_id = ${giftId} ORDER BY id DESC`;
    return rows.map(({ reason, waivedAt }) => ({ reason, waivedAt: instantOf(waivedAt) }));
  }

  /** The numbers that stand for the gifts of one donor, by gift. */
  async standingOf(societyId: string, donorId: string): Promise<Map<string, string>> {
    const rows = await this.reads.all<{ giftId: string; number: string }>`
      SELECT r.gift_id AS "giftId", r.number_text AS "number" FROM receipts r
      JOIN gifts g ON g.id = r.gift_id AND g.donor_id = ${donorId}
      WHERE r.society_id = ${societyId} AND r.kind = 'BLUE'
        AND NOT EXISTS (SELECT 1 FROM receipts red WHERE red.reverses_id = r.id)`;
    return new Map(rows.map(({ giftId, number }) => [giftId, number]));
  }

  /** What is sealed in a receipt that was found before. */
  async sealedOf(receiptId: string): Promise<{ contentSealed: string; issuedAt: Date }> {
    const row = await this.reads.one<{ contentSealed: string; issuedAt: Date | string }>`
      SELECT content_sealed AS "contentSealed", issued_at AS "issuedAt" FROM receipts WHERE id = ${receiptId}`;
    if (!row) throw new ReceiptNotFound();
    return { contentSealed: row.contentSealed, issuedAt: instantOf(row.issuedAt) };
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async receipts(text: TemplateStringsArray, ...values: Value[]): Promise<ReceiptRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([RECEIPT + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map(({ reversed, reverses, ...row }) => ({
      ...row,
      amountFen: fen(Number(row.amountFen)),
      issuedAt: instantOf(row.issuedAt),
      otherNumber: reversed ?? reverses,
      state: receiptStanding({ kind: row.kind, isReversed: reversed !== null }),
    }));
  }
}

/** As it may be read off a paper: full-width, in small letters, with spaces. */
const tidy = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]+/gu, '')
    .slice(0, 40);
