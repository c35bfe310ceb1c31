import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BoardQueries } from '../board/index.js';
import { countsOf } from '../cases/index.js';
import { NoticesQueries } from '../notices/index.js';
import type { NoticeKind, Worded } from '../notices/index.js';
import { preNotice, reliefRejectionNotice, resultNotice } from './domain/relief-notices.js';
import { reliefNumberText } from './domain/relief-words.js';
import { ReliefGround } from './relief-ground.js';
import { RELIEF } from './relief-kind.js';
import { advanceIn, factsOf, OUTCOME_OF, paidIn } from './relief-papers-made.js';
import { ReliefPayment } from './relief-parts.entity.js';
import { ReliefRow } from './relief.entity.js';
import { ReliefQueries } from './relief.queries.js';
import type { ReliefFacts } from './relief.queries.js';
import { ReliefSeals } from './relief.seals.js';
import type { ReliefFrozen } from './relief.seals.js';

type Asked = { readonly kind: NoticeKind; readonly numberOnly: boolean };

/**
 * What a notice of a case would say today: the sum and the vote as they were, the register and the payments as they
 * stand. Whoever took the consent back is named no more, and whoever was published by number is never named later.
 */
@Injectable()
export class ReliefWordsNow {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: ReliefQueries,
    private readonly ground: ReliefGround,
    private readonly seals: ReliefSeals,
    private readonly board: BoardQueries,
    private readonly notices: NoticesQueries,
  ) {}

  async wordsOf(societyId: string, reliefId: string, { kind, numberOnly }: Asked): Promise<Worded | null> {
    const known = await this.queries.relief(societyId, reliefId);
    const row = await this.dataSource.manager.findOneByOrFail(ReliefRow, { id: known.id });
    const frozen = await this.frozenNow(known, row, numberOnly);
    if (kind === 'REJECTION') return this.rejectionOf(row, frozen);
    if (row.sheet === null || row.decision === null) return null;
    const where = { reliefId: row.id };
    const payments = await this.dataSource.manager.find(ReliefPayment, { where, order: { id: 'ASC' } });
    if (kind === 'RELIEF_PRE') return { kind, words: preNotice(factsOf(row, frozen), advanceIn(payments)) };
    if (kind !== 'RELIEF_RESULT' || row.paidAt === null) return null;
    const all = await this.notices.allOfSubject(RELIEF, row.id);
    const before = all.find((notice) => notice.kind === 'RELIEF_PRE' && notice.issue !== null);
    if (!before?.issue) return null;
    return { kind, words: resultNotice(factsOf(row, frozen), before.issue.number, paidIn(payments)) };
  }

  /** Printed name, group and names of today; federation, charter and rule are those by which it was decided. */
  private async frozenNow(known: ReliefFacts, row: ReliefRow, numberOnly: boolean): Promise<ReliefFrozen> {
    const frozen = row.frozenSealed === null ? null : this.seals.frozenOf(row);
    const now = await this.ground.frozenOf(known, frozen?.rule ?? (await this.ground.ruleOf(known)));
    const { printedName, group, minors } = now;
    return {
      ...(frozen ?? now),
      ...{ printedName, group, minors },
      mayPrintName: !numberOnly && now.mayPrintName && (frozen?.mayPrintName ?? true),
      names: [...new Set([...(frozen?.names ?? []), ...now.names])],
    };
  }

  private async rejectionOf(row: ReliefRow, frozen: ReliefFrozen): Promise<Worded | null> {
    const { endReason } = row;
    if (endReason !== 'REJECTED' && endReason !== 'CAP_EXHAUSTED' && endReason !== 'NOTHING_TO_GRANT')
      return null;
    const rounds = endReason === 'REJECTED' ? await this.board.roundsOf(RELIEF, row.id) : [];
    const round = rounds.find(({ state }) => state === 'REJECTED');
    const counts = round?.decidedAt ? countsOf({ ...round, decidedAt: round.decidedAt }) : null;
    const of = { number: reliefNumberText(row), cause: row.cause, frozen };
    return { kind: 'REJECTION', words: reliefRejectionNotice(of, counts, OUTCOME_OF[endReason]) };
  }
}
