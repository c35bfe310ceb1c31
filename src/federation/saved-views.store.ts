import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { SavedView } from './desk.entity.js';
import { TooManyViews, ViewNameTaken, ViewNotFound } from './domain/desk.errors.js';
import { MOST_VIEWS } from './domain/terms.js';

const columns = (last: string) => `saved_views.account_id, saved_views.scope_id, saved_views.${last}`;
const NAME = { name: 'uq_saved_views_name', columns: columns('name') };
const SLOT = { name: 'uq_saved_views_slot', columns: columns('slot') };

@Injectable()
export class SavedViewsStore {
  /** Into the first free of its twenty slots; two at once find two. */
  async insert(tx: Tx, view: Omit<SavedView, 'slot'>): Promise<void> {
    const { accountId, scopeId, name } = view;
    const known = await tx.rows.findBy(SavedView, { accountId, scopeId });
    if (known.some((each) => each.name === name)) throw new ViewNameTaken();
    const taken = new Set(known.map(({ slot }) => slot));
    const slot = Array.from({ length: MOST_VIEWS }, (_, i) => i + 1).find((each) => !taken.has(each));
    if (slot === undefined) throw new TooManyViews(MOST_VIEWS);
    try {
      await tx.insert(SavedView, { ...view, slot });
    } catch (error) {
      if (breaksUnique(error, NAME)) throw new ViewNameTaken();
      throw breaksUnique(error, SLOT) ? new StaleSnapshot('The slot was just taken') : error;
    }
  }

  async remove(tx: Tx, accountId: string, id: string): Promise<void> {
    await tx.changeOne(() => new ViewNotFound())`
      DELETE FROM saved_views WHERE id = ${id} AND account_id = ${accountId}`;
  }
}
