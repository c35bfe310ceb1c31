import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { ClockWatch } from '../platform/clock-watch.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { SUBJECT_WORDS } from './domain/desk-filter.js';
import type { SubjectKind } from './domain/desk-filter.js';
import { LeaseHeld, LeaseNotHeld, NotAReviewer } from './domain/desk.errors.js';
import { isHeldByAnother, leaseUntil, minutesLeft, wantsRenewal } from './domain/lease.js';
import type { Lease } from './domain/lease.js';
import { DeskGround } from './desk-ground.js';
import { LeasesStore } from './leases.store.js';

export type Subject = { readonly subjectKind: SubjectKind; readonly subjectId: string };
export type Claimed = { readonly subjectId: string; readonly untilAt: string };

/** 我来审: who is at a row, for ten minutes. It guides, so that two don't read the same file; it is no right. */
@Injectable()
export class LeasesService {
  constructor(
    private readonly commands: Commands,
    private readonly transactions: Transactions,
    private readonly store: LeasesStore,
    private readonly ground: DeskGround,
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
  ) {}

  async claim(caller: Caller, { subjectKind, subjectId }: Subject): Promise<Claimed> {
    const { actor } = caller;
    const accountId = accountOf(actor);
    const scopeId = await this.ground.federationOf(actor);
    await this.ground.subject(scopeId, subjectKind, subjectId);
    const command = { act: 'claimReview', body: { subjectKind, subjectId } };
    return this.commands.run(caller, command, async (tx, trail) => {
      const now = this.clock.now();
      const untilAt = leaseUntil(now);
      const taken = await this.store.take(tx, {
        ...{ scopeId, subjectKind, subjectId, holderAccount: accountId, holderId: actor.personId },
        ...{ takenAt: now, untilAt },
      });
      if (!taken) await this.refuseHeld(tx, subjectId, actor, now);
      trail.on(subjectKind, subjectId, {
        threadId: subjectId,
        words: `总会：我来审（${SUBJECT_WORDS[subjectKind]}）`,
      });
      return { subjectId, untilAt: untilAt.toISOString() };
    });
  }

  async release(caller: Caller, { subjectKind, subjectId }: Subject): Promise<{ subjectId: string }> {
    const { actor } = caller;
    const accountId = accountOf(actor);
    const scopeId = await this.ground.federationOf(actor);
    await this.ground.subject(scopeId, subjectKind, subjectId);
    const command = { act: 'releaseReview', body: { subjectKind, subjectId } };
    return this.commands.run(caller, command, async (tx, trail) => {
      if (!(await this.store.giveBack(tx, subjectId, accountId, this.clock.now()))) throw new LeaseNotHeld();
      trail.on(subjectKind, subjectId, { threadId: subjectId, words: '总会：放下' });
      return { subjectId };
    });
  }

  /** The page was opened again by whoever is at it. The claim stands in the trail; this only lengthens it. */
  async renew({ accountId }: Actor, subjectId: string, lease: Lease | null): Promise<Lease | null> {
    const now = this.clock.now();
    if (lease?.holderAccount !== accountId || !wantsRenewal(lease, now)) return lease;
    if (this.watch.doubt() !== null) return lease; // the page is shown all the same
    const untilAt = leaseUntil(now);
    const renewed = await this.transactions.run((tx) =>
      this.store.renew(tx, subjectId, lease.holderAccount, now, untilAt),
    );
    return renewed ? { ...lease, untilAt } : lease;
  }

  /** A step of a decision: whoever decides while another is at it is told who, and for how long. */
  async refuseHeld(tx: Tx, subjectId: string, { accountId }: Actor, now: Date): Promise<void> {
    const lease = await this.store.find(tx, subjectId);
    if (lease && isHeldByAnother(lease, accountId, now))
      throw new LeaseHeld(lease.maskedName, minutesLeft(lease, now));
  }

  /** With the decision it is nobody's again. */
  async decided(tx: Tx, subjectId: string, { accountId }: Actor, now: Date): Promise<void> {
    if (accountId !== null) await this.store.giveBack(tx, subjectId, accountId, now);
  }
}

function accountOf({ accountId }: Actor): string {
  if (accountId === null) throw new NotAReviewer();
  return accountId;
}
