import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';

/** What was found of a grant against what came of it, and against what the society owes. */
@Injectable()
export class FederationVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [...(await this.owed()), ...(await this.unowed()), ...(await this.outcomes())];
  }

  /** What a paid grant still has to answer is owed: it would be forgotten else. */
  private async owed(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT o.id AS "id" FROM grant_outcomes o JOIN cases c ON c.id = o.case_id
      LEFT JOIN duties d ON d.subject_id = o.id AND d.open_key IS NOT NULL
        AND d.kind = CASE WHEN o.kind = 'RECTIFY' THEN 'RECTIFY' ELSE 'REVOKE_GRANT' END
      WHERE o.kind <> 'IN_ORDER' AND o.answered_at IS NULL AND c.state IN ('PAID', 'CLOSED') AND d.id IS NULL`;
    return rows.map(({ id }) => finding(id, '互助社还没有答复，却没有待办'));
  }

  /** What was answered, nobody owes any more. */
  private async unowed(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT d.id AS "id" FROM duties d LEFT JOIN grant_outcomes o ON o.id = d.subject_id
      WHERE d.kind IN ('RECTIFY', 'REVOKE_GRANT') AND d.open_key IS NOT NULL
        AND (o.id IS NULL OR o.answered_at IS NOT NULL OR o.society_id <> d.society_id OR o.kind = 'IN_ORDER')`;
    return rows.map(({ id }) => ({
      kind: 'duty without subject',
      subject: `duties/${id}`,
      words: '整改的待办还开着，总会没有在等答复',
    }));
  }

  /** What counts was found by somebody in the same lap, and after it nobody found anything in that lap. */
  private async outcomes(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT o.id AS "id" FROM grant_outcomes o LEFT JOIN grant_findings f ON f.id = o.finding_id
      WHERE f.id IS NULL OR f.case_id <> o.case_id OR f.lap <> o.lap OR f.kind <> o.kind
         OR EXISTS (SELECT 1 FROM grant_findings l WHERE l.case_id = o.case_id AND l.lap = o.lap AND l.seq > f.seq)`;
    return rows.map(({ id }) => finding(id, '定了的意见和审核员记的对不上'));
  }
}

const finding = (id: string, words: string): Finding => ({
  kind: 'grant outcome',
  subject: `grant_outcomes/${id}`,
  words,
});
