import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { Purse } from '../../ledger/index.js';
import { optionalInstantOf, Reads } from '../../platform/database/reads.js';
import { QuestionNotFound } from '../domain/change-of-use.errors.js';
import type { Answer, ChangeReason } from '../domain/change-of-use.js';

/** What the owner of an account is asked about gifts of his, by the society that holds them. */
export type UseQuestion = {
  readonly giverId: string;
  readonly changeId: string;
  readonly societyId: string;
  readonly from: Purse;
  readonly into: Purse;
  readonly reason: ChangeReason;
  readonly answerBy: Day | null;
  readonly answer: Answer;
  readonly answeredAt: Date | null;
  /** So much of his waits for his word. */
  readonly frozenFen: Fen;
};

type Raw = Omit<UseQuestion, 'from' | 'into' | 'answeredAt' | 'frozenFen'> & {
  fund: string;
  restriction: string;
  intoFund: string;
  intoRestriction: string;
  answeredAt: Date | string | null;
  frozenFen: number | string;
};

/** Whose gift it is says the gift, and no address: a merger of two records of one donor takes his questions along. */
@Injectable()
export class UseQuestionsQueries {
  constructor(private readonly reads: Reads) {}

  /** What can be answered still, whatever was said so far, the most urgent first. */
  async open(accountId: string): Promise<UseQuestion[]> {
    const rows = await this.reads.all<Raw>`
      SELECT w.id AS "giverId", c.id AS "changeId", c.society_id AS "societyId", c.fund AS "fund",
             c.restriction AS "restriction", c.into_fund AS "intoFund", c.into_restriction AS "intoRestriction",
             c.reason AS "reason", c.answer_by AS "answerBy", w.answer AS "answer", w.answered_at AS "answeredAt",
             SUM(p.amount_fen) AS "frozenFen"
      FROM donors d JOIN gifts g ON g.donor_id = d.id
      JOIN use_change_lots p ON p.gift_id = g.id AND p.state = 'FROZEN'
      JOIN use_change_givers w ON w.id = p.giver_id
      JOIN use_changes c ON c.id = w.change_id AND c.state = 'ASKING'
      WHERE d.account_id = ${accountId} AND d.merged_into_id IS NULL
      GROUP BY w.id, c.id, c.society_id, c.fund, c.restriction, c.into_fund, c.into_restriction, c.reason,
               c.answer_by, w.answer, w.answered_at
      ORDER BY CASE WHEN w.answer = 'WAITING' THEN 0 ELSE 1 END, c.answer_by, w.id`;
    return rows.map(({ fund, restriction, intoFund, intoRestriction, answeredAt, frozenFen, ...row }) => ({
      ...row,
      from: { fund, restriction },
      into: { fund: intoFund, restriction: intoRestriction },
      answeredAt: optionalInstantOf(answeredAt),
      frozenFen: fen(Number(frozenFen)),
    }));
  }

  /** One that is his, open or over; anybody else's is not found, like one that never was. */
  async ofAccount(
    accountId: string,
    giverId: string,
  ): Promise<{ readonly changeId: string; readonly societyId: string; readonly societyName: string }> {
    const row = await this.reads.one<{ changeId: string; societyId: string; societyName: string }>`
      SELECT c.id AS "changeId", c.society_id AS "societyId", o.name AS "societyName"
      FROM use_change_givers w JOIN use_changes c ON c.id = w.change_id JOIN organisations o ON o.id = c.society_id
      WHERE w.id = ${giverId}
        AND EXISTS (SELECT 1 FROM use_change_lots p JOIN gifts g ON g.id = p.gift_id JOIN donors d ON d.id = g.donor_id
                    WHERE p.giver_id = w.id AND d.account_id = ${accountId} AND d.merged_into_id IS NULL)`;
    if (!row) throw new QuestionNotFound();
    return row;
  }
}
