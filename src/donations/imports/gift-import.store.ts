import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { sumOf } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { Sealing } from '../../platform/crypto/sealing.js';
import { breaksUnique } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { GiftImportNotFound, SheetAlreadyTaken } from '../domain/gift-import.errors.js';
import type { SheetGift } from '../domain/gift-import.js';
import { GiftImport, GiftImportPart } from './gift-import.entity.js';

const KEPT_MS = 2 * 3_600_000;
/** Sealed text grows by a third; TEXT holds 65,535 bytes. */
const MOST_BYTES = 40_000;

const TAKEN_ONCE = {
  name: 'uq_gift_imports_taken',
  columns: 'gift_imports.society_id, gift_imports.taken_mark',
};

/** Sheets that wait for their confirmation, and the marks of those that were taken in. */
@Injectable()
export class GiftImportStore {
  constructor(
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Whether a sheet that says the same was taken in before. */
  async refuseTaken(tx: Tx, societyId: string, rows: readonly SheetGift[]): Promise<void> {
    const mark = this.markOf(societyId, rows);
    if ((await tx.rows.countBy(GiftImport, { societyId, takenMark: mark })) > 0)
      throw new SheetAlreadyTaken();
  }

  /** Keeps the rows as they were read, sealed. */
  async keep(
    tx: Tx,
    societyId: string,
    accountId: string | null,
    rows: readonly SheetGift[],
  ): Promise<string> {
    const importId = await this.insert(tx, societyId, accountId, rows, null);
    const parts = chunksOf(rows).map((json, position) => ({
      importId,
      position,
      rowsSealed: this.sealing.seal(json, giftRowsPlace(importId, position)),
    }));
    for (const part of parts) await tx.insert(GiftImportPart, part);
    return importId;
  }

  /** Takes the rows out, once: whoever asks a second time, too late, or from another society finds nothing. */
  async take(tx: Tx, societyId: string, importId: string): Promise<SheetGift[]> {
    const now = this.clock.now();
    await this.once(
      () => tx.changeOne(() => new GiftImportNotFound())`
        UPDATE gift_imports SET confirmed_at = ${now}, taken_mark = rows_mark
        WHERE id = ${importId} AND society_id = ${societyId} AND confirmed_at IS NULL AND expires_at > ${now}`,
    );
    const parts = await tx.read<{ position: number; sealed: string }>`
      SELECT position AS "position", rows_sealed AS "sealed" FROM gift_import_parts
      WHERE import_id = ${importId} ORDER BY position`;
    await tx.change`DELETE FROM gift_import_parts WHERE import_id = ${importId}`;
    return parts.flatMap(
      ({ position, sealed }) =>
        JSON.parse(this.sealing.open(sealed, giftRowsPlace(importId, position))) as SheetGift[],
    );
  }

  /** A sheet that is taken in without having waited: from the command line. */
  async takeAtOnce(tx: Tx, societyId: string, rows: readonly SheetGift[]): Promise<string> {
    return this.insert(tx, societyId, null, rows, this.clock.now());
  }

  /** A sheet past its time: what it held is in nobody's books. */
  async purge(tx: Tx, importId: string, now: Date): Promise<void> {
    await tx.change`
      DELETE FROM gift_import_parts WHERE import_id IN
        (SELECT id FROM gift_imports WHERE id = ${importId} AND expires_at <= ${now} AND confirmed_at IS NULL)`;
    await tx.changeOne(() => new GiftImportNotFound())`
      DELETE FROM gift_imports WHERE id = ${importId} AND expires_at <= ${now} AND confirmed_at IS NULL`;
  }

  private async insert(
    tx: Tx,
    societyId: string,
    accountId: string | null,
    rows: readonly SheetGift[],
    confirmedAt: Date | null,
  ): Promise<string> {
    const id = this.ids.next();
    const createdAt = this.clock.now();
    const rowsMark = this.markOf(societyId, rows);
    const row: GiftImport = {
      id,
      societyId,
      accountId,
      rowsMark,
      takenMark: confirmedAt && rowsMark,
      gifts: rows.length,
      amountFen: sumOf(rows.map(({ amountFen }) => amountFen)),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + KEPT_MS),
      confirmedAt,
    };
    await this.once(() => tx.insert(GiftImport, row));
    return id;
  }

  private markOf(societyId: string, rows: readonly SheetGift[]): string {
    return this.sealing.blindIndex(`${societyId}/gift-import`, JSON.stringify(rows));
  }

  private async once(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw breaksUnique(error, TAKEN_ONCE) ? new SheetAlreadyTaken() : error;
    }
  }
}

export const giftRowsPlace = (importId: string, position: number): string =>
  `gift_import_parts/rows/${importId}/${position}`;

/** The rows as JSON texts that each fit into one sealed TEXT. */
function chunksOf(rows: readonly SheetGift[]): string[] {
  const chunks: string[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const json = JSON.stringify(row);
    const size = Buffer.byteLength(json) + 1;
    if (bytes + size > MOST_BYTES) {
      chunks.push([]);
      bytes = 0;
    }
    chunks.at(-1)?.push(json);
    bytes += size;
  }
  return chunks.map((chunk) => `[${chunk.join(',')}]`);
}
