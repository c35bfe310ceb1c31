import { Injectable } from '@nestjs/common';
import { In, MoreThanOrEqual } from 'typeorm';
import type { Day } from '../kernel/day.js';
import type { Tx } from '../platform/database/transactions.js';
import { BreachFlag } from './breach.entity.js';

/** Somebody of whom a flag stands, and its last day. */
export type Flagged = { readonly personId: string; readonly untilOn: Day };

/** Which flags have an effect, as the caller's unit sees them: what is decided there is asked there once more. */
@Injectable()
export class StandingBreaches {
  async among(tx: Tx, societyId: string, personIds: readonly string[], on: Day): Promise<Flagged[]> {
    const rows = await tx.rows.find(BreachFlag, {
      where: { societyId, personId: In([...personIds]), state: 'STANDS', untilOn: MoreThanOrEqual(on) },
      order: { untilOn: 'DESC', id: 'ASC' },
    });
    return rows.flatMap(({ personId, untilOn }) => (untilOn === null ? [] : [{ personId, untilOn }]));
  }
}
