import type { NoticeWords } from '../notices/index.js';
import type { CaseRow } from './case.entity.js';
import type { Frozen } from './case.seals.js';
import { caseNumberText } from './domain/case-number.js';
import { grantNotice } from './domain/grant-notice.js';
import type { GrantDecision } from './domain/grant-notice.js';

/** What is published of the payment of a case, from its row and from what was frozen at the decision. */
export function grantWordsOf(row: CaseRow, frozen: Frozen, paidAt: Date): NoticeWords<'GRANT_POST'> {
  return grantNotice({
    caseNumber: caseNumberText(row),
    cause: row.cause,
    amountFen: row.amountFen,
    method: row.method,
    paidAt,
    decision: decisionOf(row),
    frozen,
  });
}

function decisionOf({ decision }: CaseRow): GrantDecision {
  if (decision === null) throw new Error('A case was paid that nobody had decided');
  return JSON.parse(decision) as GrantDecision;
}
