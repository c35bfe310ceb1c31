import { Injectable } from '@nestjs/common';
import type { Actor, Role } from '../kernel/actor.js';
import { DeskGround } from './desk-ground.js';
import { DeskQueries } from './desk.queries.js';
import type { QueuePage } from './desk.queries.js';
import { readFilter, readPlace } from './domain/desk-filter.js';
import type { DeskFilter, Place, View } from './domain/desk-filter.js';
import type { QueueRow } from './domain/queue.js';
import type { Asking } from './queue.sql.js';
import { SavedViewsService } from './saved-views.service.js';
import type { SavedViewFact } from './saved-views.service.js';

export type QueueFacts = {
  readonly accountId: string | null;
  readonly roles: readonly Role[];
  readonly now: Date;
  readonly filter: DeskFilter;
  readonly page: QueuePage;
  readonly counts: Readonly<Record<View, number>>;
  readonly views: readonly SavedViewFact[];
  /** The head of the list is not on this page. */
  readonly isLater: boolean;
};

type Query = Readonly<Record<string, unknown>>;

@Injectable()
export class QueueReading {
  constructor(
    private readonly queries: DeskQueries,
    private readonly ground: DeskGround,
    private readonly views: SavedViewsService,
  ) {}

  async queue(actor: Actor, query: Query): Promise<QueueFacts> {
    const asking = await this.ground.askingOf(actor);
    const [filter, place] = [readFilter(query), readPlace(query['after'])];
    const [page, counts, views] = await Promise.all([
      this.queries.page(asking, filter, place),
      this.queries.counts(asking),
      this.views.list(actor),
    ]);
    const { accountId, roles } = actor;
    return { accountId, roles, now: asking.now, filter, page, counts, views, isLater: place !== null };
  }

  /** 下一件: what follows in the view that one came from, and from its head when the view is through. */
  async next(
    asking: Asking,
    filter: DeskFilter,
    place: Place | null,
    than: string,
  ): Promise<QueueRow | null> {
    const other = async (from: Place | null) =>
      (await this.queries.page(asking, filter, from, 2)).rows.find(({ id }) => id !== than) ?? null;
    return (await other(place)) ?? (place === null ? null : await other(null));
  }
}
