import { Injectable } from '@nestjs/common';
import { breaksUnique } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { ImportPlan, PlannedAdd, PlannedUpdate, Ref } from './domain/import-plan.js';
import { PersonNotFound } from './domain/people.errors.js';
import { addressKey } from './domain/person-draft.js';
import type { HouseholdFacts } from './domain/person-draft.js';
import { Household, Person, PersonTag } from './person.entity.js';
import { PeopleSeals } from './people.seals.js';
import { PeopleStore, tagRows } from './people.store.js';

/** Rows in one statement: SQLite binds at most 32,766 values, and a person has nineteen. */
const BATCH = 200;

/** Writes what an import plan says, many rows a statement. */
@Injectable()
export class ImportPlanStore {
  constructor(
    private readonly people: PeopleStore,
    private readonly seals: PeopleSeals,
  ) {}

  async apply(tx: Tx, societyId: string, plan: ImportPlan): Promise<void> {
    try {
      const byRow = await this.insert(tx, societyId, plan);
      for (const update of plan.updates) await this.update(tx, societyId, update, byRow);
    } catch (error) {
      // Somebody registered one of them since the plan was made: plan anew.
      const raced = ['uq_persons_id_number', 'uq_households_number'].some((name) => isRace(error, name));
      throw raced
        ? Object.assign(new Error('The register changed under the import'), { errno: 1213 })
        : error;
    }
  }

  /** Guardians have no guardians, so that whoever has none comes first and is there to be named. */
  private async insert(tx: Tx, societyId: string, plan: ImportPlan): Promise<ReadonlyMap<number, string>> {
    const byRow = new Map<number, string>(plan.updates.map(({ row, personId }) => [row, personId]));
    const households = await this.householdsFor(tx, societyId, plan);
    for (const guarded of [false, true]) {
      const adds = plan.adds.filter((add) => (add.guardian !== null) === guarded);
      const persons = adds.map((add) => {
        const guardianId = idOf(add.guardian, byRow);
        const row = this.people.personRow(societyId, add.facts, households(add), guardianId);
        byRow.set(add.row, row.id);
        return { row, tags: tagRows(row.id, add.facts.tags) };
      });
      for (const batch of batchesOf(persons)) {
        await tx.insert(
          Person,
          batch.map(({ row }) => row),
        );
        await tx.insert(
          PersonTag,
          batch.flatMap(({ tags }) => tags),
        );
      }
    }
    return byRow;
  }

  /** One household for each number, known or new, and one of their own for those without. */
  private async householdsFor(
    tx: Tx,
    societyId: string,
    plan: ImportPlan,
  ): Promise<(add: PlannedAdd) => string> {
    const known = await tx.rows.find(Household, { select: { id: true, number: true }, where: { societyId } });
    const byNumber = new Map(known.map(({ id, number }) => [number, id]));
    const byRow = new Map<number, string>();
    const rows: Household[] = [];
    for (const { row, household } of plan.adds) {
      const there = household.number === null ? undefined : byNumber.get(household.number);
      if (there === undefined) {
        const made = this.people.householdRow(societyId, household);
        rows.push(made);
        byNumber.set(made.number, made.id);
        byRow.set(row, made.id);
      } else byRow.set(row, there);
    }
    for (const batch of batchesOf(rows)) await tx.insert(Household, batch);
    return ({ row }) => byRow.get(row) ?? '';
  }

  private async update(
    tx: Tx,
    societyId: string,
    update: PlannedUpdate,
    byRow: ReadonlyMap<number, string>,
  ): Promise<void> {
    const { personId, change, moveTo, household } = update;
    if (update.identity) await this.people.supplyIdNumber(tx, societyId, personId, update.identity);
    await this.updatePerson(tx, societyId, update, idOf(update.guardian, byRow));
    if (change.tags) {
      await tx.change`DELETE FROM person_tags WHERE person_id = ${personId}`;
      await tx.insert(PersonTag, tagRows(personId, change.tags));
    }
    if (moveTo) {
      const householdId = await this.people.placeHousehold(tx, societyId, moveTo);
      await tx.changeOne(() => new PersonNotFound())`
        UPDATE persons SET household_id = ${householdId} WHERE id = ${personId} AND society_id = ${societyId}`;
    }
    if (household) await this.updateHousehold(tx, societyId, update.householdId, household);
  }

  /** An empty cell changes nothing: COALESCE keeps what is there. */
  private async updatePerson(
    tx: Tx,
    societyId: string,
    { personId, change }: PlannedUpdate,
    guardianId: string | null,
  ): Promise<void> {
    const phone = change.phone ?? null;
    const sealed = phone === null ? null : this.seals.seal('phone', personId, phone);
    const index = phone === null ? null : this.seals.index('phone', societyId, phone);
    await tx.changeOne(() => new PersonNotFound())`
      UPDATE persons SET
        born_on = COALESCE(${change.bornOn ?? null}, born_on), sex = COALESCE(${change.sex ?? null}, sex),
        phone_sealed = COALESCE(${sealed}, phone_sealed), phone_index = COALESCE(${index}, phone_index),
        phone_tail = COALESCE(${phone === null ? null : phone.slice(-4)}, phone_tail),
        residence = COALESCE(${change.residence ?? null}, residence),
        category = COALESCE(${change.category ?? null}, category),
        origin = COALESCE(${change.origin ?? null}, origin),
        guardian_id = COALESCE(${guardianId}, guardian_id)
      WHERE id = ${personId} AND society_id = ${societyId}`;
  }

  private async updateHousehold(
    tx: Tx,
    societyId: string,
    householdId: string,
    { group, address }: Pick<HouseholdFacts, 'group' | 'address'>,
  ): Promise<void> {
    const key = addressKey(address);
    const index = key === null ? null : this.seals.index('address', societyId, key);
    const { community, grid, building, home } = address;
    await tx.change`
      UPDATE households SET group_name = ${group}, community = ${community}, grid = ${grid},
             building = ${building}, home = ${home}, address_index = ${index}
      WHERE id = ${householdId} AND society_id = ${societyId}`;
  }
}

function idOf(ref: Ref | null, byRow: ReadonlyMap<number, string>): string | null {
  if (ref === null) return null;
  if ('personId' in ref) return ref.personId;
  const id = byRow.get(ref.row);
  if (id === undefined) throw new Error(`Row ${ref.row} was to be a guardian and is not there`);
  return id;
}

function batchesOf<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_each, i) =>
    rows.slice(i * BATCH, (i + 1) * BATCH),
  );
}

const COLUMNS_OF: Record<string, string> = {
  uq_persons_id_number: 'persons.society_id, persons.id_number_index',
  uq_households_number: 'households.society_id, households.number',
};

function isRace(error: unknown, name: string): boolean {
  return breaksUnique(error, { name, columns: COLUMNS_OF[name] ?? '' });
}
