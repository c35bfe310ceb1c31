import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { givenNoticeOf, UsesOfGifts } from '../donations/index.js';
import type { GivenUse, SourceOfUses } from '../donations/index.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { dayOf } from '../kernel/day.js';
import { NoticesQueries } from '../notices/index.js';
import { listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import { RELIEF } from './relief-kind.js';

type RawRelief = {
  id: string;
  societyId: string;
  householdId: string | null;
  cause: Cause;
  approvedAt: Date | string | null;
  paidAt: Date | string | null;
};

const dayIn = (value: Date | string | null) => {
  const at = optionalInstantOf(value);
  return at && dayOf(at);
};

/** What a donor may know of a relief of a fund that his money went into. The family is counted where it lives. */
@Injectable()
export class GivenRelief implements SourceOfUses, OnModuleInit {
  constructor(
    private readonly uses: UsesOfGifts,
    private readonly reads: Reads,
    private readonly notices: NoticesQueries,
  ) {}

  onModuleInit(): void {
    this.uses.register(this);
  }

  async usesOf(threadIds: readonly string[]): Promise<readonly GivenUse[]> {
    const rows = await this.reads.among<RawRelief>`
      SELECT r.id AS "id", r.home_society_id AS "societyId", p.household_id AS "householdId", r.cause AS "cause",
             r.approved_at AS "approvedAt", r.paid_at AS "paidAt"
      FROM relief_cases r LEFT JOIN persons p ON p.id = r.origin_person_id
      WHERE r.id IN ${listOf(threadIds)}`;
    const notices = await this.notices.publicOf(RELIEF, threadIds, ['RELIEF_PRE', 'RELIEF_RESULT']);
    return rows.map(({ id, societyId, householdId, cause, approvedAt, paidAt }) => ({
      ...{ threadId: id, societyId, householdId: householdId ?? id, causeWords: CAUSE_WORDS[cause] },
      decidedWords: '总会理事表决、公示后批准',
      decidedOn: dayIn(approvedAt),
      paidOn: dayIn(paidAt),
      notice: givenNoticeOf(notices.get(id)),
    }));
  }

  /** An advance is a payment too. */
  async paidIn(regionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.reads.among<{ regionId: string; cases: number | string }>`
      WITH RECURSIVE inside (id, root) AS (
        SELECT r.id, r.id FROM regions r WHERE r.id IN ${listOf(regionIds)}
        UNION SELECT r.id, i.root FROM inside i LEFT JOIN regions r ON r.parent_id = i.id)
      SELECT i.root AS "regionId", COUNT(*) AS "cases" FROM inside i
      JOIN organisations o ON o.region_id = i.id JOIN relief_cases c ON c.home_society_id = o.id AND c.paid_fen > 0
      GROUP BY i.root`;
    return new Map(rows.map(({ regionId, cases }) => [regionId, Number(cases)]));
  }
}
