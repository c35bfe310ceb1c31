import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/transactions.js';

/** A case that goods may go to, beside the money. Ready words; nobody is named. */
export type GoodsRecipient = {
  readonly threadId: string;
  /** Its number as it is kept: 2026-0012. */
  readonly number: string;
  readonly stateWords: string;
  /** Whether it was decided that the family is to be helped. */
  readonly mayReceive: boolean;
  /** 突发疾病 */
  readonly words: string;
};

/** The port of the context below that keeps cases: they stand below donations, and know what a number of theirs means. */
export type SourceOfRecipients = {
  /** Of the society's own cases; null for any other. */
  recipientOf(tx: Tx, societyId: string, caseNumber: string): Promise<GoodsRecipient | null>;
};

/** Whoever keeps cases registers here at the start, so that no arrow points down. */
@Injectable()
export class GoodsRecipients {
  private readonly sources: SourceOfRecipients[] = [];

  register(source: SourceOfRecipients): void {
    this.sources.push(source);
  }

  async find(tx: Tx, societyId: string, caseNumber: string): Promise<GoodsRecipient | null> {
    for (const source of this.sources) {
      const found = await source.recipientOf(tx, societyId, caseNumber);
      if (found) return found;
    }
    return null;
  }
}
