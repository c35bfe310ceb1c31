import { Injectable } from '@nestjs/common';
import { maskName } from '../kernel/chinese/name-mask.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import { instantOf } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import type { SubjectKind } from './domain/desk-filter.js';
import { noLeaseAfter } from './domain/lease.js';
import type { Lease } from './domain/lease.js';
import { ReviewLease } from './desk.entity.js';

const UNIQUE_SUBJECT = { name: 'uq_review_leases_subject', columns: 'review_leases.subject_id' };

export type Taking = {
  readonly scopeId: string;
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly holderAccount: string;
  readonly holderId: string | null;
  readonly takenAt: Date;
  readonly untilAt: Date;
};

export type HeldLease = Lease & { readonly maskedName: string };

@Injectable()
export class LeasesStore {
  constructor(private readonly ids: Ids) {}

  /** True when it is theirs now: nobody had it, its time was over or never comes, or they had it already. */
  async take(tx: Tx, taking: Taking): Promise<boolean> {
    const { subjectId, holderAccount, holderId, takenAt, untilAt } = taking;
    const changed = await tx.change`
      UPDATE review_leases
      SET holder_account = ${holderAccount}, holder_id = ${holderId}, taken_at = ${takenAt}, until_at = ${untilAt}
      WHERE subject_id = ${subjectId} AND (until_at <= ${takenAt} OR until_at > ${noLeaseAfter(takenAt)} OR holder_account = ${holderAccount})`;
    if (changed === 1) return true;
    if (await this.find(tx, subjectId)) return false;
    try {
      await tx.insert(ReviewLease, { id: this.ids.next(), ...taking });
      return true;
    } catch (error) {
      throw breaksUnique(error, UNIQUE_SUBJECT) ? new StaleSnapshot('Somebody just took it') : error;
    }
  }

  async renew(tx: Tx, subjectId: string, holderAccount: string, now: Date, untilAt: Date): Promise<boolean> {
    const changed = await tx.change`
      UPDATE review_leases SET until_at = ${untilAt}
      WHERE subject_id = ${subjectId} AND holder_account = ${holderAccount} AND until_at > ${now}`;
    return changed === 1;
  }

  /** Over at once, and never before it began: the other machine may be a second ahead. False when it was not theirs, or over by itself. */
  async giveBack(tx: Tx, subjectId: string, holderAccount: string, now: Date): Promise<boolean> {
    const changed = await tx.change`
      UPDATE review_leases
      SET until_at = ${now}, taken_at = CASE WHEN taken_at > ${now} THEN ${now} ELSE taken_at END
      WHERE subject_id = ${subjectId} AND holder_account = ${holderAccount} AND until_at > ${now}`;
    return changed === 1;
  }

  async find(tx: Tx, subjectId: string): Promise<HeldLease | null> {
    const [row] = await tx.read<{ holderAccount: string; untilAt: Date | string; name: string | null }>`
      SELECT l.holder_account AS "holderAccount", l.until_at AS "untilAt", p.name AS "name"
      FROM review_leases l LEFT JOIN persons p ON p.id = l.holder_id WHERE l.subject_id = ${subjectId}`;
    if (!row) return null;
    const { holderAccount, untilAt, name } = row;
    return {
      holderAccount,
      untilAt: instantOf(untilAt),
      maskedName: name === null ? '别人' : maskName(name),
    };
  }
}
