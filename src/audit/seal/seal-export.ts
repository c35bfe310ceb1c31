import { Injectable } from '@nestjs/common';
import { SEALED_TABLES } from '../domain/sealed-tables.js';
import type { RawRow } from '../domain/sealed-tables.js';
import { NO_HEAD, SEAL_FORMAT } from './seal-file.js';
import type { BatchLine, HeaderLine, RowLine } from './seal-file.js';
import { SealQueries } from './seal.queries.js';
import type { Batch, SealedAt } from './seal.queries.js';
import { SealedRowsQueries } from './sealed-rows.queries.js';
import { textOf } from './trail-sealer.service.js';

const MOST_BATCHES = 100;

/**
 * The sealed history as lines of JSON, for whoever is to check it without this house. The rows stand in it as their
 * canonical text: words that may name or describe somebody only as a hash under a salt that stays here (docs/seal.md).
 */
@Injectable()
export class SealExport {
  constructor(
    private readonly queries: SealQueries,
    private readonly rows: SealedRowsQueries,
  ) {}

  /** A line each, without its end. `withRows` false: the chain of heads alone, which says nothing of anything. */
  async *lines({ withRows }: { readonly withRows: boolean }): AsyncGenerator<string> {
    const last = await this.queries.last();
    const header: HeaderLine = {
      ...{ seal: SEAL_FORMAT, batches: last?.number ?? 0, rows: withRows ? (last?.lastRow ?? 0) : 0 },
      ...{ head: last?.head ?? NO_HEAD, withRows },
    };
    yield JSON.stringify(header);
    let after = 0;
    for (let batches = await this.queries.onwards(0, MOST_BATCHES); batches.length > 0;) {
      for (const batch of batches) {
        if (batch.number > header.batches) return; // sealed since the header was written
        yield* withRows ? this.batchWithRows(batch) : [JSON.stringify(lineOf(batch))];
      }
      after = batches.at(-1)?.number ?? after;
      batches = await this.queries.onwards(after, MOST_BATCHES);
    }
  }

  private async *batchWithRows(batch: Batch): AsyncGenerator<string> {
    const sealed = await this.queries.rowsOf(batch.id);
    const leaves = sealed.map(({ source, rowId, leaf }) => [source, rowId, leaf] as const);
    yield JSON.stringify({ ...lineOf(batch), leaves } satisfies BatchLine);
    const texts = await this.textsOf(batch, sealed);
    for (const { position, text } of texts)
      yield JSON.stringify({ batch: batch.number, position, text } satisfies RowLine);
  }

  /** As the rows are now. A row that is gone has no line. */
  private async textsOf(
    batch: Batch,
    sealed: readonly SealedAt[],
  ): Promise<{ readonly position: number; readonly text: string }[]> {
    const found = new Map<string, RawRow>();
    for (const table of SEALED_TABLES) {
      const ids = sealed.filter(({ source }) => source === table.name).map(({ rowId }) => rowId);
      for (const [id, row] of await this.rows.rows(table, ids)) found.set(`${table.name}/${id}`, row);
    }
    return sealed.flatMap(({ position, source, rowId, salt }) => {
      const table = SEALED_TABLES.find(({ name }) => name === source);
      const row = found.get(`${source}/${rowId}`);
      if (!table || !row) return [];
      return [{ position, text: textOf(batch.firstRow + position - 1, { table, row }, salt) }];
    });
  }
}

function lineOf({ number, firstRow, lastRow, sealedAt, drained, previous, root, head }: Batch): BatchLine {
  return {
    ...{ batch: number, first: firstRow, last: lastRow, sealedAt: sealedAt.toISOString() },
    ...{ drained, previous, root, head },
  };
}
