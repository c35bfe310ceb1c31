import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { YearWork } from '../donations/index.js';
import type { SourceOfWork, YearSpan } from '../donations/index.js';
import type { WorkLine } from '../notices/index.js';
import { Reads } from '../platform/database/reads.js';

type Counted = Readonly<Record<'received' | 'approved' | 'rejected', number | string | null>>;

/** What a federation's report says of relief by its funds; a house that had none says nothing of it. */
@Injectable()
export class YearOfRelief implements SourceOfWork, OnModuleInit {
  constructor(
    private readonly work: YearWork,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.work.register(this);
  }

  async workIn(societyId: string, { from, until }: YearSpan): Promise<readonly WorkLine[]> {
    const row = await this.reads.one<Counted>`
      SELECT COUNT(*) AS "received", SUM(CASE WHEN approved_at IS NOT NULL THEN 1 ELSE 0 END) AS "approved",
             SUM(CASE WHEN state = 'REJECTED' THEN 1 ELSE 0 END) AS "rejected"
      FROM relief_cases
      WHERE society_id = ${societyId} AND submitted_at >= ${from} AND submitted_at < ${until}`;
    const received = Number(row?.received ?? 0);
    if (received === 0) return [];
    return [
      { label: '收到基金救助申请', count: `${received}件` },
      { label: '基金决定给予救助', count: `${Number(row?.approved ?? 0)}件` },
      { label: '基金不予救助', count: `${Number(row?.rejected ?? 0)}件` },
    ];
  }
}
