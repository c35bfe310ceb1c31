import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayOf, endOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { lastExpired, RetentionTasks } from '../../people/index.js';
import type { RetentionTask } from '../../people/index.js';
import { Reads } from '../../platform/database/reads.js';
import type { Tx } from '../../platform/database/transactions.js';
import { DonorEraser } from '../rights/donor-eraser.store.js';
import { Donor } from './donor.entity.js';

const BATCH = 200;

/** Phones of donors who gave long ago, with no refund or request under way and no account of their own; receipts keep the name. */
@Injectable()
export class RetentionOfDonors implements RetentionTask, OnModuleInit {
  readonly kind = 'DONOR';

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly eraser: DonorEraser,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    const last = lastExpired(this.kind, dayOf(now));
    const row = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM donors d
      WHERE d.phone_sealed IS NOT NULL AND d.account_id IS NULL AND d.created_at < ${endOfDay(last)}
        AND NOT EXISTS (SELECT 1 FROM gifts g WHERE g.donor_id = d.id AND g.given_on > ${last})
        AND NOT EXISTS (SELECT 1 FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id
                        WHERE g.donor_id = d.id AND r.open_key IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM donor_requests q WHERE q.donor_id = d.id AND q.state = 'WAITING')`;
    return Number(row?.count ?? 0);
  }

  async forget(now: Date): Promise<number> {
    const last = lastExpired(this.kind, dayOf(now));
    return this.tasks.inBatches({
      kind: this.kind,
      next: async (after) =>
        (
          await this.reads.all<{ id: string }>`
            SELECT d.id AS "id" FROM donors d
            WHERE d.id > ${after} AND d.phone_sealed IS NOT NULL AND d.account_id IS NULL AND d.created_at < ${endOfDay(last)}
              AND NOT EXISTS (SELECT 1 FROM gifts g WHERE g.donor_id = d.id AND g.given_on > ${last})
              AND NOT EXISTS (SELECT 1 FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id
                              WHERE g.donor_id = d.id AND r.open_key IS NOT NULL)
              AND NOT EXISTS (SELECT 1 FROM donor_requests q WHERE q.donor_id = d.id AND q.state = 'WAITING')
            ORDER BY d.id LIMIT ${BATCH}`
        ).map(({ id }) => id),
      one: (tx, id) => this.expire(tx, id, last, now),
    });
  }

  /** Claimed by its own condition, so that of two programs one does it. The cause says when, since a phone may come again. */
  private async expire(tx: Tx, id: string, last: Day, now: Date): Promise<number> {
    const claimed = await tx.change`
      UPDATE donors SET version = version + 1
      WHERE id = ${id} AND phone_sealed IS NOT NULL AND account_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM gifts g WHERE g.donor_id = ${id} AND g.given_on > ${last})
        AND NOT EXISTS (SELECT 1 FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id
                        WHERE g.donor_id = ${id} AND r.open_key IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM donor_requests q WHERE q.donor_id = ${id} AND q.state = 'WAITING')`;
    if (claimed === 0) return 0;
    const record = await tx.rows.findOneByOrFail(Donor, { id });
    await this.eraser.expirePhone(tx, record, `expired:${now.toISOString()}`);
    return claimed;
  }
}
