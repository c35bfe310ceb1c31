import { Injectable } from '@nestjs/common';
import { breaksUnique } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import {
  PersonRequestNotFound,
  RequestAnswered,
  RequestPending,
  RequestVouched,
} from '../domain/person-right.errors.js';
import type { RequestState } from '../domain/person-right.js';
import { PersonErasure, PersonRequest } from './person-request.entity.js';

const ONE_OPEN = { name: 'uq_person_requests_open', columns: 'person_requests.open_key' };
const ONE_CAUSE = {
  name: 'uq_person_erasures_cause',
  columns: 'person_erasures.person_id, person_erasures.cause',
};

export type RequestRow = { readonly [Key in keyof PersonRequest]: PersonRequest[Key] };

type Answering = {
  readonly state: Exclude<RequestState, 'WAITING'>;
  readonly by: { readonly personId: string | null; readonly accountId: string | null };
  readonly at: Date;
  readonly answerSealed: string | null;
};

/** Another program erased for the same cause already. */
export class AlreadyErased extends Error {}

@Injectable()
export class RightsStore {
  async insert(tx: Tx, request: RequestRow): Promise<void> {
    try {
      await tx.insert(PersonRequest, request);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new RequestPending() : error;
    }
  }

  async get(tx: Tx, societyId: string, id: string): Promise<RequestRow> {
    const found = await tx.rows.findOneBy(PersonRequest, { societyId, id });
    if (!found) throw new PersonRequestNotFound();
    return found;
  }

  /** Once, while it waits. */
  async vouch(tx: Tx, id: string, by: Answering['by'], at: Date): Promise<void> {
    await tx.changeOne(() => new RequestVouched())`
      UPDATE person_requests SET vouched_by = ${by.personId}, vouched_by_account = ${by.accountId}, vouched_at = ${at}
      WHERE id = ${id} AND state = 'WAITING' AND vouched_at IS NULL`;
  }

  /** Once, by whoever comes first. */
  async answer(tx: Tx, id: string, { state, by, at, answerSealed }: Answering): Promise<void> {
    await tx.changeOne(() => new RequestAnswered())`
      UPDATE person_requests SET state = ${state}, decided_by = ${by.personId},
             decided_by_account = ${by.accountId}, decided_at = ${at}, answer_sealed = ${answerSealed}, open_key = NULL
      WHERE id = ${id} AND state = 'WAITING'`;
  }

  /** The last step of the unit, since it is written once: of two programs the slower one empties nothing. */
  async erased(tx: Tx, erasure: PersonErasure): Promise<void> {
    try {
      await tx.insert(PersonErasure, erasure);
    } catch (error) {
      throw breaksUnique(error, ONE_CAUSE) ? new AlreadyErased() : error;
    }
  }
}
