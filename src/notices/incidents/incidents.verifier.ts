import { Injectable } from '@nestjs/common';
import { Reads } from '../../platform/database/reads.js';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';

/** Whether what was taken down is on record, and each period is as long as its gaps make it. */
@Injectable()
export class IncidentsVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const faults = await Promise.all([
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n LEFT JOIN notice_incidents i ON i.notice_id = n.id
        WHERE (n.state = 'SUSPENDED') <> (i.id IS NOT NULL) OR i.taken_down_at <> n.suspended_at`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n
        WHERE n.extended_days <> (SELECT COALESCE(SUM(g.days), 0) FROM notice_gaps g WHERE g.notice_id = n.id)`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n
        WHERE n.withdrawn_at IS NOT NULL AND (n.names_somebody = 0 OR n.withdrawn_at < n.ended_at)`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n JOIN notice_links l ON l.notice_id = n.id AND l.relation = 'CORRECTS'
        JOIN notices e ON e.id = l.earlier_id
        WHERE e.state = 'SUSPENDED' AND n.names_somebody = 1 AND n.state NOT IN ('SUSPENDED', 'DISCARDED')`,
    ]);
    const words = [
      '撤下的状态和撤下记录不一致',
      '公示期延长的天数和记下的中断不一致',
      '没有写人，或者没有到期，内容却撤下了',
      '公示已经撤下，引用它的更正公告还公开着',
    ];
    return faults.flatMap((rows, i) =>
      rows.map(({ id }) => ({ kind: 'notice incident', subject: `notices/${id}`, words: words[i] ?? '' })),
    );
  }
}
