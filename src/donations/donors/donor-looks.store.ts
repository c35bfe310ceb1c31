import { Injectable } from '@nestjs/common';
import type { LookPace } from '../../people/domain/look.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { DonorLook } from './donor-look.entity.js';

const UNIQUE_SEQUENCE = {
  name: 'uq_donor_looks_sequence',
  columns: 'donor_looks.account_id, donor_looks.sequence',
};

type Since = { readonly today: Date; readonly lately: Date };
type Count = number | string | null;

/** Rows of looks at donors: numbered by account, so that of ten at once each counts the ones before it. */
@Injectable()
export class DonorLooksStore {
  /** How often this account has looked, as the unit sees it; `last` is the number of its latest look. */
  async paceOf(tx: Tx, accountId: string, since: Since): Promise<LookPace & { readonly last: number }> {
    const earliest = since.today < since.lately ? since.today : since.lately;
    const [counted] = await tx.read<{ today: Count; lately: Count }>`
      SELECT SUM(CASE WHEN at >= ${since.today} THEN 1 ELSE 0 END) AS "today",
             SUM(CASE WHEN at > ${since.lately} THEN 1 ELSE 0 END) AS "lately"
      FROM donor_looks WHERE account_id = ${accountId} AND at >= ${earliest}`;
    const [numbered] = await tx.read<{ last: Count }>`
      SELECT MAX(sequence) AS "last" FROM donor_looks WHERE account_id = ${accountId}`;
    return {
      today: Number(counted?.today ?? 0),
      lately: Number(counted?.lately ?? 0),
      last: Number(numbered?.last ?? 0),
    };
  }

  /** Another look of the account was faster: a new unit counts it too. */
  async insert(tx: Tx, look: DonorLook): Promise<void> {
    try {
      await tx.insert(DonorLook, look);
    } catch (error) {
      throw breaksUnique(error, UNIQUE_SEQUENCE) ? new StaleSnapshot('Another look was numbered') : error;
    }
  }
}
