import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { Reads } from '../platform/database/reads.js';
import { DeskGround } from './desk-ground.js';
import { NotAReviewer } from './domain/desk.errors.js';
import { queryOf } from './domain/desk-filter.js';
import type { DeskFilter } from './domain/desk-filter.js';
import { SavedViewsStore } from './saved-views.store.js';

export type SavedViewFact = { readonly id: string; readonly name: string; readonly query: string };

/** Named addresses of the queue, of one account: a view is nothing but its address, and can be sent to a colleague. */
@Injectable()
export class SavedViewsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: SavedViewsStore,
    private readonly ground: DeskGround,
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async list(actor: Actor): Promise<SavedViewFact[]> {
    const scopeId = await this.ground.federationOf(actor);
    return this.reads.all<SavedViewFact>`
      SELECT id AS "id", name AS "name", query AS "query" FROM saved_views
      WHERE account_id = ${actor.accountId} AND scope_id = ${scopeId} ORDER BY slot`;
  }

  async save(caller: Caller, name: string, filter: DeskFilter): Promise<{ viewId: string }> {
    const accountId = accountOf(caller.actor);
    const scopeId = await this.ground.federationOf(caller.actor);
    const query = queryOf(filter);
    return this.commands.run(caller, { act: 'saveView', body: { name, query } }, async (tx, trail) => {
      const id = this.ids.next();
      await this.store.insert(tx, { id, accountId, scopeId, name, query, savedAt: this.clock.now() });
      trail.on('saved-view', id, { after: { query } });
      return { viewId: id };
    });
  }

  async remove(caller: Caller, viewId: string): Promise<{ viewId: string }> {
    const accountId = accountOf(caller.actor);
    await this.ground.federationOf(caller.actor);
    return this.commands.run(caller, { act: 'removeView', body: { viewId } }, async (tx, trail) => {
      await this.store.remove(tx, accountId, viewId);
      trail.on('saved-view', viewId);
      return { viewId };
    });
  }
}

function accountOf({ accountId }: Actor): string {
  if (accountId === null) throw new NotAReviewer();
  return accountId;
}
