import { Injectable } from '@nestjs/common';
import { breaksUnique } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { RequestAnswered, RequestPending, RequestVouched } from '../../people/domain/person-right.errors.js';
import type { RequestState } from '../../people/domain/person-right.js';
import { DonorRequestNotFound } from '../domain/donor-right.errors.js';
import { DonorRequest } from './donor-request.entity.js';

const ONE_OPEN = { name: 'uq_donor_requests_open', columns: 'donor_requests.open_key' };

export type RequestRow = { readonly [Key in keyof DonorRequest]: DonorRequest[Key] };
type By = { readonly personId: string | null; readonly accountId: string | null };
type Answering = {
  readonly state: Exclude<RequestState, 'WAITING'>;
  readonly by: By;
  readonly at: Date;
  readonly answerSealed: string | null;
};

/** Rows of what donors asked. */
@Injectable()
export class DonorRequestsStore {
  async insert(tx: Tx, request: RequestRow): Promise<void> {
    try {
      await tx.insert(DonorRequest, request);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new RequestPending() : error;
    }
  }

  async get(tx: Tx, societyId: string, id: string): Promise<RequestRow> {
    const found = await tx.rows.findOneBy(DonorRequest, { societyId, id });
    if (!found) throw new DonorRequestNotFound();
    return found;
  }

  async waitingOf(tx: Tx, donorIds: readonly string[]): Promise<RequestRow[]> {
    const rows: RequestRow[] = [];
    for (const donorId of donorIds)
      rows.push(...(await tx.rows.findBy(DonorRequest, { donorId, state: 'WAITING' })));
    return rows;
  }

  /** Once, while it waits. */
  async vouch(tx: Tx, id: string, by: By, at: Date): Promise<void> {
    await tx.changeOne(() => new RequestVouched())`
      UPDATE donor_requests SET vouched_by = ${by.personId}, vouched_by_account = ${by.accountId}, vouched_at = ${at}
      WHERE id = ${id} AND state = 'WAITING' AND vouched_at IS NULL`;
  }

  /** Once, by whoever comes first. What should be put right is not kept once it was answered. */
  async answer(tx: Tx, id: string, { state, by, at, answerSealed }: Answering): Promise<void> {
    await tx.changeOne(() => new RequestAnswered())`
      UPDATE donor_requests SET state = ${state}, decided_by = ${by.personId}, decided_by_account = ${by.accountId},
             decided_at = ${at}, answer_sealed = ${answerSealed}, wish_sealed = NULL, open_key = NULL
      WHERE id = ${id} AND state = 'WAITING'`;
  }
}
