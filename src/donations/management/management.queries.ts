import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { ManagementPurpose, TermsState } from '../domain/management.js';

/** What was agreed about one gift; refused papers stand there too, the newest first. */
export type TermsFacts = {
  readonly id: string;
  readonly sharePercent: number;
  readonly mostFen: Fen;
  readonly drawnFen: Fen;
  readonly paperFileId: string;
  readonly state: TermsState;
  readonly recordedBy: string | null;
  readonly recordedAt: Date;
  readonly decidedAt: Date | null;
};

export type DrawFacts = {
  readonly id: string;
  readonly amountFen: Fen;
  readonly purpose: ManagementPurpose;
  readonly paidOn: Day;
  readonly bankReference: string;
  readonly voucherId: string;
  readonly voucherNumber: number;
  /** Of more than one where the gift lies in several purses. */
  readonly partFen: Fen;
};

type Num = number | string;

@Injectable()
export class ManagementQueries {
  constructor(private readonly reads: Reads) {}

  async termsOf(giftId: string): Promise<TermsFacts[]> {
    const rows = await this.reads.all<
      Omit<TermsFacts, 'sharePercent' | 'mostFen' | 'drawnFen' | 'recordedAt' | 'decidedAt'> & {
        sharePercent: Num;
        mostFen: Num;
        drawnFen: Num;
        recordedAt: Date | string;
        decidedAt: Date | string | null;
      }
    >`
      SELECT id AS "id", share_percent AS "sharePercent", most_fen AS "mostFen", drawn_fen AS "drawnFen",
             paper_file_id AS "paperFileId", state AS "state", recorded_by AS "recordedBy",
             recorded_at AS "recordedAt", decided_at AS "decidedAt"
      FROM management_terms WHERE gift_id = ${giftId} ORDER BY id DESC LIMIT 20`;
    return rows.map((row) => ({
      ...row,
      sharePercent: Number(row.sharePercent),
      mostFen: fen(Number(row.mostFen)),
      drawnFen: fen(Number(row.drawnFen)),
      recordedAt: instantOf(row.recordedAt),
      decidedAt: optionalInstantOf(row.decidedAt),
    }));
  }

  /** The newest first; one row for each voucher. */
  async drawsOf(giftId: string): Promise<DrawFacts[]> {
    const rows = await this.reads.all<
      Omit<DrawFacts, 'amountFen' | 'partFen' | 'voucherNumber'> &
        Record<'amountFen' | 'partFen' | 'voucherNumber', Num>
    >`
      SELECT d.id AS "id", d.amount_fen AS "amountFen", d.purpose AS "purpose", d.paid_on AS "paidOn",
             d.bank_reference AS "bankReference", p.voucher_id AS "voucherId", v.number AS "voucherNumber",
             p.amount_fen AS "partFen"
      FROM management_draws d JOIN management_terms t ON t.id = d.terms_id
      JOIN management_draw_parts p ON p.draw_id = d.id JOIN vouchers v ON v.id = p.voucher_id
      WHERE t.gift_id = ${giftId} ORDER BY d.id DESC, p.id LIMIT 100`;
    return rows.map((row) => ({
      ...row,
      amountFen: fen(Number(row.amountFen)),
      partFen: fen(Number(row.partFen)),
      voucherNumber: Number(row.voucherNumber),
    }));
  }
}
