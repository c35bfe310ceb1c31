import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Register } from './domain/import-plan.js';
import { ImportNotFound } from './domain/people.errors.js';
import type { SheetPerson } from './domain/people-sheet.js';
import type { Tag } from './domain/person.js';
import { Household, Person } from './person.entity.js';
import { PeopleImport, PeopleImportPart } from './people-import.entity.js';
import { PeopleSeals } from './people.seals.js';

const KEPT_MS = 2 * 3_600_000;
/** Sealed text grows by a third; TEXT holds 65,535 bytes. */
const MOST_BYTES = 40_000;

/** Sheets that wait for their confirmation, and the register as a sheet meets it. */
@Injectable()
export class PeopleImportStore {
  constructor(
    private readonly seals: PeopleSeals,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async register(tx: Tx, societyId: string): Promise<Register> {
    const households = await tx.rows.find(Household, { where: { societyId } });
    const persons = await tx.rows.find(Person, { where: { societyId } });
    const tags = await tx.read<{ personId: string; tag: Tag }>`
      SELECT t.person_id AS "personId", t.tag AS "tag"
      FROM person_tags t JOIN persons p ON p.id = t.person_id WHERE p.society_id = ${societyId}`;
    const tagsOf = new Map<string, Tag[]>();
    for (const { personId, tag } of tags) tagsOf.set(personId, [...(tagsOf.get(personId) ?? []), tag]);
    return {
      households: households.map((row) => ({
        id: row.id,
        number: row.number,
        group: row.group,
        address: row,
      })),
      persons: persons.map((row) => ({
        id: row.id,
        name: row.name,
        idIndex: row.idNumberIndex,
        bornOn: row.bornOn,
        sex: row.sex,
        phoneIndex: row.phoneIndex,
        residence: row.residence,
        category: row.category,
        tags: tagsOf.get(row.id) ?? [],
        origin: row.origin,
        guardianId: row.guardianId,
        householdId: row.householdId,
      })),
    };
  }

  /** Keeps the rows as they were read, sealed, and throws away what nobody confirmed in time. */
  async keep(
    tx: Tx,
    societyId: string,
    accountId: string | null,
    rows: readonly SheetPerson[],
  ): Promise<{ importId: string; expiresAt: Date }> {
    const now = this.clock.now();
    await tx.change`
      DELETE FROM people_import_parts WHERE import_id IN
        (SELECT id FROM people_imports WHERE society_id = ${societyId} AND expires_at <= ${now})`;
    const importId = this.ids.next();
    const expiresAt = new Date(now.getTime() + KEPT_MS);
    const row = { id: importId, societyId, accountId, createdAt: now, expiresAt, confirmedAt: null };
    await tx.insert(PeopleImport, row);
    const parts = chunksOf(rows).map((json, position) => ({
      importId,
      position,
      rowsSealed: this.seals.sealRows(importId, position, json),
    }));
    for (const part of parts) await tx.insert(PeopleImportPart, part);
    return { importId, expiresAt };
  }

  /** A sheet past its time, confirmed or not: what it held is in the register, or belongs to nobody. */
  async purge(tx: Tx, importId: string, now: Date): Promise<void> {
    await tx.change`
      DELETE FROM people_import_parts WHERE import_id IN
        (SELECT id FROM people_imports WHERE id = ${importId} AND expires_at <= ${now})`;
    await tx.changeOne(() => new ImportNotFound())`
      DELETE FROM people_imports WHERE id = ${importId} AND expires_at <= ${now}`;
  }

  /** Takes the rows out, once: whoever asks a second time, too late, or from another society finds nothing. */
  async take(tx: Tx, societyId: string, importId: string): Promise<SheetPerson[]> {
    const now = this.clock.now();
    await tx.changeOne(() => new ImportNotFound())`
      UPDATE people_imports SET confirmed_at = ${now}
      WHERE id = ${importId} AND society_id = ${societyId} AND confirmed_at IS NULL AND expires_at > ${now}`;
    const parts = await tx.read<{ position: number; sealed: string }>`
      SELECT position AS "position", rows_sealed AS "sealed" FROM people_import_parts
      WHERE import_id = ${importId} ORDER BY position`;
    await tx.change`DELETE FROM people_import_parts WHERE import_id = ${importId}`;
    return parts.flatMap(
      ({ position, sealed }) => JSON.parse(this.seals.openRows(importId, position, sealed)) as SheetPerson[],
    );
  }
}

/** The rows as JSON texts that each fit into one sealed TEXT. */
function chunksOf(rows: readonly SheetPerson[]): string[] {
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
