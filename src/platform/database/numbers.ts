import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from './errors.js';
import { NumberSeries } from './number-series.entity.js';
import { Reads } from './reads.js';
import type { Tx } from './transactions.js';

/** Somebody else took the number that this unit had printed: print anew with the next. */
export class NumberTaken extends Error {}

const KEY = { name: 'PRIMARY', columns: 'number_series.scope_id, number_series.series, number_series.year' };

/**
 * Visible numbers without gaps, from a counter row inside the unit that uses them. AUTO_INCREMENT leaves gaps on a
 * rollback and disorder on a cluster (quality.md 3, R8).
 */
@Injectable()
export class Numbers {
  constructor(private readonly reads: Reads) {}

  /** Takes the next number. Whoever asks at the same moment waits for this unit to end, and then asks anew. */
  async next(tx: Tx, scopeId: string, series: string, year: number): Promise<number> {
    const last = await this.last(tx, scopeId, series, year);
    if (last === null) {
      await this.begin(tx, scopeId, series, year, 1);
      return 1;
    }
    await tx.changeOne(() => new StaleSnapshot(`${series} ${year}/${last + 1} was just taken`))`
      UPDATE number_series SET last_number = last_number + 1
      WHERE scope_id = ${scopeId} AND series = ${series} AND year = ${year} AND last_number = ${last}`;
    return last + 1;
  }

  /** Takes exactly `number`, or throws `NumberTaken` when it is no longer the next one. */
  async claim(tx: Tx, scopeId: string, series: string, year: number, number: number): Promise<void> {
    if ((await this.last(tx, scopeId, series, year)) === null) await this.begin(tx, scopeId, series, year, 0);
    await tx.changeOne(() => new NumberTaken(`${series} ${year}/${number} is taken`))`
      UPDATE number_series SET last_number = last_number + 1
      WHERE scope_id = ${scopeId} AND series = ${series} AND year = ${year} AND last_number = ${number - 1}`;
  }

  /** The number that would come next, as things stand: for a print made before the unit. */
  async peek(scopeId: string, series: string, year: number): Promise<number> {
    const row = await this.reads.one<{ last: number }>`
      SELECT last_number AS "last" FROM number_series
      WHERE scope_id = ${scopeId} AND series = ${series} AND year = ${year}`;
    return (row?.last ?? 0) + 1;
  }

  /** Null where the series has not begun. Read without a lock: who looks for a row by changing it holds up every new series. */
  private async last(tx: Tx, scopeId: string, series: string, year: number): Promise<number | null> {
    const [row] = await tx.read<{ last: number }>`
      SELECT last_number AS "last" FROM number_series
      WHERE scope_id = ${scopeId} AND series = ${series} AND year = ${year}`;
    return row?.last ?? null;
  }

  private async begin(
    tx: Tx,
    scopeId: string,
    series: string,
    year: number,
    lastNumber: number,
  ): Promise<void> {
    try {
      await tx.insert(NumberSeries, { scopeId, series, year, lastNumber });
    } catch (error) {
      throw breaksUnique(error, KEY) ? new StaleSnapshot(`${series} of ${year} was just opened`) : error;
    }
  }
}
