import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { fen, yuanText } from '../kernel/fen.js';
import { PersonHoldings } from '../people/index.js';
import type { HeldRecord, LastEvent, PersonHolder, Whom } from '../people/index.js';
import { instantOf, listOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';

type Instant = Date | string;

/** What was paid to a person stays with its voucher; so does the card it went to. */
@Injectable()
export class HeldPayments implements PersonHolder, OnModuleInit {
  readonly section = '付款';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const rows = await this.reads.all<{
      number: string;
      amountFen: number | string;
      payeeName: string;
      method: 'CARD' | 'CASH';
      paidAt: Instant;
      voucher: string | null;
    }>`
      SELECT case_number AS "number", amount_fen AS "amountFen", payee_name AS "payeeName", method AS "method",
             paid_at AS "paidAt", voucher_number AS "voucher"
      FROM payment_orders
      WHERE society_id = ${societyId} AND payee_kind = 'PERSON' AND payee_id = ${personId} AND state = 'PAID'
      ORDER BY paid_at, id`;
    return rows.map(({ number, amountFen, payeeName, method, paidAt, voucher }) => ({
      what: `${number} 的付款凭证、收条和收款账户`,
      facts: [
        ['收款人', payeeName],
        ['金额', `${yuanText(fen(Number(amountFen)))} 元`],
        ['方式', method === 'CARD' ? '转账' : '现金'],
        ['付款', dayWords(dayOf(instantOf(paidAt)))],
        ['凭证', voucher],
      ] as const,
      stays: { kind: 'VOUCHER', from: dayOf(instantOf(paidAt)) } as const,
    }));
  }

  async hinders(tx: Tx, { societyId, personId }: Whom): Promise<string[]> {
    const orders = await tx.read<{ number: string }>`
      SELECT case_number AS "number" FROM payment_orders
      WHERE society_id = ${societyId} AND payee_kind = 'PERSON' AND payee_id = ${personId}
        AND state IN ('TO_APPROVE', 'TO_PAY')`;
    const owed = await tx.read<{ number: string }>`
      SELECT case_number AS "number" FROM recoveries
      WHERE society_id = ${societyId} AND payer_id = ${personId} AND state = 'OPEN'`;
    return [
      ...orders.map(({ number }) => `${number} 的钱还没有付`),
      ...owed.map(({ number }) => `${number} 要退回的钱还没有退完`),
    ];
  }

  /** Vouchers are kept whole. */
  erase(): Promise<number> {
    return Promise.resolve(0);
  }

  async needs(tx: Tx, { societyId, personId }: Whom): Promise<boolean> {
    const [row] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM payment_orders
      WHERE society_id = ${societyId}
        AND (payee_id = ${personId} OR witness_one_id = ${personId} OR witness_two_id = ${personId}) LIMIT 1`;
    return row !== undefined;
  }

  /**
   * An order that was tried says only to which card it goes now: which one stood there when the bank sent the money back
   * is not known, so that each card of such a payee stays. A ward's money may go to the card of the guardian.
   */
  async cardsInUse(tx: Tx, { societyId, personId }: Whom): Promise<string[]> {
    const rows = await tx.read<{ id: string }>`
      SELECT a.id AS "id" FROM payee_accounts a
      WHERE a.society_id = ${societyId} AND a.person_id = ${personId}
        AND EXISTS (
          SELECT 1 FROM payment_orders o
          WHERE o.society_id = ${societyId} AND o.payee_kind = 'PERSON'
            AND ((o.payee_account_id = a.id AND (o.state <> 'CANCELLED' OR o.attempts > 0))
              OR (o.payee_id = ${personId} AND o.attempts > 0)))`;
    return rows.map(({ id }) => id);
  }

  async lastEvents(personIds: readonly string[]): Promise<LastEvent[]> {
    const rows = await this.reads.among<{ personId: string; at: Instant }>`
      SELECT payee_id AS "personId", MAX(COALESCE(paid_at, ordered_at)) AS "at" FROM payment_orders
      WHERE payee_kind = 'PERSON' AND payee_id IN ${listOf(personIds)} GROUP BY payee_id`;
    const witnessed = await this.reads.among<{ personId: string; at: Instant }>`
      SELECT p.id AS "personId", MAX(COALESCE(o.paid_at, o.ordered_at)) AS "at"
      FROM payment_orders o JOIN persons p ON p.id = o.witness_one_id OR p.id = o.witness_two_id
      WHERE p.id IN ${listOf(personIds)} GROUP BY p.id`;
    return [...rows, ...witnessed].map(({ personId, at }) => ({ personId, on: dayOf(instantOf(at)) }));
  }
}
