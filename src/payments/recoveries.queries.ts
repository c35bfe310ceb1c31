import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import type { PayeeKind } from './domain/payee.js';
import { RecoveryNotFound } from './domain/recovery.errors.js';
import { outstandingOf } from './domain/recovery-rules.js';
import type { RecoveryState } from './domain/recovery-rules.js';

export type RecoveryFacts = {
  readonly id: string;
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly orderId: string;
  readonly caseNumber: string;
  /** Who owes it: a person, or the institution that was paid. */
  readonly payerKind: PayeeKind;
  readonly payerId: string;
  readonly demandedFen: Fen;
  readonly recoveredFen: Fen;
  readonly writtenOffFen: Fen;
  readonly outstandingFen: Fen;
  /** Came in after it was written off. */
  readonly recoveredLateFen: Fen;
  readonly writtenOffOn: Day | null;
  readonly state: RecoveryState;
  readonly demandedAt: Date;
  readonly dueOn: Day;
  readonly voucherId: string;
  readonly writeOffVoucherId: string | null;
};

type Raw = Omit<
  RecoveryFacts,
  'demandedFen' | 'recoveredFen' | 'writtenOffFen' | 'recoveredLateFen' | 'outstandingFen' | 'demandedAt'
> & {
  demandedFen: number | string;
  recoveredFen: number | string;
  writtenOffFen: number | string;
  recoveredLateFen: number | string;
  demandedAt: Date | string;
};

export type InstalmentFacts = {
  readonly amountFen: Fen;
  readonly receivedAt: Date;
  readonly bankReference: string | null;
  readonly photoFileId: string;
  readonly voucherId: string;
  readonly voucherNumber: number;
};

const RECOVERY = `
  SELECT id AS "id", society_id AS "societyId", subject_kind AS "subjectKind", subject_id AS "subjectId",
         thread_id AS "threadId", order_id AS "orderId", case_number AS "caseNumber", payer_id AS "payerId",
         CASE WHEN EXISTS (SELECT 1 FROM payment_orders o
                           WHERE o.id = recoveries.order_id AND o.payee_kind = 'INSTITUTION'
                             AND o.payee_id = recoveries.payer_id)
              THEN 'INSTITUTION' ELSE 'PERSON' END AS "payerKind",
         demanded_fen AS "demandedFen", recovered_fen AS "recoveredFen", written_off_fen AS "writtenOffFen",
         state AS "state", demanded_at AS "demandedAt", due_on AS "dueOn", voucher_id AS "voucherId",
         write_off_voucher_id AS "writeOffVoucherId", recovered_late_fen AS "recoveredLateFen",
         written_off_on AS "writtenOffOn"
  FROM recoveries `;

@Injectable()
export class RecoveriesQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's recovery is not found, like one that never was (D4-69). */
  async recovery(societyId: string, recoveryId: string): Promise<RecoveryFacts> {
    const [found] = await this.recoveries`WHERE society_id = ${societyId} AND id = ${recoveryId}`;
    if (!found) throw new RecoveryNotFound();
    return found;
  }

  /** What is owed back of the payment of a subject; null where nothing is. */
  async ofSubject(subjectKind: string, subjectId: string): Promise<RecoveryFacts | null> {
    const [found] = await this.recoveries`
      WHERE subject_kind = ${subjectKind} AND subject_id = ${subjectId} ORDER BY id DESC LIMIT 1`;
    return found ?? null;
  }

  async ofOrder(orderId: string): Promise<RecoveryFacts | null> {
    const [found] = await this.recoveries`WHERE order_id = ${orderId}`;
    return found ?? null;
  }

  async instalmentsOf(recoveryId: string): Promise<InstalmentFacts[]> {
    type RawInstalment = Omit<InstalmentFacts, 'amountFen' | 'receivedAt'> & {
      amountFen: number | string;
      receivedAt: Date | string;
    };
    const rows = await this.reads.all<RawInstalment>`
      SELECT i.amount_fen AS "amountFen", i.received_at AS "receivedAt", i.bank_reference AS "bankReference",
             i.photo_file_id AS "photoFileId", i.voucher_id AS "voucherId", v.number AS "voucherNumber"
      FROM recovery_instalments i JOIN vouchers v ON v.id = i.voucher_id
      WHERE i.recovery_id = ${recoveryId} ORDER BY i.id`;
    return rows.map((row) => ({
      ...row,
      amountFen: fen(Number(row.amountFen)),
      receivedAt: instantOf(row.receivedAt),
    }));
  }

  private async recoveries(text: TemplateStringsArray, ...values: string[]): Promise<RecoveryFacts[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([RECOVERY + head, ...rest], { raw: [] });
    return (await this.reads.all<Raw>(whole, ...values)).map(factsOf);
  }
}

function factsOf(row: Raw): RecoveryFacts {
  const amounts = {
    demandedFen: fen(Number(row.demandedFen)),
    recoveredFen: fen(Number(row.recoveredFen)),
    writtenOffFen: fen(Number(row.writtenOffFen)),
    recoveredLateFen: fen(Number(row.recoveredLateFen)),
  };
  return {
    ...row,
    ...amounts,
    outstandingFen: outstandingOf(amounts),
    demandedAt: instantOf(row.demandedAt),
  };
}
