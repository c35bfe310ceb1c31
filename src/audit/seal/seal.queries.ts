import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { finalAtOf, SEALED_TABLES } from '../domain/sealed-tables.js';
import { knownHeadIn, printedHead } from './seal-file.js';
import { SealedRowsQueries } from './sealed-rows.queries.js';

export type Batch = {
  readonly id: string;
  readonly number: number;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly previous: string;
  readonly root: string;
  readonly head: string;
  readonly drained: boolean;
  readonly sealedAt: Date;
};

export type SealedAt = {
  readonly position: number;
  readonly source: string;
  readonly rowId: string;
  readonly leaf: string;
  readonly salt: string | null;
};

/** What waits to be sealed: how many rows, as far as they are counted, and since when the oldest of them, in ms. */
export type Lag = { readonly rows: number; readonly isMore: boolean; readonly oldestMs: number };

type RawBatch = Omit<Batch, 'drained' | 'sealedAt'> & { drained: number | string; sealedAt: Date | string };

const MOST_COUNTED = 100;

/** The heads, and what each holds. */
@Injectable()
export class SealQueries {
  constructor(
    private readonly reads: Reads,
    private readonly rows: SealedRowsQueries,
    private readonly clock: Clock,
  ) {}

  /** The newest first, `before` a number; 0 for the newest. */
  async batches(before: number, limit: number): Promise<Batch[]> {
    const rows = await this.reads.all<RawBatch>`
      SELECT id AS "id", number AS "number", first_row AS "firstRow", last_row AS "lastRow", previous AS "previous",
             root AS "root", head AS "head", drained AS "drained", sealed_at AS "sealedAt"
      FROM seal_batches WHERE (${before} = 0 OR number < ${before}) ORDER BY number DESC LIMIT ${limit}`;
    return rows.map(batchOf);
  }

  /** From the first on, behind `after`. */
  async onwards(after: number, limit: number): Promise<Batch[]> {
    const rows = await this.reads.all<RawBatch>`
      SELECT id AS "id", number AS "number", first_row AS "firstRow", last_row AS "lastRow", previous AS "previous",
             root AS "root", head AS "head", drained AS "drained", sealed_at AS "sealedAt"
      FROM seal_batches WHERE number > ${after} ORDER BY number LIMIT ${limit}`;
    return rows.map(batchOf);
  }

  async last(): Promise<Batch | null> {
    const [last] = await this.batches(0, 1);
    return last ?? null;
  }

  /** The last head as it is printed on paper; null while nothing is sealed. */
  async printedHead(): Promise<string | null> {
    const last = await this.last();
    return last && printedHead({ batch: last.number, head: last.head });
  }

  /** Whether a head that stands on a paper is one of this history. */
  async holds(printed: string): Promise<boolean> {
    const known = knownHeadIn(printed);
    if (known?.batch == null) return false;
    const [batch] = await this.onwards(known.batch - 1, 1);
    return batch?.number === known.batch && batch.head.startsWith(known.hash);
  }

  /** When a batch last took all there was; null while none did. */
  async drainedAt(): Promise<Date | null> {
    const row = await this.reads.one<{ at: Date | string }>`
      SELECT sealed_at AS "at" FROM seal_batches WHERE drained = 1 ORDER BY number DESC LIMIT 1`;
    return row && instantOf(row.at);
  }

  async rowsOf(batchId: string): Promise<SealedAt[]> {
    return this.reads.all<SealedAt>`
      SELECT position AS "position", source AS "source", row_id AS "rowId", leaf AS "leaf", salt AS "salt"
      FROM seal_rows WHERE batch_id = ${batchId} ORDER BY position`;
  }

  /** Nought where all is sealed. */
  async lag(): Promise<Lag> {
    const since = await this.drainedAt();
    const now = this.clock.now().getTime();
    const waiting: number[] = [];
    for (const table of SEALED_TABLES) {
      if (waiting.length === MOST_COUNTED) break;
      const rows = await this.rows.fresh(table, since, '', MOST_COUNTED - waiting.length);
      waiting.push(
        ...rows.map((row) => now - Date.parse(finalAtOf(table, row) ?? new Date(now).toISOString())),
      );
    }
    return {
      rows: waiting.length,
      isMore: waiting.length === MOST_COUNTED,
      oldestMs: Math.max(0, ...waiting),
    };
  }
}

function batchOf({ drained, sealedAt, ...batch }: RawBatch): Batch {
  return { ...batch, drained: Number(drained) === 1, sealedAt: instantOf(sealedAt) };
}
