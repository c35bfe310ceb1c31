import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import type { Tx } from '../platform/database/transactions.js';
import type { ReviewBeside, ReviewWatcher } from '../relief/index.js';
import { DeskGround } from './desk-ground.js';
import { DeskQueries } from './desk.queries.js';
import { cameFrom, readPlace } from './domain/desk-filter.js';
import { leaseView } from './lease.views.js';
import { LeasesService } from './leases.service.js';
import { QueueReading } from './queue.reading.js';
import { hrefOf } from './queue.views.js';

/** The lease and the next row, beside a case of relief where it is reviewed. */
@Injectable()
export class ReliefWatch implements ReviewWatcher {
  constructor(
    private readonly ground: DeskGround,
    private readonly desk: DeskQueries,
    private readonly queue: QueueReading,
    private readonly leases: LeasesService,
  ) {}

  async beside(
    actor: Actor,
    reliefId: string,
    words: Readonly<Record<string, unknown>>,
  ): Promise<ReviewBeside> {
    const asking = await this.ground.askingOf(actor);
    const { filter, query, at } = cameFrom(words);
    const held = await this.desk.lease(reliefId, asking.now);
    const renewed = await this.leases.renew(actor, reliefId, held);
    const lease = held && renewed && { ...held, untilAt: renewed.untilAt };
    const next = await this.queue.next(asking, filter, readPlace(at), reliefId);
    const subject = { subjectKind: 'relief', subjectId: reliefId } as const;
    return {
      lease: leaseView(lease, subject, { accountId: actor.accountId, now: asking.now, query }),
      next: next && { words: `下一件 ${next.text}`, href: hrefOf(next, filter) },
    };
  }

  async decides(tx: Tx, actor: Actor, reliefId: string, at: Date): Promise<void> {
    await this.leases.refuseHeld(tx, reliefId, actor, at);
    await this.leases.decided(tx, reliefId, actor, at);
  }
}
