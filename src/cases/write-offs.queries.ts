import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { WriteOffReason } from './domain/write-off.js';
import { RecoveryNotFound } from '../payments/domain/recovery.errors.js';
import { outstandingOf } from '../payments/domain/recovery-rules.js';
import { Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';

/** What a village below has still to get back of a revoked grant: by the number of the case, without a name. */
export type OwedBelow = {
  readonly recoveryId: string;
  readonly societyId: string;
  readonly societyName: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly demandedFen: Fen;
  readonly recoveredFen: Fen;
  readonly writtenOffFen: Fen;
  readonly outstandingFen: Fen;
  readonly dueOn: Day;
  /** An objection to the revocation was upheld, and nobody has decided anew yet: the demand may be wrong. */
  readonly isObjected: boolean;
  /** The round by which the union's own board is asked at this moment. */
  readonly roundId: string | null;
};

/** A question to the union's own board. */
export type WriteOffAsked = {
  readonly writeOffId: string;
  readonly recoveryId: string;
  readonly societyName: string;
  readonly caseNumber: string;
};

type Big = number | string;
type Raw = Pick<
  OwedBelow,
  'recoveryId' | 'societyId' | 'societyName' | 'caseId' | 'caseNumber' | 'dueOn' | 'roundId'
> & { readonly demandedFen: Big; readonly recoveredFen: Big; readonly writtenOffFen: Big } & {
  readonly isObjected: Big;
};

const OWED = `
  SELECT r.id AS "recoveryId", r.society_id AS "societyId", o.name AS "societyName", r.subject_id AS "caseId",
         r.case_number AS "caseNumber", r.demanded_fen AS "demandedFen", r.recovered_fen AS "recoveredFen",
         r.written_off_fen AS "writtenOffFen", r.due_on AS "dueOn", n.id AS "roundId",
         CASE WHEN d.id IS NULL THEN 0 ELSE 1 END AS "isObjected"
  FROM recoveries r
  JOIN organisations o ON o.id = r.society_id
  LEFT JOIN case_write_offs w ON w.open_key = r.id
  LEFT JOIN duties d ON d.open_key = 'DECIDE_ANEW:' || r.subject_id
  LEFT JOIN rounds n ON n.subject_kind = 'write-off' AND n.subject_id = w.id `;

const MOST_ON_A_DESK = 200;

/** For the union directly above a village, and nobody else. */
@Injectable()
export class WriteOffsQueries {
  constructor(private readonly reads: Reads) {}

  /** What is still owed: first where an objection was right, then the oldest. */
  async openBelow(unionId: string): Promise<OwedBelow[]> {
    return this.owed`
      WHERE o.parent_id = ${unionId} AND r.subject_kind = 'case' AND r.state = 'OPEN'
      ORDER BY CASE WHEN d.id IS NULL THEN 1 ELSE 0 END, r.due_on, r.id LIMIT ${MOST_ON_A_DESK}`;
  }

  /** Also one that is over: it says so by owing nothing. */
  async below(unionId: string, recoveryId: string): Promise<OwedBelow> {
    const [found] = await this.owed`
      WHERE o.parent_id = ${unionId} AND r.subject_kind = 'case' AND r.id = ${recoveryId}`;
    if (!found) throw new RecoveryNotFound();
    return found;
  }

  /** Of which recovery a write-off is, and by whom it was put to the vote. */
  async recoveryOf(
    unionId: string,
    writeOffId: string,
  ): Promise<{ recoveryId: string; issuer: string; reason: WriteOffReason }> {
    const [found] = await this.reads.all<{ recoveryId: string; issuer: string; reason: WriteOffReason }>`
      SELECT recovery_id AS "recoveryId", issuer AS "issuer", reason AS "reason" FROM case_write_offs WHERE id = ${writeOffId} AND union_id = ${unionId}`;
    if (!found) throw new RecoveryNotFound();
    return found;
  }

  /** Those about which somebody of the union still has something to do: the vote, or its notice. */
  async owingOf(unionId: string): Promise<WriteOffAsked[]> {
    return this.reads.all<WriteOffAsked>`
      SELECT w.id AS "writeOffId", w.recovery_id AS "recoveryId", o.name AS "societyName", r.case_number AS "caseNumber"
      FROM case_write_offs w
      JOIN recoveries r ON r.id = w.recovery_id
      JOIN organisations o ON o.id = w.society_id
      WHERE w.union_id = ${unionId}
        AND EXISTS (SELECT 1 FROM duties d
                    WHERE d.thread_id = w.id AND d.settled_at IS NULL AND d.cancelled_at IS NULL)`;
  }

  private async owed(text: TemplateStringsArray, ...values: Value[]): Promise<OwedBelow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([OWED + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map(({ writtenOffFen, isObjected, ...row }) => {
      const demandedFen = fen(Number(row.demandedFen));
      const recoveredFen = fen(Number(row.recoveredFen));
      const figures = { demandedFen, recoveredFen, writtenOffFen: fen(Number(writtenOffFen)) };
      return {
        ...row,
        ...figures,
        outstandingFen: outstandingOf(figures),
        isObjected: Number(isObjected) === 1,
      };
    });
  }
}
