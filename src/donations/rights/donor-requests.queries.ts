import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { RequestState } from '../../people/domain/person-right.js';
import { DonorRequestNotFound } from '../domain/donor-right.errors.js';
import type { DonorRight, DonorWay } from '../domain/donor-right.js';
import type { DonorKind } from '../domain/donor.js';
import { DonorRequestSeals } from './donor-request.seals.js';

/** A request as the office and the donor read it. */
export type DonorRequestFacts = {
  readonly id: string;
  readonly societyId: string;
  readonly donorId: string;
  /** Masked. */
  readonly shownName: string;
  readonly donorKind: DonorKind;
  readonly kind: DonorRight;
  readonly how: DonorWay;
  readonly askedOn: Day;
  readonly state: RequestState;
  readonly recordedBy: string | null;
  readonly recordedByAccount: string | null;
  readonly recorderName: string | null;
  readonly recordedAt: Date;
  readonly voucherName: string | null;
  readonly vouchedAt: Date | null;
  readonly deciderName: string | null;
  readonly decidedAt: Date | null;
  readonly answer: string | null;
};

type Stamp = Date | string;
type Raw = Omit<DonorRequestFacts, 'answer' | 'recordedAt' | 'vouchedAt' | 'decidedAt'> & {
  readonly answerSealed: string | null;
  readonly recordedAt: Stamp;
  readonly vouchedAt: Stamp | null;
  readonly decidedAt: Stamp | null;
};

type Values = Parameters<Reads['among']>[1][];

const SELECT = `
  SELECT r.id AS "id", r.society_id AS "societyId", r.donor_id AS "donorId", n.shown_name AS "shownName",
         n.kind AS "donorKind", r.kind AS "kind", r.how AS "how", r.asked_on AS "askedOn", r.state AS "state",
         r.recorded_by AS "recordedBy", r.recorded_by_account AS "recordedByAccount", p.name AS "recorderName",
         r.recorded_at AS "recordedAt", v.name AS "voucherName", r.vouched_at AS "vouchedAt",
         d.name AS "deciderName", r.decided_at AS "decidedAt", r.answer_sealed AS "answerSealed"
  FROM donor_requests r JOIN donors n ON n.id = r.donor_id
  LEFT JOIN persons p ON p.id = r.recorded_by LEFT JOIN persons v ON v.id = r.vouched_by
  LEFT JOIN persons d ON d.id = r.decided_by `;

const MOST = 100;

@Injectable()
export class DonorRequestsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: DonorRequestSeals,
  ) {}

  /** Another society's is not found. */
  async request(societyId: string, id: string): Promise<DonorRequestFacts> {
    const found = await this.find(societyId, id);
    if (!found) throw new DonorRequestNotFound();
    return found;
  }

  async find(societyId: string, id: string): Promise<DonorRequestFacts | null> {
    const [row] = await this.requests`WHERE r.society_id = ${societyId} AND r.id = ${id}`;
    return row ?? null;
  }

  /** What was not answered yet, the oldest first. */
  async waiting(societyId: string): Promise<DonorRequestFacts[]> {
    return this.requests`
      WHERE r.society_id = ${societyId} AND r.state = 'WAITING' ORDER BY r.recorded_at, r.id LIMIT ${MOST}`;
  }

  /** Of these records, in whichever society they stand, the newest first. */
  async ofDonors(donorIds: readonly string[]): Promise<DonorRequestFacts[]> {
    return this.requests`
      WHERE r.donor_id IN ${listOf(donorIds)} ORDER BY r.recorded_at DESC, r.id DESC LIMIT ${MOST}`;
  }

  /** What he wants put right; null once it was answered. For whoever puts it right, and nobody else. */
  async wishOf(societyId: string, id: string): Promise<string | null> {
    const row = await this.reads.one<{ sealed: string | null }>`
      SELECT wish_sealed AS "sealed" FROM donor_requests WHERE id = ${id} AND society_id = ${societyId}`;
    return this.seals.open('wish', id, row?.sealed ?? null);
  }

  /** The record, all that were merged into it, and the one it was merged into: they are one donor. */
  async recordsOf(donorId: string): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      WITH RECURSIVE up (id, into_id) AS (
        SELECT id, merged_into_id FROM donors WHERE id = ${donorId}
        UNION ALL SELECT d.id, d.merged_into_id FROM donors d JOIN up u ON d.id = u.into_id),
      tree (id) AS (
        SELECT id FROM up WHERE into_id IS NULL
        UNION ALL SELECT d.id FROM donors d JOIN tree t ON d.merged_into_id = t.id)
      SELECT id AS "id" FROM tree ORDER BY id`;
    return rows.map(({ id }) => id);
  }

  /** The same columns for every question; what follows is bound as in any other template. */
  private async requests(text: TemplateStringsArray, ...values: Values): Promise<DonorRequestFacts[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([SELECT + head, ...rest], { raw: [] });
    return (await this.reads.among<Raw>(whole, ...values)).map((row) => this.factsOf(row));
  }

  private factsOf({ answerSealed, recordedAt, vouchedAt, decidedAt, ...row }: Raw): DonorRequestFacts {
    return {
      ...row,
      answer: this.seals.open('answer', row.id, answerSealed),
      recordedAt: instantOf(recordedAt),
      vouchedAt: optionalInstantOf(vouchedAt),
      decidedAt: optionalInstantOf(decidedAt),
    };
  }
}
