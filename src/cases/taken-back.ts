import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import { RoundsService } from '../board/index.js';
import { LedgerService } from '../ledger/index.js';
import { PaymentsService } from '../payments/index.js';
import type { Tx } from '../platform/database/transactions.js';
import type { CaseRow } from './case.entity.js';
import { CaseApproval } from './case-approval.js';
import { FastPathService, RATIFICATION } from './fast-path.service.js';

export type Undoing = {
  /** What the minutes of a voided round say: 金额有改动. */
  readonly why: string;
  readonly at: Date;
  readonly byPersonId: string | null;
};

/**
 * Takes back what was set in motion for a case before any money left: an open round, or an approval with its order and
 * its debt. What was set aside and the allowance of the household are free again. Nothing is deleted: the round is
 * void, the order cancelled, the accrual reversed, each on record.
 */
@Injectable()
export class TakenBack {
  constructor(
    private readonly approval: CaseApproval,
    private readonly fastPaths: FastPathService,
    private readonly rounds: RoundsService,
    private readonly ledger: LedgerService,
    private readonly payments: PaymentsService,
  ) {}

  /** The round that became void, if there was one. */
  async takeBack(tx: Tx, trail: Trail, row: CaseRow, undoing: Undoing): Promise<string | null> {
    if (row.state === 'VOTING') return this.voidRound(tx, trail, row, undoing);
    if (row.state === 'SIGNING') await this.stopFastPath(tx, row);
    if (row.state === 'APPROVED') await this.cancelPayment(tx, trail, row, undoing);
    return null;
  }

  private async voidRound(tx: Tx, trail: Trail, row: CaseRow, undoing: Undoing): Promise<string> {
    const roundId = await this.rounds.void(tx, trail, {
      subjectKind: 'case',
      subjectId: row.id,
      ...undoing,
    });
    if (roundId === null) throw new Error('A case was voted on that no round is open for');
    await this.approval.giveBack(tx, row, roundId);
    return roundId;
  }

  private async stopFastPath(tx: Tx, row: CaseRow): Promise<void> {
    const stopped = await this.fastPaths.cancel(tx, row.id);
    if (stopped === null) throw new Error('A case was being signed for that no fast path is open for');
    await this.approval.giveBackAllowance(tx, row);
  }

  private async cancelPayment(tx: Tx, trail: Trail, row: CaseRow, undoing: Undoing): Promise<void> {
    const { why, at } = undoing;
    const { societyId, id: threadId } = row;
    const about = { subjectKind: 'case', subjectId: row.id };
    const { purpose } = await this.payments.cancel(tx, { ...about, at, reason: why });
    const summary = '撤回救助批准';
    await this.ledger.revokeAccrual(tx, { societyId, threadId, cause: `accrual:${purpose}`, at, summary });
    await this.approval.giveBack(tx, row, purpose);
    if (row.approvedVia === 'FAST') await this.cancelFastPath(tx, trail, row, undoing);
  }

  /** What was approved by the three takes its fast path along, and what the board was asked about it. */
  private async cancelFastPath(tx: Tx, trail: Trail, row: CaseRow, undoing: Undoing): Promise<void> {
    const cancelled = await this.fastPaths.cancel(tx, row.id);
    if (cancelled === null) return; // the board has stood by it, or has not: that is history
    await this.rounds.void(tx, trail, {
      subjectKind: RATIFICATION,
      subjectId: cancelled.fastPathId,
      ...undoing,
    });
  }
}
