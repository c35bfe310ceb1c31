import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { GoodsRecipients } from '../donations/index.js';
import type { GoodsRecipient, SourceOfRecipients } from '../donations/index.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import type { Tx } from '../platform/database/transactions.js';
import { caseNumberText, readCaseNumber } from './domain/case-number.js';
import { STATE_WORDS } from './domain/case-words.js';
import type { CaseState } from './domain/emergency-procedure.js';

/** Decided, and not taken back. */
const HELPED: readonly CaseState[] = ['APPROVED', 'PAID', 'CLOSED'];

/** Emergency cases as goods may go to them, beside the money. */
@Injectable()
export class CaseAsRecipient implements SourceOfRecipients, OnModuleInit {
  constructor(private readonly recipients: GoodsRecipients) {}

  onModuleInit(): void {
    this.recipients.register(this);
  }

  async recipientOf(tx: Tx, societyId: string, typed: string): Promise<GoodsRecipient | null> {
    const number = readCaseNumber(typed.normalize('NFKC').trim());
    if (!number) return null;
    const [row] = await tx.read<{ id: string; state: CaseState; cause: Cause }>`
      SELECT id AS "id", state AS "state", cause AS "cause" FROM cases
      WHERE society_id = ${societyId} AND year = ${number.year} AND number = ${number.number}`;
    if (!row) return null;
    return {
      threadId: row.id,
      number: caseNumberText(number),
      stateWords: STATE_WORDS[row.state],
      mayReceive: HELPED.includes(row.state),
      words: CAUSE_WORDS[row.cause],
    };
  }
}
