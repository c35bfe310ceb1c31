import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { YearWork } from '../donations/index.js';
import type { SourceOfWork, YearSpan } from '../donations/index.js';
import type { WorkLine } from '../notices/index.js';
import { Reads } from '../platform/database/reads.js';
import { caseWork } from './domain/year-work.js';
import type { CasesCounted } from './domain/year-work.js';

/** What a society's report says of its cases: those taken in within the year, and what has become of them. */
@Injectable()
export class YearOfCases implements SourceOfWork, OnModuleInit {
  constructor(
    private readonly work: YearWork,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.work.register(this);
  }

  async workIn(societyId: string, { from, until }: YearSpan): Promise<readonly WorkLine[]> {
    const rows = await this.reads.all<Omit<CasesCounted, 'cases'> & { cases: number | string }>`
      SELECT cause AS "cause", state AS "state", COUNT(*) AS "cases" FROM cases
      WHERE society_id = ${societyId} AND accepted_at >= ${from} AND accepted_at < ${until}
      GROUP BY cause, state`;
    return caseWork(rows.map((row) => ({ ...row, cases: Number(row.cases) })));
  }
}
