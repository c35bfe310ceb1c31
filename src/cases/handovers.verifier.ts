import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';

/** What handovers and overrides say against what the cases and duties say that they are about. */
@Injectable()
export class HandoversVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const part of [
      () => this.casesHandedOver(),
      () => this.casesTakenOn(),
      () => this.answersOwed(),
      () => this.overridesUsed(),
    ])
      findings.push(...(await part()));
    return findings;
  }

  /** A case that left for somebody has one handover that says to whom, and no other case has one. */
  private async casesHandedOver(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string }>`
      SELECT c.id AS "id", c.state AS "state" FROM cases c LEFT JOIN case_handovers h ON h.case_id = c.id
      WHERE COALESCE(h.kind, 'NONE') <> CASE c.state WHEN 'ESCALATED' THEN 'TOWN' WHEN 'REFERRED' THEN 'OFFICE' ELSE 'NONE' END
         OR COALESCE(h.society_id, c.society_id) <> c.society_id
         OR (h.id IS NOT NULL AND h.reason <> COALESCE(c.end_reason, ''))`;
    return rows.map(({ id, state }) => ({
      kind: 'handover',
      subject: `cases/${id}`,
      words: `案件是 ${state}，和它的转办对不上`,
    }));
  }

  /** A case taken on is one of the union that was asked, and once it is over it is the answer. */
  private async casesTakenOn(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT h.id AS "id" FROM case_handovers h JOIN cases t ON t.id = h.taken_case_id
      WHERE t.society_id <> COALESCE(h.to_society_id, '')
         OR (h.state = 'TAKEN' AND t.state IN ('PAID', 'CLOSED', 'REJECTED', 'WITHDRAWN', 'TERMINATED'))`;
    return rows.map(({ id }) => ({
      kind: 'handover',
      subject: `case_handovers/${id}`,
      words: '转办和镇里接办的案件对不上',
    }));
  }

  /** Whoever was asked owes an answer while the handover is open, and no longer. */
  private async answersOwed(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT h.id AS "id" FROM case_handovers h
      LEFT JOIN duties d ON d.subject_kind = 'handover' AND d.subject_id = h.id AND d.open_key IS NOT NULL
      WHERE (h.state = 'OPEN' AND h.to_society_id IS NOT NULL) <> (d.id IS NOT NULL)
         OR (d.id IS NOT NULL AND d.society_id <> COALESCE(h.to_society_id, ''))`;
    return rows.map(({ id }) => ({
      kind: 'handover',
      subject: `case_handovers/${id}`,
      words: '转办和它的答复时限对不上',
    }));
  }

  /** An override was used by a case of the person and household that it was granted for. */
  private async overridesUsed(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT v.id AS "id" FROM case_overrides v JOIN cases c ON c.id = v.used_case_id
      WHERE c.society_id <> v.society_id OR c.household_id <> v.household_id
         OR (v.kind = 'SAME_CAUSE' AND c.applicant_id <> v.person_id)`;
    return rows.map(({ id }) => ({
      kind: 'override',
      subject: `case_overrides/${id}`,
      words: '镇里批准的和用掉它的案件对不上',
    }));
  }
}
