import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BreachGrounds, lastDayOfGround } from '../breaches/index.js';
import type { BreachGround, BreachGroundSource } from '../breaches/index.js';
import { dayOf } from '../kernel/day.js';
import { REASON_WORDS } from '../notices/domain/notice-reasons.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import { caseNumberText } from './domain/case-number.js';

type Raw = {
  readonly id: string;
  readonly personId: string;
  readonly year: number;
  readonly number: number;
  readonly endedAt: Date | string;
  readonly isFallen: number | string;
};

/** Older ones are behind so many newer that nobody starts with them. */
const MOST = 200;

/**
 * Grants that the board took back, or made smaller, because what the applicant had said was untrue: that is what the
 * applicant's pledge speaks of, and of no error of the society and no other use of the money. What a guardian promised for
 * a child is nobody's flag. One that an objection found wrong shows nothing, nor one of somebody who was erased since: the
 * flag of it may be gone without a trace.
 */
@Injectable()
export class RevokedAsUntrue implements BreachGroundSource, OnModuleInit {
  constructor(
    private readonly grounds: BreachGrounds,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.grounds.register(this);
  }

  async groundsIn(societyId: string): Promise<BreachGround[]> {
    const rows = await this.reads.all<Raw>`
      SELECT r.id AS "id", c.applicant_id AS "personId", c.year AS "year", c.number AS "number",
             r.ended_at AS "endedAt",
             CASE WHEN EXISTS (SELECT 1 FROM duties d WHERE d.open_key = 'DECIDE_ANEW:' || c.id)
                    OR EXISTS (SELECT 1 FROM recoveries b JOIN case_write_offs w ON w.recovery_id = b.id
                               WHERE b.subject_id = c.id AND w.reason = 'UPHELD' AND w.state = 'WRITTEN_OFF')
                    OR EXISTS (SELECT 1 FROM person_erasures e
                               WHERE e.person_id = c.applicant_id AND e.erased_at >= r.ended_at)
                  THEN 1 ELSE 0 END AS "isFallen"
      FROM case_revocations r JOIN cases c ON c.id = r.case_id
      WHERE r.society_id = ${societyId} AND r.state = 'REVOKED' AND r.reason = 'FALSE_FACTS'
        AND COALESCE((SELECT p.how FROM pledges p
                      WHERE p.person_id = c.applicant_id AND p.kind = 'APPLICANT' AND p.at <= r.ended_at
                      ORDER BY p.at DESC LIMIT 1), '') <> 'GUARDIAN'
      ORDER BY r.ended_at DESC, r.id LIMIT ${MOST}`;
    return rows.map(({ id, personId, endedAt, isFallen, ...number }) => ({
      ...{ kind: 'REVOCATION', id, personId, pledge: 'APPLICANT' },
      words: `${caseNumberText(number)} 号救助：${REASON_WORDS.FALSE_FACTS}`,
      until: lastDayOfGround(dayOf(instantOf(endedAt))),
      isFallen: Number(isFallen) === 1,
    }));
  }
}
