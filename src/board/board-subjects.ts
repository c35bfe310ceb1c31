import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Outcome } from './domain/board-vote.js';

/** What the board has decided, told to whoever asked. Numbers and keys only: the names stay in the minutes. */
export type Decision = {
  readonly roundId: string;
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly outcome: Outcome;
  /** 理事 at the opening; 回避 of them; 应到 = directors − recused; 实到. */
  readonly directors: number;
  readonly recused: number;
  readonly electors: number;
  readonly present: number;
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  /** 柳溪决〔2026〕1号. Null when the round lapsed or was escalated: nothing was decided. */
  readonly decisionNumber: string | null;
  /**
   * The presiding chair or deputy, who signed the sheet and so approves the payment; a ballot is no approval. Null when
   * nobody presided, as where all voted by link or phone, and where nothing was approved.
   */
  readonly approverId: string | null;
  readonly decidedAt: Date;
  readonly amountFen: Fen;
};

/** What the page of a round shows about its subject. Ready words; names masked. */
export type SubjectDescription = {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly href: string;
};

/** The port of the contexts below: what the board decides about them, they carry out inside its own unit of work. */
export type BoardSubject = {
  /** The mark of the decision itself is the board's; a subject adds what else it did because of it. */
  decided(tx: Tx, decision: Decision, trail: Trail): Promise<void>;
  describe(societyId: string, subjectId: string): Promise<SubjectDescription>;
  /** Who was known to be tied to the subject when the round opened: no director need be among them. */
  tiedOf?(tx: Tx, subjectId: string): Promise<readonly string[]>;
};

/** Who answers for each kind of subject. Contexts below register themselves at start, so that no arrow points up. */
@Injectable()
export class BoardSubjects {
  private readonly subjects = new Map<string, BoardSubject>();

  register(subjectKind: string, subject: BoardSubject): void {
    if (this.subjects.has(subjectKind)) throw new Error(`Two contexts answer for ${subjectKind}`);
    this.subjects.set(subjectKind, subject);
  }

  of(subjectKind: string): BoardSubject {
    const subject = this.subjects.get(subjectKind);
    if (!subject) throw new Error(`Nobody answers for ${subjectKind}`);
    return subject;
  }
}
