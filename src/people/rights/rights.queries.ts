import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { PersonRequestNotFound } from '../domain/person-right.errors.js';
import type { RequestState, Right, WayAsked } from '../domain/person-right.js';
import { PeopleSeals } from '../people.seals.js';

/** A request as the office reads it. */
export type RequestFacts = {
  readonly id: string;
  readonly personId: string;
  readonly kind: Right;
  readonly how: WayAsked;
  readonly askedOn: Day;
  readonly state: RequestState;
  readonly recordedBy: string | null;
  readonly recordedByAccount: string | null;
  readonly recorderName: string | null;
  readonly recordedAt: Date;
  /** Who asked the person again, and when; null while nobody has. */
  readonly voucherName: string | null;
  readonly vouchedAt: Date | null;
  readonly deciderName: string | null;
  readonly decidedAt: Date | null;
  readonly answer: string | null;
};

type Raw = Omit<RequestFacts, 'answer' | 'recordedAt' | 'vouchedAt' | 'decidedAt'> & {
  readonly answerSealed: string | null;
  readonly recordedAt: Date | string;
  readonly vouchedAt: Date | string | null;
  readonly decidedAt: Date | string | null;
};

const SELECT = `
  SELECT r.id AS "id", r.person_id AS "personId", r.kind AS "kind", r.how AS "how", r.asked_on AS "askedOn",
         r.state AS "state", r.recorded_by AS "recordedBy", r.recorded_by_account AS "recordedByAccount",
         p.name AS "recorderName", r.recorded_at AS "recordedAt",
         v.name AS "voucherName", r.vouched_at AS "vouchedAt", d.name AS "deciderName",
         r.decided_at AS "decidedAt", r.answer_sealed AS "answerSealed"
  FROM person_requests r
  LEFT JOIN persons p ON p.id = r.recorded_by LEFT JOIN persons v ON v.id = r.vouched_by
  LEFT JOIN persons d ON d.id = r.decided_by `;

const MOST = 100;

@Injectable()
export class RightsQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: PeopleSeals,
  ) {}

  /** Another society's is not found. */
  async request(societyId: string, id: string): Promise<RequestFacts> {
    const found = await this.find(societyId, id);
    if (!found) throw new PersonRequestNotFound();
    return found;
  }

  async find(societyId: string, id: string): Promise<RequestFacts | null> {
    const [row] = await this.select()`WHERE r.society_id = ${societyId} AND r.id = ${id}`;
    return row ? this.factsOf(row) : null;
  }

  /** What was not answered yet, the oldest first. */
  async waiting(societyId: string): Promise<RequestFacts[]> {
    const rows = await this.select()`
      WHERE r.society_id = ${societyId} AND r.state = 'WAITING' ORDER BY r.recorded_at, r.id LIMIT ${MOST}`;
    return rows.map((row) => this.factsOf(row));
  }

  async ofPerson(societyId: string, personId: string): Promise<RequestFacts[]> {
    const rows = await this.select()`
      WHERE r.society_id = ${societyId} AND r.person_id = ${personId}
      ORDER BY r.recorded_at DESC, r.id DESC LIMIT ${MOST}`;
    return rows.map((row) => this.factsOf(row));
  }

  private select() {
    return ([head = '', ...rest]: TemplateStringsArray, ...values: Value[]): Promise<Raw[]> =>
      this.reads.all<Raw>(Object.assign([SELECT + head, ...rest], { raw: [] }), ...values);
  }

  private factsOf({ answerSealed, recordedAt, vouchedAt, decidedAt, ...row }: Raw): RequestFacts {
    return {
      ...row,
      answer: answerSealed && this.seals.open('request-answer', row.id, answerSealed),
      recordedAt: instantOf(recordedAt),
      vouchedAt: optionalInstantOf(vouchedAt),
      decidedAt: optionalInstantOf(decidedAt),
    };
  }
}
