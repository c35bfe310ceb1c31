import { Injectable } from '@nestjs/common';
import { maskName } from '../../kernel/chinese/name-mask.js';
import type { Day } from '../../kernel/day.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Answer } from '../domain/change-of-use.js';
import type { DonorGroup, DonorKind } from '../domain/donor.js';
import type { GiftForm, GiftState } from '../domain/gift.js';
import type { GoodsState } from '../domain/goods.js';
import type { ReceiptKind } from '../domain/receipt.js';
import type { RefundReason, RefundState } from '../domain/refund.js';
import { DonorSeals } from '../donors/donor.seals.js';

type Amount = number | string;
type Stamp = Date | string;

export type CopiedRecord = {
  readonly id: string;
  readonly kind: DonorKind;
  readonly group: DonorGroup;
  readonly name: string;
  readonly phone: string | null;
  readonly uscc: string | null;
  readonly homePlace: string | null;
  readonly publishesName: boolean;
  readonly askedAt: Date;
  readonly createdAt: Date;
  readonly mergedAt: Date | null;
  readonly login: string | null;
};
type RawRecord = Omit<
  CopiedRecord,
  'name' | 'phone' | 'publishesName' | 'askedAt' | 'createdAt' | 'mergedAt'
> & {
  nameSealed: string;
  phoneSealed: string | null;
  publishesName: Amount;
  askedAt: Stamp;
  createdAt: Stamp;
  mergedAt: Stamp | null;
};

export type CopiedGift = {
  readonly id: string;
  readonly form: GiftForm;
  readonly state: GiftState;
  readonly nature: 'GIFT' | 'FEE';
  readonly givenOn: Day;
  readonly amountFen: number;
  readonly intentWords: string;
  readonly bankReference: string | null;
  /** A voucher rests on it, struck or not. */
  readonly isBooked: boolean;
};
export type CopiedGoods = {
  readonly id: string;
  readonly state: GoodsState;
  readonly receivedOn: Day;
  readonly intentWords: string;
  readonly items: string;
};
export type CopiedReceipt = {
  readonly number: string;
  readonly kind: ReceiptKind;
  readonly amountFen: number;
  readonly issuedOn: Day;
  readonly reversed: boolean;
};
export type CopiedRefund = {
  readonly reason: RefundReason;
  readonly words: string;
  readonly amountFen: number;
  readonly state: RefundState;
  readonly askedAt: Date;
  readonly paidOn: Day | null;
  readonly bankReference: string | null;
};
export type CopiedAnswer = {
  readonly answer: Answer;
  readonly answeredAt: Date | null;
  readonly fund: string;
  readonly restriction: string;
  readonly intoFund: string;
  readonly intoRestriction: string;
};
export type CopiedLook = { readonly at: Date; readonly who: string | null; readonly words: string };
export type CopiedErasure = { readonly at: Date; readonly cause: string };

const MOST_LOOKS = 500;

/** What the rows say of a donor, for his copy alone: of all records that are his in one society. */
@Injectable()
export class DonorCopyQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: DonorSeals,
  ) {}

  async records(donorIds: readonly string[]): Promise<CopiedRecord[]> {
    const rows = await this.reads.among<RawRecord>`
      SELECT d.id AS "id", d.kind AS "kind", d.category AS "group", d.name_sealed AS "nameSealed",
             d.phone_sealed AS "phoneSealed", d.uscc AS "uscc", d.home_place AS "homePlace",
             d.publishes_name AS "publishesName", d.asked_at AS "askedAt", d.created_at AS "createdAt",
             d.merged_at AS "mergedAt", a.login AS "login"
      FROM donors d LEFT JOIN accounts a ON a.id = d.account_id
      WHERE d.id IN ${listOf(donorIds)} ORDER BY d.merged_at IS NOT NULL, d.id`;
    return rows.map(({ nameSealed, phoneSealed, ...row }) => ({
      ...row,
      name: this.seals.open('name', row.id, nameSealed),
      phone: phoneSealed && this.seals.open('phone', row.id, phoneSealed),
      publishesName: Number(row.publishesName) === 1,
      askedAt: instantOf(row.askedAt),
      createdAt: instantOf(row.createdAt),
      mergedAt: optionalInstantOf(row.mergedAt),
    }));
  }

  /** All that he gave or said that he would give, what was struck too. */
  async gifts(donorIds: readonly string[]): Promise<CopiedGift[]> {
    const rows = await this.reads.among<
      Omit<CopiedGift, 'amountFen' | 'isBooked'> & { amountFen: Amount; isBooked: Amount }
    >`
      SELECT id AS "id", form AS "form", state AS "state", nature AS "nature", given_on AS "givenOn",
             amount_fen AS "amountFen", intent_words AS "intentWords", bank_reference AS "bankReference",
             CASE WHEN voucher_id IS NULL THEN 0 ELSE 1 END AS "isBooked"
      FROM gifts WHERE donor_id IN ${listOf(donorIds)} ORDER BY given_on DESC, id DESC`;
    return rows.map((row) => ({
      ...row,
      amountFen: Number(row.amountFen),
      isBooked: Number(row.isBooked) === 1,
    }));
  }

  async goods(donorIds: readonly string[]): Promise<CopiedGoods[]> {
    const deliveries = await this.reads.among<Omit<CopiedGoods, 'items'>>`
      SELECT id AS "id", state AS "state", received_on AS "receivedOn", intent_words AS "intentWords"
      FROM goods_deliveries WHERE donor_id IN ${listOf(donorIds)} ORDER BY received_on DESC, id DESC`;
    const items = await this.reads.among<{ of: string; name: string; unit: string; quantity: Amount }>`
      SELECT delivery_id AS "of", name AS "name", unit AS "unit", quantity AS "quantity" FROM goods_items
      WHERE delivery_id IN ${listOf(deliveries.map(({ id }) => id))} ORDER BY position`;
    const wordsOf = (id: string) =>
      items.filter((item) => item.of === id).map(({ name, quantity, unit }) => `${name} ${quantity} ${unit}`);
    return deliveries.map((row) => ({ ...row, items: wordsOf(row.id).join('、') }));
  }

  async receipts(donorIds: readonly string[]): Promise<CopiedReceipt[]> {
    const rows = await this.reads.among<
      Omit<CopiedReceipt, 'amountFen' | 'reversed'> & { amountFen: Amount; reversed: Amount }
    >`
      SELECT r.number_text AS "number", r.kind AS "kind", r.amount_fen AS "amountFen", r.issued_on AS "issuedOn",
             CASE WHEN EXISTS (SELECT 1 FROM receipts red WHERE red.reverses_id = r.id) THEN 1 ELSE 0 END AS "reversed"
      FROM receipts r JOIN gifts g ON g.id = r.gift_id
      WHERE g.donor_id IN ${listOf(donorIds)} ORDER BY r.id DESC`;
    return rows.map((row) => ({
      ...row,
      amountFen: Number(row.amountFen),
      reversed: Number(row.reversed) === 1,
    }));
  }

  async refunds(donorIds: readonly string[]): Promise<CopiedRefund[]> {
    const rows = await this.reads.among<
      Omit<CopiedRefund, 'amountFen' | 'askedAt'> & { amountFen: Amount; askedAt: Stamp }
    >`
      SELECT r.reason AS "reason", r.words AS "words", r.amount_fen AS "amountFen", r.state AS "state",
             r.asked_at AS "askedAt", k.paid_on AS "paidOn", k.bank_reference AS "bankReference"
      FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id LEFT JOIN gift_refund_lines k ON k.id = r.line_id
      WHERE g.donor_id IN ${listOf(donorIds)} ORDER BY r.asked_at DESC, r.id DESC`;
    return rows.map((row) => ({
      ...row,
      amountFen: Number(row.amountFen),
      askedAt: instantOf(row.askedAt),
    }));
  }

  /** What he was asked about the use of his money, and what he said. */
  async answers(donorIds: readonly string[]): Promise<CopiedAnswer[]> {
    const rows = await this.reads.among<Omit<CopiedAnswer, 'answeredAt'> & { answeredAt: Stamp | null }>`
      SELECT w.answer AS "answer", w.answered_at AS "answeredAt", c.fund AS "fund", c.restriction AS "restriction",
             c.into_fund AS "intoFund", c.into_restriction AS "intoRestriction"
      FROM use_change_givers w JOIN use_changes c ON c.id = w.change_id
      WHERE w.donor_id IN ${listOf(donorIds)} ORDER BY c.opened_at DESC, w.id DESC`;
    return rows.map((row) => ({ ...row, answeredAt: optionalInstantOf(row.answeredAt) }));
  }

  /** Who looked at his name and phone, at a copy, a statement or a receipt of his: masked, the newest first. */
  async looks(societyId: string, donorIds: readonly string[]): Promise<CopiedLook[]> {
    const rows = await this.reads.among<{ at: Stamp; who: string | null; words: string | null }>`
      SELECT a.at AS "at", p.name AS "who", a.words AS "words" FROM audit_acts a
      LEFT JOIN persons p ON p.id = a.person_id
      WHERE a.society_id = ${societyId} AND a.act IN ('read', 'unmask')
        AND ((a.subject_kind = 'donor' AND a.subject_id IN ${listOf(donorIds)})
          OR (a.subject_kind = 'receipt' AND a.subject_id IN (
                SELECT r.id FROM receipts r JOIN gifts g ON g.id = r.gift_id
                WHERE g.donor_id IN ${listOf(donorIds)})))
      ORDER BY a.id DESC LIMIT ${MOST_LOOKS}`;
    return rows.map(({ at, who, words }) => ({
      at: instantOf(at),
      who: who === null ? null : maskName(who),
      words: words ?? '看了捐赠票据',
    }));
  }

  async erasures(donorIds: readonly string[]): Promise<CopiedErasure[]> {
    const rows = await this.reads.among<{ at: Stamp; cause: string }>`
      SELECT erased_at AS "at", cause AS "cause" FROM donor_erasures
      WHERE donor_id IN ${listOf(donorIds)} ORDER BY erased_at DESC, id DESC`;
    return rows.map(({ at, cause }) => ({ at: instantOf(at), cause }));
  }
}
