import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { givenNoticeOf, UsesOfGifts } from '../donations/index.js';
import type { GivenUse, SourceOfUses } from '../donations/index.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { dayOf } from '../kernel/day.js';
import { NoticesQueries } from '../notices/index.js';
import { listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';

type RawUse = {
  id: string;
  societyId: string;
  householdId: string;
  cause: Cause;
  approvedVia: 'ROUND' | 'FAST' | null;
  approvedAt: Date | string | null;
  paidAt: Date | string | null;
};

const dayIn = (value: Date | string | null) => {
  const at = optionalInstantOf(value);
  return at && dayOf(at);
};

/** What a donor may know of an emergency grant that his money went into. */
@Injectable()
export class GivenUses implements SourceOfUses, OnModuleInit {
  constructor(
    private readonly uses: UsesOfGifts,
    private readonly reads: Reads,
    private readonly notices: NoticesQueries,
  ) {}

  onModuleInit(): void {
    this.uses.register(this);
  }

  async usesOf(threadIds: readonly string[]): Promise<readonly GivenUse[]> {
    const rows = await this.reads.among<RawUse>`
      SELECT id AS "id", society_id AS "societyId", household_id AS "householdId", cause AS "cause",
             approved_via AS "approvedVia", approved_at AS "approvedAt", paid_at AS "paidAt"
      FROM cases WHERE id IN ${listOf(threadIds)}`;
    const notices = await this.notices.publicOf('case', threadIds, ['GRANT_POST']);
    return rows.map(({ id, societyId, householdId, cause, approvedVia, approvedAt, paidAt }) => ({
      ...{ threadId: id, societyId, householdId, causeWords: CAUSE_WORDS[cause] },
      decidedWords: approvedVia === 'FAST' ? '理事长、秘书长同意，监事会签（紧急快办）' : '理事会表决通过',
      decidedOn: dayIn(approvedAt),
      paidOn: dayIn(paidAt),
      notice: givenNoticeOf(notices.get(id)),
    }));
  }

  async paidIn(regionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.reads.among<{ regionId: string; cases: number | string }>`
      WITH RECURSIVE inside (id, root) AS (
        SELECT r.id, r.id FROM regions r WHERE r.id IN ${listOf(regionIds)}
        UNION SELECT r.id, i.root FROM inside i LEFT JOIN regions r ON r.parent_id = i.id)
      SELECT i.root AS "regionId", COUNT(*) AS "cases" FROM inside i
      JOIN organisations o ON o.region_id = i.id JOIN cases c ON c.society_id = o.id AND c.paid_at IS NOT NULL
      GROUP BY i.root`;
    return new Map(rows.map(({ regionId, cases }) => [regionId, Number(cases)]));
  }
}
