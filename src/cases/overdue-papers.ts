import { Injectable } from '@nestjs/common';
import { DutiesQueries } from '../duties/index.js';
import type { DutyKind } from '../duties/index.js';
import { Clock } from '../kernel/clock.js';
import { CasesQueries } from './cases.queries.js';

const PAPER_DUTIES: readonly DutyKind[] = ['PAPERS', 'ID_NUMBER'];

/** Whoever owes papers of an earlier grant beyond their day (domain.md 2.1). Overdue is derived, never stored. */
@Injectable()
export class OverduePapers {
  constructor(
    private readonly queries: CasesQueries,
    private readonly duties: DutiesQueries,
    private readonly clock: Clock,
  ) {}

  /** The number of such a case of this household; null for none. */
  async numberOf(societyId: string, householdId: string): Promise<string | null> {
    const owing = await this.queries.owingPapers(societyId, householdId);
    if (owing.length === 0) return null;
    const overdue = await this.duties.overdue(societyId, this.clock.now());
    const late = overdue.filter(({ kind }) => PAPER_DUTIES.includes(kind)).map(({ threadId }) => threadId);
    return owing.find(({ id }) => late.includes(id))?.text ?? null;
  }
}
