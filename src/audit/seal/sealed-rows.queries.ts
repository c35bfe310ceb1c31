import { Injectable } from '@nestjs/common';
import { uuidv7 } from '../../kernel/ids.js';
import { listOf, Reads } from '../../platform/database/reads.js';
import { statementOf } from '../../platform/database/statement.js';
import type { RawRow, SealedTable } from '../domain/sealed-tables.js';
import { LATE_MS } from './seal-file.js';

const NO_CHANCE = new Uint8Array(10);
const MOST_SWEPT = 1000;

/**
 * Rows of the sealed tables, whole or not sealed yet. Names of tables and columns come from `SEALED_TABLES` alone; values are bound as
 * everywhere.
 */
@Injectable()
export class SealedRowsQueries {
  constructor(private readonly reads: Reads) {}

  /**
   * What is committed and not sealed yet, made since shortly before `since`, the oldest first. Asked by what is missing and
   * not by the last key, since a unit that began earlier may commit later; no unit is open for as long as `LATE_MS`.
   */
  async fresh(table: SealedTable, since: Date | null, after: string, limit: number): Promise<RawRow[]> {
    const from = since === null ? new Date(0) : new Date(since.getTime() - LATE_MS);
    if (table.finalAt !== null)
      return this.reads.all<RawRow>(
        statementOf(
          `SELECT ${columnsOf(table)} FROM "${table.name}" r WHERE r."${table.finalAt}" >= `,
          ` AND NOT EXISTS (SELECT 1 FROM seal_rows s WHERE s.source = '${table.name}' AND s.row_id = r.id)
            ORDER BY r."${table.finalAt}", r.id LIMIT `,
          '',
        ),
        from,
        limit,
      );
    const least = uuidv7(from, NO_CHANCE);
    return this.reads.all<RawRow>(
      statementOf(
        `SELECT ${columnsOf(table)} FROM "${table.name}" r WHERE r.id > `,
        ` AND NOT EXISTS (SELECT 1 FROM seal_rows s WHERE s.source = '${table.name}' AND s.row_id = r.id)
          ORDER BY r.id LIMIT `,
        '',
      ),
      after > least ? after : least,
      limit,
    );
  }

  /** The same in a page of all rows behind `after`, and where the page ends; null at the end of the table. */
  async swept(
    table: SealedTable,
    after: string,
  ): Promise<{ readonly rows: RawRow[]; readonly until: string | null }> {
    const page = await this.reads.one<{ until: string | null }>(
      statementOf(
        `SELECT MAX(p.id) AS "until" FROM (SELECT id FROM "${table.name}" WHERE id > `,
        ` ORDER BY id LIMIT ${MOST_SWEPT}) p`,
      ),
      after,
    );
    const until = page?.until ?? null;
    if (until === null) return { rows: [], until };
    const rows = await this.reads.all<RawRow>(
      statementOf(
        `SELECT ${columnsOf(table)} FROM "${table.name}" r WHERE r.id > `,
        ` AND r.id <= `,
        ` AND NOT EXISTS (SELECT 1 FROM seal_rows s WHERE s.source = '${table.name}' AND s.row_id = r.id)
          ${table.finalAt === null ? '' : `AND r."${table.finalAt}" IS NOT NULL`} ORDER BY r.id`,
      ),
      after,
      until,
    );
    return { rows, until };
  }

  /** By key, for the export. */
  async rows(table: SealedTable, ids: readonly string[]): Promise<Map<string, RawRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.reads.among<RawRow>(
      statementOf(`SELECT ${columnsOf(table)} FROM "${table.name}" r WHERE r.id IN `, ''),
      listOf(ids),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const columnsOf = ({ columns }: SealedTable): string =>
  ['id', ...columns.map(([name]) => name)].map((name) => `r."${name}" AS "${name}"`).join(', ');
