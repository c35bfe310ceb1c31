import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import type { Tx } from '../platform/database/transactions.js';
import type { LinkView } from '../platform/web/views.js';

/** What stands beside a case where it is reviewed: who is at it, and what follows in the queue. Ready words. */
export type ReviewBeside = {
  readonly lease: {
    readonly words: string | null;
    /** Empty where there is nothing to press. */
    readonly action: string;
    readonly button: string;
    readonly subjectKind: string;
    readonly subjectId: string;
    readonly query: string;
  } | null;
  readonly next: LinkView | null;
};

/** The port of the context below that keeps the queue of the federation. */
export type ReviewWatcher = {
  beside(actor: Actor, reliefId: string, query: Readonly<Record<string, unknown>>): Promise<ReviewBeside>;
  /** A step of the review: refuses it while somebody else is at the case, and ends the turn of whoever decides. */
  decides(tx: Tx, actor: Actor, reliefId: string, at: Date): Promise<void>;
};

const NOTHING: ReviewBeside = { lease: null, next: null };

/** Whoever keeps the queue registers here at the start, so that no arrow points down. */
@Injectable()
export class ReviewWatch {
  private watcher: ReviewWatcher | null = null;

  register(watcher: ReviewWatcher): void {
    this.watcher = watcher;
  }

  async beside(
    actor: Actor,
    reliefId: string,
    query: Readonly<Record<string, unknown>>,
  ): Promise<ReviewBeside> {
    return (await this.watcher?.beside(actor, reliefId, query)) ?? NOTHING;
  }

  async decides(tx: Tx, actor: Actor, reliefId: string, at: Date): Promise<void> {
    await this.watcher?.decides(tx, actor, reliefId, at);
  }
}
