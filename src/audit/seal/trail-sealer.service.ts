import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { Tx } from '../../platform/database/transactions.js';
import { hasPledge, SEALED_TABLES, sealedText } from '../domain/sealed-tables.js';
import type { RawRow, SealedTable } from '../domain/sealed-tables.js';
import { headOf, leafOf, NO_HEAD, pledgeOf, rootOf } from './seal-file.js';
import type { SealBatch, SealRow } from './seal.entity.js';
import { SealQueries } from './seal.queries.js';
import { SealedElsewhere, SealStore } from './seal.store.js';
import { SealedRowsQueries } from './sealed-rows.queries.js';

export type Waiting = { readonly table: SealedTable; readonly row: RawRow };

/** Rows of a batch: few enough that one of them is found quickly, many enough that a head is not wasted on each. */
const MOST_ROWS = 500;
/** Batches of one call: after a hundred thousand rows another may have a turn. */
const MOST_BATCHES = 200;

/** How far a call has come in each table. */
type Cursors = ReadonlyMap<string, string>;

/**
 * The separate sealer: after the fact, in units of its own, so that no business unit waits for a head (quality.md 1, 5: a
 * chain inside the unit cost two thirds of the speed). Any number of them may run: one of two gets through. It leaves no
 * trail, since its own rows would have to be sealed again.
 */
@Injectable()
export class TrailSealer {
  /** Where the sweep through all rows has come to: kept nowhere, since a new process may begin anew. */
  private sweep = { table: 0, after: '' };

  constructor(
    private readonly transactions: Transactions,
    private readonly rows: SealedRowsQueries,
    private readonly queries: SealQueries,
    private readonly store: SealStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Seals what is committed and not sealed, and looks at one page of the older rows besides, so that in time every row is
   * looked at again. Answers how many batches and rows it sealed.
   */
  async sealDue(): Promise<{ batches: number; rows: number }> {
    const counts: number[] = [];
    try {
      const since = await this.queries.drainedAt();
      let cursors: Cursors = new Map();
      for (let isDrained = false; !isDrained && counts.length < MOST_BATCHES;) {
        const [waiting, next] = await this.waiting(since, cursors);
        isDrained = waiting.length < MOST_ROWS;
        if (waiting.length > 0) counts.push(await this.seal(waiting, isDrained));
        cursors = next;
      }
      const forgotten = await this.nextPage();
      if (forgotten.length > 0) counts.push(await this.seal(forgotten, false));
    } catch (error) {
      if (!(error instanceof SealedElsewhere)) throw error;
    }
    return { batches: counts.length, rows: counts.reduce((sum, count) => sum + count, 0) };
  }

  private async waiting(since: Date | null, cursors: Cursors): Promise<[Waiting[], Cursors]> {
    const waiting: Waiting[] = [];
    const next = new Map(cursors);
    for (const table of SEALED_TABLES) {
      const room = MOST_ROWS - waiting.length;
      if (room === 0) break;
      const rows = await this.rows.fresh(table, since, cursors.get(table.name) ?? '', room);
      waiting.push(...rows.map((row) => ({ table, row })));
      const last = rows.at(-1);
      if (last) next.set(table.name, last.id);
    }
    return [waiting, next];
  }

  private async nextPage(): Promise<Waiting[]> {
    const table = SEALED_TABLES[this.sweep.table % SEALED_TABLES.length];
    if (!table) return [];
    const { rows, until } = await this.rows.swept(table, this.sweep.after);
    this.sweep =
      until === null
        ? { table: (this.sweep.table + 1) % SEALED_TABLES.length, after: '' }
        : { ...this.sweep, after: until };
    return rows.map((row) => ({ table, row }));
  }

  /** A commit in doubt may be repeated: the rows are sealed once, whichever attempt it was. */
  private async seal(waiting: readonly Waiting[], drained: boolean): Promise<number> {
    await this.transactions.run((tx) => this.insert(tx, waiting, drained), { onLostCommit: 'repeat' });
    return waiting.length;
  }

  private async insert(tx: Tx, waiting: readonly Waiting[], drained: boolean): Promise<void> {
    const before = await this.store.last(tx);
    const id = this.ids.next();
    const firstRow = (before?.lastRow ?? 0) + 1;
    const rows = waiting.map((each, i) => this.rowOf(each, id, firstRow, i + 1));
    const chained = {
      number: (before?.number ?? 0) + 1,
      previous: before?.head ?? NO_HEAD,
      root: rootOf(rows.map(({ leaf }) => leaf)),
      drained,
    };
    const sealedAt = this.sealedAt(before);
    const lastRow = firstRow + rows.length - 1;
    const { number, ...rest } = chained;
    const span = { batch: number, first: firstRow, last: lastRow, sealedAt: sealedAt.toISOString() };
    const batch: SealBatch = {
      id,
      firstRow,
      lastRow,
      sealedAt,
      ...chained,
      head: headOf({ ...rest, ...span }),
    };
    await this.store.insert(tx, batch, rows);
  }

  /** Clocks of two machines may be a second apart; the times of the batches never go back. */
  private sealedAt(before: SealBatch | null): Date {
    const now = this.clock.now();
    return before && before.sealedAt > now ? before.sealedAt : now;
  }

  private rowOf({ table, row }: Waiting, batchId: string, firstRow: number, position: number): SealRow {
    const salt = hasPledge(table) ? this.ids.token() : null;
    const leaf = leafOf(textOf(firstRow + position - 1, { table, row }, salt));
    return { id: this.ids.next(), batchId, position, source: table.name, rowId: row.id, leaf, salt };
  }
}

/** The canonical text of a row under its salt. */
export function textOf(number: number, { table, row }: Waiting, salt: string | null): string {
  return sealedText(number, table, row, {
    pledge: (column, words) => pledgeOf(salt ?? '', column, words),
  });
}
